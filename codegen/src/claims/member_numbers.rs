//! The numbers of an enumeration's members: those that cannot be read, and those that two members share.

use std::collections::HashMap;

use super::MemberClaim;
use super::columns::MemberColumns;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::Table;

/// Tells of numbers that do not fit into 64 bits, and of members that share one.
pub(super) fn check(
    table: &Table,
    columns: MemberColumns,
    rows: &[MemberClaim],
    diagnostics: &mut Vec<Diagnostic>,
) {
    let Some(column) = columns.value else { return };
    for cell in table.rows.iter().filter_map(|row| row.cell(column)) {
        let text = cell.text.trim().trim_matches('`');
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.len() > 18
            && digits.bytes().all(|b| b.is_ascii_digit())
            && text.parse::<i64>().is_err()
        {
            diagnostics.push(
                Diagnostic::new(
                    Code::MemberNumberTooLarge,
                    cell.place.clone(),
                    format!(
                        "expected a number of at most 64 bits, found {text}; the member has none"
                    ),
                )
                .hint("correct the number, or leave it out"),
            );
        }
    }
    let mut first: HashMap<i64, &MemberClaim> = HashMap::new();
    for row in rows {
        let Some(number) = row.value else { continue };
        match first.get(&number) {
            Some(other) if !other.name.eq_ignore_ascii_case(&row.name) => diagnostics.push(
                Diagnostic::new(
                    Code::MemberNumberRepeated,
                    row.place.clone(),
                    format!(
                        "`{}` has the number {number}, which is that of `{}`",
                        row.name, other.name
                    ),
                )
                .against(other.place.clone())
                .hint("give each member a number of its own"),
            ),
            Some(_) => {}
            None => {
                first.insert(number, row);
            }
        }
    }
}
