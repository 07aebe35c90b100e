//! The type of a property, from its cell and from the value in the JSON block.

use super::super::{Evidence, ItemType, Primitive, TypeName, TypeRef};
use super::Resolver;
use super::index::Meaning;
use crate::claims::{
    JsonClaim, JsonItem, JsonShape, PropertyClaim, TypeCell, TypeWord, is_type_name,
};
use crate::diagnostic::{Code, Diagnostic};

/// A decided type, what decided it, and the values that the docs list beside it.
pub(super) struct Decided {
    pub(super) ty: TypeRef,
    pub(super) evidence: Evidence,
    pub(super) values: Vec<String>,
}

/// Where a name stands: what it means depends on it.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    /// The namespace of the type that is described.
    pub(super) namespace: &'a str,
    /// The page.
    pub(super) page: &'a str,
}

impl Resolver<'_> {
    /// Decides the type of a property: the table's, or the JSON block's where the table has none that can be used.
    pub(super) fn property_type(
        &mut self,
        row: Option<&PropertyClaim>,
        json: Option<&JsonClaim>,
        site: Site<'_>,
    ) -> Decided {
        let shape = json.map(|json| self.index.read(&json.shape));
        let shape = shape.as_deref();
        let cell = row.and_then(|row| row.ty.as_ref());
        let from_table = cell.and_then(|cell| {
            let item = self.cell_type(cell, shape, site)?;
            // Words that are not understood may say that there are several values; then the JSON block decides.
            let several = match shape {
                Some(shape) => cell.remark && shape.collection,
                None => !self.is_understood(cell, site) && self.learned.is_collection(cell),
            };
            Some(TypeRef {
                item,
                collection: cell.collection || several,
            })
        });
        let (ty, evidence) = match (from_table, shape) {
            (Some(ty), shape) => {
                if let (Some(shape), Some(cell)) = (shape, cell) {
                    self.compare(&ty, shape, site, &cell.place, json.map(|json| &json.place));
                }
                (ty, Evidence::Table)
            }
            // Any text may stand for a type that the table names and no page describes.
            (None, Some(shape))
                if shape.item == JsonItem::Text
                    && cell.is_some_and(|cell| {
                        names(cell).iter().any(|word| is_type_name(&word.text))
                    }) =>
            {
                let collection = shape.collection || cell.is_some_and(|cell| cell.collection);
                let ty = TypeRef {
                    item: ItemType::Untyped,
                    collection,
                };
                (ty, Evidence::Inferred)
            }
            (None, Some(shape)) => {
                if let Some(row) = row.filter(|row| row.ty.is_none()) {
                    self.diagnostics
                        .push(without_type(row, "the JSON block decided it"));
                }
                let item = self.shape_type(shape, site);
                let collection = cell.is_some_and(|cell| cell.collection) || shape.collection;
                (TypeRef { item, collection }, Evidence::Json)
            }
            (None, None) => {
                if let Some(row) = row.filter(|row| row.ty.is_none()) {
                    self.diagnostics
                        .push(without_type(row, "any value is taken"));
                }
                let collection = cell.is_some_and(|cell| cell.collection);
                (
                    TypeRef {
                        item: ItemType::Untyped,
                        collection,
                    },
                    Evidence::Inferred,
                )
            }
        };
        let is_text = ty.item == ItemType::Primitive(Primitive::String);
        let values = if is_text {
            listed_values(row, json).to_vec()
        } else {
            Vec::new()
        };
        Decided {
            ty,
            evidence,
            values,
        }
    }

    /// Whether all words of a cell are names of types, so that nothing in it may say that there are several values.
    fn is_understood(&self, cell: &TypeCell, site: Site<'_>) -> bool {
        let known = |word: &&TypeWord| {
            let label = TypeWord {
                text: word.text.clone(),
                target: None,
            };
            self.index.meaning(&label, site) != Meaning::Unknown
        };
        !cell.remark && names(cell).iter().all(known)
    }

    /// The type that a cell names; `None` if it names none that is known.
    fn cell_type(
        &mut self,
        cell: &TypeCell,
        shape: Option<&JsonShape>,
        site: Site<'_>,
    ) -> Option<ItemType> {
        match names(cell).as_slice() {
            [] => {
                self.diagnostics.push(unreadable(cell));
                None
            }
            [word] => self.word_type(word, cell, shape, site),
            several => self.alternatives(several, cell, shape, site),
        }
    }

    fn word_type(
        &mut self,
        word: &TypeWord,
        cell: &TypeCell,
        shape: Option<&JsonShape>,
        site: Site<'_>,
    ) -> Option<ItemType> {
        match self.index.meaning(word, site) {
            Meaning::Certain(item) => Some(item),
            Meaning::Divided(target, label) => {
                // The JSON block arbitrates between a link and its label; without it the target beats the label.
                let shown = self.shown(shape, site);
                Some(ItemType::Named(if shown.as_ref() == Some(&label) {
                    label
                } else {
                    target
                }))
            }
            Meaning::Ambiguous(name, count) => {
                if let Some(shown) = self
                    .shown(shape, site)
                    .filter(|shown| shown.short() == name.short())
                {
                    return Some(ItemType::Named(shown));
                }
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::TypeAmbiguous,
                        cell.place.clone(),
                        format!(
                            "`{}` is a type in {count} namespaces; `{name}` was taken",
                            word.text
                        ),
                    )
                    .hint("write the qualified name, or link to the page"),
                );
                Some(ItemType::Named(name))
            }
            Meaning::Unknown if self.learned.item(cell).is_some() => self.learned.item(cell),
            Meaning::Unknown if !is_type_name(&word.text) => {
                self.diagnostics.push(unreadable(cell));
                None
            }
            Meaning::Unknown => {
                if let Some(item) = self.enums.find(&word.text, site.namespace) {
                    return Some(item);
                }
                self.diagnostics.push(unresolved(word, cell));
                None
            }
        }
    }

    /// The type that the JSON block names.
    pub(super) fn shown(&self, shape: Option<&JsonShape>, site: Site<'_>) -> Option<TypeName> {
        match self.shape_type(shape?, site) {
            ItemType::Named(name) => Some(name),
            ItemType::Primitive(_) | ItemType::Untyped => None,
        }
    }

    /// One type for several alternatives: the one that the JSON block names, or their nearest common base.
    fn alternatives(
        &mut self,
        words: &[&TypeWord],
        cell: &TypeCell,
        shape: Option<&JsonShape>,
        site: Site<'_>,
    ) -> Option<ItemType> {
        let mut items: Vec<ItemType> = Vec::new();
        for word in words {
            match self.index.meaning(word, site) {
                Meaning::Certain(item) if items.contains(&item) => {}
                Meaning::Certain(item) => items.push(item),
                Meaning::Divided(name, _) | Meaning::Ambiguous(name, _) => {
                    items.push(ItemType::Named(name))
                }
                Meaning::Unknown if is_type_name(&word.text) => {
                    self.diagnostics.push(unresolved(word, cell))
                }
                // A remark beside the names.
                Meaning::Unknown => {}
            }
        }
        if let [one] = items.as_slice() {
            return Some(one.clone());
        }
        // One of the alternatives may be anything.
        if items.contains(&ItemType::Untyped) {
            return Some(ItemType::Untyped);
        }
        let shown = self.shown(shape, site);
        let names: Vec<&TypeName> = items
            .iter()
            .filter_map(|item| match item {
                ItemType::Named(name) => Some(name),
                _ => None,
            })
            .collect();
        let common = if names.len() == items.len() {
            self.common_base(&names)
        } else {
            None
        };
        let found = shown.or(common);
        self.diagnostics.push(
            Diagnostic::new(
                Code::TypeAlternatives,
                cell.place.clone(),
                match &found {
                    Some(name) => format!(
                        "the cell offers several types (`{}`); `{name}` was taken",
                        cell.written
                    ),
                    None => format!(
                        "the cell offers several types (`{}`) without a common base",
                        cell.written
                    ),
                },
            )
            .hint("name one type: the base of the alternatives"),
        );
        found.map(ItemType::Named)
    }

    fn common_base(&self, names: &[&TypeName]) -> Option<TypeName> {
        let (first, rest) = names.split_first()?;
        let lineages: Vec<Vec<TypeName>> = rest.iter().map(|name| self.lineage(name)).collect();
        self.lineage(first)
            .into_iter()
            .find(|name| lineages.iter().all(|lineage| lineage.contains(name)))
    }

    /// A type and its bases, as far as they are decided.
    pub(super) fn lineage(&self, name: &TypeName) -> Vec<TypeName> {
        super::bases::lineage(&self.bases, name)
            .into_iter()
            .cloned()
            .collect()
    }

    /// The type that a value shows.
    fn shape_type(&self, shape: &JsonShape, site: Site<'_>) -> ItemType {
        match &shape.item {
            JsonItem::Named(name) => {
                let word = TypeWord {
                    text: name.clone(),
                    target: None,
                };
                match self.index.meaning(&word, site) {
                    Meaning::Certain(item) => item,
                    Meaning::Divided(name, _) | Meaning::Ambiguous(name, _) => {
                        ItemType::Named(name)
                    }
                    Meaning::Unknown => ItemType::Untyped,
                }
            }
            JsonItem::Primitive(primitive) => ItemType::Primitive(*primitive),
            JsonItem::Text | JsonItem::Dotted(_) | JsonItem::Values(_) => {
                ItemType::Primitive(Primitive::String)
            }
            JsonItem::Integer => ItemType::Primitive(Primitive::Int32),
            JsonItem::Number => ItemType::Primitive(Primitive::Double),
            JsonItem::Object | JsonItem::Nothing => ItemType::Untyped,
        }
    }
}

