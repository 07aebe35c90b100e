use super::{Doc, PageIndex, Part};
use crate::rust::context::{Context, World};
use crate::rust::descendants::Descendants;
use crate::rust::layout::Names;
use crate::rust::recursion::Recursion;
use crate::rust::{Customizations, Mode, TypeMappings};
use crate::schema::{Definition, EnumType, Schema, Source, Type, TypeName, VersionSchema};
use proptest::prelude::*;
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag};
use std::cell::Cell;

/// A version with one type for each pair of a name and a page.
fn schema(types: &[(&str, &str)]) -> Schema {
    let mut version = VersionSchema::default();
    for (name, page) in types {
        let ty = Type {
            definition: Definition::Enumeration(EnumType::default()),
            description: None,
            deprecated: false,
            area: None,
            source: Source {
                page: format!("api-reference/v1.0/resources/{page}").into(),
                line: 1,
            },
        };
        version
            .types
            .insert(TypeName::parse(name).expect("a qualified name"), ty);
    }
    Schema {
        versions: [("v1.0".to_owned(), version)].into(),
    }
}

/// The lines that a description becomes, on a page beside those of two types.
fn lines(markdown: &str) -> Vec<String> {
    let schema = schema(&[
        ("microsoft.graph.call", "call.md"),
        ("microsoft.graph.resultInfo", "resultinfo.md"),
        ("microsoft.graph.callState", "call.md"),
    ]);
    let names = Names::new(&schema);
    let (version, names) = (&schema.versions["v1.0"], &names.versions["v1.0"]);
    let descendants = Descendants::new(version);
    let world = World {
        mode: Mode::Table,
        types: TypeMappings::default(),
        customizations: &Customizations::default(),
        whole: &schema,
        version_name: "v1.0",
        version,
        names,
        recursion: &Recursion::new(version, &descendants),
        descendants: &descendants,
        pages: &PageIndex::new(version),
    };
    let context = Context::new(world, &names.namespaces[0]);
    let links = context.links("api-reference/v1.0/resources/call.md");
    let mut doc = Doc::default();
    doc.text(markdown, &links);
    lines_of(&doc)
}

/// The lines of a comment, without its marks.
fn lines_of(doc: &Doc) -> Vec<String> {
    let mut text = String::new();
    doc.lines("///", &mut text);
    let lines = text.lines().map(|line| {
        let line = line.strip_prefix("///").unwrap();
        line.strip_prefix(' ').unwrap_or(line).to_owned()
    });
    lines.collect()
}

#[track_caller]
fn becomes(markdown: &str, expected: &str) {
    assert_eq!(lines(markdown).join("\n"), expected);
}

#[test]
fn text_is_escaped_only_where_it_must_be() {
    becomes(
        "R&D, 5 < 6, $select! snake_case ~ 'x'",
        "R&D, 5 \\< 6, $select! snake_case \\~ 'x'",
    );
    becomes("_a &amp;amp; b", "\\_a \\&amp; b");
}

#[test]
fn text_code_and_paragraphs_stay() {
    becomes("The state of the `call`.", "The state of the `call`.");
    becomes("One.\n\nTwo,\nthree.", "One.\n\nTwo, three.");
    becomes("**Bold** and *slanted* text", "Bold and slanted text");
    becomes("``a`b``", "``a`b``");
}

#[test]
fn links_to_pages_of_types_lead_to_the_items() {
    becomes(
        "A [resultInfo](resultinfo.md).",
        "A [resultInfo](super::ResultInfo).",
    );
    becomes(
        "[Info](../resources/ResultInfo.md)",
        "[Info](super::ResultInfo)",
    );
    becomes(
        "[`state`](#callstate-values)",
        "[`state`](super::CallState)",
    );
    becomes("[call](call.md)", "[call](super::Call)");
}

