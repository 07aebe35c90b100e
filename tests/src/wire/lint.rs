//! Whether `lint` tells of what cannot be read.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use typedown::Generator;
use typedown::source::{Entry, Files, Folder, Skipped};

use super::Failure;
use crate::emitted::Problem;
use crate::examples::Object;

/// Marks the failures of which `lint` tells, on pages of methods that show just the objects.
pub(super) fn look_for(
    docs: &Path,
    objects: &[Object],
    failures: &mut [Failure],
) -> Result<(), Problem> {
    let folder = Folder::open(docs)?;
    let pages = failures.iter().enumerate().map(|(at, failure)| {
        let object = &objects[failure.object];
        (page_path(&object.version, at), page(object))
    });
    let files = WithPages {
        folder,
        pages: pages.collect(),
    };
    let reading = Generator::new().lint(&files)?;
    for (at, failure) in failures.iter_mut().enumerate() {
        let path = page_path(&objects[failure.object].version, at);
        let name = failure.property.as_ref().map(|(_, name)| name.as_str());
        failure.told_by_lint = reading.diagnostics.iter().any(|diagnostic| {
            let names = name.is_none_or(|name| diagnostic.message.contains(name));
            *diagnostic.place.file == *path && names
        });
    }
    Ok(())
}

/// The folder of pages of methods in a version that holds only these.
const METHODS: &str = "api";

fn page_path(version: &str, at: usize) -> String {
    format!("api-reference/{version}/{METHODS}/wire-{at}.md")
}

fn page(object: &Object) -> String {
    let json = serde_json::to_string_pretty(&object.value()).unwrap_or_default();
    format!(
        "# Example\n\n<!-- {{\"blockType\": \"response\", \"@odata.type\": \"{}\"}} -->\n\n```json\n{json}\n```\n",
        object.type_name
    )
}

/// A folder, and pages that are not in it.
struct WithPages {
    folder: Folder,
    pages: BTreeMap<String, String>,
}

impl WithPages {
    /// The names of the added pages in a folder.
    fn added<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        self.pages
            .keys()
            .filter_map(move |path| path.strip_prefix(folder)?.strip_prefix('/'))
    }
}

impl Files for WithPages {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let mut entries = match self.folder.list(folder) {
            Ok(entries) => entries,
            Err(_) if self.is_folder(folder) => Vec::new(),
            Err(error) => return Err(error),
        };
        for name in self.added(folder) {
            let (name, is_folder) = match name.split_once('/') {
                Some((name, _)) => (name, true),
                None => (name, false),
            };
            entries.push(Entry {
                name: name.to_owned(),
                is_folder,
            });
        }
        entries.sort();
        entries.dedup();
        Ok(entries)
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        match self.pages.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => self.folder.read(path),
        }
    }

    fn is_folder(&self, path: &str) -> bool {
        self.folder.is_folder(path) || self.added(path).next().is_some()
    }

    fn skipped(&self, folder: &str) -> io::Result<Vec<Skipped>> {
        self.folder.skipped(folder).or_else(|_| Ok(Vec::new()))
    }
}
