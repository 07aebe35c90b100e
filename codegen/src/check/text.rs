//! The running texts of a page.

use crate::page::{Block, Inline, Page};

/// Every running text: headings, paragraphs, notes, the cells of tables.
pub(super) fn texts(page: &Page) -> impl Iterator<Item = &Inline> {
    page.blocks.iter().flat_map(|block| {
        let (one, cells): (Option<&Inline>, &[_]) = match block {
            Block::Heading(heading) => (Some(&heading.inline), &[]),
            Block::Paragraph(text) | Block::Item(text) | Block::Note(text) => (Some(text), &[]),
            Block::Table(table) => (None, &table.rows),
            Block::Code(_) | Block::Comment(_) => (None, &[]),
        };
        one.into_iter()
            .chain(cells.iter().flat_map(|row| &row.cells))
    })
}
