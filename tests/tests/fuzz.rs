//! What fuzzers found, and little inputs that reach much, run as they run them.

use std::fs;

use arbitrary::Unstructured;
use proptest::prelude::*;
use typedown_tests::fuzz::schemas::{Maker, words};
use typedown_tests::fuzz::{TARGETS, Target, run};
use typedown_tests::workspace;

/// The committed inputs of a target, by their names.
fn inputs(target: &Target) -> Vec<(String, Vec<u8>)> {
    let folder = workspace().join("tests/fuzz/regressions").join(target.name);
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let mut inputs: Vec<_> = entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect();
    inputs.sort();
    inputs
}

fn replay(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let inputs = inputs(target);
    assert!(!inputs.is_empty());
    for (file, input) in inputs {
        // The test harness shows it if the input breaks a law.
        println!("tests/fuzz/regressions/{name}/{file}");
        run(name, &input);
    }
}

#[test]
fn page_reading_holds() {
    replay("page_reading");
}

#[test]
fn annotation_json_holds() {
    replay("annotation_json");
}

#[test]
fn claims_to_schema_holds() {
    replay("claims_to_schema");
}

#[test]
fn lock_file_holds() {
    replay("lock_file");
}

#[test]
fn naming_holds() {
    replay("naming");
}

#[test]
fn doc_comments_hold() {
    replay("doc_comments");
}

#[test]
fn diff_holds() {
    replay("diff");
}

#[test]
fn nothing_else_is_replayed() {
    let folder = workspace().join("tests/fuzz/regressions");
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(TARGETS.iter().any(|target| target.name == name), "{name}");
    }
}

/// Bytes of which inputs are made.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..1024)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_names_are_emitted(bytes in bytes()) {
        run("naming", &bytes);
    }

    #[test]
    fn pages_of_any_parts_go_all_the_way(bytes in bytes()) {
        run("claims_to_schema", &bytes);
    }

    #[test]
    fn a_lock_file_with_a_mistake_is_refused_or_read_as_it_is(
        bytes in bytes(),
        at in any::<prop::sample::Index>(),
        mistake in "[a-z0-9\"{}\\[\\],:\\\\ \n]{0,3}",
    ) {
        let schema = Maker::new(&mut Unstructured::new(&bytes), words).schema().unwrap();
        let text: Vec<char> = schema.to_lock().chars().collect();
        let (before, after) = text.split_at(at.index(text.len()));
        let text: String = before.iter().copied().chain(mistake.chars()).chain(after.iter().skip(1).copied()).collect();
        run("lock_file", text.as_bytes());
    }
}
