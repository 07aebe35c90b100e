//! Findings about whole types.

use std::collections::HashMap;

use super::draft::Draft;
use super::exchanged::Exchanged;
use super::{Alone, Finder, Outline};
use crate::diff::fact::{Came, Change, Fact};
use crate::diff::rules::{lifecycle, types as rules};
use crate::diff::sides::Sides;
use crate::schema::{Base, Definition, Type, TypeName, VersionSchema, is_same_in_any_case};

impl<'a> Finder<'a, '_> {
    /// The findings of all facts about one type.
    pub(super) fn of_type(&mut self, facts: &'a [Fact<'a>]) {
        let is_enumeration = facts
            .first()
            .is_some_and(|first| self.is_enumeration(first.ty));
        let exchanged = Exchanged::of(facts, self.pair.versions);
        for fact in facts {
            match fact.member.latest() {
                None => self.type_fact(fact),
                // These are told together.
                Some(_) if is_enumeration => {}
                Some(_) => self.property_fact(fact, &exchanged),
            }
        }
        if is_enumeration {
            self.member_facts(facts, &exchanged);
            self.crossed(facts);
        }
    }

    fn is_enumeration(&self, ty: Sides<Option<&TypeName>>) -> bool {
        let name = ty.new.or(ty.old);
        let version = match ty.new {
            Some(_) => self.pair.versions.new,
            None => self.pair.versions.old,
        };
        name.and_then(|name| version.types.get(name))
            .is_some_and(|ty| ty.enumeration().is_some())
    }

    fn type_fact(&mut self, fact: &'a Fact<'a>) {
        let draft = |rule| Draft::new(rule, fact);
        let kind = |ty: &Type| ty.kind_name();
        match &fact.change {
            Change::Type(Came::Added(ty)) => self.added(fact, ty),
            Change::Type(Came::Removed(ty)) => self.removed(fact, ty),
            Change::TypeName => self.renamed(fact),
            Change::Definition(_) => {
                let version = self.pair.versions;
                let old = fact.ty.old.and_then(|name| version.old.types.get(name));
                let new = fact.ty.new.and_then(|name| version.new.types.get(name));
                let mut draft = draft(rules::TYPE_KIND_CHANGED);
                draft.old = old.map(kind).map(str::to_owned);
                draft.new = new.map(kind).map(str::to_owned);
                self.push(draft);
            }
            Change::Kind(sides) => {
                let names = sides.map(|kind| kind.name());
                self.push(draft(rules::ENTITY_COMPLEX_CHANGED).sides(names));
            }
            Change::Base(bases) => self.base(fact, *bases),
            Change::Open(sides) => self.push(draft(match sides.new {
                true => rules::TYPE_BECAME_OPEN,
                false => rules::TYPE_NO_LONGER_OPEN,
            })),
            Change::Abstract(sides) => self.push(draft(match sides.new {
                true => rules::TYPE_BECAME_ABSTRACT,
                false => rules::TYPE_NO_LONGER_ABSTRACT,
            })),
            Change::HasStream(sides) => {
                let words = sides.map(|is_media| match is_media {
                    true => "media entity",
                    false => "no media entity",
                });
                self.push(draft(rules::TYPE_MEDIA_CHANGED).sides(words));
            }
            Change::Key(keys) => {
                // Docs that do not state a key do not say that there is none.
                if !keys.old.is_empty() && !keys.new.is_empty() {
                    let names = keys.map(|names| names.join(", "));
                    self.push(draft(rules::TYPE_KEY_CHANGED).sides(names));
                }
            }
            Change::TypeDeprecated(sides) => self.push(draft(match sides.new {
                true => rules::TYPE_DEPRECATED,
                false => rules::TYPE_UNDEPRECATED,
            })),
            Change::TypeDescription(texts) => {
                self.push(draft(rules::TYPE_DESCRIPTION_CHANGED).texts(*texts));
            }
            // Where features are others because of it, the crate tells.
            Change::Area(_) | Change::TypeSource(_) => {}
            _ => self.enumeration_fact(fact),
        }
    }

    fn added(&mut self, fact: &'a Fact<'a>, ty: &'a Type) {
        let Some(name) = fact.ty.new else { return };
        let arrives = self
            .pair
            .versions
            .new
            .lineage(name)
            .skip(1)
            .find(|(base, _)| {
                let old = self.pair.identity.old_of(base);
                old.is_some_and(|old| self.references.old.contains_key(old))
            });
        let draft = match arrives {
            Some((base, _)) => Draft::new(rules::DERIVED_TYPE_ADDED, fact)
                .new_value(base)
                .hint(format!("it can arrive where `{base}` is declared")),
            None => Draft::new(rules::TYPE_ADDED, fact).new_value(ty.kind_name()),
        };
        let draft = self.moved(draft);
        let is_promoted = draft.rule == lifecycle::TYPE_PROMOTED;
        self.push(draft);
        if is_promoted {
            self.promoted_with_differences(fact);
        }
    }

    fn removed(&mut self, fact: &'a Fact<'a>, ty: &'a Type) {
        let rule = match ty.deprecated {
            true => rules::TYPE_REMOVED_AFTER_DEPRECATION,
            false => rules::TYPE_REMOVED,
        };
        let mut draft = Draft::new(rule, fact).old(ty.kind_name());
        draft.hint = self.successor(ty);
        self.push(self.moved(draft));
    }

    /// The one new type that has the same properties, by name, as the one type that is gone.
    fn successor(&mut self, ty: &'a Type) -> Option<String> {
        let own = members(ty);
        if own.len() < 2 {
            return None;
        }
        let pair = self.pair;
        let alone = self.alone.get_or_insert_with(|| {
            let by_members = |version: &'a VersionSchema, is_alone: &dyn Fn(&TypeName) -> bool| {
                let mut alone: Alone<'a> = HashMap::new();
                let types = version.types.iter();
                for (name, ty) in types.filter(|(name, _)| is_alone(name)) {
                    alone.entry(outline(ty)).or_default().push((name, ty));
                }
                alone
            };
            Sides {
                old: by_members(pair.versions.old, &|name| {
                    pair.identity.new_of(name).is_none()
                }),
                new: by_members(pair.versions.new, &|name| {
                    pair.identity.old_of(name).is_none()
                }),
            }
        });
        let mut alike = alone.as_ref().map(|alone| {
            let alike = alone.get(&outline(ty)).into_iter().flatten();
            alike.filter(|(_, other)| members(other) == own)
        });
        let _itself = alike.old.next()?;
        let (successor, _) = alike.new.next()?;
        (alike.old.next().is_none() && alike.new.next().is_none()).then(|| {
            format!("`{successor}` is new and has the same members: it may be this type under another name")
        })
    }

    fn renamed(&mut self, fact: &'a Fact<'a>) {
        let Sides {
            old: Some(old),
            new: Some(new),
        } = fact.ty
        else {
            return;
        };
        let rule = if is_same_in_any_case(old.as_str(), new.as_str()) {
            rules::TYPE_RECASED
        } else if is_same_in_any_case(old.short(), new.short()) {
            rules::TYPE_NAMESPACE_MOVED
        } else {
            rules::TYPE_RENAMED
        };
        self.push(Draft::new(rule, fact).sides(Sides::new(old, new)));
    }

    fn base(&mut self, fact: &'a Fact<'a>, bases: Sides<Option<&'a Base>>) {
        let is_same = match (bases.old, bases.new) {
            (Some(old), Some(new)) => self.pair.identity.is_same(&old.name, &new.name),
            (None, None) => true,
            _ => false,
        };
        if is_same {
            return;
        }
        let draft = Draft::new(rules::BASE_TYPE_CHANGED, fact);
        let name = |base: Option<&Base>| match base {
            Some(base) => base.name.to_string(),
            None => "no base".to_owned(),
        };
        self.push(draft.sides(bases.map(name)));
        self.inherited(fact);
    }

    /// What a type gained or lost because it derives from another.
    fn inherited(&mut self, fact: &'a Fact<'a>) {
        let Sides {
            old: Some(old),
            new: Some(new),
        } = fact.ty
        else {
            return;
        };
        let versions = self.pair.versions;
        for (key, (owner, property)) in versions.old.effective_properties(old) {
            if owner == old || versions.new.property_in_any_case(new, key).is_some() {
                continue;
            }
            // What the base itself lost is told there.
            let base = self.pair.identity.new_of(owner);
            if base.is_none_or(|base| versions.new.property_in_any_case(base, key).is_some()) {
                let hint = format!("it was inherited from `{owner}`");
                self.lost(fact, key, property, Some(hint));
            }
        }
        for (key, (owner, property)) in versions.new.effective_properties(new) {
            if owner == new || versions.old.property_in_any_case(old, key).is_some() {
                continue;
            }
            let base = self.pair.identity.old_of(owner);
            if base.is_none_or(|base| versions.old.property_in_any_case(base, key).is_some()) {
                self.gained(fact, key, property, Some(owner));
            }
        }
    }
}

/// What types of the same members have in common that is quickly told.
fn outline(ty: &Type) -> Outline<'_> {
    let members = members(ty);
    let first = members.first().copied().unwrap_or_default();
    (ty.structural().is_some(), members.len(), first)
}

/// The names of a type's own properties or of its members.
fn members(ty: &Type) -> Vec<&str> {
    match &ty.definition {
        Definition::Structural(structural) => {
            structural.properties.keys().map(String::as_str).collect()
        }
        Definition::Enumeration(enumeration) => {
            let members = enumeration.members.iter();
            members.map(|member| member.name.as_str()).collect()
        }
    }
}
