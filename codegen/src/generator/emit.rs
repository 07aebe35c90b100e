//! From a schema to the files of a crate.

use std::borrow::Cow;
use std::path::Path;

use super::{Cache, Generator};
use crate::Error;
use crate::output::{FILES_FILE, LOCK_FILE, Output, files_text};
use crate::parallel::both;
use crate::rust::{EmitOptions, Emitted, Texts, Whole, emit_again};
use crate::schema::{Lock, Schema, Selection, lock};
use crate::source::{self, DocsRevision};

impl Generator {
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
            || lock::text_of(&selected, schema, &self.emit_options(true).to_settings()),
        );
        Ok(self.output(emitted?, &selected, lock))
    }

    fn output(&self, emitted: Emitted, selected: &Schema, lock: String) -> Output {
        let mut files = emitted.files;
        files.insert(FILES_FILE.to_owned(), files_text(files.keys()));
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
        let lock = Lock {
            settings: self.emit_options(true).to_settings(),
            ..lock.clone()
        };
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
        let options = self.emit_options(features);
        Ok(emit_again(part, whole, &options, kept))
    }

    /// How types are emitted.
    fn emit_options(&self, features: bool) -> EmitOptions {
        EmitOptions {
            threads: self.thread_count(),
            mode: self.mode,
            on_mismatch: self.on_mismatch,
            types: self.types,
            customizations: self.customizations.clone(),
            share: self.share,
            features,
        }
    }
}
