use super::{EmitOptions, Emitted, Names, emit};
use crate::schema::{
    Base, Definition, EnumType, Evidence, ItemType, Member, Primitive, Property, PropertyTrait,
    Schema, Source, StructuralKind, StructuralType, Type, TypeName, TypeRef, VersionSchema,
};
use std::collections::BTreeMap;
use syn::{Item, ItemEnum, ItemStruct, parse_quote};

const PAGE: &str = "api-reference/v1.0/resources/call.md";

pub(super) fn name(short: &str) -> TypeName {
    match TypeName::parse(short) {
        Some(name) => name,
        None => TypeName::new("microsoft.graph", short),
    }
}

fn source() -> Source {
    Source {
        page: PAGE.into(),
        line: 1,
    }
}

/// A property of a type in CSDL's spelling.
fn property(ty: &str) -> Property {
    let inner = ty
        .strip_prefix("Collection(")
        .and_then(|ty| ty.strip_suffix(')'));
    let item = inner.unwrap_or(ty);
    let item = match Primitive::from_name(item) {
        Some(primitive) => ItemType::Primitive(primitive),
        None if item == "Edm.Untyped" => ItemType::Untyped,
        None => ItemType::Named(name(item)),
    };
    Property {
        ty: TypeRef {
            item,
            collection: inner.is_some(),
        },
        navigation: false,
        description: None,
        values: Vec::new(),
        traits: [].into(),
        evidence: Evidence::Table,
        source: source(),
    }
}

fn ty(definition: Definition) -> Type {
    Type {
        definition,
        description: None,
        deprecated: false,
        area: None,
        source: source(),
    }
}

pub(super) fn complex(properties: &[(&str, &str)]) -> Type {
    let properties = properties
        .iter()
        .map(|(name, ty)| ((*name).to_owned(), property(ty)));
    ty(Definition::Structural(StructuralType {
        kind: StructuralKind::Complex,
        base: None,
        open: false,
        is_abstract: false,
        has_stream: false,
        key: Vec::new(),
        properties: properties.collect(),
    }))
}

pub(super) fn based_on(base: &str, mut ty: Type) -> Type {
    if let Definition::Structural(structural) = &mut ty.definition {
        structural.base = Some(Base {
            name: name(base),
            evidence: Evidence::Annotation,
        });
    }
    ty
}

pub(super) fn enumeration(members: &[&str]) -> Type {
    let members = members.iter().map(|name| Member {
        name: (*name).to_owned(),
        value: None,
        description: None,
        source: source(),
    });
    ty(Definition::Enumeration(EnumType {
        members: members.collect(),
        flags: false,
    }))
}

fn in_area(area: &str, mut ty: Type) -> Type {
    ty.area = Some(area.to_owned());
    ty
}

