//! Where exactly something is written. Running texts know where they start, not where each of their links stands; a
//! finding looks that up in the source.

use crate::source::{Files, Lines, Place, decode};

/// The place behind `before` where `before` and `text` first follow each other at or after a place; `None` if they
/// are not written there.
pub(super) fn written(files: &dyn Files, from: &Place, before: &str, text: &str) -> Option<Place> {
    let source = decode(files.read(&from.file).ok()?).text;
    let lines = Lines::new(from.file.clone(), &source);
    let start = lines.offset(from)?;
    let at = source[start..].find(&format!("{before}{text}"))?;
    Some(lines.place(start + at + before.len()))
}
