//! Whether a type cell or a JSON value states a type.

use super::page::{TARGET, clean, pattern};
use super::pages::{mention, short};

pattern!(MANY, r"(?i)collection|\[\s*\]|\barray\b|\blist\b");
pattern!(WORD, r"[A-Za-z_][\w.]*");

/// The words that docs write for primitive types, in lower case, exact ones only: `Integer` states no width.
const PRIMITIVES: [(&str, &[&str]); 16] = [
    ("Edm.String", &["string"]),
    ("Edm.Boolean", &["boolean", "bool"]),
    ("Edm.Byte", &["byte"]),
    ("Edm.Int16", &["int16"]),
    ("Edm.Int32", &["int32"]),
    ("Edm.Int64", &["int64", "long"]),
    ("Edm.Single", &["single", "float"]),
    ("Edm.Double", &["double"]),
    ("Edm.Decimal", &["decimal"]),
    ("Edm.Guid", &["guid"]),
    ("Edm.Date", &["date"]),
    (
        "Edm.DateTimeOffset",
        &["datetimeoffset", "datetime", "timestamp"],
    ),
    ("Edm.TimeOfDay", &["timeofday"]),
    ("Edm.Duration", &["duration"]),
    ("Edm.Binary", &["binary"]),
    ("Edm.Untyped", &["untyped"]),
];

/// Splits `Collection(x)`.
fn split(ty: &str) -> (&str, bool) {
    match ty.strip_prefix("Collection(") {
        Some(rest) => (rest.trim_end_matches(')'), true),
        None => (ty, false),
    }
}

/// Whether a text names the item type, by label or by the link's target.
fn names_item(text: &str, item: &str) -> bool {
    let label = clean(text);
    if item.starts_with("Edm.") {
        let words = PRIMITIVES
            .iter()
            .find(|(name, _)| *name == item)
            .map_or([].as_slice(), |(_, words)| *words);
        return WORD.find_iter(&label).any(|word| {
            let word = word.as_str().to_lowercase();
            words.contains(&word.trim_start_matches("edm."))
        });
    }
    let labelled = WORD
        .find_iter(&label)
        .any(|word| short(word.as_str().trim_end_matches('.')).eq_ignore_ascii_case(short(item)));
    let linked = TARGET
        .captures_iter(text)
        .any(|link| mention(item).is_match(&format!("/{}", &link[1])) && link[1].contains(".md"));
    labelled || linked
}

/// Whether a type cell states a type.
pub(super) fn cell_states(cell: &str, ty: &str) -> bool {
    let (item, many) = split(ty);
    MANY.is_match(&clean(cell)) == many && names_item(cell, item)
}

/// Whether a cell or value names a type's item, one or many.
pub(super) fn names(text: &str, ty: &str) -> bool {
    names_item(text, split(ty).0)
}

/// Whether a JSON value states a type: by `@odata.type`, or by the type's name as a string.
pub(super) fn value_states(value: &str, ty: &str) -> bool {
    let (item, many) = split(ty);
    let value = value.trim();
    if value.starts_with('[') != many {
        return false;
    }
    names_item(value, item)
        || (item == "Edm.Boolean" && (value.contains("true") || value.contains("false")))
        || (item == "Edm.String" && value.trim_start_matches(['[', ' ']).starts_with('"'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_states_a_type_by_word_or_link_and_its_many() {
        assert!(cell_states("String", "Edm.String"));
        assert!(cell_states(
            "[tone](tone.md) collection",
            "Collection(ns.tone)"
        ));
        assert!(cell_states("[Sound](../resources/tone.md)", "ns.tone"));
        assert!(!cell_states("String collection", "Edm.String"));
        assert!(!cell_states("Integer", "Edm.Int32"));
    }

    #[test]
    fn a_value_states_a_type_by_its_name() {
        assert!(value_states(r#"{"@odata.type": "ns.tone"},"#, "ns.tone"));
        assert!(value_states(r#"["String"]"#, "Collection(Edm.String)"));
        assert!(!value_states("1024", "Edm.Int32"));
    }
}
