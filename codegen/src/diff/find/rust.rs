//! Findings about the emitted crate: what no change of the type or member itself explains.

use super::{At, Finder};
use crate::diff::emitted::{Emitted, What};
use crate::diff::finding::{Affects, Finding};
use crate::diff::sides::Sides;
use crate::schema::TypeName;
use std::collections::BTreeMap;

impl<'a> Finder<'a, '_> {
    /// Tells what differs in the crate and belongs to no finding yet.
    pub(super) fn rest(&mut self, emitted: &'a [Emitted<'a>]) {
        let mut told: BTreeMap<Key<'a>, Vec<At<'a>>> = BTreeMap::new();
        for (at, one) in emitted.iter().enumerate() {
            if self.claimed.contains(&at) {
                continue;
            }
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
            let places = one.ty;
            let versions = self.pair.versions;
            let source = |version: &crate::schema::VersionSchema, name: Option<&TypeName>| {
                let ty = name.and_then(|name| version.types.get(name));
                ty.map(|ty| ty.source.clone())
            };
            let mut finding = Finding {
                ty: key.ty.map(ToString::to_string),
                member: key.member.map(str::to_owned),
                old: sides.old.clone(),
                new: sides.new.clone(),
                rust: sides,
                affects,
                places: Sides {
                    old: source(versions.old, places.old),
                    new: source(versions.new, places.new),
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
        let declared = Self::effective(self.pair.versions.new, ty, member);
        match declared {
            Some((_, owner, _)) if self.emitted.contains_key(&(owner, Some(member))) => Some(owner),
            _ => Some(ty),
        }
    }
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
