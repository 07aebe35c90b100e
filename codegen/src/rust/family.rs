//! The enum of a type and of those that derive from it.

use super::context::Context;
use super::doc::{Doc, Documented, Part};
use super::features::Condition;
use super::layout::RelativePath;
use super::names::{Scope, Usage};
use crate::schema::TypeName;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use std::fmt;

/// An enum with a variant for a type and for each type that derives from it: what a value is whose type is declared as
/// the former.
pub(super) struct Family<'a> {
    doc: Doc,
    ident: Ident,
    attributes: TokenStream,
    base: Variant<'a>,
    derived: Vec<Variant<'a>>,
}

struct Variant<'a> {
    ident: Ident,
    name: &'a TypeName,
    path: RelativePath<'a>,
    condition: Condition<'a>,
}

impl<'a> Family<'a> {
    /// The enum of a type; none if no type derives from it.
    pub(super) fn new(context: &Context<'a>, base: &'a TypeName) -> Option<Self> {
        let ident = context.family(base)?.ident();
        let types = std::iter::once((base, Condition::None)).chain(context.derived(base));
        let types: Vec<(&TypeName, Condition<'_>)> = types.collect();
        let names = Scope::new(Usage::Variant).names(types.iter().map(|(name, _)| name.short()));
        let mut variants =
            types
                .into_iter()
                .zip(names)
                .filter_map(|((name, condition), variant)| {
                    Some(Variant {
                        ident: variant.ident(),
                        name,
                        path: context.path(name)?,
                        condition,
                    })
                });
        let base = variants.next()?;
        let derived: Vec<Variant<'_>> = variants.collect();
        let all = std::iter::once(&base).chain(&derived);
        let attributes = context
            .customizations()
            .of_any(all.map(|variant| variant.name));
        let mut doc = Doc::default();
        doc.paragraph(&[
            Part::Own("A value of the type "),
            Part::Item(base.name.as_str(), base.path),
            Part::Own(" or of one that derives from it, as its `@odata.type` says."),
        ]);
        Some(Self {
            doc,
            ident,
            attributes,
            base,
            derived,
        })
    }
}

impl Documented for Family<'_> {
    fn docs(&self) -> Vec<&Doc> {
        vec![&self.doc]
    }

    fn file(&self) -> syn::Result<syn::File> {
        syn::parse2(self.to_token_stream())
    }
}

impl ToTokens for Family<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            doc,
            ident,
            attributes,
            base,
            derived,
        } = self;
        tokens.extend(quote! {
            #doc
            #attributes
            #[non_exhaustive]
            pub enum #ident {
                /// The base type, or a type that is not known here.
                #base,
                #(#derived,)*
            }
        });
    }
}

impl ToTokens for Variant<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self {
            ident,
            name: _,
            path,
            condition,
        } = self;
        tokens.extend(quote!(#condition #ident(::std::boxed::Box<#path>)));
    }
}

impl fmt::Display for Family<'_> {
    /// The call of the macro that gives the enum what it can do.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (ident, base) = (&self.ident, &self.base);
        writeln!(f, "support::polymorphic! {{")?;
        writeln!(f, "    {ident}: {} = {} {{", base.ident, base.path.source())?;
        for variant in &self.derived {
            let Variant {
                ident,
                name,
                path,
                condition,
            } = variant;
            let condition = condition.to_string();
            let (path, name) = (path.source(), name.as_str());
            writeln!(
                f,
                "        {}{ident}: {path} = {name:?},",
                condition.replace('\n', " ")
            )?;
        }
        writeln!(f, "    }}")?;
        writeln!(f, "}}")
    }
}
