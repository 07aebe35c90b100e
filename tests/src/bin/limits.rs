//! How far the real docs are below the limits.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use typedown::limits::{Limit, Limits};
use typedown::{Error, Generator, Reading};

/// Prints for each limit how much of it the docs need, to the next power of two.
///
/// Exit codes: 0 every folder of docs stays ten times below every limit, 1 one does not, 2 the run was not possible.
#[derive(Debug, Parser)]
struct Options {
    /// The folder of reference material.
    #[arg(long, value_name = "DIR", env = "TYPEDOWN_CORPUS")]
    corpus: PathBuf,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<bool, Box<dyn std::error::Error>> {
    let mut folders = Vec::new();
    for entry in options.corpus.join("docs").read_dir()? {
        folders.push(entry?.path());
    }
    folders.sort();
    let mut holds = true;
    for limit in Limit::ALL {
        let most = Limits::default().get(limit);
        for folder in &folders {
            let is_enough = |value: usize| -> Result<bool, Error> {
                let limits = Limits::default().with(limit, value);
                let reading = Generator::new().docs(folder).limits(limits).read_docs()?;
                Ok(!is_reached(&reading, limit))
            };
            let mut needed = most;
            while needed > 1 && is_enough(needed / 2)? {
                needed /= 2;
            }
            let is_far = is_enough(most / 10)?;
            holds &= is_far;
            println!(
                "{:13} {most:8}  needed {:8} or less  {}  {}",
                limit.name(),
                needed,
                if is_far {
                    "ten times below"
                } else {
                    "NEARER THAN TEN TIMES"
                },
                folder.file_name().unwrap_or_default().display(),
            );
        }
    }
    Ok(holds)
}

/// Whether something was left out because of a limit.
fn is_reached(reading: &Reading, limit: Limit) -> bool {
    let named = format!("(limit `{}`)", limit.name());
    let mut told = reading.diagnostics.iter();
    told.any(|found| found.message.contains(&named))
}
