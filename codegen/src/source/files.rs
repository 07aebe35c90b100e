//! The edge to the file system, and a stand-in for it.

use std::collections::{BTreeMap, HashMap};
use std::fs::{File, Metadata};
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::regular::{self, Links};
use crate::Limits;

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
    /// As the file system has it; `FileTooLarge` if it has more bytes than are read of a file, and then nothing was read.
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
    /// How many bytes of a file are read.
    page_bytes: usize,
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
            page_bytes: Limits::default().page_bytes,
            known: Mutex::default(),
        })
    }

    /// Reads no file that has more bytes than a page may have.
    #[must_use]
    pub fn limits(mut self, limits: &Limits) -> Self {
        self.page_bytes = limits.page_bytes;
        self
    }

    /// A path on disk; links on the way may lead anywhere.
    fn join(&self, path: &str) -> PathBuf {
        // An absolute path would replace the root.
        self.root.join(path.trim_start_matches('/'))
    }

    /// The path on disk, unless a link on the way leads out of the folder.
    fn resolve(&self, path: &str) -> io::Result<PathBuf> {
        let found = self.join(path).canonicalize()?;
        if found.starts_with(&self.root) {
            Ok(found)
        } else {
            Err(leads_out())
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

    /// Opens a file. A folder on the way may have become a link since it was looked into, so that only what was opened tells
    /// where it lies.
    fn open_file(&self, path: &str) -> io::Result<(File, Metadata)> {
        let (path, metadata) = self.resolve_file(path)?;
        if !metadata.is_file() {
            return Err(regular::no_file(&metadata));
        }
        let (file, metadata) = regular::open(&path, Links::Refused)?;
        match lies_in(&self.root, &path, &file, &metadata)? {
            true => Ok((file, metadata)),
            false => Err(leads_out()),
        }
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
            // What is gone again was never there.
            let Ok(mut kind) = entry.file_type() else {
                continue;
            };
            if kind.is_symlink() {
                let target = self.resolve(&format!("{folder}/{name}"));
                let Ok(target) = target.and_then(|target| target.metadata()) else {
                    let why = "it is a link to nothing, or out of the docs folder";
                    skipped.push(Skipped { name, why });
                    continue;
                };
                // A link to a folder is left alone: it would list pages twice, or without end.
                if target.is_dir() {
                    continue;
                }
                kind = target.file_type();
            }
            if kind.is_dir() || kind.is_file() {
                entries.push(Entry {
                    name,
                    is_folder: kind.is_dir(),
                });
            } else {
                let why = "it is neither a file nor a folder";
                skipped.push(Skipped { name, why });
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
        let (file, metadata) = self.open_file(path)?;
        regular::bytes(&file, &metadata, self.page_bytes)
    }

    fn is_folder(&self, path: &str) -> bool {
        match self.join(path).canonicalize() {
            Ok(found) => found.starts_with(&self.root) && found.is_dir(),
            // What may not be looked at is there; who lists it learns why that is not possible.
            Err(error) => error.kind() == io::ErrorKind::PermissionDenied,
        }
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        stamp(&self.resolve_file(path).ok()?.1)
    }
}

fn leads_out() -> io::Error {
    io::Error::new(
        io::ErrorKind::PermissionDenied,
        "the path leads out of the docs folder",
    )
}

/// Whether a file that was opened by a path lies in a folder. Linux tells where it is; elsewhere, the path is followed again,
/// and must lead to the same file.
fn lies_in(root: &Path, path: &Path, file: &File, metadata: &Metadata) -> io::Result<bool> {
    #[cfg(target_os = "linux")]
    {
        use std::os::fd::AsRawFd;
        let link = format!("/proc/self/fd/{}", file.as_raw_fd());
        if let Ok(place) = std::fs::read_link(link) {
            return Ok(place.starts_with(root));
        }
    }
    let _ = file;
    let again = path.canonicalize()?;
    Ok(again.starts_with(root) && is_same(&again.symlink_metadata()?, metadata))
}

#[cfg(unix)]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

#[cfg(not(unix))]
fn is_same(one: &Metadata, other: &Metadata) -> bool {
    one.len() == other.len()
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

    #[cfg(unix)]
    #[test]
    fn a_folder_that_becomes_a_link_out_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (docs, outside) = (folder.path().join("docs"), folder.path().join("outside"));
        for place in [&docs.join("sub"), &outside] {
            std::fs::create_dir_all(place).unwrap();
            std::fs::write(place.join("page.md"), place.to_str().unwrap()).unwrap();
        }
        let files = Folder::open(&docs).unwrap();
        assert!(files.read("sub/page.md").is_ok());
        std::fs::rename(docs.join("sub"), docs.join("moved")).unwrap();
        std::os::unix::fs::symlink(&outside, docs.join("sub")).unwrap();
        let error = files.read("sub/page.md").unwrap_err();
        assert_eq!(error.to_string(), "the path leads out of the docs folder");
        assert!(files.read("moved/page.md").is_ok());
    }

    #[cfg(unix)]
    #[test]
    fn what_is_neither_a_file_nor_a_folder_is_skipped_and_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let socket = folder.path().join("page.md");
        let _open = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let files = Folder::open(folder.path()).unwrap();
        assert_eq!(files.list("").unwrap(), []);
        let skipped = files.skipped("").unwrap();
        assert_eq!(skipped[0].why, "it is neither a file nor a folder");
        let error = files.read("page.md").unwrap_err();
        assert_eq!(
            error.to_string(),
            "expected a file, found a pipe or a device"
        );
    }

    #[test]
    fn a_file_beyond_the_limit_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), "four").unwrap();
        let read = |page_bytes| {
            let limits = Limits {
                page_bytes,
                ..Limits::default()
            };
            let files = Folder::open(folder.path()).unwrap().limits(&limits);
            files.read("a.md").map_err(|error| error.kind())
        };
        assert_eq!(read(4), Ok(b"four".to_vec()));
        assert_eq!(read(3), Err(io::ErrorKind::FileTooLarge));
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
