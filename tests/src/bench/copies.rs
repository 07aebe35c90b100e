//! Docs several times over, each time with types of other names: what grows as docs grow.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use typedown::Reading;

use crate::emitted::{Problem, copy};

/// Words that pages are made of, whatever type may have one of them as its name.
const STRUCTURE: &[&str] = &[
    "base",
    "boolean",
    "collection",
    "description",
    "entity",
    "enum",
    "graph",
    "http",
    "id",
    "include",
    "inherits",
    "json",
    "key",
    "member",
    "members",
    "methods",
    "microsoft",
    "name",
    "namespace",
    "none",
    "null",
    "object",
    "odata",
    "open",
    "properties",
    "property",
    "relationship",
    "relationships",
    "representation",
    "resource",
    "string",
    "type",
    "value",
    "values",
];

/// Docs that can be copied with other names.
#[derive(Clone, Debug)]
pub struct Original {
    docs: PathBuf,
    /// The pages of resources, relative to the docs, with their texts.
    pages: BTreeMap<PathBuf, String>,
    /// The names of types, and of pages, in small letters.
    names: BTreeSet<String>,
}

impl Original {
    /// Reads docs, of which is known what types they have.
    ///
    /// # Errors
    ///
    /// If a page cannot be read.
    pub fn read(docs: &Path, reading: &Reading) -> Result<Self, Problem> {
        let mut names = BTreeSet::new();
        let mut pages = BTreeMap::new();
        for version in reading.schema.versions.values() {
            names.extend(version.types.keys().map(|name| name.short().to_lowercase()));
        }
        for input in &reading.inputs {
            let path = Path::new(&**input);
            let is_page = path
                .components()
                .any(|part| part.as_os_str() == "resources");
            if is_page && let Ok(bytes) = fs::read(docs.join(path)) {
                let stem = path.file_stem().and_then(|stem| stem.to_str());
                names.extend(stem.map(str::to_lowercase));
                pages.insert(
                    path.to_owned(),
                    String::from_utf8_lossy(&bytes).into_owned(),
                );
            }
        }
        for word in STRUCTURE {
            names.remove(*word);
        }
        Ok(Self {
            docs: docs.to_owned(),
            pages,
            names,
        })
    }

    /// Writes the docs with so many of each page. Some pages may be left out, the same ones of each copy: only so many, of
    /// all versions, are copied.
    ///
    /// # Errors
    ///
    /// If a page cannot be written.
    pub fn write(&self, to: &Path, times: usize, pages: usize) -> Result<(), Problem> {
        copy(&self.docs, to)?;
        let step = (self.pages.len() / pages.max(1)).max(1);
        for (number, (path, text)) in self.pages.iter().enumerate() {
            if number % step != 0 {
                fs::remove_file(to.join(path))?;
                continue;
            }
            for time in 1..times {
                let stem = path.file_stem().and_then(|stem| stem.to_str());
                let name = format!("{}copy{time}.md", stem.unwrap_or_default());
                fs::write(to.join(path).with_file_name(name), self.renamed(text, time))?;
            }
        }
        Ok(())
    }

    /// A page with all names of types changed.
    fn renamed(&self, text: &str, time: usize) -> String {
        let mut renamed = String::with_capacity(text.len() + text.len() / 8);
        let mut rest = text;
        while !rest.is_empty() {
            let is_word = |c: char| c.is_ascii_alphanumeric();
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            let (word, more) = rest.split_at(end);
            renamed.push_str(word);
            if self.names.contains(&word.to_ascii_lowercase()) {
                renamed.push_str(&format!("Copy{time}"));
            }
            let end = more.find(is_word).unwrap_or(more.len());
            let (between, more) = more.split_at(end);
            renamed.push_str(between);
            rest = more;
        }
        renamed
    }
}
