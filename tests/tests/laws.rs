//! What must hold for any pages, however broken: nothing panics, every row is accounted for, what is saved is loaded
//! again, what is emitted is Rust, and the same docs give the same bytes.

use proptest::prelude::*;
use typedown::diagnostic::Code;
use typedown::overrides::{Kind, Override};
use typedown::schema::{Definition, Evidence, Schema, Type, TypeName, TypeRef};
use typedown::source::MemoryFiles;
use typedown::{Generator, Reading};
use typedown_tests::laws;

/// A name, at times a bad one.
fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(vec!["id", "call", "state", "callState", "tone", "self", "type", "Extra", "eTag", "x_1"])
            .prop_map(str::to_owned),
        1 => "[a-zA-Z0-9_.@#$`*|\\\\ -]{0,12}",
        1 => prop::sample::select(vec!["状态", "", "**bold**", "a (deprecated)", "@odata.type", "Größe", "1099", "\u{202e}x"])
            .prop_map(str::to_owned),
    ]
}

fn type_cell() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "String",
            "Int32",
            "Collection(String)",
            "[call](call.md) collection",
            "[tone](tone.md)",
            "callState",
            "[a](a.md) or [b](b.md)",
            "[x](",
            "",
            "some remark about it",
            "microsoft.graph.call",
            "Collection(",
            "[call](#call-values)",
        ])
        .prop_map(str::to_owned),
        "[a-zA-Z\\[\\]()#./ ]{0,16}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "Possible values are: `a`, `b`. Read-only.",
            "Inherited from [call](call.md).",
            "```rust",
            "<br>x<br>",
            "[!INCLUDE [x](tone.md)]",
            "*/ //! x",
        ])
        .prop_map(str::to_owned),
        any::<String>().prop_map(|text| text.replace(['\n', '\r'], " ")),
    ]
}

fn row() -> impl Strategy<Value = String> {
    (name(), type_cell(), text()).prop_map(|(name, ty, text)| format!("|{name}|{ty}|{text}|\n"))
}

fn block() -> impl Strategy<Value = String> {
    let table = |header: &'static str| {
        prop::collection::vec(row(), 0..5)
            .prop_map(move |rows| format!("{header}|-|-|-|\n{}\n", rows.concat()))
    };
    prop_oneof![
        3 => table("## Properties\n\n|Property|Type|Description|\n"),
        1 => table("## Relationships\n\n|Relationship|Type|Description|\n"),
        1 => table("### callState values\n\n|Member|Value|Description|\n"),
        1 => table("## Derived types\n\n|Type|Value|Description|\n"),
        2 => (name(), name(), type_cell()).prop_map(|(ty, key, value)| {
            format!("<!-- {{\"blockType\": \"resource\", \"@odata.type\": \"n.{ty}\", \"baseType\": \"n.{key}\"}} -->\n```json\n{{\"{key}\": \"{value}\", \"id\": [1]}}\n```\n\n")
        }),
        1 => text().prop_map(|text| format!("{text}\n\n")),
        1 => (name()).prop_map(|name| format!("# {name} resource type\n\nInherits from [{name}](call.md).\n\n")),
        1 => any::<String>(),
    ]
}

fn page() -> impl Strategy<Value = String> {
    (name(), prop::collection::vec(block(), 0..5))
        .prop_map(|(name, blocks)| format!("# {name} resource type\n\n{}", blocks.concat()))
}

/// Overrides that say what a type is anyhow.
fn sayings(name: &TypeName, ty: &Type) -> Vec<Override> {
    let own = Override {
        rename: Some(name.short().to_owned()),
        kind: Kind::ALL
            .into_iter()
            .find(|kind| kind.name() == ty.kind_name()),
        ..Override::of(name.as_str())
    };
    match &ty.definition {
        Definition::Structural(structural) => {
            let mut sayings = vec![Override {
                base: Some(structural.base.as_ref().map(|base| base.name.clone())),
                ..own
            }];
            sayings.extend(structural.properties.iter().map(|(property, is)| Override {
                ty: Some(is.ty.clone()),
                values: (is.ty.to_string() == "Edm.String").then(|| is.values.clone()),
                ..Override::of(format!("{name}/{property}"))
            }));
            sayings
        }
        Definition::Enumeration(enumeration) => vec![Override {
            values: Some(
                enumeration
                    .members
                    .iter()
                    .map(|member| member.name.clone())
                    .collect(),
            ),
            ..own
        }],
    }
}

