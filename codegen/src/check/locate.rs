//! Where exactly something is written. Running texts know where they start, not where each of their links stands; a
//! finding looks that up in the source.

use std::sync::{Arc, Mutex, PoisonError};

use crate::source::{Files, Index, Lines, Place, decode};

/// The place behind `before` where `before` and `text` first follow each other at or after a place; `None` if they
/// are not written there.
pub(super) fn written(
    sources: &Sources<'_>,
    from: &Place,
    before: &str,
    text: &str,
) -> Option<Place> {
    let source = sources.source(&from.file)?;
    let lines = source.lines(&from.file);
    let start = lines.offset(from)?;
    let at = source.text[start..].find(&format!("{before}{text}"))?;
    Some(lines.place(start + at + before.len()))
}

/// The text of a file.
pub(super) struct Source {
    pub(super) text: String,
    index: Arc<Index>,
}

impl Source {
    pub(super) fn lines(&self, path: &Arc<str>) -> Lines<'_> {
        Lines::known(Arc::clone(path), &self.text, Arc::clone(&self.index))
    }
}

/// The texts of files, of which the last is kept: findings about one file come one behind the other.
pub(super) struct Sources<'a> {
    files: &'a dyn Files,
    last: Mutex<Option<(Arc<str>, Arc<Source>)>>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(files: &'a dyn Files) -> Self {
        let last = Mutex::default();
        Self { files, last }
    }

    /// The text of a file, if it can be read.
    pub(super) fn source(&self, path: &Arc<str>) -> Option<Arc<Source>> {
        let last = || self.last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, source)) = &*last()
            && known == path
        {
            return Some(Arc::clone(source));
        }
        let text = decode(self.files.read(path).ok()?).text;
        let index = Arc::new(Index::new(&text));
        let source = Arc::new(Source { text, index });
        *last() = Some((Arc::clone(path), Arc::clone(&source)));
        Some(source)
    }
}
