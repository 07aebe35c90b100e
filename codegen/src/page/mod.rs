//! A page's Markdown as blocks with places: headings, paragraphs, tables, code blocks, comments.
//!
//! This room knows Markdown and the carriers that the docs use on top of it (front matter, JSON in comments, INCLUDE
//! lines, bilingual spans). It does not know what the text means.

mod block;
mod depth;
mod front_matter;
mod include;
mod inline;
pub mod json;
mod mend;
mod missing;
mod read;
mod rows;
mod text;
mod walk;

use std::sync::Arc;

pub use self::block::{Block, Code, Comment, Heading, Row, Table};
pub use self::front_matter::FrontMatter;
pub(crate) use self::inline::is_blank;
pub use self::inline::{Inline, InlineSpan, SpanKind};
pub(crate) use self::missing::join_missing;
use crate::diagnostic::{Code as DiagnosticCode, Diagnostic};
use crate::limits::{Limit, Limits};
use crate::source::{Files, Place};

/// A page, read.
///
/// ```
/// use typedown::page::{Block, Page};
/// use typedown::source::MemoryFiles;
///
/// let files = MemoryFiles::new([(
///     "beta/resources/toneinfo.md",
///     "# toneInfo resource type\n\n|Property|Type|\n|:--|:--|\n|sequenceId|Int64|\n",
/// )]);
/// let page = Page::read(&files, "beta/resources/toneinfo.md".into());
/// let Block::Table(table) = &page.blocks[1] else { panic!() };
/// assert_eq!(table.rows[0].cells[0].text, "sequenceId");
/// assert_eq!(table.rows[0].place.line, 5);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The block between `---` lines at the top.
    pub front_matter: FrontMatter,
    /// The blocks in their order, those of included files in the place of the INCLUDE.
    pub blocks: Vec<Block>,
    /// Every file that was read for it, the page first, and every file that was looked for in vain.
    pub inputs: Vec<Arc<str>>,
    /// What could not be read.
    pub diagnostics: Vec<Diagnostic>,
    /// The folders that includes lead into and that are not there, with the places of the includes.
    pub(crate) missing_folders: Vec<(Place, String)>,
    /// How much is read.
    limits: Limits,
    /// How many files were included so far.
    includes: usize,
    /// How many bytes were read so far.
    bytes: usize,
    /// How many parts were read so far.
    parts: usize,
    /// What was told to be left out because there are too many parts.
    left_out: Vec<&'static str>,
}

impl Page {
    /// Reads a page and what it includes. A page that cannot be read is empty and says why.
    #[must_use]
    pub fn read(files: &dyn Files, path: Arc<str>) -> Self {
        Self::read_within(files, path, &Limits::default())
    }

    /// The same with other limits than the default ones.
    #[must_use]
    pub fn read_within(files: &dyn Files, path: Arc<str>, limits: &Limits) -> Self {
        read::read(files, path, limits)
    }

    /// Gives back the room for more that texts and lists grow by, which is worth its time if many pages are kept.
    pub(crate) fn shrink(&mut self) {
        self.blocks.shrink_to_fit();
        self.blocks.iter_mut().for_each(Block::shrink);
    }

    /// Tells that something was left out because of a limit.
    fn over(&mut self, limit: Limit, place: Place, message: String) {
        let told = Diagnostic::new(DiagnosticCode::LimitReached, place, message);
        self.diagnostics.push(told.hint(limit.hint()));
    }

    /// Takes more parts, unless they are more than the page may have. Once they were, there is no room for any.
    fn has_room_for_parts(
        &mut self,
        count: usize,
        left_out: &'static str,
        place: impl FnOnce() -> Place,
    ) -> bool {
        let limit = Limit::Parts;
        self.parts = self.parts.saturating_add(count);
        let has_room = self.parts <= self.limits.get(limit);
        if !has_room && !self.left_out.contains(&left_out) {
            let limit = self.limits.told(limit);
            let message = format!("the page has more parts than {limit}; {left_out}");
            self.over(Limit::Parts, place(), message);
            self.left_out.push(left_out);
        }
        has_room
    }

    /// Takes the bytes of another file of the page, unless they are more than it may have.
    fn has_room_for(&mut self, bytes: &[u8]) -> bool {
        let sum = self.bytes.saturating_add(bytes.len());
        let has_room = sum <= self.limits.page_bytes;
        if has_room {
            self.bytes = sum;
        }
        has_room
    }

    /// The place of the page's first line.
    #[must_use]
    pub fn start(&self) -> Option<Place> {
        self.inputs
            .first()
            .map(|path| Place::new(Arc::clone(path), 1, 1))
    }

    /// Moves the places in a file of what was told since there were so many diagnostics and missing folders.
    fn move_told(&mut self, since: (usize, usize), file: &str, moved: impl Fn(&mut Place)) {
        let (diagnostics, folders) = since;
        let diagnostics = self.diagnostics.iter_mut().skip(diagnostics);
        let diagnostics =
            diagnostics.flat_map(|told| std::iter::once(&mut told.place).chain(&mut told.other));
        let folders = self.missing_folders.iter_mut().skip(folders);
        let places = diagnostics.chain(folders.map(|(place, _)| place));
        places.filter(|place| *place.file == *file).for_each(moved);
    }
}
