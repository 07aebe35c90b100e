//! The whole road as one builder: docs in, files of a crate out.

mod build;
mod cache;
mod english;
mod idle;
#[cfg(feature = "analysis")]
mod lint;
mod page;

pub use self::build::Built;
pub use self::cache::Cache;
pub(crate) use self::cache::{Bodies, WrittenLock};
pub use self::english::Descriptions;
use self::english::EnglishDocs;
use self::page::ReadPage;

use std::borrow::Cow;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::Error;
use crate::claims::{PageClaims, TableReport, settle};
use crate::diagnostic::{Code, Diagnostic, Severity, Suppression, suppress};
use crate::output::{LOCK_FILE, Output, Written};
use crate::overrides::Override;
use crate::page::{Page, join_missing};
use crate::parallel::{available, both, map};
use crate::rust::{
    Customization, Customizations, EmitOptions, Emitted, Mode, OnMismatch, Texts, TypeMappings,
    Whole, emit_again,
};
use crate::schema::{Lock, Navigation, Schema, Selection, lock, resolve_with};
use crate::source::{self, Docs, DocsRevision, Files, Place};

/// Reads docs and makes a crate of them.
///
/// [`read`](Self::read) and [`emit`](Self::emit) are pure; [`generate`](Self::generate) does both between the two
/// edges, a docs folder and an output folder.
///
/// ```
/// use typedown::Generator;
/// use typedown::source::MemoryFiles;
///
/// let files = MemoryFiles::new([(
///     "api-reference/v1.0/resources/toneinfo.md",
///     "# toneInfo resource type\n\n## Properties\n\n|Property|Type|\n|:--|:--|\n|sequenceId|Int64|\n",
/// )]);
/// let generator = Generator::new();
/// let reading = generator.read(&files)?;
/// let output = generator.emit(&reading.schema)?;
/// assert!(output.files["src/v1_0/general.rs"].contains("pub struct ToneInfo"));
/// # Ok::<(), typedown::Error>(())
/// ```
#[derive(Clone, Default)]
pub struct Generator {
    docs: Option<PathBuf>,
    out_dir: Option<PathBuf>,
    versions: Vec<String>,
    without_lexicon: bool,
    english: Option<PathBuf>,
    descriptions: Descriptions,
    overrides: Vec<Override>,
    selection: Selection,
    threads: Option<usize>,
    mode: Mode,
    on_mismatch: OnMismatch,
    types: TypeMappings,
    customizations: Customizations,
    share: bool,
    denied: Option<Severity>,
    progress: Option<Progress>,
}

/// Told how many pages of how many are read.
type Progress = Arc<dyn Fn(usize, usize) + Send + Sync>;

impl fmt::Debug for Generator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            docs,
            out_dir,
            versions,
            without_lexicon,
            english,
            descriptions,
            overrides,
            selection,
            threads,
            mode,
            on_mismatch,
            types,
            customizations,
            share,
            denied,
            progress: _,
        } = self;
        f.debug_struct("Generator")
            .field("docs", docs)
            .field("out_dir", out_dir)
            .field("versions", versions)
            .field("without_lexicon", without_lexicon)
            .field("english", english)
            .field("descriptions", descriptions)
            .field("overrides", overrides)
            .field("selection", selection)
            .field("threads", threads)
            .field("mode", mode)
            .field("on_mismatch", on_mismatch)
            .field("types", types)
            .field("customizations", customizations)
            .field("share", share)
            .field("denied", denied)
            .finish_non_exhaustive()
    }
}

/// What was read from docs.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The schema of every version.
    pub schema: Schema,
    /// Everything that could not be used or is doubtful, in the order of places.
    pub diagnostics: Vec<Diagnostic>,
    /// What the pages ask not to be told of them (`suppressions` in the annotation of a page), in the order of places.
    pub suppressed: Vec<Diagnostic>,
    /// What became of every table, in the order of pages.
    pub tables: Vec<TableReport>,
    /// How many pages were read.
    pub pages: usize,
    /// Every file that was opened or looked for, sorted, relative to the docs folder.
    pub inputs: Vec<Arc<str>>,
}

