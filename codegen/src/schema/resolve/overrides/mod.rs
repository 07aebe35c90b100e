//! Overrides in a version: what they say is put into copies of the claims, so that everything that is decided from
//! claims follows, and what no claim can say into [`Rules`]. What comes out is compared with what was asked for.

mod edit;
mod find;
mod holds;
mod loss;
mod needless;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

pub(super) use self::edit::Edits;
use self::find::{Documented, Missed, Subject};
use self::loss::{Found, Losses};
use super::super::{TypeName, VersionSchema};
use super::namespaces::Namespaces;
use super::{Resolved, Resolver, by_version};
use crate::Limits;
use crate::claims::PageClaims;
use crate::diagnostic::Diagnostic;
use crate::near::suggestion;
use crate::overrides::{Kind, Override, OverrideError};
use crate::parallel;

/// What resolving has to know beside the claims. Keys are qualified names in lower case.
#[derive(Default)]
pub(super) struct Rules<'a> {
    /// How much types inherit at most.
    pub(super) limits: Limits,
    /// Types that the docs call otherwise: their names there, and the right ones.
    pub(super) renamed: BTreeMap<String, TypeName>,
    /// Types that are left out.
    pub(super) skipped: BTreeSet<String>,
    /// Types that have no base.
    pub(super) baseless: BTreeSet<String>,
    /// Types of a certain kind.
    pub(super) kinds: BTreeMap<String, Kind>,
    /// The members of enumerations.
    pub(super) values: BTreeMap<String, &'a [String]>,
    /// Properties of a certain type: their types' and their own names in lower case.
    pub(super) typed: BTreeSet<(String, String)>,
    /// What to do with enumerations that no page describes, by their names in the docs.
    pub(super) implied: BTreeMap<String, Edits<'a>>,
}

impl Rules<'_> {
    /// No rules but the limits.
    pub(super) fn new(limits: &Limits) -> Self {
        Self {
            limits: *limits,
            ..Self::default()
        }
    }

    /// The right spelling of a type's name.
    pub(super) fn spelling(&self, key: &str) -> Option<TypeName> {
        let mut names = self.renamed.values();
        names.find(|name| lower(name.as_str()) == key).cloned()
    }

    /// Whether the type of a property is decided.
    pub(super) fn is_typed(&self, ty: &TypeName, property: &str) -> bool {
        !self.typed.is_empty() && {
            let key = (lower(ty.as_str()), lower(property));
            self.typed.contains(&key)
        }
    }
}

fn lower(text: &str) -> String {
    text.to_ascii_lowercase()
}

/// Resolves the claims of all pages under overrides. The versions are all that the docs have, read or not.
///
/// # Errors
///
/// Every override that finds nothing, or that cannot hold. One that may find something in a version that was not read
/// is none of them.
pub(crate) fn resolve_with(
    pages: &[&PageClaims],
    overrides: &[Override],
    versions: &[Arc<str>],
    limits: &Limits,
    threads: usize,
) -> Result<Resolved, Vec<OverrideError>> {
    if overrides.is_empty() {
        return Ok(super::resolve_all(pages, limits, threads));
    }
    let misused: Vec<OverrideError> = overrides
        .iter()
        .filter_map(|entry| Some(entry.error(entry.misuse()?.message)))
        .collect();
    if !misused.is_empty() {
        return Err(misused);
    }
    let mut errors = unknown_versions(overrides, versions);
    let mut resolved = Resolved::default();
    let mut fates: Vec<Vec<(&str, Fate)>> = overrides.iter().map(|_| Vec::new()).collect();
    let mut notes = needless::Notes::default();
    let read = by_version(pages);
    let by_name: Vec<(&&str, &Vec<&PageClaims>)> = read.iter().collect();
    let outcomes = parallel::map_each(threads, &by_name, |(name, pages)| {
        let version = Version::new(name, pages, overrides, limits);
        let outcome = version.resolve(None);
        (version, outcome)
    });
    for ((name, _), (version, outcome)) in by_name.into_iter().zip(outcomes) {
        notes.look(&version, &outcome);
        for (index, fate) in outcome.fates {
            fates[index].push((name, fate));
        }
        resolved
            .schema
            .versions
            .insert((*name).to_owned(), outcome.schema);
        resolved.diagnostics.extend(outcome.diagnostics);
    }
    for (entry, fates) in overrides.iter().zip(&fates) {
        errors.extend(fates.iter().filter_map(|(version, fate)| match fate {
            Fate::Failed(message) => Some(entry.error(format!("in {version}: {message}"))),
            Fate::Done(_) | Fate::Missed(_) => None,
        }));
        let unread = versions
            .iter()
            .any(|version| holds_in(entry, version) && !read.contains_key(&**version));
        let missed: Option<Vec<(&str, &Missed)>> = fates
            .iter()
            .map(|(version, fate)| match fate {
                Fate::Missed(missed) => Some((*version, missed)),
                Fate::Done(_) | Fate::Failed(_) => None,
            })
            .collect();
        if let Some(missed) = missed.filter(|missed| !missed.is_empty() && !unread) {
            errors.push(entry.error(find::message(entry, &missed)));
        }
    }
    if errors.is_empty() {
        resolved.diagnostics.extend(notes.take(overrides));
        Ok(resolved)
    } else {
        errors.sort();
        Err(errors)
    }
}

