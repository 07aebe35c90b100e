//! Fields of structs.

use super::context::Context;
use super::derive;
use super::doc::{Doc, Part};
use super::names::Name;
use super::options::Mode;
use crate::schema::{ItemType, Property, PropertyTrait, TypeName};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

/// A field, made from a property.
pub(super) struct Field {
    doc: Doc,
    ident: Ident,
    constant: Option<Ident>,
    key: String,
    ty: TokenStream,
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
    ) -> Self {
        let (ty, kind) = field_type(context, owner, key, property);
        Self {
            doc: doc(context, key, property),
            ident: name.ident(),
            constant: constant.map(Name::ident),
            key: key.to_owned(),
            ty,
            kind,
            attributes: attributes(context, owner, key, property),
            derives: context.mode == Mode::Derive,
        }
    }

    /// The name in JSON.
    pub(super) fn key(&self) -> &str {
        &self.key
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
}

impl ToTokens for Field {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            doc,
            ident,
            constant: _,
            key,
            ty,
            kind: _,
            attributes,
            derives,
        } = self;
        let attribute = derives.then(|| derive::on_field(key));
        tokens.extend(quote!(#doc #attributes #attribute pub #ident: #ty));
    }
}

fn attributes(
    context: &Context<'_>,
    owner: &TypeName,
    key: &str,
    property: &Property,
) -> TokenStream {
    let is_deprecated = property.traits.contains(&PropertyTrait::Deprecated);
    let deprecated = is_deprecated.then(|| quote!(#[deprecated]));
    let own = context.customizations.of_member(owner, key);
    quote!(#deprecated #own)
}

/// What stands in the place of one value, if the user says so.
fn replacement(
    context: &Context<'_>,
    owner: &TypeName,
    key: &str,
    property: &Property,
) -> Option<TokenStream> {
    let customizations = context.customizations;
    let of_type = || match &property.ty.item {
        ItemType::Primitive(primitive) => customizations.primitive(*primitive),
        ItemType::Named(name) => customizations.replacement(name),
        ItemType::Untyped => None,
    };
    customizations.property(owner, key).or_else(of_type)
}

/// The type of a field: always an `Option`, for any property may be left out of a reply.
fn field_type(
    context: &Context<'_>,
    owner: &TypeName,
    key: &str,
    property: &Property,
) -> (TokenStream, Kind) {
    if let Some(item) = replacement(context, owner, key, property) {
        let ty = match property.ty.collection {
            true => quote!(::std::vec::Vec<#item>),
            false => item,
        };
        return (quote!(::std::option::Option<#ty>), Kind::Foreign);
    }
    let (item, kind) = match &property.ty.item {
        ItemType::Primitive(primitive) => (context.types.rust_type(*primitive), Kind::Value),
        ItemType::Untyped => (untyped(), Kind::Value),
        ItemType::Named(name) if context.is_unspecified(name) => (untyped(), Kind::Value),
        ItemType::Named(name) => match context.path(name) {
            Some(path) if context.is_enumeration(name) => (path.into_token_stream(), Kind::Value),
            Some(path) => {
                let path = context.family_path(name).unwrap_or(path);
                (path.into_token_stream(), Kind::Object)
            }
            // The schema holds every type that it names; without one, any value is right.
            None => (untyped(), Kind::Value),
        },
    };
    let ty = match &property.ty.item {
        _ if property.ty.collection => quote!(::std::vec::Vec<#item>),
        ItemType::Named(name)
            if kind == Kind::Object
                && context.family_path(name).is_none()
                && context.needs_box(owner, name) =>
        {
            quote!(::std::boxed::Box<#item>)
        }
        _ => item,
    };
    (quote!(::std::option::Option<#ty>), kind)
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
    for (fact, stated_by) in traits.iter().map(|fact| statement(*fact)) {
        if !stated_by.iter().any(|words| lower.contains(words)) {
            doc.append(&[Part::Own(fact)]);
        }
    }
    if !values.iter().all(|value| text.contains(value.as_str())) {
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
    }
}
