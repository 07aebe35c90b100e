//! The edge to the file system, and a stand-in for it.

use std::collections::{BTreeMap, HashMap};
use std::fs::Metadata;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// A tree of files to read: a folder on disk, files in memory, a revision of a repository. Paths are relative to its
/// root and use `/`; the root is the empty path.
pub trait Files: Sync {
    /// The entries of a folder, sorted by name.
    ///
    /// # Errors
    ///
    /// As the file system has it; `NotFound` if there is no such folder.
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>>;

    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// As the file system has it.
    fn read(&self, path: &str) -> io::Result<Vec<u8>>;

    /// Whether this is a folder.
    fn is_folder(&self, path: &str) -> bool;

    /// What is in a folder and [`list`](Self::list) leaves out, sorted by name. Most trees leave nothing out.
    ///
    /// # Errors
    ///
    /// Those of [`list`](Self::list).
    fn skipped(&self, folder: &str) -> io::Result<Vec<Skipped>> {
        let _ = folder;
        Ok(Vec::new())
    }

    /// Something that is another whenever the bytes of a file may be others, and costs less than these: who has seen both
    /// need not read the file again. None where there is nothing of the kind.
    fn stamp(&self, path: &str) -> Option<Stamp> {
        let _ = path;
        None
    }
}

/// By what a file can be seen to be the [same](Files::stamp), on this machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(pub u64);

/// A file or folder in a [listing](Files::list).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Entry {
    /// Its name, without the path.
    pub name: String,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// Something in a folder that cannot be [listed](Files::list).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Skipped {
    /// Its name, without the path; what is not text in it is replaced by U+FFFD.
    pub name: String,
    /// Why it cannot be listed, such as `its name is not UTF-8`.
    pub why: &'static str,
}

/// A folder on disk. Links that lead out of it are neither listed nor read.
#[derive(Debug)]
pub struct Folder {
    root: PathBuf,
    /// Where folders inside lie that were looked into: following links to them is most of the work of reading a page.
    known: Mutex<HashMap<String, PathBuf>>,
}

impl Folder {
    /// The folder at `root`, which must exist.
    ///
    /// # Errors
    ///
    /// If there is no such folder.
    pub fn open(root: impl AsRef<Path>) -> io::Result<Self> {
        let root = root.as_ref().canonicalize()?;
        if !root.is_dir() {
            return Err(io::Error::new(
                io::ErrorKind::NotADirectory,
                "expected a folder, found a file",
            ));
        }
        Ok(Self {
            root,
            known: Mutex::default(),
        })
    }

    /// The path on disk, unless a link on the way leads out of the folder.
    fn resolve(&self, path: &str) -> io::Result<PathBuf> {
        // An absolute path would replace the root.
        let found = self
            .root
            .join(path.trim_start_matches('/'))
            .canonicalize()?;
        if found.starts_with(&self.root) {
            Ok(found)
        } else {
            Err(io::Error::new(
                io::ErrorKind::PermissionDenied,
                "the path leads out of the docs folder",
            ))
        }
    }

    /// The same for a file, of whose folder the path may be known from another file; with what the file system says of it.
    fn resolve_file(&self, path: &str) -> io::Result<(PathBuf, Metadata)> {
        let follow = || {
            let file = self.resolve(path)?;
            let metadata = file.metadata()?;
            Ok((file, metadata))
        };
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let mut parts = Path::new(name).components();
        let (Some(Component::Normal(_)), None) = (parts.next(), parts.next()) else {
            return follow();
        };
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known().get(folder).cloned();
        let around = match found {
            Some(around) => around,
            None => {
                let around = self.resolve(folder)?;
                known().insert(folder.to_owned(), around.clone());
                around
            }
        };
        let file = around.join(name);
        let metadata = file.symlink_metadata()?;
        if metadata.is_symlink() {
            return follow();
        }
        Ok((file, metadata))
    }

    /// What a folder holds: what can be listed, and what cannot.
    fn look_through(&self, folder: &str) -> io::Result<(Vec<Entry>, Vec<Skipped>)> {
        let (mut entries, mut skipped) = (Vec::new(), Vec::new());
        for entry in self.resolve(folder)?.read_dir()? {
            let entry = entry?;
            let name = match entry.file_name().into_string() {
                Ok(name) => name,
                Err(name) => {
                    let name = name.to_string_lossy().into_owned();
                    let why = "its name is not UTF-8";
                    skipped.push(Skipped { name, why });
                    continue;
                }
            };
            let mut kind = entry.file_type()?;
            if kind.is_symlink() {
                let Ok(target) = self.resolve(&format!("{folder}/{name}")) else {
                    let why = "it is a link to nothing, or out of the docs folder";
                    skipped.push(Skipped { name, why });
                    continue;
                };
                // A link to a folder is left alone: it would list pages twice, or without end.
                if target.is_dir() {
                    continue;
                }
                kind = target.metadata()?.file_type();
            }
            if kind.is_dir() || kind.is_file() {
                entries.push(Entry {
                    name,
                    is_folder: kind.is_dir(),
                });
            }
        }
        entries.sort();
        skipped.sort();
        Ok((entries, skipped))
    }
}

