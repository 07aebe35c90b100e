//! Measures what emitted crates cost to compile: bare types, the mode `table` and the mode `derive`, side by side.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};

use clap::Parser;
use typedown::rust::Mode;
use typedown_tests::bench::crates::{self, Crate, Kind};
use typedown_tests::bench::report::{Bar, Table, end};
use typedown_tests::bench::usage;
use typedown_tests::emitted::{self, Problem};

/// Measures what emitted crates cost to compile: bare types, the mode `table` and the mode `derive`, side by side.
///
/// The dependencies are built before. Only ratios of one run say something: machines are noisy.
#[derive(Debug, Parser)]
struct Options {
    /// The folder of reference material.
    #[arg(long, value_name = "DIR", env = "TYPEDOWN_CORPUS")]
    corpus: PathBuf,
    /// The version to measure; may be given several times.
    #[arg(long = "version", value_name = "VERSION", default_values = ["beta", "v1.0"])]
    versions: Vec<String>,
    /// So many rounds, in each of which all crates are compiled in turn; the best counts.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
}

const KINDS: [Kind; 3] = [
    Kind::Floor,
    Kind::Mode(Mode::Table),
    Kind::Mode(Mode::Derive),
];

fn main() -> ExitCode {
    if let Some(code) = usage::as_wrapper() {
        return code;
    }
    end(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    for version in &options.versions {
        let costs = measure(&options.corpus, version, options.rounds)?;
        println!("{version}, best of {} (dev profile)", options.rounds);
        println!("{}", table(&costs));
    }
    Ok(())
}

/// What one run of cargo took.
#[derive(Clone, Copy, Debug)]
struct Cost {
    wall: Duration,
    cpu: Duration,
    memory: u64,
}

impl Cost {
    fn best(self, other: Self) -> Self {
        Self {
            wall: self.wall.min(other.wall),
            cpu: self.cpu.min(other.cpu),
            memory: self.memory.min(other.memory),
        }
    }
}

/// What a crate costs.
#[derive(Clone, Copy, Debug)]
struct Costs {
    check: Cost,
    build: Cost,
    rlib: u64,
}

/// The costs of each kind of crate.
fn measure(corpus: &Path, version: &str, rounds: u32) -> Result<[Costs; 3], Problem> {
    let folder = tempfile::tempdir()?;
    let folder = folder.path();
    let reading = crates::read(corpus, &[version.to_owned()])?;
    let mut crates = Vec::new();
    for kind in KINDS {
        let emitted = crates::write(folder, kind.name(), &reading.schema, kind)?;
        build_dependencies(folder, &emitted)?;
        crates.push(emitted);
    }
    let mut best: Vec<Option<Costs>> = vec![None; crates.len()];
    for _ in 0..rounds {
        for (emitted, best) in crates.iter().zip(&mut best) {
            let check = compile(folder, emitted, "check")?;
            let build = compile(folder, emitted, "build")?;
            let rlib = folder.join(format!("target/debug/lib{}.rlib", emitted.name));
            let rlib = std::fs::metadata(rlib)?.len();
            *best = Some(match best {
                Some(known) => Costs {
                    check: known.check.best(check),
                    build: known.build.best(build),
                    rlib: known.rlib.min(rlib),
                },
                None => Costs { check, build, rlib },
            });
        }
    }
    let costs: Option<Vec<Costs>> = best.into_iter().collect();
    let costs = costs.and_then(|costs| costs.try_into().ok());
    costs.ok_or_else(|| "no round was measured".into())
}

/// Builds what a crate depends on, by building the crate without anything in it.
fn build_dependencies(folder: &Path, emitted: &Crate) -> Result<(), Problem> {
    let root = emitted.folder.join("src/lib.rs");
    let text = std::fs::read_to_string(&root)?;
    std::fs::write(&root, "")?;
    for command in ["check", "build"] {
        compile(folder, emitted, command)?;
    }
    std::fs::write(&root, text)?;
    Ok(())
}

/// Compiles a crate anew.
fn compile(folder: &Path, emitted: &Crate, command: &str) -> Result<Cost, Problem> {
    let root = emitted.folder.join("src/lib.rs");
    let file = std::fs::File::options().write(true).open(root)?;
    file.set_modified(SystemTime::now())?;
    let notes = folder.join("notes");
    let mut cargo = emitted::cargo(&emitted.folder, &folder.join("target"), &[command]);
    usage::note(&mut cargo, &notes)?;
    // A note that is left from before must not pass for one of this run.
    if notes.exists() {
        std::fs::remove_file(&notes)?;
    }
    let start = Instant::now();
    emitted::run(&mut cargo)?;
    let wall = start.elapsed();
    let usage = usage::last(&notes, &emitted.name)?;
    Ok(Cost {
        wall,
        cpu: usage.cpu,
        memory: usage.memory,
    })
}

/// A line of the report: its title, what is measured, the unit it is shown in, and the bar.
type Measure = (&'static str, fn(&Costs) -> f64, &'static str, Option<Bar>);

fn table(costs: &[Costs; 3]) -> Table {
    let check = Some(Bar::at_least(6.0).with_goal(8.0));
    let build = Some(Bar::at_least(4.0).with_goal(6.0));
    let measures: [Measure; 7] = [
        ("check, wall", |c| c.check.wall.as_secs_f64(), "s", check),
        ("check, CPU", |c| c.check.cpu.as_secs_f64(), "s", check),
        (
            "check, peak memory",
            |c| megabytes(c.check.memory),
            "MB",
            Some(Bar::at_least(3.0)),
        ),
        ("build, wall", |c| c.build.wall.as_secs_f64(), "s", build),
        ("build, CPU", |c| c.build.cpu.as_secs_f64(), "s", build),
        (
            "build, peak memory",
            |c| megabytes(c.build.memory),
            "MB",
            None,
        ),
        (
            "rlib",
            |c| megabytes(c.rlib),
            "MB",
            Some(Bar::at_least(1.0)),
        ),
    ];
    let mut table = Table::default();
    let titles = KINDS.map(Kind::name).into_iter();
    table.line(
        [""].into_iter()
            .chain(titles)
            .chain(["table/floor", "derive/table", "bar", ""]),
    );
    for (title, value, unit, bar) in measures {
        let [floor, tables, derives] = [0, 1, 2].map(|kind| value(&costs[kind]));
        let ratio = derives / tables;
        let mut cells = vec![title.to_owned()];
        cells.extend([floor, tables, derives].map(|value| format!("{value:.1} {unit}")));
        cells.extend([tables / floor, ratio].map(|ratio| format!("{ratio:.2}")));
        if let Some(bar) = bar {
            cells.extend([bar.to_string(), bar.verdict(ratio).to_owned()]);
        }
        table.line(cells);
    }
    table
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
