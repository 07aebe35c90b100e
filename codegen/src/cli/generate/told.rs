//! What `generate` tells.

use std::path::Path;

use super::super::Settings;
use super::super::summary::{Summary, counted};
use crate::claims::TableUse;
use crate::diff::Bump;
use crate::output::{LOCK_FILE, Output, Written};
use crate::report::{Findings, visible};
use crate::schema::{Schema, Selection};
use crate::{Error, Reading};

/// So many files are shown in which they differ.
const FEW: usize = 10;

/// What a run has read, to be told.
pub(super) struct Told<'a> {
    pub(super) settings: &'a Settings,
    pub(super) reading: &'a Reading,
    /// What of the schema is written.
    pub(super) selected: &'a Schema,
    /// Whether nothing is written.
    pub(super) check: bool,
}

impl Told<'_> {
    /// The lines about a run that has written something, or would have; the summary is that of the changes since the last one.
    pub(super) fn lines(&self, written: &Written, summary: Option<&Summary>) -> Vec<String> {
        let mut lines = vec![format!("read     {}", self.what_was_read())];
        if self.settings.selection != Selection::default() {
            lines.push(format!("selected {}", counts(self.selected)));
        }
        lines.extend(what_was_written(&self.settings.out, written, self.check));
        let notes = written.notes.iter();
        lines.extend(notes.map(|note| format!("note     {note}")));
        match summary {
            Some(summary) => {
                let (told, required) = (summary.lines(), summary.required);
                if told.is_empty() && !written.is_empty() {
                    lines.push(
                        "changed  no type: only texts and places of the docs, or the generator"
                            .to_owned(),
                    );
                }
                let told = told.iter();
                lines.extend(told.map(|line| format!("changed  {}", visible(line))));
                if required.bump() != Bump::None {
                    lines.push(format!("bump     {required}"));
                }
            }
            None if !self.check && !written.is_empty() => lines.push(format!(
                "changed  everything: there was no {LOCK_FILE} before"
            )),
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

/// The lines about what was written to a folder, or would be.
pub(super) fn what_was_written(out_dir: &Path, written: &Written, check: bool) -> Vec<String> {
    let out = out_dir.display();
    if written.is_empty() {
        return vec![format!(
            "wrote    nothing: {out} is up to date ({})",
            counted(written.unchanged, "file")
        )];
    }
    let verb = if check { "differs " } else { "wrote   " };
    let parts: Vec<String> = [
        ("added", &written.added),
        ("changed", &written.changed),
        ("removed", &written.removed),
    ]
    .into_iter()
    .filter(|(_, paths)| !paths.is_empty())
    .map(|(what, paths)| format!("{} {what}", counted(paths.len(), "file")))
    .collect();
    let mut lines = vec![format!(
        "{verb} {out}: {}, {} unchanged",
        parts.join(", "),
        written.unchanged
    )];
    if check {
        for (mark, paths) in [
            ('+', &written.added),
            ('~', &written.changed),
            ('-', &written.removed),
        ] {
            lines.extend(paths.iter().map(|path| format!("         {mark} {path}")));
        }
    }
    lines
}

/// How many types there are in each version.
pub(super) fn counts(schema: &Schema) -> String {
    let versions = schema.versions.iter();
    let versions: Vec<String> = versions
        .map(|(version, types)| format!("{version} with {}", counted(types.types.len(), "type")))
        .collect();
    versions.join(", ")
}

/// For the first of the files that differ, where they begin to, with what is there and what should be.
pub(super) fn differences(
    output: &Output,
    written: &Written,
    out_dir: &Path,
) -> Result<Vec<String>, Error> {
    let mut lines = Vec::new();
    for path in written.changed.iter().take(FEW) {
        if let Some(difference) = output.first_difference(out_dir, path)? {
            let quoted = |line: Option<String>| match line {
                Some(line) => format!("`{}`", visible(line.trim())),
                None => "the end of the file".to_owned(),
            };
            lines.push(format!(
                "differs  {path}:{}: expected {}, found {}",
                difference.line,
                quoted(difference.expected),
                quoted(difference.found)
            ));
        }
    }
    Ok(lines)
}
