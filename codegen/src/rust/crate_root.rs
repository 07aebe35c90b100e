//! The crate's root and its features.

use super::doc::Doc;
use super::doc::Part;
use super::file::HEADER;
use super::layout::Names;
use crate::schema::Schema;
use std::collections::BTreeMap;
use std::fmt::Write;

/// One feature for each version; by default there are all.
pub(super) fn features(names: &Names) -> BTreeMap<String, Vec<String>> {
    let modules: Vec<String> = names
        .modules()
        .map(|module| module.plain().to_owned())
        .collect();
    let mut features: BTreeMap<String, Vec<String>> = modules
        .iter()
        .map(|module| (module.clone(), Vec::new()))
        .collect();
    features.insert("default".to_owned(), modules);
    features
}

/// The text of `lib.rs`.
pub(super) fn text(schema: &Schema, names: &Names) -> String {
    let mut text = format!("{HEADER}\n");
    text.push_str(ABOUT);
    text.push_str(LIMIT);
    if !names.are_ascii() {
        text.push_str(
            "#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]\n",
        );
    }
    let _ = write!(text, "\n{LEFT_ALONE}pub mod support;\n");
    for (version, names) in schema
        .versions
        .keys()
        .filter_map(|version| Some((version, names.versions.get(version)?)))
    {
        let mut doc = Doc::default();
        doc.paragraph(&[
            Part::Own("The types of the version "),
            Part::Code(version),
            Part::Own("."),
        ]);
        text.push('\n');
        for line in doc.lines() {
            let _ = writeln!(text, "/// {line}");
        }
        let _ = writeln!(text, "#[cfg(feature = {:?})]", names.module.plain());
        let _ = writeln!(text, "{LEFT_ALONE}pub mod {};", names.module.source());
    }
    text
}

/// Types that lead to each other make long chains, which the compiler follows to find out whether one may be sent to
/// another thread; rustdoc asks this of each of them.
const LIMIT: &str = "#![recursion_limit = \"1024\"]\n";

/// Attributes that keep the user's tools from modules that are written anew by the generator.
const LEFT_ALONE: &str = "#[rustfmt::skip]\n#[allow(clippy::all, clippy::pedantic)]\n";

/// What a reader of the crate's docs should know first.
const ABOUT: &str = "\
//! Types of Microsoft Graph, as its docs describe them.
//!
//! Every field is an `Option`, for a reply holds what was asked for. What the docs do not list is kept in the field
//! `extra` and written back. Enumerations are open in the same way: a member that is not listed is an `UnknownValue`.
";
