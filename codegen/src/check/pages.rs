//! What every page of a resource has: a title, a heading, a type.

use std::collections::BTreeMap;

use super::Seen;
use super::locate::{Sources, written};
use super::types::Types;
use crate::claims::{PageClaims, TypeClaim};
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::page::{Block, Page};
use crate::source::Place;

/// The `doc_type` of pages that describe a type.
const RESOURCE_PAGE: &str = "resourcePageType";

/// Checks every page that could be read.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let pages = seen.pages().filter(|(page, ..)| !page.blocks.is_empty());
    let pages: Vec<_> = pages.collect();
    let mut found: Vec<Diagnostic> = pages
        .iter()
        .flat_map(|(page, claims, types)| of_page(page, claims, types))
        .collect();
    let pages: Vec<_> = pages
        .iter()
        .map(|(page, claims, _)| (*page, *claims))
        .collect();
    doc_types(&pages, &seen.sources, &mut found);
    found
}

/// How many times rarer than another one a `doc_type` is at least that can be its misspelling.
const RARER: usize = 20;

/// The `doc_type` of a page is one of a few words that the pages themselves tell: a rare one that looks like a frequent
/// one is its misspelling.
fn doc_types(pages: &[(&Page, &PageClaims)], sources: &Sources<'_>, found: &mut Vec<Diagnostic>) {
    let mut uses: BTreeMap<&str, Vec<&PageClaims>> = BTreeMap::new();
    for (page, claims) in pages {
        if let Some(ty) = page.front_matter.get("doc_type") {
            uses.entry(ty).or_default().push(claims);
        }
    }
    for (ty, of) in &uses {
        let like = uses
            .iter()
            .filter(|(_, others)| others.len() >= of.len() * RARER)
            .find(|(other, _)| strsim::osa_distance(other, ty) <= 2);
        let Some((other, _)) = like else { continue };
        for claims in of {
            let start = Place::new(claims.path.clone(), 1, 1);
            found.push(
                Diagnostic::new(
                    Code::DocTypeUnlikely,
                    written(sources, &start, "", "doc_type").unwrap_or(start),
                    format!("the `doc_type` is `{ty}`; other pages say `{other}`"),
                )
                .hint(format!("did you mean `{other}`?")),
            );
        }
    }
}

fn of_page(page: &Page, claims: &PageClaims, types: &Types<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let start = || Place::new(claims.path.clone(), 1, 1);
    let heading = page.blocks.iter().find_map(|block| match block {
        Block::Heading(heading) if heading.level == 1 => Some(&heading.inline),
        _ => None,
    });
    if heading.is_none() {
        found.push(
            Diagnostic::new(
                Code::HeadingMissing,
                start(),
                "the page has no heading of the first level",
            )
            .hint("start it with `# name resource type`"),
        );
    }
    if !page.front_matter.is_empty() && page.front_matter.get("title").is_none() {
        found.push(
            Diagnostic::new(
                Code::TitleMissing,
                start(),
                "the page's front matter has no `title`",
            )
            .hint("add `title: \"name resource type\"` between the `---` lines at the top"),
        );
    }
    found.extend(repeated(page));
    let doc_type = page.front_matter.get("doc_type");
    let is_resource = doc_type.is_some_and(|ty| ty.eq_ignore_ascii_case(RESOURCE_PAGE));
    // A type that only a title names, and no other page speaks of, is left out. What could not be read of a page may
    // be all that it says of the type, and is told already.
    let left_out = |claim: &&TypeClaim| claim.is_empty() && types.claimed(claim).is_none();
    if let Some(claim) = claims.types.iter().find(left_out)
        && (is_resource || doc_type.is_none())
        && claims.diagnostics.is_empty()
    {
        found.push(
            Diagnostic::new(
                Code::PageWithoutType,
                claim.place.clone(),
                format!(
                    "the title names the type `{}`, and neither this page nor another one says anything of it",
                    claim.name
                ),
            )
            .hint("add its properties or JSON block; a page about a topic is a `conceptualPageType`")
            .about(Subject::ty(&claim.name)),
        );
    }
    let is_told = |diagnostic: &Diagnostic| {
        matches!(
            diagnostic.code,
            Code::TableWithoutType | Code::AnnotationWithoutType
        )
    };
    if is_resource && claims.types.is_empty() && !claims.diagnostics.iter().any(is_told) {
        let place = heading.map_or_else(start, |heading| heading.place.clone());
        found.push(
            Diagnostic::new(
                Code::PageWithoutType,
                place,
                format!("the page's `doc_type` is `{RESOURCE_PAGE}`, and nothing on it names a type"),
            )
            .hint("name the type in the heading or in an annotation; a page about a topic is a `conceptualPageType`"),
        );
    }
    found
}

/// Headings of one text below the same heading: the second most often is a copy that should say something else. Tabs
/// repeat their headings by design; they are links.
fn repeated(page: &Page) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut open: Vec<(u8, BTreeMap<String, &Place>)> = vec![(0, BTreeMap::new())];
    for block in &page.blocks {
        let Block::Heading(heading) = block else {
            continue;
        };
        open.retain(|(level, _)| *level < heading.level);
        let text = heading.inline.text.trim().to_lowercase();
        if let Some((_, below)) = open.last_mut()
            && !text.is_empty()
            && heading.inline.links().next().is_none()
        {
            match below.get(&text) {
                Some(first) if heading.level > 1 => found.push(
                    Diagnostic::new(
                        Code::HeadingRepeated,
                        heading.inline.place.clone(),
                        format!(
                            "there is a section `{}` already",
                            heading.inline.text.trim()
                        ),
                    )
                    .against((*first).clone())
                    .hint("correct the heading, or join the sections"),
                ),
                Some(_) => {}
                None => {
                    below.insert(text, &heading.inline.place);
                }
            }
        }
        open.push((heading.level, BTreeMap::new()));
    }
    found
}
