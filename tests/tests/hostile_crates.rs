//! Crates of all attempts of `tests/hostile` at once, as their users build them: they compile without a warning, rustdoc finds
//! nothing wrong with their docs, and though its tests are switched on, it runs not one line that came from a page.

use std::fs;
use std::path::{Path, PathBuf};

use typedown::Generator;
use typedown::rust::Mode;
use typedown::schema::Schema;
use typedown_tests::emitted::{cargo, copy, lock, run};
use typedown_tests::hostile::Attempt;
use typedown_tests::workspace;

/// Every attempt that can be read, each as versions of its own.
fn schema() -> Schema {
    let mut all = Schema::default();
    for attempt in Attempt::all() {
        let Ok(reading) = attempt.read() else {
            continue;
        };
        for (name, version) in reading.schema.versions {
            // What a name tries stands first in it.
            all.versions
                .insert(format!("{name} {}", attempt.name), version);
        }
    }
    all
}

/// A crate whose docs are tested.
fn tested(models: &Path, mode: Mode) {
    Generator::new()
        .mode(mode)
        .emit(&schema())
        .unwrap()
        .write(models)
        .unwrap();
    let manifest = fs::read_to_string(models.join("Cargo.toml")).unwrap();
    assert!(manifest.contains("doctest = false"), "{manifest}");
    let manifest = manifest.replace("doctest = false", "doctest = true");
    let manifest = match mode {
        Mode::Table => manifest,
        Mode::Derive => manifest.replace(
            "serde = \"1\"",
            "serde = { version = \"1\", features = [\"derive\"] }",
        ),
    };
    fs::write(models.join("Cargo.toml"), manifest).unwrap();
    lock(models).unwrap();
}

fn target() -> PathBuf {
    workspace().join("target/emitted")
}

/// Runs cargo with all warnings denied, of rustdoc's more than it has by default, and gives what it printed.
fn strict(folder: &Path, arguments: &[&str]) -> String {
    let rustdoc = "-Dwarnings -Drustdoc::all -Arustdoc::missing_crate_level_docs";
    let printed = run(cargo(folder, &target(), arguments)
        .env("RUSTFLAGS", "-Dwarnings")
        .env("RUSTDOCFLAGS", rustdoc));
    String::from_utf8(printed.unwrap_or_else(|problem| panic!("{problem}"))).unwrap()
}

/// Builds, documents and tests a crate.
fn is_harmless(folder: &Path) {
    strict(folder, &["check"]);
    strict(folder, &["doc", "--no-deps", "--document-private-items"]);
    let printed = strict(folder, &["test", "--doc"]);
    assert!(printed.contains("running 0 tests"), "{printed}");
    assert!(!printed.contains("running 1"), "{printed}");
}

#[test]
fn a_crate_of_all_attempts_compiles_and_rustdoc_runs_nothing_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let models = folder.path().join("hostile-models");
    tested(&models, Mode::Table);
    is_harmless(&models);
}

#[test]
fn so_does_one_whose_types_derive_what_they_can_do() {
    let folder = tempfile::tempdir().unwrap();
    let models = folder.path().join("hostile-derived");
    tested(&models, Mode::Derive);
    is_harmless(&models);
}

#[test]
fn so_does_a_crate_that_includes_all_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let models = folder.path().join("hostile-included");
    fs::create_dir_all(models.join("src")).unwrap();
    let text = Generator::new()
        .mode(Mode::Table)
        .emit_include(&schema())
        .unwrap();
    fs::write(models.join("src/typedown.rs"), text).unwrap();
    let lib = "//! Types.\n#![recursion_limit = \"1024\"]\n#![deny(warnings, missing_docs, unreachable_pub, unused_qualifications, unused_results)]\n\n/// All.\npub mod graph {\n    include!(\"typedown.rs\");\n}\n";
    fs::write(models.join("src/lib.rs"), lib).unwrap();
    let manifest = "[package]\nname = \"hostile-included\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[dependencies]\nserde = \"1\"\nserde_json = { version = \"1\", features = [\"raw_value\"] }\n\n[workspace]\n";
    fs::write(models.join("Cargo.toml"), manifest).unwrap();
    lock(&models).unwrap();
    is_harmless(&models);
}

#[test]
fn a_line_of_a_page_that_were_run_would_be_seen() {
    let folder = tempfile::tempdir().unwrap();
    let models = folder.path().join("hostile-seen");
    Generator::new()
        .docs(workspace().join("docs-input"))
        .select(["commsOperation"])
        .out_dir(&models)
        .generate()
        .unwrap();
    lock(&models).unwrap();
    let again = folder.path().join("again");
    copy(&models, &again).unwrap();
    let manifest = fs::read_to_string(again.join("Cargo.toml")).unwrap();
    fs::write(
        again.join("Cargo.toml"),
        manifest.replace("doctest = false", "doctest = true"),
    )
    .unwrap();
    let lib = fs::read_to_string(again.join("src/lib.rs")).unwrap();
    let lib = lib.replacen("//!\n", "//!\n//!     assert!(true);\n//!\n", 1);
    fs::write(again.join("src/lib.rs"), lib).unwrap();
    let printed = strict(&again, &["test", "--doc"]);
    assert!(printed.contains("running 1 test"), "{printed}");
}
