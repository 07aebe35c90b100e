//! Type cells: the type that a row names, however it is spelled.

use super::row::is_identifier;
use crate::page::{Inline, SpanKind};
use crate::source::Place;

/// A type cell, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeCell {
    /// The cell as plain text.
    pub written: String,
    /// Where it starts.
    pub place: Place,
    /// Whether it says that there are several values.
    pub collection: bool,
    /// Whether it holds words beside its names that are not understood; they may say that there are several values.
    pub remark: bool,
    /// The names: one, or several if the cell offers alternatives; none if it holds something else.
    pub words: Vec<TypeWord>,
}

impl TypeCell {
    /// The same, with the text that stands in the cell.
    pub(super) fn with_written(self, cell: &Inline) -> Self {
        let written = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
        Self { written, ..self }
    }
}

/// A name of a type as a page writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeWord {
    /// The name: a short or qualified name, or an alias.
    pub text: String,
    /// The target of the link that the name is, if it is one.
    pub target: Option<String>,
}

/// Words around a type's name that say that there are several values.
const COLLECTION_WORDS: &[&str] = &["collection", "collections", "array", "list"];

/// What stands between alternatives.
const SEPARATORS: &[&str] = &["or", "and", ",", "/", ";", "|"];

/// Words around a type's name that say nothing.
const FILLERS: &[&str] = &[
    "of",
    "a",
    "an",
    "the",
    "object",
    "objects",
    "resource",
    "resources",
    "type",
    "types",
    "enum",
    "enumeration",
    "complex",
    "entity",
    "entities",
    "instance",
    "instances",
    "value",
    "values",
    "flags",
    "flag",
    "read-only",
    "readonly",
    "nullable",
    "optional",
    "required",
    "facet",
];

/// How many bytes of text a cell has at most of which each word is looked at; what is longer tells a story.
const LONGEST: usize = 4096;

/// Reads a type cell; `None` if it is blank.
pub(super) fn read(cell: &Inline) -> Option<TypeCell> {
    if cell.is_blank() {
        return None;
    }
    let written = cell.text.split_whitespace().collect::<Vec<_>>().join(" ");
    if cell.text.len() > LONGEST {
        return Some(TypeCell {
            written,
            place: cell.place.clone(),
            collection: false,
            remark: true,
            words: Vec::new(),
        });
    }
    let links: Vec<(&str, &str)> = cell.links().collect();
    let plain = without_remarks(&spaced(cell));
    let tokens: Vec<&str> = tokens(&plain).collect();
    let mut collection = false;
    let mut names: Vec<String> = Vec::new();
    let mut parts: Vec<&str> = Vec::new();
    let mut alternatives = false;
    for token in &tokens {
        // Types may be named like words that are left out elsewhere: a linked word, or the only one, is a name.
        if tokens.len() == 1 || links.iter().any(|(label, _)| label.trim() == *token) {
            parts.push(token);
        } else if is_one_of(token, COLLECTION_WORDS) || *token == "[]" {
            collection = true;
        } else if is_one_of(token, SEPARATORS) {
            names.extend(name(&mut parts));
            alternatives = true;
        } else if !is_one_of(token, FILLERS) {
            parts.push(token);
        }
    }
    names.extend(name(&mut parts));
    let mut words: Vec<TypeWord> = Vec::new();
    for (label, target) in &links {
        let word = TypeWord {
            text: clean(label),
            target: Some((*target).to_owned()),
        };
        if !words.contains(&word) {
            words.push(word);
        }
    }
    if names.is_empty() && words.is_empty() {
        // All words are such that say nothing beside a name: then one of them is the name.
        let mut rest = tokens
            .iter()
            .filter(|token| !is_one_of(token, COLLECTION_WORDS) && !is_one_of(token, ARTICLES));
        names.extend(rest.next().map(|token| (*token).to_owned()));
    }
    let mut remark = false;
    for text in names {
        // A name beside a link is an alternative only where the cell separates them.
        let linked = words
            .iter()
            .any(|word| word.text.eq_ignore_ascii_case(&text));
        if links.is_empty() || (alternatives && !linked && is_type_name(&text)) {
            words.push(TypeWord { text, target: None });
        } else {
            remark |= !linked;
        }
    }
    words.retain(|word| !word.text.is_empty());
    Some(TypeCell {
        written,
        place: cell.place.clone(),
        collection,
        remark,
        words,
    })
}

/// The words that are part of no name.
const ARTICLES: &[&str] = &["of", "a", "an", "the"];

fn is_one_of(token: &str, words: &[&str]) -> bool {
    words.contains(&token.to_lowercase().as_str())
}

/// The cell's text with blanks around links, which the docs at times write into the next word.
fn spaced(cell: &Inline) -> String {
    let mut text = String::with_capacity(cell.text.len() + 8);
    let mut at = 0;
    for span in cell
        .spans
        .iter()
        .filter(|span| matches!(span.kind, SpanKind::Link(_)) && span.start != span.end)
    {
        if span.start >= at {
            text.extend([
                &cell.text[at..span.start],
                " ",
                &cell.text[span.start..span.end],
                " ",
            ]);
            at = span.end;
        }
    }
    text.push_str(&cell.text[at..]);
    text
}

/// The words between two separators as one name; a name of several words is a remark, which resolving will tell.
fn name(parts: &mut Vec<&str>) -> Option<String> {
    (!parts.is_empty()).then(|| std::mem::take(parts).join(" "))
}

