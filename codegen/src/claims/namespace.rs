//! The line that states a page's namespace.

use super::type_cell;

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
