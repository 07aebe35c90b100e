//! Where the docs' links lead from a doc comment.

use super::escape;
use crate::rust::context::Context;
use crate::schema::{TypeName, VersionSchema};
use std::collections::BTreeMap;

/// The site that shows the docs.
const SITE: &str = "https://learn.microsoft.com";

/// The types of each page of a version, by the page in lower case.
#[derive(Debug, Default)]
pub(in crate::rust) struct PageIndex<'a>(BTreeMap<String, Vec<&'a TypeName>>);

impl<'a> PageIndex<'a> {
    pub(in crate::rust) fn new(version: &'a VersionSchema) -> Self {
        let mut pages: BTreeMap<String, Vec<&TypeName>> = BTreeMap::new();
        for (name, ty) in &version.types {
            pages
                .entry(ty.source.page.to_lowercase())
                .or_default()
                .push(name);
        }
        Self(pages)
    }

    /// The types of a page, which is given in lower case.
    pub(in crate::rust) fn types(&self, page: &str) -> &[&'a TypeName] {
        self.0.get(page).map_or(&[], Vec::as_slice)
    }

    /// The type that a link to a page, or to a part of it, means.
    pub(in crate::rust) fn find(&self, page: &str, fragment: &str) -> Option<&'a TypeName> {
        let types = self.types(&page.to_lowercase());
        // Enumerations stand on the page of their user, or with others: `## callState values` is `#callstate-values`.
        let of_part = || {
            let part = fragment.to_lowercase();
            let part = part
                .strip_suffix("-values")
                .or_else(|| part.strip_suffix("-enumeration"))?
                .to_owned();
            types
                .iter()
                .find(|name| name.short().to_lowercase() == part)
        };
        let of_page = || {
            let stem = page.rsplit('/').next()?.strip_suffix(".md")?.to_lowercase();
            match types {
                [only] => Some(only),
                types => types
                    .iter()
                    .find(|name| name.short().to_lowercase() == stem),
            }
        };
        of_part()
            .or_else(|| if fragment.is_empty() { of_page() } else { None })
            .copied()
    }
}

/// What a link means, where it stands.
#[derive(Debug)]
pub(in crate::rust) struct Links<'a> {
    /// What the type knows whose doc comments are written.
    pub(in crate::rust) context: &'a Context<'a>,
    /// The page that the text is from.
    pub(in crate::rust) page: &'a str,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// To an item, by its path.
    Item(String),
    /// Out of the crate.
    Url(String),
}

impl Target {
    /// The destination as it stands in Markdown.
    pub(super) fn destination(&self) -> String {
        match self {
            Self::Item(path) => path.clone(),
            Self::Url(url) => escape::destination(url),
        }
    }
}

impl Links<'_> {
    /// Where a link leads; `None` if nowhere that a reader of doc comments could go.
    pub(super) fn target(&self, url: &str) -> Option<Target> {
        let url = url.trim();
        if is_absolute(url) {
            return Some(Target::Url(url.to_owned()));
        }
        if url.contains(':') || url.starts_with("//") || url.contains('\\') {
            return None;
        }
        if url.starts_with('/') {
            return Some(Target::Url(format!("{SITE}{url}")));
        }
        let (path, fragment) = url.split_once('#').unwrap_or((url, ""));
        let path = path.split_once('?').map_or(path, |(path, _)| path);
        let page = if path.is_empty() {
            self.page.to_owned()
        } else {
            resolve(self.page, path)
        };
        let context = self.context;
        match context
            .type_of_link(&page, fragment)
            .and_then(|name| context.path(name))
        {
            Some(path) => Some(Target::Item(path.source())),
            None => self.url(&page, fragment).map(Target::Url),
        }
    }

    /// The public address of the page that the text is from.
    pub(in crate::rust) fn page_url(&self) -> Option<String> {
        self.url(self.page, "")
    }

    /// The public address of a page.
    fn url(&self, page: &str, fragment: &str) -> Option<String> {
        let page = page.strip_suffix(".md")?;
        let mut url = match reference(page) {
            Some((version, page)) => {
                let version = version.unwrap_or(self.context.version_name());
                let view = version.strip_prefix('v').unwrap_or(version);
                format!("{SITE}/graph/api/{page}?view=graph-rest-{view}")
            }
            None => format!("{SITE}/graph/{}", after(page, "concepts")?),
        };
        if !fragment.is_empty() {
            url.push('#');
            url.push_str(fragment);
        }
        Some(url)
    }
}

/// The version and the page's place on the site, of a page of the reference.
fn reference(page: &str) -> Option<(Option<&str>, &str)> {
    let (version, page) = match after(page, "api-reference") {
        Some(rest) => {
            let (version, page) = rest.split_once('/')?;
            (Some(version), page)
        }
        None => (None, page),
    };
    match (after(page, "resources"), after(page, "api")) {
        (Some(resource), _) => Some((
            version,
            &page[page.len() - resource.len() - "resources/".len()..],
        )),
        (None, Some(method)) => Some((version, method)),
        (None, None) => None,
    }
}

/// What follows a folder in a path.
fn after<'a>(path: &'a str, folder: &str) -> Option<&'a str> {
    let start = path
        .match_indices(folder)
        .map(|(start, _)| start)
        .find(|start| {
            let before = &path[..*start];
            let behind = &path[start + folder.len()..];
            (before.is_empty() || before.ends_with('/')) && behind.starts_with('/')
        })?;
    Some(&path[start + folder.len() + 1..])
}

fn is_absolute(url: &str) -> bool {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let web = lower.starts_with("http://") || lower.starts_with("https://");
    // Without a dot, rustdoc would take the address for the name of an item; with a fragment, what stands before that.
    web && url.len() > 8 || lower.starts_with("mailto:") && url.contains('.') && !url.contains('#')
}

/// A path relative to a page, from where the page's own path begins.
fn resolve(page: &str, relative: &str) -> String {
    let mut segments: Vec<&str> = page.split('/').collect();
    segments.pop();
    for segment in relative.split('/') {
        match segment {
            "" | "." => {}
            ".." => {
                segments.pop();
            }
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}
