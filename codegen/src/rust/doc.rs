//! Doc comments.
//!
//! What the docs say is text of strangers: it is read as Markdown and written anew from its events, so that nothing of
//! it can become a doc test, HTML, a link to an item or anything else that a doc comment gives a meaning to.

mod escape;
mod lines;
mod links;
mod render;

use self::lines::Words;
use super::layout::RelativePath;
use super::syntax;
use proc_macro2::TokenStream;
use quote::ToTokens;

pub(super) use self::links::{Links, PageIndex};

/// The paragraphs of a doc comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Doc {
    paragraphs: Vec<Words>,
}

impl Doc {
    /// Adds what the docs say.
    pub(super) fn text(&mut self, markdown: &str, links: &Links<'_>) {
        self.paragraphs.extend(render::markdown(markdown, links));
    }

    /// Adds a paragraph of our own.
    pub(super) fn paragraph(&mut self, parts: &[Part<'_>]) {
        self.paragraphs.push(Words::default());
        self.glue(parts);
    }

    /// Adds to the last paragraph, after a blank.
    pub(super) fn append(&mut self, parts: &[Part<'_>]) {
        if let Some(words) = self.paragraphs.last_mut() {
            words.blank();
        }
        self.glue(parts);
    }

    /// Adds to the last word of the last paragraph.
    pub(super) fn glue(&mut self, parts: &[Part<'_>]) {
        if self.paragraphs.is_empty() {
            self.paragraphs.push(Words::default());
        }
        if let Some(words) = self.paragraphs.last_mut() {
            for part in parts {
                part.add_to(words);
            }
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.paragraphs.is_empty()
    }

    /// The attribute that stands for the comment in what is formatted, if it has anything to say.
    pub(super) fn place(&self) -> Option<syn::Attribute> {
        (!self.is_empty()).then(|| syntax::attribute("doc"))
    }

    /// Appends the lines of the comment, each behind what they begin with: an indentation, and a mark.
    pub(super) fn lines(&self, begin: &str, lines: &mut String) {
        let start = lines.len();
        for paragraph in &self.paragraphs {
            if lines.len() > start {
                lines.push_str(begin);
                lines.push('\n');
            }
            paragraph.wrap(begin, lines);
        }
    }
}

/// A part of a sentence of our own.
#[derive(Clone, Copy, Debug)]
pub(super) enum Part<'a> {
    /// Safe Markdown, with blanks where words end.
    Own(&'a str),
    /// Anything, to be shown as code.
    Code(&'a str),
    /// Anything as code that links to an item.
    Item(&'a str, RelativePath<'a>),
    /// A label of our own that links to an address.
    Link(&'a str, &'a str),
}

impl Part<'_> {
    fn add_to(self, words: &mut Words) {
        match self {
            Self::Own(text) => words.text(text, escape::nothing),
            Self::Code(code) => words.glue(&escape::code(code).unwrap_or_default()),
            Self::Item(code, path) => {
                words.glue(&format!(
                    "[{}]({})",
                    escape::code(code).unwrap_or_default(),
                    path.source()
                ));
            }
            Self::Link(label, url) => {
                words.glue(&format!("[{label}]({})", escape::destination(url)))
            }
        }
    }
}

/// How that attribute is written.
const PLACE: &str = "#[doc]";

/// Only the place of the comment: its lines are put there when everything else is formatted, for taking them apart and putting
/// them together again was a quarter of the work of emitting.
impl ToTokens for Doc {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.place().to_tokens(tokens);
    }
}

/// What is emitted with comments.
pub(super) trait Documented {
    /// The comments, in the order of their places.
    fn docs(&self) -> Vec<&Doc>;

    /// The item, with places for the comments.
    fn file(&self) -> syn::Result<syn::File>;
}

/// Puts comments in the places that a formatted text has for them.
pub(super) fn fill(text: &str, docs: &[&Doc]) -> String {
    let mut docs = docs.iter().filter(|doc| !doc.is_empty());
    let mut filled = String::with_capacity(text.len() * 2);
    for line in text.split_inclusive('\n') {
        let code = line.trim_start();
        let doc = match code.trim_end() == PLACE {
            true => docs.next(),
            false => None,
        };
        let Some(doc) = doc else {
            filled.push_str(line);
            continue;
        };
        let indent = &line[..line.len() - code.len()];
        doc.lines(&format!("{indent}///"), &mut filled);
    }
    filled
}

#[cfg(test)]
mod tests;
