//! Words of other languages, for what no structure tells: a lexicon for each language, as a file of data in `lexicons`.
//!
//! A lexicon says in English what a text says. Facts are read from that gloss; what users see stays as it was written.
//! Without a lexicon for its language a page is read by its structure alone.

mod vocabulary;

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::Value;

use self::vocabulary::Vocabulary;
use crate::page::{Block, Heading, Inline, Page};

/// The data of every language.
const SOURCES: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/lexicons.rs"));

/// The words of a language.
#[derive(Debug)]
pub(crate) struct Lexicon {
    language: &'static str,
    /// What stands in cells of types.
    cells: Vocabulary,
    /// What stands in sentences.
    prose: Vocabulary,
    /// What stands in cells that list nothing, in lower case.
    none: Vec<String>,
    /// What stands above columns, in lower case, and the English for it.
    headers: BTreeMap<String, String>,
    /// Headings in lower case, and the English slug.
    headings: BTreeMap<String, String>,
    /// What stands around the name in a title or heading, and the English slug behind the name.
    titles: Vec<(String, String)>,
}

/// Every lexicon.
pub(crate) fn all() -> &'static [Lexicon] {
    static ALL: OnceLock<Vec<Lexicon>> = OnceLock::new();
    ALL.get_or_init(|| {
        let sources = SOURCES.iter();
        let read = sources.map(|(language, text)| Lexicon::read(language, text));
        read.collect()
    })
}

/// The lexicon for a page: of the language that its front matter states, or else of the one whose words stand above its
/// columns and sections. None for pages in English and in languages that have none.
pub(crate) fn of(page: &Page) -> Option<&'static Lexicon> {
    let stated = page.front_matter.get("ms.contentlocale");
    let language = stated.map(|locale| locale.split('-').next().unwrap_or(locale));
    if let Some(language) = language.map(str::to_ascii_lowercase) {
        return all().iter().find(|lexicon| lexicon.language == language);
    }
    let is_foreign = |text: &Inline| {
        text.text
            .chars()
            .any(|c| c.is_alphabetic() && !c.is_ascii())
    };
    let foreign = page.blocks.iter().any(|block| match block {
        Block::Heading(heading) => heading.slug.is_some() || is_foreign(&heading.inline),
        Block::Table(table) => table.header.iter().any(is_foreign),
        _ => false,
    });
    if !foreign {
        return None;
    }
    let known = |lexicon: &&Lexicon| lexicon.known(page);
    let best = all().iter().max_by_key(known)?;
    (best.known(page) > 1).then_some(best)
}

impl Lexicon {
    fn read(language: &'static str, text: &str) -> Self {
        let json: Value = serde_json::from_str(text).unwrap_or_default();
        let section = |name: &str| entries(&json[name]);
        let lower = |name: &str| {
            let entries = section(name).into_iter();
            entries.map(|(english, word)| (word.to_lowercase(), english))
        };
        Self {
            language,
            cells: Vocabulary::new(section("cells")),
            prose: Vocabulary::new(section("prose")),
            none: strings(&json["none"]).map(str::to_lowercase).collect(),
            headers: lower("headers").collect(),
            headings: lower("headings").collect(),
            titles: lower("titles").collect(),
        }
    }

    /// How many headers and headings of a page are this language's, and not English as well.
    fn known(&self, page: &Page) -> usize {
        let blocks = page.blocks.iter();
        let known = |words: &BTreeMap<String, String>, text: &str| {
            words.get(text).is_some_and(|english| english != text)
        };
        blocks
            .map(|block| match block {
                Block::Heading(heading) => {
                    let text = heading.inline.text.trim().to_lowercase();
                    usize::from(known(&self.headings, &text))
                }
                Block::Table(table) => {
                    let cells = table.header.iter();
                    cells
                        .filter(|cell| known(&self.headers, &header(&cell.text)))
                        .count()
                }
                _ => 0,
            })
            .sum()
    }

    /// A page whose sections and columns are called as on English pages. Nothing else of it is changed.
    pub(crate) fn structured(&self, page: &Page) -> Page {
        let mut page = page.clone();
        for block in &mut page.blocks {
            match block {
                Block::Heading(heading) if heading.slug.is_none() => {
                    heading.slug = self.slug(heading);
                }
                Block::Table(table) => {
                    for cell in &mut table.header {
                        if let Some(english) = self.headers.get(&header(&cell.text)) {
                            cell.text.clone_from(english);
                            cell.spans.clear();
                        }
                    }
                }
                _ => {}
            }
        }
        page
    }

    /// The type cell in English.
    pub(crate) fn cell(&self, cell: &Inline) -> Inline {
        self.cells.gloss(cell)
    }

    /// A paragraph or description in English, as far as its fixed words go.
    pub(crate) fn prose(&self, text: &Inline) -> Inline {
        self.prose.gloss(text)
    }

    /// Whether a text in lower case says that there is nothing to list.
    pub(crate) fn says_none(&self, text: &str) -> bool {
        self.none.iter().any(|none| none == text)
    }

    /// The English slug of a heading that carries none.
    fn slug(&self, heading: &Heading) -> Option<String> {
        let text = heading.inline.text.trim().to_lowercase();
        if let Some(slug) = self.headings.get(&text) {
            return Some(slug.clone());
        }
        self.titles.iter().find_map(|(words, slug)| {
            let words = words.trim_start_matches('-');
            let name = text
                .strip_suffix(words)
                .or_else(|| text.strip_prefix(words))?;
            let name = name.trim_matches(|c: char| c.is_whitespace() || c == '-');
            let is_name =
                !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            is_name.then(|| format!("{name}-{slug}"))
        })
    }
}

/// A header cell's words in lower case, without what stands around them.
fn header(text: &str) -> String {
    let text = text.replace("&nbsp;", " ");
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").trim_matches('*').to_lowercase()
}

/// The English of each word, and the word.
fn entries(section: &Value) -> Vec<(String, String)> {
    let members = section.as_object().into_iter().flatten();
    members
        .flat_map(|(english, words)| {
            strings(words).map(move |word| (english.clone(), word.to_owned()))
        })
        .collect()
}

fn strings(list: &Value) -> impl Iterator<Item = &str> {
    let items = list.as_array().into_iter().flatten();
    items.filter_map(Value::as_str)
}

#[cfg(test)]
mod tests;
