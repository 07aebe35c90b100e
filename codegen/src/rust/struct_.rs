//! Entity types and complex types.

use super::context::Context;
use super::doc::Doc;
use super::field::Field;
use super::names::{Scope, Usage};
use super::table::Table;
use super::type_doc;
use crate::schema::{StructuralType, Type, TypeName};
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

/// A struct: the fields of a type and of its bases.
pub(super) struct Struct {
    doc: Doc,
    ident: Ident,
    name: TypeName,
    /// In the order of their names in JSON.
    fields: Vec<Field>,
}

impl Struct {
    pub(super) fn new(
        context: &Context<'_>,
        name: &TypeName,
        ty: &Type,
        structural: &StructuralType,
        ident: Ident,
    ) -> Self {
        let properties = context.version.effective_properties(name);
        let names = Scope::new(Usage::Field)
            .reserving(["extra"])
            .names(properties.keys().copied());
        let fields = properties.into_iter().zip(names);
        let fields = fields
            .map(|((key, (_, property)), field)| Field::new(context, name, key, property, &field));
        Self {
            doc: type_doc::of_struct(context, name, ty, structural),
            ident,
            name: name.clone(),
            fields: fields.collect(),
        }
    }

    /// What makes the struct an object, to be written behind it.
    pub(super) fn table(&self) -> Table<'_> {
        Table::Object {
            ident: &self.ident,
            name: self.name.as_str(),
            fields: &self.fields,
        }
    }
}

impl ToTokens for Struct {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            doc,
            ident,
            name: _,
            fields,
        } = self;
        // What identifies an object is looked for first.
        let (first, others): (Vec<&Field>, Vec<&Field>) =
            fields.iter().partition(|field| field.key() == "id");
        tokens.extend(quote! {
            #doc
            pub struct #ident {
                #(#first,)*
                #(#others,)*
                /// Members that the docs do not list, and those that no field can hold.
                pub extra: support::Extra,
            }
        });
    }
}
