//! Texts of pages in messages. A cell may hold a whole book; a message is a line.

/// At most so many characters of a text are quoted where it may be any.
const TEXT: usize = 60;

/// At most so many characters stand in one pair of backticks. Paths and qualified names are not cut below that.
const QUOTED: usize = 200;

/// At most so many characters are in a message, however many texts it quotes.
const MESSAGE: usize = 2000;

/// The start of a text that may be any, on one line.
pub(crate) fn shorten(text: &str) -> String {
    // A text may be much longer than what is shown of it.
    let start = cut(text.trim_start(), TEXT * 8);
    let flat = start.split_whitespace().collect::<Vec<_>>().join(" ");
    cut(&flat, TEXT)
}

/// A message with everything that it quotes shortened.
pub(super) fn shorten_quoted(message: String) -> String {
    // Most are short.
    if message.len() <= QUOTED {
        return message;
    }
    let parts: Vec<String> = message
        .split('`')
        .enumerate()
        .map(|(index, part)| match index % 2 {
            0 => part.to_owned(),
            _ => cut(part, QUOTED),
        })
        .collect();
    cut(&parts.join("`"), MESSAGE)
}

/// At most so many characters, and a sign if there are more.
fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text[..at].trim_end_matches('…')),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_and_put_on_one_line() {
        assert_eq!(shorten("a\n  b"), "a b");
        assert_eq!(shorten(&"ä".repeat(61)), format!("{}…", "ä".repeat(60)));
    }

    #[test]
    fn only_what_a_message_quotes_is_cut() {
        let message = format!("`{}` is no name; expected one", "x".repeat(3_000_000));
        assert_eq!(
            shorten_quoted(message),
            format!("`{}…` is no name; expected one", "x".repeat(200))
        );
    }

    #[test]
    fn a_message_of_many_quoted_texts_is_cut_itself() {
        let message = "`a` and ".repeat(1_000);
        assert_eq!(shorten_quoted(message).chars().count(), 2001);
    }
}
