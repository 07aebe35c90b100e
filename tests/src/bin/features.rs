//! Whether each feature of the crate that is emitted from the whole docs compiles by itself, without a warning.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use typedown::rust::Mode;
use typedown_tests::bench::crates::{self, Kind};
use typedown_tests::emitted::{self, Problem};

/// Checks the crate that is emitted from the whole docs with each of its features alone, and with none.
///
/// Exit codes: 0 all compile without a warning, 1 one does not, 2 the run was not possible.
#[derive(Debug, Parser)]
struct Options {
    /// The folder of reference material.
    #[arg(long, value_name = "DIR", env = "TYPEDOWN_CORPUS")]
    corpus: PathBuf,
    /// Only features whose names begin with this.
    #[arg(long, value_name = "START", default_value = "")]
    only: String,
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
    let folder = tempfile::tempdir()?;
    let schema = crates::read(&options.corpus, &[])?.schema;
    let emitted = crates::write(folder.path(), "models", &schema, Kind::Mode(Mode::Table))?;
    let output = typedown::Generator::new().emit(&schema)?;
    let features = output.features.keys().map(String::as_str);
    let features = features.filter(|feature| feature.starts_with(&options.only));
    let all: Vec<&str> = [""].into_iter().chain(features).collect();
    let mut failed = 0;
    for feature in &all {
        let arguments = ["check", "--no-default-features", "--features", *feature];
        let target = folder.path().join("target");
        let mut cargo = emitted::cargo(&emitted.folder, &target, &arguments);
        if let Err(problem) = emitted::run(cargo.env("RUSTFLAGS", "-Dwarnings")) {
            failed += 1;
            println!("{feature}: {problem}");
        }
    }
    println!(
        "{} features and none, {failed} do not compile by themselves",
        all.len() - 1
    );
    Ok(failed == 0)
}
