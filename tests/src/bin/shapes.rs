//! How costs grow with what there is much of: rows, blocks, members, links, types of one page or of one name.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use clap::Parser;
use typedown_tests::bench::measured::{as_program, instructions};
use typedown_tests::bench::report::{Table, end, ratio, within};
use typedown_tests::bench::shapes::{Pages, SHAPES, Shape};
use typedown_tests::emitted::Problem;

/// Counts the instructions (valgrind) of `generate`, `lint` and `diff` on docs of one shape each, which are doubled: what is
/// added by the second doubling is to be at most so much of what the first has added.
#[derive(Debug, Parser)]
struct Options {
    /// How much there is of everything at first.
    #[arg(long, value_name = "N", default_value_t = 300)]
    size: usize,
    /// Only shapes in whose names this stands.
    #[arg(long, value_name = "WORDS", default_value = "")]
    only: String,
}

/// Twice as much is linear, four times as much quadratic.
const LIMIT: f64 = 2.4;

fn main() -> ExitCode {
    match as_program() {
        Some(code) => code,
        None => end(run(&Options::parse())),
    }
}

/// A command on the docs of a shape.
struct Work {
    name: &'static str,
    command: &'static str,
    shape: Shape,
}

fn run(options: &Options) -> Result<(), Problem> {
    let shapes = SHAPES
        .into_iter()
        .filter(|(name, _)| name.contains(&options.only));
    let work = shapes.flat_map(|(name, shape)| {
        let commands = match shape {
            Shape::Docs(_) => &["generate", "lint"][..],
            Shape::Pair(_) => &["diff"],
        };
        let commands = commands.iter();
        commands.map(move |command| Work {
            name,
            command,
            shape,
        })
    });
    let work: Vec<Work> = work.collect();
    let next = AtomicUsize::new(0);
    let grown: Mutex<Vec<(usize, Result<f64, String>)>> = Mutex::default();
    // Counts are the same however many are made at a time.
    std::thread::scope(|scope| {
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((at, work)) = {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    work.get(at).map(|work| (at, work))
                } {
                    let growth = growth(work, options.size).map_err(|error| error.to_string());
                    let mut grown = grown.lock().unwrap_or_else(PoisonError::into_inner);
                    grown.push((at, growth));
                }
            });
        }
    });
    let mut grown = grown.into_inner().unwrap_or_else(PoisonError::into_inner);
    grown.sort_by_key(|(at, _)| *at);
    let mut table = Table::default();
    table.line(["", "", "grows"]);
    let mut missed = Vec::new();
    for (work, (_, growth)) in work.iter().zip(grown) {
        let growth = growth?;
        let verdict = within(growth, LIMIT);
        table.line([
            work.name,
            work.command,
            &format!("{growth:.2} (limit {LIMIT}: {verdict})"),
        ]);
        if growth > LIMIT {
            missed.push(format!("{} on {}", work.command, work.name));
        }
    }
    print!("{table}");
    match missed.is_empty() {
        true => Ok(()),
        false => Err(format!("more than linear: {}", missed.join(", ")).into()),
    }
}

/// How much more the second doubling adds than the first.
fn growth(work: &Work, size: usize) -> Result<f64, Problem> {
    let count = |size| counted(work, size);
    let (small, middle, large) = (count(size)?, count(2 * size)?, count(4 * size)?);
    Ok(ratio(
        large.saturating_sub(middle),
        middle.saturating_sub(small).max(1),
    ))
}

fn counted(work: &Work, size: usize) -> Result<u64, Problem> {
    let folder = tempfile::tempdir()?;
    let within = |name: &str| folder.path().join(name);
    let mut arguments: Vec<PathBuf> = vec![work.command.into()];
    match work.shape {
        Shape::Docs(docs) => {
            write(&within("docs"), docs(size))?;
            arguments.extend(["--docs".into(), within("docs")]);
            match work.command {
                "generate" => {
                    arguments.extend(["--no-cache".into(), "--out".into(), within("models")]);
                }
                // As text each finding shows up to 64 KiB of its page, so that small pages cost more the larger they are.
                _ => arguments.extend(["--format".into(), "json".into()]),
            }
        }
        Shape::Pair(docs) => {
            for (side, pages) in ["old", "new"].into_iter().zip(docs(size)) {
                write(&within(side), pages)?;
                arguments.push(within(side));
            }
        }
    }
    instructions(&arguments)
}

fn write(folder: &Path, pages: Pages) -> Result<(), Problem> {
    for (path, text) in pages {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(folder))?;
        std::fs::write(path, text)?;
    }
    Ok(())
}
