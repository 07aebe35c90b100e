//! The support module, as it is written into every crate.

use super::file::HEADER;
use super::mappings::TypeMappings;
use super::options::OnMismatch;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The sources, which are also compiled as part of this crate's tests.
const SOURCES: [(&str, &str); 21] = [
    ("convert", include_str!("support/convert.rs")),
    ("enumeration", include_str!("support/enumeration.rs")),
    ("extra", include_str!("support/extra.rs")),
    ("field", include_str!("support/field.rs")),
    ("macros", include_str!("support/macros.rs")),
    ("mod", include_str!("support/mod.rs")),
    ("object", include_str!("support/object.rs")),
    ("ops", include_str!("support/ops.rs")),
    ("page", include_str!("support/page.rs")),
    ("patch", include_str!("support/patch.rs")),
    ("path", include_str!("support/path.rs")),
    ("place", include_str!("support/place.rs")),
    ("polymorphic", include_str!("support/polymorphic.rs")),
    ("raw", include_str!("support/raw.rs")),
    ("read", include_str!("support/read.rs")),
    ("scalar", include_str!("support/scalar.rs")),
    ("settings", include_str!("support/settings.rs")),
    ("slots", include_str!("support/slots.rs")),
    ("structured", include_str!("support/structured.rs")),
    ("unlisted", include_str!("support/unlisted.rs")),
    ("write", include_str!("support/write.rs")),
];

/// What the settings say of values that do not fit, as the sources are written and as they may be asked for.
const KEEPS_NO_MISFITS: &str = "KEEPS_MISFITS: bool = false;";
const KEEPS_MISFITS: &str = "KEEPS_MISFITS: bool = true;";

/// The files by their paths in the crate.
pub(super) fn files(
    on_mismatch: OnMismatch,
    types: &TypeMappings,
) -> impl Iterator<Item = (String, String)> {
    let added: BTreeMap<&str, &str> = types
        .additions()
        .into_iter()
        .flat_map(|addition| addition.modules)
        .copied()
        .collect();
    let mut declarations = String::new();
    for name in added.keys() {
        let _ = writeln!(declarations, "mod {name};");
    }
    for name in types.exports() {
        let _ = writeln!(
            declarations,
            "pub use self::{}::{name};",
            name.to_lowercase()
        );
    }
    SOURCES.into_iter().chain(added).map(move |(name, source)| {
        // A checkout may have given the sources other line ends.
        let mut source = source.replace("\r\n", "\n");
        if name == "mod" && !declarations.is_empty() {
            let _ = write!(source, "\n{declarations}");
        }
        if on_mismatch == OnMismatch::Keep {
            source = source.replace(KEEPS_NO_MISFITS, KEEPS_MISFITS);
        }
        (
            format!("src/support/{name}.rs"),
            format!("{HEADER}\n{source}"),
        )
    })
}
