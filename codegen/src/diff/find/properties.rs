//! Findings about properties and navigation properties.

use super::Finder;
use super::draft::Draft;
use super::exchanged::Exchanged;
use crate::diff::fact::{Came, Change, Fact};
use crate::diff::identity::has_member;
use crate::diff::rule::Rule;
use crate::diff::rules::properties as rules;
use crate::diff::shape::{self, TypeChange};
use crate::diff::sides::Sides;
use crate::diff::verdict::Wire;
use crate::schema::{
    Definition, ItemType, Property, PropertyTrait, StructuralKind, TypeName, TypeRef,
    VersionSchema, is_same_in_any_case,
};

impl<'a> Finder<'a, '_> {
    pub(super) fn property_fact(&mut self, fact: &'a Fact<'a>, exchanged: &Exchanged<'a>) {
        match &fact.change {
            Change::Property(Came::Added(property)) => self.declared(fact, property, exchanged),
            Change::Property(Came::Removed(property)) => {
                self.no_longer_declared(fact, property, exchanged);
            }
            Change::PropertyName => {
                let names = Sides {
                    old: fact.member.old.unwrap_or_default(),
                    new: fact.member.new.unwrap_or_default(),
                };
                self.push(Draft::new(renamed(names), fact).sides(names));
            }
            Change::PropertyType(types) => {
                let both =
                    |property: Sides<&Property>| property.old.navigation && property.new.navigation;
                let navigation = self.property(fact).is_some_and(both);
                self.retyped(fact, *types, navigation);
            }
            Change::Navigation(_) => {
                if let Some(property) = self.property(fact)
                    && let Some(rule) = self.navigation_rule(property)
                {
                    self.push(Draft::new(rule, fact));
                }
            }
            Change::Trait(what, _) => {
                let rule = self
                    .property(fact)
                    .and_then(|property| trait_rule(*what, property));
                if let Some(rule) = rule {
                    self.push(Draft::new(rule, fact));
                }
            }
            Change::Values(values) => {
                for draft in values_drafts(fact, *values) {
                    self.push(draft);
                }
            }
            Change::PropertyDescription(texts) => {
                let draft = Draft::new(rules::PROPERTY_DESCRIPTION_CHANGED, fact);
                self.push(draft.texts(*texts));
            }
            _ => {}
        }
    }

    /// A property that a type declares and did not declare before: new, or inherited before.
    fn declared(&mut self, fact: &'a Fact<'a>, property: &'a Property, exchanged: &Exchanged<'a>) {
        let (Some(key), Some(_)) = (fact.member.new, fact.ty.old) else {
            return;
        };
        let versions = self.pair.versions;
        let before = exchanged.properties_of.old.find(key);
        match before.filter(|(name, ..)| !is_another(versions.new, fact.ty.new, name, key)) {
            // What its bases lost is told there; here it is the same property, declared by another type.
            Some((name, _, before)) => {
                self.redeclared(fact, Sides::new((name, before), (key, property)))
            }
            None => self.gained(fact, key, property, None),
        }
    }

    /// A property that a type does not declare any more: gone, or declared by a base or by derived types.
    fn no_longer_declared(
        &mut self,
        fact: &'a Fact<'a>,
        property: &'a Property,
        exchanged: &Exchanged<'a>,
    ) {
        let (Some(key), Some(new)) = (fact.member.old, fact.ty.new) else {
            return;
        };
        let versions = self.pair.versions;
        let after = exchanged.properties_of.new.find(key);
        if let Some((name, owner, after)) =
            after.filter(|(name, ..)| !is_another(versions.old, fact.ty.old, name, key))
        {
            let mut moved = Draft::new(rules::PROPERTY_MOVED_TO_BASE, fact)
                .hint(format!("`{owner}` declares it"));
            moved.member = Sides::new(Some(key), Some(name));
            moved.places.new = Some(&after.source);
            moved.also = Some(owner);
            self.push(moved);
            self.redeclared(fact, Sides::new((key, property), (name, after)));
            return;
        }
        let descendants = self.comparison.surfaces.new.descendants(new);
        let mut declaring = descendants.iter().filter(|name| {
            let ty = versions
                .new
                .types
                .get(**name)
                .and_then(|ty| ty.structural());
            ty.is_some_and(|ty| ty.properties.contains_key(key))
        });
        if let Some(first) = declaring.next() {
            let more = declaring.count();
            let hint = match more {
                0 => format!("`{first}` declares it"),
                more => format!("`{first}` and {more} more declare it"),
            };
            let draft = Draft::new(rules::PROPERTY_MOVED_TO_DERIVED, fact);
            self.push(draft.old(&property.ty).hint(hint));
            return;
        }
        let successor = exchanged.of_property(key, property);
        self.lost(fact, key, property, successor);
    }

    /// The same property, declared by another type than before.
    fn redeclared(&mut self, fact: &'a Fact<'a>, properties: Sides<(&'a str, &'a Property)>) {
        let names = properties.map(|(name, _)| name);
        let here = Sides {
            old: &properties.old.1.source,
            new: &properties.new.1.source,
        };
        let member = names.map(Some);
        if names.old != names.new {
            let mut draft = Draft::new(renamed(names), fact).sides(names);
            draft.member = member;
            draft.places = here.map(Some);
            self.push(draft);
        }
        let property = properties.map(|(_, property)| property);
        let mut drafts = Vec::new();
        if !self
            .pair
            .identity
            .is_same_ref(&property.old.ty, &property.new.ty)
        {
            let types = property.map(|property| &property.ty);
            let navigation = property.old.navigation && property.new.navigation;
            drafts.push(self.retyped_draft(fact, types, navigation));
        }
        let navigation = self.navigation_rule(property);
        drafts.extend(navigation.map(|rule| Draft::new(rule, fact)));
        let traits = PropertyTrait::ALL.into_iter();
        let rules = traits.filter_map(|what| trait_rule(what, property));
        drafts.extend(rules.map(|rule| Draft::new(rule, fact)));
        drafts.extend(values_drafts(
            fact,
            property.map(|property| &*property.values),
        ));
        for mut draft in drafts {
            draft.member = member;
            draft.places = here.map(Some);
            self.push(draft);
        }
    }

    pub(super) fn gained(
        &mut self,
        fact: &'a Fact<'a>,
        key: &'a str,
        property: &'a Property,
        from: Option<&TypeName>,
    ) {
        let says = |what| property.traits.contains(what);
        let draft = |rule| Draft::new(rule, fact);
        let draft = if property.navigation {
            draft(rules::NAVIGATION_ADDED)
        } else if says(PropertyTrait::Required) {
            draft(rules::PROPERTY_ADDED_REQUIRED)
        } else if says(PropertyTrait::NotNullable) && !says(PropertyTrait::ReadOnly) {
            draft(rules::PROPERTY_ADDED_NOT_NULLABLE)
        } else {
            draft(rules::PROPERTY_ADDED)
        };
        let mut draft = draft.new_value(&property.ty);
        draft.member = Sides::new(None, Some(key));
        draft.places = Sides::new(None, Some(&property.source));
        draft.hint = from.map(|from| format!("it is inherited from `{from}`"));
        self.push(self.moved(draft));
    }

    pub(super) fn lost(
        &mut self,
        fact: &'a Fact<'a>,
        key: &'a str,
        property: &'a Property,
        hint: Option<String>,
    ) {
        let deprecated = property.traits.contains(PropertyTrait::Deprecated);
        let rule = match (deprecated, property.navigation) {
            (true, _) => rules::PROPERTY_REMOVED_AFTER_DEPRECATION,
            (false, true) => rules::NAVIGATION_REMOVED,
            (false, false) => rules::PROPERTY_REMOVED,
        };
        let mut draft = Draft::new(rule, fact).old(&property.ty);
        draft.member = Sides::new(Some(key), None);
        draft.places = Sides::new(Some(&property.source), None);
        draft.hint = hint;
        self.push(self.moved(draft));
    }

    /// The rule about a property that became a navigation property, or the other way around; none if that is only where the
    /// docs list it, for what leads to no entity type is no navigation property (OData CSDL 4.01, section 8).
    fn navigation_rule(&self, property: Sides<&Property>) -> Option<&'static Rule> {
        let leads_to_entity = |version: &VersionSchema, property: &Property| {
            let ItemType::Named(name) = &property.ty.item else {
                return false;
            };
            match version.types.get(name).map(|ty| &ty.definition) {
                Some(Definition::Structural(ty)) => ty.kind == StructuralKind::Entity,
                _ => false,
            }
        };
        let versions = self.pair.versions;
        match (property.old.navigation, property.new.navigation) {
            (false, true) => leads_to_entity(versions.new, property.new)
                .then_some(rules::PROPERTY_BECAME_NAVIGATION),
            (true, false) => leads_to_entity(versions.old, property.old)
                .then_some(rules::NAVIGATION_BECAME_PROPERTY),
            _ => None,
        }
    }

    fn retyped(&mut self, fact: &'a Fact<'a>, types: Sides<&'a TypeRef>, navigation: bool) {
        let draft = self.retyped_draft(fact, types, navigation);
        self.push(draft);
    }

    fn retyped_draft(
        &self,
        fact: &'a Fact<'a>,
        types: Sides<&'a TypeRef>,
        navigation: bool,
    ) -> Draft<'a> {
        let change = TypeChange::new(self.pair, types);
        let mut wire = None;
        let rule = match change {
            TypeChange::BecameCollection | TypeChange::NoLongerCollection if navigation => {
                rules::NAVIGATION_COLLECTION_CHANGED
            }
            TypeChange::BecameCollection => rules::PROPERTY_BECAME_COLLECTION,
            TypeChange::NoLongerCollection => rules::PROPERTY_NO_LONGER_COLLECTION,
            TypeChange::Stated => rules::PROPERTY_TYPE_STATED,
            TypeChange::Unstated => rules::PROPERTY_TYPE_UNSTATED,
            TypeChange::Widened => rules::PROPERTY_TYPE_WIDENED,
            TypeChange::Narrowed => rules::PROPERTY_TYPE_NARROWED,
            TypeChange::StringToEnum => {
                let values = self.pair.versions.old;
                let listed = values_of(values, fact.ty.old, fact.member.old);
                let write = match members_among(self.pair.versions.new, &types.new.item, listed) {
                    Some(true) => Wire::Safe,
                    Some(false) | None => Wire::Breaking,
                };
                wire = Some((Wire::Safe, write));
                rules::PROPERTY_STRING_TO_ENUM
            }
            TypeChange::EnumToString => {
                let values = self.pair.versions.new;
                let listed = values_of(values, fact.ty.new, fact.member.new);
                let read = match members_among(self.pair.versions.old, &types.old.item, listed) {
                    Some(true) => Wire::Safe,
                    Some(false) | None => Wire::Risky,
                };
                wire = Some((read, Wire::Safe));
                rules::PROPERTY_ENUM_TO_STRING
            }
            TypeChange::StringFormat => rules::PROPERTY_STRING_FORMAT_CHANGED,
            TypeChange::Retargeted if navigation => rules::NAVIGATION_TARGET_CHANGED,
            TypeChange::Retargeted => {
                if let (ItemType::Named(old), ItemType::Named(new)) =
                    (&types.old.item, &types.new.item)
                {
                    let shape = shape::compare(self.pair, Sides::new(old, new));
                    wire = Some((shape.read, shape.write));
                }
                rules::PROPERTY_REF_RETARGETED
            }
            TypeChange::Other => rules::PROPERTY_TYPE_CHANGED,
        };
        let draft = Draft::new(rule, fact).sides(types);
        match wire {
            Some((read, write)) => draft.wire(read, write),
            None => draft,
        }
    }

    /// The property that a fact is about, as both types declare it.
    fn property(&self, fact: &Fact<'a>) -> Option<Sides<&'a Property>> {
        let versions = self.pair.versions;
        let old = versions.old.types.get(fact.ty.old?)?.structural()?;
        let new = versions.new.types.get(fact.ty.new?)?.structural()?;
        Some(Sides {
            old: old.properties.get(fact.member.old?)?,
            new: new.properties.get(fact.member.new?)?,
        })
    }
}

