//! Words and what they are in English.

use std::collections::BTreeMap;

use crate::page::{Inline, InlineSpan, SpanKind};

/// Words of a language, each with its English.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// By the first letter, longer ones first.
    entries: BTreeMap<char, Vec<Entry>>,
}

#[derive(Debug)]
struct Entry {
    /// In lower case.
    word: Vec<char>,
    english: String,
    /// Whether it is the end of compounds; in the data such a word begins with `-`.
    is_end: bool,
}

impl Vocabulary {
    /// From pairs of the English and the word.
    pub(super) fn new(pairs: Vec<(String, String)>) -> Self {
        let mut entries: BTreeMap<char, Vec<Entry>> = BTreeMap::new();
        for (english, word) in pairs {
            let stem = word.strip_prefix('-');
            let is_end = stem.is_some();
            let word: Vec<char> = stem
                .unwrap_or(&word)
                .chars()
                .flat_map(char::to_lowercase)
                .collect();
            if let Some(first) = word.first() {
                entries.entry(*first).or_default().push(Entry {
                    word,
                    english,
                    is_end,
                });
            }
        }
        for entries in entries.values_mut() {
            entries.sort_by_key(|entry| std::cmp::Reverse(entry.word.len()));
        }
        Self { entries }
    }

    /// The text with known words in English. Code stays as it is, and so do the marks.
    pub(super) fn gloss(&self, inline: &Inline) -> Inline {
        let text = inline.text.as_str();
        let code: Vec<(usize, usize)> = inline
            .codes()
            .map(|(_, range)| (range.start, range.end))
            .collect();
        let mut spans = inline.spans.clone();
        let mut out = String::with_capacity(text.len());
        // Where each offset of the text went, for the ends of marks.
        let mut moved: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        while at < text.len() {
            moved.push((at, out.len()));
            if let Some((_, end)) = code.iter().find(|(start, end)| *start <= at && at < *end) {
                out.push_str(&text[at..*end]);
                at = *end;
                continue;
            }
            let rest = &text[at..];
            let before = text[..at].chars().next_back();
            if let Some((english, len)) = self.at(rest, before) {
                if out.ends_with(['-', '‑']) {
                    out.pop();
                }
                // English words would run into each other where there are no blanks between words.
                let is_word = |c: char| c.is_alphanumeric();
                if out.ends_with(is_word) && english.starts_with(is_word) {
                    out.push(' ');
                }
                out.push_str(english);
                at += len;
                if english.ends_with(is_word) && text[at..].starts_with(is_word) {
                    out.push(' ');
                }
                continue;
            }
            let Some(c) = rest.chars().next() else { break };
            out.push(c);
            at += c.len_utf8();
        }
        moved.push((text.len(), out.len()));
        let place = |offset: usize| {
            let index = moved.partition_point(|(from, _)| *from < offset);
            moved
                .get(index)
                .map_or(out.len(), |(_, to)| (*to).min(out.len()))
        };
        for span in &mut spans {
            *span = InlineSpan {
                kind: span.kind.clone(),
                start: place(span.start),
                end: place(span.end),
            };
        }
        spans.retain(|span| {
            span.start <= span.end
                && out.is_char_boundary(span.start)
                && out.is_char_boundary(span.end)
                && (span.start < span.end || matches!(span.kind, SpanKind::Link(_)))
        });
        Inline {
            place: inline.place.clone(),
            text: out,
            spans,
        }
    }

    /// The longest word that a text begins with, as English, and its length.
    fn at(&self, text: &str, before: Option<char>) -> Option<(&str, usize)> {
        let first = text.chars().next()?.to_lowercase().next()?;
        let inside = before.is_some_and(is_letter) && is_letter(first);
        self.entries.get(&first)?.iter().find_map(|entry| {
            if inside && !entry.is_end {
                return None;
            }
            let len = entry.length_in(text)?;
            let last = entry.word.last().copied()?;
            let rest = &text[len..];
            let next = rest.chars().next();
            // A word that goes on is another word, unless it goes on with the end of a compound.
            let goes_on = is_letter(last) && next.is_some_and(is_letter);
            (!goes_on || self.is_end(rest)).then_some((entry.english.as_str(), len))
        })
    }

    /// Whether a text begins with the end of a compound.
    fn is_end(&self, text: &str) -> bool {
        let first = text.chars().next().and_then(|c| c.to_lowercase().next());
        let entries = first.and_then(|first| self.entries.get(&first));
        entries.into_iter().flatten().any(|entry| {
            entry.is_end
                && entry
                    .length_in(text)
                    .is_some_and(|len| !text[len..].chars().next().is_some_and(is_letter))
        })
    }
}

impl Entry {
    /// The length of the word at the beginning of a text, if it stands there.
    fn length_in(&self, text: &str) -> Option<usize> {
        let mut wanted = self.word.iter();
        for (at, c) in text.char_indices() {
            for lower in c.to_lowercase() {
                match wanted.next() {
                    None => return Some(at),
                    Some(wanted) if *wanted == lower || (*wanted == ' ' && c.is_whitespace()) => {}
                    Some(_) => return None,
                }
            }
        }
        wanted.next().is_none().then_some(text.len())
    }
}

/// Whether a letter belongs to a script that puts blanks between words.
fn is_letter(c: char) -> bool {
    c.is_alphanumeric()
        && !matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}')
}
