//! Words and how they make lines.

use super::escape;
use std::borrow::Cow;

/// Where lines end, if a word does not reach further. With the comment's mark and a field's indentation, this keeps
/// lines below a hundred columns.
const WIDTH: usize = 96 - 8;

/// A paragraph: words, between which lines may break.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Words {
    /// With an end of line between each two, for no word has one in it.
    words: String,
    /// Whether what comes next belongs to the last word.
    open: bool,
    /// Whether a blank came before the first word.
    indented: bool,
}

impl Words {
    /// Adds text; blanks end words.
    pub(super) fn text(&mut self, text: &str, escape: impl Fn(&str) -> Cow<'_, str>) {
        if text.starts_with(char::is_whitespace) {
            self.blank();
        }
        let mut pieces = text.split_whitespace().peekable();
        while let Some(piece) = pieces.next() {
            self.glue(&escape(piece));
            if pieces.peek().is_some() {
                self.blank();
            }
        }
        if text.ends_with(char::is_whitespace) {
            self.blank();
        }
    }

    /// Adds something that must not be parted, right behind the last word if no blank came between.
    pub(super) fn glue(&mut self, piece: &str) {
        if !self.open && !self.words.is_empty() {
            self.words.push('\n');
        }
        self.words.push_str(piece);
        self.open = true;
    }

    /// Ends the word.
    pub(super) fn blank(&mut self) {
        self.open = false;
        self.indented |= self.words.is_empty();
    }

    /// Adds words, the first of them right behind the last one if no blank came between.
    pub(super) fn join(&mut self, other: Self) {
        if other.indented {
            self.blank();
        }
        if !other.words.is_empty() {
            if other.words.starts_with('`') && self.touches('`') {
                self.blank();
            }
            self.glue(&other.words);
            self.open = other.open;
        }
    }

    /// Adds words as a link, whose destination is escaped already.
    pub(super) fn link(&mut self, mut label: Self, destination: &str) {
        if !label.words.is_empty() {
            label.words.insert(0, '[');
            label.words.push_str("](");
            label.words.push_str(destination);
            label.words.push(')');
        }
        // With an exclamation mark before it, a link would be an image.
        if self.touches('!') {
            self.words.insert(self.words.len() - 1, '\\');
        }
        self.join(label);
    }

    /// Whether the next piece is glued to a word that ends like this.
    pub(super) fn touches(&self, end: char) -> bool {
        self.open && self.words.ends_with(end)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// Appends the lines, each behind what they begin with.
    pub(super) fn wrap(&self, begin: &str, lines: &mut String) {
        let mut width = 0;
        for word in self.words.split('\n').filter(|word| !word.is_empty()) {
            let length = match word.is_ascii() {
                true => word.len(),
                false => word.chars().count(),
            };
            if width > 0 && width + 1 + length > WIDTH {
                lines.push('\n');
                width = 0;
            }
            if width > 0 {
                lines.push(' ');
                width += 1;
                lines.push_str(word);
            } else {
                lines.push_str(begin);
                lines.push(' ');
                lines.push_str(escape::line_start(word).as_deref().unwrap_or(word));
            }
            width += length;
        }
        if width > 0 {
            lines.push('\n');
        }
    }
}
