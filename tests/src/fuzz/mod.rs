//! What fuzzers run: for each target a function that takes any bytes and panics where a law is broken. The crate in
//! `tests/fuzz` gives them to libFuzzer; `tests/tests/fuzz.rs` runs them on what was found, on any toolchain.

mod annotation_json;
mod claims_to_schema;
mod diff;
mod doc_comments;
mod lock_file;
mod naming;
mod page_reading;
pub mod pages;
pub mod schemas;
pub mod seeds;

/// What can be fuzzed.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// The name of the program, and of the folder with what was found.
    pub name: &'static str,
    /// Runs it on an input.
    pub run: fn(&[u8]),
}

/// All of them.
pub const TARGETS: [Target; 7] = [
    Target {
        name: "page_reading",
        run: page_reading::run,
    },
    Target {
        name: "annotation_json",
        run: annotation_json::run,
    },
    Target {
        name: "claims_to_schema",
        run: claims_to_schema::run,
    },
    Target {
        name: "lock_file",
        run: lock_file::run,
    },
    Target {
        name: "naming",
        run: naming::run,
    },
    Target {
        name: "doc_comments",
        run: doc_comments::run,
    },
    Target {
        name: "diff",
        run: diff::run,
    },
];

/// Runs the target of this name.
///
/// # Panics
///
/// If there is none, or a law is broken.
pub fn run(name: &str, input: &[u8]) {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.expect("the target is one of these").run)(input);
}
