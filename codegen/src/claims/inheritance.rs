//! Inheritance in sentences: what a type derives from, and what derives from it.

use super::type_cell::{TypeWord, is_type_name};
use super::values::sentence_end;
use super::words::{
    BASE_PHRASES, DERIVED_BEFORE_PHRASES, DERIVED_EXAMPLES, DERIVED_LIST_WORDS, DERIVED_PHRASES,
    INHERITS_PHRASES, OWN_SUBJECTS,
};
use crate::page::{Inline, SpanKind};

/// The type that a text says something inherits from: `Inherits from [x](x.md)`.
pub(super) fn inherits_from(text: &Inline) -> Option<TypeWord> {
    let lower = text.text.to_ascii_lowercase();
    name_after(text, INHERITS_PHRASES.end_in(&lower)?)
}

/// The base type that a paragraph states for the type of its page. In an introduction that type need not be named; in
/// other sections the sentence must be about it, named `name`, or about its properties.
pub(super) fn base(text: &Inline, intro: bool, name: &str) -> Option<TypeWord> {
    let lower = text.text.to_ascii_lowercase();
    let phrases = [INHERITS_PHRASES, BASE_PHRASES].into_iter();
    let end = phrases.filter_map(|phrases| phrases.end_in(&lower)).min()?;
    let subject = lower[..end]
        .rsplit(['.', '\n'])
        .next()
        .unwrap_or("")
        .trim_start();
    let subject = subject.strip_prefix("the ").unwrap_or(subject);
    let is_own = intro
        || OWN_SUBJECTS.iter().any(|own| subject.starts_with(own))
        || (!name.is_empty() && subject.starts_with(&format!("{} ", name.to_ascii_lowercase())));
    is_own.then(|| name_after(text, end)).flatten()
}

/// The types that a paragraph says derive from the type of its page: `the derived types are [a](a.md) and [b](b.md)`,
/// `[a](a.md) and [b](b.md) inherit from this type`.
pub(super) fn derived(text: &Inline) -> Vec<TypeWord> {
    let lower = text.text.to_ascii_lowercase();
    if let Some(start) = DERIVED_PHRASES.end_in(&lower) {
        let names = names_in_a_row(text, start);
        if !names.is_empty() {
            return names;
        }
        let sentence = &lower[..sentence_end(text, start)];
        let examples = DERIVED_EXAMPLES.end_in(&sentence[start..]);
        return examples.map_or_else(Vec::new, |at| names_in_a_row(text, start + at));
    }
    let Some(end) = DERIVED_BEFORE_PHRASES.end_in(&lower) else {
        return Vec::new();
    };
    let links = text.spans.iter().filter_map(|span| match &span.kind {
        SpanKind::Link(target) if span.end <= end && sentence_end(text, span.end) >= end => {
            Some(word(&text.text[span.start..span.end], Some(target)))
        }
        _ => None,
    });
    links.collect()
}

/// Whether a paragraph announces a list of derived types.
pub(super) fn announces_derived(text: &Inline) -> bool {
    let lower = text.text.to_ascii_lowercase();
    let last = lower
        .trim_end()
        .rsplit(['.', '\n'])
        .next()
        .unwrap_or_default();
    last.ends_with([':', '：']) && DERIVED_LIST_WORDS.iter().any(|words| last.contains(words))
}

/// The type that an item of such a list is about: its first link.
pub(super) fn listed(item: &Inline) -> Option<TypeWord> {
    let (label, target) = item.links().next()?;
    Some(word(label, Some(target)))
}

fn word(label: &str, target: Option<&str>) -> TypeWord {
    TypeWord {
        text: label.trim().to_owned(),
        target: target.map(str::to_owned),
    }
}

/// The name that follows a phrase, from its end on, with nothing between but words that say nothing.
fn name_after(text: &Inline, start: usize) -> Option<TypeWord> {
    let end = sentence_end(text, start);
    let marked = marked(text)
        .filter(|(from, to, _)| {
            *from >= start && *to <= end && says_nothing(&text.text[start..*from])
        })
        .map(|(.., word)| word)
        .next();
    if marked.is_some() {
        return marked;
    }
    // Without a mark only a word that can be nothing but a name is one: it has a capital or a dot inside.
    let bare = text.text[start..end]
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
        .find(|word| !word.is_empty() && !is_filler(word))?;
    let can_only_be_a_name = bare
        .chars()
        .skip(1)
        .any(|c| c.is_ascii_uppercase() || c == '.');
    (is_type_name(bare) && can_only_be_a_name).then(|| word(bare, None))
}

