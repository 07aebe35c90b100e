//! Emitted crates as their users compile them: with settings, and with some of their features.

use std::fs;
use std::path::Path;
use std::process::Command;

use typedown_tests::workspace;

/// Runs cargo in a folder with warnings denied, and gives what is wrong.
fn cargo(folder: &Path, arguments: &[&str]) -> Result<(), String> {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .args(["--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", workspace().join("target/emitted"))
        .env("RUSTFLAGS", "-Dwarnings")
        .output()
        .unwrap();
    if output.status.success() {
        return Ok(());
    }
    let [out, err] = [output.stdout, output.stderr];
    Err(String::from_utf8_lossy(&[out, err].concat()).into_owned())
}

/// What the types are once the settings of the guide hold.
const SETTINGS: &str = r####"
use models::beta::{Call, CommsOperation};

#[test]
fn a_type_that_only_serde_knows_is_read_compared_copied_and_written() {
    let json = r#"{"resultInfo":{"code":200,"message":null}}"#;
    let operation: CommsOperation = serde_json::from_str(json).unwrap();
    let info: &serde_json::Map<String, serde_json::Value> = operation.result_info.as_ref().unwrap();
    assert_eq!(info["code"], 200);
    assert_eq!(operation.clone(), operation);
    assert_ne!(CommsOperation::default(), operation);
    assert_eq!(serde_json::to_string(&operation).unwrap(), json);
}

#[test]
fn what_such_a_type_cannot_hold_is_kept() {
    let json = r#"{"resultInfo":"none"}"#;
    let operation: CommsOperation = serde_json::from_str(json).unwrap();
    assert!(operation.result_info.is_none());
    assert_eq!(serde_json::to_string(&operation).unwrap(), json);
}

#[test]
fn the_rest_is_there_as_well() {
    let call: Call = serde_json::from_str(r#"{"id":1,"state":"established"}"#).unwrap();
    assert!(call.id.is_none() && call.extra.get("id").is_some());
    assert_eq!(serde_json::to_string(&call).unwrap().len(), 30);
}
"####;

#[test]
fn the_settings_of_the_guide_emit_a_crate_that_compiles_and_does_what_they_say() {
    let guide = fs::read_to_string(workspace().join("docs/settings.md")).unwrap();
    let block = guide.split("```toml\n").nth(1).unwrap();
    let settings = block.split("```").next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("typedown.toml");
    let docs = workspace().join("docs-input");
    let docs = docs.canonicalize().unwrap();
    fs::write(
        &config,
        format!("docs = {docs:?}\nout = \"models\"\n{settings}"),
    )
    .unwrap();

    let config = config.to_string_lossy().into_owned();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["typedown", "generate", "--config", config.as_str()];
    let code = typedown::cli::run(arguments, &mut out, &mut err);
    assert_eq!((code, String::from_utf8(err).unwrap()), (0, String::new()));
    let out = String::from_utf8(out).unwrap();
    assert!(!out.contains("note "), "{out}");

    let models = folder.path().join("models");
    fs::create_dir(models.join("tests")).unwrap();
    fs::write(models.join("tests/settings.rs"), SETTINGS).unwrap();
    // The workspace's lock file holds versions that are there without a network.
    fs::copy(workspace().join("Cargo.lock"), models.join("Cargo.lock")).unwrap();
    cargo(&models, &["test"]).unwrap();
    let source = fs::read_to_string(models.join("src/beta/cloud_communications.rs")).unwrap();
    assert!(
        source.contains("#[must_use]\npub struct Call {"),
        "{source}"
    );
}

#[test]
fn each_feature_compiles_alone_without_a_warning() {
    let generated = workspace().join("generated");
    let manifest = fs::read_to_string(generated.join("Cargo.toml")).unwrap();
    let features = manifest.split("# typedown features").nth(1).unwrap();
    let features = features.split("# end of typedown features").next().unwrap();
    let names = features.lines().filter_map(|line| line.split_once(" = "));
    let mut wrong = Vec::new();
    for name in [""].into_iter().chain(names.map(|(name, _)| name)) {
        let arguments = ["check", "--no-default-features", "--features", name];
        wrong.extend(cargo(&generated, &arguments).err());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
