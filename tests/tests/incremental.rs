//! Runs with a cache write, and tell, what runs without one do, and so do runs from the lock file alone: after every edit,
//! whatever was edited.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use typedown::overrides::Override;
use typedown::source::Folder;
use typedown::{Cache, Generator};
use typedown_tests::choices::Choices;
use typedown_tests::emitted::copy;
use typedown_tests::folder::texts;
use typedown_tests::workspace;

/// A folder with docs that are edited, the cache, and two output folders: with the cache and without.
struct Workshop {
    folder: tempfile::TempDir,
    flags: Vec<String>,
}

impl Workshop {
    fn new(flags: &[&str]) -> Self {
        let workshop = Self {
            folder: tempfile::tempdir().unwrap(),
            flags: flags.iter().map(|flag| (*flag).to_owned()).collect(),
        };
        copy(&workspace().join("docs-input"), &workshop.docs()).unwrap();
        workshop
    }

    fn docs(&self) -> PathBuf {
        self.folder.path().join("docs")
    }

    fn out(&self, name: &str) -> PathBuf {
        self.folder.path().join(name).join("models")
    }

    /// Runs `generate` into a folder; what it tells, without the folder.
    fn generate(&self, name: &str, cached: bool) -> (u8, String) {
        let out_dir = self.out(name);
        let (docs, cache) = (self.docs(), self.folder.path().join("cache"));
        let mut arguments = vec!["typedown", "generate", "--docs", docs.to_str().unwrap()];
        arguments.extend(["--out", out_dir.to_str().unwrap()]);
        match cached {
            true => arguments.extend(["--cache", cache.to_str().unwrap()]),
            false => arguments.push("--no-cache"),
        }
        arguments.extend(self.flags.iter().map(String::as_str));
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = typedown::cli::run(arguments, &mut out, &mut err);
        let told = [out, err].map(|text| String::from_utf8(text).unwrap());
        (
            code,
            told.concat().replace(out_dir.to_str().unwrap(), "OUT"),
        )
    }

    /// Runs both ways; they must do and tell the same.
    #[track_caller]
    fn agree(&self, after: &str) {
        let cached = self.generate("cached", true);
        let anew = self.generate("anew", false);
        assert_eq!(cached, anew, "after {after}");
        let (cached, anew) = (files(&self.out("cached")), files(&self.out("anew")));
        for path in cached.keys().chain(anew.keys()) {
            assert_eq!(cached.get(path), anew.get(path), "{path} after {after}");
        }
    }

    /// What the lock file alone gives must be what the docs gave.
    #[track_caller]
    fn agrees_with_its_lock(&self, after: &str) {
        let (made, from_lock) = (self.out("anew"), self.out("locked"));
        std::fs::create_dir_all(&from_lock).unwrap();
        let lock = "typedown.lock.json";
        std::fs::copy(made.join(lock), from_lock.join(lock)).unwrap();
        let mut arguments = vec![
            "typedown",
            "generate",
            "--locked",
            "--out",
            from_lock.to_str().unwrap(),
        ];
        let mode = self.flags.iter().position(|flag| flag == "--mode");
        if let Some(mode) = mode {
            arguments.extend(self.flags[mode..mode + 2].iter().map(String::as_str));
        }
        let mut err = Vec::new();
        let code = typedown::cli::run(arguments, &mut Vec::new(), &mut err);
        assert_eq!(
            (code, String::from_utf8_lossy(&err).as_ref()),
            (0, ""),
            "after {after}"
        );
        let (made, from_lock) = (files(&made), files(&from_lock));
        for path in made.keys().chain(from_lock.keys()) {
            assert_eq!(made.get(path), from_lock.get(path), "{path} after {after}");
        }
    }

    /// The pages, sorted.
    fn pages(&self) -> Vec<String> {
        let all = files(&self.docs());
        all.into_keys()
            .filter(|path| path.ends_with(".md"))
            .collect()
    }

