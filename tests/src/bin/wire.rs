//! Reads and writes real JSON examples with the emitted types, and tells what does not fit or comes back otherwise.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use typedown_tests::emitted::Problem;
use typedown_tests::wire::{console, measure, table};

/// Reads and writes real JSON examples with the emitted types, and tells what does not fit or comes back otherwise.
///
/// Exit codes: 0 all that is asked for holds, 1 something does not, 2 the run was not possible.
#[derive(Debug, Parser)]
struct Options {
    /// The folder of reference material: docs and examples.
    #[arg(long, env = "TYPEDOWN_CORPUS", value_name = "DIR")]
    corpus: PathBuf,
    /// The folder of the docs in it, and the name of the file of examples.
    #[arg(long, default_value = "en-2021-07", value_name = "NAME")]
    docs: String,
    /// Writes what was not read as a Markdown table.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
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

fn run(options: &Options) -> Result<bool, Problem> {
    let docs = options.corpus.join("docs").join(&options.docs);
    let examples = options
        .corpus
        .join("examples")
        .join(format!("{}.jsonl", options.docs));
    let measured = measure(&docs, &examples)?;
    print!("{}", console(&measured));
    if let Some(file) = &options.out {
        std::fs::write(file, table(&measured))?;
    }
    Ok(measured.runs.iter().all(|run| run.holds()))
}
