//! What is wrong with the files of docs, whatever they hold.

use std::collections::HashMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Docs, DocsVersion, Place};

/// Tells of what lies between the pages and is not read, and of names that not every file system tells apart.
pub(super) fn about_files(docs: &Docs) -> Vec<Diagnostic> {
    let mut told = Vec::new();
    for version in &docs.versions {
        told.extend(version.skipped.iter().map(|(path, why)| {
            let name = path.rsplit('/').next().unwrap_or(path);
            about(
                Code::SourceSkipped,
                path,
                format!("`{name}` was skipped: {why}"),
            )
            .hint("rename it, or put the file itself where the link is")
        }));
        told.extend(version.lost.iter().map(|(path, why)| {
            about(
                Code::PageUnreadable,
                path,
                format!("{why}; the pages in it are missing"),
            )
            .hint("make the folder readable, or move its pages")
        }));
        told.extend(same_but_for_case(version));
    }
    told
}

fn same_but_for_case(version: &DocsVersion) -> Vec<Diagnostic> {
    let mut first: HashMap<String, &Arc<str>> = HashMap::with_capacity(version.pages.len());
    let mut told = Vec::new();
    for path in &version.pages {
        let known = *first.entry(path.to_lowercase()).or_insert(path);
        if known != path {
            let message = format!("`{path}` and `{known}` differ only in capitals");
            let found = about(Code::PageNameCasing, path, message);
            told.push(found.hint("rename one of them: not every file system can hold both"));
        }
    }
    told
}

fn about(code: Code, path: &Arc<str>, message: String) -> Diagnostic {
    Diagnostic::new(code, Place::new(Arc::clone(path), 1, 1), message)
}
