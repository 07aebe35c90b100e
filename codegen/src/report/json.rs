//! All that is known, for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Finding, Findings, write_json};
use crate::claims::TableReport;
use crate::source::Place;

pub(super) fn write(findings: &Findings<'_>, out: &mut dyn Write) -> io::Result<()> {
    let all = |findings: &[Finding<'_>]| findings.iter().map(diagnostic).collect::<Vec<_>>();
    let report = json!({
        "pages": findings.reading.pages,
        "diagnostics": all(&findings.told),
        "suppressed": all(&findings.suppressed),
        "inventory": findings.reading.tables.iter().map(table).collect::<Vec<_>>(),
    });
    write_json(&report, out)
}

fn diagnostic(finding: &Finding<'_>) -> Value {
    let diagnostic = finding.diagnostic;
    json!({
        "code": diagnostic.code.name(),
        "severity": finding.severity.to_string(),
        "place": place(&diagnostic.place),
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "other": diagnostic.other.as_ref().map(place),
        "subject": diagnostic.subject.as_ref().map(ToString::to_string),
    })
}

fn place(place: &Place) -> Value {
    json!({"file": &*place.file, "line": place.line, "column": place.column})
}

fn table(table: &TableReport) -> Value {
    json!({
        "place": place(&table.place),
        "heading": table.heading,
        "taken_for": table.taken_for.name(),
        "type": table.subject,
        "mended": table.mended,
        "rows": table.used + table.diagnosed + table.set_aside,
        "used": table.used,
        "diagnosed": table.diagnosed,
        "set_aside": table.set_aside,
        "reasons": table.reasons,
    })
}
