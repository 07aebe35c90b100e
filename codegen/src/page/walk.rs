//! From Markdown's events to blocks.

use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Page;
use super::block::{Block, Code, Comment, Heading, Row, Table};
use super::inline::Inline;
use super::text::InlineBuilder;
use super::{depth, include, mend, rows};
use crate::diagnostic::{Code as DiagnosticCode, Diagnostic};
use crate::limits::Limit;
use crate::source::{Files, Lines, MemoryFiles, Place};

/// The blocks of a file, from a byte offset on; `trail` holds the files that are being read, the innermost last.
pub(super) fn blocks(
    files: &dyn Files,
    lines: &Lines<'_>,
    offset: usize,
    trail: &mut Vec<Arc<str>>,
    page: &mut Page,
) -> Vec<Block> {
    Walk::new(files, lines, trail, page).run(offset)
}

/// A piece of Markdown on its own, as if it stood at this place.
pub(super) fn inline(markdown: &str, place: &Place) -> Inline {
    let lines = Lines::new(Arc::clone(&place.file), markdown);
    let (files, mut trail, mut page) = (MemoryFiles::default(), Vec::new(), Page::default());
    let walk = Walk {
        mends: false,
        ..Walk::new(&files, &lines, &mut trail, &mut page)
    };
    let found = walk.run(0).into_iter().find_map(|block| match block {
        Block::Paragraph(inline) | Block::Item(inline) => Some(inline),
        _ => None,
    });
    Inline {
        place: place.clone(),
        ..found.unwrap_or_else(|| Inline::empty(place.clone()))
    }
}

/// A running text that is being built: of a heading (with its level), a paragraph, a list item or a cell.
struct Text {
    level: Option<u8>,
    builder: InlineBuilder,
}

/// A block that is being built from other events than those of running text. These never hold each other.
enum Open {
    /// A table: header, rows and the row that is open.
    Table {
        place: Place,
        header: Option<Vec<Inline>>,
        rows: Vec<Row>,
        cells: Vec<Inline>,
    },
    /// A code block.
    Code {
        fenced: bool,
        language: String,
        place: Option<Place>,
        fallback: usize,
        text: String,
    },
    /// An HTML block: its raw text and the offset where that starts.
    Html { start: usize, text: String },
}

/// What is told where rows are left out.
const ROWS_LEFT_OUT: &str = "rows of tables from here on were left out";

struct Walk<'a> {
    files: &'a dyn Files,
    lines: &'a Lines<'a>,
    blocks: Vec<Block>,
    text: Option<Text>,
    open: Option<Open>,
    /// How many quotations are open.
    quotes: usize,
    /// How many list items are open.
    items: usize,
    /// Whether paragraphs are looked at for tables in them; not where a piece of a page is read again.
    mends: bool,
    trail: &'a mut Vec<Arc<str>>,
    page: &'a mut Page,
}

impl<'a> Walk<'a> {
    fn new(
        files: &'a dyn Files,
        lines: &'a Lines<'a>,
        trail: &'a mut Vec<Arc<str>>,
        page: &'a mut Page,
    ) -> Self {
        Self {
            files,
            lines,
            blocks: Vec::new(),
            text: None,
            open: None,
            quotes: 0,
            items: 0,
            mends: true,
            trail,
            page,
        }
    }

    /// Takes all events of the text from a byte offset on.
    fn run(mut self, offset: usize) -> Vec<Block> {
        let text = self.lines.from(offset);
        for (event, range) in Parser::new_ext(text, Options::ENABLE_TABLES).into_offset_iter() {
            self.event(event, range.start + offset, range.end + offset);
        }
        self.flush();
        self.blocks
    }

