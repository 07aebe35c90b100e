//! Entity or complex type.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Definition, ItemType, StructuralKind, TypeName, VersionSchema};
use super::groups::Group;
use crate::claims::Form;

/// Whether nothing says that a type with a key property is no entity.
pub(super) fn may_be_entity(group: &Group<'_>) -> bool {
    group
        .claims()
        .all(|claim| claim.kind != Some(StructuralKind::Complex))
}

/// Decides for every structural type: an entity has a key, an `id` of its own or relations, is the target of a
/// relation, or is related by inheritance to one; what the title says comes first.
pub(super) fn decide(schema: &mut VersionSchema, groups: &BTreeMap<String, Group<'_>>) {
    let mut stated: BTreeMap<&TypeName, StructuralKind> = BTreeMap::new();
    let mut entities: BTreeSet<TypeName> = BTreeSet::new();
    for group in groups
        .values()
        .filter(|group| group.form == Form::Structural)
    {
        if let Some(kind) = group.claims().find_map(|claim| claim.kind) {
            stated.insert(&group.name, kind);
        }
        let Some(structural) = schema.types.get(&group.name).and_then(|ty| ty.structural()) else {
            continue;
        };
        let identified = !structural.key.is_empty()
            || structural.properties.contains_key("id")
            || structural
                .properties
                .values()
                .any(|property| property.navigation);
        if identified || stated.get(&group.name) == Some(&StructuralKind::Entity) {
            entities.insert(group.name.clone());
        }
        for property in structural
            .properties
            .values()
            .filter(|property| property.navigation)
        {
            if let ItemType::Named(name) = &property.ty.item {
                entities.insert(name.clone());
            }
        }
    }
    entities.retain(|name| stated.get(name) != Some(&StructuralKind::Complex));
    // Kinds do not mix in a line of inheritance: an entity's bases and descendants are entities.
    let mut lineages: Vec<(TypeName, Vec<TypeName>)> = Vec::new();
    for name in schema.types.keys() {
        lineages.push((
            name.clone(),
            schema.lineage(name).map(|(name, _)| name.clone()).collect(),
        ));
    }
    for (_, lineage) in &lineages {
        if let Some(first) = lineage.iter().position(|name| entities.contains(name)) {
            entities.extend(lineage[first..].iter().cloned());
        }
    }
    for (name, lineage) in &lineages {
        if lineage.iter().any(|base| entities.contains(base)) {
            entities.insert(name.clone());
        }
    }
    for (name, ty) in &mut schema.types {
        if let Definition::Structural(structural) = &mut ty.definition
            && entities.contains(name)
        {
            structural.kind = StructuralKind::Entity;
        }
    }
}
