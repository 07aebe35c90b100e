//! From docs to a schema.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::english::EnglishDocs;
use super::files::about_files;
use super::page::ReadPage;
use super::{Cache, Generator};
use crate::Error;
use crate::claims::{PageClaims, TableReport, settle};
use crate::diagnostic::{Code, Diagnostic, Suppression, suppress};
use crate::page::{Page, join_missing};
use crate::parallel::map;
use crate::schema::{Schema, resolve_with};
use crate::source::{self, Docs, Files};

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
        diagnostics.filter(|found| matches!(found.code, Code::PageUnreadable | Code::PageTooLarge))
    }
}

/// Where pages come from, with the pages found but not read.
pub(crate) struct Trees<'a> {
    pub(super) docs: &'a dyn Files,
    /// The English docs beside them.
    pub(super) english: Option<&'a dyn Files>,
    pub(super) listed: Listed,
}

/// The pages of both trees.
#[derive(Hash)]
pub(super) struct Listed {
    docs: Docs,
    english: Option<Docs>,
}

/// What was read, before it is clear what the pages themselves hide of it.
pub(super) struct Read {
    pub(super) docs: Docs,
    pub(super) reading: Reading,
    pub(super) suppressions: Vec<Suppression>,
    pub(super) pages: Vec<Page>,
    pub(super) claims: Vec<Arc<ReadPage>>,
}

impl Read {
    /// Sorts the diagnostics, and sets aside those that pages hide.
    pub(super) fn finish(self) -> Reading {
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
        let trees = self.trees(files, english.as_deref())?;
        self.read_trees(&trees, None)
    }

    /// Reads docs as [`read`](Self::read) does, but only those pages that are not as they are remembered.
    ///
    /// # Errors
    ///
    /// Those of [`read`](Self::read).
    pub fn read_again(&self, files: &dyn Files, cache: &mut Cache) -> Result<Reading, Error> {
        let english = self.english_files()?;
        let trees = self.trees(files, english.as_deref())?;
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
        self.open(self.docs.as_ref().ok_or(Error::NoDocs)?)
    }

    /// The English docs, if a folder of them is named.
    pub(crate) fn english_files(&self) -> Result<Option<Box<dyn Files>>, Error> {
        let english = self.english.as_deref();
        english.map(|path| self.open(path)).transpose()
    }

    /// Finds the pages.
    pub(crate) fn trees<'a>(
        &self,
        docs: &'a dyn Files,
        english: Option<&'a dyn Files>,
    ) -> Result<Trees<'a>, Error> {
        let find = |files| Docs::find_within(files, &self.limits);
        let listed = Listed {
            docs: find(docs)?,
            english: english.map(find).transpose()?,
        };
        Ok(Trees {
            docs,
            english,
            listed,
        })
    }

    /// Opens a docs folder.
    fn open(&self, path: &Path) -> Result<Box<dyn Files>, Error> {
        source::open(path, &self.limits).map_err(|error| Error::OpenDocs {
            path: path.to_owned(),
            error,
        })
    }

    /// What was read, with the claims of every page, and the pages themselves if they are to be kept.
    pub(super) fn read_pages(
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
                let threads = self.thread_count();
                EnglishDocs::read(files, docs, &pages, &self.limits, threads, known)
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
            let mut page = page.filter(|_| keep);
            page.iter_mut().for_each(Page::shrink);
            (read, page)
        });
        let mut kept = Vec::with_capacity(if keep { read.len() } else { 0 });
        let read = read.into_iter().map(|(read, page)| {
            kept.extend(page);
            read
        });
        let mut read: Vec<Arc<ReadPage>> = read.collect();
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
            diagnostics: about_files(&docs),
            pages: read.len(),
            ..Reading::default()
        };
        let tables = read.iter().map(|page| page.claims.tables.len());
        reading.tables.reserve_exact(tables.sum());
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
        let known = cache.and_then(|cache| cache.resolve(&read, &self.limits, self.thread_count()));
        let (schema, diagnostics) = match known {
            Some(known) => known,
            None => {
                let claims: Vec<&PageClaims> = read.iter().map(|page| &page.claims).collect();
                let threads = self.thread_count();
                let (overrides, limits) = (&self.overrides, &self.limits);
                let resolved = resolve_with(&claims, overrides, &versions, limits, threads);
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
            pages: kept,
            claims: read,
        })
    }
}
