//! What stands below a folder, whoever put it there.

use std::collections::BTreeMap;
use std::io;
use std::ops::Bound;
use std::path::{Path, PathBuf};

use super::SOURCES;

/// The entries below a folder, by their paths relative to it. Links are entries; what they lead to is not looked at.
#[derive(Debug, Default)]
pub(super) struct Tree(pub(super) BTreeMap<PathBuf, Kind>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Folder,
    File,
    /// A link, a pipe, a device.
    Other,
}

impl Tree {
    /// What is below a folder; nothing if there is no such folder.
    pub(super) fn of(folder: &Path) -> io::Result<Self> {
        let mut found = BTreeMap::new();
        let mut open = vec![PathBuf::new()];
        while let Some(relative) = open.pop() {
            let entries = match folder.join(&relative).read_dir() {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error),
            };
            for entry in entries {
                let entry = entry?;
                let path = relative.join(entry.file_name());
                let kind = entry.file_type()?;
                let kind = match kind {
                    kind if kind.is_dir() => Kind::Folder,
                    kind if kind.is_file() => Kind::File,
                    _ => Kind::Other,
                };
                if kind == Kind::Folder {
                    open.push(path.clone());
                }
                found.insert(path, kind);
            }
        }
        Ok(Self(found))
    }

    /// The files that may be ours, relative to the output folder, with `/`: others than Rust sources and the list of them are
    /// never written.
    pub(super) fn candidates(&self) -> impl Iterator<Item = String> {
        let files = self.0.iter().filter(|(_, kind)| **kind == Kind::File);
        files.filter_map(|(path, _)| {
            let path = path.to_str()?;
            let path = match cfg!(windows) {
                true => path.replace('\\', "/"),
                false => path.to_owned(),
            };
            let path = format!("{SOURCES}/{path}");
            (path.ends_with(".rs") || path == super::FILES_FILE).then_some(path)
        })
    }

    /// What is in the way of a file to be written, which would be no change of that file: something else of its name, or
    /// of the name of a folder around it.
    pub(super) fn in_the_way(&self, path: &Path) -> Option<PathBuf> {
        if self.0.get(path).is_some_and(|kind| *kind != Kind::File) {
            return Some(path.to_owned());
        }
        let around = path.ancestors().skip(1);
        let mut others = around.filter(|folder| {
            self.0
                .get(*folder)
                .is_some_and(|kind| *kind != Kind::Folder)
        });
        others.next().map(Path::to_owned)
    }

    /// Whether nothing is in a folder.
    pub(super) fn is_empty(&self, folder: &Path) -> bool {
        let below = (Bound::Excluded(folder), Bound::Unbounded);
        let next = self.0.range::<Path, _>(below).next();
        next.is_none_or(|(path, _)| !path.starts_with(folder))
    }
}
