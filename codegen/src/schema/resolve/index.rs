//! From a name as a page writes it to the type that it means.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::{ItemType, TypeName};
use super::groups::{Group, stem};
use super::overrides::Rules;
use super::types::Site;
use crate::claims::{JsonItem, JsonShape, TypeWord, primitive};
use crate::source::join;

/// The types of a version by all the ways in which pages name them. The maps are only looked up, never walked.
pub(super) struct Index {
    pub(super) default_namespace: String,
    by_full: HashMap<String, TypeName>,
    /// The namespaces that types have, in lower case.
    namespaces: HashSet<String>,
    by_short: HashMap<String, Vec<TypeName>>,
    by_path: HashMap<String, Vec<TypeName>>,
    by_stem: HashMap<String, Vec<TypeName>>,
    /// Types that overrides leave out: pages still name them.
    left_out: HashSet<TypeName>,
    /// The short names, in lower case, that the docs have for types that overrides rename.
    former: HashMap<TypeName, Vec<String>>,
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
    pub(super) fn new(
        groups: &BTreeMap<String, Group<'_>>,
        default_namespace: String,
        rules: &Rules<'_>,
    ) -> Self {
        let mut index = Self {
            default_namespace,
            by_full: HashMap::new(),
            namespaces: HashSet::new(),
            by_short: HashMap::new(),
            by_path: HashMap::new(),
            by_stem: HashMap::new(),
            left_out: HashSet::new(),
            former: HashMap::new(),
        };
        // Types that are left out come last, so that a short name means another type where there is one.
        let (left_out, kept): (Vec<_>, Vec<_>) = groups
            .iter()
            .partition(|(key, _)| rules.skipped.contains(*key));
        for (key, group) in kept {
            index.add(key, group);
        }
        for (key, group) in left_out {
            let short = group.name.short().to_ascii_lowercase();
            let taken = index.by_short.get(&short).cloned();
            index.add(key, group);
            index.left_out.insert(group.name.clone());
            if let Some(names) = taken {
                index.by_short.insert(short, names);
            }
        }
        let described = |former: &String| !rules.implied.contains_key(former);
        for (former, name) in rules.renamed.iter().filter(|(name, _)| described(name)) {
            let short = former.rsplit('.').next().unwrap_or(former);
            index
                .by_full
                .entry(former.clone())
                .or_insert_with(|| name.clone());
            let names = index.by_short.entry(short.to_owned()).or_default();
            if !names.contains(name) {
                names.push(name.clone());
            }
            let former = index.former.entry(name.clone()).or_default();
            former.push(short.to_owned());
        }
        index
    }

    fn add(&mut self, key: &str, group: &Group<'_>) {
        self.by_full.insert(key.to_owned(), group.name.clone());
        self.namespaces
            .insert(group.name.namespace().to_ascii_lowercase());
        self.by_short
            .entry(group.name.short().to_ascii_lowercase())
            .or_default()
            .push(group.name.clone());
        for (page, _) in group.pages() {
            let by_path = self
                .by_path
                .entry(page.path.to_ascii_lowercase())
                .or_default();
            // Types come one after the other.
            if by_path.last() != Some(&group.name) {
                by_path.push(group.name.clone());
            }
            let by_stem = self.by_stem.entry(stem(&page.path)).or_default();
            if by_stem.last() != Some(&group.name) {
                by_stem.push(group.name.clone());
            }
        }
    }

    /// Whether a type has this short name, or had it before an override.
    fn is_called(&self, name: &TypeName, is: impl Fn(&str) -> bool) -> bool {
        is(name.short())
            || self
                .former
                .get(name)
                .is_some_and(|former| former.iter().any(|short| is(short)))
    }

    /// Whether a word names a type that overrides leave out.
    pub(super) fn is_left_out(&self, word: &TypeWord, site: Site<'_>) -> bool {
        !self.left_out.is_empty() && self.meaning(word, site) == Meaning::Certain(ItemType::Untyped)
    }

    /// What a value shows, now that the namespaces are known: a text with dots names a type if it starts with one.
    pub(super) fn read<'a>(&self, shape: &'a JsonShape) -> Cow<'a, JsonShape> {
        let JsonItem::Dotted(name) = &shape.item else {
            return Cow::Borrowed(shape);
        };
        let lower = name.to_ascii_lowercase();
        let mut dots = lower.match_indices('.');
        let item = if dots.any(|(at, _)| self.namespaces.contains(&lower[..at])) {
            JsonItem::Named(name.clone())
        } else {
            JsonItem::Text
        };
        Cow::Owned(JsonShape {
            item,
            collection: shape.collection,
        })
    }

    /// The type of this qualified name, whatever its case.
    pub(super) fn full(&self, name: &str) -> Option<&TypeName> {
        self.by_full.get(&name.to_ascii_lowercase())
    }

    /// What a word means where it stands: a primitive type, the link's target, a name of the namespace
    /// itself, of the default namespace, of any.
    pub(super) fn meaning(&self, word: &TypeWord, site: Site<'_>) -> Meaning {
        let meaning = self.likely(word, site);
        let left_out = |name: &TypeName| self.left_out.contains(name);
        match meaning {
            Meaning::Certain(ItemType::Named(name))
            | Meaning::Divided(name, _)
            | Meaning::Ambiguous(name, _)
                if left_out(&name) =>
            {
                Meaning::Certain(ItemType::Untyped)
            }
            Meaning::Divided(target, label) if left_out(&label) => {
                Meaning::Certain(ItemType::Named(target))
            }
            meaning => meaning,
        }
    }

    fn likely(&self, word: &TypeWord, site: Site<'_>) -> Meaning {
        if word.text == ItemType::Untyped.name() {
            return Meaning::Certain(ItemType::Untyped);
        }
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
            .find(|name| self.is_called(name, |own| own.eq_ignore_ascii_case(short)))
            .or_else(|| {
                names.iter().find(|name| {
                    self.is_called(name, |own| stem.ends_with(&own.to_ascii_lowercase()))
                })
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
        let called = self.by_short.get(short).map(Vec::as_slice);
        // Every type that is described has a short name; of one that is alone in having it, the namespace does not matter.
        if self.left_out.is_empty() && called.is_none_or(|called| called.len() < 2) {
            return called
                .and_then(|called| called.first())
                .map_or(Meaning::Unknown, certain);
        }
        for namespace in [namespace, &self.default_namespace] {
            if let Some(name) = self.full(&format!("{namespace}.{short}")) {
                return certain(name);
            }
        }
        match called {
            None | Some([]) => Meaning::Unknown,
            Some([one]) => certain(one),
            Some(many) => Meaning::Ambiguous(many[0].clone(), many.len()),
        }
    }
}
