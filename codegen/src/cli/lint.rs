//! `typedown lint`

use std::io::Write;

use super::args::{Args, LintArgs};
use super::{Failure, Outcome, Settings, to_file_or};
use crate::diagnostic::{Code, Severity};
use crate::report::{Finding, Findings, Format, Look, Sources};

pub(super) fn run(
    args: &Args,
    command: &LintArgs,
    look: Look,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let denied = command
        .deny
        .iter()
        .map(|text| Denied::parse(text))
        .collect::<Result<Vec<_>, _>>()?;
    let settings = Settings::of(args, &command.docs, None)?;
    let reading = settings.lint()?;
    settings.note_no_pages(&reading, err)?;
    let findings = Findings::new(&reading, &settings.levels);
    let files = settings.generator.folder()?;
    let sources = Sources::new(&*files, &settings.docs.to_string_lossy());
    let format = if command.json {
        Format::Json
    } else {
        command.report.format
    };
    to_file_or(command.report.out.as_deref(), out, look, |look, out| {
        findings.write(format, &sources, look, out)
    })?;
    let negative = findings
        .told()
        .iter()
        .any(|finding| denied.iter().any(|denied| denied.holds(finding)));
    // What could not be read could not be checked.
    let outcome = settings.tell_unreadable(&reading, err);
    match negative {
        true => Ok(Outcome::Negative),
        false => outcome,
    }
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

    fn holds(&self, finding: &Finding<'_>) -> bool {
        match self {
            Self::Severity(severity) => finding.severity <= *severity,
            Self::Code(code) => finding.diagnostic.code == *code,
        }
    }
}
