//! What the text of a type depends on, so that it can be kept.

use super::context::World;
use super::layout::VersionNames;
use super::names::Name;
use crate::schema::{
    Definition, EnumType, Member, Property, Schema, StructuralType, Type, TypeName, VersionSchema,
};
use crate::source::fingerprint;
use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// What a type can ask about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Asked {
    /// What others see of a type: where it is, what it is called, how a field holds it.
    Type(TypeName),
    /// A type and its bases, whole.
    Lineage(TypeName),
    /// The types that derive from a type, and when they are there.
    Derived(TypeName),
    /// A type and its bases in all that was read, in every version.
    Everywhere(TypeName),
    /// The types that a page describes.
    Page(Arc<str>),
}

/// What was asked while the text of a type was made.
#[derive(Debug, Default)]
pub(super) struct Trace(Mutex<BTreeSet<Asked>>);

impl Trace {
    pub(super) fn note(&self, asked: Asked) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(asked);
    }

    pub(super) fn into_asked(self) -> Vec<Asked> {
        let asked = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        asked.into_iter().collect()
    }
}

/// Fingerprints of everything that can be asked of a version.
pub(super) struct Answers<'a> {
    /// Under which fingerprints are made.
    key: u64,
    world: World<'a>,
    types: HashMap<&'a TypeName, u64>,
    lineages: HashMap<&'a TypeName, u64>,
    /// The lineages of all that was read, in every version.
    whole: &'a [HashMap<&'a TypeName, u64>],
}

/// The fingerprint of every type of a version with its bases, each by what of it counts.
fn lineages<'a, H: Hash>(
    key: u64,
    version: &'a VersionSchema,
    what_counts: impl Fn(&'a Type) -> H,
) -> HashMap<&'a TypeName, u64> {
    let types = version.types.iter();
    let own: HashMap<&TypeName, u64> = types
        .map(|(name, ty)| (name, fingerprint(key, &what_counts(ty))))
        .collect();
    let names = version.types.keys();
    let lineages = names.map(|name| {
        let lineage = version.lineage(name);
        let lineage = lineage.map(|(name, _)| (name.as_str(), own.get(name)));
        (name, fingerprint(key, &lineage.collect::<Vec<_>>()))
    });
    lineages.collect()
}

/// The fingerprints of all lineages in every version, by what is compared among versions.
pub(super) fn everywhere(key: u64, whole: &Schema) -> Vec<HashMap<&TypeName, u64>> {
    let versions = whole.versions.values();
    versions
        .map(|version| lineages(key, version, compared))
        .collect()
}

/// What of a type is emitted. On which lines of its pages it stands is not.
fn emitted(ty: &Type) -> impl Hash + '_ {
    let Type {
        definition,
        description,
        deprecated,
        area: _,
        source,
    } = ty;
    let (mut properties, mut members) = (Vec::new(), Vec::new());
    match definition {
        Definition::Structural(structural) => {
            properties.extend(structural.properties.iter().map(|(name, property)| {
                let Property {
                    ty,
                    navigation,
                    description,
                    values,
                    traits,
                    evidence: _,
                    source,
                } = property;
                (
                    (name, ty, navigation),
                    (description, values, traits, &source.page),
                )
            }));
        }
        Definition::Enumeration(enumeration) => {
            members.extend(enumeration.members.iter().map(|member| {
                let Member {
                    name,
                    value,
                    description,
                    source,
                } = member;
                (name, value, description, &source.page)
            }));
        }
    }
    let kind = (form(definition), description, deprecated, &source.page);
    (kind, properties, members)
}

/// What of a type is compared among versions.
fn compared(ty: &Type) -> impl Hash + '_ {
    let (mut properties, mut members) = (Vec::new(), Vec::new());
    match &ty.definition {
        Definition::Structural(structural) => {
            let all = structural.properties.iter();
            properties.extend(all.map(|(name, property)| {
                (name, &property.ty, property.navigation, &property.values)
            }));
        }
        Definition::Enumeration(enumeration) => {
            let all = enumeration.members.iter();
            members.extend(all.map(|member| (&member.name, member.value)));
        }
    }
    (form(&ty.definition), properties, members)
}

/// What a definition is beside its properties or members.
fn form(definition: &Definition) -> impl Hash + '_ {
    match definition {
        Definition::Structural(structural) => {
            let StructuralType {
                kind,
                base,
                open,
                is_abstract,
                has_stream,
                key: _,
                properties: _,
            } = structural;
            let base = base.as_ref().map(|base| &base.name);
            (Some((kind, base)), *open, *is_abstract, *has_stream)
        }
        Definition::Enumeration(EnumType { members: _, flags }) => (None, *flags, false, false),
    }
}

impl<'a> Answers<'a> {
    pub(super) fn new(key: u64, world: World<'a>, whole: &'a [HashMap<&'a TypeName, u64>]) -> Self {
        let types = world.version.types.keys();
        let types = types.map(|name| (name, fingerprint(key, &seen(&world, name))));
        Self {
            key,
            world,
            types: types.collect(),
            lineages: lineages(key, world.version, emitted),
            whole,
        }
    }

    /// The fingerprint of the answers to all of these.
    pub(super) fn to(&self, asked: &[Asked]) -> u64 {
        let key = self.key;
        let answers = asked.iter().map(|asked| match asked {
            Asked::Type(name) => fingerprint(key, &self.types.get(name)),
            Asked::Lineage(name) => fingerprint(key, &self.lineages.get(name)),
            Asked::Derived(base) => {
                let derived = self.world.derived(base).into_iter();
                let derived = derived.map(|(name, condition)| (name.as_str(), condition));
                fingerprint(key, &derived.collect::<Vec<_>>())
            }
            Asked::Everywhere(name) => {
                let versions = self.world.whole.versions.keys().zip(self.whole);
                let versions = versions.map(|(version, types)| (version, types.get(name)));
                fingerprint(key, &versions.collect::<Vec<_>>())
            }
            Asked::Page(page) => {
                let types = self.world.pages.types(page).iter();
                fingerprint(key, &types.map(|name| name.as_str()).collect::<Vec<_>>())
            }
        });
        fingerprint(key, &answers.collect::<Vec<_>>())
    }
}

/// What others see of a type.
fn seen<'a>(world: &World<'a>, name: &TypeName) -> impl Hash + use<'a> {
    let names: &VersionNames = world.names;
    let path = names.namespace(name).map(|namespace| {
        let path = namespace.path.iter().map(Name::plain);
        path.collect::<Vec<_>>()
    });
    (
        path,
        names.path(name),
        names.ident(name).map(Name::source),
        names.family(name).map(Name::source),
        world.is_enumeration(name),
        world.is_unspecified(name),
        world.recursion.group(name).cloned(),
    )
}
