//! What users see of the emitted crate, without its text: items, fields, variants, and what they hold.
//!
//! It is made by the same code that emits, so that what is said of it holds for the sources.

use super::context::{Context, World};
use super::descendants::Descendants;
use super::doc::PageIndex;
use super::enum_::distinct;
use super::features::{Condition, Features};
use super::field::{FieldItem, FieldType};
use super::layout::{Names, Purpose, VersionNames, Whole};
use super::names::{Name, are_apart};
use super::options::{EmitOptions, Mode};
use super::recursion::Recursion;
use super::struct_::{constant_names, field_names, has_constant};
use crate::schema::{
    EnumType, Primitive, Property, PropertyTrait, Schema, Type, TypeName, VersionSchema,
};
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::OnceLock;

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
            names: Names::of_part(schema, Whole::of(schema), options, Purpose::Compare),
        }
    }

    /// What users see of a version.
    pub(crate) fn version(&'a self, name: &str) -> Option<Surface<'a>> {
        let (name, version) = self.schema.versions.get_key_value(name)?;
        let descendants = Descendants::new(version);
        let types = self.options.types();
        let text = |primitive| short(&compact(&types.rust_type(primitive).to_string()));
        Some(Surface {
            schema: self.schema,
            options: self.options,
            version_name: name,
            version,
            names: self.names.versions.get(name)?,
            recursion: Recursion::new(version, &descendants),
            descendants,
            features: OnceLock::new(),
            primitives: Primitive::ALL
                .map(|primitive| (primitive, text(primitive)))
                .into(),
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
    /// Which types need which features, worked out when it is asked for: crates without a feature in common have nothing
    /// there to compare.
    features: OnceLock<Features>,
    /// What each primitive type is in Rust, as a reader would write it.
    primitives: BTreeMap<Primitive, String>,
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
        let world = World {
            mode: self.options.mode,
            types: self.options.types(),
            customizations: &self.options.customizations,
            whole: self.schema,
            version_name: self.version_name,
            version: self.version,
            names: self.names,
            recursion: &self.recursion,
            descendants: &self.descendants,
            pages: &self.pages,
        };
        Some(Context::new(world, self.names.namespace(name)?))
    }

    /// Whether another version is emitted in the same way.
    pub(crate) fn has_settings_of(&self, other: &Surface<'_>) -> bool {
        self.options.is_same_for_users(other.options)
    }

    /// The path of a type from the module of the version, such as `call_records::Session`.
    pub(crate) fn path(&self, name: &TypeName) -> Option<String> {
        self.names.path(name)
    }

    /// Whether there is an enum of a type and of those that derive from it.
    pub(crate) fn is_family(&self, name: &TypeName) -> bool {
        self.options.mode != Mode::Derive && self.names.family(name).is_some()
    }

    /// The path of the enum of a type and of those that derive from it.
    pub(crate) fn family_path(&self, name: &TypeName) -> Option<String> {
        if !self.is_family(name) {
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
        let features = self
            .features
            .get_or_init(|| Features::new(self.version, &self.names.module));
        match features.condition(name) {
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

    /// The properties of which a struct has fields, own and inherited, each with the type that declares it; none if the type
    /// is not emitted.
    pub(crate) fn properties(
        &self,
        name: &'a TypeName,
    ) -> BTreeMap<&'a str, (&'a TypeName, &'a Property)> {
        match self.names.namespace(name) {
            Some(_) => self.version.effective_properties(name),
            None => BTreeMap::new(),
        }
    }

    /// The field of a property.
    pub(crate) fn field(
        &self,
        name: &TypeName,
        key: &str,
        (owner, property): (&TypeName, &'a Property),
    ) -> Option<FieldView<'a>> {
        let context = self.context(name)?;
        Some(FieldView {
            held: FieldType::new(&context, name, key, property),
            constant: self.options.mode == Mode::Table && has_constant(&context, name, owner, key),
            deprecated: property.traits.contains(PropertyTrait::Deprecated),
        })
    }

    /// The names in Rust of an enumeration's variants, by their names in JSON.
    pub(crate) fn variants<'e>(&self, enumeration: &'e EnumType) -> BTreeMap<&'e str, String> {
        let distinct = distinct(&enumeration.members).into_iter();
        let names = distinct.map(|(_, member, name)| (member.name.as_str(), name.source()));
        names.collect()
    }

    /// The path of the constant that holds a property's name in JSON.
    pub(crate) fn constant(
        &self,
        owner: &TypeName,
        constants: &Idents<'_>,
        key: &str,
    ) -> Option<String> {
        let path = self.path(owner)?;
        Some(format!("{path}::{}", constants.of(key)?))
    }

    /// What a property is in Rust, as a reader would write it: `pub result_info: Option<ResultInfo>`.
    pub(crate) fn field_text(
        &self,
        owner: &TypeName,
        key: &str,
        property: &Property,
    ) -> Option<String> {
        let context = self.context(owner)?;
        let properties = self.version.effective_properties(owner);
        let ident = Idents::of_fields(properties.into_keys().collect()).of(key)?;
        let held = FieldType::new(&context, owner, key, property);
        Some(format!("pub {ident}: {}", self.held_text(&held)))
    }

    /// What a field holds, as a reader would write it.
    pub(crate) fn held_text(&self, held: &FieldType<'_>) -> String {
        let item = match &held.item {
            FieldItem::Foreign(tokens) => compact(&tokens.to_string()),
            FieldItem::Primitive(primitive) => {
                self.primitives.get(primitive).cloned().unwrap_or_default()
            }
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

/// The names in Rust that belong to a struct's properties, worked out when they are asked for: of thousands few are.
#[derive(Debug)]
pub(crate) struct Idents<'k> {
    /// The properties, sorted.
    keys: Vec<&'k str>,
    names: fn(&[&str]) -> Vec<Name>,
    /// Whether no two of the names can be alike, so that each depends on its property alone.
    apart: OnceCell<bool>,
    /// All names, where one depends on the others.
    all: OnceCell<Vec<Name>>,
}

impl<'k> Idents<'k> {
    /// The names of the fields of all of a struct's properties.
    pub(crate) fn of_fields(keys: Vec<&'k str>) -> Self {
        Self::new(keys, |keys| field_names(keys.iter().copied()))
    }

    /// The names of the constants that hold the properties' names in JSON.
    pub(crate) fn of_constants(keys: Vec<&'k str>) -> Self {
        Self::new(keys, |keys| constant_names(keys.iter().copied()))
    }

    fn new(mut keys: Vec<&'k str>, names: fn(&[&str]) -> Vec<Name>) -> Self {
        keys.sort_unstable();
        Self {
            keys,
            names,
            apart: OnceCell::new(),
            all: OnceCell::new(),
        }
    }

    /// Whether each name depends on its property alone, whatever other properties there are.
    pub(crate) fn are_apart(&self) -> bool {
        *self.apart.get_or_init(|| are_apart(&self.keys))
    }

    /// The name that belongs to a property; none if there is no such property.
    pub(crate) fn of(&self, key: &str) -> Option<String> {
        let at = self.keys.binary_search(&key).ok()?;
        if self.are_apart() {
            return Some((self.names)(&[key]).pop()?.source());
        }
        let all = self.all.get_or_init(|| (self.names)(&self.keys));
        Some(all.get(at)?.source())
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
