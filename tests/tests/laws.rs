//! What must hold for any pages, however broken: nothing panics, every row is accounted for, what is saved is loaded
//! again, what is emitted is Rust, and the same docs give the same bytes.

use proptest::prelude::*;
use pulldown_cmark::{Event, Options, Parser, TagEnd};
use typedown::Generator;
use typedown::schema::Schema;
use typedown::source::MemoryFiles;

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

/// The rows of all tables of a page, counted apart from Typedown.
fn rows(text: &str) -> u32 {
    let ends = Parser::new_ext(text, Options::ENABLE_TABLES)
        .filter(|event| *event == Event::End(TagEnd::TableRow));
    u32::try_from(ends.count()).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_pages_go_all_the_way(pages in prop::collection::vec(page(), 3)) {
        let names = ["call", "tone", "state"];
        let paths: Vec<String> = names.iter().map(|name| format!("api-reference/beta/resources/{name}.md")).collect();
        let files = MemoryFiles::new(paths.iter().cloned().zip(pages.iter().cloned()));
        let generator = Generator::new().threads(1);
        let reading = generator.read(&files).unwrap();

        for (path, page) in paths.iter().zip(&pages) {
            // Front matter is no Markdown; line ends are made one kind before anything is read.
            let page = page.strip_prefix('\u{feff}').unwrap_or(page).replace("\r\n", "\n").replace('\r', "\n");
            // A page that another one includes stands in the inventory of both.
            if !page.starts_with("---") && !pages.iter().any(|page| page.contains("INCLUDE")) {
                let own = reading.tables.iter().filter(|table| *table.place.file == **path);
                let told: u32 = own.map(|table| table.used + table.diagnosed + table.set_aside - table.mended).sum();
                prop_assert_eq!(rows(&page), told, "{}", page);
            }
        }

        prop_assert_eq!(&Schema::from_lock(&reading.schema.to_lock()).unwrap(), &reading.schema);

        let output = generator.emit(&reading.schema);
        for (path, text) in output.files.iter().filter(|(path, _)| path.ends_with(".rs")) {
            prop_assert!(syn::parse_file(text).is_ok(), "{path}:\n{text}");
        }
        let again = generator.read(&files).unwrap();
        prop_assert_eq!(&again.diagnostics, &reading.diagnostics);
        prop_assert_eq!(generator.emit(&again.schema), output);
    }
}
