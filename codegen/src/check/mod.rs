//! What is wrong in the docs though it could be read: all that was read, looked at once more.
//!
//! A diagnostic of the other rooms tells of something that was lost or had to be decided on the way. A check loses
//! nothing; it compares what was read with itself: links with the pages they lead to, examples with the types they show,
//! annotations with tables. Only [`Generator::lint`](crate::Generator::lint) runs checks. Each is a pure function in a
//! file of its own, which takes everything that was read and gives diagnostics; a check that cannot be sure is silent.

mod annotations;
mod descriptions;
mod enumerations;
mod example;
mod inheritance;
mod labels;
mod links;
mod locate;
mod meant;
mod names;
mod pages;
mod references;
mod same_cell;
mod text;
mod translations;
mod types;

use std::collections::BTreeMap;
use std::sync::Arc;

use self::locate::Sources;
pub(crate) use self::same_cell::join;
use self::types::Types;
use crate::claims::PageClaims;
use crate::diagnostic::Diagnostic;
use crate::page::Page;
use crate::schema::Schema;
use crate::source::Files;

/// Everything that was read.
#[derive(Clone, Copy)]
pub struct Checked<'a> {
    /// Where the pages come from.
    pub files: &'a dyn Files,
    /// The pages of all versions.
    pub pages: &'a [Page],
    /// What they say, in the same order.
    pub claims: &'a [&'a PageClaims],
    /// The pages of methods, which describe no types but show examples of them, each with its version.
    pub methods: &'a [(Arc<str>, Page)],
    /// The schema that was made of it.
    pub schema: &'a Schema,
    /// How many threads may work.
    pub threads: usize,
}

/// Runs all checks. The diagnostics come in no particular order, but always in the same.
///
/// ```
/// use typedown::check::{Checked, check};
/// use typedown::claims::PageClaims;
/// use typedown::page::Page;
/// use typedown::schema::resolve;
/// use typedown::source::MemoryFiles;
///
/// let path = "beta/resources/tone.md";
/// let files = MemoryFiles::new([(path, "# tone resource type\n\nSounds like [this one](tune.md).\n")]);
/// let pages = [Page::read(&files, path.into())];
/// let claims = PageClaims::read("beta".into(), &pages[0]);
/// let schema = resolve(std::slice::from_ref(&claims)).schema;
/// let found = check(&Checked { files: &files, pages: &pages, claims: &[&claims], methods: &[], schema: &schema, threads: 1 });
/// assert_eq!(found[0].code.name(), "link-dangling");
/// ```
#[must_use]
pub fn check(checked: &Checked<'_>) -> Vec<Diagnostic> {
    let versions = checked.schema.versions.iter();
    let seen = Seen {
        checked,
        sources: Sources::new(checked.files),
        types: versions
            .map(|(version, schema)| {
                let pages = checked.claims.iter();
                let own = pages.filter(|page| *page.version == **version);
                (
                    version.as_str(),
                    Types::of(schema, own.flat_map(|page| &page.types)),
                )
            })
            .collect(),
    };
    let mut found = Vec::new();
    for check in CHECKS {
        found.append(&mut check(&seen));
    }
    found
}

/// A check.
type Check = fn(&Seen<'_>) -> Vec<Diagnostic>;

const CHECKS: &[Check] = &[
    annotations::check,
    descriptions::check,
    enumerations::check,
    example::check,
    inheritance::check,
    labels::check,
    links::check,
    names::check,
    pages::check,
    references::check,
    translations::check,
];

/// What checks look at: everything that was read, and look-ups that they share.
struct Seen<'a> {
    checked: &'a Checked<'a>,
    /// The types of every version.
    types: BTreeMap<&'a str, Types<'a>>,
    /// Where things are written.
    sources: Sources<'a>,
}

impl<'a> Seen<'a> {
    /// Every page with what it says and the types of its version.
    fn pages(&self) -> impl Iterator<Item = (&'a Page, &'a PageClaims, &Types<'a>)> {
        let pages = self
            .checked
            .pages
            .iter()
            .zip(self.checked.claims.iter().copied());
        pages.filter_map(|(page, claims)| Some((page, claims, self.types.get(&*claims.version)?)))
    }
}
