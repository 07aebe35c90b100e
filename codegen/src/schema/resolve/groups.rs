//! Claims about the same type, from however many pages, in one group.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Evidence, TypeName};
use super::namespaces::Namespaces;
use super::overrides::Rules;
use crate::claims::{Form, PageClaims, TypeClaim};
use crate::diagnostic::{Code, Diagnostic, Subject};

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

    /// Whether the pages say that the type is open; the best of them that says anything decides.
    pub(super) fn is_open(&self) -> bool {
        self.claims().find_map(|claim| claim.open).unwrap_or(false)
    }

    /// Whether the pages list operations on the type.
    pub(super) fn has_methods(&self) -> bool {
        self.claims().any(|claim| claim.has_methods)
    }

    /// Whether a row or a JSON block shows a property of this name, whatever its case.
    pub(super) fn documents(&self, name: &str) -> bool {
        self.claims().any(|claim| {
            let mut rows = claim.rows.iter().map(|row| &row.name);
            let mut json = claim.json.iter().map(|json| &json.name);
            rows.any(|known| known.eq_ignore_ascii_case(name))
                || json.any(|known| known.eq_ignore_ascii_case(name))
        })
    }

    /// The claim that describes the type best: on the page that is named like it, else the first.
    pub(super) fn main(&self) -> (&'a PageClaims, &'a TypeClaim) {
        self.claims[0]
    }
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
    namespaces: &Namespaces,
    rules: &Rules<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> BTreeMap<String, Group<'a>> {
    // Of types that are left out there is nothing to tell.
    let mut unheard = Vec::new();
    let mut groups: BTreeMap<String, Vec<(&'a PageClaims, &'a TypeClaim)>> = BTreeMap::new();
    for page in pages {
        for claim in &page.types {
            let namespace = namespaces.of(claim);
            groups
                .entry(format!("{namespace}.{}", claim.name).to_ascii_lowercase())
                .or_default()
                .push((page, claim));
        }
    }
    // What only the title of an overview names is no type, unless others speak of it.
    let bases = pages
        .iter()
        .flat_map(|page| &page.types)
        .flat_map(|claim| claim.bases.iter().chain(&claim.derived));
    let bases: BTreeSet<String> = bases.map(|base| short(&base.word.text)).collect();
    groups
        .into_iter()
        .filter(|(key, claims)| {
            let name = short(key);
            !claims.iter().all(|(_, claim)| claim.is_empty())
                || namespaces.is_used(&name)
                || bases.contains(&name)
        })
        .map(|(key, mut claims)| {
            let diagnostics = if rules.skipped.contains(&key) {
                &mut unheard
            } else {
                &mut *diagnostics
            };
            claims.sort_by_key(|(page, claim)| {
                (
                    claim.evidence,
                    claim.case_unknown,
                    stem(&page.path) != claim.name.to_ascii_lowercase(),
                    &page.path,
                )
            });
            let form = match rules.kinds.get(&key) {
                Some(kind) => kind.form(),
                None => form(&claims, diagnostics),
            };
            let (_, best) = claims[0];
            let name = rules
                .spelling(&key)
                .unwrap_or_else(|| TypeName::new(namespaces.of(best), &best.name));
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

/// The last part of a name, in lower case.
fn short(name: &str) -> String {
    name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase()
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