/// The text without remarks in round brackets and without brackets that mark something else than a remark: those of
/// `Collection(x)`, and those of a link whose target is missing, `[x][]`. `[]` behind a name becomes a word of its own.
fn without_remarks(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut remarks = 0_usize;
    let mut in_collection = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '(' | '（' if remarks == 0 && !in_collection && ends_with_collection_word(&out) => {
                in_collection = true;
                out.push(' ');
            }
            '(' | '（' => remarks += 1,
            ')' | '）' if remarks > 0 => remarks -= 1,
            ')' | '）' => {
                in_collection = false;
                out.push(' ');
            }
            _ if remarks > 0 => {}
            '[' if chars.peek() == Some(&']') => {
                chars.next();
                // A link that lost its target is written with empty brackets behind closed ones.
                out.push_str(if out.ends_with(CLOSED) { " " } else { " [] " });
            }
            '[' => {}
            ']' => out.push(CLOSED),
            c => out.push(c),
        }
    }
    out.retain(|c| c != CLOSED);
    out
}

/// Stands for a closing bracket while the one behind it is looked at.
const CLOSED: char = '\u{1}';

fn ends_with_collection_word(text: &str) -> bool {
    let lower = text.trim_end().to_lowercase();
    COLLECTION_WORDS.iter().any(|word| lower.ends_with(word))
}

/// Words and separators of a type cell.
fn tokens(text: &str) -> impl Iterator<Item = &str> {
    let blank = |c: char| c.is_whitespace() || crate::page::is_blank(c);
    text.split(blank)
        .filter(|word| !word.is_empty())
        .flat_map(|word| {
            let word = word.trim_matches(|c| matches!(c, '`' | '*' | '"' | '\'' | '.' | ':' | '?'));
            let mut parts = Vec::new();
            let mut start = 0;
            for (at, separator) in word.match_indices([',', '/', ';', '|']) {
                parts.extend([&word[start..at], separator]);
                start = at + separator.len();
            }
            parts.push(&word[start..]);
            parts.retain(|part| !part.is_empty());
            parts
        })
}

/// A link's label as a name: without words around it.
fn clean(label: &str) -> String {
    let words: Vec<&str> = tokens(label)
        .filter(|word| {
            let lower = word.to_lowercase();
            !COLLECTION_WORDS.contains(&lower.as_str())
                && *word != "[]"
                && !FILLERS.contains(&lower.as_str())
        })
        .collect();
    match words.as_slice() {
        [one] => (*one).trim_matches(|c| matches!(c, '(' | ')')).to_owned(),
        _ => label.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

/// Whether a word can be a type's name: an identifier, or several joined by dots.
pub(crate) fn is_type_name(text: &str) -> bool {
    // CSDL 4.01, section 15.2.
    text.len() <= 511 && text.split('.').all(is_identifier)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Block, Page};
    use crate::source::MemoryFiles;

    fn cell(markdown: &str) -> TypeCell {
        let text = format!("|a|\n|-|\n|{markdown}|\n");
        let page = Page::read(
            &MemoryFiles::new([("v/resources/a.md", text)]),
            "v/resources/a.md".into(),
        );
        let Block::Table(table) = &page.blocks[0] else {
            panic!()
        };
        read(&table.rows[0].cells[0]).unwrap()
    }

    fn names(markdown: &str) -> (Vec<String>, bool) {
        let cell = cell(markdown);
        (
            cell.words.into_iter().map(|word| word.text).collect(),
            cell.collection,
        )
    }

    #[test]
    fn every_spelling_of_a_collection_is_one() {
        for spelling in [
            "Collection(String)",
            "collection(string)",
            "String collection",
            "String Collection",
            "string collections",
            "Collection of String",
            "collection of string objects",
            "String[]",
            "array of String",
            "list of strings collection",
            "Collection (String)",
        ] {
            let (names, collection) = names(spelling);
            assert!(collection, "{spelling}");
            assert!(
                names[0].to_lowercase().starts_with("string"),
                "{spelling}: {names:?}"
            );
        }
    }

    #[test]
    fn a_link_gives_label_and_target() {
        let cell = cell("[callRoute](callroute.md) collection");
        assert!(cell.collection);
        assert_eq!(
            cell.words,
            [TypeWord {
                text: "callRoute".into(),
                target: Some("callroute.md".into())
            }]
        );
        assert_eq!(
            names("Collection([identitySet](identityset.md))"),
            (vec!["identitySet".into()], true)
        );
        assert_eq!(
            names("[identitySet collection](identityset.md)"),
            (vec!["identitySet".into()], true)
        );
        assert_eq!(
            names("[`recipient`](r.md)"),
            (vec!["recipient".into()], false)
        );
    }

    #[test]
    fn alternatives_are_kept() {
        assert_eq!(
            names("[a](a.md) or [b](b.md)"),
            (vec!["a".into(), "b".into()], false)
        );
        assert_eq!(
            names("String or Int32"),
            (vec!["String".into(), "Int32".into()], false)
        );
    }

    #[test]
    fn remarks_are_left_out() {
        assert_eq!(names("String (timestamp)"), (vec!["String".into()], false));
        assert_eq!(names("string (readonly)"), (vec!["string".into()], false));
        assert_eq!(names("**Edm.String**."), (vec!["Edm.String".into()], false));
    }

    #[test]
    fn several_words_are_no_name() {
        assert_eq!(
            names("error message text"),
            (vec!["error message text".into()], false)
        );
    }
}
