//! What was meant to be a link and is none: `[text][label]` with a label that is defined nowhere on the page, and
//! `[text](target` or `[text] (target)`, which Markdown leaves as text.

use super::Seen;
use super::locate::written;
use super::text::texts;
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Inline, SpanKind};
use crate::parallel::map;
use crate::source::boundary;

/// How many bytes the target of a link has at most that was meant as one.
const LONGEST_TARGET: usize = 2048;

/// So many findings are told of a page at most.
const MOST: usize = 10_000;

/// Checks all texts: Markdown leaves such a link as text, brackets and all.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let checked = seen.checked;
    let found = map(checked.threads, checked.pages, |page| {
        texts(page)
            .flat_map(|text| undefined(text).into_iter().map(move |label| (text, label)))
            .map(|(text, (written_as, label))| {
                let place = written(&seen.sources, &text.place, "", &written_as);
                Diagnostic::new(
                    Code::ReferenceUndefined,
                    place.unwrap_or_else(|| text.place.clone()),
                    format!("the page defines no link `[{label}]: ...`"),
                )
                .hint("correct the label, or define it; labels are not translated")
            })
            .chain(texts(page).flat_map(|text| {
                broken(text).into_iter().map(move |(tail, why)| {
                    let place = written(&seen.sources, &text.place, "", tail);
                    Diagnostic::new(
                        Code::LinkMalformed,
                        place.unwrap_or_else(|| text.place.clone()),
                        format!("this was meant to be a link, and is none: {why}"),
                    )
                    .hint("write `[text](target)` without a blank between the brackets")
                })
            }))
            .take(MOST)
            .collect::<Vec<_>>()
    });
    found.into_iter().flatten().collect()
}

/// The end of each undefined link as it is written, and its label.
fn undefined(text: &Inline) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text.text[from..].find("][").map(|at| from + at) {
        from = at + 2;
        let Some(end) = text.text[from..].find(['[', ']']).map(|end| from + end) else {
            break;
        };
        let Some(start) = text.text[..at].rfind(['[', ']']) else {
            continue;
        };
        let (shown, label) = (&text.text[start + 1..at], &text.text[from..end]);
        let brackets = text.text[start..].starts_with('[') && text.text[end..].starts_with(']');
        let marked = text
            .spans
            .iter()
            .any(|span| span.kind != SpanKind::Strong && span.start < end && span.end > start);
        // Where letters touch the brackets they are an index or part of a path.
        let apart = !text.text[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == ')');
        let is_label = |label: &str| label.chars().any(char::is_alphabetic) && label.len() <= 80;
        if !brackets || marked || !apart || !is_label(shown) {
            continue;
        }
        if label.is_empty() {
            found.push((format!("{shown}][]"), shown.to_owned()));
        } else if is_label(label) {
            found.push((format!("][{label}]"), label.to_owned()));
        }
    }
    found
}

/// The brackets of a link to a page or site that Markdown does not take for one, and why it does not.
fn broken(text: &Inline) -> Vec<(&str, &'static str)> {
    let mut found = Vec::new();
    for (brackets, why) in [
        ("](", "its target has no closing bracket, or holds blanks"),
        ("] (", "a blank stands between text and target"),
    ] {
        for (at, _) in text.text.match_indices(brackets) {
            let rest = &text.text[at + brackets.len()..];
            let rest = &rest[..boundary(rest, LONGEST_TARGET)];
            let target = rest.split([')', ' ', '|', '\n']).next().unwrap_or(rest);
            let path = target.split('#').next().unwrap_or(target);
            let leads_somewhere = path.ends_with(".md")
                || target.starts_with("http://")
                || target.starts_with("https://");
            let opened = text.text[..at]
                .rfind(['[', ']'])
                .is_some_and(|open| text.text[open..].starts_with('['));
            let marked = text
                .spans
                .iter()
                .any(|span| span.kind != SpanKind::Strong && span.start <= at && span.end > at);
            if leads_somewhere && opened && !marked {
                let end = at + brackets.len() + target.len();
                found.push((&text.text[at..end], why));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Place;

    fn labels(text: &str) -> Vec<String> {
        let mut inline = Inline::empty(Place::new("a.md", 1, 1));
        inline.text = text.to_owned();
        undefined(&inline)
            .into_iter()
            .map(|(_, label)| label)
            .collect()
    }

    #[test]
    fn both_forms_of_references_are_seen() {
        assert_eq!(
            labels("the [tone][] and [its pitch][pitch]."),
            ["tone", "pitch"]
        );
    }

    #[test]
    fn other_brackets_are_no_references() {
        assert_eq!(labels("String[] or [1][2] or rows[a][b] or ]["), [""; 0]);
    }
}
