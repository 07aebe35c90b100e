//! What runs of `typedown generate` cost that have little to do, beside a run that reads and writes everything.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use clap::Parser;
use typedown_tests::bench::report::{end, median, within};
use typedown_tests::emitted::{Problem, copy};
use typedown_tests::workspace;

/// Measures a second run on unchanged docs, a run after a change of one page, and how soon a watching run has written a
/// page that was saved. Needs the program: `cargo build --release`.
#[derive(Debug, Parser)]
struct Options {
    /// The folder of reference material.
    #[arg(long, value_name = "DIR", env = "TYPEDOWN_CORPUS")]
    corpus: PathBuf,
}

/// So many times each is measured; the median counts.
const ROUNDS: usize = 7;

/// What share of a full run each may take.
const UNCHANGED_LIMIT: f64 = 0.15;
const ONE_PAGE_LIMIT: f64 = 0.25;
const WATCH_LIMIT: f64 = 0.10;

/// How soon a saved page of docs-input is to be written, in milliseconds.
const WATCH_BUDGET: f64 = 100.0;

fn main() -> ExitCode {
    end(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    let folder = tempfile::tempdir()?;
    let whole = Bench::new(
        &options.corpus.join("docs/en-2021-07"),
        folder.path(),
        "whole",
    )?;
    let small = Bench::new(&workspace().join("docs-input"), folder.path(), "small")?;
    // What was written within two seconds is read again, for it may change again unseen.
    std::thread::sleep(Duration::from_millis(2500));

    let (mut full, mut unchanged, mut one_page) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        whole.forget()?;
        full.push(whole.generate()?);
        unchanged.push(whole.generate()?);
        whole.edit(round)?;
        one_page.push(whole.generate()?);
    }
    let pages = whole.pages.len();
    let full = median(full);
    println!("{pages} pages, all read and written: {full:.0} ms");
    told("unchanged", median(unchanged), full, UNCHANGED_LIMIT);
    told("one page changed", median(one_page), full, ONE_PAGE_LIMIT);
    let watched = median(whole.watch()?);
    told("one page saved under --watch", watched, full, WATCH_LIMIT);
    let watched = median(small.watch()?);
    let verdict = within(watched, WATCH_BUDGET);
    println!(
        "{} pages, one saved under --watch: {watched:.0} ms (budget {WATCH_BUDGET} ms: {verdict})",
        small.pages.len()
    );
    Ok(())
}

fn told(what: &str, time: f64, full: f64, limit: f64) {
    let ratio = time / full;
    let verdict = within(ratio, limit);
    println!(
        "{what}: {time:.0} ms, {:.1} % (limit {:.0} %: {verdict})",
        ratio * 100.0,
        limit * 100.0
    );
}

/// A copy of docs, and where to write.
struct Bench {
    docs: PathBuf,
    out: PathBuf,
    cache: PathBuf,
    /// Pages with a table of properties.
    pages: Vec<PathBuf>,
    program: PathBuf,
}

impl Bench {
    fn new(docs: &Path, folder: &Path, name: &str) -> Result<Self, Problem> {
        let folder = folder.join(name);
        copy(docs, &folder.join("docs"))?;
        let mut pages = pages(&folder.join("docs"))?;
        pages.sort();
        let program = std::env::current_exe()?.with_file_name("typedown");
        if !program.exists() {
            return Err(format!(
                "there is no `{}`: run `cargo build --release`",
                program.display()
            )
            .into());
        }
        Ok(Self {
            docs: folder.join("docs"),
            out: folder.join("out"),
            cache: folder.join("cache"),
            pages,
            program,
        })
    }

    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command.args(["generate", "--docs"]).arg(&self.docs);
        command.arg("--out").arg(&self.out);
        command.arg("--cache").arg(&self.cache);
        command
    }

    /// Takes away what runs have written.
    fn forget(&self) -> Result<(), Problem> {
        for folder in [&self.out, &self.cache] {
            if folder.exists() {
                fs::remove_dir_all(folder)?;
            }
        }
        Ok(())
    }

    /// A run, in milliseconds.
    fn generate(&self) -> Result<f64, Problem> {
        let mut command = self.command();
        let start = Instant::now();
        let status = command.stdout(Stdio::null()).status()?;
        let time = start.elapsed();
        if !status.success() {
            return Err(format!("the program ended with {status}").into());
        }
        Ok(time.as_secs_f64() * 1000.0)
    }

    /// Adds a property to a page that has a table of properties.
    fn edit(&self, round: usize) -> Result<(), Problem> {
        let pages = self.pages.iter().cycle().skip(round * 997);
        for page in pages.take(self.pages.len()) {
            let text = fs::read_to_string(page)?;
            let mut lines: Vec<&str> = text.lines().collect();
            let is_row =
                |line: &&str| line.trim_start().starts_with('|') && line.contains("|String|");
            let Some(at) = lines.iter().position(is_row) else {
                continue;
            };
            let row = format!("|extra{round}|String|Added to measure.|");
            lines.insert(at, &row);
            return Ok(fs::write(page, lines.join("\n"))?);
        }
        Err("no page has a row to stand beside".into())
    }

    /// How soon a saved page is written by a run that watches, in milliseconds.
    fn watch(&self) -> Result<Vec<f64>, Problem> {
        let mut child = Watching(
            self.command()
                .arg("--watch")
                .stdout(Stdio::piped())
                .spawn()?,
        );
        let told = child.0.stdout.take().ok_or("the program has no output")?;
        let mut told = BufReader::new(told).lines();
        let mut until = |word: &str| -> Result<(), Problem> {
            for line in told.by_ref() {
                if line?.starts_with(word) {
                    return Ok(());
                }
            }
            Err("the program has ended".into())
        };
        until("watching")?;
        let mut times = Vec::new();
        for round in 0..ROUNDS {
            std::thread::sleep(Duration::from_millis(2500));
            let start = Instant::now();
            self.edit(ROUNDS + round)?;
            // The first line comes after everything is written.
            until("read")?;
            times.push(start.elapsed().as_secs_f64() * 1000.0);
            until("unused")?;
        }
        Ok(times)
    }
}

/// A run that watches, until this goes out of scope.
struct Watching(Child);

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The pages of resources in a folder.
fn pages(folder: &Path) -> Result<Vec<PathBuf>, Problem> {
    let mut pages = Vec::new();
    for entry in folder.read_dir()? {
        let path = entry?.path();
        if path.is_dir() {
            pages.append(&mut self::pages(&path)?);
        } else if folder.ends_with("resources") && path.extension().is_some_and(|end| end == "md") {
            pages.push(path);
        }
    }
    Ok(pages)
}