/// Whether a property that differs from another in case only stands beside it, so that it is no other spelling of it.
fn is_another(version: &VersionSchema, ty: Option<&TypeName>, name: &str, key: &str) -> bool {
    name != key && ty.is_some_and(|ty| has_member(version, ty, name))
}

/// The values that the docs list for a property.
fn values_of<'v>(
    version: &'v VersionSchema,
    ty: Option<&'v TypeName>,
    member: Option<&str>,
) -> &'v [String] {
    let property = ty
        .zip(member)
        .and_then(|(ty, member)| version.property_in_any_case(ty, member));
    property.map_or(&[][..], |(_, _, property)| &property.values)
}

/// Whether all values are members of an enumeration; none if there are no values.
fn members_among(version: &VersionSchema, ty: &ItemType, values: &[String]) -> Option<bool> {
    let ItemType::Named(name) = ty else {
        return None;
    };
    let enumeration = version.types.get(name)?.enumeration()?;
    let is_member = |value: &String| {
        let mut members = enumeration.members.iter();
        members.any(|member| member.name == *value)
    };
    (!values.is_empty()).then(|| values.iter().all(is_member))
}

/// Whether the docs say nothing of a property but that it is there.
fn is_silent(property: &Property) -> bool {
    property.description.is_none() && property.traits.is_empty()
}

