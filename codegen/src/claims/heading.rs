//! Headings: what the section below one lists.

use super::row::is_identifier;
use super::words;
use crate::page::Heading;

/// A heading as its slug, the form in which it is the same in every language.
///
/// Translated pages carry the slug of the English heading; for the others it is made from the text.
pub(super) fn slug(heading: &Heading) -> String {
    heading
        .slug
        .as_deref()
        .map_or_else(|| slug_of(&heading.inline.text), str::to_ascii_lowercase)
}

/// The slug of a text: words in lower case, joined by `-`.
pub(super) fn slug_of(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' {
            slug.extend(c.to_lowercase());
        } else if (c.is_whitespace() || c == '-') && !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// What a section lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Properties; of the type of this slug, or of the page's.
    Properties(Option<String>),
    /// Navigation properties.
    Relationships,
    /// Operations.
    Methods,
    /// Members; of the enumeration of this slug, or of the page's.
    Members { of: Option<String>, flags: bool },
    /// Derived types.
    DerivedTypes,
    /// The JSON block.
    Json,
}

/// What the section below a heading lists, if the heading says so.
pub(super) fn section(slug: &str) -> Option<Section> {
    let is = |words: &[&str]| words.contains(&slug);
    if is(words::PROPERTY_HEADINGS) {
        Some(Section::Properties(None))
    } else if is(words::RELATIONSHIP_HEADINGS) {
        Some(Section::Relationships)
    } else if is(words::METHOD_HEADINGS) {
        Some(Section::Methods)
    } else if is(words::MEMBER_HEADINGS) {
        Some(Section::Members {
            of: None,
            flags: false,
        })
    } else if is(words::DERIVED_HEADINGS) {
        Some(Section::DerivedTypes)
    } else if is(words::JSON_HEADINGS) {
        Some(Section::Json)
    } else if let Some((name, end)) = named(slug, words::ENUM_HEADING_ENDS) {
        Some(Section::Members {
            of: Some(name.to_owned()),
            flags: end == "-flags",
        })
    } else {
        let (name, _) = named(slug, &["-properties", "-resource-properties"])?;
        Some(Section::Properties(Some(name.to_owned())))
    }
}

/// The one word before one of these ends, and the end.
pub(super) fn named<'a>(slug: &'a str, ends: &[&'static str]) -> Option<(&'a str, &'static str)> {
    ends.iter().find_map(|end| {
        let name = slug.strip_suffix(end)?;
        is_identifier(name).then_some((name, *end))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_lower_case_words() {
        assert_eq!(
            slug_of("commsOperation resource type"),
            "commsoperation-resource-type"
        );
        assert_eq!(slug_of("What's new?"), "whats-new");
        assert_eq!(slug_of("a\u{a0}values "), "a-values");
    }

    #[test]
    fn sections_are_known_by_their_slugs() {
        assert_eq!(section("properties"), Some(Section::Properties(None)));
        assert_eq!(
            section("operationerror-properties"),
            Some(Section::Properties(Some("operationerror".into())))
        );
        assert_eq!(
            section("callstate-values"),
            Some(Section::Members {
                of: Some("callstate".into()),
                flags: false
            })
        );
        assert_eq!(
            section("state-enumeration-values"),
            Some(Section::Members {
                of: Some("state".into()),
                flags: false
            })
        );
        assert_eq!(
            section("x-flags"),
            Some(Section::Members {
                of: Some("x".into()),
                flags: true
            })
        );
        assert_eq!(section("roles-property-values"), None);
        assert_eq!(section("common-use-cases"), None);
    }
}
