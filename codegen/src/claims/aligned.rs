//! Names that were translated, and the JSON keys that they stand for.
//!
//! What is certain goes first: the key itself in another casing, or among the words of the cell. Then rows between rows
//! whose keys are known stand for the keys between those, the last row left for the last key, and a row for the only key
//! of its type. Anything else stays open.

use super::row::is_identifier;
use super::settle::is_linked;
use super::{JsonItem, PropertyClaim, TypeClaim, primitive};
use crate::diagnostic::{Code, Diagnostic, Subject, shorten};
use crate::schema::Primitive;

/// Gives rows whose names were translated the names that the JSON block or its annotation has for them. Rows that stay
/// without a name are taken out and returned.
///
/// The English page has its rows in the same order.
pub(super) fn align(
    ty: &mut TypeClaim,
    english: Option<&TypeClaim>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Vec<PropertyClaim> {
    let mut alignment = Alignment::new(ty, english);
    alignment.by_name();
    let in_english = std::mem::take(&mut alignment.in_english);
    let in_json: Vec<usize> = (0..alignment.keys.len()).collect();
    alignment.by_order(&in_english);
    // Each step may leave no other choice for another row.
    loop {
        let before = alignment.found.clone();
        alignment.by_order(&in_json);
        alignment.by_type();
        alignment.by_elimination();
        if alignment.found == before {
            break;
        }
    }
    let found = alignment.found;
    let open: Vec<String> = alignment
        .keys
        .iter()
        .zip(0..)
        .filter(|(_, at)| !found.contains(&Some(*at)))
        .map(|(key, _)| key.name.clone())
        .collect();
    let names: Vec<Option<String>> = found
        .iter()
        .map(|key| key.map(|key| alignment.keys[key].name.clone()))
        .collect();
    let shows_any = !alignment.keys.is_empty();
    let type_name = ty.name.clone();
    let mut left = Vec::new();
    let rows = std::mem::take(&mut ty.rows);
    for (mut row, name) in rows.into_iter().zip(names) {
        match name {
            Some(name) => {
                if !name.eq_ignore_ascii_case(&row.name) {
                    diagnostics.push(translated(&type_name, &row, &name));
                    row.name = name;
                }
                ty.rows.push(row);
            }
            None if is_identifier(&row.name) => {
                row.doubtful = shows_any && !is_camel(&row.name);
                ty.rows.push(row);
            }
            None => {
                diagnostics.push(unknown(&type_name, &row, &open));
                left.push(row);
            }
        }
    }
    left
}

/// A name that the page has outside of its tables.
struct Key<'a> {
    name: String,
    item: Option<&'a JsonItem>,
    collection: bool,
    /// Whether the JSON block shows it.
    shown: bool,
}

struct Alignment<'a> {
    rows: &'a [PropertyClaim],
    /// In the order of the JSON block, then those that only the annotation has.
    keys: Vec<Key<'a>>,
    /// The key of each row.
    found: Vec<Option<usize>>,
    /// The keys of the rows of the English page, in their order.
    in_english: Vec<usize>,
}

impl<'a> Alignment<'a> {
    fn new(ty: &'a TypeClaim, english: Option<&TypeClaim>) -> Self {
        let shown = ty.json.iter().map(|member| Key {
            name: member.name.clone(),
            item: Some(&member.shape.item),
            collection: member.shape.collection,
            shown: true,
        });
        let mut keys: Vec<Key<'_>> = shown.collect();
        let mut place = |name: &str| {
            let known = keys
                .iter()
                .position(|key| key.name.eq_ignore_ascii_case(name));
            known.unwrap_or_else(|| {
                keys.push(Key {
                    name: name.to_owned(),
                    item: None,
                    collection: false,
                    shown: false,
                });
                keys.len() - 1
            })
        };
        for name in ty.optional.iter().filter(|name| is_identifier(name)) {
            place(name);
        }
        let rows = english.into_iter().flat_map(|english| &english.rows);
        let in_english = rows.map(|row| place(&row.name)).collect();
        Self {
            rows: &ty.rows,
            found: vec![None; ty.rows.len()],
            in_english,
            keys,
        }
    }

    fn is_free(&self, key: usize) -> bool {
        !self.found.contains(&Some(key))
    }

    /// Whether the name of a row may be a translation: it is no name, or a single word.
    fn may_be_translated(&self, row: usize) -> bool {
        if self.found[row].is_some() {
            return false;
        }
        let row = &self.rows[row];
        !is_camel(&row.name) && !is_linked(row)
    }