    /// Makes one edit; what it was.
    fn edit(&self, choices: &mut Choices) -> String {
        let pages = self.pages();
        let path = &pages[choices.below(pages.len())];
        let file = self.docs().join(path);
        let text = std::fs::read_to_string(&file).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let rows: Vec<usize> = (2..lines.len())
            .filter(|at| lines[*at].starts_with('|') && lines[*at - 1].starts_with('|'))
            .collect();
        let row = rows.get(choices.below(rows.len())).copied();
        let (what, text) = match (choices.below(9), row) {
            (0, Some(at)) => ("a row twice", with(&lines, at, &[lines[at], lines[at]])),
            (1, Some(at)) => ("a row less", with(&lines, at, &[])),
            (2, Some(at)) => {
                let other = lines[at].replacen("String", "[call](call.md) collection", 1);
                ("another type", with(&lines, at, &[&other]))
            }
            (3, Some(at)) => {
                let other = lines[at].to_uppercase();
                ("another name", with(&lines, at, &[&other]))
            }
            (4, _) => ("a line more at the top", format!("\n{text}")),
            (5, _) => {
                std::fs::remove_file(&file).unwrap();
                return format!("{path} is gone");
            }
            (6, _) => {
                let copy = format!("{}x.md", path.strip_suffix(".md").unwrap());
                let text = text.replace(" resource type", "Extra resource type");
                std::fs::write(self.docs().join(&copy), text).unwrap();
                return format!("{copy} is new");
            }
            (7, _) => (
                "an include",
                format!("{text}\n[!INCLUDE [x](../../includes/x.md)]\n"),
            ),
            (_, Some(at)) => {
                let other = format!(
                    "{} More of it, see [this](participant.md).|",
                    lines[at].trim_end_matches('|')
                );
                ("another description", with(&lines, at, &[&other]))
            }
            (_, None) => (
                "another sentence",
                format!("{text}\nInherits from [entity](entity.md).\n"),
            ),
        };
        std::fs::write(&file, text).unwrap();
        format!("{what} in {path}")
    }
}

/// These lines, but for one.
fn with(lines: &[&str], at: usize, instead: &[&str]) -> String {
    let lines = [&lines[..at], instead, &lines[at + 1..]].concat();
    lines.join("\n") + "\n"
}

/// The texts of all files in a folder, by their paths.
fn files(folder: &Path) -> BTreeMap<String, String> {
    texts(folder).unwrap()
}

#[track_caller]
fn agrees_after_edits(flags: &[&str], seed: u64, edits: usize) {
    let workshop = Workshop::new(flags);
    let mut choices = Choices(seed);
    workshop.agree("nothing");
    workshop.agree("nothing, again");
    for _ in 0..edits {
        let edit = workshop.edit(&mut choices);
        workshop.agree(&edit);
        if choices.below(4) == 0 {
            workshop.agrees_with_its_lock(&edit);
            workshop.agree(&format!("nothing after {edit}"));
        }
    }
}

#[test]
fn of_all_types() {
    agrees_after_edits(&[], 1, 40);
}

#[test]
fn of_all_types_as_macros_derive_them() {
    agrees_after_edits(&["--mode", "derive"], 2, 15);
}

#[test]
fn of_a_selection() {
    agrees_after_edits(
        &["--select", "call", "--navigation", "ids", "--derived"],
        3,
        25,
    );
}

#[test]
fn of_one_version() {
    agrees_after_edits(&["--version", "beta"], 4, 15);
}

/// As under `--watch`: the cache stays in memory, and what it holds grows old with the docs.
#[track_caller]
fn agrees_in_memory(generator: &Generator, seed: u64, edits: usize) {
    let workshop = Workshop::new(&[]);
    let mut choices = Choices(seed);
    let mut cache = Cache::default();
    let mut edit = "nothing".to_owned();
    for _ in 0..edits {
        let files = Folder::open(workshop.docs()).unwrap();
        let again = generator.read_again(&files, &mut cache);
        let (again, anew) = match (again, generator.read(&files)) {
            (Ok(again), Ok(anew)) => (again, anew),
            (again, anew) => {
                let words = [again, anew].map(|read| read.err().map(|error| error.to_string()));
                assert_eq!(words[0], words[1], "after {edit}");
                edit = workshop.edit(&mut choices);
                continue;
            }
        };
        assert_eq!(again.schema, anew.schema, "after {edit}");
        assert_eq!(again.diagnostics, anew.diagnostics, "after {edit}");
        assert_eq!(again.suppressed, anew.suppressed, "after {edit}");
        assert_eq!(again.tables, anew.tables, "after {edit}");
        assert_eq!(again.inputs, anew.inputs, "after {edit}");
        let output = generator.emit_again(&again.schema, &mut cache).unwrap();
        assert_eq!(
            output,
            generator.emit(&anew.schema).unwrap(),
            "after {edit}"
        );
        edit = workshop.edit(&mut choices);
    }
}

