//! Places in files.

use std::fmt;
use std::sync::{Arc, OnceLock};

use crate::visible::visible;

/// A place in a file of the docs: what every claim carries and every diagnostic shows.
///
/// ```
/// use typedown::source::Place;
///
/// let place = Place::new("beta/resources/call.md", 12, 3);
/// assert_eq!(place.to_string(), "beta/resources/call.md:12:3");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, relative to the docs folder, with `/`.
    pub file: Arc<str>,
    /// The line, counted from 1.
    pub line: u32,
    /// The column, counted from 1 in characters.
    pub column: u32,
}

impl Place {
    /// A place.
    #[must_use]
    pub fn new(file: impl Into<Arc<str>>, line: u32, column: u32) -> Self {
        Self {
            file: file.into(),
            line,
            column,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", visible(&self.file), self.line, self.column)
    }
}

/// Turns byte offsets of one text into places.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    file: Arc<str>,
    text: &'a str,
    index: Arc<Index>,
}

/// What is known of a text, to find places in it.
#[derive(Debug)]
pub(crate) struct Index {
    /// Where lines start.
    starts: Vec<usize>,
    /// How many characters the text has before each [`STEP`], once somebody asked for a place far in a long line.
    counts: OnceLock<Vec<usize>>,
}

impl Index {
    pub(crate) fn new(text: &str) -> Self {
        let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
        Self {
            starts: std::iter::once(0).chain(starts).collect(),
            counts: OnceLock::new(),
        }
    }
}

/// So many bytes of a line are looked through for a place in it, and no more.
const STEP: usize = 1024;

impl<'a> Lines<'a> {
    /// Finds the lines of a text with `\n` at the ends of lines.
    #[must_use]
    pub fn new(file: Arc<str>, text: &'a str) -> Self {
        let index = Arc::new(Index::new(text));
        Self { file, text, index }
    }

    /// The same for a text of which all that is known already.
    pub(crate) fn known(file: Arc<str>, text: &'a str, index: Arc<Index>) -> Self {
        Self { file, text, index }
    }

    /// The place of a byte offset; offsets past the end are the end.
    #[must_use]
    pub fn place(&self, offset: usize) -> Place {
        let offset = boundary(self.text, offset);
        let line = self.index.starts.partition_point(|start| *start <= offset) - 1;
        let start = self.index.starts[line];
        let column = match offset - start < STEP {
            true => self.text[start..offset].chars().count(),
            false => self.characters(offset) - self.characters(start),
        };
        Place {
            file: Arc::clone(&self.file),
            line: count(line) + 1,
            column: count(column) + 1,
        }
    }

    /// The byte offset of a place of this text; `None` if it has no such line. Columns past its end are its end.
    #[must_use]
    pub fn offset(&self, place: &Place) -> Option<usize> {
        let line = place.line.checked_sub(1)? as usize;
        let start = *self.index.starts.get(line)?;
        let column = place.column.saturating_sub(1) as usize;
        let text = self.line(line);
        let (mut near, mut skipped) = (0, 0);
        if text.len() > STEP {
            let wanted = self.characters(start) + column;
            let step = self.counts().partition_point(|count| *count <= wanted);
            let from = (step.saturating_sub(1) * STEP).clamp(start, start + text.len());
            near = boundary(self.text, from).max(start) - start;
            skipped = self.characters(start + near) - self.characters(start);
        }
        let within = text[near..]
            .char_indices()
            .nth(column - skipped)
            .map_or(text.len(), |(at, _)| near + at);
        Some(start + within)
    }

    /// How many characters start before a byte offset.
    fn characters(&self, offset: usize) -> usize {
        let step = offset / STEP;
        let before = self.counts().get(step).copied().unwrap_or_default();
        before + starts_of_characters(&self.text.as_bytes()[step * STEP..offset])
    }

    fn counts(&self) -> &[usize] {
        self.index.counts.get_or_init(|| {
            let mut sum = 0;
            let steps = self.text.as_bytes().chunks(STEP).map(|step| {
                sum += starts_of_characters(step);
                sum
            });
            std::iter::once(0).chain(steps).collect()
        })
    }

    /// How many bytes the text has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.text.len()
    }

    /// Whether the text has none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text of the line that holds a byte offset, without its end.
    #[must_use]
    pub fn line_text(&self, offset: usize) -> &'a str {
        self.line(self.index.starts.partition_point(|start| *start <= offset) - 1)
    }

    /// The text of a line counted from 1, without its end; empty if there is no such line.
    #[must_use]
    pub fn line_by_number(&self, number: u32) -> &'a str {
        self.line((number as usize).wrapping_sub(1))
    }

    /// The text from a byte offset on.
    #[must_use]
    pub fn from(&self, start: usize) -> &'a str {
        self.text.get(start..).unwrap_or("")
    }

    /// The same text, but only up to a byte offset.
    pub(crate) fn up_to(self, end: usize) -> Self {
        Self::new(self.file, self.text.get(..end).unwrap_or(self.text))
    }

    /// The text between two byte offsets.
    #[must_use]
    pub fn between(&self, start: usize, end: usize) -> &'a str {
        self.text.get(start..end).unwrap_or("")
    }

    fn line(&self, index: usize) -> &'a str {
        let Some(start) = self.index.starts.get(index) else {
            return "";
        };
        let end = self
            .index
            .starts
            .get(index + 1)
            .map_or(self.text.len(), |next| next - 1);
        &self.text[*start..end]
    }
}

/// The start of the character in which a byte offset lies; past the end it is the end.
pub(crate) fn boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

/// How many characters start in a piece of UTF-8.
fn starts_of_characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

/// Files of more than four thousand million lines are not told apart.
fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_start_at_one() {
        let lines = Lines::new("a.md".into(), "状态 x\n\nyz");
        assert_eq!(lines.place(0).to_string(), "a.md:1:1");
        assert_eq!(lines.place(7).to_string(), "a.md:1:4");
        assert_eq!(lines.place(10).to_string(), "a.md:3:1");
        assert_eq!(lines.place(99).to_string(), "a.md:3:3");
        assert_eq!(lines.line_text(7), "状态 x");
        assert_eq!(lines.line_text(11), "yz");
    }

    #[test]
    fn places_in_long_lines_are_the_same_as_in_short_ones() {
        let text = format!("a\n{}\n{}", "状x".repeat(1500), "y".repeat(3000));
        let lines = Lines::new("a.md".into(), &text);
        for (offset, _) in text.char_indices().step_by(7) {
            let place = lines.place(offset);
            let start = lines.index.starts[place.line as usize - 1];
            let column = text[start..offset].chars().count() + 1;
            assert_eq!(place.column as usize, column, "{offset}");
            assert_eq!(lines.offset(&place), Some(offset));
        }
        let behind = Place::new("a.md", 2, 9999);
        assert_eq!(lines.offset(&behind), Some(2 + 1500 * 4));
    }
}