impl Reading {
    /// The pages that could not be read at all, each with the reason.
    pub fn unreadable(&self) -> impl Iterator<Item = &Diagnostic> + Clone {
        let diagnostics = self.diagnostics.iter();
        diagnostics.filter(|found| found.code == Code::PageUnreadable)
    }
}

/// Where pages come from, with the pages found but not read.
pub(crate) struct Trees<'a> {
    docs: &'a dyn Files,
    /// The English docs beside them.
    english: Option<&'a dyn Files>,
    listed: Listed,
}

/// The pages of both trees.
#[derive(Hash)]
struct Listed {
    docs: Docs,
    english: Option<Docs>,
}

impl<'a> Trees<'a> {
    pub(crate) fn find(docs: &'a dyn Files, english: Option<&'a dyn Files>) -> Result<Self, Error> {
        let listed = Listed {
            docs: Docs::find(docs)?,
            english: english.map(Docs::find).transpose()?,
        };
        Ok(Self {
            docs,
            english,
            listed,
        })
    }
}

/// What was read, before it is clear what the pages themselves hide of it.
struct Read {
    docs: Docs,
    reading: Reading,
    suppressions: Vec<Suppression>,
    pages: Vec<Page>,
    claims: Vec<Arc<ReadPage>>,
}

impl Read {
    /// Sorts the diagnostics, and sets aside those that pages hide.
    fn finish(self) -> Reading {
        let mut reading = self.reading;
        reading.diagnostics.sort();
        // What is wrong in an included file is told once, whatever it was included into.
        reading
            .diagnostics
            .dedup_by(|a, b| (&a.place, a.code, &a.message) == (&b.place, b.code, &b.message));
        (reading.diagnostics, reading.suppressed) =
            suppress(&self.suppressions, reading.diagnostics);
        reading
    }
}

impl Generator {
    /// A generator for all versions, with as many threads as the machine has.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Names the docs folder: a checkout of the Graph docs, or its `api-reference` folder; or `REPO:REVISION`, such a
    /// folder as it was at a revision of its git repository.
    #[must_use]
    pub fn docs(mut self, folder: impl AsRef<Path>) -> Self {
        self.docs = Some(folder.as_ref().to_owned());
        self
    }

    /// Names the folder of the crate that [`generate`](Self::generate) writes.
    #[must_use]
    pub fn out_dir(mut self, folder: impl AsRef<Path>) -> Self {
        self.out_dir = Some(folder.as_ref().to_owned());
        self
    }

    /// Reads only these versions, such as `v1.0`; none means all. A second call replaces the first.
    #[must_use]
    pub fn versions<S: Into<String>>(mut self, versions: impl IntoIterator<Item = S>) -> Self {
        self.versions = versions.into_iter().map(Into::into).collect();
        self
    }

    /// Says what is right where the docs are wrong or silent. A second call replaces the first.
    #[must_use]
    pub fn overrides(mut self, overrides: impl IntoIterator<Item = Override>) -> Self {
        self.overrides = overrides.into_iter().collect();
        self
    }

    /// Emits only these types and what they reach, by their short or qualified names in any casing; none means all. A
    /// second call replaces the first. See [`Selection`] for what is reached.
    ///
    /// ```
    /// use typedown::Generator;
    /// use typedown::schema::Navigation;
    ///
    /// let generator = Generator::new().select(["user", "message"]).navigation(Navigation::Ids);
    /// ```
    #[must_use]
    pub fn select<S: Into<String>>(mut self, names: impl IntoIterator<Item = S>) -> Self {
        self.selection.names = names.into_iter().map(Into::into).collect();
        self
    }

    /// Says what becomes of navigation properties; [`Navigation::Full`] unless said otherwise.
    #[must_use]
    pub fn navigation(mut self, navigation: Navigation) -> Self {
        self.selection.navigation = navigation;
        self
    }

    /// Emits as well, or does not, the types that derive from those that are selected or reached.
    #[must_use]
    pub fn derived(mut self, derived: bool) -> Self {
        self.selection.derived = derived;
        self
    }

