//! Every code of the catalogue is shown by a fixture.

use std::collections::BTreeSet;
use std::io;

use typedown::Generator;
use typedown::diagnostic::Code;
use typedown::source::{Entry, Files, MemoryFiles, Skipped};
use typedown_tests::workspace;

/// What no folder of text files can show, each with a test below.
const WITHOUT_FIXTURE: [Code; 3] = [
    // It needs a file that is listed and cannot be read, and permissions do not stop every user.
    Code::PageUnreadable,
    // Not every checkout can hold both files.
    Code::PageNameCasing,
    // Neither its name nor the link can be kept in every checkout.
    Code::SourceSkipped,
];

#[test]
fn every_code_occurs_in_a_fixture() {
    let fixtures = workspace().join("tests/fixtures");
    let shown: BTreeSet<String> = fixtures
        .read_dir()
        .unwrap()
        .filter_map(|entry| {
            std::fs::read_to_string(entry.ok()?.path().join("diagnostics.txt")).ok()
        })
        .flat_map(|text| {
            let codes = text
                .lines()
                .filter_map(|line| line.split_once('[')?.1.split_once("]: "));
            codes.map(|(code, _)| code.to_owned()).collect::<Vec<_>>()
        })
        .collect();
    let missing: Vec<&str> = Code::ALL
        .iter()
        .filter(|code| !WITHOUT_FIXTURE.contains(code))
        .map(|code| code.name())
        .filter(|name| !shown.contains(*name))
        .collect();
    assert!(missing.is_empty(), "no fixture shows {missing:?}");
}

/// Files that are listed and cannot be read.
struct Locked(MemoryFiles);

impl Files for Locked {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.0.list(folder)
    }

    fn read(&self, _: &str) -> io::Result<Vec<u8>> {
        Err(io::ErrorKind::PermissionDenied.into())
    }

    fn is_folder(&self, path: &str) -> bool {
        self.0.is_folder(path)
    }
}

#[test]
fn a_page_that_cannot_be_read_is_told() {
    let files = Locked(MemoryFiles::new([("beta/resources/barge.md", "")]));
    let reading = Generator::new().read(&files).unwrap();
    let told: Vec<Code> = reading.diagnostics.iter().map(|told| told.code).collect();
    assert_eq!(told, [Code::PageUnreadable]);
}

/// Files with one among them that cannot be listed.
struct Leaky(MemoryFiles);

impl Files for Leaky {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        self.0.list(folder)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.0.read(path)
    }

    fn is_folder(&self, path: &str) -> bool {
        self.0.is_folder(path)
    }

    fn skipped(&self, folder: &str) -> io::Result<Vec<Skipped>> {
        let gone = Skipped {
            name: "gone.md".into(),
            why: "it is a link to nothing",
        };
        Ok(Vec::from_iter((folder == "beta/resources").then_some(gone)))
    }
}

#[test]
fn what_cannot_be_listed_is_told() {
    let page = "# barge resource type\n\nFloats.\n";
    let files = Leaky(MemoryFiles::new([("beta/resources/barge.md", page)]));
    let reading = Generator::new().read(&files).unwrap();
    let told: Vec<String> = reading
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    let skipped = "beta/resources/gone.md:1:1: warning[source-skipped]: `gone.md` was skipped: it is a link to nothing\n  \
                   hint: rename it, or put the file itself where the link is";
    assert_eq!(told, [skipped]);
}

#[test]
fn pages_whose_names_differ_only_in_capitals_are_told() {
    let page = |name: &str| format!("# {name} resource type\n\nFloats.\n");
    let files = MemoryFiles::new([
        ("beta/resources/barge.md", page("barge")),
        ("beta/resources/Barge.md", page("punt")),
        ("v1.0/resources/BARGE.md", page("barge")),
    ]);
    let reading = Generator::new().read(&files).unwrap();
    let told: Vec<String> = reading
        .diagnostics
        .iter()
        .map(ToString::to_string)
        .collect();
    let cased = "beta/resources/barge.md:1:1: warning[page-name-casing]: `beta/resources/barge.md` and \
                 `beta/resources/Barge.md` differ only in capitals\n  \
                 hint: rename one of them: not every file system can hold both";
    assert_eq!(told, [cased]);
}
