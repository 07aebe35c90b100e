//! Where pages come from: a folder, or anything else that lists and reads files, in the layout of the Graph docs.
//!
//! The docs keep one folder per version below `api-reference`, each with its pages in `resources`; text that pages
//! share lies in `includes` folders. This room knows that layout and nothing of what stands in the files.

mod decode;
mod files;
pub(crate) mod git;
mod place;
pub(crate) mod regular;
mod traced;
#[cfg(feature = "cli")]
mod without;

use std::io;
use std::path::Path;
use std::sync::Arc;

pub use self::decode::{Damage, Text, decode};
pub(crate) use self::files::stamp;
pub use self::files::{Entry, Files, Folder, MemoryFiles, Skipped, Stamp};
pub use self::git::Revision;
pub(crate) use self::place::{Index, boundary};
pub use self::place::{Lines, Place};
pub(crate) use self::traced::{Answer, Question, Trace, Traced, fingerprint};
#[cfg(feature = "cli")]
pub(crate) use self::without::Without;
use crate::Error;
use crate::limits::{Limit, Limits};

/// The folder of a version that holds the pages of methods.
const METHODS: &str = "api";

/// Opens the folder of this path; or, if there is none and the path is written `REPO:REVISION`, the folder of a git
/// repository as it was at a revision.
///
/// # Errors
///
/// If there is neither, or the revision has more files than the limit.
pub fn open(location: &Path, limits: &Limits) -> io::Result<Box<dyn Files>> {
    if !location.exists()
        && let Some((repository, revision)) = revision(location)
    {
        return Ok(Box::new(Revision::open(repository, revision, limits)?));
    }
    Ok(Box::new(Folder::open(location)?.limits(limits)))
}

/// A state of docs in a git repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocsRevision {
    /// The full name of the commit.
    pub commit: String,
    /// Whether the docs have changes that are not committed.
    pub edited: bool,
}

/// Which state of a git repository a location is, if it is in one that does not hold the other folder as well.
pub(crate) fn docs_revision(location: &Path, apart_from: &Path) -> Option<DocsRevision> {
    if !location.exists()
        && let Some((repository, revision)) = revision(location)
    {
        let commit = git::commit(repository, revision).ok()?;
        return Some(DocsRevision {
            commit,
            edited: false,
        });
    }
    let repository = git::top(location)?;
    let around = std::path::absolute(apart_from).ok()?;
    let mut around = around
        .ancestors()
        .filter_map(|path| path.canonicalize().ok());
    if around
        .next()
        .is_some_and(|path| path.starts_with(&repository))
    {
        return None;
    }
    Some(DocsRevision {
        commit: git::commit(location, "HEAD").ok()?,
        edited: git::is_edited(location),
    })
}

/// The two parts of `REPO:REVISION`, where the first is a folder.
pub(crate) fn revision(location: &Path) -> Option<(&Path, &str)> {
    let location = location.to_str()?;
    let colons = location.match_indices(':');
    let mut parts = colons.map(|(at, _)| (Path::new(&location[..at]), &location[at + 1..]));
    parts.find(|(repository, revision)| repository.is_dir() && !revision.is_empty())
}

/// The pages of a docs folder, found but not read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Docs {
    /// The versions, by name.
    pub versions: Vec<DocsVersion>,
}

/// The pages of one version.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DocsVersion {
    /// The name of its folder, such as `v1.0`.
    pub name: Arc<str>,
    /// The path of its folder relative to the docs folder.
    pub folder: Arc<str>,
    /// The paths of its pages relative to the docs folder, with `/`, sorted.
    pub pages: Vec<Arc<str>>,
    /// What lies between the pages and cannot be listed, as pages or folders would be: the paths, with why.
    pub skipped: Vec<(Arc<str>, &'static str)>,
    /// The folders whose pages are missing, or some of them: the paths, with why.
    pub lost: Vec<(Arc<str>, String)>,
}

impl Docs {
    /// Finds the versions and their pages: `api-reference/VERSION/resources/**/*.md`, or the same without the first
    /// folder when `files` is that folder itself.
    ///
    /// # Errors
    ///
    /// If no version is found, or the docs folder itself or `api-reference` cannot be listed.
    ///
    /// ```
    /// use typedown::source::{Docs, MemoryFiles};
    ///
    /// let files = MemoryFiles::new([("api-reference/beta/resources/call.md", "# call resource type")]);
    /// let docs = Docs::find(&files)?;
    /// assert_eq!(&*docs.versions[0].name, "beta");
    /// assert_eq!(&*docs.versions[0].pages[0], "api-reference/beta/resources/call.md");
    /// # Ok::<(), typedown::Error>(())
    /// ```
    pub fn find(files: &dyn Files) -> Result<Self, Error> {
        Self::find_within(files, &Limits::default())
    }

