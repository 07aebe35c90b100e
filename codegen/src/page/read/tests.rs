use super::*;
use crate::page::Table;
use crate::source::MemoryFiles;

fn page(text: &str) -> Page {
    Page::read(
        &MemoryFiles::new([("v/resources/a.md", text)]),
        "v/resources/a.md".into(),
    )
}

fn table(text: &str) -> Table {
    page(text)
        .blocks
        .into_iter()
        .find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        })
        .expect("the page has a table")
}

fn cells(table: &Table) -> Vec<Vec<&str>> {
    table
        .rows
        .iter()
        .map(|row| row.cells.iter().map(|cell| cell.text.as_str()).collect())
        .collect()
}

#[test]
fn blocks_follow_the_page_and_have_places_behind_the_front_matter() {
    let page = page("--- \ntitle: t\n---\n\n# Head\n\ntext *with* [link](x.md)\n\n- item\n");
    assert_eq!(page.front_matter.get("title"), Some("t"));
    let [
        Block::Heading(heading),
        Block::Paragraph(text),
        Block::Item(item),
    ] = &page.blocks[..]
    else {
        panic!("{:?}", page.blocks)
    };
    assert_eq!(
        (
            heading.inline.text.as_str(),
            heading.level,
            heading.inline.place.line
        ),
        ("Head", 1, 5)
    );
    assert_eq!(text.markdown(), "text with [link](x.md)");
    assert_eq!((item.text.as_str(), item.place.line), ("item", 9));
}

#[test]
fn the_text_of_nested_items_stays_apart() {
    let page = page("- one\n  - two\n- three\n\n> note\n");
    let texts: Vec<&str> = page
        .blocks
        .iter()
        .map(|block| match block {
            Block::Item(text) | Block::Note(text) => text.text.as_str(),
            _ => "?",
        })
        .collect();
    assert_eq!(texts, ["one", "two", "three", "note"]);
    assert!(matches!(page.blocks[3], Block::Note(_)));
}

#[test]
fn broken_front_matter_costs_a_diagnostic_only() {
    let page = page("---\ntitle: \"open\n---\n# Head\n");
    assert_eq!(
        page.diagnostics[0].code,
        DiagnosticCode::FrontMatterMalformed
    );
    assert_eq!(page.blocks.len(), 1);
}

#[test]
fn escaped_pipes_stay_in_their_cell() {
    assert_eq!(
        cells(&table("|a|b|\n|-|-|\n|x|`y \\| z`|\n")),
        [["x", "y | z"]]
    );
}

#[test]
fn missing_cells_are_missing_and_surplus_cells_join_the_last() {
    let table = table("|a|b|c|\n|-|-|-|\n|x|y|\n|u|v|w|z|\nname | type | text\n");
    assert_eq!(
        cells(&table),
        [
            vec!["x", "y"],
            vec!["u", "v", "w | z"],
            vec!["name", "type", "text"]
        ]
    );
}

#[test]
fn a_row_broken_in_its_last_cell_is_one_row() {
    let table = table("|a|b|\n|-|-|\n|x|first\nsecond|\n|y|z|\n");
    assert_eq!(cells(&table), [["x", "first second"], ["y", "z"]]);
    assert_eq!(table.rows[0].lines, 2);
}

#[test]
fn a_row_broken_before_a_cell_is_one_row() {
    let table =
        table("|a|b|c|\n|-|-|-|\n| x | Collection of String\n   | the text |\n| y | Int32 | z |\n");
    assert_eq!(
        cells(&table),
        [
            ["x", "Collection of String", "the text"],
            ["y", "Int32", "z"]
        ]
    );
}

#[test]
fn rows_without_a_last_pipe_are_not_joined() {
    let table = table("|a|b|c|\n|-|-|-|\n|x|Int32\n|y|Int32\n");
    assert_eq!(cells(&table), [["x", "Int32"], ["y", "Int32"]]);
}

#[test]
fn line_breaks_in_cells_are_kept_as_such() {
    assert_eq!(cells(&table("|a|\n|-|\n|x<br/>y|\n")), [["x\ny"]]);
}

#[test]
fn comments_and_code_blocks_carry_their_places() {
    let page = page("<!-- {\n  \"a\": 1\n} -->\n\n``` json\n{}\n```\n");
    let [Block::Comment(comment), Block::Code(code)] = &page.blocks[..] else {
        panic!("{:?}", page.blocks)
    };
    assert_eq!(
        (
            comment.text.as_str(),
            comment.place.line,
            comment.place.column
        ),
        (" {\n  \"a\": 1\n} ", 1, 5)
    );
    assert_eq!(
        (code.language.as_str(), code.text.as_str(), code.place.line),
        ("json", "{}\n", 6)
    );
}

#[test]
fn a_comment_directly_above_a_fence_is_a_comment() {
    let page = page("text\n<!--{\"a\": 1}-->\n```json\n{}\n```\n");
    assert!(
        matches!(&page.blocks[1..], [Block::Comment(_), Block::Code(_)]),
        "{:?}",
        page.blocks
    );
}

#[test]
fn translated_headings_keep_their_english_slug() {
    let page = page("## <a name=\"properties\"></a>Eigenschaften\n");
    let Block::Heading(heading) = &page.blocks[0] else {
        panic!()
    };
    assert_eq!(
        (heading.slug.as_deref(), heading.inline.text.as_str()),
        (Some("properties"), "Eigenschaften")
    );
}