    fn by_name(&mut self) {
        for row in 0..self.rows.len() {
            let name = self.rows[row].name.as_str();
            let exact = self.keys.iter().position(|key| key.name == name);
            let original = self.rows[row].original.as_deref();
            let original = || {
                let original = original?;
                self.keys
                    .iter()
                    .position(|key| key.name.eq_ignore_ascii_case(original))
            };
            let like = || {
                self.keys
                    .iter()
                    .position(|key| key.name.eq_ignore_ascii_case(name))
            };
            self.found[row] = exact.or_else(like).or_else(original);
        }
        for row in 0..self.rows.len() {
            if !self.may_be_translated(row) {
                continue;
            }
            let words = self.rows[row]
                .name
                .split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
            let words: Vec<&str> = words.filter(|word| word.len() > 2).collect();
            let joined: String = self.rows[row].name.split_whitespace().collect();
            let mut keys = (0..self.keys.len()).filter(|key| {
                let name = &self.keys[*key].name;
                self.is_free(*key)
                    && (name.eq_ignore_ascii_case(&joined)
                        || words.iter().any(|word| name.eq_ignore_ascii_case(word)))
            });
            if let (Some(key), None) = (keys.next(), keys.next()) {
                self.found[row] = Some(key);
            }
        }
    }

    /// Rows between two rows whose keys are known, or at either end, stand for the keys between those if there are as many.
    fn by_order(&mut self, order: &[usize]) {
        for navigation in [false, true] {
            let of_kind = |row: &usize| self.rows[*row].navigation == navigation;
            let rows: Vec<usize> = (0..self.rows.len()).filter(of_kind).collect();
            let mut at = 0;
            while at < rows.len() {
                let run = rows[at..].iter().copied();
                let run: Vec<usize> = run.take_while(|row| self.found[*row].is_none()).collect();
                if run.is_empty() {
                    at += 1;
                    continue;
                }
                let place = |row: usize| {
                    let key = self.found[row]?;
                    order.iter().position(|known| *known == key)
                };
                let before = rows[..at].iter().rev().find_map(|row| place(*row));
                let after = rows[at + run.len()..].iter().find_map(|row| place(*row));
                at += run.len();
                let start = before.map_or(0, |at| at + 1);
                let end = after.unwrap_or(order.len());
                // Only the ends of a list say that nothing else is between them.
                let is_bounded = before.is_some() || after.is_some() || run.len() > 1;
                let between = order
                    .get(start..end)
                    .filter(|_| is_bounded)
                    .unwrap_or_default();
                let keys = between.iter().copied().filter(|key| self.is_free(*key));
                let keys: Vec<usize> = keys.collect();
                let fits = keys.len() == run.len()
                    && run.iter().zip(&keys).all(|(row, key)| {
                        self.may_be_translated(*row) && self.fit(*row, *key) != Fit::No
                    });
                if fits {
                    for (row, key) in run.into_iter().zip(keys) {
                        self.found[row] = Some(key);
                    }
                }
            }
        }
    }

    /// A row stands for the only key of its type, if it is the only row of that type.
    fn by_type(&mut self) {
        for navigation in [false, true] {
            while let Some((row, key)) = self.only_pair(navigation) {
                self.found[row] = Some(key);
            }
        }
    }

    fn only_pair(&self, navigation: bool) -> Option<(usize, usize)> {
        let is_open =
            |row: &usize| self.rows[*row].navigation == navigation && self.may_be_translated(*row);
        let rows: Vec<usize> = (0..self.rows.len()).filter(is_open).collect();
        let keys: Vec<usize> = (0..self.keys.len())
            .filter(|key| self.is_free(*key))
            .collect();
        rows.iter().find_map(|row| {
            let mut fitting = keys.iter().filter(|key| self.fit(*row, **key) == Fit::Yes);
            let (key, None) = (*fitting.next()?, fitting.next()) else {
                return None;
            };
            let mut others = rows
                .iter()
                .filter(|other| self.fit(**other, key) != Fit::No);
            (others.next() == Some(row) && others.next().is_none()).then_some((*row, key))
        })
    }

    /// The last row left stands for the last key left.
    fn by_elimination(&mut self) {
        for navigation in [false, true] {
            let mut rows = (0..self.rows.len()).filter(|row| {
                self.may_be_translated(*row) && self.rows[*row].navigation == navigation
            });
            let (Some(row), None) = (rows.next(), rows.next()) else {
                continue;
            };
            // Navigation properties are seldom shown.
            let shown = !navigation;
            let mut keys = (0..self.keys.len())
                .filter(|key| self.is_free(*key) && (self.keys[*key].shown == shown));
            let (Some(key), None) = (keys.next(), keys.next()) else {
                continue;
            };
            if self.fit(row, key) != Fit::No {
                self.found[row] = Some(key);
            }
        }
    }

