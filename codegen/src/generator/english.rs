//! English docs beside docs in another language.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use crate::Error;
use crate::claims::PageClaims;
use crate::page::Page;
use crate::parallel::map;
use crate::source::{Docs, Folder};

/// In which language descriptions are where docs in another language are read beside English ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Descriptions {
    /// In the language of the page.
    #[default]
    Page,
    /// In English, where the English page has one.
    English,
}

impl Descriptions {
    /// Every setting.
    pub const ALL: [Self; 2] = [Self::Page, Self::English];

    /// The name in options and in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::English => "english",
        }
    }
}

/// What English docs say, on the pages that other docs have as well.
#[derive(Debug, Default)]
pub(super) struct EnglishDocs {
    pub(super) claims: Vec<PageClaims>,
    /// By version and file name, in lower case.
    by_name: HashMap<(String, String), usize>,
}

impl EnglishDocs {
    /// Reads the pages of a folder that have the version and the file name of one of these.
    pub(super) fn read(
        folder: &Path,
        beside: &[(Arc<str>, Arc<str>)],
        threads: usize,
    ) -> Result<Self, Error> {
        let files = Folder::open(folder).map_err(|error| Error::OpenDocs {
            path: folder.to_owned(),
            error,
        })?;
        let wanted: HashSet<(String, String)> = beside
            .iter()
            .map(|(version, path)| key(version, path))
            .collect();
        let mut pages = Docs::find(&files)?.pages();
        pages.retain(|(version, path)| wanted.contains(&key(version, path)));
        let claims = map(threads, &pages, |(version, path)| {
            let page = Page::read(&files, Arc::clone(path));
            PageClaims::read(Arc::clone(version), &page)
        });
        let keys = pages.iter().map(|(version, path)| key(version, path));
        Ok(Self {
            by_name: keys.zip(0..).collect(),
            claims,
        })
    }

    /// The English page beside a page.
    pub(super) fn beside(&self, version: &str, path: &str) -> Option<&PageClaims> {
        if self.claims.is_empty() {
            return None;
        }
        let at = self.by_name.get(&key(version, path))?;
        self.claims.get(*at)
    }
}

fn key(version: &str, path: &str) -> (String, String) {
    let name = path.rsplit('/').next().unwrap_or(path);
    (version.to_owned(), name.to_ascii_lowercase())
}
