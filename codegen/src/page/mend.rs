//! Tables that Markdown does not see, and the publisher of the docs takes for tables all the same.
//!
//! A delimiter line with more or fewer columns than the header, or with tabs, makes the whole table a paragraph; a blank
//! line or a line that holds nothing but a pipe makes one of the rows behind it.

use super::rows::split_cells;

/// A table to be written anew so that Markdown sees it, line by line.
pub(super) struct Mended {
    /// The header; if there is none, the rows belong to the table above the paragraph.
    header: Option<String>,
    /// The rows that are not empty.
    rows: String,
    /// How many columns it has.
    pub(super) columns: usize,
    /// For each line of the text, the line of the paragraph that it comes from.
    pub(super) lines: Vec<usize>,
}

impl Mended {
    /// Whether the rows belong to the table above the paragraph.
    pub(super) fn continues(&self) -> bool {
        self.header.is_none()
    }

    /// How many lines the table has without the one below its header.
    pub(super) fn height(&self) -> usize {
        self.lines.len() - 1
    }

    /// Header, delimiter line and rows.
    pub(super) fn text(&self) -> String {
        let delimiter = "|-".repeat(self.columns);
        let header = self.header.as_ref().unwrap_or(&delimiter);
        format!("{header}\n{delimiter}|\n{}", self.rows)
    }
}

/// The table in a paragraph, given as its lines; `above` is the number of columns of a table directly before it.
pub(super) fn mend(paragraph: &[&str], above: Option<usize>) -> Option<Mended> {
    if let Some((header, rows)) = paragraph.split_first()
        && rows.first().is_some_and(|line| is_delimiter(line))
    {
        let columns = split_cells(header).len();
        return (columns > 1).then(|| written(Some(header), columns, rows, 1));
    }
    let columns = above?;
    let is_row = paragraph.first()?.trim_start().starts_with('|');
    is_row.then(|| written(None, columns, paragraph, 0))
}

fn written(header: Option<&str>, columns: usize, rows: &[&str], offset: usize) -> Mended {
    let mut text = String::new();
    let mut lines = vec![0, offset];
    for (index, row) in rows.iter().enumerate().skip(offset) {
        // A line without anything in its cells only breaks the table.
        if split_cells(row).iter().any(|cell| !cell.trim().is_empty()) {
            text.push_str(row);
            text.push('\n');
            lines.push(index + offset);
        }
    }
    Mended {
        header: header.map(|header| header.replace('\t', " ")),
        rows: text,
        columns,
        lines,
    }
}

/// Whether a line is the one between header and rows: dashes, colons, pipes and blanks.
fn is_delimiter(line: &str) -> bool {
    line.contains('|')
        && line.contains('-')
        && line
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':') || c.is_whitespace())
}
