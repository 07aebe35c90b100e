//! From a file to blocks: its text, its front matter, and what is Markdown in it.

use std::io::ErrorKind;
use std::sync::Arc;

use super::Page;
use super::block::Block;
use super::front_matter::FrontMatter;
use super::{depth, walk};
use crate::diagnostic::{Code as DiagnosticCode, Diagnostic};
use crate::limits::{Limit, Limits};
use crate::source::{Files, Lines, Place, decode, in_words};

pub(super) fn read(files: &dyn Files, path: Arc<str>, limits: &Limits) -> Page {
    let mut page = Page {
        inputs: vec![Arc::clone(&path)],
        limits: *limits,
        ..Page::default()
    };
    match files.read(&path) {
        Ok(bytes) if page.has_room_for(&bytes) => {
            let mut trail = vec![path];
            page.blocks = read_file(files, bytes, &mut trail, &mut page);
        }
        Err(error) if error.kind() != ErrorKind::FileTooLarge => page.diagnostics.push(
            Diagnostic::new(
                DiagnosticCode::PageUnreadable,
                Place::new(path, 1, 1),
                format!("the page cannot be read: {}", in_words(&error)),
            )
            .hint("correct the file's permissions or its place, or remove it"),
        ),
        _ => {
            let limit = Limit::PageBytes;
            page.diagnostics.push(
                Diagnostic::new(
                    DiagnosticCode::PageTooLarge,
                    Place::new(path, 1, 1),
                    format!("the page has more bytes than {}", limits.told(limit)),
                )
                .hint(limit.hint()),
            );
        }
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
    if let Some(damage) = text.damage {
        page.diagnostics.push(
            Diagnostic::new(
                DiagnosticCode::PageNotUtf8,
                Place::new(Arc::clone(&path), 1, 1),
                damage.to_string(),
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
    let mut lines = lines;
    if let Some(at) = depth::first_deeper(lines.from(body), page.limits.nesting) {
        let limit = Limit::Nesting;
        let message = format!(
            "lists and quotations stand deeper in each other than {}; the page was read up to here",
            page.limits.told(limit)
        );
        page.over(limit, lines.place(body + at), message);
        lines = lines.up_to(body + at);
    }
    walk::blocks(files, &lines, body, trail, page)
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

#[cfg(test)]
mod tests;
