//! What came to a type when something else went from it, and may be the same under another name.

use std::collections::HashMap;

use crate::diff::fact::{Came, Change, Fact};
use crate::diff::sides::Sides;
use crate::schema::{EnumType, PropertiesInAnyCase, Property, TypeName, TypeRef, VersionSchema};

/// What came to a type and what went from it. Found out once for all that went, for that may be everything.
#[derive(Debug)]
pub(super) struct Exchanged<'a> {
    /// What the type has on either side.
    pub(super) properties_of: Sides<PropertiesInAnyCase<'a>>,
    /// How many properties went, and which came, of each type of values.
    properties: HashMap<&'a TypeRef, Of<'a>>,
    /// The members that came, by their positions.
    came: HashMap<usize, &'a str>,
    members_went: usize,
}

/// The properties of one type of values.
#[derive(Debug, Default)]
struct Of<'a> {
    went: usize,
    came: Vec<&'a str>,
}

impl<'a> Exchanged<'a> {
    /// What is said by the facts about one type of these versions.
    pub(super) fn of(facts: &'a [Fact<'a>], versions: Sides<&'a VersionSchema>) -> Self {
        let properties_of = |version, ty: Option<&'a TypeName>| {
            ty.map_or_else(Default::default, |ty| PropertiesInAnyCase::of(version, ty))
        };
        let ty = facts.first().map(|first| first.ty);
        let mut exchanged = Self {
            properties_of: Sides {
                old: properties_of(versions.old, ty.and_then(|ty| ty.old)),
                new: properties_of(versions.new, ty.and_then(|ty| ty.new)),
            },
            properties: HashMap::new(),
            came: HashMap::new(),
            members_went: 0,
        };
        for fact in facts {
            match &fact.change {
                Change::Property(Came::Added(new)) => {
                    let of_type = exchanged.properties.entry(&new.ty).or_default();
                    of_type.came.extend(fact.member.new);
                }
                Change::Property(Came::Removed(old)) => {
                    exchanged.properties.entry(&old.ty).or_default().went += 1;
                }
                Change::Member(Came::Added((at, member))) => {
                    exchanged.came.insert(*at, &member.name);
                }
                Change::Member(Came::Removed(_)) => exchanged.members_went += 1,
                _ => {}
            }
        }
        exchanged
    }

    /// The one property that came to the type when the one of its type of values went, as a hint.
    pub(super) fn of_property(&self, went: &str, property: &Property) -> Option<String> {
        let of_type = self.properties.get(&property.ty)?;
        let ([new], 1) = (&of_type.came[..], of_type.went) else {
            return None;
        };
        Some(format!(
            "`{new}` is new and of the same type: `{went}` may have been renamed"
        ))
    }

    /// The member that came when the one at a position went, as a hint: the only one, or the one at the same position of a
    /// list that is as long as before.
    pub(super) fn of_member(&self, enums: Sides<&EnumType>, at: usize) -> Option<String> {
        let new = match (self.came.len(), self.members_went) {
            (1, 1) => self.came.values().next()?,
            _ if enums.old.members.len() == enums.new.members.len() => self.came.get(&at)?,
            _ => return None,
        };
        let old = &enums.old.members[at].name;
        Some(format!("`{new}` is new: `{old}` may have been renamed"))
    }
}
