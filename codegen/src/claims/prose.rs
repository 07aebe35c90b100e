//! What sentences say of a type or property.

use std::collections::BTreeSet;

use super::type_cell::{TypeWord, is_type_name};
use super::values::sentence_end;
use super::words::INHERITS_PHRASES;
use crate::page::{Inline, InlineSpan, SpanKind};
use crate::schema::PropertyTrait;

/// Where the first of these phrases ends in a text; all of it is ASCII in lower case.
pub(super) fn first_phrase(lower: &str, phrases: &[&str]) -> Option<usize> {
    let find = |phrase: &&str| {
        memchr::memmem::find(lower.as_bytes(), phrase.as_bytes()).map(|at| at + phrase.len())
    };
    phrases.iter().filter_map(find).min()
}

/// The type that a text says something inherits from.
pub(super) fn inherits_from(text: &Inline) -> Option<TypeWord> {
    let lower = text.text.to_ascii_lowercase();
    let start = first_phrase(&lower, INHERITS_PHRASES)?;
    let end = sentence_end(text, start);
    let marked = |wanted: fn(&SpanKind) -> bool| {
        let inside =
            |span: &&InlineSpan| span.start >= start && span.end <= end && wanted(&span.kind);
        text.spans.iter().filter(inside).find_map(|span| {
            let label = text.text[span.start..span.end].trim();
            let target = match &span.kind {
                SpanKind::Link(target) => Some(target.clone()),
                SpanKind::Code | SpanKind::Strong => None,
            };
            is_type_name(label).then(|| TypeWord {
                text: label.to_owned(),
                target,
            })
        })
    };
    let linked = marked(|kind| matches!(kind, SpanKind::Link(_)))
        .or_else(|| marked(|kind| *kind == SpanKind::Code));
    linked.or_else(|| {
        // Without a link only a word that can be nothing but a name is one: it has a capital or a dot inside.
        let word = text.text[start..end]
            .split_whitespace()
            .map(|word| word.trim_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_'))
            .find(|word| !matches!(*word, "" | "the" | "a" | "an"))?;
        (is_type_name(word)
            && (word
                .chars()
                .skip(1)
                .any(|c| c.is_ascii_uppercase() || c == '.')))
        .then(|| TypeWord {
            text: word.to_owned(),
            target: None,
        })
    })
}

/// Whether a text calls the type of its page abstract.
pub(super) fn says_abstract(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    [
        "abstract type",
        "abstract base",
        "abstract class",
        "abstract entity",
        "abstract resource",
        "abstract complex",
    ]
    .iter()
    .any(|phrase| lower.contains(phrase))
}

/// Whether a text calls the type of its page open.
pub(super) fn says_open(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.contains("open type")
        || lower.contains("open complex type")
        || lower.contains("open entity type")
}

/// Whether a text says that members of an enumeration combine.
pub(super) fn says_flags(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.contains("multi-valued")
        || lower.contains("multivalued")
        || lower.contains("flagged enum")
        || lower.contains("flags enum")
}

/// What the description of a property says in fixed words.
pub(super) fn traits(text: &str) -> BTreeSet<PropertyTrait> {
    let lower = text.to_ascii_lowercase();
    let has = |phrase: &str| memchr::memmem::find(lower.as_bytes(), phrase.as_bytes()).is_some();
    let mut traits = BTreeSet::new();
    let mut says = |found: bool, what| {
        if found {
            traits.insert(what);
        }
    };
    says(
        has("read-only") || has("read only") || has("readonly"),
        PropertyTrait::ReadOnly,
    );
    let sentences: Vec<&str> = lower.split(['.', '\n']).map(str::trim).collect();
    says(
        sentences.iter().any(|sentence| {
            matches!(*sentence, "required" | "this property is required")
                || sentence.starts_with("required ")
                || sentence.starts_with("required on ")
        }),
        PropertyTrait::Required,
    );
    let not_nullable = has("not nullable") || has("non-nullable") || has("cannot be null");
    says(not_nullable, PropertyTrait::NotNullable);
    says(
        !not_nullable && sentences.contains(&"nullable"),
        PropertyTrait::Nullable,
    );
    says(
        sentences.iter().any(|sentence| {
            sentence.contains("deprecated") && !sentence.contains("not deprecated")
        }),
        PropertyTrait::Deprecated,
    );
    says(
        has("returned only on") || has("only returned on") || has("returned only when"),
        PropertyTrait::SelectOnly,
    );
    traits
}

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

    #[test]
    fn the_base_follows_the_phrase_as_link_code_or_name() {
        for text in [
            "Represents x. Inherits from [baseItem](baseitem.md).",
            "Inherits from `baseItem`.",
            "This type is derived from **baseItem**.",
            "It is derived from the [baseItem](../resources/baseitem.md) resource.",
        ] {
            assert_eq!(
                inherits_from(&paragraph(text)).unwrap().text,
                "baseItem",
                "{text}"
            );
        }
        assert_eq!(
            inherits_from(&paragraph(
                "The value is derived from other sources. See [x](x.md)."
            )),
            None
        );
        assert_eq!(inherits_from(&paragraph("It comes from [x](x.md).")), None);
    }

    #[test]
    fn fixed_words_say_traits() {
        use PropertyTrait::{Deprecated, NotNullable, Nullable, ReadOnly, Required, SelectOnly};
        for (text, expected) in [
            ("The id. Read-only.", vec![ReadOnly]),
            ("Required. The name.", vec![Required]),
            ("The information required for meetings.", vec![]),
            ("Read-only. Nullable.", vec![ReadOnly, Nullable]),
            ("Not nullable.", vec![NotNullable]),
            ("This property is deprecated.", vec![Deprecated]),
            ("Returned only on `$select`.", vec![SelectOnly]),
        ] {
            assert_eq!(traits(text), expected.into_iter().collect(), "{text}");
        }
    }
}
