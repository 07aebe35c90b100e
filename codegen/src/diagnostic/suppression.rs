//! What the writers of a file ask not to be told of it.

use std::collections::BTreeMap;

use super::subject::same_type;
use super::{Code, Diagnostic, Severity};
use crate::source::Place;

/// An entry of a file that hides findings about that same file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Suppression {
    /// Where the entry stands.
    pub place: Place,
    /// The codes that it hides.
    pub codes: Vec<Code>,
    /// The names that a finding must bear, all of them, to be hidden: those of its subject, or in back quotes in its
    /// message.
    pub names: Vec<String>,
    /// Whether it is of no use unless it hides something. An entry that was written for another tool may well be about
    /// a finding that only that tool has.
    pub must_hide: bool,
}

impl Suppression {
    fn hides(&self, diagnostic: &Diagnostic) -> bool {
        diagnostic.code.severity() != Severity::Error
            && self.codes.contains(&diagnostic.code)
            && self.names.iter().all(|name| bears(diagnostic, name))
    }
}

fn bears(diagnostic: &Diagnostic, name: &str) -> bool {
    let subject = diagnostic.subject.as_ref();
    let mut quoted = diagnostic.message.split('`').skip(1).step_by(2);
    subject.is_some_and(|subject| subject.is_named(name))
        || quoted.any(|quoted| quoted == name || same_type(quoted, name))
}

/// Divides diagnostics into those to tell and those that are hidden in the pages, both in the order of places.
///
/// Errors cannot be hidden in a page: each stands for something that was lost, and whoever uses what was read must
/// learn of it. An entry that has to hide something and does not becomes a diagnostic itself.
#[must_use]
pub fn suppress(
    suppressions: &[Suppression],
    diagnostics: Vec<Diagnostic>,
) -> (Vec<Diagnostic>, Vec<Diagnostic>) {
    let mut of_file: BTreeMap<&str, Vec<(&Suppression, bool)>> = BTreeMap::new();
    for suppression in suppressions {
        let entries = of_file.entry(&suppression.place.file).or_default();
        // A file that several pages include was read several times.
        if entries.iter().all(|(known, _)| *known != suppression) {
            entries.push((suppression, false));
        }
    }
    let (mut told, mut hidden) = (Vec::new(), Vec::new());
    for diagnostic in diagnostics {
        let mut hides = false;
        for (suppression, used) in of_file
            .get_mut(&*diagnostic.place.file)
            .into_iter()
            .flatten()
        {
            if suppression.hides(&diagnostic) {
                *used = true;
                hides = true;
            }
        }
        if hides { &mut hidden } else { &mut told }.push(diagnostic);
    }
    for (suppression, used) in of_file.into_values().flatten() {
        if suppression.must_hide && !used {
            told.push(unused(suppression));
        }
    }
    told.sort();
    hidden.sort();
    (told, hidden)
}

fn unused(suppression: &Suppression) -> Diagnostic {
    let place = suppression.place.clone();
    let errors = suppression
        .codes
        .iter()
        .find(|code| code.severity() == Severity::Error);
    match errors {
        Some(code) => Diagnostic::new(
            Code::SuppressionUnused,
            place,
            format!("`{code}` is an error, and a page cannot hide errors"),
        )
        .hint("mend the page, or set the code's level in typedown.toml"),
        None => Diagnostic::new(
            Code::SuppressionUnused,
            place,
            "nothing on the page is hidden by this entry",
        )
        .hint("remove it"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Subject;
    use super::*;

    fn entry(code: Code, names: &[&str]) -> Suppression {
        Suppression {
            place: Place::new("a.md", 90, 5),
            codes: vec![code],
            names: names.iter().map(|name| (*name).to_owned()).collect(),
            must_hide: true,
        }
    }

    fn finding(file: &str, code: Code, property: &str) -> Diagnostic {
        Diagnostic::new(code, Place::new(file, 7, 2), "the type `n.tone` is told")
            .about(Subject::member("n.call", property))
    }

    fn told(suppression: Suppression, diagnostic: Diagnostic) -> Vec<Code> {
        let (told, _) = suppress(&[suppression], vec![diagnostic]);
        told.iter().map(|diagnostic| diagnostic.code).collect()
    }

    #[test]
    fn an_entry_hides_its_code_and_only_for_the_names_it_gives() {
        let code = Code::RowNotInJson;
        assert_eq!(told(entry(code, &[]), finding("a.md", code, "id")), []);
        assert_eq!(told(entry(code, &["id"]), finding("a.md", code, "id")), []);
        assert_eq!(
            told(entry(code, &["tone"]), finding("a.md", code, "id")),
            []
        );
        assert_eq!(
            told(entry(code, &["state"]), finding("a.md", code, "id")),
            [code, Code::SuppressionUnused]
        );
    }

    #[test]
    fn an_entry_hides_nothing_in_other_files() {
        let code = Code::RowNotInJson;
        assert_eq!(
            told(entry(code, &[]), finding("b.md", code, "id")),
            [Code::SuppressionUnused, code]
        );
    }

    #[test]
    fn errors_are_not_hidden() {
        let code = Code::RowWithoutName;
        let (told, hidden) = suppress(&[entry(code, &[])], vec![finding("a.md", code, "id")]);
        assert_eq!(hidden, []);
        assert_eq!(told[0].code, code);
        assert_eq!(
            told[1].message,
            "`row-without-name` is an error, and a page cannot hide errors"
        );
    }

    #[test]
    fn an_entry_for_another_tool_may_hide_nothing() {
        let foreign = Suppression {
            must_hide: false,
            ..entry(Code::RowNotInJson, &["gone"])
        };
        assert_eq!(suppress(&[foreign], Vec::new()), (vec![], vec![]));
    }
}
