//! The values that a description calls possible.

use super::prose::first_phrase;
use super::words::{EVOLVABLE_PHRASES, VALUES_PHRASES};
use crate::page::Inline;

/// The values of the first sentence that lists possible values; none if there is no such sentence.
///
/// The list ends with its sentence, so that what comes behind it (`$filter`, operators, other names) never joins it.
pub(super) fn read(description: &Inline) -> Vec<String> {
    // ASCII folding keeps byte offsets.
    let lower = description.text.to_ascii_lowercase();
    let Some(start) = first_phrase(&lower, VALUES_PHRASES) else {
        return Vec::new();
    };
    let end = list_end(description, start);
    let mut values: Vec<String> = Vec::new();
    let mut add = |value: &str| {
        if is_value(value) && !values.iter().any(|known| known == value) {
            values.push(value.to_owned());
        }
    };
    let codes: Vec<&str> = description
        .codes()
        .filter(|(_, range)| range.start >= start && range.end <= end)
        .map(|(code, _)| code)
        .collect();
    if codes.is_empty() {
        // Without code spans only a list behind a colon is a list; a sentence is not.
        let text = &description.text[start..end];
        let Some((_, list)) = text.split_once(':') else {
            return values;
        };
        let items: Vec<&str> = list
            .split([',', ';', '|'])
            .flat_map(|item| item.split(" or "))
            .collect();
        let items: Vec<&str> = items
            .into_iter()
            .map(|item| {
                item.trim()
                    .trim_start_matches("or ")
                    .trim_start_matches("and ")
                    .trim()
            })
            .map(|item| item.trim_matches(|c| matches!(c, '"' | '\'' | '“' | '”' | '.')))
            .filter(|item| !item.is_empty())
            .collect();
        if items.len() > 1 && items.iter().all(|item| is_value(item)) {
            items.into_iter().for_each(add);
        }
    } else {
        for code in codes {
            for value in code.split([',', '|']) {
                add(value.trim().trim_matches(|c| matches!(c, '"' | '\'')));
            }
        }
    }
    // Members that need a header are named in a sentence of their own.
    if let Some(start) = first_phrase(&lower, EVOLVABLE_PHRASES).filter(|start| *start >= end) {
        let end = sentence_end(description, start);
        let inside = |range: &std::ops::Range<usize>| range.start >= start && range.end <= end;
        for (code, _) in description.codes().filter(|(_, range)| inside(range)) {
            if is_value(code) && !values.iter().any(|known| known == code) {
                values.push(code.to_owned());
            }
        }
    }
    values
}

/// Where a list of values ends: with its sentence, but not at the ends of lines that the next value follows.
fn list_end(description: &Inline, start: usize) -> usize {
    let mut end = sentence_end(description, start);
    while description.text[end..].starts_with('\n') {
        let rest = &description.text[end..];
        let next = end + rest.len()
            - rest
                .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '•'))
                .len();
        if !description.codes().any(|(_, range)| range.start == next) {
            break;
        }
        end = sentence_end(description, next);
    }
    end
}

/// Where the sentence that holds an offset ends: at a full stop outside code and links that a blank, a line's end or
/// the text's end follows.
pub(super) fn sentence_end(inline: &Inline, from: usize) -> usize {
    for (at, c) in inline.text[from..].char_indices() {
        let at = from + at;
        let next = inline.text[at + c.len_utf8()..].chars().next();
        let ends = match c {
            '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
            '。' | '\n' => true,
            _ => false,
        };
        if ends
            && !inline
                .spans
                .iter()
                .any(|span| span.start <= at && at < span.end)
        {
            return at;
        }
    }
    inline.text.len()
}

/// Whether a word can be a member of an enumeration: an identifier, or one that starts with a digit.
pub(super) fn is_value(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 128
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':'))
        && text.chars().any(|c| c.is_ascii_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Block, Page};
    use crate::source::MemoryFiles;

    fn values(markdown: &str) -> Vec<String> {
        let page = Page::read(
            &MemoryFiles::new([("v/resources/a.md", markdown)]),
            "v/resources/a.md".into(),
        );
        let Block::Paragraph(inline) = &page.blocks[0] else {
            panic!()
        };
        read(inline)
    }

    #[test]
    fn every_wording_is_read() {
        for text in [
            "State. Possible values are: `a`, `b`. Read-only.",
            "The possible values are `a` and `b`.",
            "Possible values: `a`, `b`",
            "Allowed values: a, b.",
            "Possible values include `a` or `b`.",
            "Possible values are: a, b. Read-only.",
            "It can be one of `a`, `b`.",
        ] {
            assert_eq!(values(text), ["a", "b"], "{text}");
        }
    }

    #[test]
    fn the_list_ends_with_its_sentence() {
        assert_eq!(
            values("Possible values are: `a`, `b`. Supports `$filter` (`eq`)."),
            ["a", "b"]
        );
    }

    #[test]
    fn sentences_are_not_lists() {
        assert_eq!(
            values("Possible values are listed on another page."),
            [""; 0]
        );
        assert_eq!(
            values("Possible values are: the first thing, the second thing."),
            [""; 0]
        );
    }
}