pub(super) fn schema(types: impl IntoIterator<Item = (&'static str, Type)>) -> Schema {
    let types = types
        .into_iter()
        .map(|(short, ty)| (name(short), ty))
        .collect();
    Schema {
        versions: [("v1.0".to_owned(), VersionSchema { types })].into(),
    }
}

fn emitted(types: impl IntoIterator<Item = (&'static str, Type)>) -> Emitted {
    emit(&schema(types), &EmitOptions::default())
}

#[track_caller]
pub(super) fn items(emitted: &Emitted, path: &str) -> Vec<Item> {
    let text = emitted
        .files
        .get(path)
        .unwrap_or_else(|| panic!("{path} in {:?}", emitted.files.keys()));
    syn::parse_file(text).expect("Rust").items
}

/// A struct without its doc comments.
#[track_caller]
pub(super) fn struct_named(emitted: &Emitted, wanted: &str) -> ItemStruct {
    let found = items(emitted, "src/v1_0/general.rs")
        .into_iter()
        .find_map(|item| match item {
            Item::Struct(item) if item.ident == wanted => Some(item),
            _ => None,
        });
    let mut item = found.unwrap_or_else(|| panic!("no struct {wanted}"));
    item.attrs.clear();
    item.fields.iter_mut().for_each(|field| field.attrs.clear());
    item
}

#[track_caller]
fn enum_named(emitted: &Emitted, wanted: &str) -> ItemEnum {
    let found = items(emitted, "src/v1_0/general.rs")
        .into_iter()
        .find_map(|item| match item {
            Item::Enum(item) if item.ident == wanted => Some(item),
            _ => None,
        });
    found.unwrap_or_else(|| panic!("no enum {wanted}"))
}

/// What a quoted file is when it is read from text; doc comments are literals of another kind there.
pub(super) fn read_again(file: syn::File) -> Vec<Item> {
    let text = prettyplease::unparse(&file);
    syn::parse_file(&text).expect("Rust").items
}

#[test]
fn a_struct_has_the_fields_of_its_bases_and_the_identifier_first() {
    let emitted = emitted([
        ("entity", complex(&[("id", "Edm.String")])),
        (
            "call",
            based_on(
                "entity",
                complex(&[
                    ("clientContext", "Edm.String"),
                    ("state", "callState"),
                    ("type", "Edm.Untyped"),
                ]),
            ),
        ),
        ("callState", enumeration(&["establishing"])),
    ]);
    let expected: ItemStruct = parse_quote! {
        pub struct Call {
            pub id: ::std::option::Option<::std::string::String>,
            pub client_context: ::std::option::Option<::std::string::String>,
            pub state: ::std::option::Option<super::CallState>,
            pub r#type: ::std::option::Option<::serde_json::Value>,
            pub extra: support::Extra,
        }
    };
    assert_eq!(struct_named(&emitted, "Call"), expected);
    let text = &emitted.files["src/v1_0/general.rs"];
    let table = "support::object! {\n    Call: \"microsoft.graph.call\" {\n        0 id ID: Value = \"id\",\n        \
                 1 r#type TYPE: Value = \"type\",\n        2 state STATE: Value = \"state\",\n        \
                 3 client_context CLIENT_CONTEXT: Value = \"clientContext\",\n    }\n}\n";
    assert!(text.contains(table), "{text}");
}

#[test]
fn every_primitive_type_has_one_of_rust() {
    let table: [(&str, syn::Type); 18] = [
        ("Edm.Binary", parse_quote!(::std::string::String)),
        ("Edm.Boolean", parse_quote!(bool)),
        ("Edm.Byte", parse_quote!(u8)),
        ("Edm.Date", parse_quote!(::std::string::String)),
        ("Edm.DateTimeOffset", parse_quote!(::std::string::String)),
        ("Edm.Decimal", parse_quote!(f64)),
        ("Edm.Double", parse_quote!(f64)),
        ("Edm.Duration", parse_quote!(::std::string::String)),
        ("Edm.Guid", parse_quote!(::std::string::String)),
        ("Edm.Int16", parse_quote!(i16)),
        ("Edm.Int32", parse_quote!(i32)),
        ("Edm.Int64", parse_quote!(i64)),
        ("Edm.SByte", parse_quote!(i8)),
        ("Edm.Single", parse_quote!(f32)),
        ("Edm.Stream", parse_quote!(::std::string::String)),
        ("Edm.String", parse_quote!(::std::string::String)),
        ("Edm.TimeOfDay", parse_quote!(::std::string::String)),
        ("Edm.Untyped", parse_quote!(::serde_json::Value)),
    ];
    for (name, expected) in table {
        let collection = format!("Collection({name})");
        let emitted = emitted([("call", complex(&[("one", name), ("some", &collection)]))]);
        let expected: ItemStruct = parse_quote! {
            pub struct Call {
                pub one: ::std::option::Option<#expected>,
                pub some: ::std::option::Option<::std::vec::Vec<#expected>>,
                pub extra: support::Extra,
            }
        };
        assert_eq!(struct_named(&emitted, "Call"), expected, "{name}");
    }
}

#[test]
fn only_fields_that_lead_back_to_their_owner_are_boxed() {
    let emitted = emitted([
        ("entity", complex(&[("parent", "folder")])),
        (
            "file",
            based_on(
                "entity",
                complex(&[
                    ("next", "file"),
                    ("owner", "user"),
                    ("parts", "Collection(file)"),
                ]),
            ),
        ),
        (
            "folder",
            complex(&[("main", "file"), ("files", "Collection(file)")]),
        ),
        ("user", complex(&[("name", "Edm.String")])),
    ]);
    let expected: ItemStruct = parse_quote! {
        pub struct File {
            pub next: ::std::option::Option<::std::boxed::Box<super::File>>,
            pub owner: ::std::option::Option<super::User>,
            pub parent: ::std::option::Option<::std::boxed::Box<super::Folder>>,
            pub parts: ::std::option::Option<::std::vec::Vec<super::File>>,
            pub extra: support::Extra,
        }
    };
    assert_eq!(struct_named(&emitted, "File"), expected);
    let entity: ItemStruct = parse_quote! {
        pub struct Entity {
            pub parent: ::std::option::Option<super::Folder>,
            pub extra: support::Extra,
        }
    };
    assert_eq!(
        struct_named(&emitted, "Entity"),
        entity,
        "nothing holds an entity as such"
    );
}

#[test]
fn an_enum_is_open_and_tells_which_members_are_hidden() {
    let mut types = [(
        "state",
        enumeration(&[
            "notStarted",
            "unknownFutureValue",
            "hidden",
            "unknownValue",
            "1st",
            "hidden",
        ]),
    )];
    if let Definition::Enumeration(enumeration) = &mut types[0].1.definition {
        enumeration.members[0].value = Some(-1);
        enumeration.members[0].description = Some("Not **yet**.".to_owned());
    }
    let emitted = emitted(types);
    let expected: syn::File = parse_quote! {
        /// `microsoft.graph.state`, enumeration type
        /// [(documentation)](https://learn.microsoft.com/graph/api/resources/call?view=graph-rest-1.0).
        #[non_exhaustive]
        pub enum State {
            /// Not yet. Its number is -1.
            NotStarted,
            /// The member `unknownFutureValue`. Stands for members that are sent only in reply to
            /// requests with the header `Prefer: include-unknown-enum-members`; not to be sent.
            UnknownFutureValue,
            /// The member `hidden`. Sent only in reply to requests with the header
            /// `Prefer: include-unknown-enum-members`.
            Hidden,
            /// The member `unknownValue`. Sent only in reply to requests with the header
            /// `Prefer: include-unknown-enum-members`.
            UnknownValue_,
            /// The member `1st`. Sent only in reply to requests with the header
            /// `Prefer: include-unknown-enum-members`.
            Value1st,
            /// A member that is not listed here, several members with commas between, or a number.
            UnknownValue(support::Unlisted),
        }
    };
    assert_eq!(
        [Item::Enum(enum_named(&emitted, "State"))],
        *read_again(expected)
    );
}

#[test]
fn an_enumeration_may_have_no_members() {
    let emitted = emitted([("state", enumeration(&[]))]);
    assert_eq!(enum_named(&emitted, "State").variants.len(), 1);
}

#[test]
fn docs_tell_what_a_type_is() {
    let mut entity = based_on("base", complex(&[]));
    entity.description = Some("A [base](base.md).".to_owned());
    entity.deprecated = true;
    if let Definition::Structural(structural) = &mut entity.definition {
        (structural.kind, structural.open, structural.is_abstract) =
            (StructuralKind::Entity, true, true);
    }
    let emitted = emitted([("base", complex(&[])), ("call", entity)]);
    let text = &emitted.files["src/v1_0/general.rs"];
    let expected = "\
/// A [base](https://learn.microsoft.com/graph/api/resources/base?view=graph-rest-1.0).
///
/// Deprecated.
///
/// `microsoft.graph.call`, abstract open entity type based on
/// [`microsoft.graph.base`](super::Base)
/// [(documentation)](https://learn.microsoft.com/graph/api/resources/call?view=graph-rest-1.0).
#[deprecated]
pub struct Call {";
    assert!(text.contains(expected), "{text}");
}

#[test]
fn docs_of_fields_state_facts_once() {
    let mut call = complex(&[("id", "Edm.String"), ("state", "Edm.String")]);
    if let Definition::Structural(structural) = &mut call.definition {
        for property in structural.properties.values_mut() {
            property.traits = [PropertyTrait::ReadOnly, PropertyTrait::Required].into();
        }
        if let Some(state) = structural.properties.get_mut("state") {
            state.description = Some("The state. Read-only. Can be `a`.".to_owned());
            state.values = vec!["a".to_owned(), "b`".to_owned()];
        }
    }
    let text = &emitted([("call", call)]).files["src/v1_0/general.rs"];
    assert!(
        text.contains("/// The property `id` of type `Edm.String`. Read-only. Required.\n"),
        "{text}"
    );
    assert!(
        text.contains(
            "/// The state. Read-only. Can be `a`. Required. Possible values: `a`, `` b` ``.\n"
        ),
        "{text}"
    );
}

#[test]
fn namespaces_are_modules_and_areas_are_their_files() {
    let emitted = emitted([
        (
            "call",
            in_area(
                "cloud-communications",
                complex(&[("session", "microsoft.graph.callRecords.session")]),
            ),
        ),
        ("user", in_area("call-records", complex(&[]))),
        (
            "microsoft.graph.callRecords.session",
            in_area(
                "x",
                complex(&[
                    ("call", "call"),
                    ("next", "microsoft.graph.callRecords.session"),
                ]),
            ),
        ),
        (
            "microsoft.graph.a.b.deep",
            complex(&[("session", "microsoft.graph.callRecords.session")]),
        ),
    ]);
    let paths: Vec<&str> = emitted.paths.values().map(String::as_str).collect();
    assert_eq!(
        paths,
        [
            "v1_0::a::b::Deep",
            "v1_0::Call",
            "v1_0::call_records::Session",
            "v1_0::User"
        ]
    );
    let files: Vec<&str> = emitted
        .files
        .keys()
        .map(String::as_str)
        .filter(|path| path.contains("v1_0"))
        .collect();
    let expected = [
        "src/v1_0/a/b/general.rs",
        "src/v1_0/a/b/mod.rs",
        "src/v1_0/a/mod.rs",
        "src/v1_0/call_records/mod.rs",
        "src/v1_0/call_records/x.rs",
        "src/v1_0/call_records_.rs",
        "src/v1_0/cloud_communications.rs",
        "src/v1_0/mod.rs",
    ];
    assert_eq!(files, expected);
    assert!(
        emitted.files["src/v1_0/cloud_communications.rs"]
            .contains("<::std::boxed::Box<super::call_records::Session>>")
    );
    assert!(
        emitted.files["src/v1_0/call_records/x.rs"]
            .contains("<::std::boxed::Box<super::super::Call>>")
    );
    assert!(
        emitted.files["src/v1_0/call_records/x.rs"].contains("<::std::boxed::Box<super::Session>>")
    );
    assert!(
        emitted.files["src/v1_0/a/b/general.rs"]
            .contains("<super::super::super::call_records::Session>")
    );
    let root: syn::File = parse_quote! {
        use super::support;

        #[cfg(feature = "v1_0-call-records")]
        mod call_records_;
        #[cfg(any(
            feature = "v1_0-cloud-communications",
            feature = "v1_0-general",
            feature = "v1_0-x"
        ))]
        mod cloud_communications;

        /// The types of `microsoft.graph.a`.
        pub mod a;

        /// The types of `microsoft.graph.callRecords`.
        pub mod call_records;

        #[cfg(feature = "v1_0-call-records")]
        pub use self::call_records_::*;
        #[cfg(any(
            feature = "v1_0-cloud-communications",
            feature = "v1_0-general",
            feature = "v1_0-x"
        ))]
        pub use self::cloud_communications::*;
    };
    let text = &emitted.files["src/v1_0/mod.rs"];
    assert!(
        items(&emitted, "src/v1_0/mod.rs") == read_again(root),
        "{text}"
    );
}