impl Files for Folder {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        Ok(self.look_through(folder)?.0)
    }

    fn skipped(&self, folder: &str) -> io::Result<Vec<Skipped>> {
        Ok(self.look_through(folder)?.1)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        std::fs::read(self.resolve_file(path)?.0)
    }

    fn is_folder(&self, path: &str) -> bool {
        self.resolve(path).is_ok_and(|path| path.is_dir())
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        stamp(&self.resolve_file(path).ok()?.1)
    }
}

/// By what a file on disk can be seen to be the same, as git does: by what the file system says of it, unless it was changed
/// just now and may change again within the same tick of the clock.
#[cfg(unix)]
pub(crate) fn stamp(of: &Metadata) -> Option<Stamp> {
    use std::os::unix::fs::MetadataExt;
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

    const RESTLESS: Duration = Duration::from_secs(2);
    let changed = UNIX_EPOCH + Duration::from_secs(of.ctime().try_into().ok()?);
    let is_settled = changed + RESTLESS < SystemTime::now();
    let seen = (
        (of.dev(), of.ino(), of.size()),
        (of.mtime(), of.mtime_nsec()),
        (of.ctime(), of.ctime_nsec()),
    );
    is_settled.then(|| Stamp(super::fingerprint(0, &seen)))
}

/// By what a file on disk can be seen to be the same: here by nothing that cannot be set at will.
#[cfg(not(unix))]
pub(crate) fn stamp(_: &Metadata) -> Option<Stamp> {
    None
}

/// Files in memory, for tests and examples.
///
/// ```
/// use typedown::source::{Files, MemoryFiles};
///
/// let files = MemoryFiles::new([("beta/resources/call.md", "# call resource type")]);
/// assert_eq!(files.read("beta/resources/call.md")?, b"# call resource type");
/// assert_eq!(files.list("beta")?[0].name, "resources");
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles {
    files: BTreeMap<String, Vec<u8>>,
}

impl MemoryFiles {
    /// Takes paths and texts.
    pub fn new<P: Into<String>, T: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        Self {
            files: files
                .into_iter()
                .map(|(path, text)| (path.into(), text.into()))
                .collect(),
        }
    }

    fn below<'a>(&'a self, folder: &str) -> impl Iterator<Item = &'a str> {
        let prefix = if folder.is_empty() {
            String::new()
        } else {
            format!("{folder}/")
        };
        self.files
            .keys()
            .filter_map(move |path| path.strip_prefix(prefix.as_str()))
    }
}

impl Files for MemoryFiles {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let mut entries: Vec<Entry> = self
            .below(folder)
            .map(|path| match path.split_once('/') {
                Some((name, _)) => Entry {
                    name: name.into(),
                    is_folder: true,
                },
                None => Entry {
                    name: path.into(),
                    is_folder: false,
                },
            })
            .collect();
        entries.sort();
        entries.dedup();
        if entries.is_empty() {
            Err(io::ErrorKind::NotFound.into())
        } else {
            Ok(entries)
        }
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.files
            .get(path)
            .cloned()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn is_folder(&self, path: &str) -> bool {
        self.below(path).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_folder_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let docs = folder.path().join("docs");
        std::fs::create_dir(&docs).unwrap();
        std::fs::write(folder.path().join("secret.md"), "secret").unwrap();
        std::fs::write(docs.join("page.md"), "page").unwrap();
        std::os::unix::fs::symlink("../secret.md", docs.join("out.md")).unwrap();
        std::os::unix::fs::symlink("page.md", docs.join("in.md")).unwrap();
        let files = Folder::open(&docs).unwrap();
        let names: Vec<String> = files
            .list("")
            .unwrap()
            .into_iter()
            .map(|entry| entry.name)
            .collect();
        assert_eq!(names, ["in.md", "page.md"]);
        assert!(files.read("out.md").is_err());
        assert!(files.read("../secret.md").is_err());
        assert_eq!(files.read("in.md").unwrap(), b"page");
        let skipped = files.skipped("").unwrap();
        assert_eq!(skipped.len(), 1);
        assert_eq!(skipped[0].name, "out.md");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn names_that_are_no_text_are_skipped() {
        use std::os::unix::ffi::OsStrExt;
        let folder = tempfile::tempdir().unwrap();
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
        std::fs::write(folder.path().join(name), "page").unwrap();
        let files = Folder::open(folder.path()).unwrap();
        assert_eq!(files.list("").unwrap(), []);
        let skipped = files.skipped("").unwrap();
        assert_eq!(skipped[0].name, "caf\u{fffd}.md");
        assert_eq!(skipped[0].why, "its name is not UTF-8");
    }
}
