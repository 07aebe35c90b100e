//! Docs come from strangers: whatever stands in one page or lies between the pages, the run ends soon and with little
//! memory, tells what it left out, and reads the other pages as if the bad one were not there.

use std::path::Path;

use typedown::source::{Entry, Files, MemoryFiles};
use typedown::{Generator, Limits};

/// A page with nothing wrong on it.
const GOOD: &str = "# harbor resource type\n\nA harbor.\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n\
    |depth|Double|How deep it is.|\n|name|String|How it is called.|\n";

const TABLE: &str = "# tone resource type\n\nA tone.\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n\
    |pitch|Int32|How high it is.|\n";

const ANNOTATION: &str =
    "<!-- {\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.tone\"} -->\n";

/// Where the good page and the bad one lie.
const PLACES: [&str; 2] = ["v1.0/resources/harbor.md", "v1.0/resources/tone.md"];

/// What the good page becomes when it is alone.
fn alone() -> typedown::schema::Schema {
    let files = MemoryFiles::new([(PLACES[0], GOOD)]);
    Generator::new().read(&files).unwrap().schema
}

/// What is told of the bad page by code and message, once it is clear that the good one is as it should be.
fn told(limits: Limits, bad: impl Into<Vec<u8>>) -> Vec<String> {
    let files = [(PLACES[0], GOOD.into()), (PLACES[1], bad.into())];
    told_of(limits, files)
}

fn told_of<'a>(limits: Limits, files: impl IntoIterator<Item = (&'a str, Vec<u8>)>) -> Vec<String> {
    let files = MemoryFiles::new(files);
    let generator = Generator::new().limits(limits).threads(1);
    let reading = generator.lint(&files).unwrap();
    let (alone, read) = (alone(), &reading.schema);
    for (name, ty) in &alone.versions["v1.0"].types {
        assert_eq!(read.versions["v1.0"].types.get(name), Some(ty), "{name}");
    }
    generator.emit(read).unwrap();
    let told = reading.diagnostics.iter();
    let told = told.filter(|found| *found.place.file != *PLACES[0]);
    let told = told.map(|found| format!("{}: {}", found.code.name(), found.message));
    told.collect()
}

/// A text often enough to have so many bytes.
fn filled(text: &str, bytes: usize) -> String {
    text.repeat(bytes.div_ceil(text.len()))
}

#[test]
fn pages_that_take_a_reader_apart_are_read_to_their_ends() {
    const BYTES: usize = 6_000;
    for piece in [
        "*a_ ",
        "**a_b__",
        "[",
        "![[[](",
        "[a](",
        "[a](<b ",
        "[a](b \"c ",
        "[a]: ",
        "[a][b] ",
        "`a ``",
        "&amp;",
        "&",
        "<",
        "<a ",
        "<!-- a ",
        "a <? ",
        "a <![CDATA[ ",
        "<b>",
        "<br>",
        "\\*",
        "~~a",
        "|",
        "||\n",
        "- a\n",
        "1. ",
        "> a\n",
        "# a\n",
        "a\n=\n",
        "a\n\n",
        "\t",
        "\0",
        "\r",
        "\u{feff}",
        "\u{202e}",
        "[!INCLUDE [a](b.md)] ",
        "[!INCLUDE [a](tone.md)]\n\n",
        "<span data-ttu-id=\"1\">a</span><span class=\"sxs-lookup\">b</span>",
        "```json\n{}\n```\n",
        "<!-- {} -->\n",
        "|a|b|\n|-|-|\n|c|String|\n\n",
        "- - - - - a\n\n",
        "> > > > > a\n",
    ] {
        for start in ["", TABLE, "a ", "|a|", "---\n", "```json\n", "<!-- "] {
            told(
                Limits::default(),
                format!("{start}{}", filled(piece, BYTES)),
            );
        }
    }
}

/// The one thing that is told of a page for a limit.
fn limit_told(limits: Limits, bad: impl Into<Vec<u8>>) -> String {
    let told = told(limits, bad);
    let mut told: Vec<String> = told
        .into_iter()
        .filter(|told| told.contains("(limit `"))
        .collect();
    assert_eq!(told.len(), 1, "{told:?}");
    told.remove(0)
}

