//! Floods: many findings that differ in nothing but the member.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::verdict::Verdicts;

/// So many findings of one rule at one type are told one by one; of more, they are told as one.
pub const FLOOD: usize = 12;

/// Tells floods as one finding each, which stands where the first of them stood.
#[must_use]
pub fn collapse(findings: Vec<Finding>) -> Vec<Finding> {
    type Key = (String, String, Option<String>, &'static str, Verdicts, bool);
    let key = |finding: &Finding| -> Option<Key> {
        finding.member.as_ref()?;
        Some((
            finding.versions.old.clone(),
            finding.versions.new.clone(),
            finding.ty.clone(),
            finding.rule.id,
            finding.verdicts,
            finding.allowed.is_some(),
        ))
    };
    let mut counts: BTreeMap<Key, usize> = BTreeMap::new();
    for key in findings.iter().filter_map(key) {
        *counts.entry(key).or_default() += 1;
    }
    let mut floods: BTreeMap<Key, usize> = BTreeMap::new();
    let mut kept: Vec<Finding> = Vec::with_capacity(findings.len());
    for mut finding in findings {
        let Some(key) = key(&finding).filter(|key| counts[key] > FLOOD) else {
            kept.push(finding);
            continue;
        };
        match floods.get(&key) {
            Some(first) => {
                let flood = &mut kept[*first];
                flood.members.extend(finding.member);
                flood.affects.derived = flood.affects.derived.max(finding.affects.derived);
            }
            None => {
                floods.insert(key, kept.len());
                finding.members = finding.member.take().into_iter().collect();
                (finding.old, finding.new) = (None, None);
                (finding.rust.old, finding.rust.new) = (None, None);
                finding.hint = None;
                kept.push(finding);
            }
        }
    }
    kept
}
