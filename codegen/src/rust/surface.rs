//! What users see of the emitted crate, without its text: items, fields, variants, and what they hold.
//!
//! It is made by the same code that emits, so that what is said of it holds for the sources.

use super::context::Context;
use super::descendants::Descendants;
use super::doc::PageIndex;
use super::enum_::distinct;
use super::features::Condition;
use super::field::{FieldItem, FieldType};
use super::layout::{Names, Purpose, VersionNames};
use super::options::{EmitOptions, Mode};
use super::recursion::Recursion;
use super::struct_::{constant_names, field_names, has_constant};
use crate::schema::{Definition, Property, PropertyTrait, Schema, Type, TypeName, VersionSchema};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The names of everything that a schema is emitted as.
#[derive(Debug)]
pub(crate) struct Surfaces<'a> {
    schema: &'a Schema,
    options: &'a EmitOptions,
    names: Names,
}

impl<'a> Surfaces<'a> {
    pub(crate) fn new(schema: &'a Schema, options: &'a EmitOptions) -> Self {
        Self {
            schema,
            options,
            names: Names::of_part(schema, schema, options, Purpose::Compare),
        }
    }

    /// What users see of a version.
    pub(crate) fn version(&'a self, name: &str) -> Option<Surface<'a>> {
        let (name, version) = self.schema.versions.get_key_value(name)?;
        let descendants = Descendants::new(version);
        Some(Surface {
            schema: self.schema,
            options: self.options,
            version_name: name,
            version,
            names: self.names.versions.get(name)?,
            recursion: Recursion::new(version, &descendants),
            descendants,
            pages: PageIndex::default(),
        })
    }
}

/// What users see of a version.
#[derive(Debug)]
pub(crate) struct Surface<'a> {
    schema: &'a Schema,
    options: &'a EmitOptions,
    version_name: &'a str,
    pub(crate) version: &'a VersionSchema,
    names: &'a VersionNames,
    recursion: Recursion<'a>,
    descendants: Descendants<'a>,
    pages: PageIndex<'a>,
}

/// What a type is to those that name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Something else stands in its place.
    Absent,
    /// Nothing is known of it, so that it is any JSON value.
    Unspecified,
    /// An enumeration.
    Enumeration,
    /// An object.
    Object,
    /// An object of it or of a type that derives from it.
    Family,
}

/// A field, as users see it.
#[derive(Debug)]
pub(crate) struct FieldView<'a> {
    /// What it holds.
    pub(crate) held: FieldType<'a>,
    /// Whether the struct has a constant with the name in JSON.
    pub(crate) constant: bool,
    /// Whether it is deprecated.
    pub(crate) deprecated: bool,
}

