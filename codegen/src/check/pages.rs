//! What every page of a resource has: a title, a heading, a type.

use std::collections::BTreeMap;

use super::Seen;
use super::locate::written;
use crate::claims::PageClaims;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Block, Page};
use crate::source::{Files, Place};

/// The `doc_type` of pages that describe a type.
const RESOURCE_PAGE: &str = "resourcePageType";

/// Checks every page that could be read.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let pages = seen.pages().filter(|(page, ..)| !page.blocks.is_empty());
    pages
        .flat_map(|(page, claims, _)| of_page(page, claims))
        .collect()
}

fn of_page(page: &Page, claims: &PageClaims) -> Vec<Diagnostic> {
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
    if page.front_matter.get("title").is_none() {
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
    let is_resource = page
        .front_matter
        .get("doc_type")
        .is_some_and(|ty| ty.eq_ignore_ascii_case(RESOURCE_PAGE));
    if is_resource && claims.types.is_empty() {
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
