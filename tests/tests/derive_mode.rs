//! The crate of `docs-input`, where its types derive what they can do.

use std::path::Path;
use std::process::Command;

use typedown::Generator;
use typedown::rust::Mode;
use typedown_tests::workspace;

/// A test of the emitted crate, which sees it as its users do.
const WIRE: &str = r####"
use models::beta::CommsOperation;

#[test]
fn names_are_those_of_json_and_absent_members_stay_absent() {
    let json = r#"{"id":"1","clientContext":"c"}"#;
    let operation: CommsOperation = serde_json::from_str(json).unwrap();
    assert_eq!(operation.client_context.as_deref(), Some("c"));
    assert_eq!(serde_json::to_string(&operation).unwrap().len(), json.len());
    assert_eq!(serde_json::to_string(&CommsOperation::default()).unwrap(), "{}");
}

#[test]
fn what_is_not_listed_is_read() {
    let json = r###"{"@odata.type":"#microsoft.graph.commsOperation","status":null}"###;
    let operation: CommsOperation = serde_json::from_str(json).unwrap();
    assert_eq!(operation, CommsOperation::default());
}
"####;

/// Runs cargo in a folder with warnings denied.
fn cargo(folder: &Path, arguments: &[&str]) {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", workspace().join("target/emitted"))
        .env("RUSTFLAGS", "-Dwarnings")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "cargo {arguments:?}:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}

fn generator(out: &Path, mode: Mode) -> Generator {
    Generator::new()
        .docs(workspace().join("docs-input"))
        .out_dir(out)
        .mode(mode)
}

#[test]
fn it_compiles_without_a_warning_and_reads_and_writes_json() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("models");
    let (_, written) = generator(&out, Mode::Derive).generate().unwrap();
    assert!(written.notes.is_empty(), "{:?}", written.notes);
    std::fs::create_dir(out.join("tests")).unwrap();
    std::fs::write(out.join("tests/wire.rs"), WIRE.trim_start()).unwrap();
    // The workspace's lock file holds versions that are there without a network.
    std::fs::copy(workspace().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
    cargo(&out, &["check", "--quiet", "--offline"]);
    cargo(&out, &["test", "--quiet", "--offline"]);
    assert!(
        generator(&out, Mode::Derive)
            .generate()
            .unwrap()
            .1
            .is_empty()
    );
}

#[test]
fn a_change_of_mode_takes_the_support_module_away_and_back() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("models");
    generator(&out, Mode::Table).generate().unwrap();
    let support = out.join("src/support");
    assert!(support.is_dir());

    let (_, written) = generator(&out, Mode::Derive).generate().unwrap();
    assert!(!support.exists());
    assert!(
        !written.removed.is_empty()
            && written
                .removed
                .iter()
                .all(|path| path.starts_with("src/support/")),
        "{:?}",
        written.removed
    );
    assert!(
        matches!(&written.notes[..], [note] if note.contains("derive")),
        "{:?}",
        written.notes
    );

    let (_, written) = generator(&out, Mode::Table).generate().unwrap();
    assert!(support.is_dir() && written.notes.is_empty());
}
