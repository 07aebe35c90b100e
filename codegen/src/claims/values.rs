//! The values that a description calls possible.

use std::collections::HashSet;
use std::ops::Range;

use super::words::{EVOLVABLE_PHRASES, NO_VALUES_WORDS, VALUES_PHRASES};
use crate::page::Inline;

/// The values of the first sentence that lists possible values; none if there is no such sentence.
///
/// The list ends with its sentence, so that what comes behind it (`$filter`, operators, other names) never joins it.
pub(super) fn read(description: &Inline) -> Vec<String> {
    // ASCII folding keeps byte offsets.
    let lower = description.text.to_ascii_lowercase();
    let Some(start) = VALUES_PHRASES
        .end_in(&lower)
        .or_else(|| bare_list(description, &lower))
    else {
        return Vec::new();
    };
    let sentence = start..sentence_end(description, start);
    let mut values = Values::default();
    let codes: Vec<&str> = codes_in(description, &sentence)
        .map(|(code, _)| code)
        .collect();
    let lines = lines_with_values(description, sentence.end);
    if codes.is_empty() && lines.is_empty() {
        values.extend(plain_list(&description.text[sentence.clone()]));
        if values.0.is_empty() {
            return values.0;
        }
    }
    for code in codes.into_iter().chain(lines) {
        values.extend(code.split([',', '|']).map(unquoted));
    }
    // Members that need a header are named in a sentence of their own.
    if let Some(start) = EVOLVABLE_PHRASES
        .end_in(&lower)
        .filter(|at| *at >= sentence.end)
    {
        let sentence = start..sentence_end(description, start);
        values.extend(codes_in(description, &sentence).map(|(code, _)| code));
    }
    values.0
}

/// Values without repetitions.
#[derive(Default)]
struct Values(Vec<String>, HashSet<String>);

impl Values {
    fn extend<'a>(&mut self, values: impl IntoIterator<Item = &'a str>) {
        for value in values {
            if is_value(value) && self.1.insert(value.to_owned()) {
                self.0.push(value.to_owned());
            }
        }
    }
}

fn codes_in<'a>(
    text: &'a Inline,
    within: &'a Range<usize>,
) -> impl Iterator<Item = (&'a str, Range<usize>)> {
    text.codes()
        .filter(|(_, range)| range.start >= within.start && range.end <= within.end)
}

/// Where a list of code starts that no phrase announces: behind the colon of `The kind of tone: `a`, `b`.`, or behind
/// the word of `either `a` or `b``. Examples and operators are listed in the same way.
fn bare_list(description: &Inline, lower: &str) -> Option<usize> {
    let colons = memchr::memchr_iter(b':', lower.as_bytes()).map(|at| at + 1);
    let mut starts: Vec<usize> = colons.collect();
    if lower.contains("either ") {
        starts.extend(
            lower
                .match_indices("either ")
                .map(|(at, word)| at + word.len()),
        );
        starts.sort_unstable();
    }
    starts.into_iter().find(|start| {
        let lead = lower[..*start].rsplit(['.', '\n']).next().unwrap_or("");
        let sentence = *start..sentence_end(description, *start);
        let mut at = *start;
        let mut count = 0;
        for (_, code) in codes_in(description, &sentence) {
            if !separates(&lower[at..code.start]) {
                return false;
            }
            at = code.end;
            count += 1;
        }
        count > 1
            && separates(lower[at..sentence.end].trim_end())
            && !NO_VALUES_WORDS.iter().any(|word| lead.contains(word))
    })
}

/// Whether a text holds nothing but what stands between the values of a list.
fn separates(text: &str) -> bool {
    text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '/' | '|'))
        .all(|word| matches!(word, "" | "or" | "and" | "and/or"))
}

/// The values at the starts of the lines behind a sentence, each with its explanation behind it.
fn lines_with_values(description: &Inline, from: usize) -> Vec<&str> {
    let text = &description.text;
    let mut values = Vec::new();
    let mut end = from;
    while let Some(line_end) = text[end..].find('\n').map(|at| end + at) {
        let rest = &text[line_end..];
        let start = line_end
            + (rest.len()
                - rest
                    .trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | '*' | '•'))
                    .len());
        let Some((value, range)) = description.codes().find(|(_, range)| range.start == start)
        else {
            break;
        };
        values.push(value);
        let mut at = range.end;
        for (value, range) in description.codes().filter(|(_, range)| range.start > start) {
            if !separates(text.get(at..range.start).unwrap_or("-"))
                || text[at..range.start].contains('\n')
            {
                break;
            }
            values.push(value);
            at = range.end;
        }
        end = at;
    }
    values
}

/// The values of a list without code: behind a colon, or in quotation marks; other sentences are not lists.
fn plain_list(text: &str) -> Vec<&str> {
    const QUOTES: [char; 4] = ['"', '\'', '“', '‘'];
    let list = match text.split_once(':') {
        Some((_, list)) => list.trim_start(),
        None => text.find(QUOTES).map_or("", |at| &text[at..]),
    };
    let quoted = list.starts_with(QUOTES);
    let items: Vec<&str> = list
        .split([',', ';', '|'])
        .flat_map(|item| item.split(" or "))
        .flat_map(|item| item.split(if quoted { " and " } else { " or " }))
        .map(str::trim)
        .map(|item| item.strip_prefix("or ").unwrap_or(item))
        .map(|item| item.strip_prefix("and ").unwrap_or(item))
        .map(|item| unquoted(item.trim()))
        .filter(|item| !item.is_empty())
        .collect();
    if items.len() > 1 && items.iter().all(|item| is_value(item)) {
        items
    } else {
        Vec::new()
    }
}

fn unquoted(item: &str) -> &str {
    item.trim()
        .trim_matches(|c| matches!(c, '"' | '\'' | '“' | '”' | '‘' | '’' | '.'))
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
        && text != "null"
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
            "Any of the following values: `a`, `b`. Use `c` for more.",
            "Possible values are 'a' and 'b'.",
            "The kind of tone: `a`, `b`.",
            "Sets the tone, which can be: `a` or `b`",
            "Where it comes from, either `a` or `b`.",
            "Possible values are:<br>`a` — the first. More of it. See `c`.<br>`b` — the second.",
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
    fn operators_and_examples_are_no_values() {
        for text in [
            "Supports filters: `eq`, `ne`.",
            "The tone, for example: `a`, `b`.",
            "The tone: `a` at night, `b` by day.",
            "The tone: `a`.",
        ] {
            assert_eq!(values(text), [""; 0], "{text}");
        }
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
