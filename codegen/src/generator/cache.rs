//! What a generator remembers from one run to the next.

mod file;

pub(crate) use self::file::Bodies;

use std::collections::{BTreeMap, HashMap};
use std::fmt::Debug;
use std::hash::{BuildHasher, RandomState};
use std::ops::Range;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::page::ReadPage;
use super::read::Listed;
use super::{Generator, Trees};
use crate::claims::PageClaims;
use crate::diagnostic::Diagnostic;
use crate::output::{self, Output};
use crate::parallel::{map, map_each};
use crate::rust::{StoredTexts, Texts};
use crate::schema::{Kept, Lock, Schema};
use crate::source::{Files, Trace, fingerprint};
use crate::stored;
use crate::{Error, Limits};

/// What a generator remembers from one run to the next: what pages say, and the texts of types, each with all that it
/// depends on, so that a run does only what is new. The result of a run is the same with a cache or without.
///
/// ```
/// use typedown::source::MemoryFiles;
/// use typedown::{Generator, Cache};
///
/// let page = |size: &str| {
///     let text = format!("# tone resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|pitch|{size}|\n");
///     MemoryFiles::new([("api-reference/beta/resources/tone.md", text)])
/// };
/// let generator = Generator::new();
/// let mut cache = Cache::default();
/// generator.read_again(&page("Int32"), &mut cache)?;
/// let reading = generator.read_again(&page("Int64"), &mut cache)?;
/// assert_eq!(reading.schema, generator.read(&page("Int64"))?.schema);
/// # Ok::<(), typedown::Error>(())
/// ```
#[derive(Debug)]
pub struct Cache {
    /// Which build of the program this is, if it is to be saved.
    program: Option<u64>,
    /// Under which fingerprints are made.
    key: u64,
    /// The settings under which pages were read.
    settings: u64,
    /// Which pages there are.
    listing: u64,
    /// What the last run has done.
    last: Option<LastRun>,
    pages: HashMap<Key, Remembered>,
    /// What was resolved, and the lock file that was written, for another run of the same process.
    in_memory: Option<InMemory>,
    /// The file that it comes from.
    file: Vec<u8>,
    texts: Texts,
    /// What there is of texts in the file, and the folder in which they are to be found.
    stored_texts: Option<(StoredTexts, PathBuf)>,
    /// Whether anything is new since the cache was loaded.
    is_new: bool,
}

/// One of the trees of files, and a path in it.
type Key = (Tree, Arc<str>);

/// A tree of files that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Tree {
    /// The docs.
    Docs,
    /// The English docs beside them.
    English,
}

/// A page, and what must hold so that it is still the same.
#[derive(Debug)]
struct Remembered {
    trace: Trace,
    english: Option<Trace>,
    /// Whether the trace holds, once that was looked up in a run.
    holds: OnceLock<bool>,
    read: OnceLock<Arc<ReadPage>>,
    /// Its bytes, if it comes from a file or was made ready for one.
    stored: Option<PageBytes>,
}

/// The bytes of a page, as they are saved.
#[derive(Debug)]
struct PageBytes {
    place: BytesPlace,
    print: u64,
}

/// Where bytes are.
#[derive(Debug)]
enum BytesPlace {
    /// In the file that the cache comes from.
    File(Range<usize>),
    /// By themselves: they take the room of what was freed before, for which all of them together are too large.
    Memory(Box<[u8]>),
}

/// What is of use to another run of the same process only.
#[derive(Debug, Default)]
struct InMemory {
    versions: BTreeMap<Arc<str>, ResolvedVersion>,
    /// The fingerprint of the lock file that was written last, and what it says.
    written: Option<(u64, Lock)>,
}

/// A version, resolved.
#[derive(Debug, Default)]
struct ResolvedVersion {
    /// Its pages. They are kept alive, for they are known by their places in memory.
    pages: Vec<Arc<ReadPage>>,
    kept: Kept,
    diagnostics: Vec<Diagnostic>,
}

impl ResolvedVersion {
    fn advance(&mut self, pages: Vec<Arc<ReadPage>>, limits: &Limits) {
        let known = self.pages.iter().zip(&pages);
        let mut known = known.map(|(known, page)| Arc::ptr_eq(known, page));
        if self.pages.len() != pages.len() || !known.all(|same| same) {
            let claims: Vec<&PageClaims> = pages.iter().map(|page| &page.claims).collect();
            self.diagnostics = self.kept.resolve_again(&claims, limits);
            self.pages = pages;
        }
    }
}

/// A run, and what holds as long as nothing has changed since.
#[derive(Clone, Debug, PartialEq, Eq)]
struct LastRun {
    /// All settings that the run or what it told depends on.
    settings: u64,
    /// The state of the output folder.
    output: u64,
    /// What the same run tells that finds nothing to do, line by line.
    told: Vec<String>,
}

