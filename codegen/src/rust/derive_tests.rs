//! What is emitted where types derive what they can do.

use super::tests::{complex, enumeration, items, read_again, schema};
use super::{EmitOptions, Emitted, Mode, emit};
use crate::schema::Type;
use syn::{Item, parse_quote};

fn emitted(types: impl IntoIterator<Item = (&'static str, Type)>, mode: Mode) -> Emitted {
    let options = EmitOptions {
        mode,
        ..EmitOptions::default()
    };
    emit(&schema(types), &options)
}

fn small() -> [(&'static str, Type); 3] {
    [
        (
            "call",
            complex(&[
                ("clientContext", "Edm.String"),
                ("id", "Edm.String"),
                ("states", "Collection(callState)"),
            ]),
        ),
        ("callState", enumeration(&["establishing", "in progress"])),
        ("empty", enumeration(&[])),
    ]
}

#[test]
fn types_carry_derives_and_the_names_in_json() {
    let emitted = emitted(small(), Mode::Derive);
    let expected: syn::File = parse_quote! {
        /// `microsoft.graph.call`, complex type
        /// [(documentation)](https://learn.microsoft.com/graph/api/resources/call?view=graph-rest-1.0).
        #[derive(Debug, Clone, PartialEq, Default, ::serde::Serialize, ::serde::Deserialize)]
        pub struct Call {
            /// The property `id` of type `Edm.String`.
            #[serde(rename = "id", default, skip_serializing_if = "::std::option::Option::is_none")]
            pub id: ::std::option::Option<::std::string::String>,
            /// The property `clientContext` of type `Edm.String`.
            #[serde(rename = "clientContext", default, skip_serializing_if = "::std::option::Option::is_none")]
            pub client_context: ::std::option::Option<::std::string::String>,
            /// The property `states` of type `Collection(microsoft.graph.callState)`.
            #[serde(rename = "states", default, skip_serializing_if = "::std::option::Option::is_none")]
            pub states: ::std::option::Option<::std::vec::Vec<super::CallState>>,
        }

        /// `microsoft.graph.callState`, enumeration type
        /// [(documentation)](https://learn.microsoft.com/graph/api/resources/call?view=graph-rest-1.0).
        #[derive(Debug, Clone, PartialEq, Default, ::serde::Serialize, ::serde::Deserialize)]
        #[non_exhaustive]
        pub enum CallState {
            /// The member `establishing`.
            #[default]
            #[serde(rename = "establishing")]
            Establishing,
            /// The member `in progress`.
            #[serde(rename = "in progress")]
            InProgress,
            /// A member that is not listed here, several members with commas between, or a number.
            #[serde(untagged)]
            UnknownValue(::std::string::String),
        }

        /// `microsoft.graph.empty`, enumeration type
        /// [(documentation)](https://learn.microsoft.com/graph/api/resources/call?view=graph-rest-1.0).
        #[derive(Debug, Clone, PartialEq, ::serde::Serialize, ::serde::Deserialize)]
        #[non_exhaustive]
        pub enum Empty {
            /// A member that is not listed here, several members with commas between, or a number.
            #[serde(untagged)]
            UnknownValue(::std::string::String),
        }
    };
    let text = &emitted.files["src/v1_0/general.rs"];
    // Not `assert_eq`: the trees are too large to be shown.
    assert!(
        items(&emitted, "src/v1_0/general.rs") == read_again(expected),
        "{text}"
    );
}

#[test]
fn there_is_no_support_module() {
    let emitted = emitted(small(), Mode::Derive);
    for (path, text) in &emitted.files {
        assert!(!path.contains("support"), "{path}");
        assert!(!text.contains("support"), "{path}:\n{text}");
        assert!(text.ends_with('\n') && !text.contains("\n\n\n"), "{path}");
    }
}

/// The types with their docs, without what is a mode's own.
fn bare(emitted: &Emitted) -> Vec<Item> {
    let doc_only = |attrs: &mut Vec<syn::Attribute>| {
        attrs.retain(|attribute| attribute.path().is_ident("doc"))
    };
    let mut items = items(emitted, "src/v1_0/general.rs");
    items.retain(|item| matches!(item, Item::Struct(_) | Item::Enum(_)));
    for item in &mut items {
        match item {
            Item::Struct(item) => {
                doc_only(&mut item.attrs);
                let syn::Fields::Named(fields) = &mut item.fields else {
                    panic!("named fields");
                };
                let own = fields
                    .named
                    .iter()
                    .filter(|field| field.ident.as_ref().is_none_or(|ident| ident != "extra"))
                    .cloned();
                fields.named = own.collect();
                fields
                    .named
                    .push_punct(syn::Token![,](proc_macro2::Span::call_site()));
                fields
                    .named
                    .iter_mut()
                    .for_each(|field| doc_only(&mut field.attrs));
            }
            Item::Enum(item) => {
                doc_only(&mut item.attrs);
                for variant in &mut item.variants {
                    doc_only(&mut variant.attrs);
                    // The only one with a value holds numbers as well where the support module is there.
                    variant.fields = syn::Fields::Unit;
                }
            }
            _ => {}
        }
    }
    items
}

#[test]
fn types_and_their_docs_are_those_of_the_other_mode_and_so_are_the_files() {
    let table = emitted(small(), Mode::Table);
    let derive = emitted(small(), Mode::Derive);
    // Not `assert_eq`: the trees are too large to be shown.
    assert!(bare(&derive) == bare(&table));
    assert_eq!(derive.paths, table.paths);
    let files = table.files.keys();
    let files: Vec<_> = files.filter(|path| !path.contains("support")).collect();
    assert_eq!(derive.files.keys().collect::<Vec<_>>(), files);
}
