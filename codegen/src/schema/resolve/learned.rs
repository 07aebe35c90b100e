//! What type cells in words that nobody knows mean, learned from rows whose properties the JSON blocks show.
//!
//! Where a cell says `Zeichenfolge` and the blocks show text again and again, it says `String`; where words stand beside
//! a link and the blocks show arrays, they say that there are several values. No lexicon is needed for that.

use std::collections::{BTreeMap, HashMap};

use super::super::{ItemType, Primitive};
use super::groups::Group;
use super::index::{Index, Meaning};
use super::types::{Site, names};
use crate::claims::{JsonItem, JsonShape, TypeCell, primitive as named};

/// How often a cell has to stand beside a value that shows its type.
const LEAST: usize = 3;

/// What cells mean, by their words.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Learned {
    items: HashMap<String, Primitive>,
    collections: HashMap<String, bool>,
}

impl Learned {
    pub(super) fn of(groups: &BTreeMap<String, Group<'_>>, index: &Index) -> Self {
        let mut items: HashMap<String, Votes<Primitive>> = HashMap::new();
        let mut collections: HashMap<String, Votes<bool>> = HashMap::new();
        for group in groups.values() {
            for claim in group.claims() {
                for row in &claim.rows {
                    let Some(cell) = row.ty.as_ref().filter(|cell| !is_plain(cell)) else {
                        continue;
                    };
                    let mut json = claim.json.iter();
                    let Some(json) = json.find(|json| json.name.eq_ignore_ascii_case(&row.name))
                    else {
                        continue;
                    };
                    let shape = index.read(&json.shape);
                    let site = Site {
                        namespace: group.name.namespace(),
                        page: &row.place.file,
                    };
                    let (text, pattern) = (words(cell), pattern(cell));
                    if shape.item != JsonItem::Nothing || shape.collection {
                        collections
                            .entry(pattern)
                            .or_default()
                            .add(shape.collection);
                        collections
                            .entry(text.clone())
                            .or_default()
                            .add(shape.collection);
                    }
                    let unknown = is_unknown(cell, index, site);
                    if let Some(primitive) = primitive(&shape).filter(|_| unknown) {
                        items.entry(text).or_default().add(primitive);
                    }
                }
            }
        }
        Self {
            items: decided(items),
            collections: decided(collections),
        }
    }

    /// The primitive type that a cell's words mean.
    pub(super) fn item(&self, cell: &TypeCell) -> Option<ItemType> {
        let primitive = self.items.get(&words(cell))?;
        Some(ItemType::Primitive(*primitive))
    }

    /// Whether a cell with words that are not understood says that there are several values.
    pub(super) fn is_collection(&self, cell: &TypeCell) -> bool {
        let by_words = self.collections.get(&words(cell));
        let found = by_words.or_else(|| self.collections.get(&pattern(cell)));
        found.copied().unwrap_or(false)
    }
}

/// How often a cell stands beside what.
struct Votes<T>(BTreeMap<T, usize>);

impl<T> Default for Votes<T> {
    fn default() -> Self {
        Self(BTreeMap::new())
    }
}

impl<T: Ord> Votes<T> {
    fn add(&mut self, vote: T) {
        *self.0.entry(vote).or_default() += 1;
    }
}

/// What four of five votes are for.
fn decided<T: Ord>(votes: HashMap<String, Votes<T>>) -> HashMap<String, T> {
    let decided = votes.into_iter().filter_map(|(words, votes)| {
        let all: usize = votes.0.values().sum();
        let (best, count) = votes.0.into_iter().max_by_key(|(_, count)| *count)?;
        (all >= LEAST && count * 5 >= all * 4).then_some((words, best))
    });
    decided.collect()
}

/// Whether a cell names one of OData's own types and nothing else, of which there is nothing to learn.
fn is_plain(cell: &TypeCell) -> bool {
    matches!(&cell.words[..], [word] if word.target.is_none() && named(&word.text).is_some())
        && !cell.remark
}

fn is_unknown(cell: &TypeCell, index: &Index, site: Site<'_>) -> bool {
    names(cell)
        .iter()
        .all(|word| word.target.is_none() && index.meaning(word, site) == Meaning::Unknown)
}

/// The words of a cell.
fn words(cell: &TypeCell) -> String {
    cell.written.to_lowercase()
}

/// The words of a cell around its links.
fn pattern(cell: &TypeCell) -> String {
    let mut text = cell.written.clone();
    for word in cell.words.iter().filter(|word| word.target.is_some()) {
        text = text.replacen(&word.text, "{}", 1);
    }
    text.to_lowercase()
}

/// The primitive type that a value shows.
fn primitive(shape: &JsonShape) -> Option<Primitive> {
    Some(match &shape.item {
        JsonItem::Primitive(primitive) => *primitive,
        JsonItem::Text | JsonItem::Values(_) => Primitive::String,
        JsonItem::Integer => Primitive::Int32,
        JsonItem::Number => Primitive::Double,
        JsonItem::Named(_) | JsonItem::Dotted(_) | JsonItem::Object | JsonItem::Nothing => {
            return None;
        }
    })
}
