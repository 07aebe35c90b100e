//! The pages that findings are about, and how their paths are written.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::{Component, Path};
use std::rc::Rc;

use super::pointed::pointed;
use crate::source::{Files, Place, decode, revision};
use crate::visible::visible;

/// So many bytes of a page are looked through at most to show one finding, or to measure it: a page made to have thousands of
/// findings in one line would take hours else.
pub(super) const MOST_SHOWN: usize = 64 << 10;

/// The texts of pages, each read once.
pub struct Sources<'a> {
    files: &'a dyn Files,
    location: String,
    /// The folder, if it lies in the current folder; else empty.
    inside: String,
    pages: RefCell<BTreeMap<String, Option<Rc<[String]>>>>,
}

impl std::fmt::Debug for Sources<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sources")
            .field("location", &self.location)
            .finish_non_exhaustive()
    }
}

impl<'a> Sources<'a> {
    /// Pages of docs that are called `location` from where the command runs: a folder, or `REPO:REVISION`.
    #[must_use]
    pub fn new(files: &'a dyn Files, location: &str) -> Self {
        let path = Path::new(location);
        let path = revision(path).map_or(path, |(folder, _)| folder);
        let current = std::env::current_dir().unwrap_or_default();
        let relative = path.strip_prefix(&current).unwrap_or(path);
        let parts: Option<Vec<Cow<'_, str>>> = relative
            .components()
            .filter(|part| *part != Component::CurDir)
            .map(|part| match part {
                Component::Normal(name) => Some(name.to_string_lossy()),
                _ => None,
            })
            .collect();
        Self {
            files,
            location: location.trim_end_matches(['/', '\\']).to_owned(),
            inside: parts.unwrap_or_default().join("/"),
            pages: RefCell::default(),
        }
    }

    /// The path of a file as a terminal can open it: from where the command runs. That of a revision begins with it.
    pub(super) fn path(&self, file: &str) -> String {
        below(&self.location, file)
    }

    /// The path of a file as it is called in a repository: from where the command runs if the docs lie below that, else
    /// from the docs folder. It is always relative and has `/`.
    pub(super) fn relative(&self, file: &str) -> String {
        below(&self.inside, file)
    }

    /// The lines of a file, safe to show; `None` if it cannot be read.
    pub(super) fn lines(&self, file: &str) -> Option<Rc<[String]>> {
        let mut pages = self.pages.borrow_mut();
        if let Some(known) = pages.get(file) {
            return known.clone();
        }
        let lines = self.files.read(file).ok().map(|bytes| {
            let text = decode(bytes).text;
            text.split('\n')
                .map(|line| visible(line).into_owned())
                .collect()
        });
        pages.insert(file.to_owned(), lines);
        pages.get(file).cloned().flatten()
    }

    /// The columns that a place points at, counted from 1 in characters, the second behind the last; none if its line
    /// cannot be read, or is far longer than lines are.
    pub(super) fn columns(&self, place: &Place) -> Option<(usize, usize)> {
        let lines = self.lines(&place.file)?;
        let line = lines.get((place.line as usize).checked_sub(1)?)?;
        if line.len() > MOST_SHOWN {
            return None;
        }
        let range = pointed(line, place.column);
        let start = line[..range.start].chars().count() + 1;
        Some((start, start + line[range].chars().count()))
    }
}

fn below(folder: &str, file: &str) -> String {
    if folder.is_empty() {
        file.to_owned()
    } else {
        format!("{folder}/{file}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryFiles;

    #[test]
    fn paths_start_where_the_command_runs_as_far_as_that_is_possible() {
        let files = MemoryFiles::new([("a.md", "")]);
        let paths = |folder: &str| {
            let sources = Sources::new(&files, folder);
            (sources.path("a.md"), sources.relative("a.md"))
        };
        assert_eq!(paths("docs/"), ("docs/a.md".into(), "docs/a.md".into()));
        assert_eq!(paths("./docs"), ("./docs/a.md".into(), "docs/a.md".into()));
        assert_eq!(paths("."), ("./a.md".into(), "a.md".into()));
        assert_eq!(paths("../docs"), ("../docs/a.md".into(), "a.md".into()));
    }

    #[test]
    fn a_place_spans_the_characters_that_it_points_at() {
        let files = MemoryFiles::new([("a.md", "x\n|状态|Größe|\n")]);
        let sources = Sources::new(&files, "");
        assert_eq!(sources.columns(&Place::new("a.md", 2, 5)), Some((5, 10)));
        assert_eq!(sources.columns(&Place::new("a.md", 9, 1)), None);
        assert_eq!(sources.columns(&Place::new("b.md", 1, 1)), None);
    }
}
