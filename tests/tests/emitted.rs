//! Emitted crates as their users compile them: with settings, and with some of their features.

use std::fs;
use std::path::Path;
use std::process::Command;

use typedown::Generator;
use typedown::rust::{Mode, OnMismatch};
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

/// What holds where values that do not fit are kept.
const KEEP: &str = r####"
use models::beta::CommsOperation;

#[test]
fn a_number_in_quotes_is_kept_and_the_rest_is_read() {
    let json = r#"{"id":"1","resultInfo":{"code":"200","message":"Fine."}}"#;
    let operation: CommsOperation = serde_json::from_str(json).unwrap();
    assert_eq!(operation.id.as_deref(), Some("1"));
    let info = operation.result_info.as_ref().unwrap();
    assert_eq!((info.code, info.message.as_deref()), (None, Some("Fine.")));
    assert_eq!(info.extra.get("code").unwrap(), "200");
    let written = serde_json::to_value(&operation).unwrap();
    assert_eq!(written, serde_json::from_str::<serde_json::Value>(json).unwrap());
}

#[test]
fn a_collection_with_an_element_that_is_no_object_is_kept_whole() {
    for json in [r#"{"value":[{"id":"1"},null]}"#, r#"{"value":[1]}"#, r#"{"value":null}"#] {
        let page: models::Page<CommsOperation> = serde_json::from_str(json).unwrap();
        assert!(page.value.is_empty());
        assert_eq!(serde_json::to_string(&page).unwrap(), json);
    }
    let page: models::Page<CommsOperation> = serde_json::from_str(r#"{"value":[{"id":1}]}"#).unwrap();
    assert_eq!(page.value[0].extra.get("id").unwrap(), 1);
}
"####;

#[test]
fn values_that_do_not_fit_are_kept_where_so_set() {
    let folder = tempfile::tempdir().unwrap();
    let models = folder.path().join("models");
    Generator::new()
        .docs(workspace().join("docs-input"))
        .on_mismatch(OnMismatch::Keep)
        .select(["commsOperation"])
        .out_dir(&models)
        .generate()
        .unwrap();
    fs::create_dir(models.join("tests")).unwrap();
    fs::write(models.join("tests/keep.rs"), KEEP).unwrap();
    fs::copy(workspace().join("Cargo.lock"), models.join("Cargo.lock")).unwrap();
    cargo(&models, &["test"]).unwrap();
}

/// What holds where types are shared.
const SHARE: &str = r####"
use models::{beta, v1_0};

#[test]
fn what_is_the_same_in_both_versions_is_one_type() {
    let info: v1_0::ResultInfo = beta::ResultInfo::default();
    assert_eq!(info, models::shared::ResultInfo::default());
    let operation = beta::CommsOperation { result_info: Some(info), ..Default::default() };
    let other = v1_0::CommsOperation { result_info: operation.result_info, ..Default::default() };
    assert!(other.result_info.is_some());
}
"####;

#[test]
fn types_of_both_versions_are_one_where_so_set() {
    let folder = tempfile::tempdir().unwrap();
    let models = folder.path().join("models");
    let docs = workspace().join("docs-input");
    let generator = Generator::new().docs(docs).share(true).out_dir(&models);
    generator.generate().unwrap();
    fs::create_dir(models.join("tests")).unwrap();
    fs::write(models.join("tests/share.rs"), SHARE).unwrap();
    fs::copy(workspace().join("Cargo.lock"), models.join("Cargo.lock")).unwrap();
    cargo(&models, &["test"]).unwrap();
    let part = ["check", "--lib", "--no-default-features", "--features"];
    for feature in ["beta-cloud-communications", "v1_0-general", ""] {
        cargo(&models, &[&part[..], &[feature]].concat()).unwrap();
    }
    fs::remove_dir_all(models.join("tests")).unwrap();
    generator.mode(Mode::Derive).generate().unwrap();
    let manifest = fs::read_to_string(models.join("Cargo.toml")).unwrap();
    let derive = "serde = { version = \"1\", features = [\"derive\"] }";
    let manifest = manifest.replace("serde = \"1\"", derive);
    fs::write(models.join("Cargo.toml"), manifest).unwrap();
    cargo(&models, &["check"]).unwrap();
}

#[test]
fn what_is_emitted_needs_no_newer_rust_than_its_manifest_says() {
    let folder = tempfile::tempdir().unwrap();
    let models = folder.path().join("models");
    let docs = workspace().join("docs-input");
    Generator::new()
        .docs(docs)
        .out_dir(&models)
        .generate()
        .unwrap();
    fs::copy(workspace().join("Cargo.lock"), models.join("Cargo.lock")).unwrap();
    let manifest = fs::read_to_string(models.join("Cargo.toml")).unwrap();
    let needed = |rust_version: &str| {
        let stated = manifest.replace("rust-version = \"1.71\"", rust_version);
        fs::write(models.join("Cargo.toml"), &stated).unwrap();
        let output = Command::new(env!("CARGO"))
            .args([
                "clippy",
                "--offline",
                "--",
                "--force-warn",
                "clippy::incompatible_msrv",
            ])
            .current_dir(&models)
            .env("CARGO_TARGET_DIR", workspace().join("target/emitted"))
            .output()
            .unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stderr)
            .unwrap()
            .matches("current MSRV")
            .count()
    };
    assert!(needed("rust-version = \"1.60\"") > 0, "the lint is at work");
    assert_eq!(needed("rust-version = \"1.71\""), 0);
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
