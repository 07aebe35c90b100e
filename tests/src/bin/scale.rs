//! How the cost of a run grows with the docs: twice the pages are to cost twice as much.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use typedown::{Generator, Reading};
use typedown_tests::bench::copies::Original;
use typedown_tests::bench::measured::{MEMORY_LIMIT, as_program, bytes_read, cost, instructions};
use typedown_tests::bench::report::{Table, end, ratio, within};
use typedown_tests::emitted::Problem;

/// Measures `typedown generate` on docs that are doubled, with types of other names, again and again: instructions by
/// valgrind, which takes some fifty times as long as the run; memory; and the time of the largest run.
#[derive(Debug, Parser)]
struct Options {
    /// The folder of reference material.
    #[arg(long, value_name = "DIR", env = "TYPEDOWN_CORPUS")]
    corpus: PathBuf,
    /// Count instructions of docs with up to so many pages.
    #[arg(long, value_name = "N", default_value_t = 4_200)]
    counted: usize,
    /// Measure memory and time of docs with up to so many pages.
    #[arg(long, value_name = "N", default_value_t = 64_000)]
    pages: usize,
}

/// How many times as much doubled docs may cost.
const LIMIT: f64 = 2.2;

/// So long the largest run may take on two cores, in seconds.
const BUDGET: f64 = 60.0;

fn main() -> ExitCode {
    match as_program() {
        Some(code) => code,
        None => end(run(&Options::parse())),
    }
}

fn run(options: &Options) -> Result<(), Problem> {
    let docs = options.corpus.join("docs/en-2021-07");
    let reading = Generator::new().docs(&docs).read_docs()?;
    let original = Original::read(&docs, &reading)?;
    let mut missed = Vec::new();
    let mut table = Table::default();
    table.line([
        "pages",
        "properties",
        "instructions",
        "",
        "memory",
        "",
        "of the docs",
        "seconds",
    ]);
    let mut before: Option<(Option<u64>, u64)> = None;
    // The smallest docs are a part of the real ones, the largest many times these.
    let mut pages = 500;
    while pages <= options.pages {
        let folder = tempfile::tempdir()?;
        let docs = folder.path().join("docs");
        let times = pages.div_ceil(reading.pages);
        original.write(&docs, times, pages / times)?;
        let read = Generator::new().docs(&docs).read_docs()?;
        let out = folder.path().join("models");
        let arguments = |threads: &str| {
            let arguments =
                ["generate", "--no-cache", "--threads", threads, "--docs"].map(Into::into);
            let folders = [docs.clone(), "--out".into(), out.clone()];
            arguments
                .into_iter()
                .chain(folders)
                .collect::<Vec<PathBuf>>()
        };
        let used = cost(&arguments("2"))?;
        let counted = match read.pages <= options.counted + options.counted / 8 {
            true => {
                std::fs::remove_dir_all(&out)?;
                Some(instructions(&arguments("1"))?)
            }
            false => None,
        };
        let mut growth = |what: &str, now: Option<u64>, before: Option<u64>| {
            let (Some(now), Some(before)) = (now, before) else {
                return String::new();
            };
            let ratio = ratio(now, before);
            if ratio > LIMIT {
                missed.push(format!(
                    "{what} of {} pages: {ratio:.2} times those of half as many",
                    read.pages
                ));
            }
            format!("{ratio:.2}")
        };
        let instructions_grow = growth(
            "instructions",
            counted,
            before.and_then(|(counted, _)| counted),
        );
        let memory_grows = growth(
            "memory",
            Some(used.memory),
            before.map(|(_, memory)| memory),
        );
        let of_docs = ratio(used.memory, bytes_read(&docs, &read));
        // Where only a part of the docs is read, most of the memory is the program itself.
        let is_whole = read.pages >= reading.pages;
        if is_whole && of_docs > MEMORY_LIMIT {
            missed.push(format!(
                "memory for {} pages: {of_docs:.1} times their bytes, more than {MEMORY_LIMIT}",
                read.pages
            ));
        }
        let properties: usize = properties(&read);
        table.line([
            read.pages.to_string(),
            properties.to_string(),
            counted.map_or_else(String::new, |counted| {
                format!("{:.0} million", million(counted))
            }),
            instructions_grow,
            format!("{:.0} MB", million(used.memory)),
            memory_grows,
            match is_whole {
                true => format!("{of_docs:.1} ({})", within(of_docs, MEMORY_LIMIT)),
                false => format!("{of_docs:.1}"),
            },
            format!("{:.1}", used.time.as_secs_f64()),
        ]);
        eprintln!("{} pages measured", read.pages);
        if pages * 2 > options.pages {
            let seconds = used.time.as_secs_f64();
            table.line([format!(
                "{seconds:.0} s for {} pages (budget {BUDGET} s: {})",
                read.pages,
                within(seconds, BUDGET)
            )]);
        }
        before = Some((counted, used.memory));
        pages *= 2;
    }
    print!("{table}");
    match missed.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "docs twice as large cost more than {LIMIT} times as much, or need too much memory:\n  {}",
            missed.join("\n  ")
        )
        .into()),
    }
}

fn properties(read: &Reading) -> usize {
    let versions = read.schema.versions.values();
    versions
        .flat_map(|version| version.types.values())
        .filter_map(|ty| ty.structural())
        .map(|ty| ty.properties.len())
        .sum()
}

#[expect(clippy::cast_precision_loss, reason = "it is printed without digits")]
fn million(number: u64) -> f64 {
    number as f64 / 1e6
}
