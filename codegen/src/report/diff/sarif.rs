//! SARIF 2.1.0 (OASIS standard): what code hosts and editors take.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::sarif::{level, message, run, uri, write_run};
use super::{DiffReport, Sources, verdicts};
use crate::diagnostic::Severity;
use crate::diff::{Finding, Rule};
use crate::schema::Source;

pub(super) fn write(report: &DiffReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let ids: Vec<&str> = Rule::all().map(|rule| rule.id).collect();
    let rules: Vec<Value> = Rule::all().map(rule).collect();
    let mut results: Vec<Value> = report
        .told()
        .map(|(finding, severity)| result(finding, severity, &ids, report))
        .collect();
    results.extend(report.allowed().map(|(finding, reason)| {
        let severity = finding.verdicts.severity();
        let mut result = result(finding, severity, &ids, report);
        result["suppressions"] = json!([{"kind": "external", "justification": reason}]);
        result
    }));
    let mut run = run("typedown diff", &rules, &results);
    let notes = report.notes.iter();
    let notes = notes.map(|note| json!({"level": "warning", "message": message(note)}));
    run["invocations"] = json!([{
        "executionSuccessful": true,
        "toolExecutionNotifications": notes.collect::<Vec<Value>>(),
    }]);
    run["properties"] = json!({"requiredBump": report.required.bump().name()});
    write_run(run, out)
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.id,
        "shortDescription": {"text": format!("{} {}.", rule.about.subject(), rule.summary)},
        "fullDescription": {"text": rule.why},
        "helpUri": rule.source,
        "help": {"text": format!("{}\n\n`typedown explain {}` says more.", rule.why, rule.id)},
        "defaultConfiguration": {"enabled": rule.is_told()},
    })
}

fn result(finding: &Finding, severity: Severity, ids: &[&str], report: &DiffReport<'_>) -> Value {
    let mut text = format!("{}{}", finding.prefix(), finding.message());
    if !finding.members.is_empty() {
        text.push_str(&format!("\n{}", finding.members.join(", ")));
    }
    text.push_str(&format!("\n{}", verdicts(finding)));
    if let Some(hint) = &finding.hint {
        text.push_str(&format!("\n{hint}"));
    }
    let mut result = json!({
        "ruleId": finding.rule.id,
        "ruleIndex": ids.iter().position(|id| *id == finding.rule.id),
        "level": level(severity),
        "message": message(&text),
        "partialFingerprints": {"diff/v1": finding.fingerprint()},
        "properties": {
            "wireRead": finding.verdicts.wire_read.name(),
            "wireWrite": finding.verdicts.wire_write.name(),
            "rust": finding.verdicts.rust.name(),
        },
    });
    let new = finding.places.new.as_ref();
    let old = finding.places.old.as_ref();
    let places = [(new, report.sources.new), (old, report.sources.old)];
    let mut places = places
        .into_iter()
        .filter_map(|(place, sources)| Some(physical(place?, sources)));
    if let Some(mut place) = places.next() {
        place["logicalLocations"] = json!([{
            "fullyQualifiedName": finding.path(),
            "kind": if finding.member.is_some() { "member" } else { "type" },
        }]);
        result["locations"] = json!([place]);
    }
    if let Some(mut other) = places.next() {
        other["id"] = json!(1);
        other["message"] = json!({"text": "as it was"});
        result["relatedLocations"] = json!([other]);
    }
    result
}

fn physical(source: &Source, sources: Option<&Sources<'_>>) -> Value {
    let path = match sources {
        Some(sources) => sources.relative(&source.page),
        None => source.page.to_string(),
    };
    json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(&path)},
        "region": {"startLine": source.line},
    }})
}
