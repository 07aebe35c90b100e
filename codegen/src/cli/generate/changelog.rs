//! The changelog of an emitted crate.

use std::io::Write;
use std::path::Path;

use super::super::summary::Summary;
use super::super::{Failure, write_file};
use super::told::counts;
use crate::diff::Bump;
use crate::report::markdown;
use crate::schema::Schema;
use crate::source::DocsRevision;

/// The file in the output folder.
pub(super) const FILE: &str = "CHANGELOG.md";

const TITLE: &str = "# Changes of the types\n\nEach run of `typedown generate` that changes a type adds to the end of this file.\n";

/// Adds what a run has changed to the end of the changelog, if that is anything: with the version bump that it requires, and
/// the revision of the docs, if they have one.
pub(super) fn add(
    out_dir: &Path,
    summary: Option<&Summary>,
    now: &Schema,
    docs: Option<&DocsRevision>,
) -> Result<(), Failure> {
    let mut entry = Vec::new();
    write(&mut entry, summary, now, docs)?;
    if entry.is_empty() {
        return Ok(());
    }
    let path = out_dir.join(FILE);
    let mut text = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => TITLE.to_owned(),
        Err(error) => return Err(Failure::File(path, error)),
    };
    text.push_str(&String::from_utf8_lossy(&entry));
    write_file(&path, text)
}

fn write(
    out: &mut dyn Write,
    summary: Option<&Summary>,
    now: &Schema,
    docs: Option<&DocsRevision>,
) -> std::io::Result<()> {
    let heading = match summary {
        None => "Everything is new".to_owned(),
        Some(summary) if summary.findings.is_empty() => return Ok(()),
        Some(summary) => match summary.required.bump() {
            Bump::None => "No other version required".to_owned(),
            bump => format!("Requires a {bump} version"),
        },
    };
    writeln!(out, "\n## {heading}")?;
    if let Some(DocsRevision { commit, edited }) = docs {
        let edited = if *edited { ", edited" } else { "" };
        writeln!(out, "\nOf the docs at `{commit}`{edited}.")?;
    }
    writeln!(out)?;
    match summary {
        None => writeln!(out, "- {}", counts(now)),
        Some(summary) => {
            let mut findings = summary.findings.iter();
            findings.try_for_each(|finding| markdown::item(finding, out))
        }
    }
}
