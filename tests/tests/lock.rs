//! The lock file among people: branches merge, docs in a repository are named, and mistakes are told.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use typedown::schema::Lock;

const LOCK: &str = "typedown.lock.json";

/// A folder with docs of two types, and a crate beside them.
struct Place(tempfile::TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("tone", "|pitch|Int32|How high.|\n");
        place.write("bell", "|weight|Double|In kilograms.|\n");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, rows: &str) {
        let resources = self.path("docs/api-reference/beta/resources");
        fs::create_dir_all(&resources).unwrap();
        let text = format!(
            "# {name} resource type\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n{rows}"
        );
        fs::write(resources.join(format!("{name}.md")), text).unwrap();
    }

    fn run(&self, flags: &[&str]) -> (u8, String) {
        let out = self.path("models");
        let mut arguments = vec!["typedown", "generate", "--out", out.to_str().unwrap()];
        let docs = self.path("docs");
        if !flags.contains(&"--locked") {
            arguments.extend(["--no-cache", "--docs", docs.to_str().unwrap()]);
        }
        arguments.extend(flags);
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = typedown::cli::run(arguments, &mut out, &mut err);
        let told = [out, err].map(|text| String::from_utf8(text).unwrap());
        let folder = self.0.path().to_str().unwrap();
        (code, told.concat().replace(folder, "."))
    }

    /// The text of the lock file after a run.
    fn lock(&self) -> String {
        assert_eq!(self.run(&[]).0, 0);
        fs::read_to_string(self.path("models").join(LOCK)).unwrap()
    }
}

fn git(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder);
    command.args(["-c", "user.name=t", "-c", "user.email=t@example.org"]);
    let ran = command.args(arguments).output().unwrap();
    assert!(ran.status.success(), "git {arguments:?}");
    String::from_utf8(ran.stdout).unwrap().trim().to_owned()
}

#[test]
fn branches_that_change_different_types_merge() {
    let place = Place::new();
    let base = place.lock();
    place.write(
        "tone",
        "|pitch|Int64|How high.|\n|length|Duration|How long.|\n",
    );
    let ours = place.lock();
    place.write("tone", "|pitch|Int32|How high.|\n");
    place.write("bell", "|weight|Double|In grams.|\n");
    place.write("clapper", "|size|Int32|In millimetres.|\n");
    let theirs = place.lock();
    place.write(
        "tone",
        "|pitch|Int64|How high.|\n|length|Duration|How long.|\n",
    );
    let both = place.lock();
    for (name, text) in [("base", base), ("ours", ours), ("theirs", theirs)] {
        fs::write(place.path(name), text).unwrap();
    }
    let merged = git(
        place.0.path(),
        &["merge-file", "-p", "ours", "base", "theirs"],
    );
    assert_eq!(merged, both.trim());
}

#[test]
fn docs_in_a_repository_of_their_own_are_named_by_the_commit_that_changed_something() {
    let place = Place::new();
    let docs = place.path("docs");
    git(&docs, &["init", "-q"]);
    git(&docs, &["add", "."]);
    git(&docs, &["commit", "-q", "-m", "one"]);
    let first = git(&docs, &["rev-parse", "HEAD"]);
    let named = |text: &str| {
        let docs = Lock::parse(text).unwrap().docs.unwrap();
        (docs.commit, docs.edited)
    };
    assert_eq!(named(&place.lock()), (first.clone(), false));

    // A commit that changes no type writes nothing, so that nobody has to look at it.
    fs::write(docs.join("readme.md"), "Docs.").unwrap();
    git(&docs, &["add", "."]);
    git(&docs, &["commit", "-q", "-m", "two"]);
    assert_eq!(named(&place.lock()), (first, false));
    assert_eq!(place.run(&["--check"]).0, 0);

    let second = git(&docs, &["rev-parse", "HEAD"]);
    place.write("bell", "|weight|Int32|In grams.|\n");
    assert_eq!(named(&place.lock()), (second, true));
    let (code, told) = place.run(&["--locked", "--check"]);
    assert_eq!(code, 0, "{told}");
}

#[test]
fn docs_in_the_repository_of_the_crate_need_no_name() {
    let place = Place::new();
    git(place.0.path(), &["init", "-q"]);
    git(place.0.path(), &["add", "."]);
    git(place.0.path(), &["commit", "-q", "-m", "one"]);
    assert_eq!(Lock::parse(&place.lock()).unwrap().docs, None);
}

