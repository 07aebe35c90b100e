//! Compares what Typedown reads with the service's own schema, and judges every difference.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use typedown_tests::bench::report::end;
use typedown_tests::differences::{console, measure, summary, table};

/// Compares what Typedown reads from the docs with the service's own schema, and judges every difference.
#[derive(Debug, Parser)]
struct Options {
    /// The folder of reference material: docs, truth and tools.
    #[arg(long, env = "TYPEDOWN_CORPUS", value_name = "DIR")]
    corpus: PathBuf,
    /// The folder of the docs in it.
    #[arg(long, default_value = "en-2021-07", value_name = "NAME")]
    docs: String,
    /// The date of the service's schema.
    #[arg(long, default_value = "2021-07", value_name = "DATE")]
    truth: String,
    /// Writes all differences, with the lines of the docs that prove the verdicts, as a Markdown table.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Writes the summary, which quotes nothing.
    #[arg(long, value_name = "FILE")]
    summary: Option<PathBuf>,
}

fn main() -> ExitCode {
    end(run(&Options::parse()).map_err(Into::into))
}

fn run(options: &Options) -> Result<(), String> {
    let measured = measure(&options.corpus, &options.docs, &options.truth)?;
    print!("{}", console(&measured));
    let write = |file: &Option<PathBuf>, text: &dyn Fn() -> String| match file {
        Some(file) => std::fs::write(file, text())
            .map_err(|error| format!("{} cannot be written: {error}", file.display())),
        None => Ok(()),
    };
    write(&options.out, &|| table(&measured))?;
    write(&options.summary, &|| {
        summary(&measured, &options.docs, &options.truth)
    })
}
