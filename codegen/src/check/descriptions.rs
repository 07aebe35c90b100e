//! Properties whose description is missing, or only a promise of one.

use super::Seen;
use crate::claims::PropertyClaim;
use crate::diagnostic::{Code, Diagnostic};

/// Checks the rows of tables that describe at least one of their properties.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, claims, _) in seen.pages() {
        for claim in &claims.types {
            let described = claim.rows.iter().any(|row| row.description.is_some());
            for row in claim.rows.iter().filter(|_| described) {
                found.extend(of_row(row, &claim.name));
            }
        }
    }
    found
}

fn of_row(row: &PropertyClaim, ty: &str) -> Option<Diagnostic> {
    match &row.description {
        None => Some(
            Diagnostic::new(
                Code::DescriptionMissing,
                row.place.clone(),
                format!("nothing describes `{}` of `{ty}`", row.name),
            )
            .hint("say what the property holds"),
        ),
        Some(text) if is_promise(text) => Some(
            Diagnostic::new(
                Code::DescriptionPlaceholder,
                row.place.clone(),
                format!(
                    "`{}` of `{ty}` has a placeholder for a description",
                    row.name
                ),
            )
            .hint("say what the property holds"),
        ),
        Some(_) => None,
    }
}

/// Whether a text only says that a description is to come.
fn is_promise(text: &str) -> bool {
    let plain: String = text
        .chars()
        .filter(|c| {
            !matches!(
                c,
                '*' | '`' | '_' | '\\' | '.' | '!' | '[' | ']' | '<' | '>' | '{' | '}'
            )
        })
        .collect();
    let lower = plain.trim().to_lowercase();
    lower.starts_with("todo")
        || matches!(
            lower.as_str(),
            "not yet documented"
                | "tbd"
                | "to be documented"
                | "to be added"
                | "description"
                | "add description"
                | "placeholder"
                | "coming soon"
                | "missing"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promises_are_told_from_descriptions() {
        for text in ["**TODO: Add Description**", "Not yet documented", "TBD."] {
            assert!(is_promise(text), "{text}");
        }
        for text in ["The description of the tone.", "What is to do.", "Total."] {
            assert!(!is_promise(text), "{text}");
        }
    }
}