#[test]
fn what_is_nested_beyond_the_limit_is_left_out_and_told() {
    const DEEP: usize = 100_000;
    let deep = |mark: &str| mark.repeat(DEEP);
    let stairs: String = (0..600)
        .map(|step| format!("{}- a\n", "  ".repeat(step)))
        .collect();
    let json = format!(
        "{TABLE}\n{ANNOTATION}```json\n{{\"pitch\": {}}}\n```\n",
        deep("[")
    );
    let objects = format!("{TABLE}\n{ANNOTATION}```json\n{}\n```\n", deep("{\"a\":"));
    for (bad, expected) in [
        (
            format!("{TABLE}\n{}a\n", deep(">")),
            "limit-reached: lists and quotations stand deeper in each other than 512",
        ),
        (
            format!("{TABLE}\n{}a\n", deep("> ")),
            "limit-reached: lists and quotations stand deeper in each other than 512",
        ),
        (
            format!("{TABLE}\n{}a\n", deep("- ")),
            "limit-reached: lists and quotations stand deeper in each other than 512",
        ),
        (
            format!("{TABLE}\n{}a\n", deep("1. ")),
            "limit-reached: lists and quotations stand deeper in each other than 512",
        ),
        (
            format!("{TABLE}\n{stairs}"),
            "limit-reached: lists and quotations stand deeper in each other than 512",
        ),
        (
            json,
            "limit-reached: brackets stand deeper in each other than 512",
        ),
        (
            objects,
            "limit-reached: brackets stand deeper in each other than 512",
        ),
        (
            format!("{TABLE}\n<!-- {{\"a\": {} -->\n", deep("[")),
            "limit-reached: brackets stand deeper in each other than 512",
        ),
    ] {
        let told = limit_told(Limits::default(), bad);
        assert!(told.starts_with(expected), "{told}");
    }
}

#[test]
fn front_matter_that_holds_itself_again_and_again_stays_small() {
    // Followed, the last alias would stand for 9^9 words.
    let bomb = (1..10).map(|step| {
        let aliases = format!("*a{}, ", step - 1).repeat(9);
        format!("a{step}: &a{step} [{aliases}]\n")
    });
    let bomb: String = bomb.collect();
    let page = format!("---\ntitle: tone\na0: &a0 word\n{bomb}---\n{TABLE}");
    assert_eq!(told(Limits::default(), page), Vec::<String>::new());
}

#[test]
fn front_matter_nested_without_end_is_told() {
    for deep in ["[", "{a: ", "- "] {
        let page = format!("---\na:\n {}\n---\n{TABLE}", deep.repeat(100_000));
        let told = told(Limits::default(), page);
        let expected =
            "front-matter-malformed: the front matter is not YAML: recursion limit exceeded";
        assert_eq!(told, [expected]);
    }
}

#[test]
fn a_table_is_read_up_to_its_limit() {
    let rows: String = (0..40)
        .map(|row| format!("|p{row}|String|Text.|\n"))
        .collect();
    let limits = Limits {
        parts: 30,
        ..Limits::default()
    };
    let bad = format!("{TABLE}{rows}");
    let expected = "limit-reached: the page has more parts than 30 (limit `parts`); rows of tables from here on were left out";
    assert_eq!(limit_told(limits, bad.clone()), expected);
    let files = MemoryFiles::new([(PLACES[1], bad)]);
    let reading = Generator::new().limits(limits).read(&files).unwrap();
    // The header and nine rows, of which the first is pitch.
    assert_eq!(reading.tables[0].used, 9);
    let cut = reading
        .diagnostics
        .iter()
        .find(|found| found.code.name() == "limit-reached");
    assert_eq!(cut.unwrap().place.line, 18);
}

#[test]
fn rows_below_a_table_count_with_it() {
    let limits = Limits {
        parts: 30,
        ..Limits::default()
    };
    let rows: String = (0..40)
        .map(|row| format!("\n|p{row}|String|Text.|\n"))
        .collect();
    let expected = "limit-reached: the page has more parts than 30 (limit `parts`); rows of tables from here on were left out";
    assert_eq!(limit_told(limits, format!("{TABLE}{rows}")), expected);
}

