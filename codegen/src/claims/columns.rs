//! Columns: which of a table's columns holds what.

use super::words;
use crate::page::Table;

/// The columns of a property or relationship table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PropertyColumns {
    pub(super) name: usize,
    pub(super) ty: Option<usize>,
    pub(super) description: Option<usize>,
}

/// The columns of a member table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct MemberColumns {
    pub(super) name: usize,
    pub(super) value: Option<usize>,
    pub(super) description: Option<usize>,
}

/// A header cell as its words in lower case, without marks and blanks around it.
fn header(table: &Table, column: usize) -> String {
    let text = table
        .header
        .get(column)
        .map_or("", |cell| cell.text.as_str());
    text.replace("&nbsp;", " ")
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .trim_matches('*')
        .to_lowercase()
}

fn find(table: &Table, words: &[&str]) -> Option<usize> {
    (0..table.header.len()).find(|column| words.contains(&header(table, *column).as_str()))
}

/// Whether a table's header has one of these words.
pub(super) fn has(table: &Table, words: &[&str]) -> bool {
    find(table, words).is_some()
}

/// Whether the first header cell is one of these words.
pub(super) fn starts_with(table: &Table, words: &[&str]) -> bool {
    words.contains(&header(table, 0).as_str())
}

impl PropertyColumns {
    /// By the header's words where they are known, else by position: name, type, description.
    pub(super) fn of(table: &Table) -> Self {
        let named = find(table, words::NAME_HEADERS);
        let name = named.unwrap_or(0);
        let found_type = find(table, words::TYPE_HEADERS);
        let found_description = find(table, words::DESCRIPTION_HEADERS);
        let free = |column: usize| {
            (column < table.header.len()
                && column != name
                && Some(column) != found_type
                && Some(column) != found_description)
                .then_some(column)
        };
        let ty = found_type.or_else(|| free(1));
        let description =
            found_description.or_else(|| free(2).filter(|column| Some(*column) != ty));
        Self {
            name,
            ty,
            description,
        }
    }
}

impl MemberColumns {
    /// By what stands in them: the first column holds names, one that is mostly numbers the values, the last other
    /// one descriptions.
    pub(super) fn of(table: &Table) -> Self {
        let columns = table.header.len();
        let value = (1..columns).find(|column| {
            let cells: Vec<&str> = table
                .rows
                .iter()
                .filter_map(|row| row.cell(*column))
                .map(|cell| cell.text.trim())
                .collect();
            let numbers = cells.iter().filter(|text| number(text).is_some()).count();
            numbers > 0 && numbers * 2 >= cells.len()
        });
        let description = (1..columns).rev().find(|column| Some(*column) != value);
        Self {
            name: 0,
            value,
            description,
        }
    }
}

/// A number in a cell, decimal or hexadecimal.
pub(super) fn number(text: &str) -> Option<i64> {
    let text = text.trim().trim_matches('`');
    match text.strip_prefix("0x").or_else(|| text.strip_prefix("0X")) {
        Some(hex) => i64::from_str_radix(hex, 16).ok(),
        None => text.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Block, Page};
    use crate::source::MemoryFiles;

    fn table(markdown: &str) -> Table {
        let page = Page::read(
            &MemoryFiles::new([("v/resources/a.md", markdown)]),
            "v/resources/a.md".into(),
        );
        let Block::Table(table) = page.blocks.into_iter().next().unwrap() else {
            panic!()
        };
        table
    }

    #[test]
    fn header_words_decide_before_positions() {
        let columns = PropertyColumns::of(&table("|Description|Name|Type|\n|-|-|-|\n"));
        assert_eq!(
            columns,
            PropertyColumns {
                name: 1,
                ty: Some(2),
                description: Some(0)
            }
        );
        let columns = PropertyColumns::of(&table(
            "|**Property** | Type&nbsp; | Description|\n|-|-|-|\n",
        ));
        assert_eq!(
            columns,
            PropertyColumns {
                name: 0,
                ty: Some(1),
                description: Some(2)
            }
        );
    }

    #[test]
    fn unknown_words_leave_it_to_positions() {
        let columns = PropertyColumns::of(&table("|Eigenschaft|Typ|Beschreibung|\n|-|-|-|\n"));
        assert_eq!(
            columns,
            PropertyColumns {
                name: 0,
                ty: Some(1),
                description: Some(2)
            }
        );
    }

    #[test]
    fn numbers_find_their_column() {
        let columns = MemberColumns::of(&table(
            "|Member|Description|Value|\n|-|-|-|\n|a|first|0|\n|b|second|1|\n",
        ));
        assert_eq!(
            columns,
            MemberColumns {
                name: 0,
                value: Some(2),
                description: Some(1)
            }
        );
        let columns = MemberColumns::of(&table("|Value|Description|\n|-|-|\n|a|first|\n"));
        assert_eq!(
            columns,
            MemberColumns {
                name: 0,
                value: None,
                description: Some(1)
            }
        );
    }
}
