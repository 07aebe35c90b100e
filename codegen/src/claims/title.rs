//! Titles: the type that a page is named after.

use super::Form;
use super::heading::{named, slug};
use super::row::is_identifier;
use super::words;
use crate::page::Heading;
use crate::schema::StructuralKind;

/// The type that a title names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Title {
    /// The short name.
    pub(super) name: String,
    /// Whether only the lower-case form is known.
    pub(super) case_unknown: bool,
    /// Structural type or enumeration.
    pub(super) form: Form,
    /// Entity or complex type, if the title says so.
    pub(super) kind: Option<StructuralKind>,
    /// Whether the title says that the type is deprecated.
    pub(super) deprecated: bool,
}

/// Reads a title such as `call resource type` or `Ressourcentyp call`.
pub(super) fn read(heading: &Heading) -> Option<Title> {
    let text = &heading.inline.text;
    let slug = slug(heading);
    let deprecated = slug.ends_with("-deprecated");
    let slug = slug.trim_end_matches("-deprecated");
    let (name, form, kind) = if let Some((name, end)) = named(slug, words::RESOURCE_TITLE_ENDS) {
        let kind = match end {
            "-complex-resource-type" | "-complex-type" => Some(StructuralKind::Complex),
            "-entity-type" => Some(StructuralKind::Entity),
            _ => None,
        };
        (name, Form::Structural, kind)
    } else {
        (
            named(slug, words::ENUM_TITLE_ENDS)?.0,
            Form::Enumeration,
            None,
        )
    };
    if !is_identifier(name) {
        return None;
    }
    let spelled = spelling(text, name);
    Some(Title {
        name: lower_camel(spelled.unwrap_or(name)),
        case_unknown: spelled.is_none(),
        form,
        kind,
        deprecated,
    })
}

/// A name from running text, where it may have got a capital for being the first word: types are named in lower camel
/// case, unless more than the first letter is a capital.
pub(super) fn lower_camel(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second))
            if first.is_ascii_uppercase() && second.is_ascii_lowercase() =>
        {
            first.to_ascii_lowercase().to_string() + chars.as_str()
        }
        _ => name.to_owned(),
    }
}

/// The word of a text that a lower-case word stands for.
pub(super) fn spelling<'a>(text: &'a str, lower: &str) -> Option<&'a str> {
    text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
        .find(|word| word.eq_ignore_ascii_case(lower))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::Inline;
    use crate::source::Place;

    fn title(text: &str, slug: Option<&str>) -> Option<Title> {
        let mut inline = Inline::empty(Place::new("a.md", 1, 1));
        inline.text = text.into();
        read(&Heading {
            level: 1,
            slug: slug.map(Into::into),
            inline,
        })
    }

    #[test]
    fn the_name_stands_before_the_kind() {
        let read = title("commsOperation resource type", None).unwrap();
        assert_eq!(
            (read.name.as_str(), read.form, read.case_unknown),
            ("commsOperation", Form::Structural, false)
        );
        assert_eq!(
            title("callState enum type", None).unwrap().form,
            Form::Enumeration
        );
        assert_eq!(
            title("toneInfo complex type", None).unwrap().kind,
            Some(StructuralKind::Complex)
        );
        assert!(
            title("call resource type (deprecated)", None)
                .unwrap()
                .deprecated
        );
        assert_eq!(title("Working with calls", None), None);
        assert_eq!(title("Lamp facet", None).unwrap().name, "lamp");
        assert_eq!(title("IPRange resource", None).unwrap().name, "IPRange");
    }

    #[test]
    fn a_translated_title_is_read_by_its_slug() {
        let read = title(
            "Ressourcentyp commsOperation",
            Some("commsoperation-resource-type"),
        )
        .unwrap();
        assert_eq!(
            (read.name.as_str(), read.case_unknown),
            ("commsOperation", false)
        );
        let read = title("操作资源类型", Some("operation-resource-type")).unwrap();
        assert_eq!((read.name.as_str(), read.case_unknown), ("operation", true));
    }
}
