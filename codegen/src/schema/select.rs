//! Part of a schema: the types that somebody needs, and the types that these need.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::{
    Base, Definition, ItemType, Property, Schema, StructuralKind, StructuralType, Type, TypeName,
    VersionSchema,
};
use crate::Error;
use crate::near::nearest;
use crate::visible::visible;

/// Which types of a schema are wanted.
///
/// What a selected type reaches comes with it: its base, the types of its properties, and what these reach in turn. Each
/// version is searched on its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Short or qualified names, in any casing. A short name means the types of this name in all namespaces. None means
    /// every type.
    pub names: Vec<String>,
    /// Whether navigation properties are kept, and what their types become.
    pub navigation: Navigation,
    /// Whether the types that derive from one are reached too, where values of it are: where it is selected, or the type of
    /// a property. Where it is only the base of another, its other derived types are not needed.
    pub derived: bool,
}

/// What becomes of navigation properties.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Navigation {
    /// Their types are reached as those of other properties are.
    #[default]
    Full,
    /// They stay, but lead to no more than the identity: an entity type that is reached by them only is reduced to its key.
    /// It keeps its name, kind, place and description and loses its base and all other properties. A type without
    /// identity (complex types, enumerations) is reached as by other properties.
    Ids,
    /// They are left out.
    Omit,
}

impl Navigation {
    /// Every setting.
    pub const ALL: [Self; 3] = [Self::Full, Self::Ids, Self::Omit];

    /// The name in options and in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Ids => "ids",
            Self::Omit => "omit",
        }
    }
}

/// A name in a selection that no type has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectError {
    /// The name.
    pub name: String,
    /// The versions in which it was looked for.
    pub versions: Vec<String>,
    /// A name that may be meant.
    pub near: Option<String>,
}

impl fmt::Display for SelectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let versions = self.versions.join(" and ");
        let versions = visible(&versions);
        write!(f, "no page of {versions} describes a type `{}`", self.name)?;
        match &self.near {
            Some(near) => write!(f, "; did you mean `{}`?", visible(near)),
            None => f.write_str("; `typedown list` names all types"),
        }
    }
}

impl Schema {
    /// The selected types and what they reach. Versions that have none of them are there without types.
    ///
    /// # Errors
    ///
    /// If no version has a type of a name that is selected.
    ///
    /// ```
    /// use typedown::Generator;
    /// use typedown::schema::{Navigation, Selection};
    /// use typedown::source::MemoryFiles;
    ///
    /// let page = |name: &str, row: &str| {
    ///     let path = format!("api-reference/beta/resources/{name}.md");
    ///     let text = format!("# {name} entity type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|id|String|\n{row}\n");
    ///     (path, text)
    /// };
    /// let files = MemoryFiles::new([page("bell", "|pitch|Int32|"), page("clock", ""), page("tower", "|bell|bell|")]);
    /// let schema = Generator::new().read(&files)?.schema;
    /// let selected = schema.select(&Selection {
    ///     names: vec!["tower".to_owned()],
    ///     ..Selection::default()
    /// })?;
    /// let names: Vec<&str> = selected.versions["beta"].types.keys().map(|name| name.short()).collect();
    /// assert_eq!(names, ["bell", "tower"]);
    /// # Ok::<(), typedown::Error>(())
    /// ```
    pub fn select(&self, selection: &Selection) -> Result<Self, Error> {
        let mut wanted = BTreeSet::new();
        let mut errors = Vec::new();
        for name in &selection.names {
            let found = self.named(name.trim());
            if found.is_empty() {
                errors.push(self.unknown(name.trim()));
            }
            wanted.extend(found);
        }
        if !errors.is_empty() {
            return Err(Error::Select(errors));
        }
        let versions = self.versions.iter().map(|(name, version)| {
            let roots = version.types.keys();
            let roots = roots.filter(|root| selection.names.is_empty() || wanted.contains(*root));
            let types = Reached::of(version, selection, roots).types();
            (name.clone(), VersionSchema { types })
        });
        Ok(Self {
            versions: versions.collect(),
        })
    }

    /// The types of this short or qualified name, in any casing, in any version.
    pub(crate) fn named(&self, wanted: &str) -> BTreeSet<&TypeName> {
        let all = self.versions.values().flat_map(|types| types.types.keys());
        all.filter(|name| {
            name.as_str().eq_ignore_ascii_case(wanted) || name.short().eq_ignore_ascii_case(wanted)
        })
        .collect()
    }

    fn unknown(&self, wanted: &str) -> SelectError {
        let all = self.versions.values().flat_map(|types| types.types.keys());
        let all: BTreeSet<&TypeName> = all.collect();
        let short = wanted.rsplit('.').next().unwrap_or(wanted);
        let near = nearest(short, all, |name| name.short());
        // The answer is as long as the question.
        let near = near.map(|name| match short == wanted {
            true => name.short().to_owned(),
            false => name.as_str().to_owned(),
        });
        SelectError {
            name: wanted.to_owned(),
            versions: self.versions.keys().cloned().collect(),
            near,
        }
    }
}