/// The names in a cell, without `null`.
pub(super) fn names(cell: &TypeCell) -> Vec<&TypeWord> {
    cell.words
        .iter()
        .filter(|word| !word.text.eq_ignore_ascii_case("null"))
        .collect()
}

/// The values that the docs list for a property: in its description, or else in the JSON block.
pub(super) fn listed_values<'a>(
    row: Option<&'a PropertyClaim>,
    json: Option<&'a JsonClaim>,
) -> &'a [String] {
    match (row, json.map(|json| &json.shape.item)) {
        (Some(row), _) if !row.values.is_empty() => &row.values,
        (_, Some(JsonItem::Values(values))) => values,
        _ => &[],
    }
}

fn unresolved(word: &TypeWord, cell: &TypeCell) -> Diagnostic {
    Diagnostic::new(
        Code::TypeUnresolved,
        cell.place.clone(),
        format!("no page describes the type `{}`", word.text),
    )
    .hint("correct the name, link to its page, or add a page")
}

fn unreadable(cell: &TypeCell) -> Diagnostic {
    Diagnostic::new(
        Code::TypeUnreadable,
        cell.place.clone(),
        format!("expected a type, found `{}`", cell.written),
    )
    .hint("write one type's name, with a link to its page")
}

fn without_type(row: &PropertyClaim, consequence: &str) -> Diagnostic {
    Diagnostic::new(
        Code::RowWithoutType,
        row.place.clone(),
        format!("the row of `{}` has no type; {consequence}", row.name),
    )
    .hint("fill in the type")
}