/// A lock file that was written, and what it says.
pub(crate) struct WrittenLock {
    key: u64,
    print: u64,
    lock: Lock,
}

impl WrittenLock {
    /// What a text says, if it is that of the file.
    pub(crate) fn says(self, text: &str) -> Option<Lock> {
        (fingerprint(self.key, text) == self.print).then_some(self.lock)
    }
}

impl Default for Cache {
    /// A cache of nothing.
    fn default() -> Self {
        // The only source of chance in the standard library; a key that nobody knows is all that is asked of it.
        let key = RandomState::new().hash_one(());
        Self {
            key,
            program: None,
            settings: 0,
            listing: 0,
            last: None,
            pages: HashMap::new(),
            in_memory: Some(InMemory::default()),
            file: Vec::new(),
            texts: Texts::new(key),
            stored_texts: None,
            is_new: true,
        }
    }
}

impl Cache {
    pub(super) fn key(&self) -> u64 {
        self.key
    }

    /// Keeps nothing that only another run of the same process has a use for.
    pub(crate) fn for_the_last_run(mut self) -> Self {
        self.in_memory = None;
        self.texts.for_the_last_run();
        self
    }

    /// Resolves pages as [`resolve`](crate::schema::resolve) does; none if nothing is kept of that.
    pub(super) fn resolve(
        &mut self,
        read: &[Arc<ReadPage>],
        limits: &Limits,
        threads: usize,
    ) -> Option<(Schema, Vec<Diagnostic>)> {
        let in_memory = self.in_memory.as_mut()?;
        let mut pages: BTreeMap<Arc<str>, Vec<Arc<ReadPage>>> = BTreeMap::new();
        for page in read {
            let of_version = pages.entry(Arc::clone(&page.claims.version)).or_default();
            of_version.push(Arc::clone(page));
        }
        let mut known = std::mem::take(&mut in_memory.versions);
        let work = pages.into_iter().map(|(version, pages)| {
            let known = known.remove(&version).unwrap_or_default();
            (version, Mutex::new(Some((known, pages))))
        });
        let work: Vec<_> = work.collect();
        let resolved = map_each(threads, &work, |(_, work)| {
            let mut work = work.lock().unwrap_or_else(PoisonError::into_inner);
            let (mut known, pages) = work.take().unwrap_or_default();
            known.advance(pages, limits);
            let schema = known.kept.schema().clone();
            (known, schema)
        });
        let (mut schema, mut diagnostics) = (Schema::default(), Vec::new());
        for ((version, _), (known, types)) in work.into_iter().zip(resolved) {
            schema.versions.insert(version.to_string(), types);
            diagnostics.extend_from_slice(&known.diagnostics);
            in_memory.versions.insert(version, known);
        }
        Some((schema, diagnostics))
    }

    /// What the lock file of this text says, if it is the one that was written last.
    pub(crate) fn take_written(&mut self) -> Option<WrittenLock> {
        let (print, lock) = self.in_memory.as_mut()?.written.take()?;
        let key = self.key;
        Some(WrittenLock { key, print, lock })
    }

    /// Remembers the lock file that was written, with what it says.
    pub(crate) fn keep_written(&mut self, text: &str, lock: Lock) {
        let print = fingerprint(self.key, text);
        if let Some(in_memory) = &mut self.in_memory {
            in_memory.written = Some((print, lock));
        }
    }

    /// What there is of texts in the file, to be found in another thread.
    pub(crate) fn take_stored_texts(&mut self) -> Option<impl FnOnce() -> Texts + Send + use<>> {
        let (stored, out_dir) = self.stored_texts.take()?;
        Some(move || stored.find(&|path| output::read(&out_dir.join(path)).ok().flatten()))
    }

    pub(crate) fn keep_texts(&mut self, texts: Texts) {
        self.texts = texts;
        if self.in_memory.is_none() {
            self.texts.for_the_last_run();
        }
    }

    /// The texts of types, with those that are in the output folder.
    pub(super) fn texts(&mut self) -> &mut Texts {
        if let Some(find) = self.take_stored_texts() {
            let texts = find();
            self.keep_texts(texts);
        }
        &mut self.texts
    }

    /// Begins a run, in which everything is looked up anew; forgets what was read under other settings than these.
    pub(crate) fn begin(&mut self, settings: u64) {
        let settings = fingerprint(self.key, &settings);
        if self.settings != settings {
            self.settings = settings;
            self.in_memory = self.in_memory.take().map(|_| InMemory::default());
            self.listing = 0;
            self.pages.clear();
            self.is_new = true;
        }
        for page in self.pages.values_mut() {
            page.holds = OnceLock::new();
        }
    }

