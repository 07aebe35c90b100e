//! The cache of a generator as a file, for the next process.

use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::super::page::ReadPage;
use super::{BytesPlace, Cache, InMemory, Key, LastRun, PageBytes, Remembered, Tree};
use crate::Error;
use crate::output;
use crate::parallel::{available, both, map};
use crate::rust::{StoredTexts, Texts};
use crate::source::{Trace, fingerprint, regular, stamp};
use crate::stored::{self, Load, Store, Stored, stored_enum, stored_struct};

/// What the file begins with.
const MAGIC: &[u8] = b"typedown cache\n";

stored_struct! {
    ReadPage { trace, english, claims, inputs, missing_folders }
    LastRun { settings, output, told }
    Head { program, key, settings, listing, last }
    Listed { tree, path, trace, english, length, print }
}

stored_enum! {
    Tree { 0 Docs, 1 English }
}

/// What stands before the pages and texts themselves.
struct Head {
    /// Which build of the program has written the file.
    program: u64,
    key: u64,
    settings: u64,
    listing: u64,
    last: Option<LastRun>,
}

/// What stands behind that.
pub(crate) struct Bodies {
    /// The list of the pages, whose own bytes end the file.
    listed: Vec<u8>,
    texts: Vec<u8>,
}

/// A page, whose bytes come later.
struct Listed {
    tree: Tree,
    path: Arc<str>,
    trace: Trace,
    english: Option<Trace>,
    length: usize,
    print: u64,
}

/// Which build of the program this is, by its file; none if that cannot be read, so that nothing can be taken from another
/// process.
fn program() -> Option<u64> {
    let program = std::env::current_exe().ok()?;
    let seen = match stamp(&program.metadata().ok()?) {
        Some(stamp) => fingerprint(0, &stamp),
        None => fingerprint(0, &std::fs::read(program).ok()?),
    };
    Some(fingerprint(seen, env!("CARGO_PKG_VERSION")))
}

impl Cache {
    /// The cache that another process has saved after it had written an output folder; an empty one if there is none that
    /// this build of the program can read. The texts of types are found in the output folder, if they are as they were
    /// written.
    #[must_use]
    pub fn load(path: &Path, out_dir: &Path) -> Self {
        let (program, bytes) = both(available(), program, || regular::read(path).ok());
        let read = || parse(bytes?, program?, out_dir);
        read().unwrap_or_else(|| Self {
            program,
            ..Self::default()
        })
    }

    /// Saves what is new for another process, which must be of the same build of the program.
    ///
    /// # Errors
    ///
    /// If the file cannot be written.
    pub fn save(&mut self, path: &Path) -> Result<(), Error> {
        self.save_bodies(None, path)
    }

    /// The list of the pages, and the texts; none if nothing of them is new.
    pub(crate) fn bodies(&self) -> Option<Bodies> {
        if self.program.is_none() || !(self.is_new || self.texts.is_new) {
            return None;
        }
        let (listed, texts) = both(available(), || self.listed(), || self.texts.to_bytes());
        Some(Bodies { listed, texts })
    }

    /// The rest of [saving](Self::save). What is given was made when the pages were [stored](Self::store_pages).
    pub(crate) fn save_bodies(
        &mut self,
        bodies: Option<&Bodies>,
        path: &Path,
    ) -> Result<(), Error> {
        let Some(program) = self.program.filter(|_| self.is_new || self.texts.is_new) else {
            return Ok(());
        };
        let made;
        let bodies = match bodies {
            Some(bodies) => bodies,
            None => {
                self.store_pages(available());
                made = self.bodies();
                let Some(bodies) = &made else {
                    return Ok(());
                };
                bodies
            }
        };
        let head = stored::store(&Head {
            program,
            key: self.key,
            settings: self.settings,
            listing: self.listing,
            last: self.last.clone(),
        });
        let mut frames = Vec::new();
        for part in [&head, &bodies.listed, &bodies.texts] {
            let mut frame = (part.len() as u64).to_le_bytes().to_vec();
            frame.extend(fingerprint(program, part).to_le_bytes());
            frames.push((frame, part));
        }
        let frames = frames
            .iter()
            .flat_map(|(frame, part)| [frame.as_slice(), part.as_slice()]);
        let parts = std::iter::once(MAGIC).chain(frames);
        let parts: Vec<&[u8]> = parts.chain(self.page_bytes()).collect();
        output::write_parts(path, &parts)?;
        (self.is_new, self.texts.is_new) = (false, false);
        Ok(())
    }

