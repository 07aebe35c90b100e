//! How much memory the commands hold that read the whole docs.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use typedown::Generator;
use typedown_tests::bench::measured::{MEMORY_LIMIT, as_program, bytes_read, cost};
use typedown_tests::bench::report::{Table, end, ratio, within};
use typedown_tests::emitted::Problem;

/// Prints the most memory that a run of each command holds at a time, beside the bytes of the docs.
#[derive(Debug, Parser)]
struct Options {
    /// The folder of reference material.
    #[arg(long, value_name = "DIR", env = "TYPEDOWN_CORPUS")]
    corpus: PathBuf,
}

fn main() -> ExitCode {
    match as_program() {
        Some(code) => code,
        None => end(run(&Options::parse())),
    }
}

fn run(options: &Options) -> Result<(), Problem> {
    let docs = options.corpus.join("docs/en-2021-07");
    let bytes = bytes_read(&docs, &Generator::new().docs(&docs).read_docs()?);
    let folder = tempfile::tempdir()?;
    let (cache, out) = (folder.path().join("cache"), folder.path().join("models"));
    let generate = |kept: &[PathBuf]| -> Vec<PathBuf> {
        let arguments = ["generate".into(), "--out".into(), out.clone()];
        arguments.into_iter().chain(kept.iter().cloned()).collect()
    };
    let without = generate(&["--no-cache".into()]);
    let kept = generate(&["--cache".into(), cache]);
    let mut table = Table::default();
    table.line(["", "memory", "of the docs"]);
    for (what, arguments) in [
        ("generate", without.clone()),
        ("generate, written before", without),
        ("generate, keeping a cache", kept),
        ("lint", vec!["lint".into()]),
    ] {
        let arguments = [arguments, vec!["--docs".into(), docs.clone()]].concat();
        let memory = cost(&arguments)?.memory;
        let times = ratio(memory, bytes);
        table.line([
            what.to_owned(),
            format!("{:.0} MB", ratio(memory, 1_000_000)),
            format!(
                "{times:.1} (limit {MEMORY_LIMIT}: {})",
                within(times, MEMORY_LIMIT)
            ),
        ]);
    }
    print!("{table}");
    Ok(())
}