    /// Whether the type of a row can be that of a key.
    fn fit(&self, row: usize, key: usize) -> Fit {
        let (row, key) = (&self.rows[row], &self.keys[key]);
        let (Some(cell), Some(item)) = (&row.ty, key.item) else {
            return Fit::Maybe;
        };
        let [word] = &cell.words[..] else {
            return Fit::Maybe;
        };
        if cell.collection && !key.collection || key.collection && !cell.collection && !cell.remark
        {
            return Fit::No;
        }
        let names = |name: &str| {
            let short = name.rsplit('.').next().unwrap_or(name);
            let target = word.target.as_deref().unwrap_or("").to_ascii_lowercase();
            let stem = target
                .rsplit('/')
                .next()
                .unwrap_or("")
                .split('.')
                .next()
                .unwrap_or("")
                .to_owned();
            word.text
                .rsplit('.')
                .next()
                .is_some_and(|text| text.eq_ignore_ascii_case(short))
                || stem.ends_with(&short.to_ascii_lowercase())
        };
        match (primitive(&word.text), item) {
            (_, JsonItem::Object | JsonItem::Nothing | JsonItem::Dotted(_)) => Fit::Maybe,
            (None, JsonItem::Named(name)) if names(name) => Fit::Yes,
            (Some(_), JsonItem::Named(_)) => Fit::No,
            (None, JsonItem::Named(_)) => match word.target {
                Some(_) => Fit::No,
                None => Fit::Maybe,
            },
            // An enumeration is shown as text.
            (
                None,
                JsonItem::Primitive(Primitive::String) | JsonItem::Text | JsonItem::Values(_),
            ) => Fit::Maybe,
            (None, _) => match word.target {
                Some(_) => Fit::No,
                None => Fit::Maybe,
            },
            (Some(ty), JsonItem::Primitive(shown)) if ty == *shown => Fit::Yes,
            (Some(ty), JsonItem::Integer | JsonItem::Number) => match is_number(ty) {
                true => Fit::Yes,
                false => Fit::No,
            },
            (Some(ty), JsonItem::Primitive(shown)) => {
                match (is_text(ty) && is_text(*shown)) || (is_number(ty) && is_number(*shown)) {
                    true => Fit::Maybe,
                    false => Fit::No,
                }
            }
            (Some(ty), JsonItem::Text | JsonItem::Values(_)) => match is_text(ty) {
                true => Fit::Maybe,
                false => Fit::No,
            },
        }
    }
}

/// Whether a name is several words in camel case, which no translation is.
fn is_camel(name: &str) -> bool {
    is_identifier(name)
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.contains(|c: char| c.is_ascii_uppercase())
}

/// Whether a row can be about a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fit {
    /// Both have the same type.
    Yes,
    /// Nothing speaks against it.
    Maybe,
    No,
}

fn is_number(ty: Primitive) -> bool {
    matches!(
        ty,
        Primitive::Byte
            | Primitive::SByte
            | Primitive::Int16
            | Primitive::Int32
            | Primitive::Int64
            | Primitive::Single
            | Primitive::Double
            | Primitive::Decimal
    )
}

fn is_text(ty: Primitive) -> bool {
    !is_number(ty) && ty != Primitive::Boolean
}

fn translated(ty: &str, row: &PropertyClaim, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NameTranslated,
        row.place.clone(),
        format!(
            "the name `{}` is a translation; the JSON block has `{name}` for it",
            shorten(&row.name)
        ),
    )
    .hint("write the name as it is on the wire")
    .about(Subject::member(ty, name))
}

fn unknown(ty: &str, row: &PropertyClaim, open: &[String]) -> Diagnostic {
    let hint = match open {
        [] => "write the name as it is on the wire".to_owned(),
        open => {
            let names: Vec<String> = open
                .iter()
                .take(8)
                .map(|name| format!("`{name}`"))
                .collect();
            format!(
                "it may be one of {}, for which there is no row",
                names.join(", ")
            )
        }
    };
    Diagnostic::new(
        Code::NameTranslated,
        row.place.clone(),
        format!("`{}` is no name of a property, and it cannot be told which it is; the row was not used", shorten(&row.name)),
    )
    .hint(hint)
    .about(Subject::ty(ty))
}
