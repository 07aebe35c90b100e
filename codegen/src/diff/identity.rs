//! What is the same on both sides, whatever it is called.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::sides::Sides;
use crate::schema::{Definition, EnumType, ItemType, TypeName, TypeRef, VersionSchema};

/// Renames that a person has confirmed: names alone never prove that something is the same under another one.
///
/// ```
/// use typedown::diff::Renames;
///
/// let mut renames = Renames::default();
/// renames.rename_type("microsoft.graph.tone", "microsoft.graph.pitch");
/// renames.rename_member("microsoft.graph.pitch", "hertz", "frequency");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Renames {
    types: BTreeMap<String, String>,
    members: BTreeMap<(String, String), String>,
}

impl Renames {
    /// Says that a type of the old schema has another qualified name in the new one.
    pub fn rename_type(&mut self, old: impl Into<String>, new: impl Into<String>) {
        self.types.insert(old.into(), new.into());
    }

    /// Says that a property or member of a type, which is given by its new qualified name, has a new name.
    pub fn rename_member(
        &mut self,
        ty: impl Into<String>,
        old: impl Into<String>,
        new: impl Into<String>,
    ) {
        self.members.insert((ty.into(), old.into()), new.into());
    }

    /// Whether no rename is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.types.is_empty() && self.members.is_empty()
    }

    /// The renames that none of some comparisons has a use for, each as a sentence.
    pub(super) fn idle(&self, compared: &[&Identity<'_>]) -> Vec<String> {
        let is_used = |old: &str, new: &str| {
            let mut compared = compared.iter();
            compared.any(|identity| renamed(identity.versions, old, new).is_some())
        };
        let types = self.types.iter().filter(|(old, new)| !is_used(old, new));
        let types = types.map(|(old, new)| {
            format!(
                "the rename of `{old}` to `{new}` is not used: expected the first to be a type of the old side only, and the second of the new side only"
            )
        });
        let is_used = |ty: &str, old: &str, new: &str| {
            let mut compared = compared.iter();
            compared.any(|identity| {
                let Sides {
                    old: before,
                    new: after,
                } = identity.versions;
                let here = after.types.get_key_value(ty).map(|(ty, _)| ty);
                let there = here.and_then(|ty| identity.old_of(ty));
                here.is_some_and(|ty| has_member(after, ty, new))
                    && there.is_some_and(|ty| has_member(before, ty, old))
            })
        };
        let members = self.members.iter();
        let members = members.filter(|((ty, old), new)| !is_used(ty, old, new));
        let members = members.map(|((ty, old), new)| {
            format!(
                "the rename of `{ty}/{old}` to `{ty}/{new}` is not used: expected the type by the qualified name that it has on the new side, with the first as its member on the old side, and the second on the new one"
            )
        });
        types.chain(members).collect()
    }

    /// The renames seen from the other side.
    #[must_use]
    pub fn mirror(&self) -> Self {
        let types: BTreeMap<String, String> = self
            .types
            .iter()
            .map(|(old, new)| (new.clone(), old.clone()))
            .collect();
        let members = self.members.iter().map(|((ty, old), new)| {
            let ty = types.get(ty).unwrap_or(ty).clone();
            ((ty, new.clone()), old.clone())
        });
        Self {
            members: members.collect(),
            types,
        }
    }
}

/// A type that only the old version has, and one that only the new one has, by their names.
fn renamed<'a>(
    versions: Sides<&'a VersionSchema>,
    old: &str,
    new: &str,
) -> Option<Sides<&'a TypeName>> {
    let (old_name, _) = versions.old.types.get_key_value(old)?;
    let (new_name, _) = versions.new.types.get_key_value(new)?;
    let alone = !versions.new.types.contains_key(old) && !versions.old.types.contains_key(new);
    alone.then_some(Sides::new(old_name, new_name))
}

/// Whether a type has a property, own or inherited, or a member of this name.
pub(super) fn has_member(version: &VersionSchema, ty: &TypeName, name: &str) -> bool {
    let mut lineage = version.lineage(ty);
    lineage.any(|(_, ty)| match &ty.definition {
        Definition::Structural(structural) => structural.properties.contains_key(name),
        Definition::Enumeration(enumeration) => {
            let mut members = enumeration.members.iter();
            members.any(|member| member.name == name)
        }
    })
}

