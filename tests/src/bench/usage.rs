//! What the compiler uses up: the measuring program puts itself between cargo and rustc.
//!
//! Cargo runs the program that `RUSTC_WRAPPER` names in place of rustc. That is the measuring program itself; a variable
//! of the environment tells it that it is to run rustc, and where to note what that took.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

use crate::emitted::Problem;

/// Names the file of notes, where the program is a wrapper.
const NOTES: &str = "TYPEDOWN_RUSTC_NOTES";

/// What one run of the compiler took.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Usage {
    /// Time of processors, the system's included.
    pub cpu: Duration,
    /// The most memory that was in use at a time, in bytes.
    pub memory: u64,
}

/// Runs the compiler if that is what the program is there for.
#[must_use]
pub fn as_wrapper() -> Option<ExitCode> {
    let notes = std::env::var_os(NOTES)?;
    Some(match compile(Path::new(&notes)) {
        Ok(code) => code,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    })
}

fn compile(notes: &Path) -> Result<ExitCode, Problem> {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    let (rustc, arguments) = arguments
        .split_first()
        .ok_or("expected the path of rustc as first argument, found none")?;
    let status = Command::new(rustc).args(arguments).status()?;
    let name = arguments
        .iter()
        .skip_while(|argument| *argument != OsStr::new("--crate-name"))
        .nth(1)
        .and_then(|name| name.to_str());
    if let Some(name) = name {
        let Usage { cpu, memory } = of_children()?;
        let line = format!("{name} {} {memory}\n", cpu.as_micros());
        OpenOptions::new()
            .create(true)
            .append(true)
            .open(notes)?
            .write_all(line.as_bytes())?;
    }
    Ok(status
        .code()
        .and_then(|code| u8::try_from(code).ok())
        .map_or(ExitCode::FAILURE, ExitCode::from))
}

/// Has cargo note what every run of the compiler takes.
///
/// # Errors
///
/// If the program does not know where it lies.
pub fn note(cargo: &mut Command, notes: &Path) -> Result<(), Problem> {
    cargo
        .env("RUSTC_WRAPPER", std::env::current_exe()?)
        .env(NOTES, notes);
    Ok(())
}

/// What was noted of a crate last.
///
/// # Errors
///
/// If there are no notes of it.
pub fn last(notes: &Path, name: &str) -> Result<Usage, Problem> {
    let text = std::fs::read_to_string(notes)?;
    let found = text.lines().rev().find_map(|line| {
        let mut parts = line.split(' ');
        (parts.next()? == name).then_some(())?;
        Some(Usage {
            cpu: Duration::from_micros(parts.next()?.parse().ok()?),
            memory: parts.next()?.parse().ok()?,
        })
    });
    found.ok_or_else(|| format!("no run of rustc for the crate `{name}` was noted").into())
}

/// What the finished child processes took.
#[cfg(unix)]
fn of_children() -> Result<Usage, Problem> {
    use nix::sys::resource::{UsageWho, getrusage};

    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let micros = [usage.user_time(), usage.system_time()]
        .iter()
        .map(|time| i128::from(time.tv_sec()) * 1_000_000 + i128::from(time.tv_usec()))
        .sum::<i128>();
    // Only Apple counts in bytes.
    let unit = if cfg!(target_vendor = "apple") {
        1
    } else {
        1024
    };
    Ok(Usage {
        cpu: Duration::from_micros(u64::try_from(micros)?),
        memory: u64::try_from(usage.max_rss())? * unit,
    })
}

#[cfg(not(unix))]
fn of_children() -> Result<Usage, Problem> {
    Err("what a process used up can be measured on Unix only".into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_note_of_a_crate_counts() {
        let folder = tempfile::tempdir().unwrap();
        let notes = folder.path().join("notes");
        std::fs::write(&notes, "a 1 2\nab 5 6\na 3000000 4\n").unwrap();
        assert_eq!(
            last(&notes, "a").unwrap(),
            Usage {
                cpu: Duration::from_secs(3),
                memory: 4
            }
        );
        let error = last(&notes, "b").unwrap_err().to_string();
        assert!(error.contains("`b`"), "{error}");
    }
}
