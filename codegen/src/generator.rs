//! The whole road as one builder: docs in, files of a crate out.

mod build;
mod cache;
mod emit;
mod english;
mod files;
mod idle;
#[cfg(feature = "analysis")]
mod lint;
mod page;
mod read;

pub use self::build::Built;
pub use self::cache::Cache;
pub(crate) use self::cache::{Bodies, WrittenLock};
pub use self::english::Descriptions;
pub use self::read::Reading;
pub(crate) use self::read::Trees;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Error;
use crate::Limits;
use crate::diagnostic::Severity;
use crate::output::Written;
use crate::overrides::Override;
use crate::parallel::available;
use crate::rust::{Customization, Customizations, Mode, OnMismatch, TypeMappings};
use crate::schema::{Navigation, Selection};

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
    limits: Limits,
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
            limits,
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
            .field("limits", limits)
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

    /// Says how much is read. What goes beyond a limit is a diagnostic.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
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
        let written = output.write_on(self.thread_count(), out_dir)?;
        Ok((reading, written))
    }

    pub(crate) fn thread_count(&self) -> usize {
        self.threads.unwrap_or_else(available)
    }
}
