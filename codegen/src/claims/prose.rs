//! What sentences say of a type or property.

use super::words::OPEN_PHRASES;
use crate::page::Inline;
use crate::schema::{PropertyTrait, PropertyTraits};

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

/// Whether a text calls the type of its page open, or says that instances have members beside the described ones.
pub(super) fn says_open(text: &Inline) -> bool {
    let lower = text.text.to_ascii_lowercase();
    // `used in the open type x` is about x.
    let calls_open = ["open type", "open complex type", "open entity type"]
        .iter()
        .any(|words| {
            lower.contains(words)
                && lower.match_indices(words).any(|(at, _)| {
                    let before = lower[..at].trim_end();
                    !before.ends_with(" the") && !before.ends_with(" this")
                })
        });
    calls_open
        || OPEN_PHRASES.iter().any(|words| lower.contains(words))
        || takes_schema_extensions(text, &lower)
}

/// Custom data from schema extensions are members of the instance itself; OData allows them for open types only. Open
/// extensions in contrast are instances of their own.
fn takes_schema_extensions(text: &Inline, lower: &str) -> bool {
    text.links().any(|(label, _)| {
        let label = label.trim().to_ascii_lowercase();
        (label == "extensions" && lower.contains("own data"))
            || (label.contains("custom data") && label.contains("schema extensions"))
    })
}

/// Whether a text says that members of an enumeration combine.
pub(super) fn says_flags(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    lower.contains("multi-valued")
        || lower.contains("multivalued")
        || lower.contains("flag enum")
        || lower.contains("flagged enum")
        || lower.contains("flags enum")
}

/// What the description of a property says in fixed words.
pub(super) fn traits(text: &str) -> PropertyTraits {
    let lower = text.to_ascii_lowercase();
    // To look for one word that several phrases have is less than to look for each of them.
    let has = |phrase: &str| lower.contains(phrase);
    let mut traits = PropertyTraits::default();
    let mut says = |found: bool, what| {
        if found {
            traits.insert(what);
        }
    };
    says(
        has("read") && says_read_only(&lower),
        PropertyTrait::ReadOnly,
    );
    let sentences: Vec<&str> = lower.split(['.', '\n']).map(str::trim).collect();
    says(
        sentences.iter().any(|sentence| {
            // `Required if …` is a condition, and in `Required information …` it is said of something else.
            matches!(*sentence, "required" | "this property is required")
                || ["on ", "upon ", "and "].iter().any(|word| {
                    let rest = sentence.strip_prefix("required ");
                    rest.is_some_and(|rest| rest.starts_with(word))
                })
        }),
        PropertyTrait::Required,
    );
    let not_nullable =
        has("null") && (has("not nullable") || has("non-nullable") || has("cannot be null"));
    says(not_nullable, PropertyTrait::NotNullable);
    says(
        !not_nullable && sentences.contains(&"nullable"),
        PropertyTrait::Nullable,
    );
    says(
        has("deprecated") && sentences.iter().any(|sentence| says_deprecated(sentence)),
        PropertyTrait::Deprecated,
    );
    says(
        has("returned")
            && (has("returned only on") || has("only returned on") || has("returned only when")),
        PropertyTrait::SelectOnly,
    );
    traits
}

/// Whether a text calls the property read-only: as a remark of its own or in a statement, not as part of a name such as
/// `read-only mode`.
fn says_read_only(lower: &str) -> bool {
    let mut clauses = lower
        .split(['.', ';', ',', ':', '(', ')', '\n'])
        .map(str::trim);
    clauses.any(|clause| {
        let clause = clause.trim_matches(|c: char| !c.is_alphanumeric());
        ["read-only", "read only", "readonly"].iter().any(|words| {
            clause.match_indices(words).any(|(at, _)| {
                let (before, behind) = (&clause[..at], &clause[at + words.len()..]);
                let is_all = before.is_empty() && !behind.trim_start().starts_with("mode");
                is_all
                    || (before.ends_with("is ") && (behind.is_empty() || behind.starts_with(' ')))
                    || (before.ends_with("are ") && behind.is_empty())
            })
        })
    })
}

/// Whether a sentence calls the property deprecated: as a remark of its own or in a statement about the property, not as
/// one of the values that it can have, nor of something else.
fn says_deprecated(lower: &str) -> bool {
    let is_remark = lower.split([';', ':', '-', '(', '[']).any(|clause| {
        let clause = clause.trim_matches(|c: char| c.is_whitespace() || "*_\\>".contains(c));
        ["deprecated", "to be deprecated", "will be deprecated"]
            .iter()
            .any(|words| clause.starts_with(words))
    });
    is_remark
        || lower.split_once("deprecated").is_some_and(|(before, _)| {
            let before = before.trim_end();
            let is_statement = [" is", " are", " be", " been", " being"]
                .iter()
                .any(|verb| before.ends_with(verb));
            let clause = before.rsplit([';', ',']).next().unwrap_or(before);
            is_statement
                && (before.contains("property")
                    || before.contains("this ")
                    || clause.trim_start().starts_with("it "))
        })
}

/// Whether a note at the top of a page calls its type deprecated, and not only a property of it.
pub(super) fn deprecates_type(note: &str, name: &str) -> bool {
    let lower = note.to_ascii_lowercase();
    let Some((before, _)) = lower.split_once("deprecated") else {
        return false;
    };
    let subject = before.rsplit(['.', '\n']).next().unwrap_or(before);
    [
        "this resource",
        "this type",
        "this entity",
        "this api",
        "this enumeration",
        "this enum",
        "this object",
    ]
    .iter()
    .any(|words| subject.contains(words))
        || (!name.is_empty()
            && ["resource", "type", "entity", "object", "enumeration", "is "]
                .iter()
                .any(|word| subject.contains(&format!("{} {word}", name.to_ascii_lowercase()))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_words_say_traits() {
        use PropertyTrait::{Deprecated, NotNullable, Nullable, ReadOnly, Required, SelectOnly};
        for (text, expected) in [
            ("The id. Read-only.", vec![ReadOnly]),
            ("Required. The name.", vec![Required]),
            ("Required on create.", vec![Required]),
            ("The information required for meetings.", vec![]),
            ("Required information for meetings.", vec![]),
            ("Required when the other is true.", vec![]),
            ("Read-only. Nullable.", vec![ReadOnly, Nullable]),
            ("Not nullable.", vec![NotNullable]),
            ("This property is deprecated.", vec![Deprecated]),
            ("\\[Deprecated\\] Use the other.", vec![Deprecated]),
            ("The key - to be deprecated.", vec![Deprecated]),
            ("This will be deprecated soon.", vec![Deprecated]),
            ("Don't use it; it has been deprecated.", vec![Deprecated]),
            ("Whether it is deprecated.", vec![]),
            ("DEPRECATED: use the other.", vec![Deprecated]),
            ("The template is deprecated or not.", vec![]),
            ("Possible values: `active`, `deprecated`.", vec![]),
            ("Waits for the use of deprecated protocols.", vec![]),
            ("Returned only on `$select`.", vec![SelectOnly]),
        ] {
            assert_eq!(traits(text), expected.into_iter().collect(), "{text}");
        }
    }
}
