//! The cache of a generator as a file, for the next process.

use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use super::super::page::ReadPage;
use super::{Cache, InMemory, LastRun, Remembered, Tree};
use crate::Error;
use crate::output;
use crate::parallel::{available, both};
use crate::rust::{StoredTexts, Texts};
use crate::source::{Trace, fingerprint, regular, stamp};
use crate::stored::{self, Load, Store, Stored, stored_enum, stored_struct};

/// What the file begins with.
const MAGIC: &[u8] = b"typedown cache\n";

stored_struct! {
    ReadPage { trace, english, claims, inputs, missing_folders }
    LastRun { settings, output, told }
    Head { program, key, settings, listing, last }
    Listed { tree, path, trace, english, length }
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

/// What is most of the file.
pub(crate) struct Bodies {
    listed: Vec<u8>,
    /// The pages; none if they are what the cache holds already.
    pages: Option<Vec<u8>>,
    texts: Vec<u8>,
}

/// A page, whose bytes come later.
struct Listed {
    tree: Tree,
    path: Arc<str>,
    trace: Trace,
    english: Option<Trace>,
    length: usize,
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
        let bodies = self.bodies();
        self.save_bodies(bodies.as_ref(), path)
    }

    /// What is most of the file: the bytes of pages with their list, and those of texts; none if nothing of them is new.
    pub(crate) fn bodies(&self) -> Option<Bodies> {
        if self.program.is_none() || !(self.is_new || self.texts.is_new) {
            return None;
        }
        let (pages, texts) = both(
            available(),
            || self.pages_as_bytes(),
            || self.texts.to_bytes(),
        );
        let (listed, pages) = pages;
        Some(Bodies {
            listed,
            pages,
            texts,
        })
    }

    /// The rest of [saving](Self::save).
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
            // Only what is told of the run is new.
            None => {
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
        let pages = bodies.pages.as_ref().unwrap_or(&self.stored);
        for part in [&head, &bodies.listed, pages, &bodies.texts] {
            let mut frame = (part.len() as u64).to_le_bytes().to_vec();
            frame.extend(fingerprint(program, part).to_le_bytes());
            frames.push((frame, part));
        }
        let frames = frames
            .iter()
            .flat_map(|(frame, part)| [frame.as_slice(), part.as_slice()]);
        let parts: Vec<&[u8]> = std::iter::once(MAGIC).chain(frames).collect();
        output::write_parts(path, &parts)?;
        (self.is_new, self.texts.is_new) = (false, false);
        Ok(())
    }

    /// Keeps of all pages nothing but the bytes that are saved, which are much less, if nobody needs them again.
    pub(crate) fn close_pages(&mut self) {
        if self.in_memory.is_some() || self.program.is_none() || !self.is_new {
            return;
        }
        let mut bytes = Vec::with_capacity(self.stored.len());
        for page in self.pages.values_mut() {
            let start = bytes.len();
            page.write(&self.stored, &mut bytes);
            page.stored = Some(start..bytes.len());
            page.read = OnceLock::new();
        }
        bytes.shrink_to_fit();
        self.stored = bytes;
        self.is_closed = true;
    }

    /// The list of the pages, and their bytes one behind the other, if the cache does not hold them so.
    fn pages_as_bytes(&self) -> (Vec<u8>, Option<Vec<u8>>) {
        let mut bodies = (!self.is_closed).then(Vec::new);
        let listed = self.pages.iter().map(|((tree, path), page)| Listed {
            tree: *tree,
            path: Arc::clone(path),
            trace: page.trace.clone(),
            english: page.english.clone(),
            length: match (&mut bodies, &page.stored) {
                (Some(bodies), _) => {
                    let start = bodies.len();
                    page.write(&self.stored, bodies);
                    bodies.len() - start
                }
                (None, Some(range)) => range.len(),
                (None, None) => 0,
            },
        });
        let listed: Vec<Listed> = listed.collect();
        (stored::store(&listed), bodies)
    }
}

impl Remembered {
    /// Appends the bytes of the page, which it has or which are among those of the file.
    fn write(&self, file: &[u8], bytes: &mut Vec<u8>) {
        match (&self.stored, self.read.get()) {
            (Some(range), _) => bytes.extend(file.get(range.clone()).unwrap_or(&[])),
            (None, Some(page)) => bytes.extend(stored::store(&**page)),
            (None, None) => {}
        }
    }
}

/// Where the parts of a file are in it, if they are as they were written.
fn parts(bytes: &[u8], program: u64) -> Option<[Range<usize>; 4]> {
    let mut rest = bytes.strip_prefix(MAGIC)?;
    let mut parts = [const { 0..0 }; 4];
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
    rest.is_empty().then_some(parts)
}

fn parse(bytes: Vec<u8>, program: u64, out_dir: &Path) -> Option<Cache> {
    let [head, listed, pages, texts] = parts(&bytes, program)?;
    let head: Head = stored::load(&bytes[head]).filter(|head: &Head| head.program == program)?;
    let listed: Vec<Listed> = stored::load(&bytes[listed])?;
    let mut end = pages.start;
    let pages = listed.into_iter().map(|page| {
        let start = end;
        end = end.checked_add(page.length)?;
        let remembered = Remembered {
            trace: page.trace,
            english: page.english,
            holds: OnceLock::new(),
            read: OnceLock::new(),
            stored: Some(start..end),
        };
        Some(((page.tree, page.path), remembered))
    });
    Some(Cache {
        program: Some(program),
        key: head.key,
        settings: head.settings,
        listing: head.listing,
        last: head.last,
        pages: pages.collect::<Option<_>>()?,
        in_memory: Some(InMemory::default()),
        texts: Texts::new(head.key),
        stored_texts: Some((
            StoredTexts::new(bytes[texts].to_vec(), head.key),
            out_dir.to_owned(),
        )),
        stored: bytes,
        is_closed: false,
        is_new: false,
    })
}
