//! The crate's root and its features.

use super::doc::Doc;
use super::doc::Part;
use super::features::Condition;
use super::file::HEADER;
use super::layout::Names;
use super::options::{EmitOptions, Mode};
use crate::schema::Schema;
use std::fmt::Write;

/// The text of `lib.rs`.
pub(super) fn text(schema: &Schema, names: &Names, options: &EmitOptions) -> String {
    let mode = options.mode;
    let mut text = format!("{HEADER}\n");
    text.push_str(match mode {
        Mode::Table => ABOUT,
        Mode::Derive => ABOUT_DERIVE,
    });
    text.push_str(SAFE);
    text.push_str(LIMIT);
    if !is_ascii(schema) {
        text.push_str(
            "#![allow(confusable_idents, mixed_script_confusables, uncommon_codepoints)]\n",
        );
    }
    // Where there are no types there are no features, which the docs of types could miss.
    let partial = match names.features().is_empty() {
        true => String::new(),
        false => partial_docs(names),
    };
    if mode == Mode::Table {
        let _ = write!(
            text,
            "\n#[doc(hidden)]\n{LEFT_ALONE}pub mod support;\n\n{SUPPORT}"
        );
        for name in options.types().exports() {
            let _ = writeln!(text, "pub use support::{name};");
        }
    }
    if let Some(shared) = &names.shared {
        let features = shared.features.names().iter();
        let any = Condition::any_of(features.map(String::as_str));
        let _ = writeln!(
            text,
            "\n/// The types that are the same in every version.\n{any}{LEFT_ALONE}{partial}#[allow(deprecated)]\npub mod {};",
            shared.module.source()
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
        doc.lines("///", &mut text);
        let features = names.features.names().iter();
        let any = Condition::any_of(features.map(String::as_str));
        let _ = writeln!(
            text,
            "{any}{LEFT_ALONE}{partial}#[allow(deprecated)]\npub mod {};",
            names.module.source()
        );
    }
    text
}

/// Docs link to types that are not there without all features.
fn partial_docs(names: &Names) -> String {
    let versions = names
        .versions
        .values()
        .map(|version| version.module.plain());
    let versions: Vec<String> = versions
        .map(|version| format!("feature = {version:?}"))
        .collect();
    format!(
        "#[cfg_attr(not(all({})), allow(rustdoc::broken_intra_doc_links))]\n",
        versions.join(", ")
    )
}

/// The same, where types derive what they can do.
const ABOUT_DERIVE: &str = "\
//! Types of Microsoft Graph, as its docs describe them.
//!
//! Every field is an `Option`, for a reply holds what was asked for. What the docs do not list is passed over in reading.
//! Enumerations are open: a member that is not listed is an `UnknownValue`.
//!
//! The docs grow: a literal of a struct ends with `..Default::default()`, a `match` on an enumeration with `_`, so that a
//! property or a member that is added breaks neither.
";

/// Whoever looks for such code in what he depends on sees at once that there is none.
const SAFE: &str = "#![forbid(unsafe_code)]\n";

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
//!
//! The docs grow: a literal of a struct ends with `..Default::default()`, a `match` on an enumeration with `_`, so that a
//! property or a member that is added breaks neither.
";

/// Whether everything that names are made from is ASCII, so that no lint about other letters can complain.
fn is_ascii(schema: &Schema) -> bool {
    schema.versions.iter().all(|(name, version)| {
        name.is_ascii()
            && version.types.iter().all(|(name, ty)| {
                let mut properties = ty
                    .structural()
                    .into_iter()
                    .flat_map(|structural| structural.properties.keys());
                let mut members = ty
                    .enumeration()
                    .into_iter()
                    .flat_map(|enumeration| &enumeration.members);
                name.as_str().is_ascii()
                    && ty.area.as_deref().is_none_or(str::is_ascii)
                    && properties.all(|property| property.is_ascii())
                    && members.all(|member| member.name.is_ascii())
            })
    })
}
