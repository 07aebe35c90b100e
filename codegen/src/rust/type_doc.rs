//! Doc comments of types.

use super::context::Context;
use super::doc::{Doc, Part};
use crate::schema::{EnumType, Piece, StructuralType, Type, TypeName};
use proc_macro2::TokenStream;
use quote::quote;

pub(super) fn of_struct(
    context: &Context<'_>,
    name: &TypeName,
    ty: &Type,
    structural: &StructuralType,
) -> Doc {
    let StructuralType {
        kind,
        base,
        open: _,
        is_abstract,
        has_stream: _,
        key: _,
        properties: _,
    } = structural;
    let mut words = vec![Part::Own(", ")];
    if *is_abstract {
        words.push(Part::Own("abstract "));
    }
    if context.is_open(name) {
        words.push(Part::Own("open "));
    }
    words.extend([Part::Own(kind.name()), Part::Own(" type")]);
    let base = base
        .as_ref()
        .and_then(|base| Some((base.name.as_str(), context.path(&base.name)?)));
    if let Some((name, path)) = base {
        words.extend([Part::Own(" based on "), Part::Item(name, path)]);
    }
    finish(context, name, ty, &words)
}

pub(super) fn of_enum(
    context: &Context<'_>,
    name: &TypeName,
    ty: &Type,
    enumeration: &EnumType,
) -> Doc {
    let mut words = vec![Part::Own(", enumeration type")];
    if enumeration.flags {
        words.push(Part::Own(" of flags"));
    }
    finish(context, name, ty, &words)
}

/// The attributes of a type, but for those that a mode needs.
pub(super) fn attributes(context: &Context<'_>, name: &TypeName, ty: &Type) -> TokenStream {
    let deprecated = ty.deprecated.then(|| quote!(#[deprecated]));
    let own = context
        .customizations()
        .of_type(name, context.mode().traits(ty.enumeration().is_some()));
    quote!(#deprecated #own)
}

/// The description, and a paragraph that says what the type is in the docs, and where.
fn finish(context: &Context<'_>, name: &TypeName, ty: &Type, identity: &[Part<'_>]) -> Doc {
    let links = context.links(&ty.source.page);
    let mut doc = Doc::default();
    doc.text(ty.description.as_deref().unwrap_or_default(), &links);
    if ty.deprecated {
        doc.paragraph(&[Part::Own("Deprecated.")]);
    }
    doc.paragraph(&[Part::Code(name.as_str())]);
    doc.glue(identity);
    if let Some(url) = links.page_url() {
        doc.append(&[Part::Link("(documentation)", &url)]);
    }
    doc.glue(&[Part::Own(".")]);
    left_out(context, name, &mut doc);
    other_versions(context, name, &mut doc);
    doc
}

/// Says how many properties a selection took away.
fn left_out(context: &Context<'_>, name: &TypeName, doc: &mut Doc) {
    let Some(all) = context.whole_count(name) else {
        return;
    };
    let here = context.effective_properties(name).len();
    if let Some(missing @ 1..) = all.checked_sub(here) {
        let words = format!("Not selected: {missing} of its {all} properties.");
        doc.append(&[Part::Own(&words)]);
    }
}

/// A paragraph that says how the type differs from those of other versions, if there are any. It has no links: another
/// version is behind a feature, without which they would lead nowhere.
fn other_versions(context: &Context<'_>, name: &TypeName, doc: &mut Doc) {
    let own = context.version_name();
    let others = context
        .versions(name)
        .filter(|(version, _)| *version != own);
    let (with, without): (Vec<_>, Vec<_>) = others.partition(|(_, has_type)| *has_type);
    if with.is_empty() {
        if !without.is_empty() {
            doc.paragraph(&[Part::Own("Only in "), Part::Code(own), Part::Own(".")]);
        }
        return;
    }
    doc.paragraph(&[]);
    for (version, _) in with {
        let mut pair = [own, version];
        // Both sides tell it in the same order.
        pair.sort_unstable();
        let Some(twin) = context.twin(name, pair) else {
            continue;
        };
        let sentences = twin.sentences();
        if sentences.is_empty() {
            doc.append(&[
                Part::Own("The same in "),
                Part::Code(version),
                Part::Own("."),
            ]);
            continue;
        }
        doc.append(&[Part::Own("Differs from "), Part::Code(version)]);
        for (at, sentence) in sentences.iter().enumerate() {
            doc.glue(&[Part::Own(if at == 0 { ": " } else { "; " })]);
            for piece in sentence {
                doc.glue(&[match piece {
                    Piece::Words(words) => Part::Own(words),
                    Piece::Name(name) => Part::Code(name),
                }]);
            }
        }
        doc.glue(&[Part::Own(".")]);
    }
    for (version, _) in without {
        doc.append(&[Part::Own("Not in "), Part::Code(version), Part::Own(".")]);
    }
}