    /// Whether everything that was read is as it is remembered.
    fn holds(&self, trees: &Trees<'_>, threads: usize) -> bool {
        let pages: Vec<(&Key, &Remembered)> = self.pages.iter().collect();
        let holds = |&((tree, _), page): &(&Key, &Remembered)| match (tree, trees.english) {
            (Tree::Docs, _) => page.holds(self.key, trees.docs),
            (Tree::English, Some(files)) => page.holds(self.key, files),
            (Tree::English, None) => false,
        };
        self.listing == fingerprint(self.key, &trees.listed)
            && map(threads, &pages, holds).into_iter().all(|holds| holds)
    }

    /// A page, if nothing has changed that was read for it.
    pub(super) fn page(
        &self,
        tree: Tree,
        path: &Arc<str>,
        files: &dyn Files,
        english: Option<&ReadPage>,
    ) -> Option<Arc<ReadPage>> {
        let known = self.pages.get(&(tree, Arc::clone(path)))?;
        let beside = english.map(|page| &page.trace);
        if known.english.as_ref() != beside || !known.holds(self.key, files) {
            return None;
        }
        if let Some(page) = known.read.get() {
            return Some(Arc::clone(page));
        }
        let stored = known.stored.as_ref()?;
        let bytes = stored.get(&self.file)?;
        if fingerprint(self.key, bytes) != stored.print {
            return None;
        }
        let page: Arc<ReadPage> = stored::load(bytes)?;
        Some(Arc::clone(known.read.get_or_init(|| page)))
    }

    /// Remembers pages, and no others.
    pub(super) fn keep_pages(
        &mut self,
        listed: &Listed,
        docs: &[Arc<ReadPage>],
        english: &[Arc<ReadPage>],
    ) {
        self.listing = fingerprint(self.key, listed);
        let docs = docs.iter().map(|page| (Tree::Docs, page));
        let pages = docs.chain(english.iter().map(|page| (Tree::English, page)));
        let mut before = std::mem::take(&mut self.pages);
        let mut is_new = false;
        let pages = pages.map(|(tree, page)| {
            let key = (tree, Arc::clone(&page.claims.path));
            let known = before.remove(&key).filter(|known| {
                let read = known.read.get();
                read.is_some_and(|read| Arc::ptr_eq(read, page))
            });
            let remembered = known.unwrap_or_else(|| {
                is_new = true;
                Remembered {
                    trace: page.trace.clone(),
                    english: page.english.clone(),
                    holds: OnceLock::new(),
                    read: OnceLock::from(Arc::clone(page)),
                    stored: None,
                }
            });
            (key, remembered)
        });
        self.pages = pages.collect();
        self.is_new |= is_new || !before.is_empty();
    }
}

impl PageBytes {
    /// The bytes, which are in this file unless they are by themselves.
    fn get<'a>(&'a self, file: &'a [u8]) -> Option<&'a [u8]> {
        match &self.place {
            BytesPlace::File(range) => file.get(range.clone()),
            BytesPlace::Memory(bytes) => Some(bytes),
        }
    }
}

impl Remembered {
    fn holds(&self, key: u64, files: &dyn Files) -> bool {
        *self.holds.get_or_init(|| self.trace.holds(key, files))
    }
}

impl Generator {
    /// What was told to be remembered of a run, if another one would do nothing: neither the docs nor the settings nor the
    /// output folder have changed since. What is told depends on further settings than those of the generator.
    pub(crate) fn unchanged(
        &self,
        trees: &Trees<'_>,
        cache: &mut Cache,
        told_by: &impl Debug,
    ) -> Result<Option<Vec<String>>, Error> {
        let Some(out_dir) = &self.out_dir else {
            return Ok(None);
        };
        let settings = self.all_settings(cache, told_by);
        let last = cache.last.as_ref();
        let holds = last.filter(|last| {
            last.settings == settings
                && cache.holds(trees, self.thread_count())
                && Output::default()
                    .state(out_dir, cache.key, self.thread_count())
                    .is_ok_and(|state| state == last.output)
        });
        Ok(holds.map(|last| last.told.clone()))
    }

    /// Remembers what to tell when a run has nothing to do: the output folder is up to date with what was to be written.
    pub(crate) fn remember_run(
        &self,
        cache: &mut Cache,
        output: &Output,
        told_by: &impl Debug,
        told: Vec<String>,
    ) -> Result<(), Error> {
        let Some(out_dir) = &self.out_dir else {
            return Ok(());
        };
        let last = Some(LastRun {
            settings: self.all_settings(cache, told_by),
            output: output.state(out_dir, cache.key, self.thread_count())?,
            told,
        });
        cache.is_new |= cache.last != last;
        cache.last = last;
        Ok(())
    }

    /// Every setting, as it shows itself.
    fn all_settings(&self, cache: &Cache, told_by: &impl Debug) -> u64 {
        fingerprint(cache.key, &format!("{self:?} {told_by:?}"))
    }

    /// What of the settings decides what pages say.
    pub(crate) fn reading_settings(&self) -> u64 {
        let english = self.english.is_some();
        let language = (self.without_lexicon, self.descriptions.name(), english);
        fingerprint(0, &(language, self.limits))
    }
}
