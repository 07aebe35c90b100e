//! Variants of enumerations.

use super::context::Context;
use super::doc::{Doc, Part};
use super::names::Name;
use crate::schema::Member;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

/// A variant, made from a member.
pub(super) struct Variant {
    doc: Doc,
    ident: Ident,
    text: String,
}

impl Variant {
    /// `hidden` members come only in reply to a request that asks for them.
    pub(super) fn new(
        context: &Context<'_>,
        page: &str,
        member: &Member,
        name: &Name,
        hidden: bool,
    ) -> Self {
        let Member {
            name: text,
            value,
            description,
        } = member;
        let mut doc = Doc::default();
        doc.text(
            description.as_deref().unwrap_or_default(),
            &context.links(page),
        );
        if doc.is_empty() {
            doc.paragraph(&[Part::Own("The member "), Part::Code(text), Part::Own(".")]);
        }
        if let Some(value) = value {
            doc.append(&[Part::Own(&format!("Its number is {value}."))]);
        }
        if hidden {
            doc.append(&[
                Part::Own("Sent only in reply to requests with the header "),
                Part::Code("Prefer: include-unknown-enum-members"),
                Part::Own("."),
            ]);
        }
        Self {
            doc,
            ident: name.ident(),
            text: text.clone(),
        }
    }

    pub(super) fn ident(&self) -> &Ident {
        &self.ident
    }

    /// The name in JSON.
    pub(super) fn text(&self) -> &str {
        &self.text
    }
}

impl ToTokens for Variant {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            doc,
            ident,
            text: _,
        } = self;
        tokens.extend(quote!(#doc #ident));
    }
}
