//! Enumeration types.

use super::context::Context;
use super::doc::Doc;
use super::names::{Scope, Usage};
use super::table::Table;
use super::type_doc;
use super::variant::Variant;
use crate::schema::{EnumType, Type, TypeName};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use std::collections::BTreeSet;

/// An enum, open to members that the docs do not list.
pub(super) struct Enum {
    doc: Doc,
    ident: Ident,
    name: TypeName,
    variants: Vec<Variant>,
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
        let mut seen = BTreeSet::new();
        let members = members
            .iter()
            .enumerate()
            .filter(|(_, member)| seen.insert(member.name.as_str()));
        let members: Vec<_> = members.collect();
        let scope = Scope::new(Usage::Variant).reserving(["UnknownValue"]);
        let names = scope.names(members.iter().map(|(_, member)| member.name.as_str()));
        let sentinel = enumeration.sentinel();
        let variants = members
            .into_iter()
            .zip(&names)
            .map(|((position, member), variant)| {
                let hidden = sentinel.is_some_and(|sentinel| position > sentinel);
                Variant::new(context, &ty.source.page, member, variant, hidden)
            });
        let variants = variants.collect();
        Self {
            doc: type_doc::of_enum(context, name, ty, enumeration),
            ident,
            name: name.clone(),
            variants,
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

impl ToTokens for Enum {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            doc,
            ident,
            name: _,
            variants,
        } = self;
        tokens.extend(quote! {
            #doc
            #[derive(Clone, Debug, PartialEq, Eq, Hash)]
            pub enum #ident {
                #(#variants,)*
                /// A member that is not listed here, or several members of flags, with commas between.
                UnknownValue(::std::string::String),
            }
        });
    }
}
