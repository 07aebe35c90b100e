//! Types that are the same in every version.

use std::collections::{BTreeMap, BTreeSet};

use super::{Definition, ItemType, PropertyTrait, Schema, TypeName, VersionSchema};

impl Schema {
    /// The version that users may rely on most: the one with the highest number, as in `v1.0`, or the last by name if none
    /// has a number.
    #[must_use]
    pub fn most_stable(&self) -> Option<(&String, &VersionSchema)> {
        self.versions
            .iter()
            .max_by_key(|(name, _)| (number(name), *name))
    }

    /// The types that are the same in every version with all that they reach: what values of them look like, what is
    /// deprecated and how members of enumerations are numbered, not what is said of it in words. None if there is only one
    /// version.
    ///
    /// A base alone does not count, for its properties are compared with those of the type; of a type that others derive
    /// from, these have to be the same as well.
    ///
    /// ```
    /// use typedown::Generator;
    /// use typedown::source::MemoryFiles;
    ///
    /// let page = |version: &str, name: &str, row: &str| {
    ///     let path = format!("api-reference/{version}/resources/{name}.md");
    ///     (path, format!("# {name} resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n{row}\n"))
    /// };
    /// let files = MemoryFiles::new([
    ///     page("beta", "bell", "|pitch|Int32|"),
    ///     page("beta", "clock", "|bells|bell collection|"),
    ///     page("beta", "tower", "|height|Int64|"),
    ///     page("v1.0", "bell", "|pitch|Int32|"),
    ///     page("v1.0", "clock", "|bells|bell collection|"),
    ///     page("v1.0", "tower", "|height|Int32|"),
    /// ]);
    /// let schema = Generator::new().read(&files)?.schema;
    /// let shared: Vec<&str> = schema.shared().into_iter().map(|name| name.short()).collect();
    /// assert_eq!(shared, ["bell", "clock"]);
    /// # Ok::<(), typedown::Error>(())
    /// ```
    #[must_use]
    pub fn shared(&self) -> BTreeSet<&TypeName> {
        let mut versions = self.versions.iter();
        let Some((first_name, first)) = versions.next() else {
            return BTreeSet::new();
        };
        let others: Vec<_> = versions.collect();
        if others.is_empty() {
            return BTreeSet::new();
        }
        let descendants = descendants(first);
        let of_others: Vec<_> = others
            .iter()
            .map(|(_, other)| self::descendants(other))
            .collect();
        let mut shared: BTreeSet<&TypeName> = first.types.keys().collect();
        shared.retain(|name| {
            let same = others.iter().all(|(other, _)| {
                let twin = self.twin(name, [first_name.as_str(), other.as_str()]);
                twin.is_some_and(|twin| twin.is_same())
                    && notes(first, name)
                        == self
                            .versions
                            .get(*other)
                            .and_then(|other| notes(other, name))
            });
            let derived = descendants.get(name);
            same && of_others.iter().all(|other| other.get(name) == derived)
        });
        // What is not the same takes with it what leads to it, until nothing changes.
        loop {
            let before = shared.len();
            let known = shared.clone();
            shared.retain(|name| {
                let mut properties = first.effective_properties(name).into_values();
                let fields = properties.all(|(_, property)| match &property.ty.item {
                    ItemType::Named(target) => known.contains(target),
                    ItemType::Primitive(_) | ItemType::Untyped => true,
                });
                let mut derived = descendants.get(name).into_iter().flatten();
                fields && derived.all(|derived| known.contains(*derived))
            });
            if shared.len() == before {
                return shared;
            }
        }
    }
}

/// The number of a version: of `v1.0` 1 and 0.
/// Whether a version has a number, as stable ones have.
pub(crate) fn is_stable(version: &str) -> bool {
    number(version).is_some()
}

fn number(version: &str) -> Option<Vec<u32>> {
    let parts = version.strip_prefix('v')?.split('.');
    parts.map(|part| part.parse().ok()).collect()
}

/// What emitted code says of a type beside its values: whether it and its properties are deprecated; the numbers of its
/// members, and which of them are sent only on request.
fn notes<'a>(version: &'a VersionSchema, name: &'a TypeName) -> Option<Notes<'a>> {
    let ty = version.types.get(name)?;
    let parts = match &ty.definition {
        Definition::Structural(_) => {
            let properties = version.effective_properties(name).into_iter();
            properties
                .map(|(name, (_, property))| {
                    (
                        name,
                        (property.traits.contains(PropertyTrait::Deprecated), None),
                    )
                })
                .collect()
        }
        Definition::Enumeration(enumeration) => {
            let members = enumeration.members.iter().enumerate();
            let sentinel = enumeration.sentinel();
            let is_hidden =
                |at| sentinel.is_some_and(|sentinel| enumeration.is_behind(at, sentinel));
            members
                .map(|(at, member)| (member.name.as_str(), (is_hidden(at), member.value)))
                .collect()
        }
    };
    Some((ty.deprecated, parts))
}

type Notes<'a> = (bool, BTreeMap<&'a str, (bool, Option<i64>)>);

/// For each type that others derive from, directly or not, those others.
fn descendants(version: &VersionSchema) -> BTreeMap<&TypeName, BTreeSet<&TypeName>> {
    let mut descendants: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for name in version.types.keys() {
        for (base, _) in version.lineage(name).skip(1) {
            descendants.entry(base).or_default().insert(name);
        }
    }
    descendants
}

#[cfg(test)]
mod tests;
