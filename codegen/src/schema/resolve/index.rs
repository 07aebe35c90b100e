//! From a name as a page writes it to the type that it means.

use std::collections::{BTreeMap, HashMap};

use super::super::{ItemType, TypeName};
use super::groups::{Group, stem};
use super::types::Site;
use crate::claims::TypeWord;
use crate::claims::primitive;
use crate::source::join;

/// The types of a version by all the ways in which pages name them. The maps are only looked up, never walked.
pub(super) struct Index {
    pub(super) default_namespace: String,
    by_full: HashMap<String, TypeName>,
    by_short: HashMap<String, Vec<TypeName>>,
    by_path: HashMap<String, Vec<TypeName>>,
    by_stem: HashMap<String, Vec<TypeName>>,
}

/// What a name means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// This type, and nothing speaks against it.
    Certain(ItemType),
    /// Link and label mean different types: the link's target first.
    Divided(TypeName, TypeName),
    /// The first of several types of this short name.
    Ambiguous(TypeName, usize),
    /// Nothing known.
    Unknown,
}

impl Meaning {
    /// The described type that it is, the likeliest where there are several.
    pub(super) fn described(self) -> Option<TypeName> {
        match self {
            Self::Certain(ItemType::Named(name))
            | Self::Divided(name, _)
            | Self::Ambiguous(name, _) => Some(name),
            Self::Certain(_) | Self::Unknown => None,
        }
    }
}

impl Index {
    pub(super) fn new(groups: &BTreeMap<String, Group<'_>>, default_namespace: String) -> Self {
        let mut index = Self {
            default_namespace,
            by_full: HashMap::new(),
            by_short: HashMap::new(),
            by_path: HashMap::new(),
            by_stem: HashMap::new(),
        };
        for (key, group) in groups {
            index.by_full.insert(key.clone(), group.name.clone());
            index
                .by_short
                .entry(group.name.short().to_ascii_lowercase())
                .or_default()
                .push(group.name.clone());
            for (page, _) in group.pages() {
                let by_path = index
                    .by_path
                    .entry(page.path.to_ascii_lowercase())
                    .or_default();
                if !by_path.contains(&group.name) {
                    by_path.push(group.name.clone());
                }
                let by_stem = index.by_stem.entry(stem(&page.path)).or_default();
                if !by_stem.contains(&group.name) {
                    by_stem.push(group.name.clone());
                }
            }
        }
        index
    }

    /// The type of this qualified name, whatever its case.
    pub(super) fn full(&self, name: &str) -> Option<&TypeName> {
        self.by_full.get(&name.to_ascii_lowercase())
    }

    /// What a word means where it stands: a primitive type, the link's target, a name of the namespace
    /// itself, of the default namespace, of any.
    pub(super) fn meaning(&self, word: &TypeWord, site: Site<'_>) -> Meaning {
        if let Some(primitive) = primitive(&word.text) {
            return Meaning::Certain(ItemType::Primitive(primitive));
        }
        let named = self.named(&word.text, site.namespace);
        let Some(target) = word
            .target
            .as_deref()
            .and_then(|target| self.target(target, word, site.page))
        else {
            return named;
        };
        match named {
            Meaning::Certain(ItemType::Named(name)) if name != target => {
                // The same short name in two namespaces is one name; the link tells which.
                if name.short().eq_ignore_ascii_case(target.short()) {
                    Meaning::Certain(ItemType::Named(target))
                } else {
                    Meaning::Divided(target, name)
                }
            }
            _ => Meaning::Certain(ItemType::Named(target)),
        }
    }

    /// The type that a link leads to: the one on that page which the label or the anchor names, else the page's own.
    fn target(&self, target: &str, word: &TypeWord, page: &str) -> Option<TypeName> {
        let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
        if let Some(slug) = anchor
            .strip_suffix("-values")
            .or_else(|| anchor.strip_suffix("-enumeration"))
            && let Some(name) = self
                .by_short
                .get(&slug.to_ascii_lowercase())
                .and_then(|names| names.first())
        {
            return Some(name.clone());
        }
        let stem = stem(path);
        // A link leads to a path; where no page is, the same file name elsewhere is what was meant.
        let names = join(page, path)
            .and_then(|path| self.by_path.get(&path.to_ascii_lowercase()))
            .or_else(|| self.by_stem.get(&stem))?;
        let short = word.text.rsplit('.').next().unwrap_or(&word.text);
        names
            .iter()
            .find(|name| name.short().eq_ignore_ascii_case(short))
            .or_else(|| {
                names
                    .iter()
                    .find(|name| stem.ends_with(&name.short().to_ascii_lowercase()))
            })
            .or_else(|| names.first().filter(|_| names.len() == 1))
            .cloned()
    }

    fn named(&self, text: &str, namespace: &str) -> Meaning {
        let lower = text.trim_start_matches('#').to_ascii_lowercase();
        let certain = |name: &TypeName| Meaning::Certain(ItemType::Named(name.clone()));
        if let Some(name) = self.by_full.get(&lower) {
            return certain(name);
        }
        let short = match lower.rsplit_once('.') {
            None => lower.as_str(),
            Some((_, short)) => {
                // A name with only the last parts of its namespace.
                let suffix = format!(".{lower}");
                let candidates = self.by_short.get(short).map_or(&[][..], Vec::as_slice);
                if let Some(name) = candidates
                    .iter()
                    .find(|name| name.as_str().to_ascii_lowercase().ends_with(&suffix))
                {
                    return certain(name);
                }
                short
            }
        };
        for namespace in [namespace, &self.default_namespace] {
            if let Some(name) = self.full(&format!("{namespace}.{short}")) {
                return certain(name);
            }
        }
        match self.by_short.get(short).map(Vec::as_slice) {
            None | Some([]) => Meaning::Unknown,
            Some([one]) => certain(one),
            Some(many) => Meaning::Ambiguous(many[0].clone(), many.len()),
        }
    }
}
