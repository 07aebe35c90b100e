//! Measures how fast emitted types read and write JSON: the mode `table`, the mode `derive` and `serde_json::Value`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::{Command, ExitCode};
use std::time::Instant;

use clap::Parser;
use typedown::rust::{Mode, Names};
use typedown::schema::{Navigation, Schema, Selection};
use typedown_tests::bench::crates::{self, Kind};
use typedown_tests::bench::program;
use typedown_tests::bench::report::{Bar, Table, end};
use typedown_tests::emitted::{self, Problem};
use typedown_tests::examples::{self, Object};

/// Measures how fast emitted types read and write JSON: the mode `table`, the mode `derive` and `serde_json::Value`.
///
/// The objects are the examples of the docs that both modes read, repeated.
#[derive(Debug, Parser)]
struct Options {
    /// The folder of reference material.
    #[arg(long, value_name = "DIR", env = "TYPEDOWN_CORPUS")]
    corpus: PathBuf,
    /// The version to measure; may be given several times.
    #[arg(long = "version", value_name = "VERSION", default_values = ["beta", "v1.0"])]
    versions: Vec<String>,
    /// Emit no navigation properties and only the types that the examples need: for a quick look, as building the
    /// program with all types takes a quarter of an hour.
    #[arg(long)]
    quick: bool,
    /// Build in this folder, and leave it there: a second run builds only what changed.
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// So much JSON is read in each measurement.
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    megabytes: u32,
    /// So many rounds, in each of which all is measured in turn; the best counts.
    #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
}

fn main() -> ExitCode {
    end(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    let temporary = tempfile::tempdir()?;
    let folder = options.folder.as_deref().unwrap_or(temporary.path());
    let schema = crates::read(&options.corpus, &options.versions)?.schema;
    let found = examples::read(&options.corpus.join("examples/en-2021-07.jsonl"), &schema)?;
    let schema = if options.quick {
        without_navigation(&schema, &found.objects)?
    } else {
        schema
    };
    for mode in Mode::ALL {
        let name = format!("{}-models", mode.name());
        crates::write(folder, &name, &schema, Kind::Mode(mode))?;
    }
    let program = program::write(folder, &Names::new(&schema), &found.objects)?;
    let input = folder.join("objects");
    std::fs::write(&input, program::input(&found.objects))?;

    let target = folder.join("target");
    let start = Instant::now();
    emitted::run(&mut emitted::cargo(
        &program,
        &target,
        &["build", "--release"],
    ))?;
    println!(
        "{} objects in {}, {} types are not documented; release build in {:.0} s",
        found.objects.len(),
        options.versions.join(" and "),
        found.untyped.len(),
        start.elapsed().as_secs_f64()
    );
    let executable = format!("release/program{}", std::env::consts::EXE_SUFFIX);
    let printed = emitted::run(
        Command::new(target.join(executable))
            .arg(&input)
            .args([options.megabytes, options.rounds].map(|number| number.to_string())),
    )?;
    print!("{}", report(&String::from_utf8(printed)?, options.rounds)?);
    Ok(())
}

/// The types that some objects need, without navigation properties.
fn without_navigation(schema: &Schema, objects: &[Object]) -> Result<Schema, Problem> {
    let names = objects.iter().map(|object| object.type_name.to_string());
    let names: BTreeSet<String> = names.collect();
    Ok(schema.select(&Selection {
        names: names.into_iter().collect(),
        navigation: Navigation::Omit,
        derived: false,
    })?)
}

/// What a measurement gave.
#[derive(Clone, Copy, Debug)]
struct Speed {
    bytes: f64,
    nanoseconds: f64,
}

impl Speed {
    fn megabytes_per_second(self) -> f64 {
        self.bytes * 1e3 / self.nanoseconds
    }
}

fn report(printed: &str, rounds: u32) -> Result<String, Problem> {
    let mut speeds = BTreeMap::new();
    let mut text = String::new();
    for line in printed.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["objects", both, table, derive, neither] => {
                text = format!(
                    "{both} objects read by both modes, {table} by table only, {derive} by derive only, {neither} by \
                     neither; best of {rounds}\n"
                );
            }
            [name, bytes, nanoseconds] => {
                let speed = Speed {
                    bytes: bytes.parse()?,
                    nanoseconds: nanoseconds.parse()?,
                };
                speeds.insert(name, speed);
            }
            _ => return Err(format!("expected a measurement, found `{line}`").into()),
        }
    }
    let speed = |name: &str| {
        speeds
            .get(name)
            .copied()
            .ok_or_else(|| format!("the program did not measure `{name}`"))
    };
    let mut table = Table::default();
    table.line(["", "MB/s", "MB", "table/this", "bar"]);
    for (action, others) in [
        (
            "read",
            &[
                ("derive", Bar::at_least(0.9)),
                ("value", Bar::at_least(2.5)),
            ][..],
        ),
        ("write", &[("derive", Bar::at_least(0.9))][..]),
    ] {
        let cells = |name: &str, speed: Speed| {
            vec![
                format!("{name}, {action}"),
                format!("{:.1}", speed.megabytes_per_second()),
                format!("{:.1}", speed.bytes / 1e6),
            ]
        };
        let tables = speed(&format!("table-{action}"))?;
        table.line(cells("table", tables));
        for (name, bar) in others {
            let other = speed(&format!("{name}-{action}"))?;
            let ratio = tables.megabytes_per_second() / other.megabytes_per_second();
            let mut line = cells(name, other);
            line.extend([
                format!("{ratio:.2}"),
                bar.to_string(),
                bar.verdict(ratio).to_owned(),
            ]);
            table.line(line);
        }
    }
    Ok(text + &table.to_string())
}
