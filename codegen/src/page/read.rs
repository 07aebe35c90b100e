//! From Markdown to blocks.

use std::sync::Arc;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::Page;
use super::block::{Block, Code, Comment, Heading, Row, Table};
use super::front_matter::FrontMatter;
use super::include;
use super::inline::{Inline, InlineSpan, SpanKind};
use super::mend;
use crate::diagnostic::{Code as DiagnosticCode, Diagnostic};
use crate::source::{Files, Lines, MemoryFiles, Place, decode};

pub(super) fn read(files: &dyn Files, path: Arc<str>) -> Page {
    let mut page = Page {
        inputs: vec![Arc::clone(&path)],
        ..Page::default()
    };
    match files.read(&path) {
        Ok(bytes) => {
            let mut trail = vec![path];
            page.blocks = read_file(files, bytes, &mut trail, &mut page);
        }
        Err(error) => page.diagnostics.push(
            Diagnostic::new(
                DiagnosticCode::PageUnreadable,
                Place::new(path, 1, 1),
                format!("the page cannot be read: {error}"),
            )
            .hint("correct the file's permissions or its place, or remove it"),
        ),
    }
    page
}

/// Reads the page or a file that it includes; `trail` holds the files that are being read, the innermost last.
pub(super) fn read_file(
    files: &dyn Files,
    bytes: Vec<u8>,
    trail: &mut Vec<Arc<str>>,
    page: &mut Page,
) -> Vec<Block> {
    let Some(path) = trail.last().map(Arc::clone) else {
        return Vec::new();
    };
    let text = decode(bytes);
    if text.lossy {
        page.diagnostics.push(
            Diagnostic::new(
                DiagnosticCode::PageNotUtf8,
                Place::new(Arc::clone(&path), 1, 1),
                "the file holds bytes that are not UTF-8; they were replaced by U+FFFD",
            )
            .hint("save the file as UTF-8"),
        );
    }
    let lines = Lines::new(path, &text.text);
    let body = match front_matter(&text.text) {
        Some(found) => {
            match FrontMatter::parse(found.yaml) {
                Ok(front_matter) if trail.len() == 1 => page.front_matter = front_matter,
                Ok(_) => {}
                Err(error) => {
                    let start = lines.place(0);
                    let line = start
                        .line
                        .saturating_add(u32::try_from(error.line).unwrap_or(0));
                    let column = u32::try_from(error.column).unwrap_or(1);
                    page.diagnostics.push(
                        Diagnostic::new(
                            DiagnosticCode::FrontMatterMalformed,
                            Place::new(start.file, line, column),
                            format!("the front matter is not YAML: {}", error.message),
                        )
                        .hint("put values that hold `: `, `#` or quotation marks in double quotes"),
                    );
                }
            }
            found.body
        }
        None => 0,
    };
    let mut walk = Walk {
        files,
        lines: &lines,
        offset: body,
        blocks: Vec::new(),
        open: Vec::new(),
        quotes: 0,
        mends: true,
        trail,
        page,
    };
    for (event, range) in
        Parser::new_ext(&text.text[body..], Options::ENABLE_TABLES).into_offset_iter()
    {
        walk.event(event, range.start + body, range.end + body);
    }
    walk.flush();
    walk.blocks
}

struct Found<'a> {
    yaml: &'a str,
    body: usize,
}

/// The lines between a first line `---` and the next one, trailing blanks allowed on both.
fn front_matter(text: &str) -> Option<Found<'_>> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next().filter(|line| line.trim_end() == "---")?;
    let mut at = first.len();
    for line in lines {
        if line.trim_end() == "---" {
            return Some(Found {
                yaml: &text[first.len()..at],
                body: at + line.len(),
            });
        }
        at += line.len();
    }
    None
}

/// What is being built while events come in.
enum Open {
    /// Running text of a heading (with its level), a paragraph, a list item or a cell.
    Text {
        level: Option<u8>,
        builder: InlineBuilder,
    },
    /// A table: header, rows and the row that is open.
    Table {
        place: Place,
        header: Option<Vec<Inline>>,
        rows: Vec<Row>,
        cells: Vec<Inline>,
    },
    /// A code block.
    Code {
        language: String,
        place: Option<Place>,
        fallback: usize,
        text: String,
    },
    /// An HTML block: its raw text and the offset where that starts.
    Html { start: usize, text: String },
}

