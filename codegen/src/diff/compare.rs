//! The facts: everything that differs between two schemas, at the types that declare it.

use super::fact::{Came, Change, Fact};
use super::identity::{self, Identity, Renames};
use super::sides::Sides;
use crate::schema::{
    Definition, EnumType, Property, PropertyTrait, Schema, StructuralType, Type, TypeName,
    VersionSchema,
};

/// A version of each schema, to be compared with each other.
#[derive(Clone, Debug)]
pub(super) struct Pair<'a> {
    /// The names of the versions.
    pub names: Sides<&'a str>,
    /// The versions themselves.
    pub versions: Sides<&'a VersionSchema>,
    /// Which types are the same.
    pub identity: Identity<'a>,
}

impl<'a> Pair<'a> {
    /// Two versions, and which of their types are the same.
    #[must_use]
    pub(super) fn new(
        names: Sides<&'a str>,
        versions: Sides<&'a VersionSchema>,
        renames: &Renames,
    ) -> Self {
        Self {
            names,
            versions,
            identity: Identity::new(versions, renames),
        }
    }

    /// Everything that differs, in the order of the names of types and members.
    #[must_use]
    pub(super) fn facts(&self, renames: &Renames) -> Vec<Fact<'a>> {
        let mut facts = Facts {
            pair: self,
            renames,
            ty: Sides::default(),
            facts: Vec::new(),
        };
        if self.names.old != self.names.new {
            facts.add(Change::VersionName);
        }
        facts.types();
        facts.facts
    }
}

/// Versions of one name in two schemas, and those that only one of them has.
pub(super) fn versions<'a>(
    schemas: Sides<&'a Schema>,
    renames: &Renames,
) -> (Vec<Pair<'a>>, Vec<Fact<'a>>) {
    let Sides { old, new } = schemas;
    let mut pairs = Vec::new();
    let mut facts = Vec::new();
    let fact = |name, change| Fact {
        versions: Sides::new(name, name),
        ty: Sides::default(),
        member: Sides::default(),
        places: Sides::default(),
        change: Change::Version(change),
    };
    for (name, version) in &old.versions {
        match new.versions.get(name) {
            Some(other) => {
                let names = Sides::new(name.as_str(), name.as_str());
                pairs.push(Pair::new(names, Sides::new(version, other), renames));
            }
            None => facts.push(fact(name.as_str(), Came::Removed(version))),
        }
    }
    for (name, version) in &new.versions {
        if !old.versions.contains_key(name) {
            facts.push(fact(name.as_str(), Came::Added(version)));
        }
    }
    (pairs, facts)
}

struct Facts<'a, 'p> {
    pair: &'p Pair<'a>,
    renames: &'p Renames,
    /// The type that is compared at the moment.
    ty: Sides<Option<(&'a TypeName, &'a Type)>>,
    facts: Vec<Fact<'a>>,
}

