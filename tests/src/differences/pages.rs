//! All pages of a version, searched as text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use regex::Regex;

use super::page::{Claim, How, Key, Part, Row, TextPage, clean, pattern};

pattern!(
    NOT_PROPERTIES,
    r"(?i)\b(methods?|tasks|actions|functions|values|members|parameters?)\b"
);
pattern!(
    NOT_A_PROPERTY,
    r"(?i)^(methods?|actions?|functions?|tasks?|members?|values?|http.*)$"
);
pattern!(RELATIONS, r"(?i)\b(relationships?|navigation)\b");
pattern!(IDENTIFIER, r"[A-Za-z_]\w*");

/// A line of a page, as proof.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quote {
    /// The page, relative to the docs folder.
    pub page: String,
    /// The line, counted from 1.
    pub line: usize,
    /// The line's text, trimmed.
    pub text: String,
}

/// The pages of one version.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) pages: Vec<TextPage>,
    /// Page and claim by the short name in lower case.
    claims: BTreeMap<String, Vec<(usize, usize)>>,
}

impl Pages {
    /// Reads the Markdown files of `resources` in a version's folder of a docs folder.
    pub(super) fn read(docs: &Path, version: &str) -> Result<Self, String> {
        let relative = format!("api-reference/{version}/resources");
        let folder = docs.join(&relative);
        let failed = |error| format!("{} cannot be read: {error}", folder.display());
        let mut texts = Vec::new();
        for entry in fs::read_dir(&folder).map_err(failed)? {
            let name = entry
                .map_err(failed)?
                .file_name()
                .to_string_lossy()
                .into_owned();
            if name.ends_with(".md") {
                let bytes = fs::read(folder.join(&name)).map_err(failed)?;
                texts.push((
                    format!("{relative}/{name}"),
                    String::from_utf8_lossy(&bytes).into_owned(),
                ));
            }
        }
        texts.sort();
        Ok(Self::of(
            texts.iter().map(|(path, text)| TextPage::read(path, text)),
        ))
    }

    /// The pages in the order of their paths.
    pub(super) fn of(pages: impl IntoIterator<Item = TextPage>) -> Self {
        let pages: Vec<TextPage> = pages.into_iter().collect();
        let mut claims: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
        for (at, page) in pages.iter().enumerate() {
            for (claim, Claim { short, .. }) in page.claims.iter().enumerate() {
                claims
                    .entry(short.to_lowercase())
                    .or_default()
                    .push((at, claim));
            }
        }
        Self { pages, claims }
    }

    /// Every claim of a type, with its page: those of its namespace, or else those without one that could be it.
    pub(super) fn claims(&self, name: &str) -> Vec<(&TextPage, &Claim)> {
        let all: Vec<(&TextPage, &Claim)> = self
            .claims
            .get(&short(name).to_lowercase())
            .into_iter()
            .flatten()
            .map(|(page, claim)| (&self.pages[*page], &self.pages[*page].claims[*claim]))
            .collect();
        let exact: Vec<_> = all
            .iter()
            .copied()
            .filter(|(page, claim)| {
                let namespace = namespace(name);
                claim
                    .namespace
                    .as_deref()
                    .is_some_and(|claimed| claimed.eq_ignore_ascii_case(namespace))
                    || page
                        .namespace()
                        .is_some_and(|(stated, _)| stated.eq_ignore_ascii_case(namespace))
            })
            .collect();
        if exact.is_empty() { all } else { exact }
    }

    /// The pages that describe a type, each once.
    pub(super) fn of_type(&self, name: &str) -> Vec<&TextPage> {
        let mut pages: Vec<&TextPage> = self
            .claims(name)
            .into_iter()
            .map(|(page, _)| page)
            .collect();
        pages.dedup_by(|a, b| a.path == b.path);
        pages.sort_by(|a, b| a.path.cmp(&b.path));
        pages.dedup_by(|a, b| a.path == b.path);
        pages
    }

    /// The lines of the comments that annotate a type.
    pub(super) fn annotation(&self, name: &str) -> Vec<(&TextPage, usize)> {
        let mut lines = Vec::new();
        for (page, claim) in self.claims(name) {
            if claim.how == How::Annotation {
                lines.extend((claim.comment.0..=claim.comment.1).map(|line| (page, line)));
            }
        }
        lines
    }

