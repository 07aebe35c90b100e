//! The whole of the real docs: nothing lost, everything compiles, always the same bytes. Runs when `TYPEDOWN_CORPUS`
//! names the reference material.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use pulldown_cmark::{Event, Options, Parser, TagEnd};
use typedown::Generator;
use typedown::claims::PageClaims;
use typedown::page::Page;
use typedown::schema::resolve;
use typedown::source::{Docs, Files, Folder, decode};
use typedown_tests::{corpus, workspace};

fn english(test: &str) -> Option<std::path::PathBuf> {
    Some(corpus(test)?.join("docs/en-2021-07"))
}

/// The rows of all tables of a page, counted apart from Typedown.
fn rows(text: &str) -> usize {
    // Front matter is not Markdown; tables do not start in it.
    let body = text
        .strip_prefix("---")
        .and_then(|rest| rest.find("\n---").map(|at| &rest[at + 4..]))
        .unwrap_or(text);
    Parser::new_ext(body, Options::ENABLE_TABLES)
        .filter(|event| matches!(event, Event::End(TagEnd::TableRow)))
        .count()
}

#[test]
fn every_page_is_read_and_every_row_accounted_for() {
    let Some(docs) = english("every_page_is_read_and_every_row_accounted_for") else {
        return;
    };
    let files = Folder::open(&docs).unwrap();
    let found = Docs::find(&files).unwrap();
    let mut claims = Vec::new();
    for version in &found.versions {
        for path in &version.pages {
            let page = Page::read(&files, path.clone());
            let page_claims = PageClaims::read(version.name.clone(), &page);
            let counted = rows(&decode(files.read(path).unwrap()).text);
            // Tables of included files are theirs; they stand in the inventory of every page that includes them.
            let own = page_claims
                .tables
                .iter()
                .filter(|table| table.place.file == *path);
            let told: u32 = own
                .map(|table| table.used + table.diagnosed + table.set_aside - table.mended)
                .sum();
            assert_eq!(
                counted, told as usize,
                "{path}: rows of tables against rows of the inventory"
            );
            let used: u32 = page_claims
                .tables
                .iter()
                .filter(|table| ["properties", "relationships"].contains(&table.taken_for.name()))
                .map(|table| table.used)
                .sum();
            let rows: usize = page_claims.types.iter().map(|ty| ty.rows.len()).sum();
            assert!(
                used as usize >= rows,
                "{path}: {used} rows used, {rows} claimed"
            );
            claims.push(page_claims);
        }
    }
    assert_eq!(claims.len(), 4173);
    let resolved = resolve(&claims);
    let mut properties = 0;
    for page in &claims {
        let types = &resolved.schema.versions[&*page.version];
        for ty in page.types.iter().filter(|ty| !ty.rows.is_empty()) {
            let name = types
                .types
                .keys()
                .find(|name| {
                    name.short().eq_ignore_ascii_case(&ty.name)
                        && ty.namespace.as_ref().is_none_or(|namespace| {
                            name.namespace().eq_ignore_ascii_case(namespace)
                        })
                })
                .unwrap_or_else(|| panic!("{}: {} is not in the schema", page.path, ty.name));
            let known = types.effective_properties(name);
            for row in &ty.rows {
                let there = known
                    .keys()
                    .any(|known| known.eq_ignore_ascii_case(&row.name));
                let told = resolved
                    .diagnostics
                    .iter()
                    .any(|diagnostic| diagnostic.place == row.place);
                assert!(
                    there || told,
                    "{}: the row of {} came to nothing",
                    row.place,
                    row.name
                );
                properties += 1;
            }
        }
    }
    assert!(properties > 27_000, "{properties}");
}

#[test]
fn the_same_docs_give_the_same_bytes_however_many_threads_work() {
    let Some(docs) = english("the_same_docs_give_the_same_bytes_however_many_threads_work") else {
        return;
    };
    let run = |threads: usize| {
        let generator = Generator::new().docs(&docs).threads(threads);
        let reading = generator.read_docs().unwrap();
        (
            generator.emit(&reading.schema).unwrap().files,
            reading.diagnostics,
        )
    };
    let one = run(1);
    assert_eq!(one, run(1));
    assert_eq!(one, run(3));
}

/// Runs cargo in a folder with warnings denied.
fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", workspace().join("target/emitted"))
        .env("RUSTFLAGS", "-Dwarnings")
        .env("RUSTDOCFLAGS", "-Dwarnings")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "cargo {arguments:?}:\n{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn the_emitted_crate_compiles_and_documents_without_a_warning() {
    let Some(docs) = english("the_emitted_crate_compiles_and_documents_without_a_warning") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("models");
    let (reading, written) = Generator::new()
        .docs(&docs)
        .out_dir(&out)
        .generate()
        .unwrap();
    assert_eq!(reading.pages, 4173);
    assert!(written.changed.is_empty() && written.removed.is_empty());
    // The workspace's lock file holds versions that are there without a network.
    std::fs::copy(workspace().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    cargo(&out, &["check", "--quiet"]);
    cargo(&out, &["doc", "--quiet", "--no-deps"]);
    let (_, again) = Generator::new()
        .docs(&docs)
        .out_dir(&out)
        .generate()
        .unwrap();
    assert!(again.is_empty(), "{again:?}");
}

#[test]
fn all_versions_and_namespaces_are_listed() {
    let Some(docs) = english("all_versions_and_namespaces_are_listed") else {
        return;
    };
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let docs = docs.to_string_lossy().into_owned();
    assert_eq!(
        typedown::cli::run(
            ["typedown", "list", "--json", "--docs", &docs],
            &mut out,
            &mut err
        ),
        0
    );
    let types: Vec<BTreeMap<String, serde_json::Value>> = serde_json::from_slice(&out).unwrap();
    assert!(types.len() >= 4200, "{}", types.len());
    for key in [
        "version",
        "namespace",
        "name",
        "kind",
        "rust_path",
        "page",
        "line",
    ] {
        assert!(
            types
                .iter()
                .all(|ty| ty.get(key).is_some_and(|value| !value.is_null())),
            "{key}"
        );
    }
}
