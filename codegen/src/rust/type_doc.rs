//! Doc comments of types.

use super::context::Context;
use super::doc::{Doc, Part};
use crate::schema::{EnumType, StructuralType, Type, TypeName};

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
        key: _,
        properties: _,
    } = structural;
    let mut words = vec![Part::Own(", ")];
    if *is_abstract {
        words.push(Part::Own("abstract "));
    }
    if context.version.is_open(name) {
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
    doc
}