    /// Chooses what primitive types are in Rust.
    #[must_use]
    pub fn types(mut self, types: TypeMappings) -> Self {
        self.types = types;
        self
    }

    /// Adds attributes to types, or to fields and variants. See [`Customizations`] for paths.
    ///
    /// ```no_run
    /// let generator = typedown::Generator::new().docs("docs").out_dir("models");
    /// generator
    ///     .attribute("user", "#[must_use]")
    ///     .derive("identity", "Eq, Hash")
    ///     .replace("identitySet", "my_crate::IdentitySet")
    ///     .generate()?;
    /// # Ok::<(), typedown::Error>(())
    /// ```
    #[must_use]
    #[track_caller]
    pub fn attribute(mut self, path: impl Into<String>, attributes: impl Into<String>) -> Self {
        let entry = Customization::new(path, attributes);
        self.customizations.attributes.push(entry);
        self
    }

    /// Derives further traits, such as `"Eq, Hash"`, on types.
    #[must_use]
    #[track_caller]
    pub fn derive(mut self, path: impl Into<String>, traits: impl Into<String>) -> Self {
        let entry = Customization::new(path, traits);
        self.customizations.derives.push(entry);
        self
    }

    /// Puts a type of Rust in the place of types, or of the values of properties. It must implement `serde::Serialize` and
    /// `serde::Deserialize`; the types in whose place it stands are not emitted.
    #[must_use]
    #[track_caller]
    pub fn replace(mut self, path: impl Into<String>, rust_path: impl Into<String>) -> Self {
        let entry = Customization::new(path, rust_path);
        self.customizations.replacements.push(entry);
        self
    }

    /// Adds customizations, such as those of a configuration file.
    #[must_use]
    pub fn customizations(mut self, more: Customizations) -> Self {
        let Customizations {
            attributes,
            derives,
            replacements,
        } = more;
        self.customizations.attributes.extend(attributes);
        self.customizations.derives.extend(derives);
        self.customizations.replacements.extend(replacements);
        self
    }

    /// Emits types that are the same in every version, with all that they reach, once: in a module `shared`, from where the
    /// modules of the versions show them.
    #[must_use]
    pub fn share(mut self, share: bool) -> Self {
        self.share = share;
        self
    }

    /// Makes [`build`](Self::build) fail if a page that describes what is emitted has a diagnostic that is at least so
    /// grave. Unless this says otherwise, it only warns.
    #[must_use]
    pub fn deny(mut self, severity: Severity) -> Self {
        self.denied = Some(severity);
        self
    }

    /// Whether pages in other languages are read with the lexicon of their language, as they are unless this says no:
    /// then by their structure alone, like pages in a language that has no lexicon.
    #[must_use]
    pub fn lexicon(mut self, lexicon: bool) -> Self {
        self.without_lexicon = !lexicon;
        self
    }

    /// A folder of English docs, of whatever date, beside docs in another language: names, types and members that were
    /// translated are found on the English page of the same file name. Descriptions stay in the language of the page
    /// unless [`descriptions`](Self::descriptions) says otherwise. Its files are not among [`Reading::inputs`];
    /// [`build`](Self::build) tells cargo of them too.
    #[must_use]
    pub fn english(mut self, folder: impl AsRef<Path>) -> Self {
        self.english = Some(folder.as_ref().to_owned());
        self
    }

    /// In which language descriptions are, and so the doc comments of what is emitted.
    #[must_use]
    pub fn descriptions(mut self, descriptions: Descriptions) -> Self {
        self.descriptions = descriptions;
        self
    }

    /// Works on up to so many threads. The result does not depend on their number.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Chooses what the emitted types are made of; [`Mode::Table`] unless said otherwise.
    #[must_use]
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Chooses what the emitted code does with a value that does not fit its documented type; unless said otherwise,
    /// reading ends with an error.
    #[must_use]
    pub fn on_mismatch(mut self, on_mismatch: OnMismatch) -> Self {
        self.on_mismatch = on_mismatch;
        self
    }