/// An error for each version that is not there.
fn unknown_versions(overrides: &[Override], versions: &[Arc<str>]) -> Vec<OverrideError> {
    let known: Vec<&str> = versions.iter().map(|version| &**version).collect();
    let mut errors = Vec::new();
    for entry in overrides {
        let names = entry.versions.iter().map(String::as_str);
        let unknown = names.filter(|name| !known.contains(name));
        errors.extend(unknown.map(|name| {
            let near = suggestion(name, &known);
            entry.error(format!("the docs have no version `{name}`; {near}"))
        }));
    }
    errors
}

fn holds_in(entry: &Override, version: &str) -> bool {
    entry.versions.is_empty() || entry.versions.iter().any(|name| name == version)
}

/// What became of an override in a version.
enum Fate {
    /// It changed something.
    Done(Subject),
    /// It found nothing to change.
    Missed(Missed),
    /// It found something that cannot become what it says.
    Failed(String),
}

/// A version that was resolved.
struct Outcome {
    schema: VersionSchema,
    diagnostics: Vec<Diagnostic>,
    /// What became of each override, by its number.
    fates: Vec<(usize, Fate)>,
}

/// A version, and the overrides that hold in it.
struct Version<'a> {
    pages: &'a [&'a PageClaims],
    namespaces: Namespaces,
    documented: Documented<'a>,
    overrides: Vec<(usize, &'a Override)>,
    limits: &'a Limits,
}

