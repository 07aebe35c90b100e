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

/// The type's name behind a title in the plural, where something says that it is one: the page's file name or its first
/// sentence (`Represents a tone`). Such titles name the collection that the instances are in.
pub(super) fn singular(title: &str, page: &str, description: Option<&str>) -> Option<String> {
    let words = camel_words(title);
    let (last, first) = words.split_last()?;
    let ending_singular = first.concat() + &singular_word(last)?;
    let all_singular: String = words
        .iter()
        .map(|word| singular_word(word).unwrap_or_else(|| (*word).to_owned()))
        .collect();
    let named_by_file = || {
        let file = page.rsplit('/').next().unwrap_or(page);
        let stem = file.split('.').next().unwrap_or(file);
        let stem = stem.rsplit('-').next().unwrap_or(stem);
        stem.eq_ignore_ascii_case(&ending_singular)
    };
    let described = described(description.unwrap_or_default(), words.len());
    let is_described = |name: &String| {
        described.concat() == name.to_ascii_lowercase()
            || described
                .first()
                .is_some_and(|word| word.eq_ignore_ascii_case(name))
    };
    let by_words = [&all_singular, &ending_singular]
        .into_iter()
        .find(|name| is_described(name));
    by_words
        .or_else(|| named_by_file().then_some(&ending_singular))
        .cloned()
}

/// The words behind `Represents a`, in lower case.
fn described(description: &str, count: usize) -> Vec<String> {
    let mut words = description.split_whitespace().map(|word| {
        word.trim_matches(|c: char| !c.is_ascii_alphanumeric())
            .to_ascii_lowercase()
    });
    let represents = words.any(|word| word == "represents");
    if represents && words.next().is_some_and(|word| word == "a" || word == "an") {
        words.take(count).collect()
    } else {
        Vec::new()
    }
}

/// A word of English without its plural ending; `None` if it has none.
fn singular_word(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("ies") {
        return Some(format!("{stem}y"));
    }
    word.strip_suffix('s')
        .filter(|stem| stem.len() > 1 && !stem.ends_with('s'))
        .map(str::to_owned)
}

/// The words of a name in camel case.
pub(crate) fn camel_words(name: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = 0;
    for (at, c) in name.char_indices() {
        if at > start && c.is_ascii_uppercase() {
            words.push(&name[start..at]);
            start = at;
        }
    }
    words.push(&name[start..]);
    words
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

    #[test]
    fn a_title_in_the_plural_names_a_collection_if_the_page_says_so() {
        let name = |title, page, text| singular(title, page, Some(text));
        let tone = Some("tone".to_owned());
        assert_eq!(name("tones", "v/resources/sound-tone.md", "x"), tone);
        assert_eq!(name("tones", "a.md", "Represents a tone in x."), tone);
        assert_eq!(
            name("callEntries", "a.md", "Represents a call entry."),
            Some("callEntry".to_owned())
        );
        assert_eq!(name("tones", "tones.md", "All the tones."), None);
        assert_eq!(name("callStatus", "a.md", "Represents a call state."), None);
    }
}
