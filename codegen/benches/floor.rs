//! How much longer a whole run takes than the parts of it that nothing can save: reading the files, pulldown-cmark's
//! events, and parsing and formatting the emitted Rust with syn and prettyplease.
//!
//! `TYPEDOWN_CORPUS=../shared cargo bench -p typedown --bench floor` prints a table; `-- DIR` measures other docs. All
//! parts run on one thread, in turns, and of several rounds the fastest counts: machines are noisy, ratios of one run
//! are not.

mod corpus;

use std::hint::black_box;
use std::time::{Duration, Instant};

use pulldown_cmark::{Options, Parser};
use typedown::Generator;
use typedown::source::{Docs, Files, Folder};

const ROUNDS: usize = 5;

/// How many times the floor a whole run may take.
const LIMITS: [(&str, f64); 2] = [("whole run, 1 thread", 1.6), ("whole run, 2 threads", 1.2)];

fn main() {
    let Some(docs) = corpus::docs() else {
        println!("SKIPPED floor: name a docs folder, or set TYPEDOWN_CORPUS");
        return;
    };
    let files = Folder::open(&docs).expect("the docs folder can be opened");
    let pages: Vec<_> = Docs::find(&files)
        .expect("it holds docs")
        .versions
        .into_iter()
        .flat_map(|v| v.pages)
        .collect();
    let one = Generator::new().docs(&docs).threads(1);
    let two = Generator::new().docs(&docs).threads(2);
    let sources: Vec<String> = {
        let reading = one.read_docs().expect("the docs can be read");
        // The same texts as the run formats, without the support module that it copies.
        let files = one.emit(&reading.schema).expect("all is selected").files;
        files
            .into_iter()
            .filter(|(path, _)| path.ends_with(".rs") && !path.contains("/support/"))
            .map(|(_, text)| text)
            .collect()
    };
    let texts: Vec<String> = pages
        .iter()
        .map(|page| {
            String::from_utf8_lossy(&files.read(page).expect("the page is there")).into_owned()
        })
        .collect();
    let bytes: usize = texts.iter().map(String::len).sum();
    let emitted: usize = sources.iter().map(String::len).sum();
    println!(
        "{} pages, {:.1} MB; {:.1} MB of Rust\n",
        pages.len(),
        mega(bytes),
        mega(emitted)
    );

    let mut rows: Vec<(&str, Duration)> = Vec::new();
    let mut measure = |name: &'static str, work: &mut dyn FnMut()| {
        let start = Instant::now();
        work();
        let took = start.elapsed();
        match rows.iter_mut().find(|(known, _)| *known == name) {
            Some((_, best)) => *best = took.min(*best),
            None => rows.push((name, took)),
        }
    };
    for _ in 0..ROUNDS {
        measure("read files", &mut || {
            for page in &pages {
                black_box(files.read(page).expect("the page is there"));
            }
        });
        measure("pulldown-cmark events", &mut || {
            for text in &texts {
                black_box(
                    Parser::new_ext(text, Options::ENABLE_TABLES)
                        .into_offset_iter()
                        .count(),
                );
            }
        });
        let mut parsed = Vec::new();
        measure("syn", &mut || {
            parsed = sources
                .iter()
                .map(|source| syn::parse_file(source).expect("it is Rust"))
                .collect();
        });
        measure("prettyplease", &mut || {
            for file in &parsed {
                black_box(prettyplease::unparse(file));
            }
        });
        drop(parsed);
        let mut reading = None;
        measure("Typedown reads", &mut || reading = one.read_docs().ok());
        let schema = reading.expect("the docs can be read").schema;
        measure("Typedown emits", &mut || {
            black_box(one.emit(&schema)).expect("all is selected");
        });
        measure("whole run, 1 thread", &mut || {
            let reading = one.read_docs().expect("the docs can be read");
            black_box(one.emit(&reading.schema)).expect("all is selected");
        });
        measure("whole run, 2 threads", &mut || {
            let reading = two.read_docs().expect("the docs can be read");
            black_box(two.emit(&reading.schema)).expect("all is selected");
        });
    }
    let floor: Duration = rows.iter().take(4).map(|(_, took)| *took).sum();
    for (name, took) in &rows[..4] {
        println!("{name:24} {:7.0} ms", milli(*took));
    }
    println!("{:24} {:7.0} ms   1.00", "floor", milli(floor));
    for (name, took) in &rows[4..] {
        let ratio = took.as_secs_f64() / floor.as_secs_f64();
        let limit = LIMITS.iter().find(|(limited, _)| limited == name);
        let verdict = limit.map_or_else(String::new, |(_, limit)| {
            let verdict = if ratio <= *limit { "holds" } else { "MISSED" };
            format!(" (at most {limit}: {verdict})")
        });
        println!("{name:24} {:7.0} ms   {ratio:.2}{verdict}", milli(*took));
    }
}

#[expect(clippy::cast_precision_loss, reason = "it is printed with one digit")]
fn mega(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

fn milli(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}
