//! Which files Typedown wrote: only these are overwritten or removed.

use std::collections::BTreeSet;
use std::path::Path;

use super::file::read;
use super::{LOCK_FILE, MARK, SOURCES};
use crate::Error;

/// The list of what Typedown wrote below `src`, in that folder, so that both are exchanged in one step.
pub const FILES_FILE: &str = "src/typedown.files";

/// The files below a folder of sources that Typedown wrote.
#[derive(Debug, Default)]
pub(super) struct Owned {
    /// Their paths; none if there is no list of them.
    listed: BTreeSet<String>,
}

impl Owned {
    /// What the list in the folder of sources says.
    pub(super) fn of(sources: &Path) -> Result<Self, Error> {
        let path = sources.join(below_sources(FILES_FILE));
        Ok(Self {
            listed: read(&path)?.map_or_else(BTreeSet::new, |text| listed(&text)),
        })
    }

    /// Whether Typedown wrote the file of this path, which has this text now: it is in the list, and its first line says that
    /// Typedown wrote it. Somebody may have put another in its place, or copied one to begin a file of his own.
    pub(super) fn has(&self, path: &str, text: &str) -> bool {
        if path == LOCK_FILE {
            return is_lock(text);
        }
        (self.listed.contains(path) || path == FILES_FILE) && is_marked(text)
    }
}

/// The list of these files, those of them that are below `src`. A line for each, sorted: branches that add different files can
/// be merged.
pub(crate) fn files_text<'a>(paths: impl IntoIterator<Item = &'a String>) -> String {
    let mut text = format!("# {MARK}: the files that it wrote here, and writes over or removes\n");
    let below: BTreeSet<&str> = paths
        .into_iter()
        .filter(|path| *path != FILES_FILE)
        .filter_map(|path| path.strip_prefix(SOURCES)?.strip_prefix('/'))
        .collect();
    for path in below {
        text.push_str(path);
        text.push('\n');
    }
    text
}

/// The paths in a list, relative to the output folder. What merging could not decide counts from both sides.
fn listed(text: &str) -> BTreeSet<String> {
    let lines = text.lines().map(str::trim_end);
    let paths = lines.filter(|line| line.ends_with(".rs"));
    paths.map(|path| format!("{SOURCES}/{path}")).collect()
}

/// A path relative to the folder of sources.
pub(super) fn below_sources(path: &str) -> &str {
    path.strip_prefix(SOURCES)
        .map_or(path, |path| path.trim_start_matches('/'))
}

fn is_marked(text: &str) -> bool {
    text.lines().next().is_some_and(|line| line.contains(MARK))
}

/// Whether a lock file may be ours: it has no place for a mark, and starts in its own way.
fn is_lock(text: &str) -> bool {
    text.is_empty()
        || text.lines().take(2).any(|line| {
            line.trim_start()
                .trim_start_matches('{')
                .trim_start()
                .starts_with("\"format\"")
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_with_conflicts_of_a_merge_has_the_files_of_both_sides() {
        let text = "# x\n<<<<<<< ours\nbeta/a.rs\n=======\nbeta/b.rs\n>>>>>>> theirs\nlib.rs\n";
        let expected = ["src/beta/a.rs", "src/beta/b.rs", "src/lib.rs"];
        assert_eq!(listed(text), expected.map(String::from).into());
    }

    #[test]
    fn what_is_listed_is_what_was_written_below_src() {
        let paths = ["src/lib.rs", "src/typedown.files", "typedown.lock.json"].map(String::from);
        assert_eq!(
            listed(&files_text(&paths)),
            ["src/lib.rs".to_owned()].into()
        );
    }
}
