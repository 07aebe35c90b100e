use super::*;
use crate::page::Page;
use crate::source::MemoryFiles;

fn page(text: &str) -> Page {
    let files = MemoryFiles::new([("v/resources/a.md", text)]);
    Page::read(&files, "v/resources/a.md".into())
}

fn paragraph(text: &str) -> Inline {
    match page(text).blocks.into_iter().next() {
        Some(Block::Paragraph(inline)) => inline,
        other => panic!("{other:?}"),
    }
}

fn lexicon(language: &str) -> &'static Lexicon {
    let found = all().iter().find(|lexicon| lexicon.language == language);
    found.unwrap_or_else(|| panic!("no lexicon {language}"))
}

#[test]
fn every_file_has_what_a_lexicon_has_and_nothing_else() {
    let sections = ["cells", "headers", "headings", "none", "prose", "titles"];
    for (language, text) in SOURCES {
        let json: Value =
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{language}: {error}"));
        let keys: Vec<&str> = json
            .as_object()
            .into_iter()
            .flatten()
            .map(|(key, _)| key.as_str())
            .collect();
        assert_eq!(keys, sections, "{language}");
        for section in sections {
            let words = match section {
                "none" => strings(&json[section]).count(),
                _ => entries(&json[section]).len(),
            };
            assert!(words > 0, "{language}: {section}");
        }
    }
    assert_eq!(SOURCES.len(), 7);
}

#[test]
fn type_cells_are_given_in_english() {
    for (language, cell, expected) in [
        ("de", "Zeichenfolge", "String"),
        ("de", "Zeichenfolgenauflistung", "String collection"),
        ("de", "Boolescher Wert", "Boolean"),
        ("de", "Sammlung von Objekten des Typs x", "collection x"),
        ("de", "Ereignissammlung", "Ereignis collection"),
        ("de", "String-Sammlung", "String collection"),
        ("de", "Datumswert", "Datumswert"),
        ("zh", "字符串集合", "String collection"),
        ("zh", "String 集合", "String collection"),
        ("ja", "文字列のコレクション", "String collection"),
        ("fr", "Collection de chaînes", "collection String"),
        ("es", "Colección de cadenas", "collection String"),
        ("ru", "Коллекция строк", "collection строк"),
    ] {
        let gloss = lexicon(language).cell(&paragraph(cell));
        let words: Vec<&str> = gloss.text.split_whitespace().collect();
        assert_eq!(words.join(" "), expected, "{cell}");
    }
}

#[test]
fn marks_keep_their_words() {
    let cell = lexicon("de").cell(&paragraph(
        "[Ereignissammlung](event.md) oder [a](a.md)-Sammlung",
    ));
    let links: Vec<_> = cell.links().collect();
    assert_eq!(links, [("Ereignis collection", "event.md"), ("a", "a.md")]);
    let text = lexicon("zh").prose(&paragraph("可取值为：`只读`、`a`。只读。"));
    assert_eq!(
        text.text,
        "possible values are: `只读`, `a`. read-only. ".replace('`', "")
    );
    assert_eq!(
        text.codes().map(|(code, _)| code).collect::<Vec<_>>(),
        ["只读", "a"]
    );
}

#[test]
fn the_language_is_what_the_front_matter_or_else_the_headers_say() {
    let of_text = |text: &str| of(&page(text)).map(|lexicon| lexicon.language);
    assert_eq!(
        of_text("---\nms.contentlocale: de-DE\n---\n# x\n"),
        Some("de")
    );
    assert_eq!(of_text("---\nms.contentlocale: xx-XX\n---\n# x\n"), None);
    assert_eq!(
        of_text("# x\n\n## 属性\n\n|属性|类型|\n|-|-|\n"),
        Some("zh")
    );
    assert_eq!(
        of_text("# x\n\n## Properties\n\n|Name|Type|Description|\n|-|-|-|\n"),
        None
    );
}
