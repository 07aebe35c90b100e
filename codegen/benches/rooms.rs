//! What each room of the house takes, and what users do with all of them, on real docs.
//!
//! `TYPEDOWN_CORPUS=../shared cargo bench -p typedown --bench rooms` prints a table; `-- NAME` measures only what has NAME in
//! its name. On machines with other work only ratios within one run count; `--bench floor` prints the most important.

mod corpus;

use std::sync::Arc;

use divan::{Bencher, black_box};
use typedown::claims::PageClaims;
use typedown::diff::Diff;
use typedown::export::{csdl, json_schema};
use typedown::output::LOCK_FILE;
use typedown::page::Page;
use typedown::rust::{EmitOptions, emit};
use typedown::schema::{Lock, Schema, resolve};
use typedown::source::{Docs, Files, Folder};
use typedown::{Cache, Generator};

const FEW: u32 = 5;

fn main() {
    match corpus::docs() {
        Some(_) => divan::main(),
        None => println!("SKIPPED rooms: set TYPEDOWN_CORPUS"),
    }
}

fn folder() -> Folder {
    let docs = corpus::docs().expect("looked for by main");
    Folder::open(docs).expect("the docs folder can be opened")
}

fn generator(threads: usize) -> Generator {
    Generator::new()
        .docs(corpus::docs().expect("looked for by main"))
        .threads(threads)
}

/// The version and the path of every page.
fn listed(files: &Folder) -> Vec<(Arc<str>, Arc<str>)> {
    Docs::find(files).expect("it holds docs").pages()
}

fn claims() -> Vec<PageClaims> {
    let files = folder();
    let pages = listed(&files).into_iter();
    pages
        .map(|(version, path)| PageClaims::read(version, &Page::read(&files, path)))
        .collect()
}

fn schema() -> Schema {
    let reading = generator(2).read_docs().expect("the docs can be read");
    reading.schema
}

#[divan::bench(sample_count = FEW, args = [1, 2])]
fn whole_run(threads: usize) {
    let generator = generator(threads);
    let reading = generator.read_docs().expect("the docs can be read");
    black_box(generator.emit(&reading.schema)).expect("all is selected");
}

#[divan::bench(sample_count = FEW, args = [1, 2])]
fn run_again_with_a_cache(bencher: Bencher<'_, '_>, threads: usize) {
    let generator = generator(threads);
    let files = folder();
    let mut cache = Cache::default();
    let mut run = || {
        let reading = generator
            .read_again(&files, &mut cache)
            .expect("the docs can be read");
        black_box(generator.emit_again(&reading.schema, &mut cache)).expect("all is selected");
    };
    run();
    bencher.bench_local(run);
}

#[divan::bench(sample_count = FEW, args = [1, 2])]
fn lint(threads: usize) {
    black_box(generator(threads).lint_docs()).expect("the docs can be read");
}

#[divan::bench(sample_count = FEW)]
fn source(bencher: Bencher<'_, '_>) {
    let files = folder();
    bencher.bench_local(|| {
        for (_, path) in listed(&files) {
            black_box(files.read(&path)).expect("the page is there");
        }
    });
}

#[divan::bench(sample_count = FEW)]
fn page(bencher: Bencher<'_, '_>) {
    let files = folder();
    let listed = listed(&files);
    bencher.bench_local(|| {
        for (_, path) in &listed {
            black_box(Page::read(&files, Arc::clone(path)));
        }
    });
}

#[divan::bench(name = "claims", sample_count = FEW)]
fn claims_room(bencher: Bencher<'_, '_>) {
    let files = folder();
    let pages: Vec<_> = listed(&files)
        .into_iter()
        .map(|(version, path)| (version, Page::read(&files, path)))
        .collect();
    bencher.bench_local(|| {
        for (version, page) in &pages {
            black_box(PageClaims::read(Arc::clone(version), page));
        }
    });
}

#[divan::bench(name = "schema", sample_count = FEW)]
fn schema_room(bencher: Bencher<'_, '_>) {
    let claims = claims();
    bencher.bench_local(|| black_box(resolve(&claims)));
}

#[divan::bench(sample_count = FEW)]
fn rust(bencher: Bencher<'_, '_>) {
    let schema = schema();
    bencher.bench_local(|| black_box(emit(&schema, &EmitOptions::default())));
}

#[divan::bench(sample_count = FEW)]
fn lock_file(bencher: Bencher<'_, '_>) {
    let output = generator(2).emit(&schema()).expect("all is selected");
    let text = &output.files[LOCK_FILE];
    bencher.bench_local(|| {
        let lock = Lock::parse(text).expect("it was written just now");
        black_box(lock.to_text())
    });
}

#[divan::bench(sample_count = FEW)]
fn diff(bencher: Bencher<'_, '_>) {
    let schema = schema();
    bencher.bench_local(|| {
        let diff = Diff::new(&schema, &schema).between("v1.0", "beta");
        black_box(diff.findings())
    });
}

#[divan::bench(sample_count = FEW)]
fn export_csdl(bencher: Bencher<'_, '_>) {
    let schema = schema();
    bencher.bench_local(|| {
        for version in schema.versions.values() {
            black_box(csdl(version));
        }
    });
}

#[divan::bench(sample_count = FEW)]
fn export_json_schema(bencher: Bencher<'_, '_>) {
    let schema = schema();
    bencher.bench_local(|| {
        for version in schema.versions.values() {
            black_box(json_schema(version));
        }
    });
}
