//! The line that states a page's namespace.

use super::type_cell;
use crate::diagnostic::{Code, Diagnostic, shorten};
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

/// Tells that pages may not describe the types of a namespace.
pub(super) fn reserved(name: &str, place: Place) -> Diagnostic {
    Diagnostic::new(
        Code::NamespaceReserved,
        place,
        format!(
            "expected a name in a namespace of the service, found `{}`, which is in OData's own",
            shorten(name)
        ),
    )
    .hint("write the namespace of the service, such as `microsoft.graph`")
}

/// Whether a name lies in `Edm`, which holds OData's own types: no schema may describe others there (CSDL 4.01, section 5).
pub(crate) fn is_reserved(qualified: &str) -> bool {
    let outermost = qualified.split_once('.');
    outermost.is_some_and(|(outermost, _)| outermost.eq_ignore_ascii_case("Edm"))
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