/// What it means that a row says something, or does not say it any more; none if it means nothing.
fn trait_rule(what: PropertyTrait, property: Sides<&Property>) -> Option<&'static Rule> {
    let says = |what| property.map(|property| property.traits.contains(what));
    let has = says(what);
    if has.old == has.new {
        return None;
    }
    // An empty cell, or a member that only a JSON block shows, takes nothing back and says nothing new of what was
    // before; but that a property is deprecated is news however little was said of it.
    let silent = property.map(is_silent);
    if silent.new || silent.old && what != PropertyTrait::Deprecated {
        return None;
    }
    // Docs that say nothing about null do not say that it is possible, so only both statements together count.
    let took_place_of = |other| has.new && says(other) == Sides::new(true, false);
    Some(match (what, has.new) {
        (PropertyTrait::ReadOnly, true) => rules::PROPERTY_BECAME_READ_ONLY,
        (PropertyTrait::ReadOnly, false) => rules::PROPERTY_NO_LONGER_READ_ONLY,
        (PropertyTrait::Required, true) => rules::PROPERTY_BECAME_REQUIRED,
        (PropertyTrait::Required, false) => rules::PROPERTY_BECAME_OPTIONAL,
        (PropertyTrait::Deprecated, true) => rules::PROPERTY_DEPRECATED,
        (PropertyTrait::Deprecated, false) => rules::PROPERTY_UNDEPRECATED,
        (PropertyTrait::SelectOnly, true) => rules::PROPERTY_BECAME_SELECT_ONLY,
        (PropertyTrait::SelectOnly, false) => rules::PROPERTY_NO_LONGER_SELECT_ONLY,
        (PropertyTrait::Contained, _) => rules::NAVIGATION_CONTAINMENT_CHANGED,
        (PropertyTrait::Nullable, _) if took_place_of(PropertyTrait::NotNullable) => {
            rules::PROPERTY_BECAME_NULLABLE
        }
        (PropertyTrait::NotNullable, _) if took_place_of(PropertyTrait::Nullable) => {
            rules::PROPERTY_BECAME_NON_NULLABLE
        }
        (PropertyTrait::Nullable | PropertyTrait::NotNullable, _) => return None,
    })
}

