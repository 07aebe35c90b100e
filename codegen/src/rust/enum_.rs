//! Enumeration types.

use super::context::Context;
use super::derive;
use super::doc::{Doc, Documented};
use super::names::{Name, Scope, Usage};
use super::options::Mode;
use super::table::Table;
use super::type_doc;
use super::variant::{Standing, Variant};
use crate::schema::{EnumType, Member, Type, TypeName};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use std::collections::BTreeSet;

/// An enum, open to members that the docs do not list.
pub(super) struct Enum {
    doc: Doc,
    ident: Ident,
    name: TypeName,
    variants: Vec<Variant>,
    attributes: TokenStream,
    derives: bool,
}

impl Enum {
    pub(super) fn new(
        context: &Context<'_>,
        name: &TypeName,
        ty: &Type,
        enumeration: &EnumType,
        ident: Ident,
    ) -> Self {
        let EnumType { members, flags: _ } = enumeration;
        let sentinel = enumeration.sentinel();
        let variants = distinct(members)
            .into_iter()
            .map(|(position, member, variant)| {
                let standing = match sentinel {
                    Some(sentinel) if position == sentinel => Standing::Sentinel,
                    Some(sentinel) if enumeration.is_behind(position, sentinel) => Standing::Hidden,
                    _ => Standing::Plain,
                };
                Variant::new(context, name, member, &variant, standing)
            });
        let variants = variants.collect();
        Self {
            doc: type_doc::of_enum(context, name, ty, enumeration),
            ident,
            name: name.clone(),
            variants,
            attributes: type_doc::attributes(context, name, ty),
            derives: context.mode() == Mode::Derive,
        }
    }

    /// What gives the enum its text, to be written behind it.
    pub(super) fn table(&self) -> Table<'_> {
        Table::Enumeration {
            ident: &self.ident,
            name: self.name.as_str(),
            variants: &self.variants,
        }
    }
}

/// The members that differ, each with its position and the name of its variant.
pub(super) fn distinct(members: &[Member]) -> Vec<(usize, &Member, Name)> {
    let mut seen = BTreeSet::new();
    let members = members
        .iter()
        .enumerate()
        .filter(|(_, member)| seen.insert(member.name.as_str()));
    let members: Vec<_> = members.collect();
    let scope = Scope::new(Usage::Variant).reserving(["UnknownValue"]);
    let names = scope.names(members.iter().map(|(_, member)| member.name.as_str()));
    let named = members.into_iter().zip(names);
    named
        .map(|((position, member), name)| (position, member, name))
        .collect()
}

impl Documented for Enum {
    fn docs(&self) -> Vec<&Doc> {
        let variants = self.variants.iter().map(Variant::doc);
        [&self.doc].into_iter().chain(variants).collect()
    }

    fn file(&self) -> syn::Result<syn::File> {
        syn::parse2(self.to_token_stream())
    }
}

impl ToTokens for Enum {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            doc,
            ident,
            name: _,
            variants,
            attributes,
            derives,
        } = self;
        let derived = derives.then(|| derive::on_type(!variants.is_empty()));
        let (untagged, unlisted) = if *derives {
            (quote!(#[serde(untagged)]), quote!(::std::string::String))
        } else {
            (quote!(), quote!(support::Unlisted))
        };
        let variants = variants.iter().enumerate().map(|(at, variant)| {
            let attributes = derives.then(|| derive::on_variant(variant.text(), at == 0));
            let (doc, own, ident) = (variant.doc(), variant.attributes(), variant.ident());
            quote!(#doc #own #attributes #ident)
        });
        tokens.extend(quote! {
            #doc
            #attributes
            #derived
            #[non_exhaustive]
            pub enum #ident {
                #(#variants,)*
                /// A member that is not listed here, several members with commas between, or a number.
                #untagged
                UnknownValue(#unlisted),
            }
        });
    }
}
