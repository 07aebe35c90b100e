//! A tree of files that remembers what was read of it.

use std::collections::BTreeSet;
use std::io;
use std::sync::{Mutex, PoisonError};

use super::{Entry, Files, Skipped};

/// A tree of files, and what was read of it so far: a build script names that to cargo.
pub(crate) struct Logged<'a> {
    files: &'a dyn Files,
    log: Mutex<Log>,
}

/// What was read of a tree, by paths from its root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Log {
    /// The files that were opened.
    pub(crate) files: BTreeSet<String>,
    /// The folders that were listed, and those in which a file was looked for that is not there: it may come.
    pub(crate) folders: BTreeSet<String>,
}

impl<'a> Logged<'a> {
    pub(crate) fn new(files: &'a dyn Files) -> Self {
        Self {
            files,
            log: Mutex::default(),
        }
    }

    /// What was read.
    pub(crate) fn into_log(self) -> Log {
        self.log
            .into_inner()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn note(&self, which: impl FnOnce(&mut Log) -> &mut BTreeSet<String>, path: &str) {
        let mut log = self.log.lock().unwrap_or_else(PoisonError::into_inner);
        which(&mut log).insert(path.to_owned());
    }
}

impl Files for Logged<'_> {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let entries = self.files.list(folder);
        if entries.is_ok() {
            self.note(|log| &mut log.folders, folder);
        }
        entries
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let bytes = self.files.read(path);
        match &bytes {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                let mut around = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                // What does not exist is always newer than the last build, says cargo.
                while !around.is_empty() && !self.files.is_folder(around) {
                    around = around.rsplit_once('/').map_or("", |(folder, _)| folder);
                }
                self.note(|log| &mut log.folders, around);
            }
            _ => self.note(|log| &mut log.files, path),
        }
        bytes
    }

    fn is_folder(&self, path: &str) -> bool {
        self.files.is_folder(path)
    }

    fn skipped(&self, folder: &str) -> io::Result<Vec<Skipped>> {
        self.files.skipped(folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryFiles;

    #[test]
    fn what_is_read_is_remembered_and_what_is_missing_by_the_folder_that_is_there() {
        let files = MemoryFiles::new([("a/b/c.md", "x")]);
        let logged = Logged::new(&files);
        logged.list("a").unwrap();
        logged.list("no").unwrap_err();
        logged.read("a/b/c.md").unwrap();
        logged.read("a/x/y/z.md").unwrap_err();
        let log = logged.into_log();
        assert!(log.files.iter().eq(["a/b/c.md"]));
        assert!(log.folders.iter().eq(["a"]), "{log:?}");
    }
}
