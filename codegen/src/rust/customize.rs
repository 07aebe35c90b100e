//! What users add to the emitted types, or put in their place.

use super::options::Mode;
use crate::schema::{Primitive, TypeName};
use crate::source::Place;
use proc_macro2::TokenStream;
use quote::quote;
use std::fmt;
use syn::parse::Parser;
use syn::punctuated::Punctuated;

/// What users add to the emitted types, or put in their place.
///
/// What each is about is said by a path, as prost has them: `.` is every type; a path that begins with a dot is a
/// qualified name or what it begins with (`.microsoft.graph.callRecords`, `.microsoft.graph.user`); any other is what a
/// qualified name ends with (`user`, `callRecords.session`). `/` and a name behind it mean the properties or members of
/// this name in these types (`user/displayName`, `./id`), and `/*` all of them. Casing does not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Customizations {
    /// Attributes such as `#[must_use]`, on types and on fields or variants.
    pub attributes: Vec<Customization>,
    /// Traits to derive, such as `Eq, Hash`, on types. Those that a type has already are not derived again. The enum of a
    /// type and of those that derive from it derives what all of them do.
    pub derives: Vec<Customization>,
    /// Types of Rust that stand in the place of a type or of the values of a property, of which the first that matches
    /// counts. They must implement `Clone`, `serde::Serialize` and `serde::Deserialize`, and be writable as JSON. A type in whose place another stands is not emitted. A primitive type
    /// is named as OData names it: `Edm.Duration`.
    pub replacements: Vec<Customization>,
}

/// A path, and what to do with what it matches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customization {
    /// What it is about.
    pub path: String,
    /// The Rust source.
    pub source: String,
    /// Where it is written: what errors show.
    pub place: Place,
}

impl Customization {
    /// A customization that is written where this is called.
    #[must_use]
    #[track_caller]
    pub fn new(path: impl Into<String>, source: impl Into<String>) -> Self {
        let here = std::panic::Location::caller();
        Self {
            path: path.into(),
            source: source.into(),
            place: Place::new(here.file(), here.line(), here.column()),
        }
    }
}

/// A customization that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomizationError {
    /// Where it is written.
    pub place: Place,
    /// What was expected and what was found.
    pub message: String,
}

impl fmt::Display for CustomizationError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

impl Customizations {
    /// The attributes of a type, derives among them.
    pub(super) fn of_type(&self, name: &TypeName, has: &[&str]) -> TokenStream {
        let derives = derive(&self.traits(name, has));
        let attributes = self.attributes.iter();
        let attributes = attributes.filter(|entry| matches(entry, name, None));
        let attributes = attributes.filter_map(attributes_of);
        quote!(#derives #(#attributes)*)
    }

    /// The derives of a type that is one of several: of the traits that all of them derive.
    pub(super) fn of_any<'a>(&self, mut names: impl Iterator<Item = &'a TypeName>) -> TokenStream {
        let has = Mode::Table.traits(false);
        let first = names.next().map(|name| self.traits(name, has));
        let common = names.fold(first.unwrap_or_default(), |mut common, name| {
            if !common.is_empty() {
                let others = self.traits(name, has);
                common.retain(|path| others.iter().any(|other| same(other, path)));
            }
            common
        });
        derive(&common)
    }

    /// The traits that a type derives beside those that it has.
    fn traits(&self, name: &TypeName, has: &[&str]) -> Vec<syn::Path> {
        let entries = self.derives.iter();
        let entries = entries.filter(|entry| matches(entry, name, None));
        let mut derived = Vec::new();
        for path in entries.filter_map(|entry| traits(&entry.source)).flatten() {
            if !is_among(&path, has) && !derived.iter().any(|other| same(other, &path)) {
                derived.push(path);
            }
        }
        derived
    }

    /// The names of these traits, without their paths.
    pub(super) fn trait_names(&self, name: &TypeName, has: &[&str]) -> Vec<String> {
        let traits = self.traits(name, has);
        let last = traits.iter().filter_map(|path| path.segments.last());
        last.map(|last| last.ident.to_string()).collect()
    }

