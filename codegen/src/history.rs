//! How types changed over the history of a docs repository.
//!
//! Every distinct page is read once, however many revisions have it; what changes from one revision to the next are the
//! [facts](crate::diff::Fact) of the two schemas.

mod log;
mod pages;

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use self::log::Log;
use self::pages::Pages;
use crate::Limits;
use crate::claims::{PageClaims, settle};
use crate::diff::{Change, Fact, Renames, Sides, facts_of};
use crate::parallel;
use crate::schema::{Changed, Kept, VersionSchema, resolve_pages};

/// How the types of a docs repository changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The commits that changed something, newest first.
    pub revised: Vec<Revised>,
    /// The pages that could not be read, each with the commit and the reason. What they say stays as it was before.
    pub unreadable: Vec<String>,
}

/// What one revision changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revised {
    /// The full name of the commit.
    pub commit: String,
    /// The day on which it was committed, such as `2021-07-16`.
    pub date: String,
    /// What changed, in the order of versions, types and members.
    pub facts: Vec<HistoryFact>,
}

/// A fact of the past, which says in words what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryFact {
    /// The kind of the fact; see [`Change::kind`].
    pub kind: &'static str,
    /// The version.
    pub version: String,
    /// The qualified name of the type, on each side that has it; none for a whole version.
    pub ty: Sides<Option<String>>,
    /// The property or member, on each side that has it.
    pub member: Sides<Option<String>>,
    /// What was there.
    pub old: Option<String>,
    /// What is there now.
    pub new: Option<String>,
}

impl HistoryFact {
    fn new(fact: &Fact<'_>) -> Self {
        let told = fact.change.told();
        Self {
            kind: fact.change.kind(),
            version: fact.versions.new.to_owned(),
            ty: fact.ty.map(|name| name.map(ToString::to_string)),
            member: fact.member.map(|name| name.map(str::to_owned)),
            old: told.old,
            new: told.new,
        }
    }

    /// Whether it is about a type, whose name is given short or qualified and in any casing.
    #[must_use]
    pub fn is_about(&self, ty: &str) -> bool {
        let is = |name: &Option<String>| {
            let name = name.as_deref().unwrap_or_default();
            let short = name.rsplit('.').next().unwrap_or(name);
            name.eq_ignore_ascii_case(ty) || short.eq_ignore_ascii_case(ty)
        };
        is(&self.ty.old) || is(&self.ty.new)
    }
}

/// How the types of a docs repository changed, newest first: what each commit of the first-parent line that ends at a
/// revision did to them. Texts and places do not count, nor commits that changed nothing else. What the first commit has is
/// told as added.
///
/// `folder` is the docs folder, in a git repository.
///
/// # Errors
///
/// If git cannot be run, or the folder is in no repository, or there is no such revision.
///
/// ```no_run
/// let limits = typedown::Limits::default();
/// for revised in typedown::history("microsoft-graph-docs".as_ref(), "HEAD", &limits, 2)?.revised {
///     println!("{} {}: {} facts", revised.date, revised.commit, revised.facts.len());
/// }
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn history(
    folder: &Path,
    revision: &str,
    limits: &Limits,
    threads: usize,
) -> io::Result<History> {
    let log = Log::read(folder, revision)?;
    let pages = Pages::read(folder, &log, limits, threads);
    let chunks = chunks(log.commits.len(), threads);
    let told = parallel::map_each(threads, &chunks, |(from, to)| {
        let mut walk = Walk::new(&log, &pages, *from);
        let commits = *from..*to;
        let revised = commits.filter_map(|at| walk.step(at));
        revised.collect::<Vec<Revised>>()
    });
    let mut revised: Vec<Revised> = told.into_iter().flatten().collect();
    revised.reverse();
    Ok(History {
        revised,
        unreadable: pages.unreadable,
    })
}

/// The commits in as many rows as there are threads.
fn chunks(commits: usize, threads: usize) -> Vec<(usize, usize)> {
    let size = commits.div_ceil(threads.max(1)).max(1);
    let starts = (0..commits).step_by(size);
    starts
        .map(|from| (from, (from + size).min(commits)))
        .collect()
}

/// A walk along the commits, oldest first.
struct Walk<'a> {
    log: &'a Log,
    pages: &'a Pages,
    /// The pages of each version by their paths, as they are at the commit that was reached.
    claims: BTreeMap<&'a str, BTreeMap<&'a str, Arc<PageClaims>>>,
    schemas: BTreeMap<&'a str, Kept>,
}

impl<'a> Walk<'a> {
    /// A walk that begins at a commit; everything before it is there.
    fn new(log: &'a Log, pages: &'a Pages, from: usize) -> Self {
        let mut walk = Self {
            log,
            pages,
            claims: BTreeMap::new(),
            schemas: BTreeMap::new(),
        };
        for at in 0..from {
            walk.take(at);
        }
        let versions: Vec<&str> = walk.claims.keys().copied().collect();
        for version in versions {
            walk.resolve(version);
        }
        walk
    }

    /// Takes in the pages that a commit changed; the versions that it changed.
    fn take(&mut self, at: usize) -> Vec<&'a str> {
        let mut changed: Vec<&str> = Vec::new();
        for page in self.pages.changed_at(self.log, at) {
            changed.push(page.version);
            let of_version = self.claims.entry(page.version).or_default();
            match page.claims {
                Some(claims) => drop(of_version.insert(page.path, claims)),
                None => drop(of_version.remove(page.path)),
            }
        }
        changed.sort_unstable();
        changed.dedup();
        changed
    }

    /// Resolves what the pages of a version say now; what that changed.
    fn resolve(&mut self, version: &'a str) -> Changed {
        let kept = self.schemas.entry(version).or_default();
        let Some(claims) = self.claims.get(version) else {
            return kept.replace(VersionSchema::default());
        };
        let translated = claims.values().any(|page| page.is_translated());
        if !translated {
            let pages: Vec<&PageClaims> = claims.values().map(|page| &**page).collect();
            return kept.resolve(&pages, self.pages.limits());
        }
        // What pages in other languages say is settled by all pages together, which takes copies of them.
        let mut pages: Vec<PageClaims> = claims.values().map(|page| (**page).clone()).collect();
        settle(&mut pages.iter_mut().collect::<Vec<_>>(), &[]);
        kept.replace(resolve_pages(
            &pages.iter().collect::<Vec<_>>(),
            self.pages.limits(),
        ))
    }

    fn step(&mut self, at: usize) -> Option<Revised> {
        let mut facts = Vec::new();
        for version in self.take(at) {
            let Changed { before, after } = self.resolve(version);
            let renames = Renames::default();
            let found = facts_of(
                Sides::new(version, version),
                Sides::new(&before, &after),
                &renames,
            );
            let found = found.iter().filter(|fact| tells(fact));
            facts.extend(found.map(HistoryFact::new));
        }
        let commit = &self.log.commits[at];
        (!facts.is_empty()).then(|| Revised {
            commit: commit.name.clone(),
            date: commit.date.clone(),
            facts,
        })
    }
}

fn tells(fact: &Fact<'_>) -> bool {
    !fact.change.is_about_docs() && !matches!(fact.change, Change::Area(_))
}
