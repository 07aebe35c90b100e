//! The folder of sources, exchanged in one step: who compiles it sees the old sources or the new ones, whenever a run ends.
//!
//! The new folder is built beside the old one, with links to what does not change. Then both change places, by
//! `renameat2(RENAME_EXCHANGE)` or what other systems have of the kind, and what is the old one now is removed. A run that
//! was killed leaves a folder that the next one knows by its name.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::file::{Prepared, failed, followed};
use super::owned::{Owned, below_sources};
use super::tree::{Kind, Tree};
use super::{Change, LOCK_FILE, MANIFEST, SOURCES};
use crate::Error;

/// The folder that is being built. What is in it may be half of a file, and nothing in it is the only one of its kind.
const NEW: &str = ".typedown-new";

/// The folder when it is whole; the old one, after both have changed places.
const OTHER: &str = ".typedown-other";

/// The old folder, where no system call exchanges two and there is none of its name for a moment.
const OLD: &str = ".typedown-old";

/// A single file of the sources that is being written.
const FILE: &str = ".typedown-file";

/// What the names of other files begin with that are being written.
const PREFIX: &str = ".typedown-new.";

/// Where the sources are.
pub(super) struct Place {
    sources: PathBuf,
    around: PathBuf,
}

/// Changes of sources that are written, but not in their place.
#[must_use]
pub(super) enum Staged<'c> {
    Nothing,
    File(Prepared),
    /// The new folder, and what is new in it.
    Folder(Built, &'c [Change<'c>]),
}

/// A folder that goes again if it is not put in its place.
pub(super) struct Built(Option<PathBuf>);

impl Built {
    fn keep(mut self) {
        self.0 = None;
    }
}

impl Drop for Built {
    fn drop(&mut self) {
        if let Some(folder) = &self.0 {
            // What is left of it, the next run removes.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

/// How sources were put in their place.
#[derive(Debug)]
pub(super) enum Put {
    /// All at once.
    InOneStep,
    /// One file after the other, for the folder cannot be moved.
    FileByFile(io::Error),
}

impl Place {
    /// The place of the sources in an output folder. Of a link the folder that it leads to is exchanged, not the link.
    pub(super) fn of(folder: &Path) -> Self {
        let mut sources = folder.join(SOURCES);
        if sources.is_symlink() {
            sources = sources.canonicalize().unwrap_or(sources);
        }
        let around = sources.parent().unwrap_or(folder).to_owned();
        Self { sources, around }
    }

    /// What stands there.
    pub(super) fn tree(&self) -> Result<Tree, Error> {
        Tree::of(&self.sources).map_err(|error| failed(&self.sources, error))
    }

    pub(super) fn owned(&self) -> Result<Owned, Error> {
        Owned::of(&self.sources)
    }

    /// Whether a run that was killed has left something.
    pub(super) fn has_leftovers(&self, folder: &Path) -> bool {
        let folders = [NEW, OTHER, OLD].map(|name| self.around.join(name));
        folders.iter().any(|path| is_there(path)) || !self.files_left(folder).is_empty()
    }

    /// The single files that a run has left that was killed.
    fn files_left(&self, folder: &Path) -> Vec<PathBuf> {
        let beside = [LOCK_FILE, MANIFEST].map(|name| folder.join(format!("{PREFIX}{name}")));
        let paths = beside.into_iter().chain([self.sources.join(FILE)]);
        paths.filter(|path| is_there(path)).collect()
    }

    /// Removes what a run that was killed has left; what it did not write goes back to where it was.
    pub(super) fn mend(&self, folder: &Path) -> Result<(), Error> {
        for file in self.files_left(folder) {
            fs::remove_file(&file).map_err(|error| failed(&file, error))?;
        }
        let old = self.around.join(OLD);
        if is_there(&old) && !is_there(&self.sources) {
            fs::rename(&old, &self.sources).map_err(|error| failed(&self.sources, error))?;
        }
        let new = self.around.join(NEW);
        if is_there(&new) {
            fs::remove_dir_all(&new).map_err(|error| failed(&new, error))?;
        }
        for left in [old, self.around.join(OTHER)] {
            if is_there(&left) {
                self.discard(&left, false)
                    .map_err(|error| failed(&left, error))?;
            }
        }
        Ok(())
    }

    /// Writes changes of what stands among the sources, so that they need no more room, but does not put them in their place.
    pub(super) fn stage<'c>(
        &self,
        tree: &Tree,
        changes: &'c [Change<'c>],
    ) -> Result<Staged<'c>, Error> {
        match changes {
            [] => return Ok(Staged::Nothing),
            [Change::Write { path, text, .. }] => {
                return self.prepare(path, text).map(Staged::File);
            }
            _ => {}
        }
        // Moving a folder that nobody is to write to would be a way around that.
        if let Ok(metadata) = self.sources.metadata()
            && metadata.permissions().readonly()
        {
            return Err(failed(&self.sources, ErrorKind::PermissionDenied.into()));
        }
        let new = self.around.join(NEW);
        let mut built = Built(Some(new.clone()));
        self.build(&new, tree, changes)?;
        let other = self.around.join(OTHER);
        fs::rename(&new, &other).map_err(|error| failed(&other, error))?;
        built.0 = Some(other);
        Ok(Staged::Folder(built, changes))
    }

