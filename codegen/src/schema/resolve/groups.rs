//! Claims about the same type, from however many pages, in one group.

use std::collections::BTreeMap;

use super::super::{Evidence, TypeName};
use crate::claims::{Form, PageClaims, TypeClaim};
use crate::diagnostic::{Code, Diagnostic, Subject};

/// The namespace of pages that state none, where no page of the version states any.
const DEFAULT_NAMESPACE: &str = "microsoft.graph";

/// All claims about one type.
#[derive(Clone, Debug)]
pub(super) struct Group<'a> {
    pub(super) name: TypeName,
    pub(super) form: Form,
    claims: Vec<(&'a PageClaims, &'a TypeClaim)>,
}

impl<'a> Group<'a> {
    /// The claims of the form that was decided for, best named first.
    pub(super) fn claims(&self) -> impl Iterator<Item = &'a TypeClaim> {
        self.claims.iter().map(|(_, claim)| *claim)
    }

    /// The claims with their pages.
    pub(super) fn pages(&self) -> impl Iterator<Item = (&'a PageClaims, &'a TypeClaim)> {
        self.claims.iter().copied()
    }

    /// The claim that describes the type best: on the page that is named like it, else the first.
    pub(super) fn main(&self) -> (&'a PageClaims, &'a TypeClaim) {
        self.claims[0]
    }
}

/// The namespace that most annotations of the version state.
pub(super) fn default_namespace(pages: &[&PageClaims]) -> String {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for namespace in pages
        .iter()
        .flat_map(|page| &page.types)
        .filter_map(|ty| ty.namespace.as_deref())
    {
        *counts.entry(namespace).or_default() += 1;
    }
    // Of equally frequent ones the shortest, which the others most often extend.
    counts
        .into_iter()
        .max_by_key(|(namespace, count)| (*count, std::cmp::Reverse(namespace.len())))
        .map_or_else(
            || DEFAULT_NAMESPACE.to_owned(),
            |(namespace, _)| namespace.to_owned(),
        )
}

/// The last part of a page's path without its extension, in lower case.
pub(super) fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.')
        .map_or(name, |(stem, _)| stem)
        .to_ascii_lowercase()
}

/// Groups claims by qualified name, without regard to case: the docs spell names in several ways, and no two types of
/// any known version differ only in case.
pub(super) fn group<'a>(
    pages: &[&'a PageClaims],
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Group<'a>> {
    let default = default_namespace(pages);
    let mut groups: BTreeMap<String, Vec<(&'a PageClaims, &'a TypeClaim)>> = BTreeMap::new();
    for page in pages {
        for claim in &page.types {
            let namespace = claim.namespace.as_deref().unwrap_or(&default);
            groups
                .entry(format!("{namespace}.{}", claim.name).to_ascii_lowercase())
                .or_default()
                .push((page, claim));
        }
    }
    groups
        .into_iter()
        .map(|(key, mut claims)| {
            claims.sort_by_key(|(page, claim)| {
                (
                    claim.evidence,
                    claim.case_unknown,
                    stem(&page.path) != claim.name.to_ascii_lowercase(),
                    &page.path,
                )
            });
            let form = form(&claims, diagnostics);
            let (_, best) = claims[0];
            let name = TypeName::new(best.namespace.as_deref().unwrap_or(&default), &best.name);
            claims.retain(|(_, claim)| claim.form == form);
            claims.sort_by_key(|(page, claim)| {
                (
                    stem(&page.path) != claim.name.to_ascii_lowercase(),
                    claim.evidence,
                )
            });
            let repeated = claims
                .iter()
                .filter(|(_, claim)| claim.evidence == Evidence::Annotation);
            if let Some((_, claim)) = repeated.clone().nth(1) {
                diagnostics.push(
                    Diagnostic::new(
                        Code::TypeRepeated,
                        claim.name_place.clone(),
                        format!(
                            "`{name}` is described on {} pages; they were merged",
                            repeated.count()
                        ),
                    )
                    .against(claims[0].1.name_place.clone())
                    .about(Subject::ty(name.as_str())),
                );
            }
            (key, Group { name, form, claims })
        })
        .collect()
}

/// Structural type or enumeration, where pages disagree: whichever has something to show, a resource first.
fn form(claims: &[(&PageClaims, &TypeClaim)], diagnostics: &mut Vec<Diagnostic>) -> Form {
    let first = claims[0].1.form;
    let Some((_, other)) = claims.iter().find(|(_, claim)| claim.form != first) else {
        return first;
    };
    let structural = claims.iter().any(|(_, claim)| {
        claim.form == Form::Structural
            && (!claim.rows.is_empty() || !claim.json.is_empty() || !claim.bases.is_empty())
    });
    let form = if structural {
        Form::Structural
    } else {
        Form::Enumeration
    };
    diagnostics.push(
        Diagnostic::new(
            Code::KindConflict,
            other.name_place.clone(),
            format!(
                "`{}` is described as a resource and as an enumeration; {} was taken",
                other.name,
                if structural {
                    "the resource"
                } else {
                    "the enumeration"
                }
            ),
        )
        .against(claims[0].1.name_place.clone())
        .hint("give one of them another name")
        .about(Subject::ty(&other.name)),
    );
    form
}
