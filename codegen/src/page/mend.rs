//! Tables that Markdown does not see, and the publisher of the docs takes for tables all the same.
//!
//! A delimiter line with more or fewer columns than the header, or with tabs, makes the whole table a paragraph; a blank
//! line or a line that holds nothing but a pipe makes one of the rows behind it.

use super::rows::split_cells;

/// A table written anew so that Markdown sees it, line by line.
pub(super) struct Mended {
    /// The text: header, delimiter line and rows.
    pub(super) text: String,
    /// For each line of the text, the line of the paragraph that it comes from.
    pub(super) lines: Vec<usize>,
    /// Whether the rows belong to the table above the paragraph.
    pub(super) continues: bool,
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
    let continues = header.is_none();
    let header = header.map_or_else(|| "|-".repeat(columns), |header| header.replace('\t', " "));
    let mut text = format!("{header}\n{}|\n", "|-".repeat(columns));
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
        text,
        lines,
        continues,
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