    /// The same with other limits than the default ones.
    ///
    /// # Errors
    ///
    /// Those of [`find`](Self::find).
    pub fn find_within(files: &dyn Files, limits: &Limits) -> Result<Self, Error> {
        for root in ["api-reference/", ""] {
            let mut versions = Vec::new();
            for entry in list(files, root.trim_end_matches('/'))? {
                let folder = format!("{root}{}", entry.name);
                let resources = format!("{folder}/resources");
                if entry.is_folder && files.is_folder(&resources) {
                    let mut version = DocsVersion {
                        name: entry.name.into(),
                        folder: folder.into(),
                        pages: Vec::new(),
                        skipped: Vec::new(),
                        lost: Vec::new(),
                    };
                    version.collect(files, &resources, limits);
                    versions.push(version);
                }
            }
            if !versions.is_empty() {
                return Ok(Self { versions });
            }
        }
        Err(Error::NoVersions)
    }

    /// The same versions with the pages of their methods: those in the folder `api` beside `resources`. They describe no
    /// types and are not needed for the schema; they show examples of types.
    #[must_use]
    pub fn methods(&self, files: &dyn Files, limits: &Limits) -> Self {
        let mut versions = self.versions.clone();
        for version in &mut versions {
            version.pages.clear();
            version.skipped.clear();
            version.lost.clear();
            version.collect(files, &format!("{}/{METHODS}", version.folder), limits);
        }
        Self { versions }
    }

    /// Every page with the version that it belongs to.
    #[must_use]
    pub fn pages(&self) -> Vec<(Arc<str>, Arc<str>)> {
        let pages = |version: &DocsVersion| {
            let name = Arc::clone(&version.name);
            let pages = version.pages.clone();
            pages.into_iter().map(move |page| (Arc::clone(&name), page))
        };
        self.versions.iter().flat_map(pages).collect()
    }

    /// Keeps only the versions of these names; all of them if there are none.
    ///
    /// # Errors
    ///
    /// If a name matches no version.
    pub fn narrow(mut self, names: &[String]) -> Result<Self, Error> {
        if names.is_empty() {
            return Ok(self);
        }
        if let Some(unknown) = names
            .iter()
            .find(|name| self.versions.iter().all(|version| *version.name != ***name))
        {
            return Err(Error::UnknownVersion {
                name: unknown.clone(),
                found: self
                    .versions
                    .iter()
                    .map(|version| version.name.to_string())
                    .collect(),
            });
        }
        self.versions
            .retain(|version| names.iter().any(|name| **name == *version.name));
        Ok(self)
    }
}

/// A folder that is not there has no entries; other failures are errors.
fn list(files: &dyn Files, folder: &str) -> Result<Vec<Entry>, Error> {
    match files.list(folder) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !folder.is_empty() => {
            Ok(Vec::new())
        }
        listed => listed.map_err(|error| Error::Read {
            path: folder.into(),
            error,
        }),
    }
}

impl DocsVersion {
    /// Adds the pages in a folder and those below it.
    fn collect(&mut self, files: &dyn Files, folder: &str, limits: &Limits) {
        let mut open = vec![(folder.to_owned(), 0)];
        while let Some((folder, depth)) = open.pop() {
            let entries = match files.list(&folder) {
                Ok(entries) => entries,
                // It is gone again, or was never there.
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => {
                    let why = format!("the folder cannot be listed: {}", in_words(&error));
                    self.lost.push((folder.into(), why));
                    continue;
                }
            };
            for entry in entries {
                let path = format!("{folder}/{}", entry.name);
                if entry.is_folder && depth >= limits.nesting {
                    let limit = limits.told(Limit::Nesting);
                    let why = format!("folders lie deeper in each other than {limit}");
                    self.lost.push((path.into(), why));
                } else if entry.is_folder {
                    open.push((path, depth + 1));
                } else if has_extension(&entry.name, "md") {
                    if self.pages.len() >= limits.files {
                        let limit = limits.told(Limit::Files);
                        let why = format!("the version has more pages than {limit}");
                        self.lost.push((folder.as_str().into(), why));
                        open.clear();
                        break;
                    }
                    self.pages.push(path.into());
                }
            }
            for skipped in files.skipped(&folder).unwrap_or_default() {
                let path = format!("{folder}/{}", skipped.name);
                self.skipped.push((path.into(), skipped.why));
            }
        }
        self.pages.sort();
        self.skipped.sort();
        self.lost.sort();
    }
}