#[test]
fn a_wide_table_does_not_make_every_line_below_it_wide() {
    let wide = format!("|{}\n|{}\n", "a|".repeat(20_000), "-|".repeat(20_000));
    for below in ["|\n\n", "|x\n\n", "|x|\n"] {
        let told = told(
            Limits::default(),
            format!("{wide}\n{}", below.repeat(20_000)),
        );
        assert!(told.len() < 20, "{}", told.len());
    }
}

#[test]
fn a_million_rows_are_cut_where_they_begin_to_be_too_many() {
    let limits = Limits {
        page_bytes: 32 << 20,
        ..Limits::default()
    };
    let bad = format!("{TABLE}{}", "|a|String|b|\n".repeat(1_000_000));
    assert!(
        limit_told(limits, bad).starts_with("limit-reached: the page has more parts than 50000")
    );
}

#[test]
fn links_beyond_the_limit_are_read_as_text() {
    let limits = Limits {
        parts: 9,
        ..Limits::default()
    };
    let bad = format!(
        "{TABLE}\nSee {} and `code` and **more**.\n",
        "[harbor](harbor.md) ".repeat(5)
    );
    let expected = "limit-reached: the page has more parts than 9 (limit `parts`); links, codes and strong texts are plain text from here on";
    assert_eq!(limit_told(limits, bad), expected);
}

#[test]
fn json_beyond_the_limit_is_left_out() {
    let limits = Limits {
        parts: 99,
        ..Limits::default()
    };
    let members: String = (0..60).map(|member| format!("\"m{member}\": 1,")).collect();
    let bad = format!("{TABLE}\n{ANNOTATION}```json\n{{{members}}}\n```\n");
    let expected = "limit-reached: the page has more parts than 99 (limit `parts`); blocks of code and comments from here on were left out";
    assert_eq!(limit_told(limits, bad), expected);
}

/// Types that each derive from the one before.
fn row_of_types(count: usize) -> String {
    let types = (1..count).map(|number| {
        format!(
            "<!-- {{\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.tone{number:04}\", \
             \"baseType\": \"microsoft.graph.tone{:04}\"}} -->\n```json\n{{\"p{number}\": 1}}\n```\n\n",
            number - 1
        )
    });
    let first = "<!-- {\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.tone0000\"} -->\n```json\n{\"p0\": 1}\n```\n\n";
    format!("# Tones\n\n{first}{}", types.collect::<String>())
}

/// What is told of limits that types reach.
fn bounds_told(limits: Limits, page: String) -> Vec<String> {
    let told = told(limits, page).into_iter();
    told.filter(|told| told.starts_with("limit-reached"))
        .collect()
}

#[test]
fn types_in_a_row_beyond_the_limit_have_no_base() {
    let limits = Limits {
        base_depth: 3,
        ..Limits::default()
    };
    let expected = "limit-reached: `microsoft.graph.tone0004` was read without its base `microsoft.graph.tone0003`: it would \
        derive from more types in a row than 3 (limit `base-depth`)";
    assert_eq!(bounds_told(limits, row_of_types(6)), [expected]);
    assert_eq!(bounds_told(limits, row_of_types(4)), [""; 0]);
}

#[test]
fn types_with_more_properties_than_the_limit_inherit_none() {
    let limits = Limits {
        properties: 10,
        ..Limits::default()
    };
    // The good page has two; then come one, two and three.
    let expected = "limit-reached: `microsoft.graph.tone0003` was read without its base `microsoft.graph.tone0002`: the types of \
        the version would have more properties, inherited ones counted, than 10 (limit `properties`)";
    assert_eq!(bounds_told(limits, row_of_types(4)), [expected]);
    assert_eq!(bounds_told(limits, row_of_types(3)), [""; 0]);
}

#[test]
fn a_long_row_of_types_costs_no_more_than_as_many_types() {
    assert_eq!(
        bounds_told(Limits::default(), row_of_types(5_000)).len(),
        49
    );
}

