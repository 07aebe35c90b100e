//! Which findings explain what differs in the emitted crate.

use std::collections::{BTreeSet, HashMap};

use super::draft::Draft;
use crate::diff::emitted::{Emitted, What};
use crate::diff::sides::Sides;
use crate::rust::Surface;
use crate::schema::TypeName;

/// Something that differs in the crate, and where in the list of all it stands.
pub(super) type At<'a> = (usize, &'a Emitted<'a>);

/// What differs in the crate, by the type and the member.
#[derive(Debug)]
pub(super) struct ByMember<'a>(HashMap<&'a TypeName, HashMap<Option<&'a str>, Vec<At<'a>>>>);

impl<'a> ByMember<'a> {
    pub(super) fn new(emitted: &'a [Emitted<'a>]) -> Self {
        let mut by_member: HashMap<_, HashMap<_, Vec<_>>> = HashMap::new();
        for at in emitted.iter().enumerate() {
            let (_, one) = at;
            let new = one.ty.new.map(|ty| (ty, one.member.new));
            // The same names on both sides are one key.
            let old = one.ty.old.map(|ty| (ty, one.member.old));
            for (ty, member) in new.into_iter().chain(old.filter(|_| old != new)) {
                let of_type = by_member.entry(ty).or_default();
                of_type.entry(member).or_default().push(at);
            }
        }
        Self(by_member)
    }

    /// What differs at a type or a member, by its name on either side.
    pub(super) fn at<'b>(&'b self, ty: &TypeName, member: Option<&'b str>) -> &'b [At<'a>] {
        let of_type = self.0.get(ty);
        let of_member = of_type.and_then(|of_type| of_type.get(&member));
        of_member.map_or(&[], Vec::as_slice)
    }
}

/// What a finding explains.
#[derive(Debug, Default)]
pub(super) struct Claim<'a> {
    /// In the order of the list.
    pub(super) emitted: Vec<At<'a>>,
    /// How many derived types have the change too.
    pub(super) derived: usize,
}

/// What differs in the crate because of a change: at the type itself and at those that derive from it.
pub(super) fn claim<'a>(
    draft: &Draft<'a>,
    by_member: &ByMember<'a>,
    surfaces: Sides<&'a Surface<'a>>,
) -> Claim<'a> {
    let mut claim = Claim::default();
    let new = draft.member.new.or(draft.member.old);
    let old = draft.member.old.filter(|old| Some(*old) != new);
    let members = [Some(new), old.map(Some)];
    let mut at = |name: &TypeName| {
        let mut last = None;
        for member in members.into_iter().flatten() {
            let here = by_member.at(name, member);
            let explained = here
                .iter()
                .filter(|(_, one)| one.what.is_explained_by(draft.rule));
            for at in explained.copied() {
                claim.emitted.push(at);
                if !matches!(at.1.what, What::Constant(..)) {
                    last = at.1.ty.latest();
                }
            }
        }
        last
    };
    let own = [draft.ty.new, draft.ty.old, draft.also];
    for name in own.into_iter().flatten() {
        at(name);
    }
    if new.is_some() {
        let of = |surface: &'a Surface<'a>, ty: Option<&TypeName>| {
            let descendants = ty.map_or(&[][..], |ty| surface.descendants(ty));
            descendants.iter().copied()
        };
        let derived = of(surfaces.old, draft.ty.old).chain(of(surfaces.new, draft.ty.new));
        let derived = derived
            .filter(|name| !own.contains(&Some(*name)))
            .filter_map(&mut at);
        claim.derived = derived.collect::<BTreeSet<_>>().len();
    }
    claim.emitted.sort_unstable_by_key(|(at, _)| *at);
    claim.emitted.dedup_by_key(|(at, _)| *at);
    claim
}
