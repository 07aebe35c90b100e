//! The pages in `docs-input` state the facts of the real ones, in sentences of our own.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use typedown::page::{Block, Inline, Page};
use typedown::schema::{Definition, Schema};
use typedown::source::{Docs, Entry, Files, Folder};
use typedown::{Generator, Reading};
use typedown_tests::{corpus, facts, read_page, type_of, workspace};

fn read(folder: &std::path::Path) -> Reading {
    Generator::new().docs(folder).read_docs().unwrap()
}

#[test]
fn the_calling_family_is_there_for_both_versions() {
    let files = Folder::open(workspace().join("docs-input")).unwrap();
    for version in Docs::find(&files).unwrap().versions {
        assert!(
            version.pages.len() >= 45,
            "{} has {} pages",
            version.name,
            version.pages.len()
        );
    }
}

/// Of the real docs the pages that ours have too: what other pages say of a type is not theirs to say.
struct SamePages {
    ours: Folder,
    real: Folder,
}

impl Files for SamePages {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let ours = self.ours.list(folder)?;
        let mut entries = self.real.list(folder)?;
        entries.retain(|entry| {
            let mut ours = ours.iter();
            ours.any(|own| own.name.eq_ignore_ascii_case(&entry.name))
        });
        Ok(entries)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        self.real.read(path)
    }

    fn is_folder(&self, path: &str) -> bool {
        self.real.is_folder(path)
    }
}

/// What is said of a type, however it is spelled: a type that only one side describes is any value on the other.
fn comparable(schema: &Schema, version: &str, name: &str, known: &BTreeSet<String>) -> Vec<String> {
    let ty = type_of(schema, version, name);
    let mut facts = facts(ty);
    if let Definition::Structural(structural) = &ty.definition {
        for (property, line) in structural.properties.values().zip(&mut facts[4..]) {
            let ty = property.ty.to_string();
            let item = ty.trim_start_matches("Collection(").trim_end_matches(')');
            if !item.starts_with("Edm.") && !known.contains(item) {
                *line = line.replace(item, "Edm.Untyped");
            }
        }
    }
    facts
}

#[test]
fn every_page_says_what_the_real_one_says_but_for_the_two_dates() {
    let Some(corpus) = corpus("every_page_says_what_the_real_one_says_but_for_the_two_dates")
    else {
        return;
    };
    let ours = read(&workspace().join("docs-input"));
    let same = SamePages {
        ours: Folder::open(workspace().join("docs-input")).unwrap(),
        real: Folder::open(corpus.join("docs/en-2021-07")).unwrap(),
    };
    let real = Generator::new().read(&same).unwrap();
    let mut differences: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (version, types) in &ours.schema.versions {
        let known: BTreeSet<String> = types.types.keys().map(ToString::to_string).collect();
        for name in types.types.keys() {
            let ours = comparable(&ours.schema, version, name.as_str(), &known);
            let real = comparable(&real.schema, version, name.as_str(), &known);
            let only: Vec<String> = ours
                .iter()
                .filter(|fact| !real.contains(fact))
                .map(|fact| format!("+ {fact}"))
                .chain(
                    real.iter()
                        .filter(|fact| !ours.contains(fact))
                        .map(|fact| format!("- {fact}")),
                )
                .collect();
            if !only.is_empty() {
                differences.insert(format!("{version} {name}"), only);
            }
        }
    }
    let dates = vec![
        "+ createdDateTime: Edm.DateTimeOffset []".to_owned(),
        "+ lastActionDateTime: Edm.DateTimeOffset []".to_owned(),
    ];
    assert_eq!(
        differences,
        BTreeMap::from([("beta microsoft.graph.commsOperation".to_owned(), dates)])
    );
}

/// The words of a page's sentences: code, names of members and what is in comments are facts, not sentences.
fn runs(page: &Page) -> BTreeSet<String> {
    let mut runs = BTreeSet::new();
    let mut add = |inline: &Inline| {
        let mut text = inline.text.clone();
        for (_, range) in inline.codes().collect::<Vec<_>>().into_iter().rev() {
            text.replace_range(range, " ");
        }
        let words: Vec<String> = text
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect();
        runs.extend(words.windows(8).map(|run| run.join(" ")));
    };
    for block in &page.blocks {
        match block {
            Block::Heading(heading) => add(&heading.inline),
            Block::Paragraph(text) | Block::Item(text) | Block::Note(text) => add(text),
            Block::Table(table) => {
                table.header.iter().for_each(&mut add);
                table
                    .rows
                    .iter()
                    .flat_map(|row| &row.cells)
                    .for_each(&mut add);
            }
            Block::Code(_) | Block::Comment(_) => {}
        }
    }
    runs
}

#[test]
fn no_sentence_is_taken_from_a_real_page() {
    let Some(corpus) = corpus("no_sentence_is_taken_from_a_real_page") else {
        return;
    };
    let ours = Folder::open(workspace().join("docs-input")).unwrap();
    let real = Folder::open(corpus.join("docs/en-2021-07")).unwrap();
    for path in Docs::find(&ours)
        .unwrap()
        .versions
        .iter()
        .flat_map(|version| &version.pages)
    {
        // Beta has pages whose names differ in case from ours.
        let folder = path.rsplit_once('/').unwrap().0;
        let name = real
            .list(folder)
            .unwrap()
            .into_iter()
            .map(|entry| format!("{folder}/{}", entry.name))
            .find(|name| name.eq_ignore_ascii_case(path))
            .unwrap_or_else(|| panic!("there is no real page {path}"));
        let shared: Vec<String> = runs(&Page::read(&ours, path.clone()))
            .intersection(&runs(&Page::read(&real, name.into())))
            .cloned()
            .collect();
        assert!(shared.is_empty(), "{path}: {shared:?}");
    }
}

mod localized {
    use super::*;

    const COMMS_OPERATION: &str = "v1.0/resources/commsoperation.md";

    /// The localized roots hold single pages, so they are compared with single pages: neither side knows the types
    /// that they refer to.
    fn localized(locale: &str, path: &str, name: &str) -> Vec<String> {
        facts_of(
            &format!("docs-input/localized/{locale}/api-reference/{path}"),
            path,
            name,
        )
    }

    fn english(path: &str, name: &str) -> Vec<String> {
        facts_of(&format!("docs-input/api-reference/{path}"), path, name)
    }

    fn facts_of(file: &str, path: &str, name: &str) -> Vec<String> {
        let text = std::fs::read_to_string(workspace().join(file)).unwrap();
        let (version, _) = path.split_once('/').unwrap();
        facts(type_of(&read_page(path, text).schema, version, name))
    }

    #[test]
    fn the_german_page_says_what_the_english_one_says() {
        let name = "microsoft.graph.commsOperation";
        assert_eq!(
            localized("de-DE", COMMS_OPERATION, name),
            english(COMMS_OPERATION, name)
        );
    }

    #[test]
    fn the_chinese_page_says_what_the_english_one_says() {
        let name = "microsoft.graph.commsOperation";
        assert_eq!(
            localized("zh-CN", COMMS_OPERATION, name),
            english(COMMS_OPERATION, name)
        );
    }

    #[test]
    fn the_bilingual_page_says_what_the_english_one_says() {
        let (path, name) = ("beta/resources/operation.md", "microsoft.graph.operation");
        assert_eq!(localized("zh-CN", path, name), english(path, name));
    }
}
