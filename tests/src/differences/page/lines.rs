//! What the lines of a page stand in.

use super::{Part, Row, pattern};

pattern!(SEPARATOR, r"^[\s|:-]*-[\s|:-]*$");
pattern!(HEADING, r"^(#{1,6})\s+(.*?)\s*#*$");

pub(super) fn parts(lines: &[String]) -> Vec<Part> {
    let mut parts = Vec::with_capacity(lines.len());
    let (mut front, mut comment, mut code) = (false, false, false);
    for (at, line) in lines.iter().enumerate() {
        let trimmed = line.trim();
        if at == 0 && trimmed == "---" {
            front = true;
            parts.push(Part::Front);
        } else if front {
            front = trimmed != "---";
            parts.push(Part::Front);
        } else if comment {
            comment = !line.contains("-->");
            parts.push(Part::Comment);
        } else if trimmed.starts_with("```") {
            code = !code;
            parts.push(Part::Code);
        } else if code {
            parts.push(Part::Code);
        } else if let Some(open) = line.find("<!--") {
            comment = !line[open..].contains("-->");
            parts.push(Part::Comment);
        } else if HEADING.is_match(trimmed) {
            parts.push(Part::Heading);
        } else {
            parts.push(Part::Text);
        }
    }
    // Tables: a header above a separator, then all lines with a bar.
    for at in 1..lines.len() {
        let is_separator = lines[at].contains('-')
            && lines[at].contains('|')
            && SEPARATOR.is_match(&lines[at])
            && parts[at] == Part::Text
            && lines[at - 1].contains('|')
            && parts[at - 1] == Part::Text;
        if is_separator {
            let mut row = at - 1;
            while row < lines.len() && parts[row] == Part::Text && lines[row].contains('|') {
                parts[row] = Part::Row;
                row += 1;
            }
        }
    }
    parts
}

pub(super) fn headings(lines: &[String], parts: &[Part]) -> Vec<Vec<usize>> {
    let mut stack: Vec<(usize, usize)> = Vec::new();
    let mut all = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        if parts[at] == Part::Heading {
            let level = line.trim().bytes().take_while(|b| *b == b'#').count();
            stack.retain(|(above, _)| *above < level);
            stack.push((level, at));
        }
        all.push(stack.iter().rev().map(|(_, at)| *at).collect());
    }
    all
}

pub(super) fn rows(lines: &[String], parts: &[Part]) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut header: Vec<String> = Vec::new();
    for at in 0..lines.len() {
        if parts[at] != Part::Row || SEPARATOR.is_match(&lines[at]) {
            continue;
        }
        if lines
            .get(at + 1)
            .is_some_and(|next| parts[at + 1] == Part::Row && SEPARATOR.is_match(next))
        {
            header = cells(&lines[at]);
            continue;
        }
        rows.push(Row {
            line: at,
            header: header.clone(),
            cells: cells(&lines[at]),
        });
    }
    rows
}

/// The cells of a row, as they are written.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let line = line.strip_suffix('|').unwrap_or(line);
    let mut cells = vec![String::new()];
    let mut escaped = false;
    for c in line.chars() {
        if c == '|' && !escaped {
            cells.push(String::new());
        } else if let Some(cell) = cells.last_mut() {
            cell.push(c);
        }
        escaped = c == '\\' && !escaped;
    }
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

pub(super) fn heading_text(line: &str) -> String {
    HEADING
        .captures(line.trim())
        .map(|found| found[2].to_owned())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_line_has_its_part() {
        let lines: Vec<String> =
            "---\ntitle: a\n---\n# A\n<!-- x\n-->\n```\n|\n```\n|a|\n|-|\n|b|\nend"
                .lines()
                .map(str::to_owned)
                .collect();
        use Part::{Code, Comment, Front, Heading, Text};
        let row = Part::Row;
        assert_eq!(
            parts(&lines),
            [
                Front, Front, Front, Heading, Comment, Comment, Code, Code, Code, row, row, row,
                Text
            ]
        );
    }

    #[test]
    fn a_row_knows_its_header_and_escaped_bars_stay_in_cells() {
        let lines: Vec<String> = ["|Name|Type|", "|-|-|", r"|a\|b|String|"]
            .map(str::to_owned)
            .into();
        let found = rows(&lines, &parts(&lines));
        assert_eq!(found[0].header, ["Name", "Type"]);
        assert_eq!(found[0].cells, [r"a\|b", "String"]);
    }
}
