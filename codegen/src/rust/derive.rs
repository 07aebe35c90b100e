//! The attributes of the mode in which types derive what they can do.

use proc_macro2::TokenStream;
use quote::quote;

/// On each struct, and on each enum that has a default.
pub(super) fn on_type(has_default: bool) -> TokenStream {
    let default = has_default.then(|| quote!(Default,));
    quote! {
        #[derive(Debug, Clone, PartialEq, #default ::serde::Serialize, ::serde::Deserialize)]
    }
}

/// On each field.
pub(super) fn on_field(key: &str) -> TokenStream {
    quote! {
        #[serde(rename = #key, default, skip_serializing_if = "::std::option::Option::is_none")]
    }
}

/// On each variant.
pub(super) fn on_variant(text: &str, is_default: bool) -> TokenStream {
    let default = is_default.then(|| quote!(#[default]));
    quote! {
        #default
        #[serde(rename = #text)]
    }
}
