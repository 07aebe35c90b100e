//! Running text, collected from events.

use super::inline::{Inline, InlineSpan, SpanKind};
use crate::source::{Lines, Place};

/// Collects a running text.
pub(super) struct InlineBuilder {
    pub(super) inline: Inline,
    /// Open links: target and where the label starts.
    links: Vec<(String, usize)>,
    /// Where open strong texts start.
    pub(super) strong: Vec<usize>,
    /// Open HTML spans.
    spans: Vec<HtmlSpan>,
    /// Where the translated half that was last closed starts; its English half may follow.
    translated: Option<usize>,
    /// How many images are open; their alternative texts are left out.
    pub(super) images: usize,
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
    pub(super) fn new(place: Place) -> Self {
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

    pub(super) fn text(&mut self, text: &str) {
        if self.images > 0 {
            return;
        }
        let text = match text.strip_prefix(']') {
            Some(rest) if std::mem::take(&mut self.in_include) => rest,
            _ => text,
        };
        self.inline.text.push_str(text);
    }

    pub(super) fn code(&mut self, code: &str) {
        let start = self.inline.text.len();
        self.inline.text.push_str(code);
        self.inline.spans.push(InlineSpan {
            kind: SpanKind::Code,
            start,
            end: self.inline.text.len(),
        });
    }

    pub(super) fn open_link(&mut self, target: &str) {
        self.links.push((target.to_owned(), self.inline.text.len()));
    }

    pub(super) fn close_link(&mut self, lines: &Lines<'_>, start: usize) {
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

    pub(super) fn close_strong(&mut self) {
        if let Some(from) = self.strong.pop() {
            self.add_outer(SpanKind::Strong, from.min(self.inline.text.len()));
        }
    }

    /// Adds a span around what came since an offset; outer spans come before those inside of them.
    pub(super) fn add_outer(&mut self, kind: SpanKind, start: usize) {
        let at = self.inline.spans.partition_point(|span| span.start < start);
        let end = self.inline.text.len();
        self.inline
            .spans
            .insert(at, InlineSpan { kind, start, end });
    }

    pub(super) fn html(&mut self, html: &str) {
        let lower = html.to_ascii_lowercase();
        // `</br>` is no tag of HTML, and stands in the docs for a line break all the same.
        if lower.starts_with("<br") || lower.starts_with("</br") {
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

    /// Cuts the text off; whatever was open in what is cut off now starts at the cut.
    pub(super) fn truncate(&mut self, len: usize) {
        let len = len.min(self.inline.text.len());
        self.inline.text.truncate(len);
        self.inline.spans.retain(|span| span.end <= len);
        let links = self.links.iter_mut().map(|(_, start)| start);
        let spans = self.spans.iter_mut().filter_map(|span| match span {
            HtmlSpan::Translated(start) => Some(start),
            HtmlSpan::Other => None,
        });
        for start in links
            .chain(&mut self.strong)
            .chain(spans)
            .chain(&mut self.translated)
        {
            *start = (*start).min(len);
        }
    }

    pub(super) fn finish(self) -> (Inline, Option<String>, Vec<(String, Place)>) {
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
