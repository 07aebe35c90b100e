//! Text with its links and code spans.

use crate::source::Place;

/// A piece of running text: a cell, a heading, a paragraph.
#[derive(Clone, Debug, PartialEq)]
pub struct Inline {
    /// Where it starts.
    pub place: Place,
    /// The plain text, without any markup; a line break in a cell (`<br>`) is `\n`.
    pub text: String,
    /// The marked parts of the text, in order.
    pub spans: Vec<InlineSpan>,
}

/// A marked part of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InlineSpan {
    /// What it is.
    pub kind: SpanKind,
    /// The byte offset of its start in the text.
    pub start: usize,
    /// The byte offset of its end.
    pub end: usize,
}

/// What a part of a text is marked as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SpanKind {
    /// `code`.
    Code,
    /// **Strong** text.
    Strong,
    /// A link with its target as written.
    Link(String),
}

impl Inline {
    /// No text.
    #[must_use]
    pub fn empty(place: Place) -> Self {
        Self {
            place,
            text: String::new(),
            spans: Vec::new(),
        }
    }

    /// Whether there is nothing to see.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.chars().all(is_blank)
    }

    /// The links with their labels and targets.
    pub fn links(&self) -> impl Iterator<Item = (&str, &str)> {
        self.spans.iter().filter_map(|span| match &span.kind {
            SpanKind::Link(target) => Some((&self.text[span.start..span.end], target.as_str())),
            SpanKind::Code | SpanKind::Strong => None,
        })
    }

    /// The code spans with their byte ranges.
    pub fn codes(&self) -> impl Iterator<Item = (&str, std::ops::Range<usize>)> {
        self.spans
            .iter()
            .filter(|span| span.kind == SpanKind::Code)
            .map(|span| (&self.text[span.start..span.end], span.start..span.end))
    }

    /// Whether all of the text is strong: the docs' form for dividers in tables.
    #[must_use]
    pub fn is_strong(&self) -> bool {
        let text = self.text.trim_matches(is_blank);
        self.spans.iter().any(|span| {
            span.kind == SpanKind::Strong
                && self.text[span.start..span.end].trim_matches(is_blank) == text
        })
    }

    /// Adds a text behind this one, with a blank between them.
    pub(crate) fn append(&mut self, other: &Self) {
        if other.is_blank() {
            return;
        }
        if !self.is_blank() && !self.text.ends_with(is_blank) {
            self.text.push(' ');
        }
        let offset = self.text.len();
        self.text.push_str(&other.text);
        self.spans.extend(other.spans.iter().map(|span| InlineSpan {
            kind: span.kind.clone(),
            start: span.start + offset,
            end: span.end + offset,
        }));
    }

    /// Gives back the room for more that texts and lists grow by.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.spans.shrink_to_fit();
    }

    /// The text as Markdown with nothing in it but code spans and links, on one line.
    #[must_use]
    pub fn markdown(&self) -> String {
        let mut out = String::with_capacity(self.text.len() + 16);
        let mut at = 0;
        for span in self
            .spans
            .iter()
            .filter(|span| span.kind != SpanKind::Strong)
        {
            // A span inside another one, such as code in a link, is the outer one's text.
            if span.start < at {
                continue;
            }
            escape(&mut out, &self.text[at..span.start]);
            let inner = &self.text[span.start..span.end];
            match &span.kind {
                SpanKind::Strong => {}
                SpanKind::Code => code(&mut out, inner),
                SpanKind::Link(target) => {
                    out.push('[');
                    // Spans are in the order in which they start.
                    let first = self.spans.partition_point(|other| other.start < span.start);
                    let same = self.spans[first..].iter();
                    let mut same = same.take_while(|other| other.start == span.start);
                    let is_code =
                        same.any(|other| other.kind == SpanKind::Code && other.end == span.end);
                    if is_code {
                        code(&mut out, inner)
                    } else {
                        escape(&mut out, inner)
                    }
                    out.push_str("](");
                    destination(&mut out, target);
                    out.push(')');
                }
            }
            at = span.end;
        }
        escape(&mut out, &self.text[at..]);
        let kept = out.trim_matches(is_blank).len();
        let start = out.len() - out.trim_start_matches(is_blank).len();
        out.drain(..start);
        out.truncate(kept);
        escape_block_mark(&mut out);
        out
    }
}

/// White space, and the invisible characters that cells are padded with.
pub(crate) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{2060}'
        )
}

