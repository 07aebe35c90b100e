//! The changelog of an emitted crate.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::super::summary::Summary;
use super::super::{Failure, write_file};
use super::told::counts;
use super::{Job, Previous};
use crate::diff::Bump;
use crate::report::markdown;
use crate::schema::Schema;
use crate::source::DocsRevision;

/// The file in the output folder.
pub(super) const FILE: &str = "CHANGELOG.md";

const TITLE: &str = "# Changes of the types\n\nEach run of `typedown generate` that changes a type adds to the end of this file.\n";

/// The changelog of a crate, as it is before a run writes anything: what cannot be added to it would be lost.
#[derive(Clone)]
pub(super) struct Changelog {
    path: PathBuf,
    /// None if there is no file yet.
    text: Option<String>,
}

/// What there was when watching began: all that changes from then on is one entry, for nobody wants to read of what was
/// written in between.
pub(super) struct Since {
    changelog: Changelog,
    before: Previous,
}

impl Since {
    /// What there is now; none if no changelog is wanted.
    pub(super) fn now(job: &Job<'_>) -> Result<Option<Self>, Failure> {
        if !job.settings.changelog {
            return Ok(None);
        }
        Ok(Some(Self {
            changelog: Changelog::open(&job.settings.out)?,
            before: job.previous(None)?,
        }))
    }

    /// Tells of all changes since.
    pub(super) fn add(
        &self,
        job: &Job<'_>,
        now: &Schema,
        docs: Option<&DocsRevision>,
    ) -> Result<(), Failure> {
        if !self.before.is_known {
            return Ok(());
        }
        let before = self.before.lock.as_ref();
        let summary = before.map(|before| job.summary(before, now));
        self.changelog.clone().add(summary.as_ref(), now, docs)
    }
}

impl Changelog {
    pub(super) fn open(out_dir: &Path) -> Result<Self, Failure> {
        let path = out_dir.join(FILE);
        let text = match crate::source::regular::read_text(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                return Ok(Self { path, text: None });
            }
            Err(error) => {
                let message = format!("`{}` cannot be read: {error}", path.display());
                return Err(Failure::Usage(message));
            }
        };
        let title = TITLE.lines().next().unwrap_or_default();
        if text.lines().next() != Some(title) {
            return Err(Failure::Usage(format!(
                "`{}` is a changelog of somebody else's: move it away, or begin it with the line `{title}`",
                path.display()
            )));
        }
        let text = Some(text);
        Ok(Self { path, text })
    }

    /// Adds what a run has changed to the end, if that is anything: with the version bump that it requires, and the revision
    /// of the docs, if they have one.
    pub(super) fn add(
        self,
        summary: Option<&Summary>,
        now: &Schema,
        docs: Option<&DocsRevision>,
    ) -> Result<(), Failure> {
        let mut entry = Vec::new();
        write(&mut entry, summary, now, docs)?;
        // What watching has added goes again with what it was about.
        if entry.is_empty() && !self.path.exists() {
            return Ok(());
        }
        let entry = String::from_utf8_lossy(&entry).into_owned();
        let mut text = self.text.unwrap_or_else(|| TITLE.to_owned());
        let (end, entry) = match text.contains("\r\n") {
            true => ("\r\n", entry.replace('\n', "\r\n")),
            false => ("\n", entry),
        };
        if !text.ends_with('\n') {
            text.push_str(end);
        }
        text.push_str(&entry);
        write_file(&self.path, text)
    }
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
        None => writeln!(out, "- {}", markdown::plain(&counts(now))),
        Some(summary) => {
            let mut findings = summary.findings.iter();
            findings.try_for_each(|finding| markdown::item(finding, out))
        }
    }
}