    /// Calls a function with the number of pages that are read, and of all pages, after each page.
    #[must_use]
    pub fn progress(mut self, progress: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        self.progress = Some(Arc::new(progress));
        self
    }

    /// Reads the docs folder.
    ///
    /// # Errors
    ///
    /// If no folder is named, or it cannot be opened, or [`read`](Self::read) fails.
    pub fn read_docs(&self) -> Result<Reading, Error> {
        self.read(&*self.folder()?)
    }

    /// Reads docs from wherever files come from.
    ///
    /// # Errors
    ///
    /// If there is no version, or one was asked for that is not there, or an override finds nothing. Pages that cannot be
    /// read are diagnostics.
    pub fn read(&self, files: &dyn Files) -> Result<Reading, Error> {
        let english = self.english_files()?;
        let trees = Trees::find(files, english.as_deref())?;
        self.read_trees(&trees, None)
    }

    /// Reads docs as [`read`](Self::read) does, but only those pages that are not as they are remembered.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read).
    pub fn read_again(&self, files: &dyn Files, cache: &mut Cache) -> Result<Reading, Error> {
        let english = self.english_files()?;
        let trees = Trees::find(files, english.as_deref())?;
        cache.begin(self.reading_settings());
        self.read_trees(&trees, Some(cache))
    }

    /// The same, with the English docs from wherever files come from.
    pub(crate) fn read_trees(
        &self,
        trees: &Trees<'_>,
        cache: Option<&mut Cache>,
    ) -> Result<Reading, Error> {
        let mut reading = self.read_pages(trees, false, cache)?.finish();
        // Only who checks knows what a page has to hide.
        let unused = |diagnostic: &Diagnostic| diagnostic.code == Code::SuppressionUnused;
        reading.diagnostics.retain(|diagnostic| !unused(diagnostic));
        Ok(reading)
    }

    /// The docs folder.
    pub(crate) fn folder(&self) -> Result<Box<dyn Files>, Error> {
        open(self.docs.as_ref().ok_or(Error::NoDocs)?)
    }

    /// The English docs, if a folder of them is named.
    pub(crate) fn english_files(&self) -> Result<Option<Box<dyn Files>>, Error> {
        self.english.as_deref().map(open).transpose()
    }

    /// What was read, with the claims of every page, and the pages themselves if they are to be kept.
    fn read_pages(
        &self,
        trees: &Trees<'_>,
        keep: bool,
        mut cache: Option<&mut Cache>,
    ) -> Result<Read, Error> {
        let listed = &trees.listed;
        let versions = listed.docs.versions.iter();
        let versions: Vec<Arc<str>> = versions.map(|version| Arc::clone(&version.name)).collect();
        let docs = listed.docs.clone().narrow(&self.versions)?;
        let pages = docs.pages();
        let known = cache.as_deref();
        let english = match (trees.english, &listed.english) {
            (Some(files), Some(docs)) => {
                EnglishDocs::read(files, docs, &pages, self.thread_count(), known)
            }
            _ => EnglishDocs::default(),
        };
        let done = AtomicUsize::new(0);
        let read = map(self.thread_count(), &pages, |(version, path)| {
            let found = self.read_page(trees.docs, &english, version, path, known);
            if let Some(progress) = &self.progress {
                progress(done.fetch_add(1, Ordering::Relaxed) + 1, pages.len());
            }
            let (read, page) = found;
            (read, page.filter(|_| keep))
        });
        let (mut read, kept): (Vec<Arc<ReadPage>>, Vec<Option<Page>>) = read.into_iter().unzip();
        if let Some(cache) = &mut cache {
            cache.keep_pages(listed, &read, english.pages());
        }
        if read.iter().any(|page| page.claims.is_translated()) {
            let mut said: Vec<&mut PageClaims> = read
                .iter_mut()
                .map(|page| &mut Arc::make_mut(page).claims)
                .collect();
            let english = english.pages().iter().map(|page| &page.claims);
            settle(&mut said, &english.collect::<Vec<_>>());
        }
        let mut reading = Reading {
            diagnostics: skipped(&docs),
            pages: read.len(),
            ..Reading::default()
        };
        let mut suppressions = Vec::new();
        let mut missing_folders = Vec::new();
        for page in &read {
            let said = &page.claims;
            reading.diagnostics.extend_from_slice(&said.diagnostics);
            reading.tables.extend_from_slice(&said.tables);
            suppressions.extend_from_slice(&said.suppressions);
            reading.inputs.extend_from_slice(&page.inputs);
            missing_folders.extend_from_slice(&page.missing_folders);
        }
        join_missing(&mut reading.diagnostics, missing_folders);
        let cache = cache.filter(|_| self.overrides.is_empty());
        let known = cache.and_then(|cache| cache.resolve(&read, self.thread_count()));
        let (schema, diagnostics) = match known {
            Some(known) => known,
            None => {
                let claims: Vec<&PageClaims> = read.iter().map(|page| &page.claims).collect();
                let threads = self.thread_count();
                let resolved = resolve_with(&claims, &self.overrides, &versions, threads);
                let resolved = resolved.map_err(Error::Overrides)?;
                (resolved.schema, resolved.diagnostics)
            }
        };
        reading.schema = schema;
        reading.diagnostics.extend(diagnostics);
        reading.inputs.sort();
        reading.inputs.dedup();
        Ok(Read {
            docs,
            reading,
            suppressions,
            pages: kept.into_iter().flatten().collect(),
            claims: read,
        })
    }

