//! The namespace of a type whose page states none.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use crate::claims::{Form, PageClaims, TypeClaim};

/// The namespace of pages that state none, where no page of the version states any.
const DEFAULT_NAMESPACE: &str = "microsoft.graph";

/// What the pages of a version tell about the namespaces of types.
#[derive(Clone, Debug)]
pub(super) struct Namespaces {
    /// The namespace that most pages state.
    pub(super) default: String,
    /// The namespaces, of those that pages state, in which rows name types: by lower-case short name.
    users: HashMap<String, BTreeSet<String>>,
    /// The usual spelling of each namespace, by its lower-case one.
    spellings: BTreeMap<String, String>,
}

impl Namespaces {
    pub(super) fn new(pages: &[&PageClaims]) -> Self {
        let default = most_stated(pages);
        let claims = pages.iter().flat_map(|page| &page.types);
        let stated: BTreeSet<&str> = claims
            .filter_map(|claim| claim.namespace.as_deref())
            .collect();
        let mut users: HashMap<String, BTreeSet<String>> = HashMap::new();
        let mut lower = String::new();
        for claim in pages.iter().flat_map(|page| &page.types) {
            let own = claim.namespace.as_deref().unwrap_or(&default);
            let cells = claim.rows.iter().filter_map(|row| row.ty.as_ref());
            for word in cells.flat_map(|cell| &cell.words) {
                let (namespace, short) = word.text.rsplit_once('.').unwrap_or((own, &word.text));
                lower.clear();
                lower.push_str(short);
                lower.make_ascii_lowercase();
                if !users.contains_key(&lower) {
                    users.insert(lower.clone(), BTreeSet::new());
                }
                if let Some(namespaces) = users.get_mut(&lower)
                    && !namespaces.contains(namespace)
                    && stated.contains(namespace)
                {
                    namespaces.insert(namespace.to_owned());
                }
            }
        }
        Self {
            default,
            users,
            spellings: spellings(pages),
        }
    }

    /// The namespace of a type: the stated one, else the default. Pages of enumerations often state none; an enumeration
    /// that is used in one namespace only belongs there.
    pub(super) fn of<'a>(&'a self, claim: &'a TypeClaim) -> &'a str {
        if let Some(stated) = &claim.namespace {
            let usual = self.spellings.get(&stated.to_ascii_lowercase());
            return usual.unwrap_or(stated);
        }
        let used_in = self.users.get(&claim.name.to_ascii_lowercase());
        let only = used_in.filter(|namespaces| namespaces.len() == 1);
        let only = only.and_then(BTreeSet::first);
        only.filter(|_| claim.form == Form::Enumeration)
            .unwrap_or(&self.default)
    }

    /// Whether a row names a type of this short name, in lower case.
    pub(super) fn is_used(&self, short: &str) -> bool {
        self.users.contains_key(short)
    }
}

/// How many types state which namespace.
fn counts<'a>(pages: &[&'a PageClaims]) -> BTreeMap<&'a str, usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let claims = pages.iter().flat_map(|page| &page.types);
    for namespace in claims.filter_map(|ty| ty.namespace.as_deref()) {
        *counts.entry(namespace).or_default() += 1;
    }
    counts
}

/// Namespaces that differ only in case are one, spelled as most spell it.
fn spellings(pages: &[&PageClaims]) -> BTreeMap<String, String> {
    let mut usual: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for (namespace, count) in counts(pages) {
        let most = usual.entry(namespace.to_ascii_lowercase()).or_default();
        *most = (*most).max((count, namespace));
    }
    let spellings = usual.into_iter();
    spellings
        .map(|(key, (_, namespace))| (key, namespace.to_owned()))
        .collect()
}

/// The namespace that most annotations of the version state.
fn most_stated(pages: &[&PageClaims]) -> String {
    // Of equally frequent ones the shortest, which the others most often extend.
    counts(pages)
        .into_iter()
        .max_by_key(|(namespace, count)| (*count, std::cmp::Reverse(namespace.len())))
        .map_or_else(
            || DEFAULT_NAMESPACE.to_owned(),
            |(namespace, _)| namespace.to_owned(),
        )
}
