//! From facts to findings: what each change falls under, told once, at the type that declares it.

mod claims;
mod draft;
mod enumerations;
mod exchanged;
mod lifecycle;
mod properties;
mod rust;
mod types;

use std::collections::HashMap;

use self::claims::{ByMember, Claim, claim};
use self::draft::Draft;
use super::compare::Pair;
use super::emitted::Emitted;
use super::fact::Fact;
use super::finding::{Affects, Finding};
use super::identity::Renames;
use super::policy::Policy;
use super::sides::Sides;
use super::verdict::{Bump, OnWire, Verdicts};
use crate::parallel::{available, both};
use crate::rust::Surface;
use crate::schema::{ItemType, Type, TypeName, VersionSchema};

/// What a pair of versions is compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comparison<'a> {
    pub(super) pair: &'a Pair<'a>,
    /// The renames that a person has confirmed.
    pub(super) renames: &'a Renames,
    pub(super) policy: &'a Policy,
    pub(super) surfaces: Sides<&'a Surface<'a>>,
    /// The less stable version of each schema, if the pair is of the stable ones.
    pub(super) less_stable: Sides<Option<&'a VersionSchema>>,
}

/// The findings of a pair, in the order of types and members.
pub(super) fn find<'a>(
    comparison: Comparison<'a>,
    facts: &'a [Fact<'a>],
    emitted: &'a [Emitted<'a>],
) -> Vec<Finding> {
    let Sides { old, new } = comparison.pair.versions;
    let ((old, by_member), new) = both(
        available(),
        || (references(old), ByMember::new(emitted)),
        || references(new),
    );
    let references = Sides::new(old, new);
    let finder = || Finder {
        pair: comparison.pair,
        comparison,
        references: &references,
        emitted: &by_member,
        claimed: Vec::new(),
        alone: None,
        findings: Vec::new(),
    };
    let (first, second) = facts.split_at(boundary(facts, facts.len() / 2));
    let half = |facts: &'a [Fact<'a>]| {
        let mut finder = finder();
        finder.types(facts);
        (finder.findings, finder.claimed)
    };
    let (first, second) = both(available(), || half(first), || half(second));
    let mut finder = finder();
    for (findings, claimed) in [first, second] {
        finder.findings.extend(findings);
        finder.claimed.extend(claimed);
    }
    finder.rest(emitted);
    let mut findings = finder.findings;
    findings.sort_by(|one, other| {
        let types = one.ty.cmp(&other.ty);
        let members = || one.member.cmp(&other.member);
        types
            .then_with(members)
            .then_with(|| one.rule.cmp(other.rule))
    });
    findings
}

/// Where the facts about another type begin, from a position on.
fn boundary(facts: &[Fact<'_>], from: usize) -> usize {
    let same = |at: usize| {
        at > 0
            && facts
                .get(at)
                .is_some_and(|fact| fact.ty == facts[at - 1].ty)
    };
    (from..).find(|at| !same(*at)).unwrap_or(from)
}

/// Whether a type is structural, how many members it has, and the first of them.
type Outline<'a> = (bool, usize, &'a str);

/// Types by what is quickly told of them.
type Alone<'a> = HashMap<Outline<'a>, Vec<(&'a TypeName, &'a Type)>>;

struct Finder<'a, 's> {
    pair: &'a Pair<'a>,
    comparison: Comparison<'a>,
    /// How many properties have a type as theirs.
    references: &'s Sides<HashMap<&'a TypeName, usize>>,
    emitted: &'s ByMember<'a>,
    /// What of it belongs to a finding already.
    claimed: Vec<usize>,
    /// The types that only one side has, by their members; known when the first of them is looked for.
    alone: Option<Sides<Alone<'a>>>,
    findings: Vec<Finding>,
}

fn references(version: &VersionSchema) -> HashMap<&TypeName, usize> {
    let mut references = HashMap::new();
    for ty in version.types.values() {
        let properties = ty.structural().into_iter();
        for property in properties.flat_map(|structural| structural.properties.values()) {
            if let ItemType::Named(name) = &property.ty.item {
                *references.entry(name).or_default() += 1;
            }
        }
    }
    references
}

impl<'a> Finder<'a, '_> {
    /// The findings of all facts, which are in the order of types.
    fn types(&mut self, facts: &'a [Fact<'a>]) {
        let mut facts = facts;
        while let Some(first) = facts.first() {
            let of_type = facts.iter().take_while(|fact| fact.ty == first.ty).count();
            let (own, rest) = facts.split_at(of_type);
            self.of_type(own);
            facts = rest;
        }
    }

    /// Works out the verdicts of a finding and keeps it.
    fn push(&mut self, draft: Draft<'a>) {
        let Claim { emitted, derived } = claim(&draft, self.emitted, self.comparison.surfaces);
        self.claimed.extend(emitted.iter().map(|(at, _)| *at));
        let policy = self.comparison.policy;
        let bumps = emitted.iter();
        let rust = bumps
            .map(|(_, one)| one.what.bump(policy.literals))
            .max()
            .unwrap_or_default();
        // A text is part of what docs.rs shows of the crate, so that it takes a patch to bring it there.
        let rust = match draft.rule.is_told() {
            true => rust,
            false => rust.max(Bump::Patch),
        };
        let OnWire { read, write } = draft.on_wire(policy);
        let own = emitted.iter().find(|(_, one)| one.ty == draft.ty);
        let rust_sides = own
            .or(emitted.first())
            .map(|(_, one)| one.what.sides())
            .unwrap_or_default();
        let references = match draft.member.latest() {
            Some(_) => 0,
            None => self.referencing(draft.ty),
        };
        let ty = draft.ty.latest().map(ToString::to_string);
        self.finish(Finding {
            ty,
            member: draft.member.latest().map(str::to_owned),
            old: draft.old,
            new: draft.new,
            verdicts: Verdicts {
                wire_read: read,
                wire_write: write,
                rust,
            },
            rust: rust_sides,
            affects: Affects {
                derived,
                references,
            },
            places: draft.places.map(|place| place.cloned()),
            hint: draft.hint,
            ..Finding::new(draft.rule, self.pair.names)
        });
    }

    fn finish(&mut self, mut finding: Finding) {
        self.comparison.policy.judge(&mut finding);
        self.findings.push(finding);
    }

    fn referencing(&self, ty: Sides<Option<&TypeName>>) -> usize {
        let old = ty.old.and_then(|name| self.references.old.get(name));
        let new = ty.new.and_then(|name| self.references.new.get(name));
        // What is new affects nobody who was there before.
        old.map_or(0, |old| match ty.new {
            Some(_) => new.copied().unwrap_or_default(),
            None => *old,
        })
    }
}
