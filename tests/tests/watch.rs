//! `generate --watch` runs again when something is saved, and `--changelog` keeps what that changed.

use std::io::{self, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

/// Where a run tells what it does: to a test, until the test has heard enough.
struct Told(Sender<String>);

impl Write for Told {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let told = String::from_utf8_lossy(bytes).into_owned();
        match self.0.send(told) {
            Ok(()) => Ok(bytes.len()),
            Err(_) => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Everything that is told until a word comes.
#[track_caller]
fn until(told: &Receiver<String>, word: &str) -> String {
    let mut all = String::new();
    while !all.contains(word) {
        match told.recv_timeout(Duration::from_secs(60)) {
            Ok(more) => all.push_str(&more),
            Err(_) => panic!("`{word}` did not come, but this did:\n{all}"),
        }
    }
    all
}

fn page(name: &str, rows: &str) -> String {
    format!(
        "# {name} resource type\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n{rows}"
    )
}

fn write(folder: &Path, name: &str, rows: &str) {
    let resources = folder.join("docs/api-reference/beta/resources");
    std::fs::create_dir_all(&resources).unwrap();
    std::fs::write(resources.join(format!("{name}.md")), page(name, rows)).unwrap();
}

#[test]
fn a_saved_page_is_written_and_told_and_added_to_the_changelog() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_owned();
    write(&path, "tone", "|pitch|Int32|How high.|\n");
    let config = path.join("typedown.toml");
    std::fs::write(
        &config,
        "docs = \"docs\"\nout = \"models\"\nchangelog = true\n",
    )
    .unwrap();
    let file = config.to_str().unwrap().to_owned();
    let generate = ["typedown", "--config", &file, "generate", "--no-cache"];
    assert_eq!(
        typedown::cli::run(generate, &mut Vec::new(), &mut Vec::new()),
        0
    );
    let (send, told) = channel();
    let (send_errors, errors) = channel();
    let watcher = std::thread::spawn(move || {
        let watch = [
            "typedown",
            "--config",
            &file,
            "generate",
            "--no-cache",
            "--watch",
        ];
        typedown::cli::run(watch, &mut Told(send), &mut Told(send_errors))
    });
    let first = until(&told, "watching");
    assert!(first.contains("wrote    nothing"), "{first}");

    write(
        &path,
        "tone",
        "|pitch|Int32|How high.|\n|length|Duration|How long.|\n",
    );
    let second = until(&told, "unused");
    assert!(
        second
            .contains("note[property-added] beta: `microsoft.graph.tone/length` is a new property"),
        "{second}"
    );
    let source = std::fs::read_to_string(path.join("models/src/beta/general.rs")).unwrap();
    assert!(source.contains("pub length:"));

    write(&path, "bell", "|tone|[tone](tone.md)|Its tone.|\n");
    let third = until(&told, "unused");
    assert!(
        third.contains("`microsoft.graph.bell` is a new type"),
        "{third}"
    );

    // What is half written is told, and does not end it; nor do docs that are away for a while.
    std::fs::write(&config, "docs = ").unwrap();
    assert!(until(&errors, "\n").contains("typedown.toml:1:8"));
    let settings = "docs = \"docs\"\nout = \"models\"\nchangelog = true\nselect = [\"tone\"]\n";
    std::fs::write(&config, settings).unwrap();
    let fourth = until(&told, "unused");
    assert!(fourth.contains("selected beta with 1 type"), "{fourth}");
    std::fs::rename(path.join("docs"), path.join("away")).unwrap();
    assert!(until(&errors, "\n").contains("cannot be opened"));
    std::fs::rename(path.join("away"), path.join("docs")).unwrap();
    write(
        &path,
        "tone",
        "|pitch|Int32|How high.|\n|length|Int32|How long.|\n",
    );
    let fifth = until(&told, "length");
    assert!(fifth.contains("`microsoft.graph.tone/length`"), "{fifth}");

    // One entry tells of all that has changed since the beginning, and not of what came and went.
    let changelog = std::fs::read_to_string(path.join("models/CHANGELOG.md")).unwrap();
    assert_eq!(
        changelog,
        "\
# Changes of the types

Each run of `typedown generate` that changes a type adds to the end of this file.

## Everything is new

- beta with 1 type

## Requires a minor version

- **beta** `microsoft.graph.tone/length` is a new property (`Edm.Int32`): `property-added`, wire-read safe, wire-write safe, rust minor
"
    );
    // It ends when nobody listens any more.
    drop(told);
    write(&path, "tone", "|pitch|Int64|How high.|\n");
    assert_eq!(watcher.join().unwrap(), 0);
}
