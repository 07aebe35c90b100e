//! Scores docs in other languages against the service's own schema.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use typedown_tests::differences::translated;

/// Scores docs in other languages against the service's own schema: each language alone, by structure alone, and beside
/// English docs of another date.
#[derive(Debug, Parser)]
struct Options {
    /// The folder of reference material: docs, truth and tools.
    #[arg(long, env = "TYPEDOWN_CORPUS", value_name = "DIR")]
    corpus: PathBuf,
}

fn main() -> ExitCode {
    match translated::report(&Options::parse().corpus) {
        Ok((text, holds)) => {
            print!("{text}");
            ExitCode::from(u8::from(!holds))
        }
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}