#[test]
fn a_page_with_more_bytes_than_the_limit_is_left_out() {
    let limits = Limits {
        page_bytes: 1000,
        ..Limits::default()
    };
    let fits = format!("{TABLE}{}", " ".repeat(1000 - TABLE.len()));
    assert_eq!(told(limits, fits.clone()), Vec::<String>::new());
    let expected = "page-too-large: the page has more bytes than 1000 (limit `page-bytes`)";
    assert_eq!(told(limits, format!("{fits} ")), [expected]);
}

#[test]
fn what_a_page_includes_counts_with_it() {
    let limits = Limits {
        page_bytes: 1000,
        ..Limits::default()
    };
    let include = "[!INCLUDE [text](../../includes/text.md)]\n\n".repeat(3);
    let files = [
        (PLACES[0], GOOD.into()),
        (PLACES[1], format!("{TABLE}\n{include}").into()),
        ("includes/text.md", "t".repeat(500).into()),
    ];
    let expected = "limit-reached: `includes/text.md` was not included: with it the page has more bytes than 1000 (limit `page-bytes`)";
    let told = told_of(limits, files);
    assert_eq!(told, [expected, expected]);
}

#[test]
fn includes_that_include_ten_others_each_do_not_multiply() {
    let bomb = (0..12).map(|depth| {
        let next = format!("[!INCLUDE [next](b{}.md)]\n\n", depth + 1);
        (
            format!("v1.0/includes/b{depth}.md"),
            next.repeat(10).into_bytes(),
        )
    });
    let mut files: Vec<(String, Vec<u8>)> = bomb.collect();
    files.push((PLACES[0].into(), GOOD.into()));
    files.push((
        PLACES[1].into(),
        format!("{TABLE}\n[!INCLUDE [b](../includes/b0.md)]\n").into(),
    ));
    let files = files
        .iter()
        .map(|(path, text)| (path.as_str(), text.clone()));
    let told = told_of(Limits::default(), files);
    let expected = "include-too-many: the page includes more files in all than 256 (limit `includes`); from here on they were left out";
    assert!(told.iter().any(|told| told == expected), "{told:?}");
}

#[test]
fn a_cache_knows_under_which_limits_it_was_made() {
    let bad = format!("{TABLE}{}", "|a|String|b|\n".repeat(40));
    let files = MemoryFiles::new([(PLACES[1], bad)]);
    let small = Limits {
        parts: 30,
        ..Limits::default()
    };
    let mut cache = typedown::Cache::default();
    for limits in [Limits::default(), small, Limits::default()] {
        let generator = Generator::new().limits(limits);
        let again = generator.read_again(&files, &mut cache).unwrap();
        let read = generator.read(&files).unwrap();
        assert_eq!(again.diagnostics, read.diagnostics);
    }
}

/// Files of which one is listed and then gone.
struct Vanishing(MemoryFiles);

impl Files for Vanishing {
    fn list(&self, folder: &str) -> std::io::Result<Vec<Entry>> {
        self.0.list(folder)
    }

    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        match path == PLACES[1] {
            true => Err(std::io::ErrorKind::NotFound.into()),
            false => self.0.read(path),
        }
    }

    fn is_folder(&self, path: &str) -> bool {
        self.0.is_folder(path)
    }
}

#[test]
fn a_page_that_is_gone_before_it_is_read_is_told() {
    let files = Vanishing(MemoryFiles::new([(PLACES[0], GOOD), (PLACES[1], TABLE)]));
    let reading = Generator::new().read(&files).unwrap();
    let told: Vec<String> = reading.unreadable().map(|told| told.to_string()).collect();
    let expected = "v1.0/resources/tone.md:1:1: error[page-unreadable]: the page cannot be read: entity not found\n  \
                    hint: correct the file's permissions or its place, or remove it";
    assert_eq!(told, [expected]);
    assert_eq!(reading.schema, alone());
}

#[test]
fn utf16_is_read_and_told() {
    let utf16 =
        |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let told = told(Limits::default(), utf16(TABLE));
    assert_eq!(
        told,
        ["page-not-utf8: expected UTF-8, found UTF-16; the file was read as that"]
    );
    let read = |bytes: Vec<u8>| {
        let files = MemoryFiles::new([(PLACES[1], bytes)]);
        Generator::new().read(&files).unwrap().schema
    };
    assert_eq!(read(utf16(TABLE)), read(TABLE.into()));
}

