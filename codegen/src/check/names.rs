//! Names that are spelled in two ways, and namespaces that are one page's misspelling.

use std::collections::BTreeMap;

use super::Seen;
use crate::claims::TypeClaim;
use crate::diagnostic::{Code, Diagnostic};

/// How often a namespace is used at least before another one can be its misspelling.
const OFTEN: usize = 10;

/// Checks how annotations and titles spell types and namespaces.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let mut versions: BTreeMap<&str, Vec<&TypeClaim>> = BTreeMap::new();
    for (_, claims, _) in seen.pages() {
        versions
            .entry(&claims.version)
            .or_default()
            .extend(&claims.types);
    }
    let mut found = Vec::new();
    for claims in versions.values() {
        namespaces(claims, &mut found);
        casing(claims, &mut found);
    }
    found
}

fn namespaces(claims: &[&TypeClaim], found: &mut Vec<Diagnostic>) {
    let mut uses: BTreeMap<&str, Vec<&TypeClaim>> = BTreeMap::new();
    for claim in claims {
        if let Some(namespace) = &claim.namespace {
            uses.entry(namespace).or_default().push(claim);
        }
    }
    for (namespace, of) in &uses {
        let [only] = of.as_slice() else { continue };
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
                    format!(
                        "only `{}` is in the namespace `{namespace}`; {} types are in `{other}`",
                        only.name,
                        of.len()
                    ),
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
                    other.place.clone(),
                    format!(
                        "the type is called `{}` here and `{}` there",
                        other.name, first.name
                    ),
                )
                .against(first.place.clone())
                .hint("write the name as the service does"),
            );
        }
    }
}