impl<'a> Version<'a> {
    fn new(
        name: &str,
        pages: &'a [&'a PageClaims],
        overrides: &'a [Override],
        limits: &'a Limits,
    ) -> Self {
        let namespaces = Namespaces::new(pages);
        let overrides = overrides
            .iter()
            .enumerate()
            .filter(|(_, entry)| holds_in(entry, name))
            .collect();
        Self {
            pages,
            documented: Documented::of(pages, &namespaces),
            namespaces,
            overrides,
            limits,
        }
    }

    /// Resolves the version under its overrides, all of them or all but one.
    fn resolve(&self, without: Option<usize>) -> Outcome {
        let mut fates = Vec::new();
        let mut found: Vec<Found<'_>> = Vec::new();
        for (index, entry) in &self.overrides {
            if Some(*index) == without {
                continue;
            }
            match self.documented.find(entry) {
                Ok(subject) => {
                    let twice = found.iter().find(|(_, _, other)| other.is(&subject));
                    match twice {
                        Some((_, other, _)) => fates.push((
                            *index,
                            Fate::Failed(format!(
                                "`{subject}` is overridden at {} already: make one override of both",
                                other.place
                            )),
                        )),
                        None => found.push((*index, *entry, subject)),
                    }
                }
                Err(fate) => fates.push((*index, fate)),
            }
        }
        let mut edits: BTreeMap<String, Edits<'a>> = BTreeMap::new();
        for (_, entry, subject) in &found {
            edits
                .entry(lower(subject.ty.as_str()))
                .or_insert_with(|| Edits::of(subject))
                .add(entry, subject);
        }
        let (rules, edited) = self.apply(edits);
        for (_, entry, subject) in &mut found {
            subject.rename(entry, &rules.renamed);
        }
        let pages: Vec<&PageClaims> = self
            .pages
            .iter()
            .enumerate()
            .map(|(index, page)| edited.get(&index).unwrap_or(page))
            .collect();
        let mut resolver = Resolver::new(&pages, &self.namespaces, rules);
        let schema = resolver.resolve();
        let losses = Losses {
            documented: &self.documented,
            found: &found,
            schema: &schema,
        };
        for (index, entry, subject) in &found {
            // What is left out may make room for something else of its name.
            let taken = found
                .iter()
                .any(|(_, other, of)| other.rename.is_some() && of.becomes(subject));
            let failure = if entry.skip && taken {
                None
            } else {
                losses
                    .by(entry, subject)
                    .or_else(|| holds::failure(&schema, entry, subject, &resolver.rules.renamed))
            };
            let fate = failure.map_or_else(|| Fate::Done(subject.clone()), Fate::Failed);
            fates.push((*index, fate));
        }
        for (_, fate) in &mut fates {
            if let Fate::Missed(missed) = fate {
                missed.look_at_bases(&schema);
            }
        }
        Outcome {
            schema,
            diagnostics: resolver.diagnostics,
            fates,
        }
    }

    /// The rules, and the pages that are changed, by their number.
    fn apply(
        &self,
        edits: BTreeMap<String, Edits<'a>>,
    ) -> (Rules<'a>, BTreeMap<usize, PageClaims>) {
        let mut rules = Rules::new(self.limits);
        let mut edited: BTreeMap<usize, PageClaims> = BTreeMap::new();
        for (key, edits) in edits {
            let new = edits.new_name();
            let new_key = lower(new.as_str());
            if edits.own.is_some_and(|own| own.rename.is_some()) {
                rules.renamed.insert(key.clone(), new);
            }
            if edits.implied {
                rules.implied.insert(key, edits);
                continue;
            }
            if let Some(own) = edits.own {
                if own.skip {
                    rules.skipped.insert(new_key.clone());
                }
                if own.base == Some(None) {
                    rules.baseless.insert(new_key.clone());
                }
                rules
                    .kinds
                    .extend(own.kind.map(|kind| (new_key.clone(), kind)));
            }
            rules
                .values
                .extend(edits.values().map(|values| (new_key.clone(), values)));
            for (name, member) in &edits.members {
                if member.ty.is_some() {
                    let name = member.rename.as_deref().unwrap_or(name);
                    rules.typed.insert((new_key.clone(), lower(name)));
                }
            }
            let claims = self.documented.claims(&key);
            let form = edits.form(claims.iter().map(|at| self.claim(*at)));
            for (page, claim) in claims {
                let page = edited
                    .entry(*page)
                    .or_insert_with(|| self.pages[*page].clone());
                edits.apply(&mut page.types[*claim], form);
            }
        }
        (rules, edited)
    }

    /// The version without any override.
    fn plain(&self) -> VersionSchema {
        Resolver::new(self.pages, &self.namespaces, Rules::new(self.limits)).resolve()
    }

    /// The override of this number.
    fn entry(&self, index: usize) -> Option<&'a Override> {
        let mut overrides = self.overrides.iter();
        overrides.find_map(|(number, entry)| (*number == index).then_some(*entry))
    }

    fn claim(&self, (page, claim): (usize, usize)) -> &'a crate::claims::TypeClaim {
        &self.pages[page].types[claim]
    }
}
