//! Docs in other languages reach their bars. Runs when `TYPEDOWN_CORPUS` names the reference material.

use typedown_tests::corpus;
use typedown_tests::differences::translated;

#[test]
fn every_language_reaches_its_bars_alone_by_structure_alone_and_beside_english() {
    let Some(corpus) =
        corpus("every_language_reaches_its_bars_alone_by_structure_alone_and_beside_english")
    else {
        return;
    };
    let (report, holds) = translated::report(&corpus).unwrap();
    assert!(holds, "{report}");
}