#[test]
fn in_memory() {
    agrees_in_memory(&Generator::new(), 7, 60);
}

#[test]
fn in_memory_with_types_that_versions_share() {
    agrees_in_memory(&Generator::new().share(true), 8, 30);
}

#[test]
fn in_memory_with_overrides() {
    let mut entry = Override::of("microsoft.graph.resultInfo/message");
    entry.rename = Some("words".to_owned());
    agrees_in_memory(&Generator::new().overrides([entry]), 9, 15);
}

#[test]
fn whatever_happens_to_the_output_folder() {
    let workshop = Workshop::new(&[]);
    workshop.agree("nothing");
    let both = |change: &dyn Fn(&Path)| ["cached", "anew"].map(|name| change(&workshop.out(name)));
    both(&|out| std::fs::remove_file(out.join("src/lib.rs")).unwrap());
    workshop.agree("a file is gone");
    both(&|out| {
        let path = out.join("src/beta/mod.rs");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{text}\n// mine\n")).unwrap();
    });
    workshop.agree("a file was edited");
    both(&|out| std::fs::write(out.join("src/mine.rs"), "// mine\n").unwrap());
    workshop.agree("a file of the user's");
    both(&|out| {
        let first = std::fs::read_to_string(out.join("src/lib.rs")).unwrap();
        let first = first.lines().next().unwrap().to_owned();
        std::fs::write(out.join("src/mine.rs"), first).unwrap();
    });
    workshop.agree("a file that looks like one of Typedown's");
    both(&|out| {
        let path = out.join("Cargo.toml");
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, text.replace("# typedown features", "#")).unwrap();
    });
    workshop.agree("a manifest without markers");
    both(&|out| std::fs::remove_dir_all(out).unwrap());
    workshop.agree("the folder is gone");
}

#[test]
fn whatever_happens_to_the_cache() {
    let workshop = Workshop::new(&[]);
    workshop.agree("nothing");
    let cache = workshop.folder.path().join("cache");
    let file = cache.read_dir().unwrap().next().unwrap().unwrap().path();
    let bytes = std::fs::read(&file).unwrap();
    let mut choices = Choices(5);
    let mut edit = Choices(6);
    for _ in 0..12 {
        let mut bytes = bytes.clone();
        let at = choices.below(bytes.len());
        match choices.below(3) {
            0 => bytes.truncate(at),
            1 => bytes[at] ^= 1,
            _ => bytes.extend([0; 9]),
        }
        std::fs::write(&file, bytes).unwrap();
        let edited = workshop.edit(&mut edit);
        workshop.agree(&format!("a cache that is broken at {at}, and {edited}"));
    }
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    workshop.edit(&mut edit);
    // Who has named the folder learns that it is of no use.
    let (code, told) = workshop.generate("cached", true);
    assert_eq!(code, 0);
    assert!(
        told.contains("note: nothing is kept for the next run: `"),
        "{told}"
    );
}

#[test]
fn settings_that_change_are_settings_of_the_next_run() {
    let mut workshop = Workshop::new(&[]);
    workshop.agree("nothing");
    for flags in [
        &["--select", "call"][..],
        &["--mode", "derive"],
        &["--version", "v1.0"],
        &["--no-lexicon"],
        &[],
    ] {
        workshop.flags = flags.iter().map(|flag| (*flag).to_owned()).collect();
        workshop.agree(&format!("{flags:?}"));
    }
}

#[test]
fn what_is_checked_is_made_without_the_cache() {
    let workshop = Workshop::new(&[]);
    workshop.agree("nothing");
    let out = workshop.out("cached");
    let arguments = ["typedown", "generate", "--check", "--docs"];
    let docs = workshop.docs();
    let paths = [
        docs.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--cache",
    ];
    let none = workshop.folder.path().join("none");
    let arguments = arguments
        .into_iter()
        .chain(paths)
        .chain([none.to_str().unwrap()]);
    let code = typedown::cli::run(arguments, &mut Vec::new(), &mut Vec::new());
    assert_eq!((code, none.exists()), (0, false));
}