/// Which type of the old version is which of the new one.
///
/// The same name means the same type, and so does a rename that a person has confirmed. Of the rest, those are the same
/// whose names differ in case only, or in the namespace only; a name that could be two others is none of them.
#[derive(Clone, Debug)]
pub(super) struct Identity<'a> {
    versions: Sides<&'a VersionSchema>,
    to_new: HashMap<&'a TypeName, &'a TypeName>,
    to_old: HashMap<&'a TypeName, &'a TypeName>,
}

impl<'a> Identity<'a> {
    pub(super) fn new(versions: Sides<&'a VersionSchema>, renames: &Renames) -> Self {
        let mut identity = Self {
            versions,
            to_new: HashMap::with_capacity(versions.old.types.len()),
            to_old: HashMap::with_capacity(versions.new.types.len()),
        };
        identity.join_same();
        for (old, new) in &renames.types {
            if let Some(Sides { old, new }) = renamed(versions, old, new) {
                identity.join(old, new);
            }
        }
        identity.join_by(|name| name.as_str().to_lowercase());
        identity.join_by(|name| name.short().to_lowercase());
        identity
    }

    /// Joins the types of the same name, in one walk along both sides.
    fn join_same(&mut self) {
        let Sides { old, new } = self.versions;
        let mut others = new.types.keys().peekable();
        for name in old.types.keys() {
            while others.next_if(|other| *other < name).is_some() {}
            if let Some(other) = others.next_if(|other| *other == name) {
                self.join(name, other);
            }
        }
    }

    fn join(&mut self, old: &'a TypeName, new: &'a TypeName) {
        self.to_new.insert(old, new);
        self.to_old.insert(new, old);
    }

    /// Joins types that are alone on both sides in having this key, and of the same kind.
    fn join_by(&mut self, key: impl Fn(&TypeName) -> String) {
        let alone = self.alone();
        let pairs = pairs(
            alone.old.iter().map(|name| (key(name), *name)),
            alone.new.iter().map(|name| (key(name), *name)),
        );
        for (old, new) in pairs {
            let kinds = [
                self.versions.old.types.get(old),
                self.versions.new.types.get(new),
            ]
            .map(|ty| ty.map(|ty| ty.structural().is_some()));
            if kinds[0] == kinds[1] {
                self.join(old, new);
            }
        }
    }

    /// The types that have no counterpart.
    fn alone(&self) -> Sides<Vec<&'a TypeName>> {
        let Sides { old, new } = self.versions;
        let old = old.types.keys();
        let new = new.types.keys();
        Sides {
            old: old.filter(|name| self.new_of(name).is_none()).collect(),
            new: new.filter(|name| self.old_of(name).is_none()).collect(),
        }
    }

    /// The type of the new version that a type of the old one is.
    pub(super) fn new_of(&self, old: &TypeName) -> Option<&'a TypeName> {
        self.to_new.get(old).copied()
    }

    /// The type of the old version that a type of the new one is.
    pub(super) fn old_of(&self, new: &TypeName) -> Option<&'a TypeName> {
        self.to_old.get(new).copied()
    }

    /// Whether a type of the old version is this one of the new version.
    pub(super) fn is_same(&self, old: &TypeName, new: &TypeName) -> bool {
        match self.to_new.get(old) {
            Some(other) => *other == new,
            // Neither side describes it.
            None => old == new,
        }
    }

    /// Whether types of values are the same on both sides.
    pub(super) fn is_same_ref(&self, old: &TypeRef, new: &TypeRef) -> bool {
        old.collection == new.collection
            && match (&old.item, &new.item) {
                (ItemType::Named(old), ItemType::Named(new)) => self.is_same(old, new),
                (old, new) => old == new,
            }
    }
}