#[test]
fn a_lock_file_that_cannot_be_used_is_told_with_what_to_do() {
    let place = Place::new();
    let lock = place.path("models").join(LOCK);
    let (code, told) = place.run(&["--locked"]);
    assert_eq!(code, 2);
    assert!(
        told.contains("`typedown generate` writes it from the docs"),
        "{told}"
    );
    let text = place.lock();
    fs::write(&lock, text.replacen("\"kind\"", "\"kin\"", 1)).unwrap();
    let (code, told) = place.run(&["--locked"]);
    assert_eq!(code, 2);
    assert!(
        told.starts_with("error: ./models/typedown.lock.json: lock file, line 6, column"),
        "{told}"
    );
    fs::write(&lock, text.replacen("\"format\": 2", "\"format\": 3", 1)).unwrap();
    let (code, told) = place.run(&["--locked"]);
    assert_eq!(code, 2);
    assert!(
        told.contains("format 3, this Typedown reads up to 2"),
        "{told}"
    );
}

#[test]
fn what_was_edited_by_hand_is_found_without_the_docs() {
    let place = Place::new();
    place.lock();
    fs::remove_dir_all(place.path("docs")).unwrap();
    let source = place.path("models/src/beta/general.rs");
    let text = fs::read_to_string(&source).unwrap();
    fs::write(&source, text.replace("pub weight", "pub mass")).unwrap();
    let (code, told) = place.run(&["--locked", "--check"]);
    assert_eq!(code, 1);
    assert!(told.contains("~ src/beta/general.rs:"), "{told}");
    assert_eq!(place.run(&["--locked"]).0, 0);
    assert_eq!(fs::read_to_string(&source).unwrap(), text);
}

#[test]
fn conflicts_of_a_merge_are_told_as_such() {
    let place = Place::new();
    let text = place.lock();
    let lock = place.path("models").join(LOCK);
    let conflict = format!("<<<<<<< ours\n{text}=======\n>>>>>>> theirs\n");
    fs::write(&lock, conflict).unwrap();
    for flags in [&[][..], &["--locked"]] {
        let (code, told) = place.run(flags);
        assert_eq!(code, 2);
        assert!(
            told.contains("conflicts of a merge, the first in line 1: take either side"),
            "{told}"
        );
    }
}

#[test]
fn a_version_that_is_not_written_any_more_is_gone_though_another_has_the_same_types() {
    let place = Place::new();
    place.write("tone", "|pitch|Int32|How high.|\n");
    let beta = place.path("docs/api-reference/beta");
    Command::new("cp")
        .arg("-r")
        .arg(&beta)
        .arg(place.path("docs/api-reference/v1.0"))
        .status()
        .unwrap();
    assert_eq!(place.run(&["--version", "v1.0"]).0, 0);
    let (_, told) = place.run(&["--version", "beta"]);
    assert!(told.contains("[version-removed] v1.0"), "{told}");
    assert!(told.contains("bump     major"), "{told}");
}

/// A reader that has gone.
struct Gone;

impl std::io::Write for Gone {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_crate_is_judged_whether_anybody_reads_of_it_or_not() {
    let place = Place::new();
    place.lock();
    place.write("tone", "|pitch|Int64|How high.|\n");
    let (docs, out) = (place.path("docs"), place.path("models"));
    let arguments = ["typedown", "generate", "--check", "--docs"];
    let paths = [docs.to_str().unwrap(), "--out", out.to_str().unwrap()];
    let arguments = arguments.into_iter().chain(paths);
    assert_eq!(typedown::cli::run(arguments, &mut Gone, &mut Vec::new()), 1);
}

#[test]
fn a_changelog_that_cannot_be_added_to_is_told_before_anything_is_written() {
    let place = Place::new();
    let before = place.lock();
    place.write("tone", "|pitch|Int64|How high.|\n");
    let changelog = place.path("models/CHANGELOG.md");
    let own = "# My own\n";
    fs::write(&changelog, own).unwrap();
    let (code, told) = place.run(&["--changelog"]);
    assert_eq!(code, 2);
    assert!(told.contains("is a changelog of somebody else's"), "{told}");
    assert_eq!(fs::read_to_string(&changelog).unwrap(), own);
    let lock = fs::read_to_string(place.path("models").join(LOCK)).unwrap();
    assert_eq!(lock, before);
}

#[test]
fn another_setting_is_told_with_what_it_means_to_users() {
    let place = Place::new();
    place.lock();
    let (code, told) = place.run(&["--mode", "derive"]);
    assert_eq!(code, 0);
    assert!(told.contains("mode derive"), "{told}");
    assert!(told.contains("bump     major"), "{told}");
    let lock = fs::read_to_string(place.path("models").join(LOCK)).unwrap();
    assert_eq!(
        lock.lines().nth(2),
        Some("\"settings\": {\"mode\":\"derive\"},")
    );
    let (_, told) = place.run(&["--mode", "derive"]);
    assert!(told.contains("wrote    nothing"), "{told}");
}