impl<'a> Surface<'a> {
    /// The context of a type; none if it is not emitted in this version's own modules or in shared ones.
    fn context<'s>(&'s self, name: &TypeName) -> Option<Context<'s>> {
        Some(Context {
            mode: self.options.mode,
            types: self.options.types(),
            customizations: &self.options.customizations,
            whole: self.schema,
            version_name: self.version_name,
            version: self.version,
            names: self.names,
            namespace: self.names.namespace(name)?,
            recursion: &self.recursion,
            descendants: &self.descendants,
            pages: &self.pages,
        })
    }

    /// Whether another version is emitted in the same way.
    pub(crate) fn has_settings_of(&self, other: &Surface<'_>) -> bool {
        self.options.is_same_for_users(other.options)
    }

    /// The path of a type from the module of the version, such as `call_records::Session`.
    pub(crate) fn path(&self, name: &TypeName) -> Option<String> {
        self.names.path(name)
    }

    /// The path of the enum of a type and of those that derive from it.
    pub(crate) fn family_path(&self, name: &TypeName) -> Option<String> {
        if self.options.mode == Mode::Derive {
            return None;
        }
        let family = self.names.family(name)?.source();
        let path = self.path(name)?;
        Some(match path.rsplit_once("::") {
            Some((module, _)) => format!("{module}::{family}"),
            None => family,
        })
    }

    /// The features of which a type needs one; none if it is always there.
    pub(crate) fn features(&self, name: &TypeName) -> Vec<&str> {
        match self.names.features.condition(name) {
            Condition::None => Vec::new(),
            Condition::AnyOf(features) => features,
        }
    }

    /// The features of which there is one for each area.
    pub(crate) fn all_features(&self) -> &[String] {
        self.names.features.names()
    }

    pub(crate) fn role(&self, name: &TypeName) -> Role {
        let Some(context) = self.context(name) else {
            return Role::Absent;
        };
        if context.is_unspecified(name) {
            Role::Unspecified
        } else if context.is_enumeration(name) {
            Role::Enumeration
        } else if context.family_path(name).is_some() {
            Role::Family
        } else {
            Role::Object
        }
    }

    /// Whether a type is among others that lead back to each other, so that some of their fields are boxed.
    pub(crate) fn is_recursive(&self, name: &TypeName) -> bool {
        self.recursion.is_recursive(name)
    }

    /// The types that derive from a type, directly or not.
    pub(crate) fn descendants(&self, name: &TypeName) -> &[&'a TypeName] {
        self.descendants.of(name)
    }

    /// Whether code outside of the crate may rely on the list of fields or variants.
    pub(crate) fn is_exhaustive(&self, name: &TypeName, ty: &Type) -> bool {
        ty.structural().is_some() && !self.attributes(name, ty).contains("non_exhaustive")
    }

    /// The attributes that users put on a type, as text.
    pub(crate) fn attributes(&self, name: &TypeName, ty: &Type) -> String {
        let customizations = &self.options.customizations;
        if customizations.attributes.is_empty() && customizations.derives.is_empty() {
            return String::new();
        }
        let has = self.options.mode.traits(ty.enumeration().is_some());
        customizations.of_type(name, has).to_string()
    }

    /// The traits of a type by their last names.
    pub(crate) fn traits(&self, name: &TypeName, ty: &Type) -> Vec<String> {
        let has = self.options.mode.traits(ty.enumeration().is_some());
        let own = self.options.customizations.trait_names(name, has);
        has.iter()
            .map(|name| (*name).to_owned())
            .chain(own)
            .collect()
    }

    /// The fields of a struct by their names in JSON.
    pub(crate) fn fields<'s>(&'s self, name: &'s TypeName) -> BTreeMap<&'s str, FieldView<'s>> {
        let Some(context) = self.context(name) else {
            return BTreeMap::new();
        };
        let properties = self.version.effective_properties(name).into_iter();
        let fields = properties.map(|(key, (owner, property))| {
            let field = FieldView {
                held: FieldType::new(&context, name, key, property),
                constant: self.options.mode == Mode::Table
                    && has_constant(&context, name, owner, key),
                deprecated: property.traits.contains(&PropertyTrait::Deprecated),
            };
            (key, field)
        });
        fields.collect()
    }

    /// The names in Rust of a type's fields or variants, by their names in JSON.
    pub(crate) fn idents<'s>(&'s self, name: &'s TypeName) -> BTreeMap<&'s str, String> {
        let Some(ty) = self.version.types.get(name) else {
            return BTreeMap::new();
        };
        match &ty.definition {
            Definition::Structural(_) => {
                let properties = self.version.effective_properties(name);
                let names = field_names(properties.keys().copied());
                let names = names.iter().map(super::names::Name::source);
                properties.into_keys().zip(names).collect()
            }
            Definition::Enumeration(enumeration) => {
                let distinct = distinct(&enumeration.members).into_iter();
                distinct
                    .map(|(_, member, name)| (member.name.as_str(), name.source()))
                    .collect()
            }
        }
    }

    /// The path of the constant that holds a property's name in JSON.
    pub(crate) fn constant(&self, owner: &TypeName, key: &str) -> Option<String> {
        let properties = self.version.effective_properties(owner);
        let names = constant_names(properties.keys().copied());
        let at = properties.keys().position(|other| *other == key)?;
        let name = names.get(at)?.source();
        Some(format!("{}::{name}", self.path(owner)?))
    }

    /// What a property is in Rust, as a reader would write it: `pub result_info: Option<ResultInfo>`.
    pub(crate) fn field_text(
        &self,
        owner: &TypeName,
        key: &str,
        property: &Property,
    ) -> Option<String> {
        let context = self.context(owner)?;
        let ident = self.idents(owner).remove(key)?;
        let held = FieldType::new(&context, owner, key, property);
        Some(format!("pub {ident}: {}", self.held_text(&held)))
    }

    /// What a field holds, as a reader would write it.
    pub(crate) fn held_text(&self, held: &FieldType<'_>) -> String {
        let item = match &held.item {
            FieldItem::Foreign(tokens) => compact(&tokens.to_string()),
            FieldItem::Primitive(primitive) => short(&compact(
                &self.options.types().rust_type(*primitive).to_string(),
            )),
            FieldItem::Untyped => "serde_json::Value".to_owned(),
            FieldItem::Enumeration(name) | FieldItem::Object(name) => {
                self.path(name).unwrap_or_default()
            }
            FieldItem::Family(name) => self.family_path(name).unwrap_or_default(),
        };
        let mut text = String::from("Option<");
        let _ = match (held.collection, held.boxed) {
            (true, _) => write!(text, "Vec<{item}>>"),
            (false, true) => write!(text, "Box<{item}>>"),
            (false, false) => write!(text, "{item}>"),
        };
        text
    }
}

/// Tokens without the blanks between them.
fn compact(tokens: &str) -> String {
    tokens.replace(' ', "")
}

/// A path of the standard library by its last name.
fn short(path: &str) -> String {
    match path.strip_prefix("::std::") {
        Some(rest) => rest.rsplit("::").next().unwrap_or(rest).to_owned(),
        None => path.trim_start_matches("::").to_owned(),
    }
}