/// The marked names from here on, as long as nothing stands between them that says something.
fn names_in_a_row(text: &Inline, start: usize) -> Vec<TypeWord> {
    let mut names: Vec<TypeWord> = Vec::new();
    let mut at = start;
    for (from, to, word) in marked(text).filter(|(from, ..)| *from >= start) {
        // A mark inside the last one, such as code in a link, is the same name.
        if to <= at {
            continue;
        }
        if !says_nothing(&text.text[at.min(from)..from]) {
            break;
        }
        names.push(word);
        at = to;
    }
    names
}

/// Links and code that can be names of types, with their byte ranges.
fn marked(text: &Inline) -> impl Iterator<Item = (usize, usize, TypeWord)> {
    text.spans.iter().filter_map(|span| {
        let label = text.text[span.start..span.end].trim();
        let word = match &span.kind {
            SpanKind::Link(target) => word(label, Some(target)),
            SpanKind::Code if is_type_name(label) => word(label, None),
            SpanKind::Code | SpanKind::Strong => return None,
        };
        Some((span.start, span.end, word))
    })
}

fn says_nothing(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || c == ',')
        .all(|word| word.is_empty() || is_filler(word))
}

fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word.to_lowercase().as_str())
}

/// Words between a phrase of inheritance and the name, and between names.
const FILLERS: &[&str] = &[
    "the",
    "a",
    "an",
    "abstract",
    "base",
    "type",
    "types",
    "class",
    "resource",
    "resources",
    "entity",
    "complex",
    ":",
    "and",
    "or",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Block, Page};
    use crate::source::MemoryFiles;

    fn paragraph(markdown: &str) -> Inline {
        let page = Page::read(
            &MemoryFiles::new([("v/resources/a.md", markdown)]),
            "v/resources/a.md".into(),
        );
        let Block::Paragraph(inline) = &page.blocks[0] else {
            panic!()
        };
        inline.clone()
    }

    fn names(words: Vec<TypeWord>) -> Vec<String> {
        words.into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn the_base_follows_the_phrase_as_link_code_or_name() {
        for text in [
            "Represents x. Inherits from [toneInfo](toneinfo.md).",
            "Inherits from `toneInfo`.",
            "Inherits from base class [toneInfo](toneinfo.md).",
            "This type is derived from **toneInfo**.",
            "It is derived from the [toneInfo](../resources/toneinfo.md) resource.",
            "A subclass of [toneInfo](toneinfo.md). It holds x.",
            "This resource is the derivative of the [toneInfo](toneinfo.md) resource.",
        ] {
            let found = base(&paragraph(text), true, "x").unwrap();
            assert_eq!(found.text, "toneInfo", "{text}");
        }
    }

    #[test]
    fn other_sentences_with_the_same_words_state_no_base() {
        for text in [
            "The value is derived from other sources. See [x](x.md).",
            "It comes from [x](x.md).",
            "All tones inherit from [toneInfo](toneinfo.md).",
        ] {
            assert_eq!(base(&paragraph(text), true, "x"), None, "{text}");
        }
    }

    #[test]
    fn outside_of_the_introduction_the_sentence_must_be_about_the_type() {
        for text in [
            "longTone derives from [toneInfo](toneinfo.md)",
            "The **longTone** resource is derived from [toneInfo](toneinfo.md).",
            "The following properties are inherited from [toneInfo](toneinfo.md).",
        ] {
            assert!(
                base(&paragraph(text), false, "longTone").is_some(),
                "{text}"
            );
        }
        let other = paragraph("An answer is derived from [toneInfo](toneinfo.md).");
        assert_eq!(base(&other, false, "longTone"), None);
    }

    #[test]
    fn derived_types_are_named_in_a_row() {
        for text in [
            "This is a base class; the derived types are [a](a.md), [b](b.md), and [c](c.md).",
            "The base type for [a](a.md), [b](b.md) and [c](c.md), as [d](d.md) says.",
            "The base type for tones that ring, for example, [a](a.md), [b](b.md), [c](c.md).",
            "An abstract type that is inherited by [a](a.md), [b](b.md) and `c`.",
            "The [a](a.md), [b](b.md) and [c](c.md) types inherit from this type. See [d](d.md).",
            "See [d](d.md). The [a](a.md), [b](b.md), [c](c.md) resources are subclasses of this superclass.",
        ] {
            assert_eq!(names(derived(&paragraph(text))), ["a", "b", "c"], "{text}");
        }
        let text = "A base class for the tones of [a](a.md).";
        assert_eq!(names(derived(&paragraph(text))), [""; 0]);
    }

    #[test]
    fn a_list_of_derived_types_is_announced() {
        assert!(announces_derived(&paragraph("Derived types include:")));
        assert!(announces_derived(&paragraph(
            "It is the base of these derived types of tones:"
        )));
        assert!(!announces_derived(&paragraph("Derived types. They are:")));
        assert!(!announces_derived(&paragraph("See the derived types.")));
    }
}
