//! Type cells that were translated with their page.

use super::Seen;
use super::types::Types;
use crate::claims::{PageClaims, TypeCell, primitive};
use crate::diagnostic::{Code, Diagnostic, shorten};
use crate::schema::ItemType;

/// Tells, for each translated page, how many type cells hold words of the language instead of names.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let pages = seen.pages();
    let translated = pages.filter(|(_, claims, _)| claims.spoken.is_some());
    translated
        .filter_map(|(_, claims, types)| of_page(claims, types))
        .collect()
}

fn of_page(claims: &PageClaims, types: &Types<'_>) -> Option<Diagnostic> {
    let mut cells: Vec<&TypeCell> = Vec::new();
    for claim in &claims.types {
        let name = types.claimed(claim);
        for row in &claim.rows {
            let property = name.and_then(|name| types.schema.effective_property(name, &row.name));
            let is_primitive = property
                .is_some_and(|(_, property)| matches!(property.ty.item, ItemType::Primitive(_)));
            cells.extend(
                row.ty
                    .as_ref()
                    .filter(|cell| is_translated(cell, is_primitive)),
            );
        }
    }
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

/// Whether a cell without links was not understood by its own words, or has letters that no name has. `is_primitive` tells
/// whether the property has one of OData's own types.
fn is_translated(cell: &TypeCell, is_primitive: bool) -> bool {
    let is_linked = cell.words.iter().any(|word| word.target.is_some());
    let foreign = |c: char| c.is_alphabetic() && !c.is_ascii();
    let written = cell.written.to_lowercase();
    let understood = cell.words.iter().any(|word| {
        written.contains(&word.text.to_lowercase())
            && (!is_primitive || primitive(&word.text).is_some())
    });
    !is_linked && (!understood || cell.written.contains(foreign))
}
