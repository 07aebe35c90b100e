//! Findings about the emitted crate: what no change of the type or member itself explains.

use super::Finder;
use super::claims::At;
use crate::diff::emitted::{Emitted, What};
use crate::diff::finding::{Affects, Finding};
use crate::diff::sides::Sides;
use crate::schema::{Definition, Source, TypeName, VersionSchema};
use std::collections::BTreeMap;

impl<'a> Finder<'a, '_> {
    /// Tells what differs in the crate and belongs to no finding yet.
    pub(super) fn rest(&mut self, emitted: &'a [Emitted<'a>]) {
        let mut told: BTreeMap<Key<'a>, Vec<At<'a>>> = BTreeMap::new();
        let mut is_claimed = vec![false; emitted.len()];
        for at in &self.claimed {
            is_claimed[*at] = true;
        }
        let rest = emitted.iter().enumerate().zip(is_claimed);
        for ((at, one), _) in rest.filter(|(_, is_claimed)| !is_claimed) {
            let key = Key {
                ty: self.declaring(one),
                member: one.member.latest(),
                rule: one.what.rule().id,
            };
            told.entry(key).or_default().push((at, one));
        }
        for (key, all) in told {
            let own = all.iter().find(|(_, one)| one.ty.latest() == key.ty);
            let Some((_, one)) = own.or(all.first()) else {
                continue;
            };
            let literals = self.comparison.policy.literals;
            let bumps = all.iter().map(|(_, one)| one.what.bump(literals));
            let bump = bumps.max().unwrap_or_default();
            let owners = all.iter().filter(|(_, one)| one.ty.latest() != key.ty);
            let fields = all.iter().map(|(_, one)| match one.what {
                What::Role(_, fields) => fields,
                _ => 0,
            });
            // One type can gain several of a kind, such as traits.
            let here = all.iter().filter(|(_, other)| other.ty == one.ty);
            let sides = here.map(|(_, other)| other.what.sides());
            let sides = sides.reduce(joined).unwrap_or_default();
            let affects = Affects {
                derived: owners.count(),
                references: fields.sum(),
            };
            let mut finding = Finding {
                ty: key.ty.map(ToString::to_string),
                member: key.member.map(str::to_owned),
                old: sides.old.clone(),
                new: sides.new.clone(),
                rust: sides,
                affects,
                places: Sides {
                    old: place(self.pair.versions.old, one.ty.old, one.member.old),
                    new: place(self.pair.versions.new, one.ty.new, one.member.new),
                },
                ..Finding::new(one.what.rule(), self.pair.names)
            };
            finding.verdicts.rust = bump;
            self.finish(finding);
        }
    }

    /// The type at which something is told: that which declares a property, if it differs there too.
    fn declaring(&self, one: &Emitted<'a>) -> Option<&'a TypeName> {
        let (Some(ty), Some(member)) = (one.ty.new, one.member.new) else {
            return one.ty.latest();
        };
        let declared = self.pair.versions.new.property_in_any_case(ty, member);
        match declared {
            Some((_, owner, _)) if !self.emitted.at(owner, Some(member)).is_empty() => Some(owner),
            _ => Some(ty),
        }
    }
}

/// Where a type stands, or the property or member that is meant.
fn place(version: &VersionSchema, ty: Option<&TypeName>, member: Option<&str>) -> Option<Source> {
    let (name, ty) = version.types.get_key_value(ty?)?;
    let source = member.and_then(|member| match &ty.definition {
        Definition::Structural(_) => {
            let (_, _, property) = version.property_in_any_case(name, member)?;
            Some(&property.source)
        }
        Definition::Enumeration(enumeration) => {
            let mut members = enumeration.members.iter();
            Some(&members.find(|other| other.name == member)?.source)
        }
    });
    Some(source.unwrap_or(&ty.source).clone())
}

/// The states of two things as one.
fn joined(one: Sides<Option<String>>, other: Sides<Option<String>>) -> Sides<Option<String>> {
    let join = |one: Option<String>, other: Option<String>| match (one, other) {
        (Some(one), Some(other)) => Some(format!("{one}, {other}")),
        (one, other) => one.or(other),
    };
    Sides {
        old: join(one.old, other.old),
        new: join(one.new, other.new),
    }
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key<'a> {
    ty: Option<&'a TypeName>,
    member: Option<&'a str>,
    rule: &'static str,
}
