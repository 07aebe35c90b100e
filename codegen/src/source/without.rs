//! A tree of files, but for some of them.

use std::collections::BTreeSet;
use std::io;

use super::{Entry, Files, Skipped, Stamp};

/// A tree of files without some of them, as if they had never been there.
pub(crate) struct Without<'a> {
    pub(crate) files: &'a dyn Files,
    /// The paths of those that are left out.
    pub(crate) left_out: &'a BTreeSet<String>,
}

impl Files for Without<'_> {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let mut entries = self.files.list(folder)?;
        let path = |name: &str| match folder.is_empty() {
            true => name.to_owned(),
            false => format!("{folder}/{name}"),
        };
        entries.retain(|entry| !self.left_out.contains(&path(&entry.name)));
        Ok(entries)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match self.left_out.contains(path) {
            true => Err(io::ErrorKind::NotFound.into()),
            false => self.files.read(path),
        }
    }

    fn is_folder(&self, path: &str) -> bool {
        self.files.is_folder(path)
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        self.files.stamp(path)
    }

    fn skipped(&self, folder: &str) -> io::Result<Vec<Skipped>> {
        self.files.skipped(folder)
    }
}