#[test]
fn line_ends_and_marks_change_nothing() {
    let include = "|length|Double|How long it is.|\n";
    let read = |change: &dyn Fn(&str) -> String| {
        let page = format!("---\ntitle: tone\n---\n{TABLE}\n[!INCLUDE [a](../includes/a.md)]\n");
        let files = MemoryFiles::new([
            (PLACES[1], change(&page)),
            ("v1.0/includes/a.md", change(include)),
        ]);
        let reading = Generator::new().lint(&files).unwrap();
        (reading.schema, reading.diagnostics)
    };
    let expected = read(&|text| text.to_owned());
    let line_ends = ["\r\n", "\r"];
    for line_end in line_ends {
        assert_eq!(
            read(&|text| text.replace('\n', line_end)),
            expected,
            "{line_end:?}"
        );
        assert_eq!(
            read(&|text| format!("\u{feff}{}", text.replacen('\n', line_end, 5))),
            expected
        );
    }
}

#[test]
fn a_deep_folder_costs_its_pages_and_no_others() {
    let path = format!("v1.0/resources/{}page.md", "d/".repeat(20));
    let limits = Limits {
        nesting: 10,
        ..Limits::default()
    };
    let files = [(PLACES[0], GOOD.into()), (path.as_str(), TABLE.into())];
    let expected = "page-unreadable: folders lie deeper in each other than 10 (limit `nesting`); the pages in it are missing";
    assert_eq!(told_of(limits, files), [expected]);
}

#[test]
fn pages_beyond_the_limit_are_told() {
    let limits = Limits {
        files: 2,
        ..Limits::default()
    };
    let more = ["a", "b", "c"].map(|name| format!("v1.0/resources/z/{name}.md"));
    let files = more.iter().map(|path| (path.as_str(), TABLE.into()));
    let told = told_of(limits, files.chain([(PLACES[0], GOOD.into())]));
    let expected = "page-unreadable: the version has more pages than 2 (limit `files`); the pages in it are missing";
    assert!(told.iter().any(|told| told == expected), "{told:?}");
}

#[test]
fn a_lock_file_that_somebody_spoiled_ends_in_an_error_or_in_types() {
    let page = "# harbor resource type\n\nInherits from [place](place.md).\n\n## Properties\n\n|Property|Type|\n|-|-|\n|near|[place](place.md)|\n";
    let place = "# place resource type\n\nA place.\n\n## Properties\n\n|Property|Type|\n|-|-|\n|name|String|\n";
    let files = MemoryFiles::new([(PLACES[0], page), ("v1.0/resources/place.md", place)]);
    let generator = Generator::new();
    let schema = generator.read(&files).unwrap().schema;
    let lock = generator.emit(&schema).unwrap().files["typedown.lock.json"].clone();
    let base = "\"base\": \"microsoft.graph.place\"";
    assert!(lock.contains(base), "{lock}");
    let spoiled = [
        lock.replace(base, "\"base\": \"microsoft.graph.harbor\""),
        lock.replace(base, "\"base\": \"microsoft.graph.gone\""),
        lock.replace("microsoft.graph.place", "microsoft.graph.../../../place"),
        lock.replace(
            "microsoft.graph.place",
            &format!("microsoft.graph.{}place", "a.".repeat(10_000)),
        ),
        lock.replace(base, &format!("\"base\": {}", "[".repeat(100_000))),
        lock.replace(base, &format!("\"unknown\": {}", "{\"a\":".repeat(100_000))),
        "[".repeat(100_000),
        "{\"a\":".repeat(100_000),
    ];
    for text in spoiled.into_iter().chain(
        (0..lock.len())
            .step_by(97)
            .map(|end| lock[..end].to_owned()),
    ) {
        if let Ok(schema) = typedown::schema::Schema::from_lock(&text)
            && let Ok(output) = generator.emit(&schema)
        {
            for path in output.files.keys() {
                assert!(!path.contains(".."), "{path}");
            }
        }
    }
}