    /// Puts changes in their place.
    pub(super) fn put(&self, staged: Staged<'_>) -> Result<Put, Error> {
        let (built, changes) = match staged {
            Staged::Nothing => return Ok(Put::InOneStep),
            Staged::File(file) => return file.put().map(|()| Put::InOneStep),
            Staged::Folder(built, changes) => (built, changes),
        };
        let other = self.around.join(OTHER);
        let put = match self.exchange(&other) {
            Ok(()) => {
                // What is there now is the old one.
                built.keep();
                Put::InOneStep
            }
            Err(error) => {
                drop(built);
                if !is_immovable(&error) {
                    return Err(failed(&self.sources, error));
                }
                self.change_each(changes)?;
                Put::FileByFile(error)
            }
        };
        for old in [self.around.join(OLD), other] {
            // What cannot be removed now, the next run removes or complains about.
            if is_there(&old) {
                let _ = self.discard(&old, true);
            }
        }
        Ok(put)
    }

    /// Builds the new folder.
    fn build(&self, new: &Path, tree: &Tree, changes: &[Change<'_>]) -> Result<(), Error> {
        let changed: BTreeMap<&Path, &Change<'_>> = changes
            .iter()
            .map(|change| (Path::new(below_sources(change.path())), change))
            .collect();
        let at = |path: &Path| {
            let path = self.sources.join(path);
            move |error| failed(&path, error)
        };
        fs::create_dir_all(new).map_err(|error| failed(new, error))?;
        for (path, kind) in &tree.0 {
            let to = new.join(path);
            match kind {
                // A folder that was not empty is there for what is in it.
                Kind::Folder if tree.is_empty(path) => {
                    fs::create_dir_all(&to).map_err(at(path))?;
                }
                Kind::Folder => {}
                _ if changed.contains_key(path.as_path()) => {}
                _ => {
                    create_around(&to).map_err(at(path))?;
                    link(&self.sources.join(path), &to).map_err(at(path))?;
                }
            }
        }
        for (path, change) in changed {
            if let Change::Write { text, .. } = change {
                let to = new.join(path);
                create_around(&to).map_err(at(path))?;
                fs::write(&to, text.as_bytes()).map_err(at(path))?;
            }
        }
        Ok(())
    }

    /// Puts the new folder in the place of the old one.
    fn exchange(&self, new: &Path) -> io::Result<()> {
        if !is_there(&self.sources) {
            return fs::rename(new, &self.sources);
        }
        match swap(new, &self.sources) {
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::Unsupported | ErrorKind::InvalidInput
                ) =>
            {
                let old = self.around.join(OLD);
                fs::rename(&self.sources, &old)?;
                fs::rename(new, &self.sources).inspect_err(|_| {
                    let _ = fs::rename(&old, &self.sources);
                })
            }
            swapped => swapped,
        }
    }

