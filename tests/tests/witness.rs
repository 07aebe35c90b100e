//! What `typedown diff` says of the emitted crate is what the compiler says: for some rules, code that uses the crate of the
//! old side is compiled against both crates. It has to compile with the old one; with the new one it has to fail exactly if
//! the verdict is major.

use std::path::Path;

use typedown::Generator;
use typedown::diff::{Bump, Diff};
use typedown_tests::emitted::{cargo, lock, run};
use typedown_tests::workspace;

/// A rule, by the name of its folder in `tests/rules`, and code that relies on what its change is about.
const WITNESSES: [(&str, &str); 13] = [
    (
        "property-added",
        "let meeting = models::beta::Meeting { subject: None, ..Default::default() }; drop(meeting.subject);",
    ),
    (
        "property-removed",
        "drop(models::beta::Meeting::default().join_url);",
    ),
    (
        "property-type-widened",
        "let detail: Option<i32> = models::beta::Meeting::default().detail; drop(detail);",
    ),
    (
        "property-string-format-changed",
        "let detail: Option<String> = models::beta::Meeting::default().detail; drop(detail);",
    ),
    (
        "property-recased",
        "drop(models::beta::Meeting::default().item_id);",
    ),
    (
        "property-moved-to-base",
        "drop((models::beta::DialTone::default().length, models::beta::DialTone::LENGTH));",
    ),
    ("type-added", "drop(models::beta::Meeting::default());"),
    ("type-removed", "drop(models::beta::Tone::default());"),
    (
        "type-namespace-moved",
        "drop(models::beta::Tone::default());",
    ),
    (
        "enum-member-added",
        "match models::beta::MeetingState::Planned { models::beta::MeetingState::Planned => {} _ => {} }",
    ),
    (
        "enum-member-removed",
        "drop(models::beta::MeetingState::Over);",
    ),
    (
        "rust-family-added",
        "let tone: Option<models::beta::Tone> = models::beta::Call::default().tone; drop(tone);",
    ),
    (
        "rust-ident-changed",
        "let url = \"x\".to_owned(); let meeting = models::beta::Meeting { join_url: Some(url), ..Default::default() }; assert_eq!(serde_json::to_value(&meeting).unwrap()[\"join_url\"], \"x\");",
    ),
];

/// Whether the code compiles, and does not fail, with the crate of a docs folder.
fn works(docs: &Path, folder: &Path, code: &str) -> Result<(), String> {
    let crate_folder = folder.join("models");
    let generator = Generator::new().docs(docs).out_dir(&crate_folder);
    generator.generate().map_err(|error| error.to_string())?;
    let manifest = crate_folder.join("Cargo.toml");
    let text = std::fs::read_to_string(&manifest).unwrap();
    let name = text
        .lines()
        .find(|line| line.starts_with("name = "))
        .unwrap();
    std::fs::write(&manifest, text.replace(name, "name = \"models\"")).unwrap();
    lock(&crate_folder).map_err(|error| error.to_string())?;
    let examples = crate_folder.join("examples");
    std::fs::create_dir_all(&examples).unwrap();
    let source = format!("fn main() {{ {code} }}\n");
    std::fs::write(examples.join("witness.rs"), source).unwrap();
    let target = workspace().join("target/witness");
    let arguments = ["run", "--example", "witness"];
    match run(&mut cargo(&crate_folder, &target, &arguments)) {
        Ok(_) => Ok(()),
        Err(problem) => Err(problem.to_string()),
    }
}

#[test]
fn the_compiler_says_what_the_verdicts_say() {
    for (rule, code) in WITNESSES {
        let fixture = workspace().join("tests/rules").join(rule);
        let read = |side: &str| {
            let generator = Generator::new().docs(fixture.join(side));
            generator.read_docs().unwrap().schema
        };
        let (old, new) = (read("old"), read("new"));
        let findings = Diff::new(&old, &new).findings();
        let bump = findings.iter().map(|finding| finding.verdicts.rust).max();
        let folder = tempfile::tempdir().unwrap();
        if let Err(problem) = works(&fixture.join("old"), folder.path(), code) {
            panic!("{rule}: the witness does not work with the old crate: {problem}");
        }
        let folder = tempfile::tempdir().unwrap();
        let result = works(&fixture.join("new"), folder.path(), code);
        assert_eq!(
            result.is_err(),
            bump == Some(Bump::Major),
            "{rule}: {bump:?}, {result:?}"
        );
    }
}
