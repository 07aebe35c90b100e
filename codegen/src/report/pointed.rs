//! What a place points at. Places have a line and a column; a reader wants to see a cell, a key, a sentence.

use std::ops::Range;

/// So many characters at most are worth underlining.
const LONGEST: usize = 80;

/// The bytes of a line that a place in it points at, from its column (counted from 1, in characters) on: a string in
/// quotes; a link's target; a cell, up to the bar that ends it; else the rest of the line. At least one character, where the line has
/// any.
pub(super) fn pointed(line: &str, column: u32) -> Range<usize> {
    let skipped = (column as usize).saturating_sub(1);
    let mut start = line
        .char_indices()
        .nth(skipped)
        .map_or(line.len(), |(at, _)| at);
    // Where a whole row is meant, its name stands for it.
    if line[start..].starts_with('|') && line[..start].trim().is_empty() {
        start += 1;
    }
    let rest = &line[start..];
    let text = rest.trim_start();
    if !text.is_empty() {
        start += rest.len() - text.len();
    }
    let end = quoted(text)
        .or_else(|| target(&line[..start], text))
        .or_else(|| unescaped(text, '|'))
        .unwrap_or(text.len());
    let text = text[..end].trim_end();
    let end = text
        .char_indices()
        .nth(LONGEST)
        .map_or(text.len(), |(at, _)| at);
    if end > 0 {
        return start..start + end;
    }
    // An empty cell, or the end of the line: whatever character stands there.
    let start = floor(line, start);
    let one = line[start..].chars().next().map_or(0, char::len_utf8);
    start..start + one
}

/// The last character's start for the end of a line.
fn floor(line: &str, at: usize) -> usize {
    if at < line.len() {
        return at;
    }
    line.char_indices().next_back().map_or(0, |(at, _)| at)
}

/// Where a string ends that starts here, if one does.
fn quoted(text: &str) -> Option<usize> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some(unescaped(text.get(1..)?, quote)? + 2)
}

/// Where a link's target ends that starts here, if one does: behind `](`, or with its opening bracket.
fn target(before: &str, text: &str) -> Option<usize> {
    let inside = before.ends_with("](");
    let opens = before.ends_with(']') && text.starts_with('(');
    let end = text.find(')').filter(|_| inside || opens)?;
    Some(if opens { end + 1 } else { end })
}

/// Where a character stands that no backslash precedes.
fn unescaped(text: &str, wanted: char) -> Option<usize> {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        if c == wanted && !escaped {
            return Some(at);
        }
        escaped = c == '\\' && !escaped;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(line: &str, column: u32) -> &str {
        &line[pointed(line, column)]
    }

    #[test]
    fn in_a_row_it_is_the_cell() {
        assert_eq!(at("| pitch | [a](b.md) | x |", 11), "[a](b.md)");
        assert_eq!(at(r"|pitch|a \| b|", 8), r"a \| b");
        assert_eq!(at("pitch|Int32", 1), "pitch");
        assert_eq!(at("|状态|Größe|", 5), "Größe");
    }

    #[test]
    fn in_a_link_it_is_the_target() {
        assert_eq!(at("See [a](b.md), [c](d.md).", 9), "b.md");
        assert_eq!(at("|[a](b.md) collection|", 5), "(b.md)");
    }

    #[test]
    fn at_the_start_of_a_row_it_is_the_name() {
        assert_eq!(at("|pitch|Int32|", 1), "pitch");
        assert_eq!(at("  | pitch | Int32 |", 3), "pitch");
    }

    #[test]
    fn on_a_string_it_is_the_string() {
        assert_eq!(at(r#"  "state": "a | b","#, 3), r#""state""#);
        assert_eq!(at(r#"  "state": "a \" | b","#, 12), r#""a \" | b""#);
        assert_eq!(at("{ 'id': 1 }", 3), "'id'");
        assert_eq!(at("\"open", 1), "\"open");
    }

    #[test]
    fn elsewhere_it_is_the_rest_of_the_line_within_reason() {
        assert_eq!(at("# tone resource type  ", 3), "tone resource type");
        assert_eq!(at(&"x".repeat(500), 11).len(), LONGEST);
    }

    proptest::proptest! {
        #[test]
        fn any_place_points_at_something_in_the_line(line in r#"[|"'\\ aé状]{0,12}"#, column in 0..20u32) {
            let range = pointed(&line, column);
            proptest::prop_assert!(line.get(range.clone()).is_some(), "{range:?}");
            proptest::prop_assert_eq!(range.is_empty(), line.is_empty());
        }
    }

    #[test]
    fn where_nothing_is_left_it_is_one_character() {
        assert_eq!(at("||Int32|", 2), "|");
        assert_eq!(at("abc", 9), "c");
        assert_eq!(at("", 1), "");
        assert_eq!(at("   ", 1), " ");
    }
}