    /// The rows of properties and relationships that stand for a type.
    pub(super) fn rows(&self, name: &str) -> Vec<(&TextPage, &Row)> {
        let mut rows = Vec::new();
        for page in self.of_type(name) {
            for row in &page.rows {
                let nearest = page.headings[row.line]
                    .first()
                    .map(|heading| clean(page.lines[*heading].trim_start_matches('#')))
                    .unwrap_or_default();
                let header = row
                    .header
                    .first()
                    .map(|cell| clean(cell))
                    .unwrap_or_default();
                let about_properties =
                    !NOT_PROPERTIES.is_match(&nearest) && !NOT_A_PROPERTY.is_match(&header);
                if row.cells.len() > 1 && about_properties && page.speaks_of(row.line, short(name))
                {
                    rows.push((page, row));
                }
            }
        }
        rows
    }

    /// The rows of a type's property.
    pub(super) fn rows_of(&self, name: &str, property: &str) -> Vec<(&TextPage, &Row)> {
        let mut rows = self.rows(name);
        rows.retain(|(_, row)| row_name(row) == property);
        rows
    }

    /// The rows that stand under a heading of relationships.
    pub(super) fn relations(&self, name: &str) -> Vec<(&TextPage, &Row)> {
        let mut rows = self.rows(name);
        rows.retain(|(page, row)| is_relation(page, row));
        rows
    }

    /// The members of the objects that show a type.
    pub(super) fn keys(&self, name: &str) -> Vec<(&TextPage, &Key)> {
        let mut keys = Vec::new();
        for page in self.of_type(name) {
            for (shown, members) in &page.shown {
                if shown.eq_ignore_ascii_case(short(name)) {
                    keys.extend(members.iter().map(|key| (page, key)));
                }
            }
        }
        keys
    }

    /// The lines of a type's pages, outside of code, that speak of it.
    pub(super) fn lines(&self, name: &str) -> Vec<(&TextPage, usize)> {
        let mut lines = Vec::new();
        for page in self.of_type(name) {
            for line in 0..page.lines.len() {
                if page.parts[line] != Part::Code
                    && page.parts[line] != Part::Comment
                    && page.speaks_of(line, short(name))
                {
                    lines.push((page, line));
                }
            }
        }
        lines
    }

    /// The lines of all pages that match.
    pub(super) fn grep<'a>(
        &'a self,
        pattern: &'a Regex,
    ) -> impl Iterator<Item = (&'a TextPage, usize)> {
        self.pages.iter().flat_map(move |page| {
            (0..page.lines.len())
                .filter(move |line| pattern.is_match(&page.lines[*line]))
                .map(move |line| (page, line))
        })
    }
}

/// Whether a row stands in a table of relationships.
pub(super) fn is_relation(page: &TextPage, row: &Row) -> bool {
    let named = |text: &str| RELATIONS.is_match(&clean(text));
    row.header.first().is_some_and(|cell| named(cell))
        || page.headings[row.line]
            .first()
            .is_some_and(|heading| named(&page.lines[*heading]))
}

/// The property that a row is of: its first cell without what stands behind the name.
pub(super) fn row_name(row: &Row) -> String {
    let cell = row
        .cells
        .first()
        .map(|cell| clean(cell))
        .unwrap_or_default();
    IDENTIFIER
        .find(&cell)
        .filter(|found| found.start() == 0)
        .map(|found| found.as_str().to_owned())
        .unwrap_or_default()
}

/// A line as a quote, cut to a readable length.
pub(super) fn quote((page, line): (&TextPage, usize)) -> Quote {
    const LONGEST: usize = 240;
    let text = page.line(line);
    let text = match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    };
    Quote {
        page: page.path.clone(),
        line: line + 1,
        text,
    }
}

/// What stands behind the last dot.
pub(super) fn short(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(_, short)| short)
}

/// What stands before the last dot.
pub(super) fn namespace(name: &str) -> &str {
    name.rsplit_once('.').map_or("", |(namespace, _)| namespace)
}

/// Like [`mention`], but a name that is an ordinary word has to be marked up or linked.
pub(super) fn marked(name: &str) -> Regex {
    let word = short(name);
    if word.chars().any(char::is_uppercase) {
        return mention(name);
    }
    let word = regex::escape(word);
    Regex::new(&format!(r"(?i)([`*\[.]{word}\b|[/(-]{word}\.md\b)")).expect("the name is escaped")
}

/// A pattern that finds a type's name as a word, or a link to its page.
pub(super) fn mention(name: &str) -> Regex {
    let short = regex::escape(short(name));
    Regex::new(&format!(r"(?i)(\b{short}\b|[/(-]{short}\.md\b)")).expect("the name is escaped")
}

/// A pattern that finds a name as a whole word, in any case.
pub(super) fn word(name: &str) -> Regex {
    Regex::new(&format!(r"(?i)\b{}\b", regex::escape(name))).expect("the name is escaped")
}
