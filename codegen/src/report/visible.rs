//! Text from pages, safe to show.

use std::borrow::Cow;

/// The text with every character replaced that could steer a terminal or turn the direction of writing, one by one, so
/// that columns stay what they are. Tabs stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let safe = |c: char| {
        if steers(c) {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    };
    Cow::Owned(text.chars().map(safe).collect())
}

fn steers(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_or_turns_writing_is_replaced_one_by_one() {
        assert_eq!(visible("a\u{1b}[31m\u{202e}b\u{9b}c\n"), "a�[31m�b�c�");
        assert_eq!(visible("状态\tx"), "状态\tx");
    }
}