    /// Removes a folder of sources that is not in use, but what Typedown did not write: that is in the new one already, unless
    /// somebody has changed it or put it there in the meantime.
    fn discard(&self, old: &Path, has_just_been_in_use: bool) -> io::Result<()> {
        let tree = Tree::of(old)?;
        let owned = Owned::of(old).unwrap_or_default();
        let candidates: BTreeMap<PathBuf, String> = tree
            .candidates()
            .map(|path| (PathBuf::from(below_sources(&path)), path))
            .collect();
        let is_ours = |path: &Path| {
            let name = candidates.get(path);
            let text = name.and_then(|_| fs::read_to_string(old.join(path)).ok());
            name.zip(text)
                .is_some_and(|(name, text)| owned.has(name, &text))
        };
        for (path, kind) in &tree.0 {
            let (from, to) = (old.join(path), self.sources.join(path));
            if *kind == Kind::Folder {
                continue;
            }
            let may_be_needed = match to.symlink_metadata() {
                Err(error) => error.kind() == ErrorKind::NotFound,
                Ok(there) => has_just_been_in_use && !is_same(&from.symlink_metadata()?, &there),
            };
            if may_be_needed && !is_ours(path) {
                create_around(&to)?;
                fs::rename(&from, &to)?;
            } else {
                fs::remove_file(&from)?;
            }
        }
        for (path, kind) in tree.0.iter().rev() {
            if *kind == Kind::Folder {
                fs::remove_dir(old.join(path))?;
            }
        }
        fs::remove_dir(old)
    }

    /// Changes one file after the other.
    fn change_each(&self, changes: &[Change<'_>]) -> Result<(), Error> {
        for change in changes {
            match change {
                Change::Write { path, text, .. } => self.prepare(path, text)?.put()?,
                Change::Remove { path } => {
                    let path = self.sources.join(below_sources(path));
                    fs::remove_file(&path).map_err(|error| failed(&path, error))?;
                    let around = path.ancestors().skip(1);
                    let mut around = around.take_while(|around| *around != self.sources);
                    while around
                        .next()
                        .is_some_and(|path| fs::remove_dir(path).is_ok())
                    {}
                }
            }
        }
        Ok(())
    }

    fn prepare(&self, path: &str, text: &str) -> Result<Prepared, Error> {
        let path = self.sources.join(below_sources(path));
        Prepared::new(self.sources.join(FILE), &path, &[text.as_bytes()])
    }
}

/// Writes a file of the output folder that is not among the sources, but does not put it in its place yet.
pub(super) fn prepare_beside(folder: &Path, name: &str, text: &str) -> Result<Prepared, Error> {
    let temporary = folder.join(format!("{PREFIX}{name}"));
    Prepared::new(temporary, &followed(&folder.join(name)), &[text.as_bytes()])
}

/// Lets no other run write to a folder, or see what is half written, as long as what it returns is there. Where folders cannot
/// be locked, nothing is: each step is one by itself.
pub(super) fn hold(folder: &Path, to_write: bool) -> Option<fs::File> {
    let held = fs::File::open(folder).ok()?;
    let locked = match to_write {
        true => held.lock(),
        false => held.lock_shared(),
    };
    locked.ok().map(|()| held)
}

#[cfg(all(feature = "cli", any(target_os = "linux", target_vendor = "apple")))]
fn swap(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};

    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(all(feature = "cli", any(target_os = "linux", target_vendor = "apple"))))]
fn swap(_: &Path, _: &Path) -> io::Result<()> {
    Err(ErrorKind::Unsupported.into())
}

/// Whether a folder cannot be moved, though what is in it can be: something is mounted there, or on a layer below.
fn is_immovable(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::CrossesDevices | ErrorKind::ResourceBusy
    )
}

fn is_there(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

fn create_around(path: &Path) -> io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)
}

/// Makes the same file be in two places; where there are no links, another one like it.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|error| {
        let metadata = from.symlink_metadata()?;
        match metadata.is_file() {
            true => fs::copy(from, to).map(drop),
            false => Err(error),
        }
    })
}

#[cfg(unix)]
fn is_same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt;
    (one.dev(), one.ino()) == (other.dev(), other.ino())
}

/// Here only a later one can be told from what was copied.
#[cfg(not(unix))]
fn is_same(one: &fs::Metadata, other: &fs::Metadata) -> bool {
    one.len() == other.len() && one.modified().ok() <= other.modified().ok()
}
