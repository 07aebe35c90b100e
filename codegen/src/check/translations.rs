//! Type cells that were translated with their page.

use super::Seen;
use crate::claims::{PageClaims, TypeCell};
use crate::diagnostic::{Code, Diagnostic, shorten};

/// Tells, for each translated page, how many type cells hold words of the language instead of names.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let pages = seen.pages().map(|(_, claims, _)| claims);
    let translated = pages.filter(|claims| claims.spoken.is_some());
    translated.filter_map(of_page).collect()
}

fn of_page(claims: &PageClaims) -> Option<Diagnostic> {
    let rows = claims.types.iter().flat_map(|ty| &ty.rows);
    let mut cells: Vec<&TypeCell> = rows
        .filter_map(|row| row.ty.as_ref())
        .filter(|cell| is_translated(cell))
        .collect();
    cells.sort_by(|a, b| a.place.cmp(&b.place));
    let first = cells.first()?;
    let count = match cells.len() {
        1 => "a type cell is".to_owned(),
        count => format!("{count} type cells are"),
    };
    Some(
        Diagnostic::new(
            Code::TypeTranslated,
            first.place.clone(),
            format!(
                "{count} translated on this page, such as `{}`",
                shorten(&first.written)
            ),
        )
        .hint("leave the names of types as they are on the English page"),
    )
}

/// Whether no word of a cell without links is in it as it was understood, or some have letters that no name has.
fn is_translated(cell: &TypeCell) -> bool {
    let is_linked = cell.words.iter().any(|word| word.target.is_some());
    let foreign = |c: char| c.is_alphabetic() && !c.is_ascii();
    let understood = cell.words.iter().any(|word| {
        let written = cell.written.to_lowercase();
        written.contains(&word.text.to_lowercase())
    });
    !is_linked && (!understood || cell.written.contains(foreign))
}
