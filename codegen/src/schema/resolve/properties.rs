//! The properties of a type: rows and JSON members, merged by name.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::super::{Evidence, Property, VersionSchema};
use super::groups::Group;
use super::types::Site;
use super::{Resolver, source};
use crate::claims::{JsonClaim, PropertyClaim, TypeClaim};
use crate::diagnostic::{Code, Diagnostic, Subject};

/// A property's evidence: its first row and its JSON member.
struct Found<'a> {
    name: String,
    row: Option<&'a PropertyClaim>,
    json: Option<&'a JsonClaim>,
}

/// The own properties of a type. Those that a base has are the base's: `resolved` holds the bases already.
pub(super) fn resolve(
    resolver: &mut Resolver<'_>,
    group: &Group<'_>,
    resolved: &VersionSchema,
) -> BTreeMap<String, Property> {
    let inherited = inherited(resolver, group, resolved);
    let mut properties = BTreeMap::new();
    let is_open = group.is_open()
        || resolver
            .bases
            .get(&group.name)
            .is_some_and(|base| resolved.is_open(&base.name));
    let found = collect(resolver, group, &inherited, is_open);
    for found in found.into_values() {
        if inherited.contains_key(&found.name.to_ascii_lowercase()) {
            continue;
        }
        let place = match (found.row, found.json) {
            (Some(row), _) => &row.place,
            (None, Some(json)) => &json.place,
            (None, None) => continue,
        };
        let at = source(place);
        let site = Site {
            namespace: group.name.namespace(),
            page: &place.file,
        };
        let before = resolver.diagnostics.len();
        let mut decided = resolver.property_type(found.row, found.json, site);
        for diagnostic in &mut resolver.diagnostics[before..] {
            diagnostic.subject = Some(Subject::member(group.name.as_str(), &found.name));
        }
        if resolver.rules.is_typed(&group.name, &found.name) {
            decided.evidence = Evidence::Override;
        }
        properties.insert(
            found.name,
            Property {
                ty: decided.ty,
                navigation: found.row.is_some_and(|row| row.navigation),
                description: found.row.and_then(|row| row.description.clone()),
                values: decided.values,
                traits: found.row.map(|row| row.traits).unwrap_or_default(),
                evidence: decided.evidence,
                source: at,
            },
        );
    }
    properties
}

/// The properties of all bases: lower-case name to name.
fn inherited(
    resolver: &Resolver<'_>,
    group: &Group<'_>,
    resolved: &VersionSchema,
) -> BTreeMap<String, String> {
    let Some(base) = resolver.bases.get(&group.name) else {
        return BTreeMap::new();
    };
    resolved
        .effective_properties(&base.name)
        .into_keys()
        .map(|name| (name.to_ascii_lowercase(), name.to_owned()))
        .collect()
}

/// Joins rows and JSON members of the same name, whatever its case; the JSON block spells it right.
fn collect<'a>(
    resolver: &mut Resolver<'_>,
    group: &Group<'a>,
    inherited: &BTreeMap<String, String>,
    is_open: bool,
) -> BTreeMap<String, Found<'a>> {
    let mut found: BTreeMap<String, Found<'a>> = BTreeMap::new();
    let subject = |name: &str| Subject::member(group.name.as_str(), name);
    for claim in group.claims() {
        let block = Block::new(claim);
        let mut seen: BTreeSet<&str> = BTreeSet::new();
        let mut told: BTreeSet<&str> = BTreeSet::new();
        for row in &claim.rows {
            let key = row.name.to_ascii_lowercase();
            // What is wrong with a name is told of the first row that has it.
            let first = seen.insert(&row.name);
            let member = block.member(row, &key);
            if let Some(member) = member.filter(|member| first && member.name != row.name) {
                resolver.diagnostics.push(
                    Diagnostic::new(
                        Code::NameCasing,
                        row.place.clone(),
                        format!(
                            "the table says `{}`, the JSON block `{}`",
                            row.name, member.name
                        ),
                    )
                    .against(member.place.clone())
                    .hint("write the name as it is on the wire")
                    .about(subject(&member.name)),
                );
            }
            if member.is_none()
                && first
                && !claim.json.is_empty()
                && !row.navigation
                && !inherited.contains_key(&key)
            {
                let diagnostic = Diagnostic::new(
                    Code::RowNotInJson,
                    row.place.clone(),
                    format!("the JSON block does not show the property `{}`", row.name),
                )
                .about(subject(&row.name));
                // A name that is spelled wrong in one of the two is one problem.
                resolver.diagnostics.push(match block.misspelt(row) {
                    Some(near) => {
                        told.insert(&near.name);
                        diagnostic
                            .against(near.place.clone())
                            .hint(format!("is it `{}` of the JSON block?", near.name))
                    }
                    None => diagnostic.hint("add it to the JSON block, or remove the row"),
                });
            }
            let name = member.map_or(&row.name, |member| block.spelling(row, member));
            match found.get_mut(&key) {
                None => {
                    found.insert(
                        key,
                        Found {
                            name: name.clone(),
                            row: Some(row),
                            json: member,
                        },
                    );
                }
                Some(known) => {
                    if let Some(first) = known.row {
                        conflict(resolver, subject(&row.name), first, row);
                    } else {
                        known.row = Some(row);
                    }
                    known.json = known.json.or(member);
                }
            }
        }
        for member in &claim.json {
            let key = member.name.to_ascii_lowercase();
            if let Some(known) = found.get_mut(&key) {
                known.json = known.json.or(Some(member));
                continue;
            }
            // Instances of an open type show members that it does not declare.
            if is_open && !inherited.contains_key(&key) {
                continue;
            }
            if !claim.rows.is_empty()
                && !inherited.contains_key(&key)
                && !told.contains(member.name.as_str())
            {
                resolver.diagnostics.push(
                    Diagnostic::new(
                        Code::JsonNotInTable,
                        member.place.clone(),
                        format!("no table of the page has a row for `{}`", member.name),
                    )
                    .hint("add a row, or remove it from the JSON block")
                    .about(subject(&member.name)),
                );
            }
            found.insert(
                key,
                Found {
                    name: member.name.clone(),
                    row: None,
                    json: Some(member),
                },
            );
        }
    }
    found
}

