//! English docs beside docs in another language.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::Cache;
use super::cache::Tree;
use super::page::{ReadPage, read_traced};
use crate::Limits;
use crate::claims::PageClaims;
use crate::parallel::map;
use crate::source::{Docs, Files};

/// In which language descriptions are where docs in another language are read beside English ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Descriptions {
    /// In the language of the page.
    #[default]
    Page,
    /// In English, where the English page has one.
    English,
}

impl Descriptions {
    /// Every setting.
    pub const ALL: [Self; 2] = [Self::Page, Self::English];

    /// The name in options and in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::English => "english",
        }
    }
}

/// What English docs say, on the pages that other docs have as well.
#[derive(Debug, Default)]
pub(super) struct EnglishDocs {
    pages: Vec<Arc<ReadPage>>,
    /// By version and file name, in lower case.
    by_name: HashMap<(String, String), usize>,
}

impl EnglishDocs {
    /// Reads the pages of a folder that have the version and the file name of one of these, but for those that are known.
    pub(super) fn read(
        files: &dyn Files,
        docs: &Docs,
        beside: &[(Arc<str>, Arc<str>)],
        limits: &Limits,
        threads: usize,
        cache: Option<&Cache>,
    ) -> Self {
        let wanted: HashSet<(String, String)> = beside
            .iter()
            .map(|(version, path)| key(version, path))
            .collect();
        let mut pages = docs.pages();
        pages.retain(|(version, path)| wanted.contains(&key(version, path)));
        let read = map(threads, &pages, |(version, path)| {
            let known = cache.and_then(|cache| cache.page(Tree::English, path, files, None));
            known.unwrap_or_else(|| {
                let (page, trace) = read_traced(files, path, limits, cache);
                let claims = PageClaims::read(Arc::clone(version), &page);
                Arc::new(ReadPage::new(trace, &page, claims, None))
            })
        });
        let keys = pages.iter().map(|(version, path)| key(version, path));
        Self {
            by_name: keys.zip(0..).collect(),
            pages: read,
        }
    }

    /// Every page.
    pub(super) fn pages(&self) -> &[Arc<ReadPage>] {
        &self.pages
    }

    /// The English page beside a page.
    pub(super) fn beside(&self, version: &str, path: &str) -> Option<&ReadPage> {
        if self.pages.is_empty() {
            return None;
        }
        let at = self.by_name.get(&key(version, path))?;
        self.pages.get(*at).map(|page| &**page)
    }
}

fn key(version: &str, path: &str) -> (String, String) {
    let name = path.rsplit('/').next().unwrap_or(path);
    (version.to_owned(), name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Schema, TypeName};
    use crate::source::MemoryFiles;
    use crate::{Error, Generator};

    const ENGLISH: &str = "# harbor resource type\n\nA harbor.\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n\
        |owner|String|Whose it is.|\n|depth|Double|How deep.|\n|kind|harborKind|Read-only.|\n\n\
        ### harborKind values\n\n|Member|\n|-|\n|sea|\n|river|\n";
    const GERMAN: &str = "---\nms.contentlocale: de-DE\n---\n# <a name=\"harbor-resource-type\"></a>Ressourcentyp harbor\n\n\
        Ein Hafen.\n\n## <a name=\"properties\"></a>Eigenschaften\n\n|Eigenschaft|Typ|Beschreibung|\n|-|-|-|\n\
        |Besitzer|Zeichenfolge|Wem er gehört.|\n|Tiefe|unklar|Wie tief.|\n|kind|harborKind||\n\n\
        ### <a name=\"harborkind-values\"></a>harborKind-Werte\n\n|Element|\n|-|\n|sea|\n|Fluss|\n";

    fn read(descriptions: Descriptions) -> Schema {
        let folder = tempfile::tempdir().unwrap();
        let resources = folder.path().join("v1.0/resources");
        std::fs::create_dir_all(&resources).unwrap();
        std::fs::write(resources.join("Harbor.md"), ENGLISH).unwrap();
        let generator = Generator::new()
            .english(folder.path())
            .descriptions(descriptions);
        let files = MemoryFiles::new([("v1.0/resources/harbor.md", GERMAN)]);
        generator.read(&files).unwrap().schema
    }

    fn told(schema: &Schema) -> Vec<String> {
        let types = &schema.versions["v1.0"].types;
        let harbor = types[&TypeName::new("microsoft.graph", "harbor")]
            .structural()
            .unwrap();
        let rows = harbor.properties.iter().map(|(name, property)| {
            let description = property.description.as_deref().unwrap_or_default();
            format!("{name}: {} {description}", property.ty)
        });
        rows.collect()
    }

    #[test]
    fn names_and_types_are_found_on_the_english_page() {
        assert_eq!(
            told(&read(Descriptions::Page)),
            [
                "depth: Edm.Double Wie tief.",
                "kind: microsoft.graph.harborKind ",
                "owner: Edm.String Wem er gehört.",
            ]
        );
    }

    #[test]
    fn members_are_found_on_the_english_page() {
        let schema = read(Descriptions::Page);
        let types = &schema.versions["v1.0"].types;
        let kind = types[&TypeName::new("microsoft.graph", "harborKind")]
            .enumeration()
            .unwrap();
        let names: Vec<&str> = kind
            .members
            .iter()
            .map(|member| member.name.as_str())
            .collect();
        assert_eq!(names, ["sea", "river"]);
    }

    #[test]
    fn descriptions_are_in_english_where_so_set() {
        let told = told(&read(Descriptions::English));
        assert_eq!(told[0], "depth: Edm.Double How deep.");
        assert_eq!(told[2], "owner: Edm.String Whose it is.");
    }

    #[test]
    fn a_folder_that_is_not_there_is_an_error() {
        let generator = Generator::new().english("not/there");
        let files = MemoryFiles::new([("v1.0/resources/harbor.md", GERMAN)]);
        assert!(matches!(
            generator.read(&files),
            Err(Error::OpenDocs { .. })
        ));
    }
}
