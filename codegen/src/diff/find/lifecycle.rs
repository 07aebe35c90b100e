//! Findings about what moved between the less stable version and the stable one.

use super::Finder;
use super::draft::Draft;
use crate::diff::compare::Pair;
use crate::diff::fact::{Came, Change, Fact};
use crate::diff::identity::Renames;
use crate::diff::rule::{About, Action};
use crate::diff::rules::lifecycle as rules;
use crate::diff::sides::Sides;
use crate::schema::{Definition, Source, TypeName, VersionSchema, is_same_in_any_case};

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
            && let Some((_, other)) = beta.find_in_any_case(name.as_str())
            && let Some(differences) = self.differences(name, beta)
        {
            let Source { page, line } = &other.source;
            let draft = Draft::new(rules::PROMOTED_WITH_DIFFERENCES, fact);
            self.push(
                draft
                    .new_value(differences)
                    .hint(format!("the less stable one stands at {page}:{line}")),
            );
        }
    }

    /// In what the members of a type of the stable version differ from those of the less stable one.
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
        let differences = facts.filter_map(difference);
        let mut differences: Vec<(&str, String)> = differences.collect();
        // The first that is said of a member is enough.
        differences.dedup_by_key(|(member, _)| *member);
        if differences.is_empty() {
            return None;
        }
        let more = differences.len().saturating_sub(FEW);
        let shown = differences.iter().take(FEW);
        let shown: Vec<String> = shown
            .map(|(member, difference)| format!("{member}: {difference}"))
            .collect();
        let shown = shown.join(", ");
        Some(match more {
            0 => shown,
            more => format!("{shown} and {more} more"),
        })
    }
}

/// In what a member differs from the same of the less stable version, which is the new side here.
fn difference<'a>(fact: &Fact<'a>) -> Option<(&'a str, String)> {
    let member = fact.member.latest()?;
    let told = fact.change.told();
    let difference = match (&fact.change, told.old, told.new) {
        (Change::Property(Came::Removed(_)) | Change::Member(Came::Removed(_)), ..) => {
            "only in the stable version".to_owned()
        }
        (Change::Property(Came::Added(_)) | Change::Member(Came::Added(_)), ..) => {
            "not in the stable version".to_owned()
        }
        (_, Some(stable), Some(less_stable)) => format!("{stable} and not {less_stable}"),
        _ => "not the same".to_owned(),
    };
    Some((member, difference))
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
