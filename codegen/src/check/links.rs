//! Links that lead to files or headings that are not there.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::locate::{Sources, written};
use super::meant::nearest;
use super::text::texts;
use super::{Checked, Seen};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Block, Inline, Page};
use crate::parallel::map;
use crate::source::{Files, Place, decode, join};

/// Checks every link to a file of the docs whose folder is there, and every link to a heading of a page that was read.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let checked = seen.checked;
    let known: HashMap<&str, &Page> = checked
        .pages
        .iter()
        .filter_map(|page| Some((&**page.inputs.first()?, page)))
        .collect();
    let doubtful = map(checked.threads, checked.pages, |page| links(page, &known));
    let mut targets = Targets {
        checked,
        sources: &seen.sources,
        known,
        folders: BTreeMap::new(),
        anchors: BTreeMap::new(),
        named: BTreeMap::new(),
        told: 0,
    };
    // An included file is read with every page that includes it, its links are written once.
    let mut told: HashSet<(&Place, &str)> = HashSet::new();
    let mut found = Vec::new();
    for link in doubtful.iter().flatten() {
        if told.insert((&link.text.place, link.target))
            && let Some(diagnostic) = targets.judge(link)
        {
            found.push(diagnostic);
        }
    }
    found
}

/// A link that has to be looked at: all others lead to pages that were read.
struct Link<'a> {
    text: &'a Inline,
    target: &'a str,
    path: String,
    anchor: &'a str,
}

fn links<'a>(page: &'a Page, known: &HashMap<&str, &Page>) -> Vec<Link<'a>> {
    let own = page.inputs.first();
    let mut found = Vec::new();
    for text in texts(page) {
        for (_, target) in text.links() {
            if is_elsewhere(target) {
                continue;
            }
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let path = path.split('?').next().unwrap_or(path);
            let path = if path.is_empty() {
                // In an included file this is a heading of any page that includes it.
                Some(text.place.file.to_string())
                    .filter(|file| own.is_some_and(|own| **own == **file))
            } else {
                join(&text.place.file, path)
            };
            if let Some(path) =
                path.filter(|path| !anchor.is_empty() || !known.contains_key(path.as_str()))
            {
                found.push(Link {
                    text,
                    target,
                    path,
                    anchor,
                });
            }
        }
    }
    found
}

/// Whether a link leads somewhere that the docs folder does not tell: to another site, to the root of this one, to a
/// folder, or to a path with escapes.
fn is_elsewhere(target: &str) -> bool {
    let path = target.split(['#', '?']).next().unwrap_or(target);
    target.is_empty()
        || target.starts_with(['/', '~', '\\'])
        || path.contains([':', '%'])
        || path.ends_with(['/', '\\', '.'])
}

/// What links lead to.
struct Targets<'a> {
    checked: &'a Checked<'a>,
    sources: &'a Sources<'a>,
    known: HashMap<&'a str, &'a Page>,
    /// The names of the files in a folder; none if it is not there.
    folders: BTreeMap<String, BTreeSet<String>>,
    /// The anchors of a page.
    anchors: BTreeMap<String, HashSet<String>>,
    /// What the elements of a page are named, in lower case.
    named: BTreeMap<String, BTreeSet<String>>,
    /// How many findings were looked at more closely.
    told: usize,
}

impl Targets<'_> {
    fn judge(&mut self, link: &Link<'_>) -> Option<Diagnostic> {
        match self.known.get(link.path.as_str()) {
            Some(page) => self.anchor(link, page),
            None => self.file(link),
        }
    }

    fn file(&mut self, link: &Link<'_>) -> Option<Diagnostic> {
        let (folder, name) = link.path.rsplit_once('/').unwrap_or(("", &link.path));
        let files = self.checked.files;
        let names = self.folders.entry(folder.to_owned()).or_insert_with(|| {
            let entries = files.list(folder).unwrap_or_default();
            entries
                .into_iter()
                .filter(|entry| !entry.is_folder)
                .map(|entry| entry.name)
                .collect()
        });
        // A folder without files was not checked out, or is only the way to others.
        if names.is_empty() || names.contains(name) {
            return None;
        }
        self.told += 1;
        let is_near = self.told <= LOOKED_AT;
        let mut names = names.iter().filter(|_| is_near);
        let cased = names.clone().find(|known| known.eq_ignore_ascii_case(name));
        let place = place(self.sources, link, is_near)?;
        Some(match cased {
            Some(cased) => Diagnostic::new(
                Code::LinkCasing,
                place,
                format!("the link says `{name}`, the file's name is `{cased}`"),
            )
            .hint("write the name as the file has it"),
            None => Diagnostic::new(
                Code::LinkDangling,
                place,
                format!(
                    "the link leads to `{}`, and there is no such file",
                    link.path
                ),
            )
            .hint(near(name, &mut names)),
        })
    }

    fn anchor(&mut self, link: &Link<'_>, page: &Page) -> Option<Diagnostic> {
        // The docs' tabs look like links to anchors.
        if link.anchor.is_empty() || link.anchor.contains(['/', '%', '?', '=', '&']) {
            return None;
        }
        let files = self.checked.files;
        let anchors = self
            .anchors
            .entry(link.path.clone())
            .or_insert_with(|| anchors(page));
        let wanted = link.anchor.to_lowercase();
        if anchors.contains(&wanted) {
            return None;
        }
        // Elements with a name may stand anywhere in a page; only a finding has to look for them.
        let named = self
            .named
            .entry(link.path.clone())
            .or_insert_with(|| named(page, files));
        let mut behind = named.range(wanted.clone()..);
        if behind.next().is_some_and(|name| name.starts_with(&wanted)) {
            return None;
        }
        self.told += 1;
        let is_near = self.told <= LOOKED_AT;
        Some(
            Diagnostic::new(
                Code::AnchorDangling,
                place(self.sources, link, is_near)?,
                format!(
                    "the link leads to `#{}`, and `{}` has no such heading",
                    link.anchor, link.path
                ),
            )
            .hint(near(&wanted, anchors.iter().filter(|_| is_near))),
        )
    }
}

