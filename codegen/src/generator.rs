//! The whole road, as one builder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::Error;
use crate::claims::{PageClaims, TableReport};
use crate::diagnostic::Diagnostic;
use crate::page::Page;
use crate::parallel::map;
use crate::schema::{Schema, resolve};
use crate::source::{Docs, Files, Folder};

/// Reads docs and makes Rust of them.
#[derive(Clone, Debug, Default)]
pub struct Generator {
    docs: Option<PathBuf>,
    versions: Vec<String>,
    threads: Option<usize>,
}

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The schema.
    pub schema: Schema,
    /// Everything that could not be used or is doubtful, by place.
    pub diagnostics: Vec<Diagnostic>,
    /// What became of every table, by place.
    pub tables: Vec<TableReport>,
    /// How many pages were read.
    pub pages: usize,
    /// Every file that was opened or looked for, sorted, relative to the docs folder.
    pub inputs: Vec<Arc<str>>,
}

impl Generator {
    /// A generator without docs.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The docs folder.
    #[must_use]
    pub fn docs(mut self, folder: impl AsRef<Path>) -> Self {
        self.docs = Some(folder.as_ref().to_owned());
        self
    }

    /// Reads only these versions.
    #[must_use]
    pub fn versions<S: Into<String>>(mut self, versions: impl IntoIterator<Item = S>) -> Self {
        self.versions = versions.into_iter().map(Into::into).collect();
        self
    }

    /// Number of threads.
    #[must_use]
    pub fn threads(mut self, threads: usize) -> Self {
        self.threads = Some(threads);
        self
    }

    /// Reads the docs folder.
    ///
    /// # Errors
    ///
    /// If no folder is set, or it cannot be opened, or holds no docs.
    pub fn read_docs(&self) -> Result<Reading, Error> {
        let path = self.docs.as_ref().ok_or(Error::NoDocs)?;
        let folder = Folder::open(path).map_err(|error| Error::OpenDocs { path: path.clone(), error })?;
        self.read(&folder)
    }

    /// Reads docs from anywhere.
    ///
    /// # Errors
    ///
    /// If there are no docs.
    pub fn read(&self, files: &dyn Files) -> Result<Reading, Error> {
        let docs = Docs::find(files)?.narrow(&self.versions)?;
        let pages: Vec<(Arc<str>, Arc<str>)> = docs
            .versions
            .iter()
            .flat_map(|version| version.pages.iter().map(|page| (Arc::clone(&version.name), Arc::clone(page))))
            .collect();
        let mut read = map(self.threads.unwrap_or(2), &pages, |(version, path)| {
            let page = Page::read(files, Arc::clone(path));
            (PageClaims::read(Arc::clone(version), &page), page.inputs)
        });
        let mut reading = Reading { pages: read.len(), ..Reading::default() };
        for (claims, inputs) in &mut read {
            reading.diagnostics.append(&mut claims.diagnostics);
            reading.tables.append(&mut claims.tables);
            reading.inputs.append(inputs);
        }
        let claims: Vec<PageClaims> = read.into_iter().map(|(claims, _)| claims).collect();
        let resolved = resolve(&claims);
        reading.schema = resolved.schema;
        reading.diagnostics.extend(resolved.diagnostics);
        reading.diagnostics.sort();
        reading.diagnostics.dedup();
        reading.inputs.sort();
        reading.inputs.dedup();
        Ok(reading)
    }
}
