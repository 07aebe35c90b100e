//! What is told of the docs, in the formats of those who read it: people, programs, code hosts.
//!
//! This room knows formats. Which findings there are, and how grave they are, is decided before it.

mod diff;
mod github;
mod json;
mod pointed;
mod sarif;
mod sources;
mod text;

use std::collections::BTreeMap;
use std::io::{self, Write};

pub(crate) use self::diff::markdown;
pub use self::diff::{DIFF_SCHEMA, DiffFormat, DiffReport};
pub use self::sources::Sources;
use crate::Reading;
use crate::diagnostic::{Diagnostic, Levels, Severity};
use crate::visible::Numbered;

/// The formats of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people: messages with the lines of the page that they are about
    #[default]
    Text,
    /// For programs: all that is known
    Json,
    /// For code hosts and editors: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations of files
    Github,
}

/// How text is to look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// Whether it may be coloured: only a terminal understands that.
    pub color: bool,
    /// How many columns there are.
    pub width: usize,
}

impl Default for Look {
    /// As for a file.
    fn default() -> Self {
        Self {
            color: false,
            width: 140,
        }
    }
}

/// A diagnostic that is to be told, and as how grave.
#[derive(Clone, Copy, Debug)]
pub struct Finding<'a> {
    /// The diagnostic.
    pub diagnostic: &'a Diagnostic,
    /// How grave it is to whoever runs the check.
    pub severity: Severity,
}

/// What a reading has to tell.
///
/// ```
/// use typedown::Generator;
/// use typedown::diagnostic::Levels;
/// use typedown::report::{Findings, Format, Look, Sources};
/// use typedown::source::MemoryFiles;
///
/// let files = MemoryFiles::new([(
///     "beta/resources/tone.md",
///     "# tone resource type\n\n## Properties\n\n|Property|Type|\n|:--|:--|\n|pitch|Pitches|\n",
/// )]);
/// let reading = Generator::new().read(&files)?;
/// let levels = Levels::default();
/// let findings = Findings::new(&reading, &levels);
/// let mut text = Vec::new();
/// findings.write(Format::Text, &Sources::new(&files, ""), Look::default(), &mut text)?;
/// assert_eq!(
///     String::from_utf8(text)?,
///     "\
/// warning[type-unresolved]: no page describes the type `Pitches`
///  --> beta/resources/tone.md:7:8
///   |
/// 7 | |pitch|Pitches|
///   |        ^^^^^^^
///   |
///   = help: correct the name, link to its page, or add a page
///
/// 1 diagnostic: 1 warning
/// "
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Findings<'a> {
    reading: &'a Reading,
    levels: &'a Levels,
    told: Vec<Finding<'a>>,
    suppressed: Vec<Finding<'a>>,
}

impl<'a> Findings<'a> {
    /// What is to be told of a reading at these levels.
    #[must_use]
    pub fn new(reading: &'a Reading, levels: &'a Levels) -> Self {
        let graded = |diagnostics: &'a [Diagnostic]| {
            diagnostics
                .iter()
                .filter_map(|diagnostic| {
                    let severity = levels.severity(diagnostic.code)?;
                    Some(Finding {
                        diagnostic,
                        severity,
                    })
                })
                .collect()
        };
        Self {
            reading,
            levels,
            told: graded(&reading.diagnostics),
            suppressed: graded(&reading.suppressed),
        }
    }

    /// The findings that are told, in the order of places.
    #[must_use]
    pub fn told(&self) -> &[Finding<'a>] {
        &self.told
    }

    /// How many there are of each severity: `12 diagnostics: 1 error, 8 warnings, 3 notes`.
    #[must_use]
    pub fn count(&self) -> String {
        let mut counts: BTreeMap<Severity, usize> = BTreeMap::new();
        for finding in &self.told {
            *counts.entry(finding.severity).or_default() += 1;
        }
        let parts: Vec<String> = counts
            .into_iter()
            .map(|(severity, count)| counted(count, &severity.to_string()))
            .collect();
        if parts.is_empty() {
            "no diagnostics".into()
        } else {
            let total = counted(self.told.len(), "diagnostic");
            format!("{total}: {}", parts.join(", "))
        }
    }

    /// The count, and how many findings the pages hide.
    fn summary(&self) -> String {
        match self.suppressed.len() {
            0 => self.count(),
            hidden => format!("{}; {hidden} suppressed in pages", self.count()),
        }
    }

    /// Writes a report. `look` matters only to text.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn write(
        &self,
        format: Format,
        sources: &Sources<'_>,
        look: Look,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        match format {
            Format::Text => text::write(self, sources, look, out),
            Format::Json => json::write(self, out),
            Format::Sarif => sarif::write(self, sources, out),
            Format::Github => github::write(self, sources, out),
        }
    }
}

/// Writes JSON for programs, which may well be printed.
pub(crate) fn write_json(
    value: &impl serde_core::Serialize,
    out: &mut dyn Write,
) -> io::Result<()> {
    serde_json::to_writer_pretty(Numbered(&mut *out), value)?;
    writeln!(out)
}

/// How many of a long list are named.
const FEW: usize = 8;

/// A list for people: all of it if it is short, else the first of it and how many more there are.
pub(crate) fn some(names: &[String]) -> String {
    match names.len().saturating_sub(FEW) {
        0 | 1 => names.join(", "),
        more => format!("{} and {more} more", names[..FEW].join(", ")),
    }
}

/// `1 page`, `2 pages`
pub(crate) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