#[test]
fn csdl_and_configuration_nested_without_end_are_read_or_refused() {
    const DEEP: usize = 100_000;
    let csdl = format!("<Edmx>{}", "<Schema Namespace=\"a\">".repeat(DEEP));
    let _ = typedown::import::csdl(&csdl, "a.xml");
    let bomb = "<!DOCTYPE a [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><Edmx>&b;</Edmx>";
    let _ = typedown::import::csdl(bomb, "a.xml");
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("typedown.toml");
    for text in [
        format!("select = {}", "[".repeat(DEEP)),
        format!("select = {}", "{a=".repeat(DEEP)),
        format!("[{}a]", "a.".repeat(DEEP)),
        format!("{}a = 1", "a.".repeat(DEEP)),
    ] {
        std::fs::write(&file, text).unwrap();
        assert!(typedown::cli::overrides(&file).is_err());
    }
}

#[test]
fn names_that_no_file_system_takes_become_files_all_the_same() {
    let page = |area: &str| {
        format!(
            "---\nms.prod: {area}\n---\n{}",
            TABLE.replace("tone", "tone1")
        )
    };
    let areas = [
        "con",
        "NUL",
        "com1",
        "../up",
        "a/b",
        "Mail",
        "mail",
        "MAIL",
        "\u{72b6}\u{6001}",
        &"long".repeat(200),
        "\"a\\0b\"",
        "mod",
        ".",
    ];
    let files = areas.iter().enumerate().map(|(number, area)| {
        (
            format!("v1.0/resources/t{number}.md"),
            page(area).replace("tone1", &format!("tone{number}")),
        )
    });
    let reading = Generator::new().read(&MemoryFiles::new(files)).unwrap();
    assert_eq!(reading.schema.versions["v1.0"].types.len(), areas.len());
    let output = Generator::new().emit(&reading.schema).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    for path in output.files.keys() {
        assert!(seen.insert(path.to_lowercase()), "{path}");
        for part in path.split('/') {
            let stem = part.split('.').next().unwrap().to_lowercase();
            let is_device = ["con", "prn", "aux", "nul"].contains(&&*stem)
                || stem.len() == 4 && (stem.starts_with("com") || stem.starts_with("lpt"));
            assert!(!is_device && part.len() < 150, "{path}");
            let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.');
            assert!(part.chars().all(plain) && !part.starts_with('.'), "{path}");
        }
    }
}

/// All files below a folder, with their line ends as given.
fn files_of(folder: &Path, line_end: &str) -> MemoryFiles {
    let texts = typedown_tests::folder::texts(folder).unwrap();
    MemoryFiles::new(texts.into_iter().map(|(path, text)| {
        let text = text.replace("\r\n", "\n").replace('\n', line_end);
        (path, text)
    }))
}

#[test]
fn docs_and_configuration_with_other_line_ends_give_the_same_bytes() {
    let fixture = typedown_tests::workspace().join("tests/fixtures/override-versions");
    let folder = tempfile::tempdir().unwrap();
    let config = std::fs::read_to_string(fixture.join("typedown.toml")).unwrap();
    let made = |docs: &Path, line_end: &str| {
        let file = folder.path().join("typedown.toml");
        std::fs::write(&file, config.replace('\n', line_end)).unwrap();
        let mut generator = Generator::new();
        if docs.starts_with(&fixture) {
            generator = generator.overrides(typedown::cli::overrides(&file).unwrap());
        }
        let reading = generator.lint(&files_of(docs, line_end)).unwrap();
        let output = generator.emit(&reading.schema).unwrap();
        (output.files, reading.diagnostics)
    };
    for docs in [
        typedown_tests::workspace().join("docs-input"),
        fixture.join("docs"),
    ] {
        assert_eq!(made(&docs, "\r\n"), made(&docs, "\n"), "{}", docs.display());
    }
    let lock =
        std::fs::read_to_string(typedown_tests::workspace().join("generated/typedown.lock.json"))
            .unwrap();
    let read = |text: &str| typedown::schema::Schema::from_lock(text).unwrap();
    assert_eq!(read(&lock.replace('\n', "\r\n")), read(&lock));
}
