//! What `generate` tells.

use std::path::Path;

use super::super::Settings;
use super::super::summary::{Summary, counted};
use crate::Reading;
use crate::claims::TableUse;
use crate::diff::Bump;
use crate::output::{Difference, LOCK_FILE, Output, Written};
use crate::report::Findings;
use crate::schema::{Schema, Selection};
use crate::visible::visible;

/// So many files are shown in which they differ.
const FEW: usize = 10;

/// What a run has read, to be told.
pub(super) struct Told<'a> {
    pub(super) settings: &'a Settings,
    pub(super) reading: &'a Reading,
    /// What of the schema is written.
    pub(super) selected: &'a Schema,
    /// Whether it is known what was there before.
    pub(super) is_known: bool,
    /// What would be written, if nothing is.
    pub(super) checked: Option<&'a Output>,
}

impl Told<'_> {
    /// The lines about a run that has written something, or would have; the summary is that of the changes since the last one.
    pub(super) fn lines(&self, written: &Written, summary: Option<&Summary>) -> Vec<String> {
        let mut lines = vec![format!("read     {}", self.what_was_read())];
        if self.settings.selection != Selection::default() {
            lines.push(format!("selected {}", counts(self.selected)));
        }
        let out_dir = &self.settings.out;
        lines.extend(match self.checked {
            Some(output) => what_differs(out_dir, output, written),
            None => what_was_written(out_dir, written),
        });
        let notes = written.notes.iter();
        lines.extend(notes.map(|note| format!("note     {note}")));
        match summary {
            Some(summary) => {
                let (told, required) = (summary.lines(), summary.required);
                if told.is_empty() && !written.is_empty() {
                    let is_lock = |path: &String| path == LOCK_FILE;
                    let why = match written.changed.iter().any(is_lock) {
                        true => "only texts and places of the docs",
                        false => {
                            "a file was edited, or it is of other settings or another Typedown"
                        }
                    };
                    lines.push(format!("changed  no type: {why}"));
                }
                let told = told.iter();
                lines.extend(told.map(|line| format!("changed  {}", visible(line))));
                if required.bump() != Bump::None {
                    lines.push(format!("bump     {required}"));
                }
            }
            None if self.is_known && self.checked.is_none() && !written.is_empty() => lines.push(
                format!("changed  everything: there was no {LOCK_FILE} before"),
            ),
            None => {}
        }
        lines.push(format!("unused   {}", self.what_was_not_used()));
        lines
    }

    /// Whether the run has nothing to tell but these lines.
    pub(super) fn is_complete(&self) -> bool {
        self.reading.pages > 0 && self.reading.unreadable().next().is_none()
    }

    fn what_was_read(&self) -> String {
        format!(
            "{} of {}: {}",
            counted(self.reading.pages, "page"),
            self.settings.docs.display(),
            counts(&self.reading.schema)
        )
    }

    fn what_was_not_used(&self) -> String {
        let rows = |wanted: &dyn Fn(TableUse) -> bool| -> usize {
            self.reading
                .tables
                .iter()
                .filter(|table| wanted(table.taken_for))
                .map(|table| table.diagnosed as usize)
                .sum()
        };
        let lost = rows(&|_| true);
        let findings = Findings::new(self.reading, &self.settings.levels);
        if lost == 0 && findings.told().is_empty() {
            return "nothing".into();
        }
        format!(
            "{}; {} (`typedown lint` shows them and checks more)",
            counted(lost, "row"),
            findings.count()
        )
    }
}

/// The lines about what was written to a folder.
pub(super) fn what_was_written(out_dir: &Path, written: &Written) -> Vec<String> {
    match is_up_to_date(out_dir, written) {
        Some(line) => vec![line],
        None => vec![format!(
            "wrote    {}: {}",
            out_dir.display(),
            files(written)
        )],
    }
}

/// The lines about what would be written to a folder: each file, and where it begins to differ.
pub(super) fn what_differs(out_dir: &Path, output: &Output, written: &Written) -> Vec<String> {
    if let Some(line) = is_up_to_date(out_dir, written) {
        return vec![line];
    }
    let Written {
        added,
        changed,
        removed,
        ..
    } = written;
    let mut lines = vec![format!(
        "differs  {}: {}",
        out_dir.display(),
        files(written)
    )];
    lines.extend(added.iter().map(|path| format!("         + {path}")));
    lines.extend(changed.iter().enumerate().map(|(at, path)| {
        let shown = (at < FEW).then(|| difference(output, out_dir, path));
        format!("         ~ {path}{}", shown.flatten().unwrap_or_default())
    }));
    lines.extend(removed.iter().map(|path| format!("         - {path}")));
    lines
}

fn is_up_to_date(out_dir: &Path, written: &Written) -> Option<String> {
    let files = counted(written.unchanged, "file");
    let out_dir = out_dir.display();
    written
        .is_empty()
        .then(|| format!("wrote    nothing: {out_dir} is up to date ({files})"))
}

/// How many files are new, changed and so on.
fn files(written: &Written) -> String {
    let parts = [
        ("added", &written.added),
        ("changed", &written.changed),
        ("removed", &written.removed),
    ];
    let parts = parts.into_iter().filter(|(_, paths)| !paths.is_empty());
    let parts = parts.map(|(what, paths)| format!("{} {what}", counted(paths.len(), "file")));
    let parts: Vec<String> = parts.collect();
    format!("{}, {} unchanged", parts.join(", "), written.unchanged)
}

/// How many types there are in each version.
pub(super) fn counts(schema: &Schema) -> String {
    let versions = schema.versions.iter();
    let versions: Vec<String> = versions
        .map(|(version, types)| {
            let version = visible(version);
            format!("{version} with {}", counted(types.types.len(), "type"))
        })
        .collect();
    versions.join(", ")
}

/// Where a file begins to differ, with what should be there and what is.
fn difference(output: &Output, out_dir: &Path, path: &str) -> Option<String> {
    // Of a schema its changes are told; and what cannot be read any more can still be named.
    let difference = output.first_difference(out_dir, path).ok().flatten();
    let Difference {
        line,
        expected,
        found,
    } = difference.filter(|_| path != LOCK_FILE)?;
    let quoted = |line: Option<String>| match line {
        Some(line) => format!("`{}`", visible(line.trim())),
        None => "the end of the file".to_owned(),
    };
    let (expected, found) = (quoted(expected), quoted(found));
    Some(format!(":{line}: expected {expected}, found {found}"))
}
