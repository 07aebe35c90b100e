//! Bases that no page states, inferred from what types have in common.

use std::collections::{BTreeMap, BTreeSet};

use super::super::{Base, Evidence, StructuralKind, TypeName};
use super::Resolver;
use super::bases::lineage;
use super::groups::Group;
use super::index::Meaning;
use super::kinds::Uses;
use super::types::{Site, names};
use crate::claims::camel_words;

/// Adds bases to types that have none.
pub(super) fn add(
    resolver: &Resolver<'_>,
    groups: &[Group<'_>],
    uses: &Uses,
    bases: &mut BTreeMap<TypeName, Base>,
) {
    let key = usual_key(groups);
    families(resolver, groups, uses, &key, bases);
    common_root(resolver, groups, uses, &key, bases);
}

/// So many types must repeat an entity's properties before it is taken for their base.
const FAMILY: usize = 3;

/// So many properties must be repeated, the key left aside.
const REPEATED: usize = 3;

/// The pages of a family (`chimeTone`, `slowBellTone`, ..) all repeat most properties of one entity (`bellTone`), a
/// structure among them. The names end with the same word, none is shorter than the entity's, and it alone is the target
/// of a relationship or has operations.
fn families(
    resolver: &Resolver<'_>,
    groups: &[Group<'_>],
    uses: &Uses,
    key: &str,
    bases: &mut BTreeMap<TypeName, Base>,
) {
    let mut by_last_word: BTreeMap<String, Vec<&Group<'_>>> = BTreeMap::new();
    for group in groups {
        let words = camel_words(group.name.short());
        if let Some(last) = words.last().filter(|_| words.len() > 1) {
            by_last_word
                .entry(last.to_ascii_lowercase())
                .or_default()
                .push(group);
        }
    }
    for alike in by_last_word.values() {
        let is_orphan = |group: &Group<'_>| {
            !bases.contains_key(&group.name)
                && group.documents(key)
                && !uses.is_addressed(group, key)
                && !uses.is_held(&group.name)
        };
        let with_rows = |group: &'_ Group<'_>| rows(resolver, group, key);
        let orphans: Vec<(&TypeName, BTreeMap<String, String>)> = alike
            .iter()
            .filter(|group| is_orphan(group))
            .map(|group| (&group.name, with_rows(group)))
            .collect();
        if orphans.len() < FAMILY {
            continue;
        }
        for base in alike.iter().filter(|group| uses.is_addressed(group, key)) {
            let shared = with_rows(base);
            let members: Vec<&TypeName> = orphans
                .iter()
                .filter(|(name, rows)| words(name) >= words(&base.name) && repeats(rows, &shared))
                .map(|(name, _)| *name)
                .collect();
            if members.len() >= FAMILY {
                for member in members {
                    let inferred = Base::new(base.name.clone(), Evidence::Inferred);
                    bases.insert(member.clone(), inferred);
                }
            }
        }
    }
}

/// How many words a type's name has.
fn words(name: &TypeName) -> usize {
    camel_words(name.short()).len()
}

/// Whether rows repeat most of a base's, a structure among them.
fn repeats(rows: &BTreeMap<String, String>, base: &BTreeMap<String, String>) -> bool {
    let same = base
        .iter()
        .filter(|(name, ty)| rows.get(*name) == Some(*ty));
    let count = same.clone().count();
    count >= REPEATED && count * 2 > base.len() && same.clone().any(|(_, ty)| is_structure(ty))
}

fn is_structure(ty: &str) -> bool {
    ty.contains('.')
}

/// The properties of a type's tables but its key, each with its type as the table spells it: qualified where it is a
/// structural type.
fn rows(resolver: &Resolver<'_>, group: &Group<'_>, key: &str) -> BTreeMap<String, String> {
    let mut rows = BTreeMap::new();
    for row in group.claims().flat_map(|claim| &claim.rows) {
        let name = row.name.to_ascii_lowercase();
        let Some(cell) = row.ty.as_ref().filter(|_| name != key) else {
            continue;
        };
        let site = Site {
            namespace: group.name.namespace(),
            page: &row.place.file,
        };
        let written = cell.written.to_ascii_lowercase();
        let ty = match names(cell).as_slice() {
            [word] => match resolver.index.meaning(word, site) {
                Meaning::Certain(item) => item.name().replace("Edm.", ""),
                _ => written,
            },
            _ => written,
        };
        rows.insert(name, ty);
    }
    rows
}

/// The name of the key property, where no annotation of a version states one.
const USUAL_KEY: &str = "id";

/// The key property that annotations state most often.
fn usual_key(groups: &[Group<'_>]) -> String {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for key in groups
        .iter()
        .flat_map(Group::claims)
        .flat_map(|claim| &claim.key)
    {
        *counts.entry(key.to_ascii_lowercase()).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
    most.map_or_else(|| USUAL_KEY.to_owned(), |(key, _)| key)
}

/// Most entities derive from one type that declares nothing but their key, and many pages do not care to say so.
/// Entities without a base get it.
fn common_root(
    resolver: &Resolver<'_>,
    groups: &[Group<'_>],
    uses: &Uses,
    key: &str,
    bases: &mut BTreeMap<TypeName, Base>,
) {
    let Some(root) = root(resolver, bases, key) else {
        return;
    };
    // A type that entities derive from is one as well, unless it is held as a value.
    let mut roots: BTreeSet<TypeName> = BTreeSet::new();
    for group in groups.iter().filter(|group| uses.is_entity(group)) {
        let lineage = lineage(bases, &group.name);
        let last = lineage.last().copied().unwrap_or(&group.name);
        if *last == group.name || !uses.is_held(last) {
            roots.insert(last.clone());
        }
    }
    for group in groups {
        if group.name != root && roots.contains(&group.name) && uses.is_addressed(group, key) {
            let base = Base::new(root.clone(), Evidence::Inferred);
            bases.insert(group.name.clone(), base);
        }
    }
}

/// One in so many of the types that state a base must state the root.
const SHARE: usize = 10;

/// The type that has nothing but the key, no other property, no operations, no dynamic members, and that pages name as
/// base more often than any other of this kind. Where the page of the real root was not read, there is none: what others
/// derive from has more.
fn root(resolver: &Resolver<'_>, bases: &BTreeMap<TypeName, Base>, key: &str) -> Option<TypeName> {
    let mut counts: BTreeMap<&TypeName, usize> = BTreeMap::new();
    let stated = bases
        .values()
        .filter(|base| base.evidence != Evidence::Inferred);
    for base in stated.clone() {
        *counts.entry(&base.name).or_default() += 1;
    }
    let has_key_alone = |name: &TypeName| {
        let group = resolver.groups.get(&name.as_str().to_ascii_lowercase())?;
        let mut names = group.claims().flat_map(|claim| {
            let json = claim.json.iter().map(|json| &json.name);
            claim.rows.iter().map(|row| &row.name).chain(json)
        });
        let has_more = group.claims().any(|claim| {
            claim.has_methods
                || claim.open == Some(true)
                || claim.kind == Some(StructuralKind::Complex)
        });
        let alone = group.documents(key) && names.all(|name| name.eq_ignore_ascii_case(key));
        Some(alone && !has_more)
    };
    let (name, count) = counts
        .into_iter()
        .filter(|(name, _)| !bases.contains_key(*name) && has_key_alone(name) == Some(true))
        .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)))?;
    (count * SHARE >= stated.count()).then(|| name.clone())
}
