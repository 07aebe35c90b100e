//! Names that are spelled in two ways, and namespaces that are one page's misspelling.

use std::collections::BTreeMap;

use super::Seen;
use crate::claims::{PageClaims, TypeClaim, stated_namespace};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Block, Page};
use crate::schema::Evidence;
use crate::source::Place;

/// How often a namespace is used at least before another one can be its misspelling.
const OFTEN: usize = 10;

/// Checks how annotations and titles spell types and namespaces.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let mut versions: BTreeMap<&str, Vec<&TypeClaim>> = BTreeMap::new();
    let mut spaces: BTreeMap<&str, Vec<Stated<'_>>> = BTreeMap::new();
    for (page, claims, _) in seen.pages() {
        versions
            .entry(&claims.version)
            .or_default()
            .extend(&claims.types);
        spaces
            .entry(&claims.version)
            .or_default()
            .extend(stated(page, claims));
    }
    let mut found = Vec::new();
    for claims in versions.values() {
        casing(claims, &mut found);
    }
    for stated in spaces.values() {
        namespaces(stated, &mut found);
    }
    found
}

/// A namespace as an annotation or a line of a page states it.
struct Stated<'a> {
    namespace: String,
    place: &'a Place,
}

fn stated<'a>(page: &'a Page, claims: &'a PageClaims) -> Vec<Stated<'a>> {
    let annotations = claims
        .types
        .iter()
        .filter(|claim| claim.evidence == Evidence::Annotation);
    let annotations = annotations.filter_map(|claim| {
        Some(Stated {
            namespace: claim.namespace.clone()?,
            place: &claim.name_place,
        })
    });
    let lines = page.blocks.iter().filter_map(|block| match block {
        Block::Paragraph(text) | Block::Item(text) => Some(Stated {
            namespace: stated_namespace(&text.text)?,
            place: &text.place,
        }),
        _ => None,
    });
    annotations.chain(lines.take(1)).collect()
}

fn namespaces(stated: &[Stated<'_>], found: &mut Vec<Diagnostic>) {
    let mut uses: BTreeMap<&str, Vec<&Stated<'_>>> = BTreeMap::new();
    for stated in stated {
        uses.entry(&stated.namespace).or_default().push(stated);
    }
    for (namespace, of) in &uses {
        let Some(only) = of
            .first()
            .filter(|first| of.iter().all(|other| other.place.file == first.place.file))
        else {
            continue;
        };
        let like = uses
            .iter()
            .filter(|(other, of)| {
                of.len() >= OFTEN && other.matches('.').count() == namespace.matches('.').count()
            })
            .find(|(other, _)| {
                strsim::osa_distance(&other.to_lowercase(), &namespace.to_lowercase()) <= 2
            });
        if let Some((other, of)) = like {
            found.push(
                Diagnostic::new(
                    Code::NamespaceUnlikely,
                    only.place.clone(),
                    format!("nothing else states the namespace `{namespace}`; {} others state `{other}`", of.len()),
                )
                .hint(format!("did you mean `{other}`?")),
            );
        }
    }
}

fn casing(claims: &[&TypeClaim], found: &mut Vec<Diagnostic>) {
    let mut spellings: BTreeMap<String, Vec<&TypeClaim>> = BTreeMap::new();
    for claim in claims.iter().filter(|claim| !claim.case_unknown) {
        let namespace = claim.namespace.as_deref().unwrap_or_default();
        let key = format!("{namespace}.{}", claim.name).to_lowercase();
        spellings.entry(key).or_default().push(claim);
    }
    for of in spellings.values() {
        let Some(first) = of.iter().min_by_key(|claim| claim.evidence) else {
            continue;
        };
        if let Some(other) = of
            .iter()
            .find(|claim| claim.name != first.name && claim.evidence == first.evidence)
        {
            found.push(
                Diagnostic::new(
                    Code::TypeCasing,
                    other.name_place.clone(),
                    format!(
                        "the type is called `{}` here and `{}` there",
                        other.name, first.name
                    ),
                )
                .against(first.name_place.clone())
                .hint("write the name as the service does"),
            );
        }
    }
}
