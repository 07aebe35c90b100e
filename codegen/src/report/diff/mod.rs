//! What differs between two schemas, in the formats of those who read it.
//!
//! This room knows formats. Which findings there are, and what they mean, is decided before it.

mod github;
mod html;
mod json;
pub(crate) mod markdown;
mod sarif;
mod text;

use std::collections::BTreeMap;
use std::io::{self, Write};

use super::{Look, Sources, counted};
use crate::diagnostic::{Level, Severity};
use crate::diff::{Bump, Finding, Parity, Required, Sides, Viewer, Wire};

/// The JSON Schema of the format [`DiffFormat::Json`].
pub const DIFF_SCHEMA: &str = include_str!("schema.json");

/// The formats of differences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum DiffFormat {
    /// For people: what changed, type by type
    #[default]
    Text,
    /// For release notes: a changelog
    Markdown,
    /// For programs: all that is known, as --print-schema describes it
    Json,
    /// For code hosts and editors: SARIF 2.1.0
    Sarif,
    /// For GitHub Actions: annotations of files
    Github,
    /// For browsers: one page with filters and search, that needs nothing else
    Html,
}

impl DiffFormat {
    /// Every format.
    pub const ALL: [Self; 6] = [
        Self::Text,
        Self::Markdown,
        Self::Json,
        Self::Sarif,
        Self::Github,
        Self::Html,
    ];
}

/// Two schemas, compared: everything that a report tells.
#[derive(Clone, Debug)]
pub struct DiffReport<'a> {
    /// What the sides are called: as the user gave them.
    pub names: Sides<String>,
    /// The findings, told or not, with floods told as one.
    pub findings: &'a [Finding],
    /// Which part of the version of the emitted crate has to be raised.
    pub required: Required,
    /// Which types the two versions have in common, if there are two.
    pub parity: Option<&'a Parity>,
    /// What else is to be said, such as of settings that have no effect.
    pub notes: &'a [String],
    /// How the sides show what findings are about; only HTML tells it.
    pub views: Option<&'a Viewer<'a>>,
    /// The docs of both sides, if they are docs, for the paths of places.
    pub sources: Sides<Option<&'a Sources<'a>>>,
}

impl DiffFormat {
    /// Whether people read it, who rather have floods told as one; programs get every finding by itself.
    #[must_use]
    pub fn is_for_people(self) -> bool {
        !matches!(self, Self::Json | Self::Sarif)
    }
}

impl<'a> DiffReport<'a> {
    /// Writes the report. `look` matters only to text.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn write(&self, format: DiffFormat, look: Look, out: &mut dyn Write) -> io::Result<()> {
        match format {
            DiffFormat::Text => text::write(self, look, out),
            DiffFormat::Markdown => markdown::write(self, out),
            DiffFormat::Json => json::write(self, out),
            DiffFormat::Sarif => sarif::write(self, out),
            DiffFormat::Github => github::write(self, out),
            DiffFormat::Html => html::write(self, out),
        }
    }

    /// The findings that are told, each with how gravely.
    fn told(&self) -> impl Iterator<Item = (&'a Finding, Severity)> {
        let findings = self.findings.iter();
        findings.filter_map(|finding| match (&finding.allowed, finding.level) {
            (None, Level::Tell(severity)) => Some((finding, severity)),
            _ => None,
        })
    }

    /// The findings that would be told if nobody had allowed them, each with the reason.
    fn allowed(&self) -> impl Iterator<Item = (&'a Finding, &'a str)> {
        let findings = self.findings.iter();
        findings.filter_map(|finding| match (&finding.allowed, finding.level) {
            (Some(reason), Level::Tell(_)) => Some((finding, reason.as_str())),
            _ => None,
        })
    }

    /// The findings whose level keeps them from being told.
    fn silent(&self) -> impl Iterator<Item = &'a Finding> {
        let findings = self.findings.iter();
        findings.filter(|finding| finding.level == Level::Allow)
    }

    /// What has to be raised, and what of the version asks for it. Where floods are told as one they count one by one.
    fn required_in_words(&self) -> String {
        let mut text = self.required.to_string();
        if self.told().any(|(finding, _)| !finding.members.is_empty()) {
            text.push_str("; each of many counts");
        }
        let is_exempt = |(finding, _): &(&Finding, Severity)| {
            finding.exempt && finding.verdicts.rust == Bump::Major
        };
        let exempt = self.told().filter(is_exempt).count();
        if exempt > 0 {
            let ask = if exempt == 1 { "asks" } else { "ask" };
            text.push_str(&format!(
                "; {exempt} of a version that may break {ask} for minor, not for major"
            ));
        }
        text
    }

    /// How many findings there are: `12 findings: 3 errors, 1 warning, 8 notes; 2 allowed; 5 not shown`.
    fn count(&self) -> String {
        let mut counts: BTreeMap<Severity, usize> = BTreeMap::new();
        for (_, severity) in self.told() {
            *counts.entry(severity).or_default() += 1;
        }
        let all: usize = counts.values().sum();
        let parts: Vec<String> = counts
            .into_iter()
            .map(|(severity, count)| counted(count, &severity.to_string()))
            .collect();
        let mut text = match all {
            0 => "no findings".to_owned(),
            all => format!("{}: {}", counted(all, "finding"), parts.join(", ")),
        };
        let allowed = self.allowed().count();
        if allowed > 0 {
            text.push_str(&format!("; {allowed} allowed"));
        }
        let silent = self.silent().count();
        if silent > 0 {
            text.push_str(&format!("; {silent} not shown"));
        }
        text
    }

    /// How many findings break on each axis: reading, writing, and the crate.
    fn breaking(&self) -> [usize; 3] {
        let mut counts = [0; 3];
        for (finding, _) in self.told() {
            let verdicts = finding.verdicts;
            counts[0] += usize::from(verdicts.wire_read == Wire::Breaking);
            counts[1] += usize::from(verdicts.wire_write == Wire::Breaking);
            counts[2] += usize::from(verdicts.rust == Bump::Major);
        }
        counts
    }
}

/// `wire-read breaking, wire-write safe, rust major`
fn verdicts(finding: &Finding) -> String {
    let verdicts = finding.verdicts;
    format!(
        "wire-read {}, wire-write {}, rust {}",
        verdicts.wire_read, verdicts.wire_write, verdicts.rust
    )
}

/// A place of a side, as its docs call it.
fn place(
    finding: &Finding,
    sources: Option<&Sources<'_>>,
    of: impl Fn(&Sides<Option<crate::schema::Source>>) -> Option<crate::schema::Source>,
) -> Option<(String, u32)> {
    let source = of(&finding.places)?;
    let path = match sources {
        Some(sources) => sources.path(&source.page),
        None => source.page.to_string(),
    };
    Some((path, source.line))
}

/// How two versions compare: `types of v1.0 and beta: 45 the same, 22 different, 1 only in v1.0, 31 only in beta`.
fn parity_in_words(parity: &Parity) -> String {
    let [same, old, new, differ] = parity.counts();
    let versions = &parity.versions;
    format!(
        "types of {} and {}: {same} the same, {differ} different, {old} only in {}, {new} only in {}",
        versions.old, versions.new, versions.old, versions.new
    )
}
