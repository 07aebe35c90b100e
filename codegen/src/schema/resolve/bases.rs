//! Base types: override, then annotation, then tables of derived types, then sentences, then rows that say where they
//! come from, then what entities have in common.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Base, Evidence, TypeName};
use super::Resolver;
use super::groups::Group;
use super::inferred;
use super::kinds::Uses;
use super::types::Site;
use crate::claims::{Form, NameClaim, TypeWord};
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::source::Place;

/// A base that some source names.
struct Candidate {
    name: TypeName,
    evidence: Evidence,
    place: Place,
}

pub(super) fn resolve(resolver: &mut Resolver<'_>, uses: &Uses) -> BTreeMap<TypeName, Base> {
    let groups: Vec<Group<'_>> = resolver
        .groups
        .values()
        .filter(|group| group.form == Form::Structural)
        .cloned()
        .collect();
    let mut candidates: BTreeMap<TypeName, Vec<Candidate>> = BTreeMap::new();
    for group in &groups {
        for claim in group.claims().flat_map(|claim| &claim.bases) {
            if let Some(name) = structural(resolver, group, claim, "base type") {
                let candidate = Candidate {
                    name,
                    evidence: claim.evidence,
                    place: claim.place.clone(),
                };
                candidates
                    .entry(group.name.clone())
                    .or_default()
                    .push(candidate);
            }
        }
        for claim in group.claims().flat_map(|claim| &claim.derived) {
            if let Some(name) = structural(resolver, group, claim, "derived type") {
                let candidate = Candidate {
                    name: group.name.clone(),
                    evidence: claim.evidence,
                    place: claim.place.clone(),
                };
                candidates.entry(name).or_default().push(candidate);
            }
        }
    }
    let mut bases = BTreeMap::new();
    for (name, candidates) in &mut candidates {
        candidates.retain(|candidate| candidate.name != *name);
        candidates.sort_by_key(|candidate| candidate.evidence);
        if let Some(best) = candidates.first() {
            bases.insert(name.clone(), Base::new(best.name.clone(), best.evidence));
        }
    }
    from_rows(resolver, &groups, &mut bases);
    inferred::add(resolver, &groups, uses, &mut bases);
    let baseless = |name: &TypeName| {
        let key = name.as_str().to_ascii_lowercase();
        resolver.rules.baseless.contains(&key)
    };
    candidates.retain(|name, _| !baseless(name));
    bases.retain(|name, _| !baseless(name));
    for (name, candidates) in &candidates {
        weigh(resolver, name, candidates, &mut bases);
    }
    cut_cycles(&mut bases, resolver);
    bases
}

/// Where sources name several bases: one that is a base of the other only says less, the more derived one is the base;
/// else the best source decides.
fn weigh(
    resolver: &mut Resolver<'_>,
    name: &TypeName,
    candidates: &[Candidate],
    bases: &mut BTreeMap<TypeName, Base>,
) {
    let Some((first, others)) = candidates.split_first() else {
        return;
    };
    if first.evidence == Evidence::Override {
        return;
    }
    let mut best = first;
    for other in others.iter().filter(|other| other.name != first.name) {
        let lineage_of_other = lineage(bases, &other.name);
        if lineage_of_other.contains(&&best.name) && !lineage_of_other.contains(&name) {
            best = other;
        } else if !lineage(bases, &best.name).contains(&&other.name) {
            resolver.diagnostics.push(
                Diagnostic::new(
                    Code::BaseConflict,
                    other.place.clone(),
                    format!(
                        "`{name}` derives from `{}` here and from `{}` there; the latter was taken",
                        other.name, best.name
                    ),
                )
                .against(best.place.clone())
                .hint("make both the same")
                .about(Subject::ty(name.as_str())),
            );
        }
    }
    bases.insert(name.clone(), Base::new(best.name.clone(), best.evidence));
}

/// The structural type that a name means; a diagnostic if there is none.
fn structural(
    resolver: &mut Resolver<'_>,
    group: &Group<'_>,
    claim: &NameClaim,
    what: &str,
) -> Option<TypeName> {
    let found = meant(resolver, group, &claim.word, &claim.place.file);
    let site = Site {
        namespace: group.name.namespace(),
        page: &claim.place.file,
    };
    if found.is_none() && !resolver.index.is_left_out(&claim.word, site) {
        resolver.diagnostics.push(
            Diagnostic::new(
                Code::BaseUnresolved,
                claim.place.clone(),
                format!(
                    "no page describes the {what} `{}` of `{}`",
                    claim.word.text, group.name
                ),
            )
            .hint("correct the name, or add a page")
            .about(Subject::ty(group.name.as_str())),
        );
    }
    found
}