/// Which properties of a type are the same, by their names: those of the same name, those that a person says, and those
/// that differ in case only.
pub(super) fn members<'a>(
    renames: &Renames,
    ty: &TypeName,
    old: &[&'a str],
    new: &[&'a str],
) -> Vec<Sides<Option<&'a str>>> {
    let mut old_left: Vec<&str> = Vec::new();
    let mut new_left: BTreeMap<&str, ()> = new.iter().map(|name| (*name, ())).collect();
    let mut joined = Vec::with_capacity(old.len().max(new.len()));
    for name in old {
        match new_left.remove_entry(name) {
            Some((new, ())) => joined.push(Sides::new(Some(*name), Some(new))),
            None => old_left.push(name),
        }
    }
    if !old_left.is_empty() && !new_left.is_empty() {
        old_left.retain(|old| {
            let renamed = renames.members.get(&(ty.to_string(), (*old).to_owned()));
            let new = renamed.and_then(|new| new_left.remove_entry(new.as_str()));
            joined.extend(new.map(|(new, ())| Sides::new(Some(*old), Some(new))));
            new.is_none()
        });
        let folded = |name: &&'a str| (name.to_lowercase(), *name);
        let recased = pairs(old_left.iter().map(folded), new_left.keys().map(folded));
        let found: HashSet<&str> = recased.iter().map(|(old, _)| *old).collect();
        old_left.retain(|name| !found.contains(name));
        for (old, new) in recased {
            new_left.remove(new);
            joined.push(Sides::new(Some(old), Some(new)));
        }
    }
    joined.extend(old_left.into_iter().map(|old| Sides::new(Some(old), None)));
    joined.extend(new_left.into_keys().map(|new| Sides::new(None, Some(new))));
    joined
}

/// Which members of an enumeration are the same, by their positions: as for properties, and those of the same number.
pub(super) fn enum_members(
    renames: &Renames,
    ty: &TypeName,
    enums: Sides<&EnumType>,
) -> Vec<Sides<Option<usize>>> {
    let positions = enums.map(|ty| {
        let members = ty.members.iter().enumerate();
        let mut positions = BTreeMap::new();
        for (at, member) in members {
            // Of members of one name the first counts.
            positions.entry(member.name.as_str()).or_insert(at);
        }
        positions
    });
    let names = positions.as_ref().map(|positions| {
        let names = positions.keys().copied();
        names.collect::<Vec<&str>>()
    });
    let mut joined: Vec<Sides<Option<usize>>> = members(renames, ty, &names.old, &names.new)
        .into_iter()
        .map(|sides| Sides {
            old: sides.old.map(|name| positions.old[name]),
            new: sides.new.map(|name| positions.new[name]),
        })
        .collect();
    let numbered = |side: Option<usize>, ty: &EnumType| {
        let at = side?;
        Some((ty.members[at].value?, at))
    };
    let lost = joined.iter().filter(|sides| sides.new.is_none());
    let lost: Vec<_> = lost
        .filter_map(|sides| numbered(sides.old, enums.old))
        .collect();
    let found = joined.iter().filter(|sides| sides.old.is_none());
    let found: Vec<_> = found
        .filter_map(|sides| numbered(sides.new, enums.new))
        .collect();
    let numbered = pairs(lost.into_iter(), found.into_iter());
    let numbered = numbered
        .into_iter()
        .map(|(old, new)| Sides::new(Some(old), Some(new)));
    let numbered: Vec<Sides<Option<usize>>> = numbered.collect();
    let olds: HashSet<Option<usize>> = numbered.iter().map(|sides| sides.old).collect();
    let news: HashSet<Option<usize>> = numbered.iter().map(|sides| sides.new).collect();
    joined.retain(|sides| match (sides.old, sides.new) {
        (Some(_), Some(_)) => true,
        _ => !olds.contains(&sides.old) && !news.contains(&sides.new),
    });
    joined.extend(numbered);
    joined.sort_by_key(|sides| (sides.new.or(sides.old), sides.new.is_some(), sides.old));
    joined
}

/// Those of both sides that are alone in having their key.
fn pairs<K: Ord, T: Copy>(
    old: impl Iterator<Item = (K, T)>,
    new: impl Iterator<Item = (K, T)>,
) -> Vec<(T, T)> {
    let mut keys: BTreeMap<K, Sides<Vec<T>>> = BTreeMap::new();
    for (key, item) in old {
        let (old, new) = (vec![item], Vec::new());
        match keys.get_mut(&key) {
            Some(sides) => sides.old.push(item),
            None => drop(keys.insert(key, Sides { old, new })),
        }
    }
    for (key, item) in new {
        if let Some(sides) = keys.get_mut(&key) {
            sides.new.push(item);
        }
    }
    let alone = keys.into_values().filter_map(|sides| {
        let Sides { old, new } = sides;
        match (&old[..], &new[..]) {
            ([old], [new]) => Some((*old, *new)),
            _ => None,
        }
    });
    alone.collect()
}