    /// The part of a schema that [`emit`](Self::emit) emits.
    ///
    /// # Errors
    ///
    /// If a type is selected that no version has.
    pub fn selected<'a>(&self, schema: &'a Schema) -> Result<Cow<'a, Schema>, Error> {
        if self.selection == Selection::default() {
            Ok(Cow::Borrowed(schema))
        } else {
            Ok(Cow::Owned(schema.select(&self.selection)?))
        }
    }

    /// Makes the files of a crate from a schema, or from what is [selected](Self::select) of it. The lock file among them
    /// holds what is emitted.
    ///
    /// # Errors
    ///
    /// If a type is selected that no version has, or a customization cannot be used.
    pub fn emit(&self, schema: &Schema) -> Result<Output, Error> {
        self.emit_with(schema, None)
    }

    /// Makes the same files as [`emit`](Self::emit), but only the texts of those types anew that are not as they are
    /// remembered.
    ///
    /// # Errors
    ///
    /// Those of [`emit`](Self::emit).
    pub fn emit_again(&self, schema: &Schema, cache: &mut Cache) -> Result<Output, Error> {
        self.emit_with(schema, Some(cache.texts()))
    }

    fn emit_with(&self, schema: &Schema, kept: Option<&mut Texts>) -> Result<Output, Error> {
        let selected = self.selected(schema)?;
        let (emitted, lock) = both(
            self.thread_count(),
            || self.emitted(&selected, Whole::of(schema), true, kept),
            || lock::text_of(&selected, schema),
        );
        Ok(self.output(emitted?, &selected, lock))
    }

    fn output(&self, emitted: Emitted, selected: &Schema, lock: String) -> Output {
        let mut files = emitted.files;
        files.insert(LOCK_FILE.to_owned(), lock);
        Output {
            notes: self.idle_settings(selected),
            files,
            features: emitted.features,
            dependencies: emitted.dependencies,
        }
    }

    /// Makes the files of a crate from its lock file, without the docs: the same that were made of these. What is selected
    /// was decided then.
    ///
    /// # Errors
    ///
    /// If a customization cannot be used.
    ///
    /// ```
    /// use typedown::Generator;
    /// use typedown::schema::Lock;
    /// use typedown::source::MemoryFiles;
    ///
    /// let page = "# tone resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|pitch|Int32|\n";
    /// let generator = Generator::new().select(["tone"]);
    /// let docs = MemoryFiles::new([("beta/resources/tone.md", page), ("v1.0/resources/tone.md", page)]);
    /// let output = generator.emit(&generator.read(&docs)?.schema)?;
    /// let lock = Lock::parse(&output.files["typedown.lock.json"])?;
    /// assert_eq!(generator.emit_locked(&lock)?, output);
    /// # Ok::<(), typedown::Error>(())
    /// ```
    pub fn emit_locked(&self, lock: &Lock) -> Result<Output, Error> {
        let (selected, unselected) = (&lock.schema, &lock.unselected);
        let whole = unselected.whole(selected);
        let namespace = unselected.namespace.as_deref();
        let whole = Whole {
            schema: &whole,
            namespace: namespace.unwrap_or_else(|| whole.main_namespace()),
        };
        let emitted = self.emitted(selected, whole, true, None)?;
        Ok(self.output(emitted, selected, lock.to_text()))
    }

    /// Which state of a git repository the docs are, if they are in one and the output folder is not in the same: then the
    /// repository itself tells.
    #[must_use]
    pub fn docs_revision(&self) -> Option<DocsRevision> {
        let apart_from = self.out_dir.as_deref().unwrap_or(Path::new("."));
        source::docs_revision(self.docs.as_deref()?, apart_from)
    }

    /// Makes one text of a schema, or of what is [selected](Self::select) of it, for `include!`. See
    /// [`Emitted::include_text`](crate::rust::Emitted::include_text).
    ///
    /// # Errors
    ///
    /// Those of [`emit`](Self::emit).
    pub fn emit_include(&self, schema: &Schema) -> Result<String, Error> {
        let selected = self.selected(schema)?;
        Ok(self
            .emitted(&selected, Whole::of(schema), false, None)?
            .include_text())
    }

    fn emitted(
        &self,
        part: &Schema,
        whole: Whole<'_>,
        features: bool,
        kept: Option<&mut Texts>,
    ) -> Result<Emitted, Error> {
        let checked = self.customizations.check(part, self.mode);
        checked.map_err(Error::Customizations)?;
        let options = EmitOptions {
            threads: self.thread_count(),
            mode: self.mode,
            on_mismatch: self.on_mismatch,
            types: self.types,
            customizations: self.customizations.clone(),
            share: self.share,
            features,
        };
        Ok(emit_again(part, whole, &options, kept))
    }

    /// Reads the docs folder and brings the output folder up to date. The reading is that of all pages, whatever is
    /// selected.
    ///
    /// # Errors
    ///
    /// If a folder is not named, the docs cannot be read, a type is selected that they do not describe, or the output
    /// cannot be written.
    ///
    /// ```no_run
    /// let (reading, written) = typedown::Generator::new().docs("docs").out_dir("models").generate()?;
    /// println!("{} pages, {} files changed", reading.pages, written.changed.len());
    /// # Ok::<(), typedown::Error>(())
    /// ```
    pub fn generate(&self) -> Result<(Reading, Written), Error> {
        let out_dir = self.out_dir.as_ref().ok_or(Error::NoOutput)?;
        let reading = self.read_docs()?;
        let mut output = self.emit(&reading.schema)?;
        if output.lock_differs(out_dir)? {
            output.tell_docs(self.docs_revision().as_ref());
        }
        let written = output.write(out_dir)?;
        Ok((reading, written))
    }

    pub(crate) fn thread_count(&self) -> usize {
        self.threads.unwrap_or_else(available)
    }
}

/// Opens a docs folder.
fn open(path: &Path) -> Result<Box<dyn Files>, Error> {
    source::open(path).map_err(|error| Error::OpenDocs {
        path: path.to_owned(),
        error,
    })
}

/// Tells of what lies between the pages and cannot be listed.
fn skipped(docs: &Docs) -> Vec<Diagnostic> {
    let skipped = docs.versions.iter().flat_map(|version| &version.skipped);
    let told = skipped.map(|(path, why)| {
        let name = path.rsplit('/').next().unwrap_or(path);
        Diagnostic::new(
            Code::SourceSkipped,
            Place::new(Arc::clone(path), 1, 1),
            format!("`{name}` was skipped: {why}"),
        )
        .hint("rename it, or put the file itself where the link is")
    });
    told.collect()
}
