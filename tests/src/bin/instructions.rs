//! How many instructions the program takes for work that never changes, beside what is recorded: what has become slow shows
//! however noisy the machine is.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::{Command, ExitCode};

use clap::Parser;
use serde::{Deserialize, Serialize};
use typedown_tests::bench::measured::{as_program, instructions};
use typedown_tests::bench::report::{Table, end};
use typedown_tests::emitted::Problem;
use typedown_tests::workspace;

/// Counts with valgrind, and compares with tests/instructions.json.
#[derive(Debug, Parser)]
struct Options {
    /// Write what is counted to the file, instead of comparing.
    #[arg(long)]
    record: bool,
}

/// Where the counts are recorded, in the workspace.
const FILE: &str = "tests/instructions.json";

/// What a count may differ from what is recorded.
const TOLERANCE: f64 = 0.03;

/// The same where another compiler made the program: it makes other instructions, but not many more of them.
const OF_ANOTHER_COMPILER: f64 = 0.15;

/// What was counted, and with which compiler: another one makes other instructions.
#[derive(Debug, Serialize, Deserialize)]
struct Record {
    rustc: String,
    instructions: BTreeMap<String, u64>,
}

fn main() -> ExitCode {
    match as_program() {
        Some(code) => code,
        None => end(run(&Options::parse())),
    }
}

fn run(options: &Options) -> Result<(), Problem> {
    let file = workspace().join(FILE);
    let found = Record {
        rustc: rustc()?,
        instructions: count()?,
    };
    if options.record {
        let text = serde_json::to_string_pretty(&found)? + "\n";
        std::fs::write(&file, text)?;
        println!("recorded {} counts in {FILE}", found.instructions.len());
        return Ok(());
    }
    let recorded: Record = serde_json::from_slice(&std::fs::read(&file)?)?;
    let tolerance = match recorded.rustc == found.rustc {
        true => TOLERANCE,
        false => {
            println!(
                "recorded with {}, this is {}; `--record` counts anew",
                recorded.rustc, found.rustc
            );
            OF_ANOTHER_COMPILER
        }
    };
    let mut table = Table::default();
    let mut others = Vec::new();
    table.line(["", "instructions", "recorded", "change"]);
    for (what, found) in &found.instructions {
        let known = recorded.instructions.get(what);
        let change = known.map(|known| change(*found, *known));
        if change.is_none_or(|change| change.abs() > tolerance) {
            others.push(what.as_str());
        }
        table.line([
            what.clone(),
            found.to_string(),
            known.map_or_else(String::new, u64::to_string),
            change.map_or_else(String::new, |change| format!("{:+.1} %", change * 100.0)),
        ]);
    }
    print!("{table}");
    match others.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "{}: more than {:.0} % from what is recorded; find out why, or, if it is meant to be so, record it: \
             `cargo run --release -p typedown-tests --bin instructions -- --record`",
            others.join(", "),
            tolerance * 100.0
        )
        .into()),
    }
}

/// Counts the work of each command on docs-input.
fn count() -> Result<BTreeMap<String, u64>, Problem> {
    let folder = tempfile::tempdir()?;
    let docs = workspace().join("docs-input");
    let out = folder.path().join("models");
    let cache = folder.path().join("cache");
    let lock = workspace().join("generated/typedown.lock.json");
    let on_docs = |command: &[&str]| -> Vec<PathBuf> {
        let command = command.iter().map(PathBuf::from);
        command.chain(["--docs".into(), docs.clone()]).collect()
    };
    let generate = |flags: &[&str]| -> Vec<PathBuf> {
        let mut arguments = on_docs(&["generate", "--threads", "1"]);
        arguments.extend(["--out".into(), out.clone()]);
        arguments.extend(flags.iter().map(PathBuf::from));
        arguments
    };
    let cached = [PathBuf::from("--cache"), cache];
    let runs: [(&str, Vec<PathBuf>); 7] = [
        ("generate", generate(&["--no-cache"])),
        ("generate again, from the docs", generate(&["--no-cache"])),
        (
            "generate, keeping a cache",
            [generate(&[]), cached.to_vec()].concat(),
        ),
        (
            "generate again, from the cache",
            [generate(&[]), cached.to_vec()].concat(),
        ),
        ("lint", on_docs(&["lint", "--threads", "1"])),
        (
            "diff",
            ["diff", "--between", "v1.0", "beta"]
                .iter()
                .map(PathBuf::from)
                .chain([lock.clone(), lock])
                .collect(),
        ),
        ("export", on_docs(&["export", "csdl", "--version", "beta"])),
    ];
    let mut counts = BTreeMap::new();
    for (what, arguments) in runs {
        counts.insert(what.to_owned(), instructions(&arguments)?);
    }
    Ok(counts)
}

fn rustc() -> Result<String, Problem> {
    let output = Command::new("rustc").arg("--version").output()?;
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}

#[expect(clippy::cast_precision_loss, reason = "three percent are judged")]
fn change(found: u64, known: u64) -> f64 {
    found as f64 / known as f64 - 1.0
}