    /// Makes all pages ready to be saved. In the last run of a process nothing else is kept of them, which is much less.
    pub(crate) fn store_pages(&mut self, threads: usize) {
        if self.program.is_none() || !self.is_new {
            return;
        }
        let (key, is_last) = (self.key, self.in_memory.is_none());
        let pages: Vec<Mutex<&mut Remembered>> = self.pages.values_mut().map(Mutex::new).collect();
        map(threads, &pages, |page| {
            let mut page = page.lock().unwrap_or_else(PoisonError::into_inner);
            if page.stored.is_none() {
                page.stored = page.read.get().map(|read| PageBytes::new(key, read));
            }
            if is_last {
                page.read = OnceLock::new();
            }
        });
    }

    /// The bytes of the pages, one behind the other.
    fn page_bytes(&self) -> impl Iterator<Item = &[u8]> {
        let pages = self.pages.values();
        pages.map(|page| {
            let stored = page.stored.as_ref();
            stored
                .and_then(|stored| stored.get(&self.file))
                .unwrap_or_default()
        })
    }

    /// The list of the pages.
    fn listed(&self) -> Vec<u8> {
        let pages = self.pages.iter().zip(self.page_bytes());
        let listed = pages.map(|(((tree, path), page), bytes)| Listed {
            tree: *tree,
            path: Arc::clone(path),
            trace: page.trace.clone(),
            english: page.english.clone(),
            length: bytes.len(),
            print: page.stored.as_ref().map_or(0, |stored| stored.print),
        });
        let listed: Vec<Listed> = listed.collect();
        stored::store(&listed)
    }
}

impl PageBytes {
    fn new(key: u64, page: &ReadPage) -> Self {
        let bytes = stored::store(page).into_boxed_slice();
        Self {
            print: fingerprint(key, &*bytes),
            place: BytesPlace::Memory(bytes),
        }
    }
}

/// Where the parts of a file are in it before the pages, if they are as they were written.
fn parts(bytes: &[u8], program: u64) -> Option<[Range<usize>; 3]> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let mut parts = [const { 0..0 }; 3];
    for place in &mut parts {
        let (length, behind) = rest.split_first_chunk::<8>()?;
        let (print, behind) = behind.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let start = bytes.len() - behind.len();
        let part;
        (part, rest) = behind.split_at_checked(length)?;
        if fingerprint(program, part) != u64::from_le_bytes(*print) {
            return None;
        }
        *place = start..start + length;
    }
    Some(parts)
}

fn parse(bytes: Vec<u8>, program: u64, out_dir: &Path) -> Option<Cache> {
    let [head, listed, texts] = parts(&bytes, program)?;
    let head: Head = stored::load(&bytes[head]).filter(|head: &Head| head.program == program)?;
    let listed: Vec<Listed> = stored::load(&bytes[listed])?;
    let mut end = texts.end;
    let pages = listed.into_iter().map(|page| {
        let start = end;
        end = end.checked_add(page.length)?;
        let remembered = Remembered {
            trace: page.trace,
            english: page.english,
            holds: OnceLock::new(),
            read: OnceLock::new(),
            stored: Some(PageBytes {
                place: BytesPlace::File(start..end),
                print: page.print,
            }),
        };
        Some(((page.tree, page.path), remembered))
    });
    let pages: Option<HashMap<Key, Remembered>> = pages.collect();
    let pages = pages.filter(|_| end == bytes.len())?;
    Some(Cache {
        program: Some(program),
        key: head.key,
        settings: head.settings,
        listing: head.listing,
        last: head.last,
        pages,
        in_memory: Some(InMemory::default()),
        texts: Texts::new(head.key),
        stored_texts: Some((
            StoredTexts::new(bytes[texts].to_vec(), head.key),
            out_dir.to_owned(),
        )),
        file: bytes,
        is_new: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;
    use crate::source::MemoryFiles;

    #[test]
    fn a_cache_that_is_saved_while_its_process_goes_on_has_its_pages() {
        let text =
            "# tone resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|pitch|Int32|\n";
        let files = MemoryFiles::new([("api-reference/beta/resources/tone.md", text)]);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cache");
        let mut cache = Cache::load(&path, folder.path());
        Generator::new().read_again(&files, &mut cache).unwrap();
        cache.save_bodies(None, &path).unwrap();
        let loaded = Cache::load(&path, folder.path());
        assert_eq!(loaded.pages.len(), 1);
        for (tree, page) in loaded.pages.keys() {
            assert!(loaded.page(*tree, page, &files, None).is_some());
        }
    }
}