#[test]
fn bilingual_spans_give_their_english_half() {
    let pair = |id, other, english| {
        format!(
            "<span data-ttu-id=\"{id}\">{other}</span><span class=\"sxs-lookup\"><span data-stu-id=\"{id}\">{english}</span></span>"
        )
    };
    let text = format!(
        "|{}|b|\n|-|-|\n|{}|{} {}|\n",
        pair(1, "属性", "Property"),
        pair(2, "状态", "status"),
        pair(3, "值 `a`", "Values `a`."),
        pair(4, "只读", "Read-only.")
    );
    let table = table(&text);
    assert_eq!(table.header[0].text, "Property");
    assert_eq!(cells(&table), [["status", "Values a. Read-only."]]);
    assert_eq!(table.rows[0].cells[1].codes().count(), 1);
}

mod includes {
    use super::*;

    fn read(files: &[(&str, &str)]) -> Page {
        Page::read(
            &MemoryFiles::new(files.iter().map(|(path, text)| (*path, *text))),
            "v/resources/a.md".into(),
        )
    }

    fn texts(page: &Page) -> Vec<String> {
        page.blocks
            .iter()
            .map(|block| match block {
                Block::Paragraph(text) => format!("{}@{}", text.text, text.place.file),
                _ => "?".into(),
            })
            .collect()
    }

    #[test]
    fn the_included_blocks_stand_where_the_include_stood() {
        let page = read(&[
            (
                "v/resources/a.md",
                "one\n\n[!INCLUDE [some label](../../includes/n.md)]\n\ntwo\n",
            ),
            ("includes/n.md", "---\ntitle: x\n---\nnote\n"),
        ]);
        assert_eq!(
            texts(&page),
            [
                "one@v/resources/a.md",
                "note@includes/n.md",
                "two@v/resources/a.md"
            ]
        );
        assert_eq!(page.inputs.len(), 2);
        assert_eq!(page.diagnostics, []);
    }

    #[test]
    fn a_missing_include_is_told_and_nothing_else_is_lost() {
        let page = read(&[("v/resources/a.md", "one\n[!INCLUDE[x](n.md)] two\n")]);
        assert_eq!(texts(&page), ["one  two@v/resources/a.md"]);
        assert_eq!(page.diagnostics[0].code, DiagnosticCode::IncludeMissing);
        assert_eq!(page.diagnostics[0].place.line, 2);
        assert_eq!(&*page.inputs[1], "v/resources/n.md");
    }

    #[test]
    fn a_cycle_ends() {
        let page = read(&[
            ("v/resources/a.md", "[!INCLUDE [x](b.md)]\n"),
            ("v/resources/b.md", "b\n\n[!INCLUDE [x](a.md)]\n"),
        ]);
        assert_eq!(texts(&page), ["b@v/resources/b.md"]);
        assert_eq!(page.diagnostics[0].code, DiagnosticCode::IncludeCycle);
    }

    #[test]
    fn an_include_outside_the_docs_folder_is_not_followed() {
        let page = read(&[("v/resources/a.md", "[!INCLUDE [x](../../../etc/passwd)]\n")]);
        assert_eq!(page.diagnostics[0].code, DiagnosticCode::IncludeOutside);
    }

    #[test]
    fn an_include_in_a_cell_becomes_its_text() {
        let page = read(&[
            (
                "v/resources/a.md",
                "|a|b|\n|-|-|\n|x|[!INCLUDE [y](n.md)]|\n",
            ),
            ("v/resources/n.md", "the `text`\n"),
        ]);
        let Block::Table(table) = &page.blocks[0] else {
            panic!()
        };
        assert_eq!(table.rows[0].cells[1].text, "the text");
    }
}

mod hostile {
    use super::*;

    #[test]
    fn what_a_translation_cuts_off_may_have_been_open() {
        let cut = |rest: &str| format!("<span data-ttu-id=\"1\">aaaaa{rest}");
        for text in [
            cut("[aéé</span><span class=\"sxs-lookup\">éééé](x.md) c"),
            cut("**aéé</span><span class=\"sxs-lookup\">éééé** "),
            format!(
                "[!INCLUDE {}",
                "<span data-ttu-id=\"1\">[x](y.md)]aéééééééé</span><span class=\"sxs-lookup\">b</span>"
            ),
        ] {
            let page = page(&format!("x{text}\n\n|a|\n|-|\n|x{text}|\n"));
            for block in &page.blocks {
                if let Block::Paragraph(text) = block {
                    let _ = (text.markdown(), text.links().count(), text.codes().count());
                }
            }
        }
    }

    #[test]
    fn includes_are_bounded() {
        // Each file includes the next one twice: without a bound, a thousand million reads.
        let files = (0..30).map(|n| {
            let next = format!("[!INCLUDE [x](f{}.md)]\n\n", n + 1);
            (format!("v/resources/f{n}.md"), next.repeat(2))
        });
        let page = Page::read(&MemoryFiles::new(files), "v/resources/f0.md".into());
        assert!(
            page.diagnostics
                .iter()
                .any(|diagnostic| diagnostic.code == DiagnosticCode::IncludeTooMany)
        );
        let chain = (0..5000).map(|n| {
            (
                format!("v/resources/f{n}.md"),
                format!("[!INCLUDE [x](f{}.md)]\n", n + 1),
            )
        });
        let page = Page::read(&MemoryFiles::new(chain), "v/resources/f0.md".into());
        assert_eq!(page.diagnostics[0].code, DiagnosticCode::IncludeTooMany);
    }

    #[test]
    fn a_header_that_only_looks_like_one_keeps_its_text() {
        let page = page(
            "| Property | Ty\\|pe | Description |\n|---|---|---|---|---|---|\n| a | b | c |\n",
        );
        assert_eq!(page.blocks.len(), 1, "{:?}", page.blocks);
    }
}
