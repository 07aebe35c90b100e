//! Fields of structs.

use super::context::Context;
use super::derive;
use super::doc::{Doc, Part};
use super::layout::RelativePath;
use super::names::Name;
use super::options::Mode;
use super::syntax::{self, Primitives};
use crate::schema::{ItemType, Primitive, Property, PropertyTrait, TypeName};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::Type;

/// A field, made from a property.
pub(super) struct Field {
    doc: Doc,
    ident: Ident,
    constant: Option<Ident>,
    key: String,
    ty: Type,
    kind: Kind,
    attributes: TokenStream,
    derives: bool,
}

/// How the support module sees a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A primitive value, a member of an enumeration, or a collection of either.
    Value,
    /// An object or a collection of objects.
    Object,
    /// A value of a type that the user put in place, or a collection of such.
    Foreign,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Value => "Value",
            Self::Object => "Object",
            Self::Foreign => "Foreign",
        }
    }
}

impl Field {
    pub(super) fn new(
        context: &Context<'_>,
        owner: &TypeName,
        key: &str,
        property: &Property,
        name: &Name,
        constant: Option<&Name>,
        primitives: &mut Primitives,
    ) -> Self {
        let ty = FieldType::new(context, owner, key, property);
        Self {
            doc: doc(context, key, property),
            ident: name.ident(),
            constant: constant.map(Name::ident),
            key: key.to_owned(),
            kind: ty.kind(),
            ty: ty.syntax(context, primitives),
            attributes: attributes(context, owner, key, property),
            derives: context.mode() == Mode::Derive,
        }
    }

    /// The name in JSON.
    pub(super) fn key(&self) -> &str {
        &self.key
    }

    pub(super) fn doc(&self) -> &Doc {
        &self.doc
    }

    pub(super) fn ident(&self) -> &Ident {
        &self.ident
    }

