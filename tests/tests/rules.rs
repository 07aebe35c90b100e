//! Every rule of `typedown diff` has a folder in `tests/rules`, named after it: two docs folders, `old` and `new` (or two
//! CSDL documents), with `diff-allow.toml`, `old.toml` and `new.toml` where renames or settings belong to it.
//!
//! Every rule runs over every pair, and `findings.txt` shows all that it finds, so that a rule that meddles with the
//! change of another shows up in review. `TYPEDOWN_BLESS=1 cargo test -p typedown-tests --test rules` rewrites these
//! files; read the difference before it is committed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;
use typedown::diff::{Bump, Rule};
use typedown_tests::workspace;

fn folders() -> Vec<PathBuf> {
    let folder = workspace().join("tests/rules");
    let entries = folder.read_dir().unwrap();
    let mut folders: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> String {
    folder.file_name().unwrap().to_string_lossy().into_owned()
}

/// What `typedown diff` finds between the two sides of a folder, every rule switched on and no flood collapsed.
fn findings(folder: &Path) -> Vec<Value> {
    let empty = tempfile::NamedTempFile::with_suffix(".toml").unwrap();
    let or_empty = |file: &str| match folder.join(file) {
        path if path.exists() => path,
        _ => empty.path().to_owned(),
    };
    let side = |name: &str| match folder.join(name) {
        path if path.exists() => path,
        _ => folder.join(format!("{name}.csdl.xml")),
    };
    let silent: Vec<String> = Rule::all()
        .filter(|rule| !rule.is_told())
        .map(|rule| format!("{}=note", rule.id))
        .collect();
    let mut args: Vec<String> = ["typedown", "diff", "--format", "json", "--every", "--level"]
        .map(str::to_owned)
        .to_vec();
    args.push(silent.join(","));
    for (flag, path) in [
        ("--allow", or_empty("diff-allow.toml")),
        ("--config", or_empty("new.toml")),
        ("--old-config", or_empty("old.toml")),
    ] {
        args.extend([flag.to_owned(), path.to_string_lossy().into_owned()]);
    }
    args.extend(["old", "new"].map(|name| side(name).to_string_lossy().into_owned()));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = typedown::cli::run(args, &mut out, &mut err);
    assert_eq!(code, 0, "{}", String::from_utf8_lossy(&err));
    let report: Value = serde_json::from_slice(&out).unwrap();
    report["findings"].as_array().unwrap().clone()
}

/// A finding in a line, or two if it has something to say about Rust.
fn line(finding: &Value) -> String {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let verdicts = &finding["verdicts"];
    let mut line = format!(
        "{} {}: {} | read {}, write {}, rust {}",
        text(&finding["rule"]),
        text(&finding["versions"]["new"]),
        text(&finding["message"]),
        text(&verdicts["wireRead"]),
        text(&verdicts["wireWrite"]),
        text(&verdicts["rust"]),
    );
    let rust = &finding["rust"];
    if !rust["old"].is_null() || !rust["new"].is_null() {
        line.push_str(&format!(
            " ({} → {})",
            text(&rust["old"]),
            text(&rust["new"])
        ));
    }
    for (name, affected) in finding["affects"].as_object().unwrap() {
        if affected != 0 {
            line.push_str(&format!(", {name} {affected}"));
        }
    }
    if let Some(hint) = finding["hint"].as_str() {
        line.push_str(&format!("; {hint}"));
    }
    line
}

#[test]
fn every_rule_finds_its_change_and_all_that_is_found_is_expected() {
    let mut failures = Vec::new();
    for folder in folders() {
        let rule = name(&folder);
        let findings = findings(&folder);
        if !findings.iter().any(|finding| finding["rule"] == *rule) {
            failures.push(format!("{rule}: the rule finds nothing"));
        }
        let found: String = findings
            .iter()
            .map(|finding| line(finding) + "\n")
            .collect();
        let path = folder.join("findings.txt");
        let expected = std::fs::read_to_string(&path).unwrap_or_default();
        if found != expected.replace("\r\n", "\n") {
            if std::env::var_os("TYPEDOWN_BLESS").is_some() {
                std::fs::write(&path, &found).unwrap();
            }
            failures.push(format!("{rule}: expected\n{expected}found\n{found}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_rule_has_a_folder_and_every_folder_a_rule() {
    let folders: BTreeSet<String> = folders().iter().map(|folder| name(folder)).collect();
    let rules: BTreeSet<String> = Rule::all().map(|rule| rule.id.to_owned()).collect();
    assert_eq!(folders, rules);
    assert!(rules.len() >= 70);
}

#[test]
fn what_a_change_means_in_rust_is_among_what_its_rule_says() {
    for folder in folders() {
        for finding in findings(&folder) {
            let rule = Rule::find(finding["rule"].as_str().unwrap()).unwrap();
            let computed = Bump::ALL
                .into_iter()
                .find(|bump| finding["verdicts"]["rust"] == bump.name())
                .unwrap();
            assert!(
                rule.rust.contains(&computed),
                "{}: {}",
                name(&folder),
                line(&finding)
            );
        }
    }
}

#[test]
fn every_rule_has_a_mirror_or_says_why_not() {
    for rule in Rule::all() {
        match rule.mirror {
            Ok(mirror) => assert!(Rule::find(mirror).is_some(), "{rule}: {mirror}"),
            Err(reason) => assert!(reason.len() > 20, "{rule}: {reason}"),
        }
    }
}

/// Ids are for ever. A rule that is given up stays in the list, behind it what took its place.
#[test]
fn ids_of_rules_are_only_ever_added() {
    let path = workspace().join("tests/golden/rules.txt");
    let list = std::fs::read_to_string(&path).unwrap_or_default();
    let known: BTreeSet<&str> = list.lines().filter(|line| !line.is_empty()).collect();
    let rules: BTreeSet<&str> = Rule::all().map(|rule| rule.id).collect();
    let gone: Vec<&&str> = known.difference(&rules).collect();
    assert!(
        gone.is_empty(),
        "rules that users may name are gone: {gone:?}"
    );
    let new: Vec<&&str> = rules.difference(&known).collect();
    if !new.is_empty() && std::env::var_os("TYPEDOWN_BLESS").is_some() {
        let all: String = known.union(&rules).map(|id| format!("{id}\n")).collect();
        std::fs::write(&path, all).unwrap();
    }
    assert!(new.is_empty(), "add to tests/golden/rules.txt: {new:?}");
}
