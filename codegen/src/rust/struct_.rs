//! Entity types and complex types.

use super::context::Context;
use super::derive;
use super::doc::{Doc, Documented};
use super::field::Field;
use super::names::{Name, Scope, Usage};
use super::options::Mode;
use super::syntax::Primitives;
use super::table::Table;
use super::type_doc;
use crate::schema::{StructuralType, Type, TypeName};
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::{Fields, File, Item};

/// The property that identifies an object.
const ID: &str = "id";

/// A struct: the fields of a type and of its bases.
pub(super) struct Struct {
    doc: Doc,
    ident: Ident,
    name: TypeName,
    /// In the order of the table: by the length of their names in JSON, and then by these names.
    fields: Vec<Field>,
    attributes: TokenStream,
    derives: bool,
}

impl Struct {
    pub(super) fn new(
        context: &Context<'_>,
        name: &TypeName,
        ty: &Type,
        structural: &StructuralType,
        ident: Ident,
    ) -> Self {
        let properties = context.effective_properties(name);
        let names = field_names(properties.keys().copied());
        let constants = constant_names(properties.keys().copied());
        let fields = properties.into_iter().zip(names.iter().zip(&constants));
        let mut primitives = Primitives::default();
        let fields = fields.map(|((key, (owner, property)), (field, constant))| {
            let constant = has_constant(context, name, owner, key).then_some(constant);
            let primitives = &mut primitives;
            Field::new(context, name, key, property, field, constant, primitives)
        });
        let mut fields: Vec<Field> = fields.collect();
        fields.sort_by_key(|field| field.key().len());
        Self {
            doc: type_doc::of_struct(context, name, ty, structural),
            ident,
            name: name.clone(),
            fields,
            attributes: type_doc::attributes(context, name, ty),
            derives: context.mode() == Mode::Derive,
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

/// The names of the fields of one struct.
pub(super) fn field_names<'a>(keys: impl IntoIterator<Item = &'a str>) -> Vec<Name> {
    Scope::new(Usage::Field).reserving(["extra"]).names(keys)
}

/// The names of the constants that hold the names in JSON.
pub(super) fn constant_names<'a>(keys: impl IntoIterator<Item = &'a str>) -> Vec<Name> {
    let scope = Scope::new(Usage::Constant).reserving(["ODATA_TYPE"]);
    scope.names(keys)
}

/// Whether a struct has a constant for a property that it or a base declares. Thousands of constants would take a tenth
/// of the time to compile; those of inherited properties are the base's.
pub(super) fn has_constant(
    context: &Context<'_>,
    name: &TypeName,
    owner: &TypeName,
    key: &str,
) -> bool {
    owner == name || key == ID || context.path(owner).is_none()
}

/// Readers look for names in their order, and for what identifies an object first.
fn in_order(fields: &[Field]) -> Vec<&Field> {
    let mut fields: Vec<&Field> = fields.iter().collect();
    fields.sort_by_key(|field| (field.key() != ID, field.key()));
    fields
}

impl Documented for Struct {
    fn docs(&self) -> Vec<&Doc> {
        let fields = in_order(&self.fields).into_iter();
        [&self.doc]
            .into_iter()
            .chain(fields.map(Field::doc))
            .collect()
    }

    fn file(&self) -> syn::Result<File> {
        let Self {
            doc,
            ident,
            name: _,
            fields,
            attributes,
            derives,
        } = self;
        let derives = derives.then(|| derive::on_type(true));
        let extra = derives.is_none().then(|| {
            quote! {
                /// Members that the docs do not list, and those that no field can hold.
                pub extra: support::Extra,
            }
        });
        let mut file: File = syn::parse2(quote! {
            #doc
            #attributes
            #derives
            pub struct #ident {
                #extra
            }
        })?;
        if let Some(Item::Struct(item)) = file.items.last_mut()
            && let Fields::Named(named) = &mut item.fields
        {
            let extra = std::mem::take(&mut named.named);
            let fields = in_order(fields).into_iter().map(Field::syntax);
            named.named = fields.collect::<syn::Result<_>>()?;
            named.named.extend(extra);
        }
        Ok(file)
    }
}
