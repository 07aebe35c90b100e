//! As people read it on a terminal.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};

use super::super::some;
use super::{DiffReport, Look, parity_in_words, place, verdicts};
use crate::diagnostic::Severity;
use crate::visible::visible;

pub(super) fn write(report: &DiffReport<'_>, look: Look, out: &mut dyn Write) -> io::Result<()> {
    let paint = |style: Style| match look.color {
        true => style,
        false => Style::new(),
    };
    let bold = paint(Style::new().bold());
    let dim = paint(Style::new().dimmed());
    for (finding, severity) in report.told() {
        let color = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Note => AnsiColor::Cyan,
        };
        let color = paint(color.on_default().bold());
        let version = finding.prefix();
        let message = finding.message();
        writeln!(
            out,
            "{color}{severity}[{}]{color:#} {version}{bold}{}{bold:#}",
            finding.rule,
            visible(&message)
        )?;
        write!(out, "  {}", verdicts(finding))?;
        match (&finding.rust.old, &finding.rust.new) {
            (Some(old), Some(new)) if old != new => {
                write!(out, ": `{}` → `{}`", visible(old), visible(new))?;
            }
            (Some(old), None) => write!(out, ": `{}` is gone", visible(old))?,
            (None, Some(new)) => write!(out, ": `{}` is new", visible(new))?,
            _ => {}
        }
        writeln!(out)?;
        if !finding.members.is_empty() {
            writeln!(out, "  {}", visible(&some(&finding.members)))?;
        }
        let affects = finding.affects.to_string();
        if !affects.is_empty() {
            writeln!(out, "  {affects}")?;
        }
        let old = place(finding, report.sources.old, |places| places.old.clone());
        let new = place(finding, report.sources.new, |places| places.new.clone());
        for (side, place) in [("old", old), ("new", new)] {
            if let Some((path, line)) = place {
                writeln!(out, "  {dim}{side} {}:{line}{dim:#}", visible(&path))?;
            }
        }
        if let Some(hint) = &finding.hint {
            writeln!(out, "  note: {}", visible(hint))?;
        }
        writeln!(out)?;
    }
    if let Some(parity) = report.parity {
        writeln!(out, "{}", parity_in_words(parity))?;
    }
    writeln!(out, "{}", report.count())?;
    writeln!(out, "required bump: {}", report.required_in_words())
}
