//! `typedown lint`

use std::collections::BTreeMap;
use std::io::Write;

use serde_json::{Value, json};

use super::args::{Args, LintArgs};
use super::{Failure, Outcome, Settings};
use crate::Reading;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::source::Place;

pub(super) fn run(
    args: &Args,
    command: &LintArgs,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let denied = command
        .deny
        .iter()
        .map(|text| Denied::parse(text))
        .collect::<Result<Vec<_>, _>>()?;
    let settings = Settings::of(args, &command.docs, None)?;
    let reading = settings.lint()?;
    if command.json {
        serde_json::to_writer_pretty(&mut *out, &json(&reading)).map_err(std::io::Error::from)?;
        writeln!(out)?;
    } else {
        // Paths that a terminal can open: relative to where the command runs.
        let prefix = settings.docs.display().to_string();
        let prefix = prefix.trim_end_matches('/');
        for diagnostic in &reading.diagnostics {
            let under = |place: &Place| Place {
                file: format!("{prefix}/{}", place.file).into(),
                ..place.clone()
            };
            let mut diagnostic = diagnostic.clone();
            diagnostic.place = under(&diagnostic.place);
            diagnostic.other = diagnostic.other.as_ref().map(under);
            writeln!(out, "{diagnostic}")?;
        }
        writeln!(out, "{}", count(&reading.diagnostics))?;
    }
    let negative = reading
        .diagnostics
        .iter()
        .any(|diagnostic| denied.iter().any(|denied| denied.holds(diagnostic)));
    Ok(if negative {
        Outcome::Negative
    } else {
        Outcome::Done
    })
}

/// What `--deny` names.
enum Denied {
    Severity(Severity),
    Code(Code),
}

impl Denied {
    fn parse(text: &str) -> Result<Self, Failure> {
        let severity = [Severity::Error, Severity::Warning, Severity::Note]
            .into_iter()
            .find(|severity| severity.to_string() == text)
            .map(Self::Severity);
        severity
            .or_else(|| Code::from_name(text).map(Self::Code))
            .ok_or_else(|| {
                let mut known: Vec<&str> = vec!["error", "warning", "note"];
                known.extend(Code::ALL.iter().map(|code| code.name()));
                Failure::Usage(format!(
                    "`--deny {text}`: expected a severity (error, warning, note) or a code; {}",
                    super::suggestion(text, &known)
                ))
            })
    }

    fn holds(&self, diagnostic: &Diagnostic) -> bool {
        match self {
            Self::Severity(severity) => diagnostic.code.severity() <= *severity,
            Self::Code(code) => diagnostic.code == *code,
        }
    }
}

/// `12 diagnostics: 1 error, 8 warnings, 3 notes`
pub(super) fn count(diagnostics: &[Diagnostic]) -> String {
    let mut counts: BTreeMap<Severity, usize> = BTreeMap::new();
    for diagnostic in diagnostics {
        *counts.entry(diagnostic.code.severity()).or_default() += 1;
    }
    let parts: Vec<String> = counts
        .into_iter()
        .map(|(severity, count)| super::summary::counted(count, &severity.to_string()))
        .collect();
    let total = super::summary::counted(diagnostics.len(), "diagnostic");
    if parts.is_empty() {
        "no diagnostics".into()
    } else {
        format!("{total}: {}", parts.join(", "))
    }
}

fn json(reading: &Reading) -> Value {
    let place =
        |place: &Place| json!({"file": &*place.file, "line": place.line, "column": place.column});
    let diagnostics: Vec<Value> = reading
        .diagnostics
        .iter()
        .map(|diagnostic| {
            json!({
                "code": diagnostic.code.name(),
                "severity": diagnostic.code.severity().to_string(),
                "place": place(&diagnostic.place),
                "message": diagnostic.message,
                "hint": diagnostic.hint,
                "other": diagnostic.other.as_ref().map(place),
            })
        })
        .collect();
    let inventory: Vec<Value> = reading
        .tables
        .iter()
        .map(|table| {
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
        })
        .collect();
    json!({"pages": reading.pages, "diagnostics": diagnostics, "inventory": inventory})
}
