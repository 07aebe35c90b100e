//! Which words a translated page uses in its sentences, and which in code: names are never sentences, and code is seldom
//! translated.

use std::collections::BTreeSet;

use crate::page::{Block, Inline, Page};

/// The words of a translated page, in lower case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spoken {
    /// Words of code blocks.
    pub(crate) code: BTreeSet<String>,
    /// Words of code in sentences, which at times is translated with them.
    pub(crate) quoted: BTreeSet<String>,
    /// Words of sentences.
    pub(crate) prose: BTreeSet<String>,
}

impl Spoken {
    pub(super) fn read(page: &Page) -> Self {
        let mut spoken = Self::default();
        for block in &page.blocks {
            match block {
                Block::Code(code) => spoken.code.extend(identifiers(&code.text)),
                Block::Paragraph(text) | Block::Item(text) | Block::Note(text) => {
                    spoken.sentence(text);
                }
                // What stands in first cells are the names in question.
                Block::Table(table) => {
                    let cells = table.rows.iter().flat_map(|row| row.cells.iter().skip(1));
                    cells.for_each(|cell| spoken.sentence(cell));
                }
                Block::Heading(_) | Block::Comment(_) => {}
            }
        }
        spoken
    }

    fn sentence(&mut self, text: &Inline) {
        let mut at = 0;
        for (code, range) in text.codes() {
            self.quoted.extend(identifiers(code));
            if range.start >= at {
                self.prose.extend(words(&text.text[at..range.start]));
                at = range.end;
            }
        }
        self.prose.extend(words(&text.text[at..]));
    }
}

fn identifiers(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    words
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}
