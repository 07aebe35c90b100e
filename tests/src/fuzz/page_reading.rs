//! Any bytes as pages: up to four files, the first of which may include the last.

use crate::laws;

/// What stands between two files of an input.
pub(super) const BETWEEN: u8 = 0x1e;

const PATHS: [&str; 4] = [
    "api-reference/beta/resources/call.md",
    "api-reference/beta/resources/tone.md",
    "api-reference/v1.0/resources/call.md",
    "api-reference/beta/includes/note.md",
];

pub(super) fn run(input: &[u8]) {
    let texts = input.splitn(PATHS.len(), |byte| *byte == BETWEEN);
    let files: Vec<(String, Vec<u8>)> = PATHS
        .iter()
        .zip(texts)
        .map(|(path, text)| ((*path).to_owned(), text.to_vec()))
        .collect();
    let _ = laws::pages::hold(&files);
}