/// What an error of the file system is, in words that are the same on every system.
pub(crate) fn in_words(error: &io::Error) -> String {
    match error.raw_os_error() {
        Some(_) => error.kind().to_string(),
        None => error.to_string(),
    }
}

/// The folder around a file or folder; the root is the empty path.
pub(crate) fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn has_extension(name: &str, wanted: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(stem, extension)| !stem.is_empty() && extension.eq_ignore_ascii_case(wanted))
}

/// Joins a link to the folder of the page that holds it; `None` if the result lies outside the docs folder.
///
/// ```
/// use typedown::source::join;
///
/// let page = "api-reference/beta/resources/call.md";
/// assert_eq!(join(page, "../../includes/note.md").as_deref(), Some("api-reference/includes/note.md"));
/// assert_eq!(join(page, "../../../../secret.md"), None);
/// ```
#[must_use]
pub fn join(page: &str, link: &str) -> Option<String> {
    let mut parts: Vec<&str> = match link.strip_prefix(['~', '/']) {
        Some(_) => Vec::new(),
        None => page.split('/').collect(),
    };
    parts.pop();
    for part in link.trim_start_matches(['~', '/']).split(['/', '\\']) {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    (!parts.is_empty()).then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(files: &MemoryFiles) -> Vec<String> {
        let docs = Docs::find(files).unwrap();
        docs.versions
            .iter()
            .flat_map(|version| &version.pages)
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn pages_of_every_version_are_found_in_order() {
        let files = MemoryFiles::new([
            ("api-reference/v1.0/resources/b.md", ""),
            ("api-reference/v1.0/resources/a.md", ""),
            ("api-reference/v1.0/resources/readme.txt", ""),
            ("api-reference/v1.0/api/a-get.md", ""),
            ("api-reference/beta/resources/sub/c.md", ""),
        ]);
        assert_eq!(
            names(&files),
            [
                "api-reference/beta/resources/sub/c.md",
                "api-reference/v1.0/resources/a.md",
                "api-reference/v1.0/resources/b.md"
            ]
        );
    }

    #[test]
    fn pages_of_methods_lie_beside_the_resources() {
        let files = MemoryFiles::new([
            ("beta/resources/a.md", ""),
            ("beta/api/a-get.md", ""),
            ("v1.0/resources/a.md", ""),
        ]);
        let methods = Docs::find(&files).unwrap();
        let methods = methods.methods(&files, &Limits::default());
        assert_eq!(
            methods.pages(),
            [("beta".into(), "beta/api/a-get.md".into())]
        );
    }

    #[test]
    fn the_api_reference_folder_itself_is_a_docs_folder() {
        assert_eq!(
            names(&MemoryFiles::new([("beta/resources/a.md", "")])),
            ["beta/resources/a.md"]
        );
    }

    #[test]
    fn a_folder_without_versions_is_an_error() {
        let files = MemoryFiles::new([("src/lib.rs", "")]);
        assert!(matches!(Docs::find(&files), Err(Error::NoVersions)));
    }

    #[test]
    fn an_unknown_version_names_those_that_exist() {
        let files = MemoryFiles::new([("beta/resources/a.md", "")]);
        let error = Docs::find(&files)
            .unwrap()
            .narrow(&["v1.0".into()])
            .unwrap_err();
        assert!(
            error.to_string().contains("`v1.0`") && error.to_string().contains("`beta`"),
            "{error}"
        );
    }

    #[test]
    fn links_from_the_root_start_at_the_docs_folder() {
        assert_eq!(
            join("beta/resources/a.md", "/includes/x.md").as_deref(),
            Some("includes/x.md")
        );
        assert_eq!(
            join("beta/resources/a.md", "~/includes/x.md").as_deref(),
            Some("includes/x.md")
        );
        assert_eq!(
            join("beta/resources/a.md", "./b.md").as_deref(),
            Some("beta/resources/b.md")
        );
    }
}
