//! The support module, as it is written into every crate.

use super::file::HEADER;

/// The sources, which are also compiled as part of this crate's tests.
const SOURCES: [(&str, &str); 10] = [
    ("extra", include_str!("support/extra.rs")),
    ("field", include_str!("support/field.rs")),
    ("macros", include_str!("support/macros.rs")),
    ("mod", include_str!("support/mod.rs")),
    ("object", include_str!("support/object.rs")),
    ("ops", include_str!("support/ops.rs")),
    ("read", include_str!("support/read.rs")),
    ("scalar", include_str!("support/scalar.rs")),
    ("slots", include_str!("support/slots.rs")),
    ("write", include_str!("support/write.rs")),
];

/// The files by their paths in the crate.
pub(super) fn files() -> impl Iterator<Item = (String, String)> {
    SOURCES.iter().map(|(name, source)| {
        // A checkout may have given the sources other line ends.
        let source = source.replace("\r\n", "\n");
        (
            format!("src/support/{name}.rs"),
            format!("{HEADER}\n{source}"),
        )
    })
}
