//! Links in type cells whose label names another type than the page that they lead to.

use std::collections::HashMap;

use super::Seen;
use crate::claims::PageClaims;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::join;

/// Checks every type cell with a link.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let pages: HashMap<String, &PageClaims> = seen
        .pages()
        .map(|(_, claims, _)| (claims.path.to_ascii_lowercase(), claims))
        .collect();
    let mut found = Vec::new();
    for (_, claims, types) in seen.pages() {
        for row in claims.types.iter().flat_map(|claim| &claim.rows) {
            let Some(cell) = &row.ty else { continue };
            for word in &cell.words {
                let Some(target) = word
                    .target
                    .as_deref()
                    .filter(|target| !target.contains('#'))
                else {
                    continue;
                };
                let Some(page) = join(&cell.place.file, target)
                    .and_then(|path| pages.get(&path.to_ascii_lowercase()))
                else {
                    continue;
                };
                let label = word.text.rsplit('.').next().unwrap_or(&word.text);
                let is_label = |name: &str| name.eq_ignore_ascii_case(label);
                if page.types.iter().any(|ty| is_label(&ty.name)) {
                    continue;
                }
                // The label has to be a type of its own, described elsewhere.
                let ([named], [led, ..]) = (types.short(label), page.types.as_slice()) else {
                    continue;
                };
                // An override may have given the page's type the name that the label has.
                let described = types.schema.types.get(*named);
                if described.is_some_and(|ty| ty.source.page == page.path) {
                    continue;
                }
                found.push(
                    Diagnostic::new(
                        Code::LabelConflict,
                        cell.place.clone(),
                        format!(
                            "the link says `{label}` and leads to the page of `{}`",
                            led.name
                        ),
                    )
                    .hint(match described {
                        Some(ty) => format!(
                            "`{label}` is described by `{}`: correct the label or the target",
                            ty.source.page
                        ),
                        None => "correct the label or the target".to_owned(),
                    }),
                );
            }
        }
    }
    found
}
