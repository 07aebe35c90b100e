//! Single files, read and written whole.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::Error;
use crate::source::regular;

/// The text of a file; none if there is no such file.
pub(crate) fn read(path: &Path) -> Result<Option<String>, Error> {
    match regular::read_text(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        // A file that is not text is not ours; it must not be overwritten, but it is there.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(Some(String::new())),
        Err(error) => Err(failed(path, error)),
    }
}

/// Writes a file, and the folders around it: who reads it sees the old text or the new one, never half of it.
pub(crate) fn write(path: &Path, text: impl AsRef<[u8]>) -> Result<(), Error> {
    write_parts(path, &[text.as_ref()])
}

/// Writes a file of several parts.
pub(crate) fn write_parts(path: &Path, parts: &[&[u8]]) -> Result<(), Error> {
    // No other process writes to the same file.
    let temporary = path.with_extension(format!("{}.typedown-new", std::process::id()));
    Prepared::new(temporary, path, parts)?.put()
}

/// A file that is written under another name, and needs no more room to be put in its place.
#[must_use]
pub(super) struct Prepared {
    temporary: PathBuf,
    path: PathBuf,
}

impl Prepared {
    /// Writes the file, and the folders around its place.
    pub(super) fn new(temporary: PathBuf, path: &Path, parts: &[&[u8]]) -> Result<Self, Error> {
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
        }
        let written = File::create(&temporary).and_then(|mut file| {
            let mut parts = parts.iter();
            parts.try_for_each(|part| file.write_all(part))
        });
        let prepared = Self {
            temporary,
            path: path.to_owned(),
        };
        match written {
            Ok(()) => Ok(prepared),
            Err(error) => Err(failed(path, error)),
        }
    }

    /// Puts it in its place.
    pub(super) fn put(self) -> Result<(), Error> {
        std::fs::rename(&self.temporary, &self.path).map_err(|error| failed(&self.path, error))
    }
}

/// What was not put in its place goes.
impl Drop for Prepared {
    fn drop(&mut self) {
        // After it was put there is nothing to remove; and nothing more can be done than to try.
        let _ = std::fs::remove_file(&self.temporary);
    }
}

pub(super) fn failed(path: &Path, error: io::Error) -> Error {
    Error::Output {
        path: PathBuf::from(path),
        error,
    }
}
