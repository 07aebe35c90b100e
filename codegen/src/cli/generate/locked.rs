//! `typedown generate --locked`

use std::io::Write;

use super::super::{Failure, Outcome, Settings};
use super::told::{counts, what_differs, what_was_written};
use crate::Error;
use crate::output::LOCK_FILE;
use crate::schema::Lock;

/// Writes the crate again from its lock file.
pub(super) fn run(
    settings: &Settings,
    check: bool,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let path = settings.out.join(LOCK_FILE);
    let text = crate::source::regular::read_text(&path).map_err(|error| {
        Failure::Usage(format!(
            "the lock file `{}` cannot be read: {error}; `typedown generate` writes it from the docs",
            path.display()
        ))
    })?;
    let lock = Lock::parse(&text).map_err(|error| match error {
        Error::Lock { .. } => Failure::Usage(format!("{}: {error}", path.display())),
        error => error.into(),
    })?;
    let output = settings.generator.emit_locked(&lock)?;
    let written = match check {
        true => output.check(&settings.out)?,
        false => output.write(&settings.out)?,
    };
    writeln!(out, "read     {}: {}", path.display(), counts(&lock.schema))?;
    let lines = match check {
        true => what_differs(&settings.out, &output, &written),
        false => what_was_written(&settings.out, &written),
    };
    for line in lines {
        writeln!(out, "{line}")?;
    }
    for note in &written.notes {
        writeln!(out, "note     {note}")?;
    }
    if !check || written.is_empty() {
        return Ok(Outcome::Done);
    }
    writeln!(
        out,
        "stale    run `typedown generate --locked` with the same settings and commit what it writes"
    )?;
    Ok(Outcome::Negative)
}
