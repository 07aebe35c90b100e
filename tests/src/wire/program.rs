//! A program that reads and writes JSON with emitted types.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use typedown::output::Output;
use typedown::rust::Names;

use super::Object;
use crate::workspace;

/// What the program answers to an object: what it wrote, or why it could not read it.
pub(super) type Answer = Result<serde_json::Value, String>;

/// Writes the crate and a program that uses it, and has each object read and written by it.
pub(super) fn run(
    output: &Output,
    names: &Names,
    objects: &[Object],
) -> Result<Vec<Answer>, String> {
    let told = |error: std::io::Error| error.to_string();
    let folder = tempfile::tempdir().map_err(told)?;
    let models = folder.path().join("models");
    output
        .write(&models)
        .map_err(|error| format!("the crate cannot be written: {error}"))?;
    let mut paths: BTreeMap<(&str, &str), (usize, String)> = BTreeMap::new();
    for object in objects {
        let next = paths.len();
        let path = names.rust_path(&object.version, &object.type_name);
        paths
            .entry((&object.version, object.type_name.as_str()))
            .or_insert_with(|| (next, path.unwrap_or_default()));
    }
    let program = folder.path().join("program");
    std::fs::create_dir_all(program.join("src")).map_err(told)?;
    std::fs::write(program.join("Cargo.toml"), MANIFEST).map_err(told)?;
    std::fs::write(program.join("src/main.rs"), source(&paths)).map_err(told)?;
    // The workspace's lock file holds versions that are there without a network.
    std::fs::copy(workspace().join("Cargo.lock"), program.join("Cargo.lock")).map_err(told)?;
    let mut input = String::new();
    for object in objects {
        let (index, _) = paths[&(object.version.as_str(), object.type_name.as_str())];
        let _ = writeln!(input, "{index} {}", object.json);
    }
    let printed = execute(&program, input)?;
    let answers = printed.lines().map(|line| match line.split_once(' ') {
        Some(("ok", json)) => serde_json::from_str(json).map_err(|error| error.to_string()),
        Some((_, error)) => Err(error.to_owned()),
        None => Err("the program printed nothing".to_owned()),
    });
    let answers: Vec<Answer> = answers.collect();
    if answers.len() == objects.len() {
        Ok(answers)
    } else {
        Err(format!(
            "the program answered to {} of {} objects",
            answers.len(),
            objects.len()
        ))
    }
}

const MANIFEST: &str = "\
[package]
name = \"wire-program\"
version = \"0.0.0\"
edition = \"2021\"

[dependencies]
models = { path = \"../models\" }
serde = \"1\"
serde_json = \"1\"

[workspace]
";

/// Reads lines of a number for the type and an object, and prints a line for each.
fn source(paths: &BTreeMap<(&str, &str), (usize, String)>) -> String {
    let mut arms = String::new();
    for (index, path) in paths.values() {
        let _ = writeln!(arms, "        {index} => through::<models::{path}>(json),");
    }
    format!(
        r#"fn through<T: serde::de::DeserializeOwned + serde::Serialize>(json: &str) -> Result<String, String> {{
    let value: T = serde_json::from_str(json).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| error.to_string())
}}

fn main() {{
    for line in std::io::stdin().lines() {{
        let line = line.unwrap();
        let (index, json) = line.split_once(' ').unwrap();
        let answer = match index.parse::<usize>().unwrap() {{
{arms}            _ => Err("no such type".to_owned()),
        }};
        match answer {{
            Ok(json) => println!("ok {{json}}"),
            Err(error) => println!("error {{}}", error.replace('\n', " ")),
        }}
    }}
}}
"#
    )
}

fn execute(program: &Path, input: String) -> Result<String, String> {
    let mut child = Command::new("cargo")
        .args(["run", "--quiet"])
        .current_dir(program)
        .env("CARGO_TARGET_DIR", workspace().join("target/wire"))
        .env_remove("RUSTFLAGS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    let stdin = child.stdin.take();
    // Both ends at once: the program answers while it is still being asked.
    let writer = std::thread::spawn(move || {
        if let Some(mut stdin) = stdin {
            let _ = stdin.write_all(input.as_bytes());
        }
    });
    let output = child
        .wait_with_output()
        .map_err(|error| format!("cargo cannot be run: {error}"))?;
    let _ = writer.join();
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        Err(format!(
            "the program with the emitted types failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        ))
    }
}
