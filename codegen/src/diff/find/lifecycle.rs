//! Findings about what moved between the less stable version and the stable one.

use super::Finder;
use super::draft::Draft;
use crate::diff::compare::Pair;
use crate::diff::fact::Fact;
use crate::diff::identity::Renames;
use crate::diff::rule::Rule;
use crate::diff::rules::lifecycle as rules;
use crate::diff::sides::Sides;
use crate::schema::{TypeName, VersionSchema, is_same_in_any_case};

/// How many differences of a type that was promoted are named.
const FEW: usize = 5;

impl<'a> Finder<'a, '_> {
    /// A change of the stable version, under the rule about the move if the less stable one has it too.
    fn moved(&self, draft: Draft<'a>, is_there: bool, rule: &'static Rule) -> Draft<'a> {
        match is_there {
            true => draft.under(rule, self.comparison.policy),
            false => draft,
        }
    }

    /// A type that came to the stable version, under the rule about the move if it was in the less stable one before.
    pub(super) fn promoted_type(&self, draft: Draft<'a>) -> Draft<'a> {
        let is_there = has_type(self.comparison.less_stable.old, draft.ty.new);
        self.moved(draft, is_there, rules::TYPE_PROMOTED)
    }

    /// A type that went from the stable version, under the rule about the move if it is still in the less stable one.
    pub(super) fn demoted_type(&self, draft: Draft<'a>) -> Draft<'a> {
        let is_there = has_type(self.comparison.less_stable.new, draft.ty.old);
        self.moved(draft, is_there, rules::TYPE_DEMOTED)
    }

    pub(super) fn promoted_property(&self, draft: Draft<'a>) -> Draft<'a> {
        let key = draft.member.new.unwrap_or_default();
        let is_there = has_property(self.comparison.less_stable.old, draft.ty.new, key);
        self.moved(draft, is_there, rules::PROPERTY_PROMOTED)
    }

    pub(super) fn demoted_property(&self, draft: Draft<'a>) -> Draft<'a> {
        let key = draft.member.old.unwrap_or_default();
        let is_there = has_property(self.comparison.less_stable.new, draft.ty.old, key);
        self.moved(draft, is_there, rules::PROPERTY_DEMOTED)
    }

    pub(super) fn promoted_member(&self, draft: Draft<'a>) -> Draft<'a> {
        let member = draft.member.new.unwrap_or_default();
        let is_there = has_member(self.comparison.less_stable.old, draft.ty.new, member);
        self.moved(draft, is_there, rules::ENUM_MEMBER_PROMOTED)
    }

    pub(super) fn demoted_member(&self, draft: Draft<'a>) -> Draft<'a> {
        let member = draft.member.old.unwrap_or_default();
        let is_there = has_member(self.comparison.less_stable.new, draft.ty.old, member);
        self.moved(draft, is_there, rules::ENUM_MEMBER_DEMOTED)
    }

    /// In what a type differs that came to the stable version and is in the less stable one too.
    pub(super) fn promoted_with_differences(&mut self, fact: &'a Fact<'a>) {
        if let (Some(name), Some(beta)) = (fact.ty.new, self.comparison.less_stable.new)
            && let Some(differences) = self.differences(name, beta)
        {
            let draft = Draft::new(rules::PROMOTED_WITH_DIFFERENCES, fact);
            self.push(draft.new_value(differences));
        }
    }

    /// The members in which a type of the stable version differs from that of the less stable one.
    fn differences(&self, name: &TypeName, beta: &VersionSchema) -> Option<String> {
        let stable = self.pair.versions.new;
        let names = Sides::new(self.pair.names.new, self.pair.names.new);
        let renames = Renames::default();
        let only = |version: &VersionSchema| VersionSchema {
            types: version
                .lineage(
                    version
                        .find_in_any_case(name.as_str())
                        .map_or(name, |(name, _)| name),
                )
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

/// Whether a version has a type, in any casing of its name.
fn has_type(version: Option<&VersionSchema>, ty: Option<&TypeName>) -> bool {
    let both = version.zip(ty);
    both.is_some_and(|(version, ty)| version.find_in_any_case(ty.as_str()).is_some())
}

fn has_property(version: Option<&VersionSchema>, ty: Option<&TypeName>, key: &str) -> bool {
    version.zip(ty).is_some_and(|(version, ty)| {
        let ty = version.find_in_any_case(ty.as_str());
        ty.is_some_and(|(ty, _)| version.property_in_any_case(ty, key).is_some())
    })
}

fn has_member(version: Option<&VersionSchema>, ty: Option<&TypeName>, member: &str) -> bool {
    let enumeration = version.zip(ty).and_then(|(version, ty)| {
        let (_, ty) = version.find_in_any_case(ty.as_str())?;
        ty.enumeration()
    });
    enumeration.is_some_and(|enumeration| {
        let mut members = enumeration.members.iter();
        members.any(|other| is_same_in_any_case(&other.name, member))
    })
}