#[test]
fn other_links_lead_to_the_site_of_the_docs() {
    let site = "https://learn.microsoft.com/graph";
    becomes(
        "[x](../api/call-get.md)",
        &format!("[x]({site}/api/call-get?view=graph-rest-1.0)"),
    );
    becomes(
        "[x](user.md#properties)",
        &format!("[x]({site}/api/resources/user?view=graph-rest-1.0#properties)"),
    );
    becomes(
        "[x](../../beta/resources/user.md)",
        &format!("[x]({site}/api/resources/user?view=graph-rest-beta)"),
    );
    becomes(
        "[x](#properties)",
        &format!("[x]({site}/api/resources/call?view=graph-rest-1.0#properties)"),
    );
    becomes("[x](/graph/paging)", &format!("[x]({site}/paging)"));
    becomes(
        "[x](../../../concepts/paging.md)",
        &format!("[x]({site}/paging)"),
    );
    becomes("[x](https://example.com/a)", "[x](https://example.com/a)");
}

#[test]
fn links_to_nowhere_leave_their_labels() {
    for url in [
        "javascript:x()",
        "vscode://x",
        "//example.com",
        "x.png",
        "C:\\x.md",
        "mailto:x",
    ] {
        becomes(&format!("a [b c](<{url}>) d"), "a b c d");
    }
    becomes("![a picture](https://example.com/x.png)", "a picture");
    becomes("a [](resultinfo.md) b", "a b");
    becomes("htt[ps://a.bc](x:y) &[lt;](x:y)", "`https://a.bc` \\&lt;");
}

#[test]
fn a_link_in_the_label_of_another_is_its_label() {
    becomes(
        "a [b <https://c.de>](https://f.gh)",
        "a [b `https://c.de`](https://f.gh)",
    );
}

#[test]
fn nothing_becomes_a_link_to_an_item_by_accident() {
    becomes(
        "An array [string] of [T][0].",
        "An array \\[string\\] of \\[T\\]\\[0\\].",
    );
    becomes("Wow\\![x](/y)", "Wow\\![x](https://learn.microsoft.com/y)");
}

#[test]
fn html_goes_and_its_text_stays() {
    becomes("a<br>b <b>c</b><!-- d --> e", "a b c e");
    becomes("<div>a<p>b</div>", "a b");
    becomes("Collection\\<T> &lt;T&gt;", "Collection\\<T> \\<T>");
}

#[test]
fn blocks_become_paragraphs() {
    becomes(
        "# Title\n\ntext\n\n- a\n- b\n\n> [!NOTE]\n> c",
        "Title\n\ntext\n\na\n\nb\n\n\\[!NOTE\\] c",
    );
    becomes("a\n\n    fn main() {}\n\nb", "a\n\n`fn main() {}`\n\nb");
    becomes("a\n```json\n{\n}\n```\nb", "a\n\nb");
    becomes("a\n\n---\n\nb", "a\n\nb");
}

#[test]
fn bare_urls_become_code() {
    becomes(
        "see https://example.com/a?b=c.",
        "see `https://example.com/a?b=c`.",
    );
    becomes("(http://x.com)", "(`http://x.com`)");
}

#[test]
fn no_line_begins_a_block() {
    for word in [
        "-", "+", "*", "#", ">", "=", "1.", "23)", "~~~", "|", ":", "===",
    ] {
        let text = format!(
            "{} {} end",
            "x".repeat(86),
            word.replace(['*', '~', '|'], "\\$0")
        );
        let text = text.replace("\\$0", word);
        let lines = lines(&text);
        assert!(lines.len() > 1 || word.len() > 3, "{lines:?}");
        assert_safe(&lines);
    }
}

#[test]
fn lines_are_short() {
    let lines = lines(&"A sentence of the docs with a [link to it](resultinfo.md). ".repeat(20));
    assert!(lines.iter().all(|line| line.len() <= 90), "{lines:?}");
}

#[test]
fn characters_that_turn_the_line_are_dropped() {
    becomes("a\u{202e}b\u{2066}c\u{0}\u{1b}d `e\u{202d}f`", "abcd `ef`");
}

