//! Workflow commands: what GitHub Actions shows beside the lines of a change.

use std::io::{self, Write};

use super::super::github::{data, property};
use super::super::some;
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
            message.push_str(&format!("\n{}", some(&finding.members)));
        }
        message.push_str(&format!("\n{}", verdicts(finding)));
        if let Some(hint) = &finding.hint {
            message.push_str(&format!("\nnote: {hint}"));
        }
        let places = &finding.places;
        let new = places.new.as_ref();
        let new = new.map(|source| (&*source.page, format!("line={},", source.line)));
        // What is gone has a line in the old docs only, which a change does not show; its page may be there still.
        let page = || {
            let old = places.old.as_ref()?;
            report.sources.new?.lines(&old.page)?;
            Some((&*old.page, String::new()))
        };
        let place = new.or_else(page).map(|(page, line)| {
            let path = match report.sources.new {
                Some(sources) => sources.relative(page),
                None => page.to_owned(),
            };
            format!("file={},{line}", property(&path))
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
    writeln!(out, "required bump: {}", report.required_in_words())
}
