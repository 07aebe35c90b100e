//! `typedown generate`

use std::io::Write;

use super::args::{Args, GenerateArgs};
use super::summary::{Summary, counted};
use super::{Failure, Outcome, Settings};
use crate::claims::TableUse;
use crate::diagnostic::Levels;
use crate::diff::Bump;
use crate::output::{LOCK_FILE, Written};
use crate::report::{Findings, visible};
use crate::schema::{Schema, Selection};
use crate::{Error, Reading};

pub(super) fn run(
    args: &Args,
    command: &GenerateArgs,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let mut settings = Settings::of(args, &command.docs, command.out.as_deref())?;
    if let Some(mode) = command.mode {
        settings.generator = settings.generator.mode(mode);
        settings.options.mode = mode;
    }
    if let Some(on_mismatch) = command.on_mismatch {
        settings.generator = settings.generator.on_mismatch(on_mismatch);
        settings.options.on_mismatch = on_mismatch;
    }
    settings.select(command);
    let reading = settings.read()?;
    settings.note_no_pages(&reading, err)?;
    let before = previous(&settings, out)?;
    let selected = settings.generator.selected(&reading.schema)?;
    let output = settings.generator.emit(&reading.schema)?;
    let written = if command.check {
        output.check(&settings.out)?
    } else {
        output.write(&settings.out)?
    };
    writeln!(out, "read     {}", what_was_read(&settings, &reading))?;
    if settings.selection != Selection::default() {
        writeln!(out, "selected {}", counts(&selected))?;
    }
    writeln!(
        out,
        "{}",
        what_was_written(&settings, &written, command.check)
    )?;
    for note in &written.notes {
        writeln!(out, "note     {note}")?;
    }
    match before {
        Some(before) => {
            let (policy, options) = (settings.policy.clone(), settings.options.clone());
            let Summary { lines, required } = Summary::new(&before, &selected, policy, options);
            if lines.is_empty() && !written.is_empty() {
                writeln!(
                    out,
                    "changed  no type: only texts and places of the docs, or the generator"
                )?;
            }
            for line in lines {
                writeln!(out, "changed  {}", visible(&line))?;
            }
            if required.bump() != Bump::None {
                writeln!(out, "bump     {required}")?;
            }
        }
        None if !command.check => {
            writeln!(out, "changed  everything: there was no {LOCK_FILE} before")?
        }
        None => {}
    }
    writeln!(
        out,
        "unused   {}",
        what_was_not_used(&reading, &settings.levels)
    )?;
    if command.check && !written.is_empty() {
        writeln!(
            out,
            "stale    run `typedown generate` with the same settings and commit what it writes"
        )?;
        settings.tell_unreadable(&reading, err)?;
        return Ok(Outcome::Negative);
    }
    settings.tell_unreadable(&reading, err)
}

impl Settings {
    /// Takes over what is to be written: flags first, then the configuration file.
    fn select(&mut self, command: &GenerateArgs) {
        if !command.select.is_empty() {
            self.selection.names.clone_from(&command.select);
        }
        if let Some(navigation) = command.navigation {
            self.selection.navigation = navigation;
        }
        self.selection.derived |= command.derived;
        let generator = std::mem::take(&mut self.generator);
        self.generator = generator
            .select(self.selection.names.iter().cloned())
            .navigation(self.selection.navigation)
            .derived(self.selection.derived);
    }
}

/// The schema of the last run. A lock file that cannot be read is an error only if it is from a newer Typedown; any
/// other is written anew.
fn previous(settings: &Settings, out: &mut dyn Write) -> Result<Option<Schema>, Failure> {
    let path = settings.out.join(LOCK_FILE);
    match std::fs::read_to_string(&path) {
        Ok(text) => match Schema::from_lock(&text) {
            Ok(schema) => Ok(Some(schema)),
            Err(error @ Error::LockIsNewer { .. }) => Err(error.into()),
            Err(error) => {
                writeln!(
                    out,
                    "note     {}: {error}; it is written anew",
                    path.display()
                )?;
                Ok(None)
            }
        },
        Err(_) => Ok(None),
    }
}

fn what_was_read(settings: &Settings, reading: &Reading) -> String {
    format!(
        "{} of {}: {}",
        counted(reading.pages, "page"),
        settings.docs.display(),
        counts(&reading.schema)
    )
}

/// How many types there are in each version.
fn counts(schema: &Schema) -> String {
    let versions = schema.versions.iter();
    let versions: Vec<String> = versions
        .map(|(version, types)| format!("{version} with {}", counted(types.types.len(), "type")))
        .collect();
    versions.join(", ")
}

fn what_was_written(settings: &Settings, written: &Written, check: bool) -> String {
    let out = settings.out.display();
    if written.is_empty() {
        return format!(
            "wrote    nothing: {out} is up to date ({})",
            counted(written.unchanged, "file")
        );
    }
    let verb = if check { "differs " } else { "wrote   " };
    let mut lines = Vec::new();
    let parts: Vec<String> = [
        ("added", &written.added),
        ("changed", &written.changed),
        ("removed", &written.removed),
    ]
    .into_iter()
    .filter(|(_, paths)| !paths.is_empty())
    .map(|(what, paths)| format!("{} {what}", counted(paths.len(), "file")))
    .collect();
    lines.push(format!(
        "{verb} {out}: {}, {} unchanged",
        parts.join(", "),
        written.unchanged
    ));
    if check {
        for (mark, paths) in [
            ('+', &written.added),
            ('~', &written.changed),
            ('-', &written.removed),
        ] {
            lines.extend(paths.iter().map(|path| format!("         {mark} {path}")));
        }
    }
    lines.join("\n")
}

fn what_was_not_used(reading: &Reading, levels: &Levels) -> String {
    let rows = |wanted: &dyn Fn(TableUse) -> bool| -> usize {
        reading
            .tables
            .iter()
            .filter(|table| wanted(table.taken_for))
            .map(|table| table.diagnosed as usize)
            .sum()
    };
    let lost = rows(&|_| true);
    let findings = Findings::new(reading, levels);
    if lost == 0 && findings.told().is_empty() {
        return "nothing".into();
    }
    format!(
        "{}; {} (`typedown lint` shows them and checks more)",
        counted(lost, "row"),
        findings.count()
    )
}