    fn event(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            Event::Start(tag) => self.start(&tag, start),
            Event::End(tag) => self.end(tag, start, end),
            Event::Text(text) => match &mut self.open {
                Some(Open::Code {
                    text: code, place, ..
                }) => {
                    if place.is_none() {
                        *place = Some(self.lines.place(start));
                    }
                    code.push_str(&text);
                }
                Some(Open::Html { text: html, .. }) => html.push_str(&text),
                _ => self.builder(start).text(&text),
            },
            Event::Code(code) => match self.has_room_for_mark(start) {
                true => self.builder(start).code(&code),
                false => self.builder(start).text(&code),
            },
            Event::Html(html) => {
                if let Some(Open::Html { text, .. }) = &mut self.open {
                    text.push_str(&html);
                }
            }
            Event::InlineHtml(html) => {
                if let Some(comment) = html.strip_prefix("<!--") {
                    let text = comment.strip_suffix("-->").unwrap_or(comment);
                    self.comment(start + 4, text);
                } else {
                    self.builder(start).html(&html);
                }
            }
            Event::SoftBreak | Event::HardBreak => self.builder(start).text(" "),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, start: usize) {
        match tag {
            Tag::Heading { level, .. } => self.open_text(Some(level_number(*level)), start),
            Tag::Paragraph | Tag::TableCell => self.open_text(None, start),
            // The text of a tight list item comes without a paragraph around it, and may follow the text of an outer item.
            Tag::List(_) => self.flush(),
            Tag::Item => {
                self.flush();
                self.items += 1;
            }
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let fenced = matches!(kind, CodeBlockKind::Fenced(_));
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info
                        .split_whitespace()
                        .next()
                        .unwrap_or("")
                        .to_ascii_lowercase(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.open = Some(Open::Code {
                    fenced,
                    language,
                    place: None,
                    fallback: start,
                    text: String::new(),
                });
            }
            Tag::HtmlBlock => {
                self.flush();
                self.open = Some(Open::Html {
                    start,
                    text: String::new(),
                });
            }
            Tag::Table(_) => {
                self.flush();
                let place = self.lines.place(start);
                self.open = Some(Open::Table {
                    place,
                    header: None,
                    rows: Vec::new(),
                    cells: Vec::new(),
                });
            }
            Tag::Link { dest_url, .. } if self.has_room_for_mark(start) => {
                self.builder(start).open_link(dest_url);
            }
            Tag::Strong if self.has_room_for_mark(start) => {
                let builder = self.builder(start);
                builder.strong.push(builder.inline.text.len());
            }
            Tag::Image { .. } => self.builder(start).images += 1,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, start: usize, end: usize) {
        match tag {
            TagEnd::Paragraph if self.mends && self.mend(start, end) => {}
            TagEnd::Heading(_) | TagEnd::Paragraph => self.flush(),
            TagEnd::Item => {
                self.flush();
                self.items = self.items.saturating_sub(1);
            }
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::TableCell => {
                let cell = self.close_cell();
                if let (Some(cell), Some(Open::Table { cells, .. })) = (cell, &mut self.open) {
                    cells.push(cell);
                }
            }
            TagEnd::TableHead => {
                if let Some(Open::Table { header, cells, .. }) = &mut self.open {
                    *header = Some(std::mem::take(cells));
                }
                // The header counts as a row does, and is kept: it tells what the table is.
                let columns = match &self.open {
                    Some(Open::Table { header, .. }) => header.as_ref().map_or(0, Vec::len),
                    _ => 0,
                };
                self.has_room_for_row(columns, start);
            }
            TagEnd::TableRow => self.row(start),
            TagEnd::Table => {
                if let Some(Open::Table {
                    place,
                    header,
                    rows,
                    ..
                }) = self.open.take()
                {
                    self.blocks.push(Block::Table(Table {
                        place,
                        header: header.unwrap_or_default(),
                        rows,
                        mended: 0,
                    }));
                }
            }
            TagEnd::CodeBlock => {
                if let Some(Open::Code {
                    fenced,
                    language,
                    place,
                    fallback,
                    text,
                }) = self.open.take()
                {
                    let place = place.unwrap_or_else(|| self.lines.place(fallback));
                    if !self.is_readable(&text, &place) {
                        return;
                    }
                    let ending = self.lines.between(start, end).trim_end().lines().last();
                    let fence = |line: &str| line.trim_start().starts_with(['`', '~', '>']);
                    if fenced && end >= self.lines.len() && !ending.is_some_and(fence) {
                        let open = self.lines.place(start);
                        self.unclosed(
                            DiagnosticCode::CodeUnclosed,
                            open,
                            "code block",
                            "a line of its fence alone",
                        );
                    }
                    self.blocks.push(Block::Code(Code {
                        place,
                        language,
                        text,
                    }));
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(Open::Html { start, text }) = self.open.take() {
                    self.comments(start, &text);
                }
            }
            TagEnd::Link => {
                if let Some(Text { builder, .. }) = &mut self.text {
                    builder.close_link(self.lines, start);
                }
            }
            TagEnd::Strong => {
                if let Some(Text { builder, .. }) = &mut self.text {
                    builder.close_strong();
                }
            }
            TagEnd::Image => {
                if let Some(Text { builder, .. }) = &mut self.text {
                    builder.images = builder.images.saturating_sub(1);
                }
            }
            _ => {}
        }
    }

    /// Whether a link, a code or a strong text is read as such.
    fn has_room_for_mark(&mut self, start: usize) -> bool {
        let left_out = "links, codes and strong texts are plain text from here on";
        let (lines, count) = (self.lines, usize::from(self.mends));
        self.page
            .has_room_for_parts(count, left_out, || lines.place(start))
    }

    fn has_room_for_row(&mut self, cells: usize, start: usize) -> bool {
        // Where rows are written anew, they were counted before.
        let count = if self.mends { cells } else { 0 };
        let lines = self.lines;
        self.page
            .has_room_for_parts(count, ROWS_LEFT_OUT, || lines.place(start))
    }

    /// Ends a row of a table, which is left out if there is no room for its cells.
    fn row(&mut self, start: usize) {
        let Some(Open::Table {
            header,
            rows,
            cells,
            ..
        }) = &mut self.open
        else {
            return;
        };
        let columns = header.as_ref().map_or(0, Vec::len);
        let cells = std::mem::take(cells);
        let mut rows = std::mem::take(rows);
        if self.has_room_for_row(columns.max(cells.len()), start) {
            rows::add(&mut rows, cells, columns, start, self.lines);
        }
        if let Some(Open::Table { rows: kept, .. }) = &mut self.open {
            *kept = rows;
        }
    }

    /// Whether a comment or a block of code may be read on: it has not too many parts, and brackets in it do not stand too deep
    /// in each other.
    fn is_readable(&mut self, text: &str, place: &Place) -> bool {
        let limit = Limit::Nesting;
        let is_flat = !depth::brackets_deeper(text, self.page.limits.get(limit));
        if !is_flat {
            let message = format!(
                "brackets stand deeper in each other than {}; the block was left out",
                self.page.limits.told(limit)
            );
            self.page.over(limit, place.clone(), message);
        }
        let parts = memchr::memchr2_iter(b',', b':', text.as_bytes()).count();
        let left_out = "blocks of code and comments from here on were left out";
        let place = || place.clone();
        is_flat && self.page.has_room_for_parts(parts, left_out, place)
    }

    /// Whether the paragraph that ends here is a table that Markdown did not see; if so, its rows take its place.
    fn mend(&mut self, start: usize, end: usize) -> bool {
        let paragraph: Vec<&str> = self.lines.between(start, end).lines().collect();
        let above = match self.blocks.last() {
            Some(Block::Table(table)) => Some(table.header.len()),
            _ => None,
        };
        let Some(mended) = mend::mend(&paragraph, above) else {
            return false;
        };
        let continues = mended.continues();
        // A stray bar below a table is a row without words; nobody misses it.
        if continues && mended.height() == 1 {
            self.text = None;
            return true;
        }
        let first = self.lines.place(start);
        let parts = mended.height().saturating_mul(mended.columns);
        let place = || first.clone();
        if !self.page.has_room_for_parts(parts, ROWS_LEFT_OUT, place) {
            self.text = None;
            return true;
        }
        let text = mended.text();
        let lines = Lines::new(Arc::clone(&first.file), &text);
        let told = (self.page.diagnostics.len(), self.page.missing_folders.len());
        let walk = Walk {
            mends: false,
            ..Walk::new(self.files, &lines, self.trail, self.page)
        };
        let found = walk.run(0).into_iter().find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let moved = |place: &mut Place| {
            let from = mended.lines.get((place.line as usize).saturating_sub(1));
            let from = from.copied().unwrap_or_default();
            place.line = first.line + u32::try_from(from).unwrap_or_default();
            // The first line stands behind the mark of a list or a quotation.
            if from == 0 {
                place.column += first.column - 1;
            }
        };
        self.page.move_told(told, &first.file, moved);
        let Some(mut table) = found else { return false };
        self.text = None;
        let is_stray = continues
            && table.rows.iter().all(|row| {
                let mut cells = row.cells.iter();
                cells.all(|cell| cell.text.trim().is_empty())
            });
        table.mended = table.rows.iter().map(|row| row.lines).sum();
        table.move_places(moved);
        match self.blocks.last_mut() {
            Some(Block::Table(above)) if continues => {
                above.mended += table.mended;
                above.rows.append(&mut table.rows);
            }
            _ => self.blocks.push(Block::Table(table)),
        }
        if is_stray {
            return true;
        }
        self.page.diagnostics.push(
            Diagnostic::new(
                DiagnosticCode::TableMended,
                first,
                if continues {
                    "these rows are no part of the table above for Markdown; they were added to it"
                } else {
                    "this is no table for Markdown, for the line below its header does not fit; it was read as one"
                },
            )
            .hint("give the line below the header as many columns as the header, and leave no blank lines between rows"),
        );
        true
    }

    fn open_text(&mut self, level: Option<u8>, start: usize) {
        self.flush();
        let builder = InlineBuilder::new(self.lines.place(start));
        self.text = Some(Text { level, builder });
    }

    /// The open text; a paragraph is opened if there is none, as in the items of tight lists.
    fn builder(&mut self, start: usize) -> &mut InlineBuilder {
        let lines = self.lines;
        let new = || Text {
            level: None,
            builder: InlineBuilder::new(lines.place(start)),
        };
        &mut self.text.get_or_insert_with(new).builder
    }

    /// Ends the open text, if any, and makes a block of it; what it includes follows.
    fn flush(&mut self) {
        let Some(Text { level, builder }) = self.text.take() else {
            return;
        };
        let (inline, slug, includes) = builder.finish();
        match level {
            Some(level) => self.blocks.push(Block::Heading(Heading {
                level,
                slug,
                inline,
            })),
            None if inline.is_blank() => {}
            None if self.quotes > 0 => self.blocks.push(Block::Note(inline)),
            None if self.items > 0 => self.blocks.push(Block::Item(inline)),
            None => self.blocks.push(Block::Paragraph(inline)),
        }
        for (target, place) in includes {
            let blocks = include::blocks(self.files, &target, &place, self.trail, self.page);
            self.blocks.extend(blocks);
        }
    }

    /// Ends the text of a cell; what it includes becomes part of it.
    fn close_cell(&mut self) -> Option<Inline> {
        let (mut inline, _, includes) = self.text.take()?.builder.finish();
        for (target, place) in includes {
            for block in include::blocks(self.files, &target, &place, self.trail, self.page) {
                if let Block::Paragraph(paragraph) | Block::Item(paragraph) = block {
                    inline.append(&paragraph);
                }
            }
        }
        Some(inline)
    }

    /// Tells of a block that runs to the end of the page because nothing ends it.
    fn unclosed(&mut self, code: DiagnosticCode, place: Place, what: &str, end: &str) {
        self.page.diagnostics.push(
            Diagnostic::new(
                code,
                place,
                format!(
                    "the {what} is never closed; all that follows belongs to it and was not read"
                ),
            )
            .hint(format!("close it with {end}")),
        );
    }

    fn comment(&mut self, start: usize, text: &str) {
        let place = self.lines.place(start);
        if self.is_readable(text, &place) {
            let text = text.to_owned();
            self.blocks.push(Block::Comment(Comment { place, text }));
        }
    }

    /// Finds the comments in an HTML block.
    fn comments(&mut self, start: usize, html: &str) {
        let mut at = 0;
        while let Some(found) = html[at..].find("<!--") {
            let from = at + found + 4;
            let to = html[from..]
                .find("-->")
                .map_or(html.len(), |found| from + found);
            if to == html.len() && !html.ends_with("-->") {
                self.unclosed(
                    DiagnosticCode::CommentUnclosed,
                    self.lines.place(start + at + found),
                    "comment",
                    "`-->`",
                );
            }
            self.comment(start + from, &html[from..to]);
            at = (to + 3).min(html.len());
        }
    }
}

fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
