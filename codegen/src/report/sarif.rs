//! SARIF 2.1.0 (OASIS standard): what code hosts and editors take.

use std::collections::BTreeMap;
use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::{Finding, Findings, Sources, write_json};
use crate::diagnostic::{Code, Levels, Severity};
use crate::source::Place;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What a path may hold as it is (RFC 3986, section 3.3): unreserved characters and the slash. A colon may not, for it
/// would end a scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

pub(super) fn write(
    findings: &Findings<'_>,
    sources: &Sources<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    let rules: Vec<Value> = Code::ALL
        .iter()
        .map(|code| rule(*code, findings.levels))
        .collect();
    let mut seen = BTreeMap::new();
    let mut results: Vec<Value> = findings
        .told
        .iter()
        .map(|finding| result(finding, sources, &mut seen))
        .collect();
    // Behind all others, so that what pages hide does not change how the told ones are counted.
    results.extend(findings.suppressed.iter().map(|finding| {
        let mut result = result(finding, sources, &mut seen);
        result["suppressions"] = json!([{"kind": "inSource"}]);
        result
    }));
    write_run(run("typedown", &rules, &results), out)
}

/// A run of a tool: what it can tell and what it told.
pub(super) fn run(tool: &str, rules: &[Value], results: &[Value]) -> Value {
    json!({
        "tool": {"driver": {
            "name": tool,
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": rules,
        }},
        "columnKind": "unicodeCodePoints",
        "results": results,
    })
}

/// Writes a log of one run.
pub(super) fn write_run(run: Value, out: &mut dyn Write) -> io::Result<()> {
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [run],
    });
    write_json(&log, out)
}

fn rule(code: Code, levels: &Levels) -> Value {
    let severity = levels.severity(code);
    json!({
        "id": code.name(),
        "shortDescription": {"text": code.summary()},
        "fullDescription": {"text": code.explanation()},
        "help": {"text": format!(
            "{}\n\n`typedown explain {code}` shows a page with it.", code.explanation()
        )},
        "defaultConfiguration": {
            "level": level(severity.unwrap_or(code.severity())),
            "enabled": severity.is_some(),
        },
    })
}

pub(super) fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    }
}

fn result(
    finding: &Finding<'_>,
    sources: &Sources<'_>,
    seen: &mut BTreeMap<String, usize>,
) -> Value {
    let diagnostic = finding.diagnostic;
    let mut text = diagnostic.message.clone();
    if let Some(hint) = &diagnostic.hint {
        text.push_str(&format!("\n{hint}"));
    }
    let mut location = physical(&diagnostic.place, sources);
    if let Some(subject) = &diagnostic.subject {
        let (ty, member) = subject.parts();
        location["logicalLocations"] = json!([{
            "name": member.unwrap_or(ty),
            "fullyQualifiedName": subject.to_string(),
            "kind": if member.is_some() { "member" } else { "type" },
        }]);
    }
    let mut result = json!({
        "ruleId": diagnostic.code.name(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == diagnostic.code),
        "level": level(finding.severity),
        "message": message(&text),
        "locations": [location],
        "partialFingerprints": {"finding/v1": fingerprint(finding, seen)},
    });
    if let Some(other) = &diagnostic.other {
        let mut location = physical(other, sources);
        location["id"] = json!(1);
        location["message"] = json!({"text": "compared with this"});
        result["relatedLocations"] = json!([location]);
    }
    result
}

/// A message of plain text. In these a link in brackets is shown as such, and a number in braces stands for something else
/// (SARIF 2.1.0, sections 3.11.5 and 3.11.6): what a page says in this form is parted.
pub(super) fn message(text: &str) -> Value {
    let mut safe = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find([']', '{']) {
        let (before, here) = rest.split_at(at);
        safe.push_str(before);
        safe.push_str(&here[..1]);
        rest = &here[1..];
        let is_link = here.starts_with("](");
        let is_number = here.starts_with('{') && rest.starts_with(|c: char| c.is_ascii_digit());
        if is_link || is_number {
            safe.push(' ');
        }
    }
    safe.push_str(rest);
    json!({"text": safe})
}

/// A path as a relative reference.
pub(super) fn uri(path: &str) -> String {
    utf8_percent_encode(path, PATH).to_string()
}

