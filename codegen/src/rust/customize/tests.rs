use super::*;
use crate::rust::tests::{based_on, complex, enumeration, name, schema, struct_named};
use crate::rust::{EmitOptions, Emitted, emit};
use crate::schema::Schema;
use syn::parse_quote;

fn small() -> Schema {
    schema([
        (
            "call",
            complex(&[
                ("id", "Edm.String"),
                ("length", "Edm.Duration"),
                ("parts", "Collection(part)"),
                ("state", "callState"),
            ]),
        ),
        ("callState", enumeration(&["running"])),
        ("part", complex(&[("id", "Edm.String")])),
    ])
}

fn emitted(customizations: Customizations) -> Emitted {
    let options = EmitOptions {
        customizations,
        ..EmitOptions::default()
    };
    emit(&small(), &options)
}

fn entries(list: &[(&str, &str)]) -> Vec<Customization> {
    let entries = list.iter();
    entries
        .map(|(path, source)| Customization::new(*path, *source))
        .collect()
}

#[test]
fn paths_match_as_those_of_prost_do() {
    let table = [
        (".", true),
        (".microsoft", true),
        (".microsoft.graph.call", true),
        (".microsoft.graph.ca", false),
        (".call", false),
        ("call", true),
        ("graph.CALL", true),
        ("all", false),
        ("Edm.String", false),
    ];
    for (path, expected) in table {
        assert_eq!(
            matches_type(path, "microsoft.graph.call"),
            expected,
            "{path}"
        );
    }
    assert!(matches_type("Edm.Duration", "Edm.Duration"));
    assert!(!matches_type(".", "Edm.Duration"));
    assert!(!matches_type("duration", "Edm.Duration"));
}

#[test]
fn attributes_and_derives_stand_on_what_they_match() {
    let emitted = emitted(Customizations {
        attributes: entries(&[("call", "#[must_use]"), ("./id", "#[doc(alias = \"key\")]")]),
        derives: entries(&[("part", "Eq, Hash")]),
        ..Customizations::default()
    });
    let text = &emitted.files["src/v1_0/general.rs"];
    for expected in [
        "#[must_use]\npub struct Call {",
        "#[derive(Eq, Hash)]\npub struct Part {",
        "    #[doc(alias = \"key\")]\n    pub id: ",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
    assert_eq!(text.matches("#[must_use]").count(), 1);
    assert_eq!(text.matches("alias").count(), 2);
}

#[test]
fn replaced_types_are_not_emitted_and_fields_are_of_what_replaces_them() {
    let emitted = emitted(Customizations {
        replacements: entries(&[
            ("part", "my::Part"),
            ("Edm.Duration", "my::Length"),
            ("call/state", "u8"),
        ]),
        ..Customizations::default()
    });
    let expected: syn::ItemStruct = parse_quote! {
        pub struct Call {
            pub id: ::std::option::Option<::std::string::String>,
            pub length: ::std::option::Option<my::Length>,
            pub parts: ::std::option::Option<::std::vec::Vec<my::Part>>,
            pub state: ::std::option::Option<u8>,
            pub extra: support::Extra,
        }
    };
    assert_eq!(struct_named(&emitted, "Call"), expected);
    let text = &emitted.files["src/v1_0/general.rs"];
    assert!(!text.contains("pub struct Part"), "{text}");
    assert!(text.contains("Foreign = \"parts\""), "{text}");
    let paths: Vec<&String> = emitted.paths.values().collect();
    assert_eq!(paths, ["v1_0::Call", "v1_0::CallState"]);
    assert_eq!(name("part").short(), "part");
}

#[test]
fn traits_that_a_type_has_are_not_derived_again() {
    let emitted = emitted(Customizations {
        derives: entries(&[(".", "Eq, Hash"), (".", "std::hash::Hash, PartialOrd")]),
        ..Customizations::default()
    });
    let text = &emitted.files["src/v1_0/general.rs"];
    for expected in [
        "#[derive(Eq, Hash, PartialOrd)]\npub struct Call {",
        "#[derive(PartialOrd)]\n#[non_exhaustive]\npub enum CallState {",
    ] {
        assert!(text.contains(expected), "{expected}\n{text}");
    }
}

#[test]
fn the_enum_of_a_family_derives_what_all_of_its_types_do() {
    let schema = schema([
        ("call", complex(&[("id", "Edm.String")])),
        ("video", based_on("call", complex(&[]))),
    ]);
    let derives = |derives| {
        let options = EmitOptions {
            customizations: Customizations {
                derives: entries(derives),
                ..Customizations::default()
            },
            ..EmitOptions::default()
        };
        let text = &emit(&schema, &options).files["src/v1_0/general.rs"];
        let (before, _) = text.split_once("#[non_exhaustive]").expect("a family");
        before.lines().last().unwrap_or_default().to_owned()
    };
    assert_eq!(
        derives(&[("call", "Eq, Hash"), ("video", "Eq")]),
        "#[derive(Eq)]"
    );
    assert!(!derives(&[("call", "Eq")]).contains("derive"));
}

#[test]
fn what_matches_nothing_or_is_no_rust_is_an_error_that_offers_what_may_be_meant() {
    let customizations = Customizations {
        attributes: entries(&[
            ("cal", "#[must_use]"),
            ("call", "must_use"),
            ("call/ids", "#[x]"),
        ]),
        derives: entries(&[
            ("call/id", "Eq"),
            ("call", "Eq+"),
            ("callState", "x::Display, std::hash::Hash"),
            ("call", "Eq, Debug"),
            ("part", "Eq"),
        ]),
        replacements: entries(&[
            ("Edm.Length", "u8"),
            ("Duration", "u8"),
            ("Edm.Guid", "u8"),
            ("call/length", "u 8"),
            ("callState/running", "u8"),
            ("callState/*", "u8"),
            ("part", "u8"),
            ("PART", "u16"),
            ("part/id", "u8"),
            ("call/*", "u8"),
            ("call/id", "u8"),
        ]),
    };
    let errors = customizations.check(&small(), Mode::Table).unwrap_err();
    let messages: Vec<&str> = errors.iter().map(|error| error.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "attribute: no type matches `cal`; did you mean `call`?",
            "attribute: expected Rust such as `#[must_use]`, found `must_use`",
            "attribute: no type that `call` matches has a property or member `ids`; did you mean `id`?",
            "derive: expected a path of types, found `call/id`",
            "derive: expected Rust such as `Eq, Hash`, found `Eq+`",
            "derive: all that `callState` matches has `Display` without it",
            "derive: all that `call` matches has `Debug` without it",
            "derive: all that `part` matches is replaced",
            "replace: no type matches `Edm.Length`",
            "replace: no type matches `Duration`; did you mean `Edm.Duration`?",
            "replace: no property is of the type `Edm.Guid`",
            "replace: expected Rust such as `my_crate::Type`, found `u 8`",
            "replace: no type that `callState` matches has a property `running`",
            "replace: no type that `callState` matches has a property",
            "replace: all that `PART` matches is replaced by what stands before it",
            "replace: all that `part` matches is replaced",
            "replace: all that `call/id` matches is replaced by what stands before it",
        ]
    );
    assert!(
        errors[0].to_string().contains("customize/tests.rs:"),
        "{}",
        errors[0]
    );
}