fn meant(
    resolver: &Resolver<'_>,
    group: &Group<'_>,
    word: &TypeWord,
    page: &str,
) -> Option<TypeName> {
    let site = Site {
        namespace: group.name.namespace(),
        page,
    };
    let name = resolver.index.meaning(word, site).described()?;
    let form = resolver
        .groups
        .get(&name.as_str().to_ascii_lowercase())
        .map(|group| group.form);
    (form == Some(Form::Structural)).then_some(name)
}

/// Rows that say `Inherited from x`: of all types that they name, the one that derives from the others.
fn from_rows(resolver: &Resolver<'_>, groups: &[Group<'_>], bases: &mut BTreeMap<TypeName, Base>) {
    for group in groups
        .iter()
        .filter(|group| !bases.contains_key(&group.name))
        .collect::<Vec<_>>()
    {
        let mut named: BTreeSet<TypeName> = BTreeSet::new();
        for row in group.claims().flat_map(|claim| &claim.rows) {
            let Some(word) = &row.inherited_from else {
                continue;
            };
            let name = meant(resolver, group, word, &row.place.file);
            named.extend(name.filter(|name| *name != group.name));
        }
        let most_derived = named.iter().max_by_key(|name| {
            let lineage = lineage(bases, name);
            named.iter().filter(|other| lineage.contains(other)).count()
        });
        if let Some(name) = most_derived {
            bases.insert(group.name.clone(), Base::new(name.clone(), Evidence::Prose));
        }
    }
}

/// So many types a lineage has at most here: of longer ones the end says nothing.
const LONGEST: usize = 1_000;

/// A type and its bases, as far as they are decided; a cycle ends it.
pub(super) fn lineage<'a>(
    bases: &'a BTreeMap<TypeName, Base>,
    name: &'a TypeName,
) -> Vec<&'a TypeName> {
    let mut lineage = vec![name];
    let mut seen = BTreeSet::from([name]);
    while let Some(base) = lineage.last().and_then(|name| bases.get(*name)) {
        if lineage.len() >= LONGEST || !seen.insert(&base.name) {
            break;
        }
        lineage.push(&base.name);
    }
    lineage
}

/// Drops the link that closes a cycle: the one with the weakest evidence.
fn cut_cycles(bases: &mut BTreeMap<TypeName, Base>, resolver: &mut Resolver<'_>) {
    let names: Vec<TypeName> = bases.keys().cloned().collect();
    let mut safe: BTreeSet<TypeName> = BTreeSet::new();
    for name in names {
        loop {
            let mut trail: Vec<TypeName> = Vec::new();
            let mut places: BTreeMap<TypeName, usize> = BTreeMap::new();
            let mut next = Some(name.clone());
            let mut cycle = None;
            while let Some(current) = next.filter(|current| !safe.contains(current)) {
                if let Some(start) = places.get(&current) {
                    cycle = Some(trail.split_off(*start));
                    break;
                }
                places.insert(current.clone(), trail.len());
                next = bases.get(&current).map(|base| base.name.clone());
                trail.push(current);
            }
            let Some(cycle) = cycle else {
                safe.extend(trail);
                break;
            };
            let Some(weakest) = cycle.iter().max_by_key(|name| {
                bases
                    .get(*name)
                    .map_or(Evidence::Annotation, |base| base.evidence)
            }) else {
                break;
            };
            bases.remove(weakest);
            if let Some(group) = resolver.groups.get(&weakest.as_str().to_ascii_lowercase()) {
                let trail: Vec<&str> = cycle.iter().map(TypeName::short).collect();
                resolver.diagnostics.push(
                    Diagnostic::new(
                        Code::BaseCycle,
                        group.main().1.place.clone(),
                        format!(
                            "following base types leads back to `{weakest}`: {}",
                            trail.join(" -> ")
                        ),
                    )
                    .hint("correct one of these base types")
                    .about(Subject::ty(weakest.as_str())),
                );
            }
        }
    }
}
