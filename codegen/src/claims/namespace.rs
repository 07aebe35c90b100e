//! The line that states a page's namespace.

use super::type_cell;
use crate::diagnostic::{Code, Diagnostic, shorten};
use crate::schema::{is_reserved, told_of_reserved};
use crate::source::Place;

/// The namespace of a line such as `Namespace: microsoft.graph`; in other languages the label differs and the colon
/// may be a wide one.
pub(crate) fn stated(text: &str) -> Option<String> {
    let (label, rest) = text.split_once([':', '：'])?;
    let mut words = rest.split_whitespace();
    let name = words.next()?.trim_end_matches('.');
    let is_label = label.chars().count() <= 24 && label.split_whitespace().count() <= 2;
    (is_label && words.next().is_none() && name.contains('.') && type_cell::is_type_name(name))
        .then(|| name.to_owned())
}

/// What to tell of a name in whose namespace pages may describe no types.
pub(super) fn reserved(name: &str, place: &Place) -> Option<Diagnostic> {
    let told = || {
        let message = told_of_reserved(&shorten(name));
        Diagnostic::new(Code::NamespaceReserved, place.clone(), message)
            .hint("write the namespace of the service, such as `microsoft.graph`")
    };
    is_reserved(name).then(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wide_colon_is_a_colon() {
        assert_eq!(
            stated("命名空间：microsoft.graph").as_deref(),
            Some("microsoft.graph")
        );
        assert_eq!(stated("Note: see the page.").as_deref(), None);
    }
}
