//! The crate's root and its features.

use super::doc::Doc;
use super::doc::Part;
use super::file::HEADER;
use super::layout::Names;
use super::options::Mode;
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
pub(super) fn text(schema: &Schema, names: &Names, mode: Mode) -> String {
    let mut text = format!("{HEADER}\n");
    text.push_str(match mode {
        Mode::Table => ABOUT,
        Mode::Derive => ABOUT_DERIVE,
    });
    text.push_str(LIMIT);
    if !names.are_ascii() {
        text.push_str(
            "#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]\n",
        );
    }
    if mode == Mode::Table {
        let _ = write!(
            text,
            "\n#[doc(hidden)]\n{LEFT_ALONE}pub mod support;\n\n{SUPPORT}"
        );
    }
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

/// The same, where types derive what they can do.
const ABOUT_DERIVE: &str = "\
//! Types of Microsoft Graph, as its docs describe them.
//!
//! Every field is an `Option`, for a reply holds what was asked for. What the docs do not list is passed over in reading.
//! Enumerations are open: a member that is not listed is an `UnknownValue`.
";

/// Types that lead to each other make long chains, which the compiler follows to find out whether one may be sent to
/// another thread; rustdoc asks this of each of them.
const LIMIT: &str = "#![recursion_limit = \"1024\"]\n";

/// Attributes that keep the user's tools from modules that are written anew by the generator.
const LEFT_ALONE: &str = "#[rustfmt::skip]\n#[allow(clippy::all, clippy::pedantic)]\n";

/// What users name of the support module.
const SUPPORT: &str =
    "pub use support::{Enumeration, Extra, Page, Polymorphic, Presence, Structured, Unlisted};\n";

/// What a reader of the crate's docs should know first.
const ABOUT: &str = "\
//! Types of Microsoft Graph, as its docs describe them.
//!
//! Every field is an `Option`, for a reply holds what was asked for. What the docs do not list is kept in the field
//! `extra` and written back. Enumerations are open in the same way: a member that is not listed is an `UnknownValue`.
//!
//! Where a property's type has derived types, its field is an enum with a variant for each of them, named `Any` and the
//! type: match on it. [`Structured`] has what every type can do: `null` for a PATCH ([`Structured::set_null`]), what
//! changed ([`Structured::changes_since`]), the same object as another version's type ([`Structured::convert`]).
//! [`Enumeration`] has what every enumeration can do, and [`Page`] is a reply that holds a collection.
";