    /// The name of the constant that holds the name in JSON, if there is one.
    pub(super) fn constant(&self) -> Option<&Ident> {
        self.constant.as_ref()
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    /// The field in its struct.
    pub(super) fn syntax(&self) -> syn::Result<syn::Field> {
        let mut attributes: Vec<syn::Attribute> = self.doc.place().into_iter().collect();
        attributes.extend(syntax::attributes(self.attributes.clone())?);
        if self.derives {
            attributes.extend(syntax::attributes(derive::on_field(&self.key))?);
        }
        Ok(syntax::field(
            attributes,
            self.ident.clone(),
            self.ty.clone(),
        ))
    }
}

fn attributes(
    context: &Context<'_>,
    owner: &TypeName,
    key: &str,
    property: &Property,
) -> TokenStream {
    let is_deprecated = property.traits.contains(PropertyTrait::Deprecated);
    let deprecated = is_deprecated.then(|| quote!(#[deprecated]));
    let own = context.customizations().of_member(owner, key);
    quote!(#deprecated #own)
}

/// What a field holds: always an `Option`, for any property may be left out of a reply.
#[derive(Clone, Debug)]
pub(crate) struct FieldType<'a> {
    pub(super) item: FieldItem<'a>,
    /// Whether the field holds a collection of values.
    pub(crate) collection: bool,
    /// Whether its one value is boxed, so that the struct is not infinitely large.
    pub(super) boxed: bool,
}

/// What one value is in Rust.
#[derive(Clone, Debug)]
pub(crate) enum FieldItem<'a> {
    /// A type that the user put in place.
    Foreign(TokenStream),
    Primitive(Primitive),
    /// Any JSON value.
    Untyped,
    Enumeration(&'a TypeName),
    Object(&'a TypeName),
    /// An object of the type or of one that derives from it.
    Family(&'a TypeName),
}

impl<'a> FieldType<'a> {
    pub(super) fn new(
        context: &Context<'_>,
        owner: &TypeName,
        key: &str,
        property: &'a Property,
    ) -> Self {
        let collection = property.ty.collection;
        let item = replacement(context, owner, key, property)
            .map_or_else(|| item(context, property), FieldItem::Foreign);
        let boxed = match item {
            FieldItem::Object(name) => !collection && context.needs_box(owner, name),
            _ => false,
        };
        Self {
            item,
            collection,
            boxed,
        }
    }

    /// The type of the schema that it holds.
    pub(crate) fn name(&self) -> Option<&'a TypeName> {
        match self.item {
            FieldItem::Enumeration(name) | FieldItem::Object(name) | FieldItem::Family(name) => {
                Some(name)
            }
            FieldItem::Foreign(_) | FieldItem::Primitive(_) | FieldItem::Untyped => None,
        }
    }

    /// Whether a field is of the same Rust type as another, whose types may have other names.
    pub(crate) fn is_same(
        &self,
        other: &FieldType<'_>,
        is_same: impl Fn(&TypeName, &TypeName) -> bool,
    ) -> bool {
        let same_item = match (&self.item, &other.item) {
            (FieldItem::Foreign(one), FieldItem::Foreign(other)) => {
                one.to_string() == other.to_string()
            }
            (FieldItem::Primitive(one), FieldItem::Primitive(other)) => one == other,
            (FieldItem::Untyped, FieldItem::Untyped) => true,
            (FieldItem::Enumeration(one), FieldItem::Enumeration(other))
            | (FieldItem::Object(one), FieldItem::Object(other))
            | (FieldItem::Family(one), FieldItem::Family(other)) => is_same(one, other),
            _ => false,
        };
        same_item && self.collection == other.collection && self.boxed == other.boxed
    }

    fn kind(&self) -> Kind {
        match self.item {
            FieldItem::Foreign(_) => Kind::Foreign,
            FieldItem::Primitive(_) | FieldItem::Untyped | FieldItem::Enumeration(_) => Kind::Value,
            FieldItem::Object(_) | FieldItem::Family(_) => Kind::Object,
        }
    }

    fn syntax(&self, context: &Context<'_>, primitives: &mut Primitives) -> Type {
        let path = |path: Option<RelativePath<'_>>| match path {
            Some(path) => syntax::type_at(path),
            None => syntax::parsed_type(untyped()),
        };
        let item = match &self.item {
            FieldItem::Foreign(tokens) => syntax::parsed_type(tokens.clone()),
            FieldItem::Primitive(primitive) => primitives.get(context, *primitive),
            FieldItem::Untyped => syntax::parsed_type(untyped()),
            FieldItem::Enumeration(name) | FieldItem::Object(name) => path(context.path(name)),
            FieldItem::Family(name) => path(context.family_path(name)),
        };
        let ty = match (self.collection, self.boxed) {
            (true, _) => syntax::holding(["std", "vec", "Vec"], item),
            (false, true) => syntax::holding(["std", "boxed", "Box"], item),
            (false, false) => item,
        };
        syntax::holding(["std", "option", "Option"], ty)
    }
}

/// What stands in the place of one value, if the user says so.
fn replacement(
    context: &Context<'_>,
    owner: &TypeName,
    key: &str,
    property: &Property,
) -> Option<TokenStream> {
    let customizations = context.customizations();
    let of_type = || match &property.ty.item {
        ItemType::Primitive(primitive) => customizations.primitive(*primitive),
        ItemType::Named(name) => customizations.replacement(name),
        ItemType::Untyped => None,
    };
    customizations.property(owner, key).or_else(of_type)
}

fn item<'a>(context: &Context<'_>, property: &'a Property) -> FieldItem<'a> {
    let name = match &property.ty.item {
        ItemType::Primitive(primitive) => return FieldItem::Primitive(*primitive),
        ItemType::Untyped => return FieldItem::Untyped,
        ItemType::Named(name) => name,
    };
    // The schema holds every type that it names; without one, any value is right.
    if context.is_unspecified(name) || context.path(name).is_none() {
        FieldItem::Untyped
    } else if context.is_enumeration(name) {
        FieldItem::Enumeration(name)
    } else if context.family_path(name).is_some() {
        FieldItem::Family(name)
    } else {
        FieldItem::Object(name)
    }
}

fn untyped() -> TokenStream {
    quote!(::serde_json::Value)
}

/// What the docs say of a property, and what they say of it elsewhere than in its description.
fn doc(context: &Context<'_>, key: &str, property: &Property) -> Doc {
    let Property {
        ty: _,
        navigation: _,
        description,
        values,
        traits,
        evidence: _,
        source,
    } = property;
    let text = description.as_deref().unwrap_or_default();
    let mut doc = Doc::default();
    doc.text(text, &context.links(&source.page));
    if doc.is_empty() {
        let ty = property.ty.to_string();
        doc.paragraph(&[
            Part::Own("The property "),
            Part::Code(key),
            Part::Own(" of type "),
            Part::Code(&ty),
            Part::Own("."),
        ]);
    }
    let lower = text.to_lowercase();
    for (fact, stated_by) in traits.iter().map(statement) {
        if !stated_by.iter().any(|words| lower.contains(words)) {
            doc.append(&[Part::Own(fact)]);
        }
    }
    // Values mostly stand in the text in their order, so that the text need not be searched anew for each.
    let mut at = 0;
    let is_stated = |value: &String| match text[at..].find(value.as_str()) {
        Some(found) => {
            at += found;
            true
        }
        None => text.contains(value.as_str()),
    };
    if !values.iter().all(is_stated) {
        doc.append(&[Part::Own("Possible values:")]);
        for (position, value) in values.iter().enumerate() {
            let end = if position + 1 == values.len() {
                "."
            } else {
                ","
            };
            doc.append(&[Part::Code(value), Part::Own(end)]);
        }
    }
    doc
}

/// A sentence for a fact, and the words by which a description states it already.
fn statement(fact: PropertyTrait) -> (&'static str, &'static [&'static str]) {
    match fact {
        PropertyTrait::ReadOnly => ("Read-only.", &["read-only", "read only", "readonly"]),
        PropertyTrait::Required => ("Required.", &["required"]),
        PropertyTrait::Nullable => ("Nullable.", &["nullable", "null"]),
        PropertyTrait::NotNullable => ("Not nullable.", &["not nullable", "non-nullable", "null"]),
        PropertyTrait::Deprecated => ("Deprecated.", &["deprecated"]),
        PropertyTrait::SelectOnly => ("Returned only on `$select`.", &["$select"]),
        PropertyTrait::Contained => ("Contained in this entity.", &["contain"]),
    }
}
