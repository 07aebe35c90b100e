//! The commits of a repository, and which files each of them changed.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;

use crate::source::git::{git, output, prefix};

/// The first-parent line of a revision, oldest first.
#[derive(Debug)]
pub(super) struct Log {
    pub(super) commits: Vec<Commit>,
}

#[derive(Debug)]
pub(super) struct Commit {
    /// The full name.
    pub(super) name: String,
    /// The day, such as `2021-07-16`.
    pub(super) date: String,
    /// The pages that it changed, by their paths from the docs folder, with the objects that they are now; none if they
    /// are gone.
    pub(super) pages: Vec<(Arc<str>, Option<Arc<str>>)>,
    /// The other files that pages can include, as they are after the commit.
    pub(super) others: Arc<BTreeMap<Arc<str>, Arc<str>>>,
    /// Whether it changed any of them.
    pub(super) others_changed: bool,
}

/// What stands in front of each commit.
const START: char = '\u{1}';

impl Log {
    pub(super) fn read(folder: &Path, revision: &str) -> io::Result<Self> {
        let prefix = prefix(folder)?;
        let mut command = git(folder);
        command.args([
            "log",
            "--first-parent",
            "-m",
            "--reverse",
            "--root",
            "--raw",
            "--no-renames",
            "--no-abbrev",
            "--no-color",
            "--no-ext-diff",
            "-z",
            "--format=%x01%H %cs",
            "--end-of-options",
            revision,
        ]);
        if !prefix.is_empty() {
            command.args(["--", "."]);
        }
        let text = output(command)?;
        Ok(Self::parse(&String::from_utf8_lossy(&text), &prefix))
    }

    fn parse(text: &str, prefix: &str) -> Self {
        let mut commits: Vec<Commit> = Vec::new();
        let mut others: Arc<BTreeMap<Arc<str>, Arc<str>>> = Arc::default();
        let mut tokens = text.split('\0').map(|token| token.trim_start_matches('\n'));
        while let Some(token) = tokens.next() {
            if let Some(head) = token.strip_prefix(START) {
                let (name, date) = head.split_once(' ').unwrap_or((head, ""));
                commits.push(Commit {
                    name: name.to_owned(),
                    date: date.trim().to_owned(),
                    pages: Vec::new(),
                    others: Arc::clone(&others),
                    others_changed: false,
                });
                continue;
            }
            let Some(entry) = token.strip_prefix(':') else {
                continue;
            };
            let path = tokens.next().and_then(|path| path.strip_prefix(prefix));
            let (Some(path), Some(commit)) = (path, commits.last_mut()) else {
                continue;
            };
            let mut parts = entry.split(' ');
            let (mode, object) = (parts.nth(1), parts.nth(1));
            let is_file = mode.is_some_and(|mode| mode.starts_with("100"));
            let object: Option<Arc<str>> = object.filter(|_| is_file).map(Into::into);
            if !path.to_ascii_lowercase().ends_with(".md") {
                continue;
            }
            let path: Arc<str> = path.into();
            if version(&path).is_some() {
                commit.pages.push((path, object));
            } else {
                let all = Arc::make_mut(&mut others);
                match object {
                    Some(object) => drop(all.insert(path, object)),
                    None => drop(all.remove(&path)),
                }
                commit.others = Arc::clone(&others);
                commit.others_changed = true;
            }
        }
        Self { commits }
    }
}

/// The version that a page belongs to, by its path from the docs folder; none if it is no page of a resource.
pub(super) fn version(path: &str) -> Option<&str> {
    let path = path.strip_prefix("api-reference/").unwrap_or(path);
    let (version, rest) = path.split_once('/')?;
    rest.strip_prefix("resources/").map(|_| version)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commits_and_what_they_changed_are_told_apart() {
        let text = "\u{1}aa 2021-01-02\0\n:000000 100644 0000 b1b1 A\0docs/api-reference/beta/resources/a.md\0\
                    :000000 100644 0000 c1c1 A\0docs/includes/x.md\0\
                    \u{1}bb 2021-01-03\0\n:100644 000000 b1b1 0000 D\0docs/api-reference/beta/resources/a.md\0\
                    :000000 120000 0000 d1d1 A\0docs/beta/resources/link.md\0";
        let log = Log::parse(text, "docs/");
        let [first, second] = &log.commits[..] else {
            panic!("{log:?}");
        };
        assert_eq!(
            (first.name.as_str(), first.date.as_str()),
            ("aa", "2021-01-02")
        );
        let page: Arc<str> = "api-reference/beta/resources/a.md".into();
        assert_eq!(first.pages, [(Arc::clone(&page), Some("b1b1".into()))]);
        assert_eq!(first.others["includes/x.md"], "c1c1".into());
        assert_eq!(second.pages[0], (page, None));
        assert_eq!(second.pages[1], ("beta/resources/link.md".into(), None));
        assert!(!second.others_changed && second.others.len() == 1);
    }
}
