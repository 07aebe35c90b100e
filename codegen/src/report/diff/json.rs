//! All that is known, for programs.

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::super::write_json;
use super::DiffReport;
use crate::diagnostic::Level;
use crate::diff::{Finding, Sides, Standing};
use crate::schema::Source;

/// The number of the format; it grows when something that was there is gone or means something else.
const FORMAT: u64 = 1;

pub(super) fn write(report: &DiffReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let told: Vec<Value> = report.told().map(|(found, _)| finding(found)).collect();
    let allowed: Vec<Value> = report
        .allowed()
        .map(|(found, reason)| {
            let mut value = finding(found);
            value["allowed"] = json!(reason);
            value
        })
        .collect();
    let silent = report.silent().map(finding);
    let silent: Vec<Value> = silent.collect();
    let required = report.required;
    let mut whole = json!({
        "format": FORMAT,
        "old": report.names.old,
        "new": report.names.new,
        "requiredBump": required.bump().name(),
        "bumps": {"major": required.major, "minor": required.minor, "patch": required.patch},
        "findings": told,
        "allowed": allowed,
        "silent": silent,
        "notes": report.notes,
    });
    if let Some(parity) = report.parity {
        let types: Map<String, Value> = parity
            .types
            .iter()
            .map(|(name, standing)| (name.clone(), self::standing(*standing)))
            .collect();
        let [same, only_old, only_new, differ] = parity.counts();
        whole["parity"] = json!({
            "old": parity.versions.old,
            "new": parity.versions.new,
            "same": same,
            "onlyOld": only_old,
            "onlyNew": only_new,
            "differ": differ,
            "types": types,
        });
    }
    write_json(&whole, out)
}

fn standing(standing: Standing) -> Value {
    match standing {
        Standing::Same => json!("same"),
        Standing::OnlyOld => json!("onlyOld"),
        Standing::OnlyNew => json!("onlyNew"),
        Standing::Differs {
            only_old,
            only_new,
            changed,
        } => json!({"onlyOld": only_old, "onlyNew": only_new, "changed": changed}),
    }
}

fn finding(finding: &Finding) -> Value {
    let level = match finding.level {
        Level::Allow => "allow".to_owned(),
        Level::Tell(severity) => severity.to_string(),
    };
    json!({
        "rule": finding.rule.id,
        "area": finding.rule.area.name(),
        "level": level,
        "versions": {"old": finding.versions.old, "new": finding.versions.new},
        "type": finding.ty,
        "member": finding.member,
        "members": finding.members,
        "old": finding.old,
        "new": finding.new,
        "verdicts": {
            "wireRead": finding.verdicts.wire_read.name(),
            "wireWrite": finding.verdicts.wire_write.name(),
            "rust": finding.verdicts.rust.name(),
        },
        "rust": {"old": finding.rust.old, "new": finding.rust.new},
        "affects": {
            "derived": finding.affects.derived,
            "references": finding.affects.references,
        },
        "places": places(&finding.places),
        "message": finding.message(),
        "reason": finding.rule.why,
        "source": finding.rule.source,
        "hint": finding.hint,
        "exempt": finding.exempt,
        "fingerprint": finding.fingerprint(),
    })
}

fn places(places: &Sides<Option<Source>>) -> Value {
    let place = |source: &Option<Source>| {
        let place = source.as_ref();
        place.map(|source| json!({"page": &*source.page, "line": source.line}))
    };
    json!({"old": place(&places.old), "new": place(&places.new)})
}