#[test]
fn versions_are_features() {
    let version = |short: &str| VersionSchema {
        types: BTreeMap::from([(name(short), complex(&[]))]),
    };
    let schema = Schema {
        versions: ["beta", "v1.0", "default"]
            .map(|name| (name.to_owned(), version("call")))
            .into(),
    };
    let emitted = emit(&schema, &EmitOptions::default());
    let features: Vec<_> = emitted
        .features
        .iter()
        .map(|(name, needs)| format!("{name}: {}", needs.join(" ")))
        .collect();
    assert_eq!(
        features,
        [
            "beta: beta-general",
            "beta-general: ",
            "default: beta default_ v1_0",
            "default_: default_-general",
            "default_-general: ",
            "v1_0: v1_0-general",
            "v1_0-general: "
        ]
    );
    let names = Names::new(&schema);
    assert_eq!(
        names.rust_path("beta", &name("call")).as_deref(),
        Some("beta::Call")
    );
    assert_eq!(names.rust_path("beta", &name("user")), None);
    assert_eq!(names.version_module("v1.0"), Some("v1_0"));
}

#[test]
fn what_versions_share_is_named_anew_where_its_name_is_taken_and_told_of_as_in_the_most_stable() {
    let described = |ty: Type, text: &str| Type {
        description: Some(text.to_owned()),
        ..ty
    };
    let base = || complex(&[("id", "Edm.String")]);
    let types = |text: &str| {
        [
            (name("call"), described(base(), text)),
            (name("video"), based_on("call", complex(&[]))),
        ]
    };
    let own = (name("anyCall"), base());
    let beta = types("As in beta.").into_iter().chain([own]);
    let versions = [
        (
            "beta".to_owned(),
            VersionSchema {
                types: beta.collect(),
            },
        ),
        (
            "v1.0".to_owned(),
            VersionSchema {
                types: types("As in v1.0.").into(),
            },
        ),
    ];
    let options = EmitOptions {
        share: true,
        ..EmitOptions::default()
    };
    let emitted = emit(
        &Schema {
            versions: versions.into(),
        },
        &options,
    );
    let shared = &emitted.files["src/shared/general.rs"];
    assert!(shared.contains("/// As in v1.0."), "{shared}");
    let uses = |path: &str| {
        let text = &emitted.files[path];
        let lines = text.lines().filter(|line| line.contains("AnyCall"));
        lines.map(str::trim).collect::<Vec<_>>().join("\n")
    };
    assert!(
        uses("src/beta/mod.rs").contains("AnyCall as AnyCall_"),
        "{}",
        uses("src/beta/mod.rs")
    );
    assert!(
        !uses("src/v1_0/mod.rs").contains(" as "),
        "{}",
        uses("src/v1_0/mod.rs")
    );
}

