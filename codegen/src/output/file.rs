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
        // A file that is not text is not ours, but it is there. What stands for it is no text that Typedown writes.
        Err(error) if error.kind() == io::ErrorKind::InvalidData => Ok(Some('\u{fffd}'.into())),
        Err(error) => Err(failed(path, error)),
    }
}

/// Whether a file has just this text. It is not read as a whole, for it may be as large as all others together.
pub(super) fn says(path: &Path, text: &str) -> bool {
    regular::is(path, text.as_bytes()).unwrap_or(false)
}

/// Writes a file, and the folders around it: who reads it sees the old text or the new one, never half of it.
pub(crate) fn write(path: &Path, text: impl AsRef<[u8]>) -> Result<(), Error> {
    write_parts(path, &[text.as_ref()])
}

/// Writes a file of several parts.
pub(crate) fn write_parts(path: &Path, parts: &[&[u8]]) -> Result<(), Error> {
    let path = &followed(path);
    remove_left(path);
    // No other process writes to the same file.
    let temporary = path.with_extension(format!("{}{LEFT}", std::process::id()));
    Prepared::new(temporary, path, parts)?.put()
}

/// What the names of files end with that are being written, behind the number of the process.
const LEFT: &str = ".typedown-new";

/// Removes what processes have left beside a file that were killed when they wrote it. Those that still write hold theirs.
fn remove_left(path: &Path) {
    let (Some(folder), Some(stem)) = (path.parent(), path.file_stem()) else {
        return;
    };
    let is_left = |name: &str| {
        let name = name.strip_prefix(&*stem.to_string_lossy())?;
        let number = name.strip_prefix('.')?.strip_suffix(LEFT)?;
        number.parse::<u32>().ok()
    };
    for entry in folder.read_dir().into_iter().flatten().flatten() {
        let name = entry.file_name();
        if name.to_str().and_then(is_left).is_some()
            && entry.file_type().is_ok_and(|kind| kind.is_file())
            && File::open(entry.path()).is_ok_and(|file| file.try_lock().is_ok())
        {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

/// The file that a path leads to, if it is a link: it is changed, and not the link.
pub(super) fn followed(path: &Path) -> PathBuf {
    match path.is_symlink() {
        true => path.canonicalize().unwrap_or_else(|_| path.to_owned()),
        false => path.to_owned(),
    }
}

/// A file that is written under another name, and needs no more room to be put in its place.
#[must_use]
pub(super) struct Prepared {
    temporary: PathBuf,
    path: PathBuf,
    /// Held, so that nobody takes it for one that was left.
    _file: File,
}

impl Prepared {
    /// Writes the file, and the folders around its place.
    pub(super) fn new(temporary: PathBuf, path: &Path, parts: &[&[u8]]) -> Result<Self, Error> {
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| failed(parent, error))?;
        }
        let mut file = File::create(&temporary).map_err(|error| failed(path, error))?;
        // Where files cannot be held, none is taken for left either.
        let _ = file.lock();
        let mut parts = parts.iter();
        let written = parts.try_for_each(|part| file.write_all(part));
        let prepared = Self {
            temporary,
            path: path.to_owned(),
            _file: file,
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
