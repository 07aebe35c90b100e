//! Tables of operations: what they return.

use super::{NameClaim, type_cell};
use crate::page::{Block, Inline, Page, Table};
use crate::schema::Evidence;

/// The types that the operations in the tables of a page return.
pub(super) fn returned(page: &Page) -> Vec<NameClaim> {
    let tables = page.blocks.iter().filter_map(|block| match block {
        Block::Table(table) => Some(table),
        _ => None,
    });
    tables.flat_map(of_table).collect()
}

/// The linked types of rows whose first cell leads to the page of an operation. The last of several columns is a
/// description, whatever it links to.
fn of_table(table: &Table) -> Vec<NameClaim> {
    let mut returned = Vec::new();
    for row in &table.rows {
        if !row.cell(0).is_some_and(leads_to_operation) {
            continue;
        }
        for column in 1..table.header.len().saturating_sub(1).max(2) {
            let Some(cell) = row.cell(column).and_then(type_cell::read) else {
                continue;
            };
            let linked = cell.words.into_iter().filter(|word| word.target.is_some());
            returned.extend(linked.map(|word| NameClaim {
                word,
                evidence: Evidence::Table,
                place: row.place.clone(),
            }));
        }
    }
    returned
}

/// Pages of operations stand in a folder of their own beside the resources.
fn leads_to_operation(cell: &Inline) -> bool {
    let mut links = cell.links();
    links.any(|(_, target)| target.split('/').rev().skip(1).any(|part| part == "api"))
}