/// Escapes what Markdown would read as markup and folds white space.
fn escape(out: &mut String, text: &str) {
    let mut after_word = out.ends_with(char::is_alphanumeric);
    let mut rest = text;
    loop {
        // Most of a text is taken over as it is, much of it at a time.
        let plain = rest.bytes().take_while(|byte| is_plain(*byte)).count();
        let (before, behind) = rest.split_at(plain);
        if let Some(last) = before.bytes().last() {
            out.push_str(before);
            after_word = last.is_ascii_alphanumeric();
        }
        let mut chars = behind.chars();
        let Some(c) = chars.next() else { return };
        rest = chars.as_str();
        if c.is_whitespace() || c.is_control() {
            if !out.ends_with(' ') {
                out.push(' ');
            }
            after_word = false;
            continue;
        }
        // An underscore between letters is never markup; elsewhere it may be.
        let inside_word = c == '_' && after_word && rest.starts_with(char::is_alphanumeric);
        if matches!(
            c,
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '&' | '~' | '|'
        ) || (c == '_' && !inside_word)
        {
            out.push('\\');
        }
        out.push(c);
        after_word = c.is_alphanumeric() || c == '_';
    }
}

/// Whether a byte is a character that is no markup within a line, whatever stands beside it.
fn is_plain(byte: u8) -> bool {
    byte.is_ascii_graphic()
        && !matches!(
            byte,
            b'\\' | b'`' | b'*' | b'[' | b']' | b'<' | b'>' | b'&' | b'~' | b'|' | b'_'
        )
}

/// Escapes the mark of a block (heading, list) at the start of a text.
fn escape_block_mark(out: &mut String) {
    let digits = out.bytes().take_while(u8::is_ascii_digit).count();
    let mark = match out.as_bytes().get(digits) {
        Some(b'#' | b'-' | b'+' | b'=') if digits == 0 => true,
        Some(b'.' | b')') => digits > 0,
        _ => false,
    };
    let ends = |c: &u8| matches!(c, b' ' | b'#' | b'-' | b'=');
    if mark && out.as_bytes().get(digits + 1).is_none_or(ends) {
        out.insert(digits, '\\');
    }
}

/// A code span with a fence longer than any run of backticks in it.
fn code(out: &mut String, text: &str) {
    let text: String = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .collect::<Vec<_>>()
        .join(" ");
    if text.trim().is_empty() {
        return;
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    for part in [&fence, pad, &text, pad, &fence] {
        out.push_str(part);
    }
}

/// A link destination, in angle brackets where it needs them.
fn destination(out: &mut String, target: &str) {
    let target: String = target
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '<' | '>'))
        .collect();
    if target.is_empty() || target.contains([' ', '(', ')', '\\']) {
        out.push('<');
        for c in target.chars() {
            if c == '\\' {
                out.push('\\');
            }
            out.push(c);
        }
        out.push('>');
    } else {
        out.push_str(&target);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inline(text: &str, spans: Vec<InlineSpan>) -> Inline {
        Inline {
            place: Place::new("a.md", 1, 1),
            text: text.into(),
            spans,
        }
    }

    #[test]
    fn markup_characters_in_plain_text_are_escaped() {
        assert_eq!(
            inline("a*b [x] <i> snake_case _x", vec![]).markdown(),
            r"a\*b \[x\] \<i\> snake_case \_x"
        );
    }

    #[test]
    fn code_and_links_keep_their_form() {
        let text = inline(
            "see call or `x`",
            vec![
                InlineSpan {
                    kind: SpanKind::Link("call.md".into()),
                    start: 4,
                    end: 8,
                },
                InlineSpan {
                    kind: SpanKind::Code,
                    start: 12,
                    end: 15,
                },
            ],
        );
        assert_eq!(text.markdown(), "see [call](call.md) or `` `x` ``");
    }

    #[test]
    fn code_in_a_link_stays_code_in_a_link() {
        let spans = vec![
            InlineSpan {
                kind: SpanKind::Link("a b.md".into()),
                start: 0,
                end: 1,
            },
            InlineSpan {
                kind: SpanKind::Code,
                start: 0,
                end: 1,
            },
        ];
        assert_eq!(inline("x y", spans).markdown(), "[`x`](<a b.md>) y");
    }

    #[test]
    fn appended_text_keeps_its_spans() {
        let mut first = inline("one", vec![]);
        first.append(&inline(
            "two",
            vec![InlineSpan {
                kind: SpanKind::Code,
                start: 0,
                end: 3,
            }],
        ));
        assert_eq!(first.markdown(), "one `two`");
    }
}
