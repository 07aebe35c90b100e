//! Two schemas that are often nearly the same.

use arbitrary::Unstructured;

use super::schemas::{Maker, words};
use crate::laws::diff::{facts_hold, findings_mirror, in_every_format, rust_agrees};

pub(super) fn run(input: &[u8]) {
    let mut input = Unstructured::new(input);
    let Ok((old, new)) = Maker::new(&mut input, words).pair() else {
        return;
    };
    facts_hold(&old, &new);
    findings_mirror(&old, &new);
    rust_agrees(&old, &new);
    if old.versions.len() == 1 && old.versions.keys().eq(new.versions.keys()) {
        in_every_format(&old, &new);
    }
}
