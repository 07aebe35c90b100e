//! From facts to findings: what each change falls under, told once, at the type that declares it.

mod enumerations;
mod lifecycle;
mod properties;
mod rust;
mod types;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::compare::Pair;
use super::emitted::Emitted;
use super::fact::Fact;
use super::finding::{Affects, Finding};
use super::policy::Policy;
use super::rule::{Judged, Rule};
use super::sides::Sides;
use super::verdict::{Bump, Verdicts, Wire};
use crate::parallel::both;
use crate::rust::Surface;
use crate::schema::{ItemType, Property, Source, TypeName, VersionSchema};

/// What a pair of versions is compared with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comparison<'a> {
    pub(super) pair: &'a Pair<'a>,
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
    let references = comparison.pair.versions.map(references);
    let by_member = by_member(emitted);
    let finder = || Finder {
        pair: comparison.pair,
        comparison,
        references: &references,
        emitted: &by_member,
        claimed: HashSet::new(),
        alone: None,
        findings: Vec::new(),
    };
    let (first, second) = facts.split_at(boundary(facts, facts.len() / 2));
    let half = |facts: &'a [Fact<'a>]| {
        let mut finder = finder();
        finder.types(facts);
        (finder.findings, finder.claimed)
    };
    let (first, second) = both(|| half(first), || half(second));
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

/// Where in the list of what was emitted something stands.
type At<'a> = (usize, &'a Emitted<'a>);

/// Types by the names of their members, and whether they are structural.
type Alone<'a> = HashMap<(bool, Vec<&'a str>), Vec<&'a TypeName>>;

/// The changes of each type and member in the crate, by its name on either side.
type ByMember<'a> = HashMap<(&'a TypeName, Option<&'a str>), Vec<At<'a>>>;

struct Finder<'a, 's> {
    pair: &'a Pair<'a>,
    comparison: Comparison<'a>,
    /// How many properties have a type as theirs.
    references: &'s Sides<HashMap<&'a TypeName, usize>>,
    emitted: &'s ByMember<'a>,
    /// What of it belongs to a finding already.
    claimed: HashSet<usize>,
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

fn by_member<'a>(emitted: &'a [Emitted<'a>]) -> ByMember<'a> {
    let mut by_member: HashMap<_, Vec<At<'_>>> = HashMap::new();
    for (at, one) in emitted.iter().enumerate() {
        let keys = [(one.ty.new, one.member.new), (one.ty.old, one.member.old)];
        // The same names on both sides are one key.
        let keys: BTreeSet<_> = keys.into_iter().collect();
        for (ty, member) in keys {
            if let Some(ty) = ty {
                by_member.entry((ty, member)).or_default().push((at, one));
            }
        }
    }
    by_member
}

/// A finding in the making: what a fact says, before its verdicts are known.
struct Draft<'a> {
    rule: &'static Rule,
    ty: Sides<Option<&'a TypeName>>,
    member: Sides<Option<&'a str>>,
    old: Option<String>,
    new: Option<String>,
    places: Sides<Option<&'a Source>>,
    shape: Option<Sides<Wire>>,
    hint: Option<String>,
}

impl<'a> Draft<'a> {
    fn new(rule: &'static Rule, fact: &Fact<'a>) -> Self {
        Self {
            rule,
            ty: fact.ty,
            member: fact.member,
            old: None,
            new: None,
            places: fact.places,
            shape: None,
            hint: None,
        }
    }

    fn old(mut self, old: impl ToString) -> Self {
        self.old = Some(old.to_string());
        self
    }

    fn new_value(mut self, new: impl ToString) -> Self {
        self.new = Some(new.to_string());
        self
    }

    fn sides<T: ToString>(self, sides: Sides<T>) -> Self {
        self.old(sides.old.to_string())
            .new_value(sides.new.to_string())
    }

    fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
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
        let (emitted, derived) = self.claim(draft.rule, draft.ty, draft.member);
        let policy = self.comparison.policy;
        let bumps = emitted
            .iter()
            .map(|(_, one)| one.what.bump(policy.literals));
        let shape = draft.shape.unwrap_or_default();
        let judged = |judged: Judged, shape: Wire| match judged {
            Judged::Always(wire) => wire,
            Judged::ByShape => shape,
            Judged::ByPolicy => policy.enum_members,
        };
        let rust = bumps.max().unwrap_or_default();
        // A text is part of what docs.rs shows of the crate, so that it takes a patch to bring it there.
        let rust = match draft.rule.off {
            true => rust.max(Bump::Patch),
            false => rust,
        };
        let verdicts = Verdicts {
            wire_read: judged(draft.rule.wire_read, shape.old),
            wire_write: judged(draft.rule.wire_write, shape.new),
            rust,
        };
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
            verdicts,
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

    /// What differs in the crate because of a change of this kind to a type or member: at the type itself and at those that derive
    /// from it; and how many of these have the change.
    fn claim(
        &mut self,
        rule: &Rule,
        ty: Sides<Option<&'a TypeName>>,
        member: Sides<Option<&'a str>>,
    ) -> (Vec<At<'a>>, usize) {
        let mut types: Vec<&TypeName> = [ty.new, ty.old].into_iter().flatten().collect();
        let own: BTreeSet<&TypeName> = types.iter().copied().collect();
        let members: BTreeSet<Option<&str>> = [member.new, member.old]
            .into_iter()
            .filter(|name| name.is_some())
            .collect();
        if !members.is_empty() {
            let surfaces = self.comparison.surfaces;
            let old = ty.old.map(|name| surfaces.old.descendants(name));
            let new = ty.new.map(|name| surfaces.new.descendants(name));
            let more = old.into_iter().chain(new).flatten().copied();
            types.extend(more);
        }
        let members: Vec<Option<&str>> = match members.is_empty() {
            true => vec![None],
            false => members.into_iter().collect(),
        };
        let mut found: BTreeMap<usize, &Emitted<'_>> = BTreeMap::new();
        let mut derived = BTreeSet::new();
        for name in types {
            for member in &members {
                let here = self.emitted.get(&(name, *member));
                let here = here.into_iter().flatten();
                for (at, one) in here.filter(|(_, one)| one.what.is_explained_by(rule)) {
                    found.insert(*at, one);
                    if !own.contains(name) {
                        derived.insert(one.ty.latest());
                    }
                }
            }
        }
        self.claimed.extend(found.keys());
        (found.into_iter().collect(), derived.len())
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

    /// The property of a type on a side by its name, or by one that differs in case only.
    fn effective(
        version: &'a VersionSchema,
        ty: &'a TypeName,
        name: &str,
    ) -> Option<(&'a str, &'a TypeName, &'a Property)> {
        for (owner, ty) in version.lineage(ty) {
            let properties = &ty.structural()?.properties;
            if let Some((name, property)) = properties.get_key_value(name) {
                return Some((name, owner, property));
            }
        }
        let lower = name.to_lowercase();
        for (owner, ty) in version.lineage(ty) {
            let mut alike = ty
                .structural()?
                .properties
                .iter()
                .filter(|(name, _)| name.to_lowercase() == lower);
            if let (Some((name, property)), None) = (alike.next(), alike.next()) {
                return Some((name, owner, property));
            }
        }
        None
    }
}
