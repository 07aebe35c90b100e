//! Where the benchmarks find the docs that they read.

use std::path::{Path, PathBuf};

/// The docs folder: the one that is named as an argument, else that of the reference material (`TYPEDOWN_CORPUS`).
pub(crate) fn docs() -> Option<PathBuf> {
    // Other arguments are those of the benchmark.
    let named = std::env::args_os().skip(1).map(PathBuf::from);
    let corpus = std::env::var_os("TYPEDOWN_CORPUS")
        // Cargo runs benchmarks in the package's folder.
        .map(|corpus| {
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("..")
                .join(corpus)
                .join("docs/en-2021-07")
        });
    let mut named = named.filter(|folder| folder.is_dir());
    named.next().or(corpus)
}