    /// The attributes of a field or variant.
    pub(super) fn of_member(&self, owner: &TypeName, member: &str) -> TokenStream {
        let attributes = self.attributes.iter();
        let attributes = attributes.filter(|entry| matches(entry, owner, Some(member)));
        attributes.filter_map(attributes_of).collect()
    }

    /// What stands in the place of a type.
    pub(super) fn replacement(&self, name: &TypeName) -> Option<TokenStream> {
        let mut replacements = self.replacements.iter();
        let entry = replacements.find(|entry| matches(entry, name, None))?;
        rust_type(&entry.source)
    }

    /// What stands in the place of a primitive type.
    pub(super) fn primitive(&self, primitive: Primitive) -> Option<TokenStream> {
        let name = TypeName::parse(primitive.name())?;
        self.replacement(&name)
    }

    /// What stands in the place of the values of a property.
    pub(super) fn property(&self, owner: &TypeName, property: &str) -> Option<TokenStream> {
        let mut replacements = self.replacements.iter();
        let entry = replacements.find(|entry| matches(entry, owner, Some(property)))?;
        rust_type(&entry.source)
    }
}

fn attributes_of(entry: &Customization) -> Option<TokenStream> {
    attributes(&entry.source)
}

fn attributes(source: &str) -> Option<TokenStream> {
    let attributes = syn::Attribute::parse_outer.parse_str(source).ok()?;
    Some(quote!(#(#attributes)*))
}

fn traits(source: &str) -> Option<Vec<syn::Path>> {
    let traits = Punctuated::<syn::Path, syn::Token![,]>::parse_separated_nonempty;
    let traits = traits.parse_str(source).ok()?;
    Some(traits.into_iter().collect())
}

/// Whether two paths mean the same trait: most likely if it has the same name in both.
fn same(left: &syn::Path, right: &syn::Path) -> bool {
    let name = |path: &syn::Path| path.segments.last().map(|last| last.ident.clone());
    name(left) == name(right)
}

/// Whether a trait is one of these, however it is named.
fn is_among(path: &syn::Path, traits: &[&str]) -> bool {
    let last = path.segments.last();
    last.is_some_and(|last| traits.iter().any(|name| last.ident == name))
}

fn derive(traits: &[syn::Path]) -> TokenStream {
    if traits.is_empty() {
        return TokenStream::new();
    }
    quote!(#[derive(#(#traits),*)])
}

fn rust_type(source: &str) -> Option<TokenStream> {
    let ty: syn::Type = syn::parse_str(source).ok()?;
    Some(quote!(#ty))
}

fn matches(entry: &Customization, name: &TypeName, member: Option<&str>) -> bool {
    let (types, members) = split(&entry.path);
    matches_member(members, member) && matches_type(types, name.as_str())
}

fn split(path: &str) -> (&str, Option<&str>) {
    match path.split_once('/') {
        Some((types, member)) => (types, Some(member)),
        None => (path, None),
    }
}

fn matches_member(pattern: Option<&str>, member: Option<&str>) -> bool {
    match (pattern, member) {
        (None, None) | (Some("*"), Some(_)) => true,
        (Some(pattern), Some(member)) => pattern.eq_ignore_ascii_case(member),
        _ => false,
    }
}

/// Whether a path is about a type, whose qualified name is given.
fn matches_type(path: &str, name: &str) -> bool {
    let (path, name) = (path.to_ascii_lowercase(), name.to_ascii_lowercase());
    let is_primitive = |name: &str| name.trim_start_matches('.').starts_with("edm.");
    if is_primitive(&name) && !is_primitive(&path) {
        return false;
    }
    match path.strip_prefix('.') {
        Some("") => true,
        Some(start) => name
            .strip_prefix(start)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.')),
        None => name
            .strip_suffix(&*path)
            .is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
    }
}

mod check;
#[cfg(test)]
mod tests;
