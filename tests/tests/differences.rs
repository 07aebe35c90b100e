//! The committed table of differences is what the command would write now. Runs when `TYPEDOWN_CORPUS` names the
//! reference material.

use typedown_tests::differences::{measure, summary};
use typedown_tests::{corpus, workspace};

#[test]
fn the_committed_differences_are_up_to_date() {
    let Some(corpus) = corpus("the_committed_differences_are_up_to_date") else {
        return;
    };
    let measured = measure(&corpus, "en-2021-07", "2021-07").unwrap();
    let committed = std::fs::read_to_string(workspace().join("docs/differences.md")).unwrap();
    assert!(
        committed == summary(&measured, "en-2021-07", "2021-07"),
        "docs/differences.md is stale: cargo run --release -p typedown-tests --bin differences -- --summary docs/differences.md"
    );
}