#[test]
fn own_parts_escape_what_comes_from_elsewhere() {
    let mut doc = Doc::default();
    doc.paragraph(&[Part::Own("The member "), Part::Code("a`b"), Part::Own(".")]);
    doc.append(&[Part::Link("here", "https://example.com/(a b)")]);
    assert_eq!(
        lines_of(&doc),
        ["The member ``a`b``. [here](https://example.com/%28a%20b%29)"]
    );
}

/// Reads lines as rustdoc does and looks for what a description must not become.
#[track_caller]
fn assert_safe(lines: &[String]) -> String {
    let text = lines.join("\n");
    assert!(!text.contains('\r'), "{text:?}");
    let broken = Cell::new(false);
    let callback = |_: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
        broken.set(true);
        None
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut kept = String::new();
    for event in Parser::new_with_broken_link_callback(&text, options, Some(callback)) {
        match event {
            Event::Start(Tag::Paragraph) => {}
            Event::Start(Tag::Link {
                link_type,
                dest_url,
                ..
            }) => {
                assert_eq!(link_type, LinkType::Inline, "{text}");
                let lower = dest_url.to_lowercase();
                let is_mail = lower.starts_with("mailto:") && !lower.contains('#');
                let known = dest_url.starts_with("super::")
                    || lower.starts_with("http://")
                    || lower.starts_with("https://")
                    || is_mail;
                assert!(known, "{dest_url} in {text}");
            }
            Event::Start(tag) => panic!("{tag:?} in {text}"),
            Event::Text(text) => {
                let bare = text.contains("http://") || text.contains("https://");
                assert!(!bare, "{text}");
                kept.push_str(&text);
            }
            Event::Code(code) => kept.push_str(&code),
            Event::SoftBreak | Event::End(_) => {}
            event => panic!("{event:?} in {text}"),
        }
    }
    assert!(!broken.get(), "{text}");
    kept
}

/// The letters and digits of a text, in which nothing that Markdown or typography changes is left.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Text in which Markdown has much to find.
fn markdown() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zA-Z0-9]{1,8}",
        3 => "[ \t\n]{1,3}",
        4 => r"[-+*#>=_~|`\[\]()<>!&\\:.'\x22$^{}@/?;,0-9]{1,4}",
        1 => prop::sample::select(vec![
            "```", "\n    ", "\n\n", "<br>", "<!--", "-->", "<script>", "</div>", "https://a.bc/", "[x](call.md)",
            "[x](", "![", "&amp;", "&#35;", "[^1]", "[^1]: ", "- [ ] ", "|-|-|", "\n---\n", "\n===\n", "\r", "\r\n",
            "<https://a.bc>", "a@b.cd", "[a]: http://b.cd", "``", "1. ", "`a`", "http://", "htt[ps://a.bc](x:y)", "&[lt;](x:y)", "[x <https://a.bc>](https://b.cd)", "[x](mailto:a@b.c#d)", "\u{85}", "\u{2028}", "\0",
            "/// ", "*/", "\\\n", "  \n", "<a href=\"x\">", "<?", "<![CDATA[", "[](call.md)", "\u{a0}",
        ]).prop_map(str::to_owned),
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2048, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_docs_say_is_safe(text in markdown()) {
        assert_safe(&lines(&text));
    }

    #[test]
    fn text_is_kept(words in prop::collection::vec("[^<>`\\\\\u{0}-\u{1f}\u{7f}-\u{9f}&\\[\\]]{1,8}", 0..20)) {
        let text = words.join(" ");
        let read: String = Parser::new(&text)
            .filter_map(|event| match event {
                Event::Text(text) | Event::Code(text) => Some(text.into_string()),
                _ => None,
            })
            .collect();
        let has_blocks = Parser::new(&text).any(|event| matches!(event, Event::Start(Tag::CodeBlock(_))));
        prop_assume!(!has_blocks);
        prop_assert_eq!(letters(&assert_safe(&lines(&text))), letters(&read));
    }
}
