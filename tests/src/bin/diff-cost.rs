//! What `typedown diff` and `typedown history` cost beside what they cannot do without, and how many changes they count
//! in the service's own metadata.

use std::collections::BTreeMap;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Parser, ValueEnum};
use serde_json::Value;
use typedown::Generator;
use typedown::Limits;
use typedown::diff::{Diff, collapse};
use typedown::import::csdl;
use typedown::schema::Schema;
use typedown_tests::bench::report::{end, within};
use typedown_tests::emitted::Problem;
use typedown_tests::repository::{self, Size};

/// Measures diff from lock files and from docs, and history; counts what differs between CSDL documents.
#[derive(Debug, Parser)]
struct Options {
    /// The folder of reference material.
    #[arg(long, value_name = "DIR", env = "TYPEDOWN_CORPUS")]
    corpus: PathBuf,
    /// Measure only this.
    #[arg(long, value_name = "PART")]
    only: Option<Part>,
}

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    Docs,
    Locks,
    Csdl,
    History,
}

/// So many times each is measured; the best counts.
const ROUNDS: usize = 15;

/// How many times what serde_json needs to load two lock files their comparison may take, and how many times what it
/// takes to read two docs folders.
const LOCK_LIMIT: f64 = 1.5;
const DOCS_LIMIT: f64 = 1.2;

/// So long the history of a repository may take, in seconds.
const HISTORY_BUDGET: f64 = 10.0;

fn main() -> ExitCode {
    end(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    let folder = tempfile::tempdir()?;
    let parts: Vec<Part> = match options.only {
        Some(part) => vec![part],
        None => Part::value_variants().to_vec(),
    };
    for part in parts {
        match part {
            Part::Docs => from_docs(&options.corpus)?,
            Part::Locks => from_locks(&options.corpus, folder.path())?,
            Part::Csdl => from_csdl(&options.corpus)?,
            Part::History => history(folder.path())?,
        }
    }
    Ok(())
}

/// The best times of some rounds of several things, in milliseconds. They take turns, so that what else the machine does
/// meets all of them alike.
fn best<const N: usize>(
    mut works: [&mut dyn FnMut() -> Result<(), Problem>; N],
) -> Result<[f64; N], Problem> {
    let mut best = [f64::INFINITY; N];
    for _ in 0..ROUNDS {
        for (work, best) in works.iter_mut().zip(&mut best) {
            let start = Instant::now();
            work()?;
            *best = best.min(start.elapsed().as_secs_f64() * 1000.0);
        }
    }
    Ok(best)
}

fn from_locks(corpus: &Path, folder: &Path) -> Result<(), Problem> {
    let mut paths = Vec::new();
    for version in ["v1.0", "beta"] {
        let generator = Generator::new()
            .docs(corpus.join("docs/en-2021-07"))
            .versions([version]);
        let path = folder.join(format!("{version}.lock.json"));
        std::fs::write(&path, generator.read_docs()?.schema.to_lock())?;
        paths.push(path);
    }
    let mut serde = || -> Result<(), Problem> {
        for path in &paths {
            let value: Value = serde_json::from_str(&std::fs::read_to_string(path)?)?;
            black_box(value);
        }
        Ok(())
    };
    let mut load = || -> Result<(), Problem> {
        for path in &paths {
            black_box(Schema::from_lock(&std::fs::read_to_string(path)?)?);
        }
        Ok(())
    };
    let mut found = 0;
    let mut diff = || -> Result<(), Problem> {
        let load = |path: &PathBuf| -> Result<Schema, String> {
            let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
            Schema::from_lock(&text).map_err(|error| error.to_string())
        };
        // As the program does it: both at the same time.
        let (old, new) = std::thread::scope(|scope| {
            let old = scope.spawn(|| load(&paths[0]));
            (old.join(), load(&paths[1]))
        });
        let (old, new) = (old.map_err(|_| "loading panicked")??, new?);
        found = Diff::new(&old, &new).findings().len();
        Ok(())
    };
    let [serde, load, diff] = best([&mut serde, &mut load, &mut diff])?;
    let ratio = diff / serde;
    println!(
        "from two lock files: {found} findings in {diff:.1} ms; serde_json loads them in {serde:.1} ms, Typedown alone in {load:.1} ms; \
         ratio {ratio:.2} (limit {LOCK_LIMIT}: {})",
        within(ratio, LOCK_LIMIT)
    );
    Ok(())
}

fn from_docs(corpus: &Path) -> Result<(), Problem> {
    let folder = corpus.join("docs/en-2021-07");
    let read = |version: &str| {
        Generator::new()
            .docs(&folder)
            .versions([version])
            .read_docs()
    };
    let (mut reading, mut both) = (f64::INFINITY, f64::INFINITY);
    // In turns, so that what else the machine does meets both alike.
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let (old, new) = (read("v1.0")?.schema, read("beta")?.schema);
        let read = start.elapsed().as_secs_f64() * 1000.0;
        black_box(Diff::new(&old, &new).findings());
        reading = reading.min(read);
        both = both.min(start.elapsed().as_secs_f64() * 1000.0);
    }
    let ratio = both / reading;
    println!(
        "from docs folders: {both:.0} ms, of which reading {reading:.0} ms; ratio {ratio:.2} (limit {DOCS_LIMIT}: {})",
        within(ratio, DOCS_LIMIT)
    );
    Ok(())
}

fn from_csdl(corpus: &Path) -> Result<(), Problem> {
    let load = |name: &str| -> Result<Schema, Problem> {
        let text = std::fs::read_to_string(corpus.join("truth").join(name))?;
        let version = csdl(&text, name)?;
        Ok(Schema {
            versions: [("truth".to_owned(), version)].into(),
        })
    };
    let (old, new) = (
        load("v1.0-2021-07.csdl.xml")?,
        load("beta-2021-07.csdl.xml")?,
    );
    let findings = Diff::new(&old, &new).findings();
    println!(
        "v1.0 against beta of 2021-07, from CSDL: {} findings, {} with floods told as one",
        findings.len(),
        collapse(findings.clone()).len()
    );
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for finding in &findings {
        *counts.entry(finding.rule.id).or_default() += 1;
    }
    for (rule, count) in counts {
        println!("  {count:5} {rule}");
    }
    Ok(())
}

fn history(folder: &Path) -> Result<(), Problem> {
    let repository = folder.join("repository");
    let size = Size {
        pages: 500,
        commits: 2000,
    };
    repository::make(&repository, size)?;
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let start = Instant::now();
    let revised = typedown::history(&repository, "main", &Limits::default(), threads)?.revised;
    let seconds = start.elapsed().as_secs_f64();
    let facts: usize = revised.iter().map(|revised| revised.facts.len()).sum();
    println!(
        "history of {} commits and {} pages: {facts} facts of {} commits in {seconds:.1} s (budget {HISTORY_BUDGET:.0} s: {})",
        size.commits,
        size.pages,
        revised.len(),
        if seconds <= HISTORY_BUDGET {
            "holds"
        } else {
            "MISSED"
        }
    );
    Ok(())
}
