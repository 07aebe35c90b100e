//! Workflow commands: what GitHub Actions shows beside the lines of a change.

use std::io::{self, Write};

use super::super::github::{data, property};
use super::{DiffReport, verdicts};
use crate::diagnostic::Severity;

pub(super) fn write(report: &DiffReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    for (finding, severity) in report.told() {
        let command = match severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let mut message = format!("{}{}", finding.prefix(), finding.message());
        if !finding.members.is_empty() {
            message.push_str(&format!("\n{}", finding.members.join(", ")));
        }
        message.push_str(&format!("\n{}", verdicts(finding)));
        if let Some(hint) = &finding.hint {
            message.push_str(&format!("\nnote: {hint}"));
        }
        // What is gone has a place in the old docs only, which a change does not show.
        let place = finding.places.new.as_ref().map(|source| {
            let path = match report.sources.new {
                Some(sources) => sources.relative(&source.page),
                None => source.page.to_string(),
            };
            format!("file={},line={},", property(&path), source.line)
        });
        writeln!(
            out,
            "::{command} {}title={}::{}",
            place.unwrap_or_default(),
            property(finding.rule.id),
            data(&message)
        )?;
    }
    writeln!(out, "{}", report.count())?;
    writeln!(out, "required bump: {}", report.required)
}
