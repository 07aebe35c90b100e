//! Text from pages, safe to show: the one place that knows which characters do something instead of standing for
//! themselves.

use std::borrow::Cow;
use std::io::{self, Write};

/// What logs of build services obey wherever it stands in a line: GitHub Actions and Azure Pipelines.
const LOG_COMMANDS: [&str; 2] = ["##[", "##vso["];

/// The text with every character replaced that could steer a terminal, end a line or turn the direction of writing, or begins
/// a command for the log of a build service, one by one, so that columns stay what they are. Tabs stay.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let text = match is_plain(text) || !text.contains(steers) {
        true => Cow::Borrowed(text),
        false => Cow::Owned(text.replace(steers, "\u{fffd}")),
    };
    match has_log_command(&text) {
        true => Cow::Owned(without_log_commands(&text, "\u{fffd}")),
        false => text,
    }
}

/// Whether a text may have a command for the log of a build service.
pub(crate) fn has_log_command(text: &str) -> bool {
    // Most texts have no `#` at all, which is found out more quickly than that they have no two.
    let bytes = text.as_bytes();
    let first = memchr::memchr(b'#', bytes);
    first.is_some_and(|at| memchr::memmem::find(&bytes[at..], b"##").is_some())
}

/// The text with something else in the place of the second `#` of every command for the log of a build service.
pub(crate) fn without_log_commands(text: &str, instead: &str) -> String {
    let mut text = text.to_owned();
    for command in LOG_COMMANDS {
        let safe = command.replacen("##", &format!("#{instead}"), 1);
        text = text.replace(command, &safe);
    }
    text
}

/// Whether a character does something where text is shown, but for a tab.
pub(crate) fn steers(c: char) -> bool {
    (c.is_control() && c != '\t')
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a text has nothing but printable ASCII, as most has, which is quickly told.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| matches!(byte, b' '..=b'~'))
}

/// A sink for JSON, in which characters that steer, or begin a command, are written by their numbers: JSON itself asks that
/// only of the first 32, and readers get the same text.
pub(crate) struct Numbered<W>(pub(crate) W);

impl<W: Write> Write for Numbered<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // Writers of JSON hand over whole pieces of strings.
        let odd = |c: char| steers(c) && c != '\n';
        match std::str::from_utf8(bytes) {
            Ok(text)
                if !text.is_ascii()
                    || memchr::memchr(0x7f, bytes).is_some()
                    || has_log_command(text) =>
            {
                let text = without_log_commands(text, "\\u0023");
                let mut rest = text.as_str();
                while let Some(at) = rest.find(odd) {
                    self.0.write_all(&rest.as_bytes()[..at])?;
                    let mut behind = rest[at..].chars();
                    if let Some(c) = behind.next() {
                        write!(self.0, "\\u{:04x}", u32::from(c))?;
                    }
                    rest = behind.as_str();
                }
                self.0.write_all(rest.as_bytes())?;
            }
            _ => self.0.write_all(bytes)?,
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_or_turns_writing_is_replaced_one_by_one() {
        assert_eq!(visible("a\u{1b}[31m\u{202e}b\u{9b}c\n"), "a�[31m�b�c�");
        assert_eq!(visible("状态\tx"), "状态\tx");
    }

    #[test]
    fn logs_find_no_command() {
        assert_eq!(
            visible("# a ##[b] ###vso[c] ## d"),
            "# a #\u{fffd}[b] ##\u{fffd}vso[c] ## d"
        );
    }

    #[test]
    fn json_has_the_numbers_of_what_steers_and_says_the_same() {
        let text = "##[a\u{1b}\u{7f}ä\u{9b}\u{202e}\u{2028}\n\t状态";
        let mut out = Vec::new();
        serde_json::to_writer(Numbered(&mut out), text).unwrap();
        let written = String::from_utf8(out).unwrap();
        assert_eq!(
            written,
            r###""#\u0023[a\u001b\u007fä\u009b\u202e\u2028\n\t状态""###
        );
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
    }
}