/// What a claim says of names in its JSON block. What only few rows ask for is found out when the first of them does.
struct Block<'a> {
    claim: &'a TypeClaim,
    /// The members by their names in lower case: the first of each.
    members: BTreeMap<String, &'a JsonClaim>,
    exact: OnceCell<HashMap<&'a str, &'a JsonClaim>>,
    /// Whether most names start with a small letter.
    is_small: bool,
    /// The members for which there is no row, with their names in lower case.
    without_row: OnceCell<Vec<(String, &'a JsonClaim)>>,
}

impl<'a> Block<'a> {
    fn new(claim: &'a TypeClaim) -> Self {
        let mut members = BTreeMap::new();
        for member in &claim.json {
            let key = member.name.to_ascii_lowercase();
            members.entry(key).or_insert(member);
        }
        let small = claim.json.iter().filter(|member| !is_capital(&member.name));
        Self {
            claim,
            members,
            exact: OnceCell::new(),
            is_small: small.count() * 2 > claim.json.len(),
            without_row: OnceCell::new(),
        }
    }

    /// The member of a row. One spelled exactly like the row wins over one that differs in case.
    fn member(&self, row: &PropertyClaim, key: &str) -> Option<&'a JsonClaim> {
        let first = *self.members.get(key)?;
        if first.name == row.name {
            return Some(first);
        }
        let exact = self.exact.get_or_init(|| {
            let members = self.claim.json.iter().rev();
            members.map(|member| (&*member.name, member)).collect()
        });
        Some(exact.get(&*row.name).copied().unwrap_or(first))
    }

    /// The JSON block spells a name right, except where it alone starts with a capital: names in JSON start with a small
    /// letter if most of the block's do.
    fn spelling(&self, row: &'a PropertyClaim, member: &'a JsonClaim) -> &'a String {
        match is_capital(&member.name) && !is_capital(&row.name) && self.is_small {
            true => &row.name,
            false => &member.name,
        }
    }

    /// The member of the JSON block without a row whose name is nearly that of a row without a member.
    fn misspelt(&self, row: &PropertyClaim) -> Option<&'a JsonClaim> {
        const LIKE: f64 = 0.96;
        // Where so many names have no other, a table and a block are about different things.
        const MOST: usize = 1 << 20;
        let candidates = self.without_row.get_or_init(|| {
            let rows = self.claim.rows.iter();
            let rows: HashSet<String> = rows.map(|row| row.name.to_ascii_lowercase()).collect();
            let members = self.claim.json.iter();
            let members = members.map(|member| (member.name.to_ascii_lowercase(), member));
            members.filter(|(key, _)| !rows.contains(key)).collect()
        });
        if candidates.len().saturating_mul(self.claim.rows.len()) > MOST {
            return None;
        }
        let name = row.name.to_ascii_lowercase();
        let alike = candidates.iter().filter_map(|(key, member)| {
            let likeness = strsim::jaro_winkler(key, &name);
            (likeness > LIKE).then_some((likeness, *member))
        });
        let nearest = alike.max_by(|(one, _), (other, _)| one.total_cmp(other));
        nearest.map(|(_, member)| member)
    }
}

fn is_capital(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
}

/// Tells of a second row that says something else than the first.
fn conflict(
    resolver: &mut Resolver<'_>,
    subject: Subject,
    first: &PropertyClaim,
    second: &PropertyClaim,
) {
    let written = |row: &PropertyClaim| {
        row.ty
            .as_ref()
            .map(|cell| cell.written.to_ascii_lowercase())
    };
    let other_type = written(first) != written(second);
    if other_type || first.name != second.name {
        let message = if other_type {
            format!(
                "a second row describes `{}` differently; the first was used",
                second.name
            )
        } else {
            format!(
                "the property is spelled `{}` here and `{}` there; the latter was used",
                second.name, first.name
            )
        };
        resolver.diagnostics.push(
            Diagnostic::new(Code::PropertyConflict, second.place.clone(), message)
                .against(first.place.clone())
                .hint("remove one of the rows")
                .about(subject),
        );
    }
}
