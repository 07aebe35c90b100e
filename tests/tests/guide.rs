//! What the guide shows is what happens: it is done step by step in an empty folder, with the docs beside it.
#![cfg(target_os = "linux")]

use std::fs;
use std::process::Command;

use typedown_tests::emitted::copy;
use typedown_tests::workspace;

/// A block of a page: the word behind the fence, and the lines.
fn blocks(text: &str) -> Vec<(String, String)> {
    let mut blocks = Vec::new();
    let mut parts = text.split("\n```");
    parts.next();
    while let (Some(block), Some(_)) = (parts.next(), parts.next()) {
        let (word, lines) = block.split_once('\n').unwrap();
        blocks.push((word.to_owned(), format!("{lines}\n")));
    }
    blocks
}

/// The commands of a block, each with what it prints.
fn commands(block: &str) -> Vec<(String, String)> {
    let mut commands: Vec<(String, String)> = Vec::new();
    for line in block.lines() {
        match (line.strip_prefix("$ "), commands.last_mut()) {
            (Some(command), _) => commands.push((command.to_owned(), String::new())),
            (None, Some((_, output))) => output.push_str(&format!("{line}\n")),
            (None, None) => panic!("a block starts with a command: {line}"),
        }
    }
    commands
}

/// What a command prints: that of the program under test, or of any other.
fn output(command: &str) -> String {
    let words: Vec<&str> = command.split_whitespace().collect();
    if words[0] == "typedown" {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = typedown::cli::run(words, &mut out, &mut err);
        assert_eq!(
            (code == 2, String::from_utf8(err).unwrap().as_str()),
            (false, ""),
            "{command}"
        );
        return String::from_utf8(out).unwrap();
    }
    let ran = Command::new("sh").args(["-c", command]).output().unwrap();
    assert!(ran.status.success(), "{command}");
    String::from_utf8(ran.stdout).unwrap()
}

#[test]
fn every_step_of_the_guide_prints_what_it_shows() {
    let text = fs::read_to_string(workspace().join("docs/guide.md")).unwrap();
    let folder = tempfile::tempdir().unwrap();
    copy(&workspace().join("docs-input"), &folder.path().join("docs")).unwrap();
    std::env::set_current_dir(folder.path()).unwrap();
    let mut steps = 0;
    for (word, block) in blocks(&text) {
        if word == "console" {
            for (command, expected) in commands(&block) {
                assert_eq!(output(&command), expected, "{command}");
                steps += 1;
            }
        } else if word == "toml" && block.contains("# What `typedown generate` reads") {
            assert_eq!(fs::read_to_string("models/typedown.toml").unwrap(), block);
        }
    }
    assert!(steps >= 8, "{steps}");
}

#[test]
fn the_build_script_of_the_guide_is_that_of_the_example() {
    let text = fs::read_to_string(workspace().join("docs/guide.md")).unwrap();
    let example = workspace().join("examples/build-script");
    let script = fs::read_to_string(example.join("build.rs")).unwrap();
    let script = script.replace("../../docs-input", "docs");
    let program = fs::read_to_string(example.join("src/main.rs")).unwrap();
    let rust: Vec<String> = blocks(&text)
        .into_iter()
        .filter(|(word, _)| word.starts_with("rust"))
        .map(|(_, block)| block)
        .collect();
    assert_eq!(rust.len(), 2);
    assert_eq!(rust[0], script);
    assert!(program.contains(&rust[1]), "{}", rust[1]);
}
