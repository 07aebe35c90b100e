//! The examples that users copy: they are built, and their commands are run.

use std::process::Command;

use typedown_tests::emitted::{cargo, copy, lock, run};
use typedown_tests::workspace;

/// A run of the program: its exit code, and what it printed.
fn typedown(arguments: &[&str]) -> (u8, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = typedown::cli::run(["typedown"].iter().chain(arguments), &mut out, &mut err);
    (
        code,
        String::from_utf8_lossy(&[out, err].concat()).into_owned(),
    )
}

#[test]
fn the_committed_crate_is_what_its_configuration_makes() {
    let config = workspace().join("examples/committed-crate/typedown.toml");
    let (code, printed) = typedown(&["generate", "--check", "--config", &config.to_string_lossy()]);
    assert_eq!(code, 0, "{printed}");
}

#[test]
fn the_committed_crate_compiles() {
    let folder = tempfile::tempdir().unwrap();
    copy(&workspace().join("examples/committed-crate"), folder.path()).unwrap();
    lock(folder.path()).unwrap();
    let target = workspace().join("target/committed-crate");
    run(&mut cargo(folder.path(), &target, &["check"])).unwrap();
}

/// The lines of a file that call the program, as arguments.
fn calls(file: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(workspace().join("examples/ci").join(file)).unwrap();
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with('#'));
    let calls = lines.filter_map(|line| {
        let line = line.trim().trim_start_matches("- run: ");
        line.strip_prefix("typedown ").map(str::to_owned)
    });
    calls
        .map(|call| call.split_whitespace().map(str::to_owned).collect())
        .collect()
}

#[test]
fn the_workflow_and_the_hook_call_what_there_is() {
    let folder = tempfile::tempdir().unwrap();
    let models = folder.path().join("models");
    let docs = workspace()
        .join("docs-input")
        .to_string_lossy()
        .into_owned();
    let dir = models.to_string_lossy().into_owned();
    typedown(&["init", &dir, "--docs", &docs, "--select", "commsOperation"]);
    let config = models.join("typedown.toml").to_string_lossy().into_owned();
    let (code, printed) = typedown(&["generate", "--config", &config]);
    assert_eq!(code, 0, "{printed}");
    std::fs::copy(
        models.join("typedown.lock.json"),
        folder.path().join("before.lock.json"),
    )
    .unwrap();
    for file in ["typedown.yml", "pre-commit"] {
        let calls = calls(file);
        assert!(!calls.is_empty(), "{file}");
        for call in calls {
            // From where the file runs, which is the folder of the repository.
            let here = |word: &String| match folder.path().join(word) {
                path if path.exists() => path.to_string_lossy().into_owned(),
                _ => word.clone(),
            };
            let call: Vec<String> = call.iter().map(here).collect();
            let call: Vec<&str> = call.iter().map(String::as_str).collect();
            let (code, printed) = typedown(&call);
            assert_eq!(code, 0, "{call:?}: {printed}");
        }
    }
}

#[test]
fn the_hook_is_a_shell_script() {
    let hook = workspace().join("examples/ci/pre-commit");
    let checked = Command::new("sh").arg("-n").arg(hook).status().unwrap();
    assert!(checked.success());
}
