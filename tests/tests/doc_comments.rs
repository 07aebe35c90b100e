//! Every emitted doc comment, read again as rustdoc reads it: nothing that pages say is code that it would run, HTML, or a
//! link that leads nowhere.

use std::collections::BTreeMap;

use proptest::prelude::*;
use typedown::Generator;
use typedown::rust::Mode;
use typedown::schema::{
    Definition, EnumType, Evidence, Member, Property, Schema, Source, StructuralKind,
    StructuralType, Type, TypeName, TypeRef, VersionSchema,
};
use typedown_tests::rustdoc::Docs;
use typedown_tests::{corpus, workspace};

/// Text in which Markdown, rustdoc and the compiler have much to find.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zA-Z0-9]{1,8}",
        3 => "[ \t\n]{1,3}",
        4 => r"[-+*#>=_~|`\[\]()<>!&\\:.'\x22$^{}@/?;,0-9]{1,4}",
        4 => prop::sample::select(vec![
            "```", "```rust\n", "```\npwned!()\n```", "\n~~~\n", "\n    pwned!();\n", "\n\tpwned!();\n", "\n> ", "\n- ", "\n1. ",
            "\n\n", "<br>", "<!--", "-->", "<script>", "</div>", "<?", "<![CDATA[", "<a href=\"x\">", "https://a.bc/", "http://",
            "htt", "ps://x.yz", "htt[ps://x.yz](x:y)", "&[lt;](x:y)", "://", "[x](call.md)", "[](call.md)", "[x](", "](", "![", "[p](x:y)", "[`std::process::exit`]",
            "[std::process::exit]", "[a][b]", "[a]: http://b.cd\n", "[x](mailto:a@b.c#d)", "[x](MAILTO:a.b#c)", "[x](https:a)",
            "[x](super::Tone)", "[x](struct@Foo)", "[x](#a#b)", "&amp;", "&#35;", "&#x60;", "&lt;", "[^1]", "\n[^1]: x\n",
            "- [ ] ", "\n|a|b|\n|-|-|\n", "\n---\n", "\n===\n", "\r", "\r\n", "<https://a.bc>", "a@b.cd", "``", "`a`", "\u{85}",
            "\u{2028}", "\0", "/// ", "//! ", "*/", "/*", "#![x]", "\\\n", "  \n", "\u{a0}", "\u{202e}", "\u{200b}", "\u{1b}[2J",
            "\u{feff}", "\u{3000}", "--", "...", "\"]", "'", "$`x`$", "**", "__", "***", "{{", "}}", "::: zone\n", "[!NOTE]\n",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// The path of a page, at times one that nobody would choose.
fn page() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => Just("api-reference/v1.0/resources/call.md".to_owned()),
        1 => "[^/\u{0}]{1,12}".prop_map(|name| format!("api-reference/v1.0/resources/{name}.md")),
        1 => "[^\u{0}]{0,16}",
    ]
}

/// A schema in which texts stand wherever a page can say something.
fn schema(texts: &[String], page: &str, version: &str) -> Schema {
    let source = Source {
        page: page.into(),
        line: 1,
    };
    let property = |(at, text): (usize, &String)| {
        let property = Property {
            ty: TypeRef::parse("Edm.String").unwrap(),
            navigation: false,
            description: Some(text.clone()),
            values: vec![text.clone(), "x".to_owned()],
            traits: Default::default(),
            evidence: Evidence::Table,
            source: source.clone(),
        };
        (format!("p{at}"), property)
    };
    let structural = StructuralType {
        kind: StructuralKind::Complex,
        base: None,
        open: false,
        is_abstract: false,
        has_stream: false,
        key: Vec::new(),
        properties: texts.iter().enumerate().map(property).collect(),
    };
    let member = |(at, text): (usize, &String)| Member {
        name: format!("m{at}"),
        value: None,
        description: Some(text.clone()),
        source: source.clone(),
    };
    let enumeration = EnumType {
        members: texts.iter().enumerate().map(member).collect(),
        flags: false,
    };
    let ty = |definition| Type {
        definition,
        description: texts.first().cloned(),
        deprecated: false,
        area: None,
        source: source.clone(),
    };
    let types = [
        ("microsoft.graph.call", Definition::Structural(structural)),
        (
            "microsoft.graph.callState",
            Definition::Enumeration(enumeration),
        ),
    ];
    let types = types.map(|(name, definition)| (TypeName::parse(name).unwrap(), ty(definition)));
    let version = (
        version.to_owned(),
        VersionSchema {
            types: types.into(),
        },
    );
    Schema {
        versions: [version].into(),
    }
}

fn emitted(schema: &Schema, mode: Mode) -> BTreeMap<String, String> {
    Generator::new()
        .threads(1)
        .mode(mode)
        .emit(schema)
        .unwrap()
        .files
}

/// What is wrong with the comments that are emitted for a schema, and how many of them there are.
fn problems(schema: &Schema, mode: Mode) -> (Vec<String>, usize) {
    let docs = Docs::of(&emitted(schema, mode)).unwrap();
    (docs.problems(), docs.comments.len())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_pages_say_is_text(
        texts in prop::collection::vec(hostile(), 1..16),
        page in page(),
        version in prop_oneof![4 => Just("v1.0".to_owned()), 1 => "[^/\u{0}]{1,12}"],
    ) {
        // Types that derive what they can do have the same comments, and no support module to write.
        let (problems, _) = problems(&schema(&texts, &page, &version), Mode::Derive);
        prop_assert!(problems.is_empty(), "{:#?}", problems);
    }
}

fn read(docs: &std::path::Path) -> Schema {
    Generator::new().docs(docs).read_docs().unwrap().schema
}

#[test]
fn comments_of_docs_input_are_text_in_both_modes() {
    let schema = read(&workspace().join("docs-input"));
    for mode in [Mode::Table, Mode::Derive] {
        let (problems, comments) = problems(&schema, mode);
        assert!(problems.is_empty(), "{problems:#?}");
        assert!(comments > 500, "{comments}");
    }
}

#[test]
fn comments_of_all_fixtures_are_text() {
    let mut comments = 0;
    for fixture in workspace().join("tests/fixtures").read_dir().unwrap() {
        let docs = fixture.unwrap().path().join("docs");
        let Ok(reading) = Generator::new().docs(&docs).read_docs() else {
            continue;
        };
        let (problems, found) = problems(&reading.schema, Mode::Table);
        assert!(problems.is_empty(), "{}: {problems:#?}", docs.display());
        comments += found;
    }
    assert!(comments > 500, "{comments}");
}

#[test]
fn comments_of_the_whole_docs_are_text() {
    let Some(corpus) = corpus("comments_of_the_whole_docs_are_text") else {
        return;
    };
    for docs in corpus.join("docs").read_dir().unwrap() {
        let docs = docs.unwrap().path();
        let (problems, comments) = problems(&read(&docs), Mode::Table);
        assert!(problems.is_empty(), "{}: {problems:#?}", docs.display());
        assert!(comments > 5000, "{}: {comments}", docs.display());
    }
}
