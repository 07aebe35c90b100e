//! One page, read and understood, or known from before.

use std::sync::Arc;

use super::cache::Tree;
use super::english::EnglishDocs;
use super::{Cache, Descriptions, Generator};
use crate::Limits;
use crate::claims::{English, PageClaims};
use crate::page::Page;
use crate::source::{Files, Place, Trace, Traced};

/// What is kept of a page that was read.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ReadPage {
    /// What was asked of the docs for it.
    pub(crate) trace: Trace,
    /// The same for the English page beside it, if there is one.
    pub(crate) english: Option<Trace>,
    /// What it says, before other pages have helped to settle that.
    pub(crate) claims: PageClaims,
    /// Every file that was read for it, and every file that was looked for in vain.
    pub(crate) inputs: Vec<Arc<str>>,
    /// The folders that includes lead into and that are not there.
    pub(crate) missing_folders: Vec<(Place, String)>,
}

impl ReadPage {
    /// What there is to keep of a page, beside an English one or none.
    pub(super) fn new(
        trace: Trace,
        page: &Page,
        claims: PageClaims,
        english: Option<&Self>,
    ) -> Self {
        Self {
            trace,
            english: english.map(|page| page.trace.clone()),
            claims,
            inputs: page.inputs.clone(),
            missing_folders: page.missing_folders.clone(),
        }
    }
}

/// Reads a page, for a cache with a trace of all that was asked of the docs.
pub(super) fn read_traced(
    files: &dyn Files,
    path: &Arc<str>,
    limits: &Limits,
    cache: Option<&Cache>,
) -> (Page, Trace) {
    match cache {
        Some(cache) => {
            let traced = Traced::new(files, cache.key());
            let page = Page::read_within(&traced, Arc::clone(path), limits);
            (page, traced.into_trace())
        }
        None => {
            let page = Page::read_within(files, Arc::clone(path), limits);
            (page, Trace::default())
        }
    }
}

impl Generator {
    /// What a page says: as it is known, if nothing has changed that was read for it, or else with the page itself.
    pub(super) fn read_page(
        &self,
        files: &dyn Files,
        english: &EnglishDocs,
        version: &Arc<str>,
        path: &Arc<str>,
        cache: Option<&Cache>,
    ) -> (Arc<ReadPage>, Option<Page>) {
        let beside = english.beside(version, path);
        let known = cache.and_then(|cache| cache.page(Tree::Docs, path, files, beside));
        if let Some(known) = known {
            return (known, None);
        }
        let (page, trace) = read_traced(files, path, &self.limits, cache);
        let english = beside.map(|page| English {
            claims: &page.claims,
            describes: self.descriptions == Descriptions::English,
        });
        let lexicon = !self.without_lexicon;
        let claims = PageClaims::read_beside(Arc::clone(version), &page, lexicon, english);
        let read = ReadPage::new(trace, &page, claims, beside);
        (Arc::new(read), Some(page))
    }
}
