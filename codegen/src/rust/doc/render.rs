//! From Markdown to words that are safe in a doc comment.

use super::escape;
use super::lines::Words;
use super::links::{Links, Target};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The paragraphs of a description.
pub(in crate::rust) fn markdown(text: &str, links: &Links<'_>) -> Vec<Words> {
    let mut renderer = Renderer {
        links,
        paragraphs: Vec::new(),
        words: Words::default(),
        open_links: Vec::new(),
        block: None,
        text: String::new(),
    };
    match is_plain(text) {
        true => renderer.event(Event::Text(text.into())),
        false => {
            for event in Parser::new_ext(text, OPTIONS) {
                renderer.event(event);
            }
        }
    }
    renderer.end_paragraph();
    renderer.paragraphs
}

/// How descriptions are read.
const OPTIONS: Options = Options::ENABLE_TABLES.union(Options::ENABLE_STRIKETHROUGH);

/// Whether a text is a paragraph of nothing but text, as most descriptions are, which is quickly told.
fn is_plain(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && !text.ends_with(' ')
        && text
            .bytes()
            .all(|byte| matches!(byte, b' '..=b'~') && !escape::may_have_meaning(byte))
}

struct Renderer<'a> {
    links: &'a Links<'a>,
    paragraphs: Vec<Words>,
    words: Words,
    /// The links whose labels are being read; none in the place of one that leads nowhere, or stands in another's label.
    open_links: Vec<Option<OpenLink>>,
    /// The code of the block that is being read.
    block: Option<String>,
    /// Text that has no end yet. What looks like an address may come in pieces.
    text: String,
}

/// A link whose label is being read.
struct OpenLink {
    target: Target,
    /// The words before it.
    before: Words,
}

impl Renderer<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => match &mut self.block {
                Some(block) => block.push_str(&text),
                None => self.text.push_str(&text),
            },
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                self.end_text();
                self.code(&code);
            }
            Event::Html(html) => self.html(&html),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.text.push(' '),
            Event::InlineHtml(_) => {}
            Event::SoftBreak
            | Event::HardBreak
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {
                self.text.push(' ');
            }
            Event::Rule => self.end_paragraph(),
            Event::Start(tag) => self.start(tag),
            Event::End(TagEnd::Link) => self.end_link(),
            Event::End(TagEnd::TableCell) => self.text.push(' '),
            Event::End(TagEnd::CodeBlock) => self.end_code_block(),
            Event::End(tag) if is_block(&tag) => self.end_paragraph(),
            Event::End(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Link { dest_url, .. } => {
                // No link has another in its label (CommonMark, section 6.3): what is written so would be read otherwise.
                let is_inner = self.open_links.iter().any(Option::is_some);
                let target = match is_inner {
                    true => None,
                    false => self.links.target(&dest_url),
                };
                // The label of a link to nowhere is text like that around it, and may be an address together with that.
                let link = target.map(|target| {
                    self.end_text();
                    let before = std::mem::take(&mut self.words);
                    OpenLink { target, before }
                });
                self.open_links.push(link);
            }
            Tag::CodeBlock(_) => self.block = Some(String::new()),
            tag if is_block(&tag.to_end()) => self.end_paragraph(),
            _ => {}
        }
    }

    /// A line of code becomes a span; more than one would not be readable as such, and is left out.
    fn end_code_block(&mut self) {
        self.end_paragraph();
        let block = self.block.take().unwrap_or_default();
        if block.trim().lines().count() == 1 {
            self.code(&block);
            self.end_paragraph();
        }
    }

    /// Takes the text that was read so far for whole.
    fn end_text(&mut self) {
        if self.text.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.text);
        let text = escape::clean(&text);
        let mut rest = &*text;
        // A bare address would be a warning of rustdoc.
        while let Some((start, end)) = bare_url(rest) {
            self.words.text(&rest[..start], escape::text);
            self.code(&rest[start..end]);
            rest = &rest[end..];
        }
        self.words.text(rest, escape::text);
    }

    fn code(&mut self, code: &str) {
        if let Some(code) = escape::code(code) {
            // Two spans that touch would be read as one.
            if self.words.touches('`') {
                self.words.blank();
            }
            self.words.glue(&code);
        }
    }

    /// Keeps what stands between tags, for a block of HTML comes as a whole.
    fn html(&mut self, html: &str) {
        let mut rest = html;
        while let Some(start) = rest.find('<') {
            self.text.push_str(&rest[..start]);
            let tag = &rest[start..];
            let end = if tag.starts_with("<!--") {
                tag.find("-->").map(|end| end + 2)
            } else {
                tag.find('>')
            };
            rest = end.map_or("", |end| &tag[end + 1..]);
            self.text.push(' ');
        }
        self.text.push_str(rest);
    }

    fn end_link(&mut self) {
        if let Some(OpenLink { target, before }) = self.open_links.pop().flatten() {
            self.end_text();
            let label = std::mem::replace(&mut self.words, before);
            match label.is_empty() {
                true => self.words.join(label),
                false => self.words.link(label, &target.destination()),
            }
        }
    }

    fn end_paragraph(&mut self) {
        self.end_text();
        while !self.open_links.is_empty() {
            self.end_link();
        }
        let words = std::mem::take(&mut self.words);
        if !words.is_empty() {
            self.paragraphs.push(words);
        }
    }
}

/// Whether something stands in paragraphs of its own.
fn is_block(tag: &TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::TableCell
    )
}

/// Where the first URL begins and ends.
fn bare_url(text: &str) -> Option<(usize, usize)> {
    if !text.contains("://") {
        return None;
    }
    let start = ["http://", "https://"]
        .iter()
        .filter_map(|scheme| text.find(scheme))
        .min()?;
    let url = text[start..]
        .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"'))
        .next()?;
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '*', ']']);
    Some((start, start + url.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_is_what_markdown_takes_for_text() {
        for text in [
            "The tone's pitch, in \"Hz\" (1/s): 440.",
            "Is it? It is! #1 + 1 = 2; 100 % of {x} - $y @z.",
            "See https://example.com.",
            "More is a > b.",
            "a",
        ] {
            assert!(is_plain(text), "{text}");
            let events: Vec<Event<'_>> = Parser::new_ext(text, OPTIONS).collect();
            let [
                Event::Start(Tag::Paragraph),
                Event::Text(read),
                Event::End(_),
            ] = &events[..]
            else {
                panic!("{events:?}");
            };
            assert_eq!(&**read, text);
        }
    }

    #[test]
    fn what_may_mean_something_else_is_read_as_markdown() {
        for text in [
            "",
            "1. One",
            "- one",
            "# One",
            "a *b*",
            "a\nb",
            "a ",
            "a\tb",
            "ä",
            "a &amp; b",
            "a_b",
            "a | b",
        ] {
            assert!(!is_plain(text), "{text}");
        }
    }
}