struct Walk<'a> {
    files: &'a dyn Files,
    lines: &'a Lines<'a>,
    offset: usize,
    blocks: Vec<Block>,
    open: Vec<Open>,
    /// How many quotations are open.
    quotes: usize,
    /// Whether paragraphs are looked at for tables in them; not where a piece of a page is read again.
    mends: bool,
    trail: &'a mut Vec<Arc<str>>,
    page: &'a mut Page,
}

impl Walk<'_> {
    fn event(&mut self, event: Event<'_>, start: usize, end: usize) {
        match event {
            Event::Start(tag) => self.start(&tag, start),
            Event::End(tag) => self.end(tag, start, end),
            Event::Text(text) => match self.open.last_mut() {
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
            Event::Code(code) => self.builder(start).code(&code),
            Event::Html(html) => {
                if let Some(Open::Html { text, .. }) = self.open.last_mut() {
                    text.push_str(&html);
                }
            }
            Event::InlineHtml(html) => {
                if let Some(comment) = html.strip_prefix("<!--") {
                    let text = comment.strip_suffix("-->").unwrap_or(comment).to_owned();
                    self.blocks.push(Block::Comment(Comment {
                        place: self.lines.place(start + 4),
                        text,
                    }));
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
            Tag::Item | Tag::List(_) => self.flush(),
            Tag::BlockQuote(_) => {
                self.flush();
                self.quotes += 1;
            }
            Tag::CodeBlock(kind) => {
                self.flush();
                let language = match kind {
                    CodeBlockKind::Fenced(info) => info
                        .split_whitespace()
                        .next()
                        .unwrap_or("")
                        .to_ascii_lowercase(),
                    CodeBlockKind::Indented => String::new(),
                };
                self.open.push(Open::Code {
                    language,
                    place: None,
                    fallback: start,
                    text: String::new(),
                });
            }
            Tag::HtmlBlock => {
                self.flush();
                self.open.push(Open::Html {
                    start,
                    text: String::new(),
                });
            }
            Tag::Table(_) => {
                self.flush();
                let place = self.lines.place(start);
                self.open.push(Open::Table {
                    place,
                    header: None,
                    rows: Vec::new(),
                    cells: Vec::new(),
                });
            }
            Tag::Link { dest_url, .. } => self.builder(start).open_link(dest_url),
            Tag::Strong => {
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
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item => self.flush(),
            TagEnd::BlockQuote(_) => {
                self.flush();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::TableCell => {
                let cell = self.close_text();
                if let (Some((_, cell)), Some(Open::Table { cells, .. })) =
                    (cell, self.open.last_mut())
                {
                    cells.push(cell);
                }
            }
            TagEnd::TableHead => {
                if let Some(Open::Table { header, cells, .. }) = self.open.last_mut() {
                    *header = Some(std::mem::take(cells));
                }
            }
            TagEnd::TableRow => self.end_row(start, end),
            TagEnd::Table => {
                if let Some(Open::Table {
                    place,
                    header,
                    rows,
                    ..
                }) = self.open.pop()
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
                    language,
                    place,
                    fallback,
                    text,
                }) = self.open.pop()
                {
                    let place = place.unwrap_or_else(|| self.lines.place(fallback));
                    self.blocks.push(Block::Code(Code {
                        place,
                        language,
                        text,
                    }));
                }
            }
            TagEnd::HtmlBlock => {
                if let Some(Open::Html { start, text }) = self.open.pop() {
                    self.comments(start, &text);
                }
            }
            TagEnd::Link => {
                if let Some(Open::Text { builder, .. }) = self.open.last_mut() {
                    builder.close_link(self.lines, start);
                }
            }
            TagEnd::Strong => {
                if let Some(Open::Text { builder, .. }) = self.open.last_mut() {
                    builder.close_strong();
                }
            }
            TagEnd::Image => {
                if let Some(Open::Text { builder, .. }) = self.open.last_mut() {
                    builder.images = builder.images.saturating_sub(1);
                }
            }
            _ => {}
        }
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
        self.open.pop_if(|open| matches!(open, Open::Text { .. }));
        let first = self.lines.place(start);
        let lines = Lines::new(Arc::clone(&first.file), &mended.text);
        let mut walk = Walk {
            files: self.files,
            lines: &lines,
            offset: 0,
            blocks: Vec::new(),
            open: Vec::new(),
            quotes: 0,
            mends: false,
            trail: self.trail,
            page: self.page,
        };
        for (event, range) in
            Parser::new_ext(&mended.text, Options::ENABLE_TABLES).into_offset_iter()
        {
            walk.event(event, range.start, range.end);
        }
        let found = walk.blocks.into_iter().find_map(|block| match block {
            Block::Table(table) => Some(table),
            _ => None,
        });
        let Some(mut table) = found else { return false };
        table.mended = table.rows.iter().map(|row| row.lines).sum();
        table.move_lines(|line| {
            let from = mended
                .lines
                .get(line as usize - 1)
                .copied()
                .unwrap_or_default();
            first.line + u32::try_from(from).unwrap_or_default()
        });
        match self.blocks.last_mut() {
            Some(Block::Table(above)) if mended.continues => {
                above.mended += table.mended;
                above.rows.append(&mut table.rows);
            }
            _ => self.blocks.push(Block::Table(table)),
        }
        self.page.diagnostics.push(
            Diagnostic::new(
                DiagnosticCode::TableMended,
                first,
                if mended.continues {
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
        if !matches!(self.open.last(), Some(Open::Table { .. })) {
            self.flush();
        }
        self.open.push(Open::Text {
            level,
            builder: InlineBuilder::new(self.lines.place(start)),
        });
    }

    /// The open text; a paragraph is opened if there is none, as in the items of tight lists.
    fn builder(&mut self, start: usize) -> &mut InlineBuilder {
        if !matches!(self.open.last(), Some(Open::Text { .. })) {
            self.open.push(Open::Text {
                level: None,
                builder: InlineBuilder::new(self.lines.place(start)),
            });
        }
        match self.open.last_mut() {
            Some(Open::Text { builder, .. }) => builder,
            _ => unreachable!("a text was just opened"),
        }
    }

    /// Ends the open text, if any, and makes a block of it; what it includes follows.
    fn flush(&mut self) {
        let Some(Open::Text { level, builder }) =
            self.open.pop_if(|open| matches!(open, Open::Text { .. }))
        else {
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
            None => self.blocks.push(Block::Paragraph(inline)),
        }
        for (target, place) in includes {
            let blocks = include::blocks(self.files, &target, &place, self.trail, self.page);
            self.blocks.extend(blocks);
        }
    }

    /// Ends the text of a cell; what it includes becomes part of it.
    fn close_text(&mut self) -> Option<(Option<String>, Inline)> {
        let Open::Text { builder, .. } =
            self.open.pop_if(|open| matches!(open, Open::Text { .. }))?
        else {
            return None;
        };
        let (mut inline, slug, includes) = builder.finish();
        for (target, place) in includes {
            for block in include::blocks(self.files, &target, &place, self.trail, self.page) {
                if let Block::Paragraph(paragraph) = block {
                    inline.append(&paragraph);
                }
            }
        }
        Some((slug, inline))
    }

    /// Ends a row: cells that were not written are dropped, cells beyond the header join the last one, and a line
    /// that only goes on with the row above joins that row.
    fn end_row(&mut self, start: usize, end: usize) {
        let line = self.lines.line_text(start);
        let place = self
            .lines
            .place(start + (line.len() - line.trim_start().len()).min(end - start));
        let Some(Open::Table {
            header,
            rows,
            cells,
            ..
        }) = self.open.last_mut()
        else {
            return;
        };
        let columns = header.as_ref().map_or(0, Vec::len);
        let mut cells = std::mem::take(cells);
        let written = split_cells(line);
        cells.truncate(written.len());
        if written.len() > columns
            && let Some(last) = cells.last_mut()
        {
            for extra in written[columns..]
                .iter()
                .filter(|extra| !extra.trim().is_empty())
            {
                last.append(&inline(&format!("\\| {}", extra.trim()), &last.place));
            }
        }
        if let Some(above) = rows.last_mut()
            && continues(above, &cells, line, &written, columns, self.lines)
        {
            above.lines += 1;
            if !has_pipe(line, &written)
                && let (Some(last), Some(cell)) = (above.cells.last_mut(), cells.first())
            {
                last.append(cell);
            } else {
                above.cells.append(&mut cells);
            }
            return;
        }
        rows.push(Row {
            place,
            cells,
            lines: 1,
        });
    }

    /// Finds the comments in an HTML block.
    fn comments(&mut self, start: usize, html: &str) {
        let mut at = 0;
        while let Some(found) = html[at..].find("<!--") {
            let from = at + found + 4;
            let to = html[from..]
                .find("-->")
                .map_or(html.len(), |found| from + found);
            let place = self.lines.place((start + from).max(self.offset));
            self.blocks.push(Block::Comment(Comment {
                place,
                text: html[from..to].to_owned(),
            }));
            at = (to + 3).min(html.len());
        }
    }
}

/// Whether a line of a table only goes on with the row above it: it has no cell of its own, or it brings the cells
/// that the broken line above lacks.
fn continues(
    above: &Row,
    cells: &[Inline],
    line: &str,
    written: &[&str],
    columns: usize,
    lines: &Lines<'_>,
) -> bool {
    if !has_pipe(line, written) {
        return true;
    }
    let broken = above.cells.len() < columns && above.lines == 1 && {
        // The line above ends without a pipe: nothing says that the row was meant to end there.
        let text = lines.line_by_number(above.place.line);
        !text.trim_end().ends_with('|')
    };
    let named = cells.first().is_some_and(|cell| {
        let name = cell.text.trim();
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    });
    broken
        && above.cells.len() + written.len() <= columns
        && (line.starts_with(char::is_whitespace) || !named)
}

fn has_pipe(line: &str, written: &[&str]) -> bool {
    written.len() > 1 || line.trim_start().starts_with('|')
}

/// A piece of Markdown on its own, as if it stood at this place.
fn inline(markdown: &str, place: &Place) -> Inline {
    let lines = Lines::new(Arc::clone(&place.file), markdown);
    let mut walk = Walk {
        files: &MemoryFiles::default(),
        lines: &lines,
        offset: 0,
        blocks: Vec::new(),
        open: Vec::new(),
        quotes: 0,
        mends: false,
        trail: &mut Vec::new(),
        page: &mut Page::default(),
    };
    for (event, range) in Parser::new(markdown).into_offset_iter() {
        walk.event(event, range.start, range.end);
    }
    walk.flush();
    let found = walk.blocks.into_iter().find_map(|block| match block {
        Block::Paragraph(inline) => Some(inline),
        _ => None,
    });
    Inline {
        place: place.clone(),
        ..found.unwrap_or_else(|| Inline::empty(place.clone()))
    }
}

/// The raw cells of a table line: what stands between pipes that are not escaped, without the outer ones.
pub(super) fn split_cells(line: &str) -> Vec<&str> {
    let line = line.trim();
    let mut cells = Vec::with_capacity(4);
    let mut start = 0;
    for at in memchr::memchr_iter(b'|', line.as_bytes()) {
        let backslashes = line.as_bytes()[start..at]
            .iter()
            .rev()
            .take_while(|byte| **byte == b'\\')
            .count();
        if backslashes % 2 == 0 {
            cells.push(&line[start..at]);
            start = at + 1;
        }
    }
    if start < line.len() {
        cells.push(&line[start..]);
    }
    if line.starts_with('|') {
        cells.remove(0);
    }
    cells
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

/// Collects a running text.
struct InlineBuilder {
    inline: Inline,
    /// Open links: target and where the label starts.
    links: Vec<(String, usize)>,
    /// Where open strong texts start.
    strong: Vec<usize>,
    /// Open HTML spans.
    spans: Vec<HtmlSpan>,
    /// Where the translated half that was last closed starts; its English half may follow.
    translated: Option<usize>,
    /// How many images are open; their alternative texts are left out.
    images: usize,
    slug: Option<String>,
    includes: Vec<(String, Place)>,
    /// Whether the bracket that ends an INCLUDE is still to come.
    in_include: bool,
}

/// The HTML spans of bilingual pages: a phrase in two languages is a translated span followed by a look-up span.
enum HtmlSpan {
    /// `<span data-ttu-id="..">`, and where its text starts.
    Translated(usize),
    /// Any other.
    Other,
}

impl InlineBuilder {
    fn new(place: Place) -> Self {
        Self {
            inline: Inline::empty(place),
            links: Vec::new(),
            strong: Vec::new(),
            spans: Vec::new(),
            translated: None,
            images: 0,
            slug: None,
            includes: Vec::new(),
            in_include: false,
        }
    }

    fn text(&mut self, text: &str) {
        if self.images > 0 {
            return;
        }
        let text = match text.strip_prefix(']') {
            Some(rest) if std::mem::take(&mut self.in_include) => rest,
            _ => text,
        };
        self.inline.text.push_str(text);
    }

    fn code(&mut self, code: &str) {
        let start = self.inline.text.len();
        self.inline.text.push_str(code);
        self.inline.spans.push(InlineSpan {
            kind: SpanKind::Code,
            start,
            end: self.inline.text.len(),
        });
    }

    fn open_link(&mut self, target: &str) {
        self.links.push((target.to_owned(), self.inline.text.len()));
    }

    fn close_link(&mut self, lines: &Lines<'_>, start: usize) {
        let Some((target, from)) = self.links.pop() else {
            return;
        };
        let from = from.min(self.inline.text.len());
        let before = self.inline.text[..from].trim_end();
        let marker = before.len().saturating_sub("[!INCLUDE".len());
        if before
            .get(marker..)
            .is_some_and(|marker| marker.eq_ignore_ascii_case("[!INCLUDE"))
        {
            self.truncate(marker);
            self.includes.push((target, lines.place(start)));
            self.in_include = true;
            return;
        }
        self.add_outer(SpanKind::Link(target), from);
    }

    fn close_strong(&mut self) {
        if let Some(from) = self.strong.pop() {
            self.add_outer(SpanKind::Strong, from.min(self.inline.text.len()));
        }
    }

    /// Adds a span around what came since an offset; outer spans come before those inside of them.
    fn add_outer(&mut self, kind: SpanKind, start: usize) {
        let at = self.inline.spans.partition_point(|span| span.start < start);
        let end = self.inline.text.len();
        self.inline
            .spans
            .insert(at, InlineSpan { kind, start, end });
    }

    fn html(&mut self, html: &str) {
        let lower = html.to_ascii_lowercase();
        if lower.starts_with("<br") {
            self.inline.text.push('\n');
        } else if lower.starts_with("</span") {
            if let Some(HtmlSpan::Translated(start)) = self.spans.pop() {
                self.translated = Some(start);
            }
        } else if lower.starts_with("<span") {
            if lower.contains("sxs-lookup") {
                if let Some(start) = self.translated.take() {
                    self.truncate(start);
                }
                self.spans.push(HtmlSpan::Other);
            } else if lower.contains("data-ttu-id") {
                self.spans
                    .push(HtmlSpan::Translated(self.inline.text.len()));
            } else {
                self.spans.push(HtmlSpan::Other);
            }
        } else if [
            "<li", "<p", "</p", "<ul", "<ol", "<div", "</div", "<td", "<tr",
        ]
        .iter()
        .any(|tag| lower.starts_with(tag))
        {
            // Items and paragraphs in a cell are apart.
            self.inline.text.push(' ');
        } else if lower.starts_with("<a ") && self.slug.is_none() {
            self.slug = attribute(html, "name").or_else(|| attribute(html, "id"));
        }
    }

    fn truncate(&mut self, len: usize) {
        self.inline.text.truncate(len);
        self.inline.spans.retain(|span| span.end <= len);
    }

    fn finish(self) -> (Inline, Option<String>, Vec<(String, Place)>) {
        (self.inline, self.slug, self.includes)
    }
}

/// The value of an attribute in double or single quotes.
fn attribute(html: &str, name: &str) -> Option<String> {
    let (_, rest) = html.split_once(&format!("{name}="))?;
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (value, _) = rest[1..].split_once(quote)?;
    Some(value.to_owned())
}

#[cfg(test)]
mod tests;