/// What an override may do, whether it makes sense or not.
fn verbs() -> impl Strategy<Value = Override> {
    let names = || {
        prop::sample::select(vec![
            "call",
            "tone",
            "id",
            "callState",
            "n.call",
            "microsoft.graph.tone",
        ])
    };
    let types = names().prop_map(|name| TypeRef::parse(&format!("microsoft.graph.{name}")));
    let bases = names().prop_map(|name| TypeName::parse(&format!("microsoft.graph.{name}")));
    let of = || Override::of("");
    prop_oneof![
        names().prop_map(move |name| Override {
            rename: Some(name.to_owned()),
            ..of()
        }),
        types.prop_map(move |ty| Override { ty, ..of() }),
        bases.prop_map(move |base| Override {
            base: Some(base),
            ..of()
        }),
        prop::sample::select(Kind::ALL.to_vec()).prop_map(move |kind| Override {
            kind: Some(kind),
            ..of()
        }),
        prop::collection::vec(names(), 0..3).prop_map(move |values| Override {
            values: Some(values.into_iter().map(str::to_owned).collect()),
            ..of()
        }),
        Just(Override { skip: true, ..of() }),
    ]
}

/// The schema without what decided its types and bases.
fn blind(mut schema: Schema) -> Schema {
    for ty in schema
        .versions
        .values_mut()
        .flat_map(|types| types.types.values_mut())
    {
        if let Definition::Structural(structural) = &mut ty.definition {
            structural
                .properties
                .values_mut()
                .for_each(|property| property.evidence = Evidence::Override);
            structural
                .base
                .iter_mut()
                .for_each(|base| base.evidence = Evidence::Override);
        }
    }
    schema
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pages_go_all_the_way(pages in prop::collection::vec(page(), 3)) {
        let names = ["call", "tone", "state"];
        let paths = names.iter().map(|name| format!("api-reference/beta/resources/{name}.md"));
        let files: Vec<(String, Vec<u8>)> = paths.zip(pages.into_iter().map(String::into_bytes)).collect();
        let reading = laws::pages::hold(&files);

        let files = MemoryFiles::new(files);
        let output = Generator::new().threads(1).emit(&reading.schema).unwrap();
        laws::emitted::holds(&output.files);
        for threads in [1, 2] {
            let generator = Generator::new().threads(threads);
            let again = generator.read(&files).unwrap();
            prop_assert_eq!(&again.diagnostics, &reading.diagnostics);
            prop_assert_eq!(&generator.emit(&again.schema).unwrap(), &output);
        }
    }

    #[test]
    fn overrides_that_say_what_is_there_change_nothing(pages in prop::collection::vec(page(), 3)) {
        let files = MemoryFiles::new(
            ["call", "tone", "state"]
                .iter()
                .map(|name| format!("api-reference/beta/resources/{name}.md"))
                .zip(pages),
        );
        let generator = Generator::new().threads(1);
        let Reading { schema, diagnostics, .. } = generator.read(&files).unwrap();
        // Of two rows for one property the second may be all that implies an enumeration; an override decides both.
        prop_assume!(diagnostics.iter().all(|diagnostic| diagnostic.code != Code::PropertyConflict));
        let sayings: Vec<Override> = schema.versions["beta"]
            .types
            .iter()
            .flat_map(|(name, ty)| sayings(name, ty))
            // Names that no override can hold.
            .filter(|entry| !entry.path.contains([' ']) && entry.path.matches('/').count() < 2)
            .collect();
        let reading = generator.overrides(sayings).read(&files);
        let reading = reading.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(blind(reading.schema), blind(schema));
    }

    #[test]
    fn any_overrides_hold_or_are_refused(
        pages in prop::collection::vec(page(), 3),
        entries in prop::collection::vec((any::<prop::sample::Index>(), verbs()), 1..4),
    ) {
        let files = MemoryFiles::new(
            ["call", "tone", "state"]
                .iter()
                .map(|name| format!("api-reference/beta/resources/{name}.md"))
                .zip(pages),
        );
        let generator = Generator::new().threads(1);
        let schema = generator.read(&files).unwrap().schema;
        let paths: Vec<String> = schema.versions["beta"]
            .types
            .iter()
            .flat_map(|(name, ty)| sayings(name, ty))
            .map(|entry| entry.path)
            .collect();
        prop_assume!(!paths.is_empty());
        let overrides = entries.into_iter().map(|(at, verb)| Override { path: at.get(&paths).clone(), ..verb });
        // A lock file is refused if a name in it leads nowhere.
        if let Ok(reading) = generator.overrides(overrides).read(&files) {
            prop_assert_eq!(&Schema::from_lock(&reading.schema.to_lock()).unwrap(), &reading.schema);
        }
    }
}