#[test]
fn any_number_of_threads_gives_the_same_files() {
    let types = (0..100).map(|number| {
        (
            TypeName::new("microsoft.graph", &format!("type{number}")),
            complex(&[("id", "Edm.Guid")]),
        )
    });
    let schema = Schema {
        versions: [(
            "v1.0".to_owned(),
            VersionSchema {
                types: types.collect(),
            },
        )]
        .into(),
    };
    let one = emit(&schema, &EmitOptions::default());
    assert_eq!(
        emit(
            &schema,
            &EmitOptions {
                threads: 3,
                ..EmitOptions::default()
            }
        ),
        one
    );
}

#[test]
fn every_file_is_rust_and_says_that_it_is_generated() {
    let odd = [
        "", "1", "self", "Self", "_", "a b", "ä", "a\u{301}", "\"", "\\", "\u{202e}", "gen",
        "extra", "Extra",
    ];
    let fields: Vec<_> = odd.iter().map(|key| (*key, "Edm.String")).collect();
    let emitted = emitted([
        ("call", in_area("aux", complex(&fields))),
        ("self", in_area("Self", enumeration(&odd))),
        (
            "Option",
            in_area("support", complex(&[("option", "Option")])),
        ),
        ("microsoft.graph.support.x", in_area("mod", complex(&[]))),
        ("microsoft.graph.type.\"quoted\"", complex(&[])),
    ]);
    for (path, text) in &emitted.files {
        assert!(
            text.starts_with("// @generated by `typedown generate`"),
            "{path}"
        );
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{path}");
        syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}\n{text}"));
        assert!(
            path.split(['/', '.'])
                .all(|part| !["", "aux"].contains(&part)),
            "{path}"
        );
    }
}

#[test]
fn a_crate_without_types_names_no_feature() {
    let version = VersionSchema::default();
    let schema = Schema {
        versions: [("beta".to_owned(), version)].into(),
    };
    let emitted = emit(&schema, &EmitOptions::default());
    assert!(emitted.features.is_empty());
    let root = &emitted.files["src/lib.rs"];
    assert!(!root.contains("feature ="), "{root}");
}