/// What came to a list of possible values, and what went from it.
fn values_drafts<'a>(fact: &Fact<'a>, values: Sides<&[String]>) -> Vec<Draft<'a>> {
    // A list where there was none, or none where there was one, says nothing about the values.
    if values.old.is_empty() || values.new.is_empty() {
        return Vec::new();
    }
    let recased = |one: &String, other: &[String]| {
        let mut others = other.iter();
        others.any(|other| is_same_in_any_case(one, other))
    };
    let only = |one: &[String], other: &[String], is_recased: bool| {
        let one = one.iter().filter(|value| !other.contains(value));
        let one = one.filter(|value| recased(value, other) == is_recased);
        let one: Vec<&str> = one.map(String::as_str).collect();
        Some(one.join(", ")).filter(|values| !values.is_empty())
    };
    let draft = |rule| Draft::new(rule, fact);
    let added = only(values.new, values.old, false);
    let removed = only(values.old, values.new, false);
    let recased = Sides {
        old: only(values.old, values.new, true),
        new: only(values.new, values.old, true),
    };
    let added = added.map(|added| draft(rules::POSSIBLE_VALUES_ADDED).new_value(added));
    let removed = removed.map(|removed| draft(rules::POSSIBLE_VALUES_REMOVED).old(removed));
    let recased = match recased {
        Sides {
            old: Some(old),
            new: Some(new),
        } => Some(draft(rules::POSSIBLE_VALUES_RECASED).sides(Sides::new(old, new))),
        _ => None,
    };
    let drafts = added.into_iter().chain(removed).chain(recased);
    drafts.collect()
}

fn renamed(names: Sides<&str>) -> &'static Rule {
    match is_same_in_any_case(names.old, names.new) {
        true => rules::PROPERTY_RECASED,
        false => rules::PROPERTY_RENAMED,
    }
}
