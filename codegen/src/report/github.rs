//! Workflow commands: what GitHub Actions shows beside the lines of a change.

use std::io::{self, Write};

use super::{Findings, Sources};
use crate::diagnostic::Severity;
use crate::visible::visible;

pub(super) fn write(
    findings: &Findings<'_>,
    sources: &Sources<'_>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for finding in &findings.told {
        let diagnostic = finding.diagnostic;
        let command = match finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "notice",
        };
        let place = &diagnostic.place;
        let column = sources
            .columns(place)
            .map_or(place.column as usize, |(start, _)| start);
        let mut message = diagnostic.message.clone();
        if let Some(other) = &diagnostic.other {
            let path = sources.relative(&other.file);
            message.push_str(&format!(" (compared with {path}:{})", other.line));
        }
        if let Some(hint) = &diagnostic.hint {
            message.push_str(&format!("\nhelp: {hint}"));
        }
        writeln!(
            out,
            "::{command} file={},line={},col={column},title={}::{}",
            property(&sources.relative(&place.file)),
            place.line,
            property(diagnostic.code.name()),
            data(&message)
        )?;
    }
    writeln!(out, "{}", findings.summary())
}

/// A message, with what would end it escaped.
pub(super) fn data(text: &str) -> String {
    let lines: Vec<String> = text
        .replace('%', "%25")
        .split(['\r', '\n'])
        .map(|line| visible(line).into_owned())
        .collect();
    lines.join("%0A")
}

/// The value of a property, with what would end it escaped.
pub(super) fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::{Format, Look};
    use super::*;
    use crate::Reading;
    use crate::diagnostic::{Code, Diagnostic, Levels};
    use crate::source::{MemoryFiles, Place};

    #[test]
    fn what_would_end_a_command_is_escaped() {
        let path = "a,b:100%.md";
        let files = MemoryFiles::new([(path, "|x|y|")]);
        let reading = Reading {
            diagnostics: vec![
                Diagnostic::new(Code::TypeRepeated, Place::new(path, 1, 1), "a: b,\r\nc %")
                    .hint("d\u{1b}"),
            ],
            ..Reading::default()
        };
        let mut out = Vec::new();
        Findings::new(&reading, &Levels::default())
            .write(
                Format::Github,
                &Sources::new(&files, "docs"),
                Look::default(),
                &mut out,
            )
            .unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "::notice file=docs/a%2Cb%3A100%25.md,line=1,col=2,title=type-repeated::a: b,%0A%0Ac %25%0Ahelp: d�\n\
             1 diagnostic: 1 note\n"
        );
    }
}
