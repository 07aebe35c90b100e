//! One folder for each trap of the docs: `tests/fixtures/TRAP` holds `trap.md` (what the trap is), `docs` (pages that
//! show it), `typedown.toml` if overrides belong to it, and what must come out:
//!
//! - `error.txt`: why the run is impossible; nothing else comes out then,
//! - `diagnostics.txt`: every diagnostic; a fixture without this file must give none,
//! - `suppressed.txt`: every diagnostic that pages ask not to be told; a fixture without this file must hide none,
//! - `schema.json`: the lock file,
//! - `inventory.txt`: a line for each table,
//! - `rust/..`: emitted files, as they are below the crate's `src`.
//!
//! A fixture needs at least one of them. `TYPEDOWN_BLESS=1 cargo test -p typedown-tests --test fixtures` rewrites those
//! that are there; read the difference before it is committed.

use std::path::Path;

use typedown::diagnostic::Diagnostic;
use typedown::{Generator, Reading};
use typedown_tests::folder::paths;

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn trap(about: &Path) -> Result<()> {
    let folder = about.parent().ok_or("the fixture has no folder")?;
    let mut generator = Generator::new().docs(folder.join("docs")).threads(1);
    let config = folder.join("typedown.toml");
    if config.exists() {
        generator = generator
            .overrides(typedown::cli::overrides(&config)?)
            .limits(typedown::cli::limits_of(&config)?);
    }
    let reading = match generator.lint_docs() {
        Ok(reading) => reading,
        Err(error) => return impossible(folder, &error),
    };
    let lines = |diagnostics: &[Diagnostic]| -> String {
        diagnostics
            .iter()
            .map(|diagnostic| format!("{diagnostic}\n"))
            .collect()
    };
    let (diagnostics, suppressed) = (lines(&reading.diagnostics), lines(&reading.suppressed));
    let mut failures = Vec::new();
    let mut compared = 0;
    for (name, text) in [
        ("diagnostics.txt", &diagnostics),
        ("suppressed.txt", &suppressed),
    ] {
        if !folder.join(name).exists() && !text.is_empty() {
            failures.push(format!("without {name}, expected none, found\n{text}"));
        }
    }
    let diagnostics = without_folder(folder, &diagnostics);
    for (name, text) in [
        ("error.txt", String::new()),
        ("diagnostics.txt", diagnostics),
        ("suppressed.txt", suppressed),
        ("schema.json", reading.schema.to_lock()),
        ("inventory.txt", inventory(&reading)),
    ] {
        compared += usize::from(compare(&folder.join(name), &text, &mut failures)?);
    }
    let rust = folder.join("rust");
    if rust.is_dir() {
        let output = generator.emit(&reading.schema)?;
        for path in paths(&rust)? {
            let text = output
                .files
                .get(&format!("src/{path}"))
                .map_or("(not emitted)", String::as_str);
            compared += usize::from(compare(&rust.join(&path), text, &mut failures)?);
        }
    }
    if compared == 0 {
        failures.push(
            "the fixture expects nothing: add diagnostics.txt, schema.json, inventory.txt or rust/"
                .into(),
        );
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n").into())
    }
}

/// Compares the error of a run.
fn impossible(folder: &Path, error: &typedown::Error) -> Result<()> {
    let text = without_folder(folder, &format!("{error}\n"));
    let mut failures = Vec::new();
    if !compare(&folder.join("error.txt"), &text, &mut failures)? {
        failures.push(text);
    }
    if failures.is_empty() {
        Ok(())
    } else {
        Err(failures.join("\n").into())
    }
}

/// A text that names the fixture's files as they lie in its folder.
fn without_folder(folder: &Path, text: &str) -> String {
    text.replace(
        &format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR),
        "",
    )
}

/// Compares a file, if it is there, and tells whether it is.
fn compare(path: &Path, found: &str, failures: &mut Vec<String>) -> Result<bool> {
    if !path.exists() {
        return Ok(false);
    }
    let expected = std::fs::read_to_string(path)?.replace("\r\n", "\n");
    if expected != found {
        if std::env::var_os("TYPEDOWN_BLESS").is_some() {
            std::fs::write(path, found)?;
        }
        failures.push(format!(
            "{} is not what came out:\n{}",
            path.display(),
            difference(&expected, found)
        ));
    }
    Ok(true)
}

/// The lines that only one side has.
fn difference(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<&str>, Vec<&str>) =
        (expected.lines().collect(), found.lines().collect());
    let only = |a: &[&str], b: &[&str], mark: char| -> String {
        a.iter()
            .filter(|line| !b.contains(line))
            .map(|line| format!("  {mark} {line}\n"))
            .collect()
    };
    only(&expected, &found, '-') + &only(&found, &expected, '+')
}

fn inventory(reading: &Reading) -> String {
    let line = |table: &typedown::claims::TableReport| {
        format!(
            "{} \"{}\": {} of {}: {} used, {} diagnosed, {} set aside {:?}\n",
            table.place,
            table.heading,
            table.taken_for.name(),
            table.subject.as_deref().unwrap_or("nothing"),
            table.used,
            table.diagnosed,
            table.set_aside,
            table.reasons
        )
    };
    reading.tables.iter().map(line).collect()
}

datatest_stable::harness! {
    { test = trap, root = "fixtures", pattern = r"^[^/]+/trap\.md$" },
}
