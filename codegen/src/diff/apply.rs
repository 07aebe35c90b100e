//! From an old schema and facts to the new schema.

use std::collections::BTreeMap;

use super::fact::{Came, Change, Fact};
use crate::schema::{
    Definition, EnumType, ItemType, Member, Property, Schema, StructuralType, Type, TypeName,
    VersionSchema,
};

/// The new schema, made from the old one and all that differs. This is how one can know that facts say everything.
///
/// Facts about types that the schema does not have change nothing.
///
/// ```
/// use typedown::Generator;
/// use typedown::diff::{Diff, apply};
/// use typedown::source::MemoryFiles;
///
/// let read = |rows: &str| {
///     let page = format!("# tone resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n{rows}");
///     let files = MemoryFiles::new([("api-reference/beta/resources/tone.md", page)]);
///     Generator::new().read(&files).unwrap().schema
/// };
/// let (old, new) = (read("|pitch|Int32|\n"), read("|pitch|Int64|\n|length|Duration|\n"));
/// let facts = Diff::new(&old, &new).facts();
/// assert_eq!(apply(&facts, &old), new);
/// ```
#[must_use]
pub fn apply(facts: &[Fact<'_>], old: &Schema) -> Schema {
    let mut schema = old.clone();
    let mut by_version: BTreeMap<&str, Vec<&Fact<'_>>> = BTreeMap::new();
    for fact in facts {
        match &fact.change {
            Change::Version(Came::Added(version)) => {
                let name = fact.versions.new.to_owned();
                schema.versions.insert(name, (*version).clone());
            }
            Change::Version(Came::Removed(_)) => {
                schema.versions.remove(fact.versions.old);
            }
            _ => by_version.entry(fact.versions.old).or_default().push(fact),
        }
    }
    for (name, facts) in by_version {
        let Some(mut version) = schema.versions.remove(name) else {
            continue;
        };
        apply_to_version(&facts, &mut version);
        let name = facts.first().map_or(name, |fact| fact.versions.new);
        schema.versions.insert(name.to_owned(), version);
    }
    schema
}

fn apply_to_version(facts: &[&Fact<'_>], version: &mut VersionSchema) {
    rename(facts, version);
    let mut members: BTreeMap<&TypeName, Vec<&Fact<'_>>> = BTreeMap::new();
    for fact in facts {
        if let Change::Type(Came::Removed(_)) = fact.change
            && let Some(name) = fact.ty.old
        {
            version.types.remove(name);
        }
    }
    for fact in facts {
        let Some(name) = fact.ty.new else { continue };
        if let Change::Type(Came::Added(ty)) = &fact.change {
            version.types.insert(name.clone(), (*ty).clone());
            continue;
        }
        let Some(ty) = version.types.get_mut(name) else {
            continue;
        };
        match &mut ty.definition {
            Definition::Structural(structural) if fact.member.latest().is_some() => {
                apply_to_property(fact, structural);
            }
            Definition::Enumeration(_)
                if fact.member.latest().is_some() || matches!(fact.change, Change::Order(_)) =>
            {
                members.entry(name).or_default().push(fact);
            }
            _ => apply_to_type(fact, ty),
        }
    }
    for (name, facts) in members {
        if let Some(Definition::Enumeration(enumeration)) =
            version.types.get_mut(name).map(|ty| &mut ty.definition)
        {
            apply_to_members(&facts, enumeration);
        }
    }
}

/// Gives types their new names, and the references to them too.
fn rename(facts: &[&Fact<'_>], version: &mut VersionSchema) {
    let names = facts.iter().filter(|fact| fact.change == Change::TypeName);
    let names = names.filter_map(|fact| fact.ty.old.zip(fact.ty.new));
    let names: BTreeMap<&TypeName, &TypeName> = names.collect();
    if names.is_empty() {
        return;
    }
    let renamed = |name: &TypeName| names.get(name).map(|new| (*new).clone());
    let types = std::mem::take(&mut version.types);
    version.types = types
        .into_iter()
        .map(|(name, ty)| (renamed(&name).unwrap_or(name), ty))
        .collect();
    for ty in version.types.values_mut() {
        let Definition::Structural(structural) = &mut ty.definition else {
            continue;
        };
        if let Some(base) = &mut structural.base
            && let Some(new) = renamed(&base.name)
        {
            base.name = new;
        }
        for property in structural.properties.values_mut() {
            if let ItemType::Named(name) = &mut property.ty.item
                && let Some(new) = renamed(name)
            {
                *name = new;
            }
        }
    }
}

fn apply_to_type(fact: &Fact<'_>, ty: &mut Type) {
    match &fact.change {
        Change::Definition(sides) => ty.definition = sides.new.clone(),
        Change::TypeDeprecated(sides) => ty.deprecated = sides.new,
        Change::TypeDescription(sides) => ty.description = sides.new.map(str::to_owned),
        Change::Area(sides) => ty.area = sides.new.map(str::to_owned),
        Change::TypeSource(sides) => ty.source = sides.new.clone(),
        Change::Flags(sides) => {
            if let Definition::Enumeration(enumeration) = &mut ty.definition {
                enumeration.flags = sides.new;
            }
        }
        change => {
            if let Definition::Structural(structural) = &mut ty.definition {
                apply_to_structural(change, structural);
            }
        }
    }
}

fn apply_to_structural(change: &Change<'_>, structural: &mut StructuralType) {
    match change {
        Change::Kind(sides) => structural.kind = sides.new,
        Change::Base(sides) => structural.base = sides.new.cloned(),
        Change::Open(sides) => structural.open = sides.new,
        Change::Abstract(sides) => structural.is_abstract = sides.new,
        Change::HasStream(sides) => structural.has_stream = sides.new,
        Change::Key(sides) => structural.key = sides.new.to_vec(),
        _ => {}
    }
}

fn apply_to_property(fact: &Fact<'_>, structural: &mut StructuralType) {
    let names = fact.member;
    match &fact.change {
        Change::Property(Came::Added(property)) => {
            if let Some(name) = names.new {
                let property: &Property = property;
                structural
                    .properties
                    .insert(name.to_owned(), property.clone());
            }
            return;
        }
        Change::Property(Came::Removed(_)) => {
            if let Some(name) = names.old {
                structural.properties.remove(name);
            }
            return;
        }
        Change::PropertyName => {
            if let (Some(old), Some(new)) = (names.old, names.new)
                && let Some(property) = structural.properties.remove(old)
            {
                structural.properties.insert(new.to_owned(), property);
            }
            return;
        }
        _ => {}
    }
    let Some(property) = names
        .new
        .and_then(|name| structural.properties.get_mut(name))
    else {
        return;
    };
    match &fact.change {
        Change::PropertyType(sides) => property.ty = sides.new.clone(),
        Change::Navigation(sides) => property.navigation = sides.new,
        Change::Trait(what, sides) => {
            if sides.new {
                property.traits.insert(*what);
            } else {
                property.traits.remove(*what);
            }
        }
        Change::Values(sides) => property.values = sides.new.to_vec(),
        Change::PropertyDescription(sides) => property.description = sides.new.map(str::to_owned),
        Change::PropertyEvidence(sides) => property.evidence = sides.new,
        Change::PropertySource(sides) => property.source = sides.new.clone(),
        _ => {}
    }
}

fn apply_to_members(facts: &[&Fact<'_>], enumeration: &mut EnumType) {
    let mut added: Vec<(usize, &Member)> = Vec::new();
    let mut order = None;
    let members = &mut enumeration.members;
    for fact in facts {
        let at = |name: Option<&str>, members: &[Member]| {
            members
                .iter()
                .position(|member| Some(member.name.as_str()) == name)
        };
        match &fact.change {
            Change::Order(sides) => order = Some(&sides.new),
            Change::Member(Came::Added(member)) => added.push(*member),
            Change::Member(Came::Removed((_, member))) => {
                members.retain(|other| other.name != member.name);
            }
            change => {
                // The name is the first fact about a member that has another one.
                let name = match change {
                    Change::MemberName => fact.member.old,
                    _ => fact.member.new,
                };
                let Some(at) = at(name, members) else {
                    continue;
                };
                match change {
                    Change::MemberName => {
                        members[at].name = fact.member.new.unwrap_or_default().to_owned();
                    }
                    Change::Number(sides) => members[at].value = sides.new,
                    Change::MemberDescription(sides) => {
                        members[at].description = sides.new.map(str::to_owned);
                    }
                    Change::MemberSource(sides) => members[at].source = sides.new.clone(),
                    _ => {}
                }
            }
        }
    }
    if let Some(order) = order {
        let position = |name: &str| order.iter().position(|other| *other == name);
        members.sort_by_key(|member| position(&member.name));
    }
    added.sort_by_key(|(at, _)| *at);
    for (at, member) in added {
        members.insert(at.min(members.len()), member.clone());
    }
}
