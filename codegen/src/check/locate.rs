//! Where exactly something is written. Running texts know where they start, not where each of their links stands; a
//! finding looks that up in the source.

use std::sync::{Arc, Mutex, PoisonError};

use crate::source::{Files, Lines, Place, decode};

/// The place behind `before` where `before` and `text` first follow each other at or after a place; `None` if they
/// are not written there.
pub(super) fn written(
    sources: &Sources<'_>,
    from: &Place,
    before: &str,
    text: &str,
) -> Option<Place> {
    let source = sources.text(&from.file)?;
    let lines = Lines::new(from.file.clone(), &source);
    let start = lines.offset(from)?;
    let at = source[start..].find(&format!("{before}{text}"))?;
    Some(lines.place(start + at + before.len()))
}

/// The texts of files, of which the last is kept: findings about one file come one behind the other.
pub(super) struct Sources<'a> {
    files: &'a dyn Files,
    last: Mutex<Option<(Arc<str>, Arc<str>)>>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(files: &'a dyn Files) -> Self {
        let last = Mutex::default();
        Self { files, last }
    }

    /// The text of a file, if it can be read.
    pub(super) fn text(&self, path: &Arc<str>) -> Option<Arc<str>> {
        let last = || self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, text)) = &*last()
            && known == path
        {
            return Some(Arc::clone(text));
        }
        let text: Arc<str> = decode(self.files.read(path).ok()?).text.into();
        *last() = Some((Arc::clone(path), Arc::clone(&text)));
        Some(text)
    }
}
