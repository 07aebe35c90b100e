//! Findings about what moved between the less stable version and the stable one.

use super::Finder;
use super::draft::Draft;
use crate::diff::compare::Pair;
use crate::diff::fact::Fact;
use crate::diff::identity::Renames;
use crate::diff::rule::{About, Action};
use crate::diff::rules::lifecycle as rules;
use crate::diff::sides::Sides;
use crate::schema::{Definition, TypeName, VersionSchema, is_same_in_any_case};

/// How many differences of a type that was promoted are named.
const FEW: usize = 5;

impl<'a> Finder<'a, '_> {
    /// A change of the stable version, under the rule about the move if the less stable one has it too: what came if it was
    /// there before, and what went if it is still there.
    pub(super) fn moved(&self, draft: Draft<'a>) -> Draft<'a> {
        let Sides { old, new } = self.comparison.less_stable;
        let (version, ty, member) = match draft.rule.action {
            Action::Added => (old, draft.ty.new, draft.member.new),
            Action::Removed => (new, draft.ty.old, draft.member.old),
            Action::Changed | Action::Reworded => return draft,
        };
        let (promoted, demoted) = match draft.rule.about {
            About::Type => (rules::TYPE_PROMOTED, rules::TYPE_DEMOTED),
            About::Property => (rules::PROPERTY_PROMOTED, rules::PROPERTY_DEMOTED),
            About::Member => (rules::ENUM_MEMBER_PROMOTED, rules::ENUM_MEMBER_DEMOTED),
            About::Crate | About::Version | About::Enumeration => return draft,
        };
        let both = version.zip(ty);
        match both.is_some_and(|(version, ty)| has(version, ty, member)) {
            true if draft.rule.action == Action::Added => {
                draft.under(promoted, self.comparison.policy)
            }
            true => draft.under(demoted, self.comparison.policy),
            false => draft,
        }
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

/// Whether a version has a type, or a member of it, in any casing of their names.
fn has(version: &VersionSchema, ty: &TypeName, member: Option<&str>) -> bool {
    let Some((name, ty)) = version.find_in_any_case(ty.as_str()) else {
        return false;
    };
    match (member, &ty.definition) {
        (None, _) => true,
        (Some(key), Definition::Structural(_)) => version.property_in_any_case(name, key).is_some(),
        (Some(member), Definition::Enumeration(enumeration)) => {
            let mut members = enumeration.members.iter();
            members.any(|other| is_same_in_any_case(&other.name, member))
        }
    }
}
