//! The pages of all commits, each read once.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::log::{Commit, Log, version};
use crate::Limits;
use crate::claims::PageClaims;
use crate::diagnostic::Code;
use crate::page::Page;
use crate::parallel;
use crate::source::git::Objects;
use crate::source::{Entry, Files};

/// The path of a page and the object that it is.
type Key = (Arc<str>, Arc<str>);

/// The path of a page and the object that it became; none if it is gone.
type PathAndObject = (Arc<str>, Option<Arc<str>>);

/// Every distinct page of a history.
#[derive(Debug)]
pub(super) struct Pages {
    objects: Objects,
    limits: Limits,
    /// By the path and the object; of a page that includes others one for each state of these that was met.
    read: Mutex<HashMap<Key, Vec<Read>>>,
    /// Why pages could not be read.
    pub(super) unreadable: Vec<String>,
    /// For each commit the pages that changed by themselves, or because something that they include did.
    changed: Vec<Vec<PathAndObject>>,
}

/// A page, and what it includes.
#[derive(Clone, Debug)]
struct Read {
    /// None if the page cannot be read.
    claims: Option<Arc<PageClaims>>,
    /// The other files that were looked for, with what they were; none for those that were not there.
    others: Vec<(Arc<str>, Option<Arc<str>>)>,
}

impl Read {
    /// Whether everything that the page includes is the same.
    fn holds(&self, others: &BTreeMap<Arc<str>, Arc<str>>) -> bool {
        let mut inputs = self.others.iter();
        inputs.all(|(path, object)| others.get(path) == object.as_ref())
    }
}

/// A page that a commit changed.
pub(super) struct Changed<'a> {
    pub(super) version: &'a str,
    pub(super) path: &'a str,
    /// What it says now; none if it is gone.
    pub(super) claims: Option<Arc<PageClaims>>,
}

impl Pages {
    /// The limits within which they were read.
    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) fn read(folder: &Path, log: &Log, limits: &Limits, threads: usize) -> Self {
        let mut seen = BTreeSet::new();
        let mut jobs = Vec::new();
        for commit in &log.commits {
            for (path, object) in &commit.pages {
                if let Some(object) = object
                    && seen.insert((path, object))
                {
                    jobs.push((path, object, commit));
                }
            }
        }
        let mut pages = Self {
            objects: Objects::new(folder, limits),
            limits: *limits,
            read: Mutex::default(),
            unreadable: Vec::new(),
            changed: Vec::new(),
        };
        let read = parallel::map(threads, &jobs, |(path, object, commit)| {
            pages.parse(path, object, commit)
        });
        let (read, why): (Vec<Read>, Vec<Option<String>>) = read.into_iter().unzip();
        let why = why.into_iter().zip(&jobs);
        pages.unreadable = why
            .filter_map(|(why, (path, _, commit))| {
                Some(format!("{}: {path}: {}", commit.name, why?))
            })
            .collect();
        let keys = jobs
            .iter()
            .map(|(path, object, _)| (Arc::clone(path), Arc::clone(object)));
        let read = keys.zip(read.into_iter().map(|read| vec![read]));
        pages.read = Mutex::new(read.collect());
        pages.changed = pages.changes(log);
        pages
    }

    /// The pages that each commit changed, those among them of which only an included file is another.
    fn changes(&self, log: &Log) -> Vec<Vec<PathAndObject>> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let includes = |path: &Arc<str>, object: &Arc<str>| {
            let known = read.get(&(Arc::clone(path), Arc::clone(object)));
            known
                .into_iter()
                .flatten()
                .any(|read| !read.others.is_empty())
        };
        let mut including: BTreeMap<Arc<str>, Arc<str>> = BTreeMap::new();
        let mut changes = Vec::with_capacity(log.commits.len());
        for commit in &log.commits {
            let mut changed = commit.pages.clone();
            for (path, object) in &commit.pages {
                match object {
                    Some(object) if includes(path, object) => {
                        including.insert(Arc::clone(path), Arc::clone(object));
                    }
                    _ => drop(including.remove(path)),
                }
            }
            if commit.others_changed {
                let own: BTreeSet<&str> = commit.pages.iter().map(|(path, _)| &**path).collect();
                let more = including.iter().filter(|(path, _)| !own.contains(&***path));
                changed.extend(
                    more.map(|(path, object)| (Arc::clone(path), Some(Arc::clone(object)))),
                );
            }
            changes.push(changed);
        }
        changes
    }

    /// The pages that a commit changed, but for those that cannot be read: these stay as they were.
    pub(super) fn changed_at<'a>(
        &'a self,
        log: &'a Log,
        at: usize,
    ) -> impl Iterator<Item = Changed<'a>> {
        let commit = &log.commits[at];
        self.changed[at].iter().filter_map(move |(path, object)| {
            Some(Changed {
                version: version(path)?,
                path,
                claims: match object {
                    Some(object) => Some(self.claims(path, object, commit)?),
                    None => None,
                },
            })
        })
    }

    fn claims(
        &self,
        path: &Arc<str>,
        object: &Arc<str>,
        commit: &Commit,
    ) -> Option<Arc<PageClaims>> {
        let key = (Arc::clone(path), Arc::clone(object));
        let known = || self.read.lock().unwrap_or_else(PoisonError::into_inner);
        let found = known().get(&key).and_then(|read| {
            let mut read = read.iter();
            let found = read.find(|read| read.holds(&commit.others))?;
            Some(found.claims.clone())
        });
        found.unwrap_or_else(|| {
            let (read, _) = self.parse(path, object, commit);
            let claims = read.claims.clone();
            known().entry(key).or_default().push(read);
            claims
        })
    }

    /// Reads a page as it is at a commit; and why, if that is not possible.
    fn parse(&self, path: &Arc<str>, object: &Arc<str>, commit: &Commit) -> (Read, Option<String>) {
        let files = At {
            objects: &self.objects,
            path,
            object,
            others: &commit.others,
        };
        let page = Page::read_within(&files, Arc::clone(path), &self.limits);
        let version = version(path).unwrap_or_default();
        let claims = PageClaims::read(version.into(), &page);
        let others = page.inputs.iter().filter(|input| *input != path);
        let others = others.map(|input| (Arc::clone(input), commit.others.get(input).cloned()));
        let mut problems = page.diagnostics.iter();
        let unreadable =
            problems.find(|found| matches!(found.code, Code::PageUnreadable | Code::PageTooLarge));
        let read = Read {
            others: others.collect(),
            claims: unreadable.is_none().then(|| Arc::new(claims)),
        };
        (read, unreadable.map(|found| found.message.clone()))
    }
}

/// A page and what it can include, as they are at a commit.
struct At<'a> {
    objects: &'a Objects,
    path: &'a str,
    object: &'a str,
    others: &'a BTreeMap<Arc<str>, Arc<str>>,
}

impl Files for At<'_> {
    fn list(&self, _: &str) -> io::Result<Vec<Entry>> {
        Err(io::ErrorKind::NotFound.into())
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        if path == self.path {
            return self.objects.read(self.object);
        }
        match self.others.get(path) {
            Some(object) => self.objects.read(object),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn is_folder(&self, path: &str) -> bool {
        let prefix = format!("{path}/");
        let from: Arc<str> = prefix.as_str().into();
        self.others
            .range(from..)
            .next()
            .is_some_and(|(path, _)| path.starts_with(&prefix))
    }
}
