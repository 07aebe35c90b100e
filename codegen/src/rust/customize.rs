//! What users add to the emitted types, or put in their place.

use crate::near::nearest;
use crate::schema::{Definition, Primitive, Schema, Type, TypeName};
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
    /// Traits to derive, such as `Eq, Hash`, on types.
    pub derives: Vec<Customization>,
    /// Types of Rust that stand in the place of a type or of the values of a property. They must implement
    /// `serde::Serialize` and `serde::Deserialize`. A type in whose place another stands is not emitted. A primitive type
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
    /// Tells which customizations cannot be used: their source is not Rust, or they match nothing.
    ///
    /// # Errors
    ///
    /// If there are any.
    pub fn check(&self, schema: &Schema) -> Result<(), Vec<CustomizationError>> {
        let attributes = self.attributes.iter().map(|entry| {
            let parsed = attributes(&entry.source);
            let parsed = parsed.is_some_and(|tokens| !tokens.is_empty());
            (entry, "attribute", "`#[must_use]`", parsed, Target::Both)
        });
        let derives = self.derives.iter().map(|entry| {
            let parsed = traits(&entry.source).is_some();
            (entry, "derive", "`Eq, Hash`", parsed, Target::Types)
        });
        let replacements = self.replacements.iter().map(|entry| {
            let parsed = rust_type(&entry.source).is_some();
            (
                entry,
                "replace",
                "`my_crate::Type`",
                parsed,
                Target::Replaced,
            )
        });
        let mut errors = Vec::new();
        for (entry, verb, example, parsed, target) in attributes.chain(derives).chain(replacements)
        {
            let message = if !parsed {
                format!(
                    "{verb}: expected Rust such as {example}, found `{}`",
                    entry.source
                )
            } else if let Some(message) = target.unmatched(&entry.path, schema) {
                format!("{verb}: {message}")
            } else {
                continue;
            };
            errors.push(CustomizationError {
                place: entry.place.clone(),
                message,
            });
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(errors)
        }
    }

    /// The attributes of a type, derives among them.
    pub(super) fn of_type(&self, name: &TypeName) -> TokenStream {
        let derives = self
            .derives
            .iter()
            .filter(|entry| matches(entry, name, None));
        let derives = derives.filter_map(|entry| traits(&entry.source));
        let attributes = self.attributes.iter();
        let attributes = attributes.filter(|entry| matches(entry, name, None));
        let attributes = attributes.filter_map(attributes_of);
        quote!(#(#[derive(#derives)])* #(#attributes)*)
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

fn traits(source: &str) -> Option<TokenStream> {
    let traits = Punctuated::<syn::Path, syn::Token![,]>::parse_separated_nonempty;
    let traits = traits.parse_str(source).ok()?;
    Some(quote!(#traits))
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

/// What a path may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Types,
    Both,
    Replaced,
}

impl Target {
    /// Why a path is of no use, if it is.
    fn unmatched(self, path: &str, schema: &Schema) -> Option<String> {
        let (types, member) = split(path);
        if self == Self::Types && member.is_some() {
            return Some(format!("expected a path of types, found `{path}`"));
        }
        let is_primitive = |primitive: &Primitive| matches_type(types, primitive.name());
        if self == Self::Replaced && member.is_none() && Primitive::ALL.iter().any(is_primitive) {
            return None;
        }
        let all = schema.versions.values().flat_map(|version| &version.types);
        let found: Vec<(&TypeName, &Type)> = all
            .clone()
            .filter(|(name, _)| matches_type(types, name.as_str()))
            .collect();
        if found.is_empty() {
            let names: Vec<&TypeName> = all.map(|(name, _)| name).collect();
            let short = types.rsplit('.').next().unwrap_or(types);
            let near = nearest(short, names, |name| name.short());
            let near = near.map_or_else(String::new, |name| {
                format!("; did you mean `{}`?", name.short())
            });
            return Some(format!("no type matches `{types}`{near}"));
        }
        let member = member.filter(|member| *member != "*")?;
        let members: Vec<String> = found
            .iter()
            .flat_map(|(name, ty)| members(schema, name, ty))
            .collect();
        if members.iter().any(|name| name.eq_ignore_ascii_case(member)) {
            return None;
        }
        let near = nearest(member, &members, |name| name);
        let near = near.map_or_else(String::new, |name| format!("; did you mean `{name}`?"));
        Some(format!(
            "no type that `{types}` matches has a property or member `{member}`{near}"
        ))
    }
}

/// The properties of a type, inherited ones among them, or its members.
fn members(schema: &Schema, name: &TypeName, ty: &Type) -> Vec<String> {
    match &ty.definition {
        Definition::Structural(_) => {
            let versions = schema.versions.values();
            let properties = versions.flat_map(|version| version.effective_properties(name));
            properties.map(|(name, _)| name.to_owned()).collect()
        }
        Definition::Enumeration(enumeration) => {
            let members = enumeration.members.iter();
            members.map(|member| member.name.clone()).collect()
        }
    }
}

#[cfg(test)]
mod tests;
