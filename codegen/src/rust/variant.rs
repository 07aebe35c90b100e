//! Variants of enumerations.

use super::context::Context;
use super::doc::{Doc, Part};
use super::names::Name;
use crate::schema::{Member, TypeName};
use proc_macro2::{Ident, TokenStream};

/// The header that asks for members behind the sentinel.
const PREFER: &str = "Prefer: include-unknown-enum-members";

/// How a member stands to the sentinel of an evolvable enumeration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Before it, or there is none.
    Plain,
    /// It is the sentinel.
    Sentinel,
    /// Behind it: it comes only in reply to a request that asks for such members.
    Hidden,
}

/// A variant, made from a member.
pub(super) struct Variant {
    doc: Doc,
    attributes: TokenStream,
    ident: Ident,
    text: String,
    number: Option<i64>,
}

impl Variant {
    pub(super) fn new(
        context: &Context<'_>,
        owner: &TypeName,
        member: &Member,
        name: &Name,
        standing: Standing,
    ) -> Self {
        let Member {
            name: text,
            value,
            description,
            source,
        } = member;
        let mut doc = Doc::default();
        doc.text(
            description.as_deref().unwrap_or_default(),
            &context.links(&source.page),
        );
        if doc.is_empty() {
            doc.paragraph(&[Part::Own("The member "), Part::Code(text), Part::Own(".")]);
        }
        if let Some(value) = value {
            doc.append(&[Part::Own(&format!("Its number is {value}."))]);
        }
        match standing {
            Standing::Plain => {}
            Standing::Sentinel => doc.append(&[
                Part::Own(
                    "Stands for members that are sent only in reply to requests with the header ",
                ),
                Part::Code(PREFER),
                Part::Own("; not to be sent."),
            ]),
            Standing::Hidden => doc.append(&[
                Part::Own("Sent only in reply to requests with the header "),
                Part::Code(PREFER),
                Part::Own("."),
            ]),
        }
        Self {
            doc,
            attributes: context.customizations().of_member(owner, text),
            ident: name.ident(),
            text: text.clone(),
            number: *value,
        }
    }

    pub(super) fn doc(&self) -> &Doc {
        &self.doc
    }

    pub(super) fn attributes(&self) -> &TokenStream {
        &self.attributes
    }

    pub(super) fn ident(&self) -> &Ident {
        &self.ident
    }

    /// The name in JSON.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// The number, if the docs give one.
    pub(super) fn number(&self) -> Option<i64> {
        self.number
    }
}
