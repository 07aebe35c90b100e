//! Floods: many findings that differ in nothing but the member, or nothing but the type.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::verdict::Verdicts;

/// So many findings of one kind are told one by one; of more, they are told as one.
pub const FLOOD: usize = 12;

/// What findings of a flood have in common.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'f> {
    versions: (&'f str, &'f str),
    rule: &'static str,
    verdicts: Verdicts,
    is_told: bool,
    allowed: Option<&'f str>,
    kind: Kind<'f>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Kind<'f> {
    /// Members of one type.
    Members(&'f str),
    /// Types of which the same is said.
    Types {
        old: Option<&'f str>,
        new: Option<&'f str>,
        hint: Option<&'f str>,
    },
}

fn key(finding: &Finding) -> Option<Key<'_>> {
    let ty = finding.ty.as_deref()?;
    Some(Key {
        versions: (&finding.versions.old, &finding.versions.new),
        rule: finding.rule.id,
        verdicts: finding.verdicts,
        is_told: finding.is_told(),
        allowed: finding.allowed.as_deref(),
        kind: match finding.member {
            Some(_) => Kind::Members(ty),
            None => Kind::Types {
                old: finding.old.as_deref(),
                new: finding.new.as_deref(),
                hint: finding.hint.as_deref(),
            },
        },
    })
}

/// The positions of the findings of each flood.
fn floods(findings: &[Finding]) -> Vec<Vec<usize>> {
    let mut floods: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for (at, finding) in findings.iter().enumerate() {
        if let Some(key) = key(finding) {
            floods.entry(key).or_default().push(at);
        }
    }
    let floods = floods.into_values();
    floods.filter(|flood| flood.len() > FLOOD).collect()
}

/// One finding that tells a flood: of members at their type, of types at none.
fn told_as_one(findings: &[Finding], flood: &[usize]) -> Option<Finding> {
    let mut all = flood.iter().filter_map(|at| findings.get(*at));
    let mut one = all.next()?.clone();
    (one.rust.old, one.rust.new) = (None, None);
    match one.member.take() {
        Some(member) => {
            one.members.push(member);
            (one.old, one.new, one.hint) = (None, None, None);
        }
        None => {
            one.members.extend(one.ty.take());
            (one.places.old, one.places.new) = (None, None);
        }
    }
    for finding in all {
        match (&finding.member, &finding.ty) {
            (Some(member), _) => {
                one.members.push(member.clone());
                one.affects.derived = one.affects.derived.max(finding.affects.derived);
            }
            (None, ty) => {
                one.members.extend(ty.clone());
                one.affects.references += finding.affects.references;
            }
        }
    }
    Some(one)
}

/// Tells floods as one finding each, which stands where the first of them stood.
#[must_use]
pub fn collapse(findings: Vec<Finding>) -> Vec<Finding> {
    let mut instead: BTreeMap<usize, Option<Finding>> = BTreeMap::new();
    for flood in floods(&findings) {
        let mut rest = flood.iter();
        if let Some(first) = rest.next() {
            instead.insert(*first, told_as_one(&findings, &flood));
        }
        instead.extend(rest.map(|at| (*at, None)));
    }
    let findings = findings.into_iter().enumerate();
    let kept = findings.filter_map(|(at, finding)| match instead.remove(&at) {
        Some(flood) => flood,
        None => Some(finding),
    });
    kept.collect()
}

/// The positions of the findings of the flood that is told under this fingerprint.
pub(super) fn flood_of(findings: &[Finding], fingerprint: &str) -> Vec<usize> {
    let mut floods = floods(findings).into_iter();
    let is_it = |flood: &Vec<usize>| {
        let one = told_as_one(findings, flood);
        one.is_some_and(|one| one.fingerprint() == fingerprint)
    };
    floods.find(is_it).unwrap_or_default()
}
