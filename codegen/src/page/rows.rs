//! Rows of tables, as they are written and as they are meant.

use super::block::Row;
use super::inline::Inline;
use super::walk;
use crate::source::Lines;

/// Adds the row that starts at an offset: cells that were not written are dropped, cells beyond the header join the
/// last one, and a line that only goes on with the row above joins that row.
pub(super) fn add(
    rows: &mut Vec<Row>,
    mut cells: Vec<Inline>,
    columns: usize,
    start: usize,
    lines: &Lines<'_>,
) {
    let line = lines.line_text(start);
    let written = split_cells(line);
    cells.truncate(written.len());
    if written.len() > columns
        && let Some(last) = cells.last_mut()
    {
        for extra in written[columns..]
            .iter()
            .filter(|extra| !extra.trim().is_empty())
        {
            last.append(&walk::inline(&format!("\\| {}", extra.trim()), &last.place));
        }
    }
    if let Some(above) = rows.last_mut()
        && continues(above, &cells, line, &written, columns, lines)
    {
        above.lines += 1;
        if !has_pipe(line, &written)
            && let (Some(last), Some(cell)) = (above.cells.last_mut(), cells.first())
        {
            last.append(cell);
        } else {
            above.cells.append(&mut cells);
        }
        return;
    }
    rows.push(Row {
        place: lines.place(start),
        cells,
        lines: 1,
    });
}

/// Whether a line of a table only goes on with the row above it: it has no cell of its own, or it brings the cells
/// that the broken line above lacks.
fn continues(
    above: &Row,
    cells: &[Inline],
    line: &str,
    written: &[&str],
    columns: usize,
    lines: &Lines<'_>,
) -> bool {
    if !has_pipe(line, written) {
        return true;
    }
    let broken = above.cells.len() < columns && above.lines == 1 && {
        // The line above ends without a pipe: nothing says that the row was meant to end there.
        let text = lines.line_by_number(above.place.line);
        !text.trim_end().ends_with('|')
    };
    let named = cells.first().is_some_and(|cell| {
        let name = cell.text.trim();
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    });
    broken
        && above.cells.len() + written.len() <= columns
        && (line.starts_with(char::is_whitespace) || !named)
}

fn has_pipe(line: &str, written: &[&str]) -> bool {
    written.len() > 1 || line.trim_start().starts_with('|')
}

/// The raw cells of a table line: what stands between pipes that are not escaped, without the outer ones.
pub(super) fn split_cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let mut cells = Vec::with_capacity(4);
    let mut start = 0;
    for at in memchr::memchr_iter(b'|', line.as_bytes()) {
        let backslashes = line.as_bytes()[start..at]
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count();
        if backslashes % 2 == 0 {
            cells.push(&line[start..at]);
            start = at + 1;
        }
    }
    if start < line.len() {
        cells.push(&line[start..]);
    }
    if line.starts_with('|') {
        cells.remove(0);
    }
    cells
}
