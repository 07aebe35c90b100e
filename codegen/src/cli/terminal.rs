//! What is printed, whoever wrote it: the one way from a command to the streams of the process.

use std::io::{self, Write};

use crate::visible::{steers, visible};

/// Passes whole lines on, without what a terminal, or the log of a build service, would obey instead of showing it.
///
/// What is told is made safe where it is quoted, because only there it is known which line ends are our own. This is for what
/// anybody forgets, now or later.
pub(super) struct Terminal<'o> {
    out: &'o mut dyn Write,
    /// Whether colours are our own.
    color: bool,
    /// Whether commands at the starts of lines are our own.
    commands: bool,
    line: Vec<u8>,
    /// Whether a part of the line has gone already.
    inside: bool,
}

impl<'o> Terminal<'o> {
    pub(super) fn new(out: &'o mut dyn Write, color: bool, commands: bool) -> Self {
        Self {
            out,
            color,
            commands,
            line: Vec::new(),
            inside: false,
        }
    }

    /// Passes on what there is of the line.
    fn pass(&mut self) -> io::Result<()> {
        let line = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&line);
        let mut text = match self.color {
            true => between_colors(&line),
            false => clean(&line),
        };
        let start = text.len() - text.trim_start().len();
        if !self.commands && !self.inside && text[start..].starts_with("::") {
            text.replace_range(start..=start, "\u{fffd}");
        }
        self.inside = !text.ends_with('\n');
        self.out.write_all(text.as_bytes())
    }
}

impl Write for Terminal<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        for part in bytes.split_inclusive(|byte| *byte == b'\n') {
            self.line.extend_from_slice(part);
            if part.ends_with(b"\n") {
                self.pass()?;
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if !self.line.is_empty() {
            self.pass()?;
        }
        self.out.flush()
    }
}

/// A part of a line, or a whole one with its end.
fn clean(line: &str) -> String {
    let (text, end) = match line.strip_suffix('\n') {
        Some(text) => (text, "\n"),
        None => (line, ""),
    };
    visible(text).into_owned() + end
}

/// The same where what sets colours is let through: `ESC [ numbers m`.
fn between_colors(line: &str) -> String {
    let mut pieces = line.split("\u{1b}[");
    let mut text = clean(pieces.next().unwrap_or_default());
    for piece in pieces {
        let numbers = piece
            .bytes()
            .take_while(|byte| byte.is_ascii_digit() || *byte == b';');
        let end = numbers.count();
        let (color, rest) = match piece[end..].strip_prefix('m') {
            Some(rest) => (&piece[..=end], rest),
            None => ("", piece),
        };
        if color.is_empty() {
            text.push_str("\u{fffd}[");
        } else {
            text.push_str("\u{1b}[");
            text.push_str(color);
        }
        text.push_str(&clean(rest));
    }
    debug_assert!(!text.contains(|c: char| steers(c) && !matches!(c, '\n' | '\u{1b}')));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(parts: &[&str], color: bool, commands: bool) -> String {
        let mut out = Vec::new();
        let mut terminal = Terminal::new(&mut out, color, commands);
        for part in parts {
            terminal.write_all(part.as_bytes()).unwrap();
        }
        terminal.flush().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn nothing_is_obeyed_but_ends_of_lines_and_tabs() {
        assert_eq!(
            printed(
                &["a\u{1b}]8;;x\u{7}\tb\r", "\u{9b}c\u{202e}\u{8}\nd"],
                false,
                false
            ),
            "a\u{fffd}]8;;x\u{fffd}\tb\u{fffd}\u{fffd}c\u{fffd}\u{fffd}\nd"
        );
    }

    #[test]
    fn colours_are_let_through_where_they_are_wanted_and_nothing_else() {
        let text = "\u{1b}[1;31ma\u{1b}[0m\u{1b}[2Jb\u{1b}c";
        let other = "\u{fffd}[2Jb\u{fffd}c";
        assert_eq!(
            printed(&[text], true, false),
            format!("\u{1b}[1;31ma\u{1b}[0m{other}")
        );
        assert!(!printed(&[text], false, false).contains('\u{1b}'));
    }

    #[test]
    fn logs_find_no_command_but_our_own() {
        let text = "::error::a\n  ::x::\nb ::c ##[d] ##vso[e]f\n";
        assert_eq!(
            printed(&[text], false, false),
            "\u{fffd}:error::a\n  \u{fffd}:x::\nb ::c #\u{fffd}[d] #\u{fffd}vso[e]f\n"
        );
        assert!(printed(&["::error::a\n"], false, true).starts_with("::error::a"));
        assert_eq!(printed(&["a", "::b\n"], false, false), "a::b\n");
    }

    #[test]
    fn letters_that_come_in_pieces_are_put_together() {
        let mut out = Vec::new();
        let mut terminal = Terminal::new(&mut out, false, false);
        for byte in "状态\n".bytes() {
            terminal.write_all(&[byte]).unwrap();
        }
        assert_eq!(out, "状态\n".as_bytes());
    }
}
