//! Findings about what moved between the less stable version and the stable one.

use super::{Draft, Finder};
use crate::diff::compare::Pair;
use crate::diff::fact::Fact;
use crate::diff::identity::Renames;
use crate::diff::rules::lifecycle as rules;
use crate::diff::sides::Sides;
use crate::schema::{Property, Type, TypeName, VersionSchema};

/// How many differences of a type that was promoted are named.
const FEW: usize = 5;

impl<'a> Finder<'a, '_> {
    /// A type that came to the stable version and was in the less stable one before.
    pub(super) fn promoted_type(&mut self, fact: &'a Fact<'a>, ty: &'a Type) -> bool {
        let less_stable = self.comparison.less_stable;
        let (Some(name), Some(before)) = (fact.ty.new, less_stable.old) else {
            return false;
        };
        if find(before, name).is_none() {
            return false;
        }
        let draft = Draft::new(rules::TYPE_PROMOTED, fact);
        self.push(draft.new_value(ty.kind_name()));
        if let Some(beta) = less_stable.new
            && let Some(differences) = self.differences(name, beta)
        {
            let draft = Draft::new(rules::PROMOTED_WITH_DIFFERENCES, fact);
            self.push(draft.new_value(differences));
        }
        true
    }

    /// A type that went from the stable version and is still in the less stable one.
    pub(super) fn demoted_type(&mut self, fact: &'a Fact<'a>, ty: &'a Type) -> bool {
        let (Some(name), Some(beta)) = (fact.ty.old, self.comparison.less_stable.new) else {
            return false;
        };
        if find(beta, name).is_none() {
            return false;
        }
        let draft = Draft::new(rules::TYPE_DEMOTED, fact);
        self.push(draft.old(ty.kind_name()));
        true
    }

    pub(super) fn promoted_property(
        &mut self,
        fact: &'a Fact<'a>,
        key: &'a str,
        property: &'a Property,
    ) -> bool {
        let less_stable = self.comparison.less_stable.old;
        let (Some(ty), Some(before)) = (fact.ty.new, less_stable) else {
            return false;
        };
        if !before.effective_properties(ty).contains_key(key) {
            return false;
        }
        let mut draft = Draft::new(rules::PROPERTY_PROMOTED, fact).new_value(&property.ty);
        draft.member = Sides::new(None, Some(key));
        draft.places = Sides::new(None, Some(&property.source));
        self.push(draft);
        true
    }

    pub(super) fn demoted_property(
        &mut self,
        fact: &'a Fact<'a>,
        key: &'a str,
        property: &'a Property,
    ) -> bool {
        let less_stable = self.comparison.less_stable.new;
        let (Some(ty), Some(beta)) = (fact.ty.old, less_stable) else {
            return false;
        };
        if !beta.effective_properties(ty).contains_key(key) {
            return false;
        }
        let mut draft = Draft::new(rules::PROPERTY_DEMOTED, fact).old(&property.ty);
        draft.member = Sides::new(Some(key), None);
        draft.places = Sides::new(Some(&property.source), None);
        self.push(draft);
        true
    }

    pub(super) fn promoted_member(&mut self, fact: &'a Fact<'a>, member: &str) -> bool {
        let less_stable = self.comparison.less_stable.old;
        let was_there = has_member(less_stable, fact.ty.new, member);
        if was_there {
            self.push(Draft::new(rules::ENUM_MEMBER_PROMOTED, fact));
        }
        was_there
    }

    pub(super) fn demoted_member(&mut self, fact: &'a Fact<'a>, member: &str) -> bool {
        let less_stable = self.comparison.less_stable.new;
        let is_there = has_member(less_stable, fact.ty.old, member);
        if is_there {
            self.push(Draft::new(rules::ENUM_MEMBER_DEMOTED, fact));
        }
        is_there
    }

    /// The members in which a type of the stable version differs from that of the less stable one.
    fn differences(&self, name: &TypeName, beta: &VersionSchema) -> Option<String> {
        let stable = self.pair.versions.new;
        let names = Sides::new(self.pair.names.new, self.pair.names.new);
        let renames = Renames::default();
        let only = |version: &VersionSchema| VersionSchema {
            types: version
                .lineage(find(version, name).unwrap_or(name))
                .map(|(name, ty)| (name.clone(), ty.clone()))
                .collect(),
        };
        let (stable, beta) = (only(stable), only(beta));
        let pair = Pair::new(names, Sides::new(&stable, &beta), &renames);
        let facts = pair.facts(&renames);
        let facts = facts.iter().filter(|fact| !fact.change.is_about_docs());
        let mut members: Vec<&str> = facts.filter_map(|fact| fact.member.latest()).collect();
        members.dedup();
        if members.is_empty() {
            return None;
        }
        let more = members.len().saturating_sub(FEW);
        let shown = members[..members.len().min(FEW)].join(", ");
        Some(match more {
            0 => shown,
            more => format!("{shown} and {more} more"),
        })
    }
}

/// A type by its name, in any casing of it.
fn find<'v>(version: &'v VersionSchema, name: &TypeName) -> Option<&'v TypeName> {
    let exact = version.types.get_key_value(name).map(|(name, _)| name);
    exact.or_else(|| {
        let lower = name.as_str().to_lowercase();
        let mut names = version.types.keys();
        names.find(|name| name.as_str().to_lowercase() == lower)
    })
}

fn has_member(version: Option<&VersionSchema>, ty: Option<&TypeName>, member: &str) -> bool {
    let enumeration = version
        .zip(ty)
        .and_then(|(version, name)| version.types.get(name)?.enumeration());
    enumeration.is_some_and(|enumeration| {
        let mut members = enumeration.members.iter();
        members.any(|other| other.name == member)
    })
}