fn physical(place: &Place, sources: &Sources<'_>) -> Value {
    let uri = uri(&sources.relative(&place.file));
    let mut region = json!({"startLine": place.line, "startColumn": place.column});
    if let Some((start, end)) = sources.columns(place) {
        region["startColumn"] = json!(start);
        region["endColumn"] = json!(end);
    }
    json!({"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}})
}

/// The same for the same finding when lines move: its code, page and subject, or its message if it has no subject. Where
/// a page has several that are alike, they are counted.
fn fingerprint(finding: &Finding<'_>, seen: &mut BTreeMap<String, usize>) -> String {
    let diagnostic = finding.diagnostic;
    let what = match &diagnostic.subject {
        Some(subject) => subject.to_string(),
        None => diagnostic.message.clone(),
    };
    let print = format!("{}|{}|{what}", diagnostic.code, diagnostic.place.file);
    let count = seen.entry(print.clone()).or_default();
    *count += 1;
    match count {
        1 => print,
        count => format!("{print}|{count}"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Look};
    use super::*;
    use crate::Reading;
    use crate::diagnostic::{Diagnostic, Level, Subject};
    use crate::source::MemoryFiles;

    fn log(page: &str, diagnostics: Vec<Diagnostic>, levels: &Levels) -> Value {
        let files = MemoryFiles::new([("ä b/100%.md", page)]);
        let reading = Reading {
            diagnostics,
            ..Reading::default()
        };
        let mut out = Vec::new();
        Findings::new(&reading, levels)
            .write(
                Format::Sarif,
                &Sources::new(&files, "docs"),
                Look::default(),
                &mut out,
            )
            .unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    fn finding(line: u32) -> Diagnostic {
        Diagnostic::new(
            Code::RowNotInJson,
            Place::new("ä b/100%.md", line, 1),
            "no `pitch`",
        )
        .about(Subject::member("n.tone", "pitch"))
    }

    #[test]
    fn paths_are_relative_and_encoded_and_regions_end_behind_what_is_meant() {
        let log = log("|pitch|Int32|", vec![finding(1)], &Levels::default());
        let physical = &log["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
        assert_eq!(
            physical["artifactLocation"]["uri"],
            "docs/%C3%A4%20b/100%25.md"
        );
        assert_eq!(
            physical["region"],
            json!({"startLine": 1, "startColumn": 2, "endColumn": 7})
        );
    }

    #[test]
    fn what_a_page_says_is_no_link_and_no_place_for_an_argument() {
        let text = "`[a](https://b.cd)` {0} {x} a] (b";
        assert_eq!(message(text)["text"], "`[a] (https://b.cd)` { 0} {x} a] (b");
    }

    #[test]
    fn fingerprints_stay_when_lines_move() {
        let print = |line| {
            let log = log("|pitch|\n|pitch|", vec![finding(line)], &Levels::default());
            log["runs"][0]["results"][0]["partialFingerprints"].clone()
        };
        assert_eq!(print(1), print(2));
    }

    #[test]
    fn findings_that_are_alike_have_different_fingerprints() {
        let log = log(
            "|pitch|\n|pitch|",
            vec![finding(1), finding(2)],
            &Levels::default(),
        );
        let results = log["runs"][0]["results"].as_array().unwrap();
        assert_ne!(
            results[0]["partialFingerprints"],
            results[1]["partialFingerprints"]
        );
    }

    #[test]
    fn rules_and_results_have_the_level_that_was_set() {
        let levels = Levels::from_iter([
            (Code::RowNotInJson, Level::Tell(Severity::Error)),
            (Code::NameCasing, Level::Allow),
        ]);
        let log = log("|pitch|", vec![finding(1)], &levels);
        let run = &log["runs"][0];
        let result = &run["results"][0];
        assert_eq!(result["level"], "error");
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules[index]["id"], "row-not-in-json");
        assert_eq!(rules[index]["defaultConfiguration"]["level"], "error");
        let allowed = rules
            .iter()
            .find(|rule| rule["id"] == "name-casing")
            .unwrap();
        assert_eq!(allowed["defaultConfiguration"]["enabled"], false);
    }
}
