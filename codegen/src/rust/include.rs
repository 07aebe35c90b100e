//! The files of a crate as one text, for `include!`.

use super::file::HEADER;
use std::collections::BTreeMap;

/// What the code of an including crate may ask of its own code and not of this: it is written anew by the generator, and
/// what a crate does not use of it is no mistake.
const LEFT_ALONE: &str = "\
#[allow(warnings, missing_docs, missing_debug_implementations, missing_copy_implementations, unreachable_pub)]
#[allow(unused_qualifications, unused_results, unused_lifetimes, single_use_lifetimes, elided_lifetimes_in_paths)]
#[allow(let_underscore_drop, trivial_casts, trivial_numeric_casts, variant_size_differences)]
#[allow(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
";

/// The same for what is shown of a module.
const SHOWN: &str = "#[allow(unused_imports, unreachable_pub)]\n";

/// The files of a crate as nested modules. There is no attribute for the whole, which `include!` cannot have, and no doc
/// comment for a whole module, which would be one.
pub(super) fn text(files: &BTreeMap<String, String>) -> String {
    let mut text = HEADER.to_owned();
    if let Some(root) = files.get("src/lib.rs") {
        text.push('\n');
        module(files, "src", root, Depth::Root, &mut text);
    }
    text
}

/// How deep a module lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    Root,
    Inside,
}

/// The lines of a file, with those of its modules in them.
fn module(
    files: &BTreeMap<String, String>,
    folder: &str,
    file: &str,
    depth: Depth,
    text: &mut String,
) {
    for line in file.lines() {
        let is_inner = line.starts_with("//!") || line.starts_with("#![");
        if is_inner || HEADER.trim_end() == line {
            continue;
        }
        let declared = line.strip_suffix(';').and_then(|line| {
            let name = line.strip_prefix("pub ").unwrap_or(line);
            let name = name.strip_prefix("mod ")?;
            Some((line, name.strip_prefix("r#").unwrap_or(name)))
        });
        let Some((head, name)) = declared else {
            if depth == Depth::Root && line.starts_with("pub use ") {
                text.push_str(SHOWN);
            }
            text.push_str(line);
            text.push('\n');
            continue;
        };
        let own = format!("{folder}/{name}.rs");
        let folder = format!("{folder}/{name}");
        let file = files
            .get(&own)
            .or_else(|| files.get(&format!("{folder}/mod.rs")));
        let file = file.map_or("", String::as_str);
        if depth == Depth::Root {
            text.push_str(LEFT_ALONE);
        }
        text.push_str(head);
        text.push_str(" {\n");
        module(files, &folder, file.trim_start(), Depth::Inside, text);
        text.push_str("}\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modules_are_nested_and_what_is_said_of_a_whole_file_is_left_out() {
        let files = [
            (
                "src/lib.rs",
                "//! A crate.\n#![recursion_limit = \"1024\"]\n\n/// Kept.\npub mod a;\n\npub use a::B;\n",
            ),
            ("src/a/mod.rs", "mod b;\n\npub use self::b::*;\n"),
            ("src/a/b.rs", "//! All of it.\n\npub struct B;\n"),
        ];
        let files = files.map(|(path, text)| (path.to_owned(), format!("{HEADER}\n{text}")));
        let text = text(&files.into());
        let expected = format!(
            "/// Kept.\n{LEFT_ALONE}pub mod a {{ mod b {{ pub struct B; }} pub use self::b::*; }}\n{SHOWN}pub use a::B;\n"
        );
        let parsed = syn::parse_file(&text).unwrap();
        assert_eq!(parsed.items, syn::parse_file(&expected).unwrap().items);
        assert!(parsed.attrs.is_empty() && parsed.shebang.is_none());
    }
}
