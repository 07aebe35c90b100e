//! How long a crate of few types compiles after its dependencies.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Instant, SystemTime};

use clap::Parser;
use typedown::Generator;
use typedown_tests::bench::report::end;
use typedown_tests::emitted::{self, Problem};

/// Measures how long a crate of selected types compiles after its dependencies.
#[derive(Debug, Parser)]
struct Options {
    /// The folder of reference material.
    #[arg(long, value_name = "DIR", env = "TYPEDOWN_CORPUS")]
    corpus: PathBuf,
    /// The type to select; may be given several times.
    #[arg(long = "select", value_name = "TYPE", default_value = "commsOperation")]
    select: Vec<String>,
}

/// So many times each is compiled; the best counts.
const ROUNDS: usize = 5;

/// So long it may take, in seconds.
const BUDGET: f64 = 1.0;

fn main() -> ExitCode {
    end(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    let folder = tempfile::tempdir()?;
    let models = folder.path().join("models");
    Generator::new()
        .docs(options.corpus.join("docs/en-2021-07"))
        .select(&options.select)
        .out_dir(&models)
        .generate()?;
    emitted::lock(&models)?;
    for command in ["check", "build"] {
        let mut best = f64::INFINITY;
        // The first run, which is not measured, compiles the dependencies.
        for round in 0..=ROUNDS {
            let root = std::fs::File::options()
                .write(true)
                .open(models.join("src/lib.rs"))?;
            root.set_modified(SystemTime::now())?;
            let target = folder.path().join("target");
            let start = Instant::now();
            emitted::run(&mut emitted::cargo(&models, &target, &[command]))?;
            if round > 0 {
                best = best.min(start.elapsed().as_secs_f64());
            }
        }
        println!(
            "cargo {command} of {}: {best:.2} s, best of {ROUNDS} (budget {BUDGET:.0} s: {})",
            options.select.join(", "),
            if best <= BUDGET { "holds" } else { "MISSED" }
        );
    }
    Ok(())
}
