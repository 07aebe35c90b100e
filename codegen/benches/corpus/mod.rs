//! Where the benchmarks find the docs that they read.

use std::path::{Path, PathBuf};

/// The docs folder: the one that is named as an argument, else that of the reference material (`TYPEDOWN_CORPUS`).
pub(crate) fn docs() -> Option<PathBuf> {
    let named = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'))
        .map(PathBuf::from);
    named.or_else(of_reference_material)
}

/// The docs folder of the reference material (`TYPEDOWN_CORPUS`).
pub(crate) fn of_reference_material() -> Option<PathBuf> {
    let corpus = std::env::var_os("TYPEDOWN_CORPUS")?;
    // Cargo runs benchmarks in the package's folder.
    let package = Path::new(env!("CARGO_MANIFEST_DIR"));
    Some(package.join("..").join(corpus).join("docs/en-2021-07"))
}