/// For so many links that lead nowhere it is told exactly where they stand, and what they might mean: who has more has
/// another problem than that of a letter, and each is looked for in all that there is.
const LOOKED_AT: usize = 1000;

/// Where the target of a link is written, or about where. A text that was put together from several files may not hold the
/// link itself; then it is none of its own.
fn place(sources: &Sources<'_>, link: &Link<'_>, exactly: bool) -> Option<Place> {
    let from = &link.text.place;
    if !exactly {
        return Some(from.clone());
    }
    let start = Place::new(from.file.clone(), 1, 1);
    ["](", "](<"]
        .iter()
        .find_map(|before| written(sources, from, before, link.target))
        .or_else(|| written(sources, &start, "]: ", link.target))
}

/// The anchors that the headings of a page have: those that they carry, and their texts as slugs. A slug that is not the
/// first of its kind gets a number.
fn anchors(page: &Page) -> HashSet<String> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut anchors = HashSet::new();
    for block in &page.blocks {
        let Block::Heading(heading) = block else {
            continue;
        };
        anchors.extend(heading.slug.as_deref().map(str::to_lowercase));
        let slug = slug(&heading.inline.text);
        let count = counts.entry(slug.clone()).or_default();
        // Renderers differ in what they do with marks at the ends.
        anchors.insert(slug.trim_matches('-').to_owned());
        anchors.insert(match *count {
            0 => slug.clone(),
            count => format!("{slug}-{count}"),
        });
        *count += 1;
    }
    anchors
}

/// What the elements of a page are named that HTML in its files has, in lower case.
fn named(page: &Page, files: &dyn Files) -> BTreeSet<String> {
    let mut named = BTreeSet::new();
    for path in &page.inputs {
        let Ok(bytes) = files.read(path) else {
            continue;
        };
        let source = decode(bytes).text.to_lowercase();
        for attribute in ["name=", "id="] {
            for (at, _) in source.match_indices(attribute) {
                let value = &source[at + attribute.len()..];
                let Some(quote) = value.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
                    continue;
                };
                let value = &value[1..];
                let end = value.find([quote, '\n', '>']).unwrap_or(value.len());
                named.insert(value[..end].to_owned());
            }
        }
    }
    named
}

/// The slug of a heading as the docs' site and the repository's make it: letters, digits, `_` and `-` in lower case,
/// a `-` for each blank.
fn slug(text: &str) -> String {
    text.trim()
        .chars()
        .filter_map(|c| match c {
            c if c.is_whitespace() => Some('-'),
            c if c.is_alphanumeric() || matches!(c, '-' | '_') => Some(c),
            _ => None,
        })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The nearest of some names as a question.
fn near<'a>(wanted: &str, names: impl IntoIterator<Item = &'a String>) -> String {
    match nearest(wanted, names.into_iter().map(String::as_str)) {
        None => "correct the link or remove it".to_owned(),
        Some(name) => format!("did you mean `{name}`?"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_keep_letters_and_blanks() {
        assert_eq!(slug("What's new in v1.0?"), "whats-new-in-v10");
        assert_eq!(slug("Eigenschaften (alle)"), "eigenschaften-alle");
    }

    #[test]
    fn links_to_other_places_are_left_alone() {
        for target in [
            "https://example.com/a.md",
            "/graph/api/call.md",
            "mailto:a@example.com",
            "../api/",
            "a%20b.md",
        ] {
            assert!(is_elsewhere(target), "{target}");
        }
        for target in ["call.md", "../resources/call.md#properties", "#properties"] {
            assert!(!is_elsewhere(target), "{target}");
        }
    }
}
