//! The blocks of a page.

use super::inline::Inline;
use crate::source::Place;

/// A block of a page.
#[derive(Clone, Debug, PartialEq)]
pub enum Block {
    /// A heading.
    Heading(Heading),
    /// A paragraph outside of lists.
    Paragraph(Inline),
    /// A paragraph in a list.
    Item(Inline),
    /// A paragraph in a quotation: the docs' form for notes and warnings.
    Note(Inline),
    /// A table.
    Table(Table),
    /// A code block.
    Code(Code),
    /// An HTML comment.
    Comment(Comment),
}

impl Block {
    /// Gives back the room for more that texts and lists grow by.
    pub(super) fn shrink(&mut self) {
        match self {
            Self::Heading(heading) => heading.inline.shrink(),
            Self::Paragraph(inline) | Self::Item(inline) | Self::Note(inline) => inline.shrink(),
            Self::Table(table) => {
                table.rows.shrink_to_fit();
                let rows = table.rows.iter_mut().map(|row| &mut row.cells);
                for cells in rows.chain([&mut table.header]) {
                    cells.shrink_to_fit();
                    cells.iter_mut().for_each(Inline::shrink);
                }
            }
            Self::Code(code) => code.text.shrink_to_fit(),
            Self::Comment(comment) => comment.text.shrink_to_fit(),
        }
    }
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The English slug that translated pages carry as `<a name="slug"></a>`.
    pub slug: Option<String>,
    /// Its text.
    pub inline: Inline,
}

/// A table.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// Where its header starts.
    pub place: Place,
    /// The header's cells.
    pub header: Vec<Inline>,
    /// The rows below the header. A row that was broken over several lines is one row.
    pub rows: Vec<Row>,
    /// How many lines of its rows Markdown does not see as part of a table.
    pub mended: u32,
}

impl Table {
    /// Moves every place.
    pub(super) fn move_places(&mut self, moved: impl Fn(&mut Place)) {
        let rows = self.rows.iter_mut().flat_map(|row| {
            let cells = row.cells.iter_mut().map(|cell| &mut cell.place);
            cells.chain(std::iter::once(&mut row.place))
        });
        let header = self.header.iter_mut().map(|cell| &mut cell.place);
        let places = rows.chain(header).chain(std::iter::once(&mut self.place));
        places.for_each(moved);
    }
}

/// A row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Where it starts.
    pub place: Place,
    /// The cells as written; there may be fewer than the header has.
    pub cells: Vec<Inline>,
    /// How many lines of the table it takes: more than one if it was broken.
    pub lines: u32,
}

impl Row {
    /// The cell in this column, if it was written and holds something.
    #[must_use]
    pub fn cell(&self, column: usize) -> Option<&Inline> {
        self.cells.get(column).filter(|cell| !cell.is_blank())
    }
}

/// A code block.
#[derive(Clone, Debug, PartialEq)]
pub struct Code {
    /// Where its first line of code stands.
    pub place: Place,
    /// The first word behind the fence, in lower case.
    pub language: String,
    /// The code.
    pub text: String,
}

/// An HTML comment.
#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// Where what is between `<!--` and `-->` starts.
    pub place: Place,
    /// What is between them.
    pub text: String,
}
