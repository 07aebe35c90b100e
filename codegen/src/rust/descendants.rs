//! Which types derive from which.

use crate::schema::{TypeName, VersionSchema};
use std::collections::HashMap;

/// For each type that others derive from, directly or not: those others, by name.
#[derive(Debug, Default)]
pub(super) struct Descendants<'a>(HashMap<&'a TypeName, Vec<&'a TypeName>>);

impl<'a> Descendants<'a> {
    pub(super) fn new(version: &'a VersionSchema) -> Self {
        let mut descendants: HashMap<_, Vec<_>> = HashMap::new();
        for name in version.types.keys() {
            for (base, _) in version.lineage(name).skip(1) {
                descendants.entry(base).or_default().push(name);
            }
        }
        Self(descendants)
    }

    /// The types that derive from one, by name; none if it is no base.
    pub(super) fn of(&self, base: &TypeName) -> &[&'a TypeName] {
        self.0.get(base).map_or(&[], Vec::as_slice)
    }

    /// Whether a value whose type is declared as this one may be of another.
    pub(super) fn is_base(&self, name: &TypeName) -> bool {
        self.0.contains_key(name)
    }
}
