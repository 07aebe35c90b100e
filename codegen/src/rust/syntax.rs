//! Syntax that is made without tokens: parsing those of fields and their types took longer than everything else about them.

use super::context::Context;
use super::layout::RelativePath;
use crate::schema::Primitive;
use proc_macro2::{Ident, Span, TokenStream};
use std::collections::BTreeMap;
use syn::parse::Parser;
use syn::punctuated::Punctuated;
use syn::{
    AngleBracketedGenericArguments, AttrStyle, Attribute, Field, FieldModifiers, GenericArgument,
    Meta, Path, PathArguments, PathSegment, Token, Type, TypePath, Visibility,
};

/// The types of values that were parsed once for the fields of a struct, which has many of a kind.
#[derive(Default)]
pub(super) struct Primitives(BTreeMap<Primitive, Type>);

impl Primitives {
    pub(super) fn get(&mut self, context: &Context<'_>, primitive: Primitive) -> Type {
        let parsed = self.0.entry(primitive);
        parsed
            .or_insert_with(|| parsed_type(context.types().rust_type(primitive)))
            .clone()
    }
}

/// A type of which there are only tokens.
pub(super) fn parsed_type(tokens: TokenStream) -> Type {
    syn::parse2(tokens.clone()).unwrap_or(Type::Verbatim(tokens))
}

/// The type at a path.
pub(super) fn type_at(path: RelativePath<'_>) -> Type {
    let segments = path.idents().map(PathSegment::from);
    path_type(None, segments.collect())
}

/// A type of the standard library that holds another one.
pub(super) fn holding(path: [&str; 3], held: Type) -> Type {
    let segments = path.map(|name| PathSegment::from(Ident::new(name, Span::call_site())));
    let mut segments: Punctuated<PathSegment, Token![::]> = segments.into_iter().collect();
    if let Some(last) = segments.last_mut() {
        last.arguments = PathArguments::AngleBracketed(AngleBracketedGenericArguments {
            colon2_token: None,
            lt_token: Token![<](Span::call_site()),
            args: std::iter::once(GenericArgument::Type(held)).collect(),
            gt_token: Token![>](Span::call_site()),
        });
    }
    path_type(Some(Token![::](Span::call_site())), segments)
}

fn path_type(
    leading_colon: Option<Token![::]>,
    segments: Punctuated<PathSegment, Token![::]>,
) -> Type {
    Type::Path(TypePath {
        attrs: Vec::new(),
        qself: None,
        path: Path {
            leading_colon,
            segments,
        },
    })
}

/// An attribute that is a word.
pub(super) fn attribute(word: &str) -> Attribute {
    Attribute {
        pound_token: Token![#](Span::call_site()),
        style: AttrStyle::Outer,
        bracket_token: syn::token::Bracket::default(),
        meta: Meta::Path(Ident::new(word, Span::call_site()).into()),
    }
}

/// The attributes of which there are only tokens.
pub(super) fn attributes(tokens: TokenStream) -> syn::Result<Vec<Attribute>> {
    match tokens.is_empty() {
        true => Ok(Vec::new()),
        false => Attribute::parse_outer.parse2(tokens),
    }
}

/// A public field.
pub(super) fn field(attrs: Vec<Attribute>, ident: Ident, ty: Type) -> Field {
    Field {
        attrs,
        vis: Visibility::Public(Token![pub](Span::call_site())),
        modifiers: FieldModifiers::default(),
        ident: Some(ident),
        colon_token: Some(Token![:](Span::call_site())),
        ty,
        default: None,
    }
}
