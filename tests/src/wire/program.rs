//! A program that reads and writes JSON with emitted types.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::process::Command;

use typedown::output::Output;
use typedown::rust::Names;

use crate::emitted::{self, Problem};
use crate::examples::Object;
use crate::workspace;

/// What the program answers to an object: what it wrote, or why it could not read it.
pub(super) type Answer = Result<serde_json::Value, String>;

/// Writes the crate and a program that uses it, and has each object read and written by it.
pub(super) fn run(
    output: &Output,
    names: &Names,
    objects: &[Object],
) -> Result<Vec<Answer>, Problem> {
    let folder = tempfile::tempdir()?;
    output.write(&folder.path().join("models"))?;
    let mut paths: BTreeMap<(&str, &str), (usize, String)> = BTreeMap::new();
    let mut input = String::new();
    for object in objects {
        let next = paths.len();
        let path = names.rust_path(&object.version, &object.type_name);
        let (index, _) = paths
            .entry((&object.version, object.type_name.as_str()))
            .or_insert_with(|| (next, path.unwrap_or_default()));
        let _ = writeln!(input, "{index} {}", object.json);
    }
    let program = folder.path().join("program");
    std::fs::create_dir_all(program.join("src"))?;
    std::fs::write(program.join("Cargo.toml"), MANIFEST)?;
    std::fs::write(program.join("src/main.rs"), source(&paths))?;
    emitted::lock(&program)?;
    let file = folder.path().join("objects");
    std::fs::write(&file, input)?;

    // The folder is kept, so that what the crates depend on is compiled once.
    let target = workspace().join("target/wire");
    emitted::run(&mut emitted::cargo(&program, &target, &["build"]))?;
    let executable = format!("debug/wire-program{}", std::env::consts::EXE_SUFFIX);
    let printed = emitted::run(Command::new(target.join(executable)).arg(file))?;
    let printed = String::from_utf8(printed)?;
    let answers = printed.lines().map(|line| match line.split_once(' ') {
        Some(("ok", json)) => serde_json::from_str(json).map_err(|error| error.to_string()),
        Some((_, error)) => Err(error.to_owned()),
        None => Err("the program printed nothing".to_owned()),
    });
    let answers: Vec<Answer> = answers.collect();
    if answers.len() == objects.len() {
        return Ok(answers);
    }
    let (found, expected) = (answers.len(), objects.len());
    Err(format!("the program answered to {found} of {expected} objects").into())
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
        let _ = writeln!(
            arms,
            "            {index} => through::<models::{path}>(json),"
        );
    }
    format!(
        r#"fn through<T: serde::de::DeserializeOwned + serde::Serialize>(json: &str) -> Result<String, String> {{
    let value: T = serde_json::from_str(json).map_err(|error| error.to_string())?;
    serde_json::to_string(&value).map_err(|error| error.to_string())
}}

fn main() {{
    let file = std::env::args_os().nth(1).unwrap();
    for line in std::fs::read_to_string(file).unwrap().lines() {{
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