/// What a selection reaches in a version.
struct Reached<'a> {
    version: &'a VersionSchema,
    navigation: Navigation,
    /// The types that derive directly from each, if they are to be reached.
    derived: BTreeMap<&'a TypeName, Vec<&'a TypeName>>,
    /// The types that are reached as a whole.
    whole: BTreeSet<&'a TypeName>,
    /// Those of them of which there may be values.
    values: BTreeSet<&'a TypeName>,
    /// The entity types to which navigation properties lead that are not followed.
    identities: BTreeSet<&'a TypeName>,
}

/// How a type is reached.
#[derive(Clone, Copy)]
enum Way {
    /// Values may be of it, or of what derives from it.
    Value,
    /// Only other types are made of it.
    Base,
}

impl<'a> Reached<'a> {
    fn of(
        version: &'a VersionSchema,
        selection: &Selection,
        roots: impl Iterator<Item = &'a TypeName>,
    ) -> Self {
        let mut derived: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (name, ty) in version.types.iter().filter(|_| selection.derived) {
            if let Some(base) = base(ty) {
                derived.entry(&base.name).or_default().push(name);
            }
        }
        let mut reached = Self {
            version,
            navigation: selection.navigation,
            derived,
            whole: BTreeSet::new(),
            values: BTreeSet::new(),
            identities: BTreeSet::new(),
        };
        let mut open: Vec<(&TypeName, Way)> = roots.map(|root| (root, Way::Value)).collect();
        while let Some((name, way)) = open.pop() {
            if matches!(way, Way::Value) && reached.values.insert(name) {
                let derived = reached.derived.get(name).into_iter().flatten();
                open.extend(derived.map(|derived| (*derived, Way::Value)));
            }
            if reached.whole.insert(name) {
                reached.follow(name, &mut open);
            }
        }
        reached
    }

    /// Adds what a whole type reaches directly.
    fn follow(&mut self, name: &'a TypeName, open: &mut Vec<(&'a TypeName, Way)>) {
        let Some(ty) = self.version.types.get(name) else {
            return;
        };
        open.extend(base(ty).map(|base| (&base.name, Way::Base)));
        let structural = ty.structural().into_iter();
        for property in structural.flat_map(|structural| structural.properties.values()) {
            let ItemType::Named(target) = &property.ty.item else {
                continue;
            };
            match self.navigation {
                Navigation::Omit if property.navigation => {}
                Navigation::Ids if property.navigation && self.has_identity(target) => {
                    if self.identities.insert(target) {
                        let keys = identity(self.version, target).1.into_iter();
                        let types = keys.filter_map(|(_, key)| match &key.ty.item {
                            ItemType::Named(name) => Some((name, Way::Value)),
                            ItemType::Primitive(_) | ItemType::Untyped => None,
                        });
                        open.extend(types);
                    }
                }
                Navigation::Full | Navigation::Ids | Navigation::Omit => {
                    open.push((target, Way::Value));
                }
            }
        }
    }

    fn has_identity(&self, name: &TypeName) -> bool {
        let structural = self.version.types.get(name).and_then(Type::structural);
        structural.is_some_and(|structural| structural.kind == StructuralKind::Entity)
    }

    fn types(&self) -> BTreeMap<TypeName, Type> {
        let all = self.whole.iter().chain(&self.identities);
        let types = all.filter_map(|name| {
            let mut ty = self.version.types.get(*name)?.clone();
            if let Definition::Structural(structural) = &mut ty.definition {
                if !self.whole.contains(name) {
                    reduce(self.version, name, structural);
                } else if self.navigation == Navigation::Omit {
                    structural
                        .properties
                        .retain(|_, property| !property.navigation);
                }
            }
            Some(((*name).clone(), ty))
        });
        types.collect()
    }
}

fn base(ty: &Type) -> Option<&Base> {
    ty.structural()?.base.as_ref()
}

/// Leaves the identity of a type.
fn reduce(version: &VersionSchema, name: &TypeName, structural: &mut StructuralType) {
    let (key, properties) = identity(version, name);
    structural.base = None;
    structural.open = version.is_open(name);
    structural.key = key.to_vec();
    let properties = properties.into_iter();
    structural.properties = properties
        .map(|(name, property)| (name.to_owned(), property.clone()))
        .collect();
}

/// The stated key of a type, its own or that of its nearest base with one, and the properties that make up its identity:
/// those of this key, else `id`.
fn identity<'a>(
    version: &'a VersionSchema,
    name: &'a TypeName,
) -> (&'a [String], Vec<(&'a str, &'a Property)>) {
    let properties = version.effective_properties(name);
    let find = |key: &str| {
        let mut names = properties.iter();
        let found = properties.get_key_value(key);
        let found = found.or_else(|| names.find(|(name, _)| name.eq_ignore_ascii_case(key)));
        found.map(|(name, (_, property))| (*name, *property))
    };
    let mut keys = version.lineage(name).filter_map(|(_, ty)| ty.structural());
    let key = keys.find(|structural| !structural.key.is_empty());
    let key = key.map_or(&[][..], |structural| structural.key.as_slice());
    let stated: Vec<_> = key.iter().filter_map(|key| find(key)).collect();
    if stated.is_empty() {
        (key, find("id").into_iter().collect())
    } else {
        (key, stated)
    }
}

#[cfg(test)]
mod tests;
