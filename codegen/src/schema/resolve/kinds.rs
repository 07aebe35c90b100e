//! Entity or complex type.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Definition, StructuralKind, TypeName, VersionSchema};
use super::Resolver;
use super::groups::Group;
use super::overrides::Rules;
use super::types::{Site, names};
use crate::claims::{Form, JsonItem, TypeWord};
use crate::overrides::Kind;

/// How other types use a type.
#[derive(Default)]
pub(super) struct Uses {
    /// Types that relationships lead to.
    related: BTreeSet<TypeName>,
    /// Types that properties hold values of.
    held: BTreeSet<TypeName>,
    /// Types that overviews list as what operations return.
    returned: BTreeSet<TypeName>,
}

impl Uses {
    /// Looks through the rows and JSON blocks of all types.
    pub(super) fn of(resolver: &Resolver<'_>) -> Self {
        let mut uses = Self::default();
        for claim in resolver.pages.iter().flat_map(|page| &page.returned) {
            let site = Site {
                namespace: &resolver.index.default_namespace,
                page: &claim.place.file,
            };
            let meaning = resolver.index.meaning(&claim.word, site);
            uses.returned.extend(meaning.described());
        }
        for group in resolver.groups.values() {
            for claim in group.claims() {
                let namespace = group.name.namespace();
                for row in &claim.rows {
                    let site = Site {
                        namespace,
                        page: &row.place.file,
                    };
                    for word in row.ty.iter().flat_map(names) {
                        uses.add(resolver, word, site, row.navigation);
                    }
                }
                for member in &claim.json {
                    let shape = resolver.index.read(&member.shape);
                    let JsonItem::Named(text) = &shape.item else {
                        continue;
                    };
                    // A row says what kind of property it is; the JSON block shows them all alike.
                    if !claim
                        .rows
                        .iter()
                        .any(|row| row.name.eq_ignore_ascii_case(&member.name))
                    {
                        let site = Site {
                            namespace,
                            page: &member.place.file,
                        };
                        let word = TypeWord {
                            text: text.clone(),
                            target: None,
                        };
                        uses.add(resolver, &word, site, false);
                    }
                }
            }
        }
        uses
    }

    fn add(&mut self, resolver: &Resolver<'_>, word: &TypeWord, site: Site<'_>, navigation: bool) {
        let Some(name) = resolver.index.meaning(word, site).described() else {
            return;
        };
        if navigation {
            self.related.insert(name)
        } else {
            self.held.insert(name)
        };
    }

    /// Whether a type is an entity by what is said of it alone, whatever its base: an annotation states its key and the
    /// page describes that key; it has relations or is the target of one; it has an `id` and operations; or it has one of
    /// these, or overviews list it, and no property holds it as a value.
    pub(super) fn is_entity(&self, group: &Group<'_>) -> bool {
        if let Some(kind) = group.claims().find_map(|claim| claim.kind) {
            return kind == StructuralKind::Entity;
        }
        let has_id = group.documents("id");
        let has_methods = group.has_methods();
        let is_held = self.held.contains(&group.name);
        let mut keys = group.claims().flat_map(|claim| &claim.key);
        keys.any(|key| group.documents(key))
            || has_relations(group)
            || self.related.contains(&group.name)
            || (has_id && has_methods)
            || ((has_id || has_methods || self.returned.contains(&group.name)) && !is_held)
    }

    /// Whether something beside this key says that instances are addressed: the title calls them entities, the
    /// annotation states the key, operations or relationships lead to them. Of types that have nothing but an `id` most have no base in the service's metadata.
    /// Without the key operations must be all that leads to them: else they are addressed through their owner.
    pub(super) fn is_addressed(&self, group: &Group<'_>, key: &str) -> bool {
        let has_methods = group.has_methods();
        let is_related = self.related.contains(&group.name);
        let states_key = states_key(group);
        group
            .claims()
            .any(|claim| claim.kind == Some(StructuralKind::Entity))
            || self.returned.contains(&group.name)
            || if group.documents(key) {
                has_methods || is_related || states_key || has_relations(group)
            } else {
                has_methods && (states_key || !is_related)
            }
    }

    /// Whether properties hold the type as a value.
    pub(super) fn is_held(&self, name: &TypeName) -> bool {
        self.held.contains(name)
    }
}

fn states_key(group: &Group<'_>) -> bool {
    group.claims().any(|claim| !claim.key.is_empty())
}

fn has_relations(group: &Group<'_>) -> bool {
    let mut rows = group.claims().flat_map(|claim| &claim.rows);
    rows.any(|row| row.navigation)
}

/// Decides for every structural type. Kinds do not mix in a line of inheritance: what the type at its root is, all
/// are. Where the root's own page leaves it open, its descendants tell, unless properties hold it as a value.
pub(super) fn decide(
    schema: &mut VersionSchema,
    groups: &BTreeMap<String, Group<'_>>,
    uses: &Uses,
    rules: &Rules<'_>,
) {
    let likely: BTreeSet<TypeName> = groups
        .values()
        .filter(|group| group.form == Form::Structural && uses.is_entity(group))
        .map(|group| group.name.clone())
        .collect();
    let roots = roots(schema);
    let overridden = |root: &TypeName| rules.kinds.get(&root.as_str().to_ascii_lowercase());
    let entities: BTreeSet<TypeName> = roots
        .iter()
        .filter(|(_, root)| overridden(root) != Some(&Kind::Complex))
        .filter(|(name, root)| likely.contains(name) && (name == root || !uses.held.contains(root)))
        .map(|(_, root)| root.clone())
        .collect();
    for (name, root) in &roots {
        if let Some(Definition::Structural(structural)) =
            schema.types.get_mut(name).map(|ty| &mut ty.definition)
            && entities.contains(root)
        {
            structural.kind = StructuralKind::Entity;
        }
    }
}

/// Every type with the one at the root of its line of inheritance. Each step is walked once, however long the line.
fn roots(schema: &VersionSchema) -> Vec<(TypeName, TypeName)> {
    let mut known: BTreeMap<&TypeName, &TypeName> = BTreeMap::new();
    for name in schema.types.keys() {
        let mut trail = Vec::new();
        let mut at = name;
        let root = loop {
            if let Some(root) = known.get(at) {
                break *root;
            }
            trail.push(at);
            let base = schema
                .types
                .get(at)
                .and_then(|ty| ty.structural())
                .and_then(|structural| structural.base.as_ref());
            match base {
                Some(base) if schema.types.contains_key(&base.name) => at = &base.name,
                _ => break at,
            }
        };
        known.extend(trail.into_iter().map(|name| (name, root)));
    }
    known
        .into_iter()
        .map(|(name, root)| (name.clone(), root.clone()))
        .collect()
}