impl<'a> Facts<'a, '_> {
    fn types(&mut self) {
        let Sides { old, new } = self.pair.versions;
        let identity = &self.pair.identity;
        let gone = old.types.iter();
        let gone = gone.filter(|(name, _)| identity.new_of(name).is_none());
        let here = new.types.iter().map(|new_type| {
            let name = identity.old_of(new_type.0);
            let old_type = name.and_then(|name| old.types.get_key_value(name));
            Sides::new(old_type, Some(new_type))
        });
        let gone = gone.map(|ty| Sides::new(Some(ty), None));
        let mut types: Vec<_> = gone.chain(here).collect();
        // What only the old version has stands between its neighbours.
        types.sort_by_key(|ty| ty.latest().map(|(name, _)| name));
        for ty in types {
            self.ty = ty;
            match (ty.old, ty.new) {
                (Some((_, old)), Some((_, new))) => self.compare(Sides::new(old, new)),
                (Some((_, old)), None) => self.add(Change::Type(Came::Removed(old))),
                (None, Some((_, new))) => self.add(Change::Type(Came::Added(new))),
                (None, None) => {}
            }
        }
    }

    /// A fact about the type as a whole.
    fn add(&mut self, change: Change<'a>) {
        self.facts.push(Fact {
            versions: self.pair.names,
            ty: self.ty.map(|ty| ty.map(|(name, _)| name)),
            member: Sides::default(),
            places: self.ty.map(|ty| ty.map(|(_, ty)| &ty.source)),
            change,
        });
    }

    fn differ<T: PartialEq>(
        &mut self,
        sides: Sides<T>,
        change: impl FnOnce(Sides<T>) -> Change<'a>,
    ) {
        if sides.old != sides.new {
            self.add(change(sides));
        }
    }

    fn compare(&mut self, types: Sides<&'a Type>) {
        let names = self.ty.map(|ty| ty.map(|(name, _)| name));
        if names.old != names.new {
            self.add(Change::TypeName);
        }
        self.differ(types.map(|ty| ty.area.as_deref()), Change::Area);
        self.differ(types.map(|ty| ty.deprecated), Change::TypeDeprecated);
        let descriptions = types.map(|ty| ty.description.as_deref());
        self.differ(descriptions, Change::TypeDescription);
        self.differ(types.map(|ty| &ty.source), Change::TypeSource);
        match (&types.old.definition, &types.new.definition) {
            (Definition::Structural(old), Definition::Structural(new)) => {
                self.structural(Sides::new(old, new));
            }
            (Definition::Enumeration(old), Definition::Enumeration(new)) => {
                self.enumeration(Sides::new(old, new));
            }
            (old, new) => self.add(Change::Definition(Sides::new(old, new))),
        }
    }

    fn structural(&mut self, types: Sides<&'a StructuralType>) {
        self.differ(types.map(|ty| ty.kind), Change::Kind);
        self.differ(types.map(|ty| ty.open), Change::Open);
        self.differ(types.map(|ty| ty.is_abstract), Change::Abstract);
        self.differ(types.map(|ty| ty.has_stream), Change::HasStream);
        self.differ(types.map(|ty| &*ty.key), Change::Key);
        let bases = types.map(|ty| ty.base.as_ref());
        let is_same = match (bases.old, bases.new) {
            (None, None) => true,
            (Some(old), Some(new)) => {
                old.evidence == new.evidence && self.pair.identity.is_same(&old.name, &new.name)
            }
            _ => false,
        };
        if !is_same {
            self.add(Change::Base(bases));
        }
        let names = types.map(|ty| ty.properties.keys().map(String::as_str));
        let names = names.map(Iterator::collect::<Vec<&str>>);
        let Some((ty, _)) = self.ty.new else { return };
        let mut members = identity::members(self.renames, ty, &names.old, &names.new);
        members.sort_by_key(|member| member.latest());
        for member in members {
            let property = |name: Option<&'a str>, ty: &'a StructuralType| {
                name.and_then(|name| ty.properties.get(name))
            };
            let properties = Sides {
                old: property(member.old, types.old),
                new: property(member.new, types.new),
            };
            self.property(member, properties);
        }
    }

    fn property(
        &mut self,
        member: Sides<Option<&'a str>>,
        properties: Sides<Option<&'a Property>>,
    ) {
        let fact = Fact {
            versions: self.pair.names,
            ty: self.ty.map(|ty| ty.map(|(name, _)| name)),
            member,
            places: properties.map(|property| property.map(|property| &property.source)),
            change: Change::PropertyName,
        };
        let facts = &mut self.facts;
        let mut add = |change| {
            facts.push(Fact {
                change,
                ..fact.clone()
            });
        };
        let (old, new) = match (properties.old, properties.new) {
            (Some(old), Some(new)) => (old, new),
            (Some(old), None) => return add(Change::Property(Came::Removed(old))),
            (None, Some(new)) => return add(Change::Property(Came::Added(new))),
            (None, None) => return,
        };
        if member.old != member.new {
            add(Change::PropertyName);
        }
        if old == new {
            return;
        }
        let sides = Sides::new(old, new);
        if !self.pair.identity.is_same_ref(&old.ty, &new.ty) {
            add(Change::PropertyType(sides.map(|property| &property.ty)));
        }
        if old.navigation != new.navigation {
            add(Change::Navigation(
                sides.map(|property| property.navigation),
            ));
        }
        for what in PropertyTrait::ALL {
            let has = sides.map(|property| property.traits.contains(what));
            if has.old != has.new {
                add(Change::Trait(what, has));
            }
        }
        if old.values != new.values {
            add(Change::Values(sides.map(|property| &*property.values)));
        }
        if old.description != new.description {
            let texts = sides.map(|property| property.description.as_deref());
            add(Change::PropertyDescription(texts));
        }
        if old.evidence != new.evidence {
            add(Change::PropertyEvidence(
                sides.map(|property| property.evidence),
            ));
        }
        if old.source != new.source {
            add(Change::PropertySource(
                sides.map(|property| &property.source),
            ));
        }
    }

    fn enumeration(&mut self, types: Sides<&'a EnumType>) {
        self.differ(types.map(|ty| ty.flags), Change::Flags);
        if types.old.members == types.new.members {
            return;
        }
        let Some((ty, _)) = self.ty.new else { return };
        let members = identity::enum_members(self.renames, ty, types);
        let common = members
            .iter()
            .filter_map(|member| member.old.filter(|_| member.new.is_some()));
        // The members are in the order of the new side, so that of the old side shows whether it is the same.
        if !common.clone().is_sorted() {
            let order = types.map(|ty| {
                let names = ty.members.iter().map(|member| member.name.as_str());
                names.collect()
            });
            self.add(Change::Order(order));
        }
        for at in members {
            self.member(at, types);
        }
    }

    fn member(&mut self, at: Sides<Option<usize>>, types: Sides<&'a EnumType>) {
        let member = Sides {
            old: at.old.map(|at| &types.old.members[at]),
            new: at.new.map(|at| &types.new.members[at]),
        };
        let fact = Fact {
            versions: self.pair.names,
            ty: self.ty.map(|ty| ty.map(|(name, _)| name)),
            member: member.map(|member| member.map(|member| member.name.as_str())),
            places: member.map(|member| member.map(|member| &member.source)),
            change: Change::MemberName,
        };
        let facts = &mut self.facts;
        let mut add = |change| {
            facts.push(Fact {
                change,
                ..fact.clone()
            });
        };
        match (at.old.zip(member.old), at.new.zip(member.new)) {
            (Some((_, old)), Some((_, new))) => {
                if old.name != new.name {
                    add(Change::MemberName);
                }
                if old.value != new.value {
                    add(Change::Number(Sides::new(old.value, new.value)));
                }
                if old.description != new.description {
                    let texts = Sides::new(old, new).map(|member| member.description.as_deref());
                    add(Change::MemberDescription(texts));
                }
                if old.source != new.source {
                    let sides = Sides::new(old, new);
                    add(Change::MemberSource(sides.map(|member| &member.source)));
                }
            }
            (Some(old), None) => add(Change::Member(Came::Removed(old))),
            (None, Some(new)) => add(Change::Member(Came::Added(new))),
            (None, None) => {}
        }
    }
}
