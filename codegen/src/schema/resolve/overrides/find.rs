//! From an override's path to the type, property or member that the docs describe.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::super::super::{Definition, TypeName, VersionSchema};
use super::super::Resolver;
use super::super::namespaces::Namespaces;
use super::loss::{Listed, listed};
use super::{Fate, Rules, lower};
use crate::claims::{PageClaims, TypeClaim};
use crate::near::nearest;
use crate::overrides::Override;

/// What the docs of a version describe, before any override.
pub(super) struct Documented<'a> {
    pages: &'a [&'a PageClaims],
    types: BTreeMap<String, Known>,
}

/// A type that the docs describe.
struct Known {
    name: TypeName,
    /// The claims about it, by the numbers of their page and their own.
    claims: Vec<(usize, usize)>,
    /// The members, if no page describes it and only rows imply it.
    implied: Option<Vec<String>>,
}

/// What an override is about.
#[derive(Clone, Debug)]
pub(super) struct Subject {
    /// The type, as the docs name it, then its right name.
    pub(super) ty: TypeName,
    pub(super) new_ty: TypeName,
    /// The same of the property or member.
    pub(super) member: Option<String>,
    pub(super) new_member: Option<String>,
    /// Whether no page describes the type and only rows imply it.
    pub(super) implied: bool,
}

impl Subject {
    /// Whether the docs mean the same by both.
    pub(super) fn is(&self, other: &Self) -> bool {
        self.ty == other.ty && self.member == other.member
    }

    /// Whether it gets the name of another.
    pub(super) fn becomes(&self, other: &Self) -> bool {
        let members = (&self.new_member, &other.new_member);
        self.new_ty == other.new_ty
            && match members {
                (Some(own), Some(other)) => own.eq_ignore_ascii_case(other),
                (None, None) => true,
                _ => false,
            }
    }

    /// Takes over new names.
    pub(super) fn rename(&mut self, entry: &Override, renamed: &BTreeMap<String, TypeName>) {
        if let Some(name) = renamed.get(&lower(self.ty.as_str())) {
            self.new_ty = name.clone();
        }
        if self.member.is_some() && entry.rename.is_some() {
            self.new_member.clone_from(&entry.rename);
        }
    }
}

impl fmt::Display for Subject {
    /// Writes the path in the docs.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.ty)?;
        match &self.member {
            Some(member) => write!(f, "/{member}"),
            None => Ok(()),
        }
    }
}

impl<'a> Documented<'a> {
    pub(super) fn of(pages: &'a [&'a PageClaims], namespaces: &Namespaces) -> Self {
        let plain = Resolver::new(pages, namespaces, Rules::default());
        let mut types: BTreeMap<String, Known> = BTreeMap::new();
        for (key, group) in &plain.groups {
            types.insert(
                key.clone(),
                Known {
                    name: group.name.clone(),
                    claims: Vec::new(),
                    implied: None,
                },
            );
        }
        for (at, page) in pages.iter().enumerate() {
            for (number, claim) in page.types.iter().enumerate() {
                let namespace = namespaces.of(claim);
                if let Some(known) = types.get_mut(&lower(&format!("{namespace}.{}", claim.name))) {
                    known.claims.push((at, number));
                }
            }
        }
        for (name, enumeration) in plain.enums.iter() {
            let members = enumeration.members.iter();
            let implied = Some(members.map(|member| member.name.clone()).collect());
            types.entry(lower(name.as_str())).or_insert(Known {
                name: name.clone(),
                claims: Vec::new(),
                implied,
            });
        }
        Self { pages, types }
    }

    /// The claims about a type: the number of the page, and of the claim there.
    pub(super) fn claims(&self, key: &str) -> &[(usize, usize)] {
        self.types.get(key).map_or(&[], |known| &known.claims)
    }

    /// The claims themselves.
    pub(super) fn said(&self, key: &str) -> impl Iterator<Item = &'a TypeClaim> {
        let claims = self.claims(key).iter();
        claims.map(|(page, claim)| &self.pages[*page].types[*claim])
    }

    /// The names that are listed of a type.
    pub(super) fn listed(&self, key: &str) -> Listed {
        let known = self.types.get(key);
        let implied = known.and_then(|known| known.implied.as_deref());
        listed(self.said(key), implied)
    }

    /// Whether only rows imply a type, if there is one of this name.
    pub(super) fn is_implied(&self, key: &str) -> Option<bool> {
        let known = self.types.get(key);
        known.map(|known| known.implied.is_some())
    }

    /// What an override is about.
    pub(super) fn find(&self, entry: &Override) -> Result<Subject, Fate> {
        let (ty, member) = entry.subject();
        let known = self.find_type(ty)?;
        let found = match member {
            Some(member) => Some(self.find_member(known, member)?),
            None => None,
        };
        Ok(Subject {
            ty: known.name.clone(),
            new_ty: known.name.clone(),
            new_member: found.clone(),
            member: found,
            implied: known.implied.is_some(),
        })
    }

    fn find_type(&self, name: &str) -> Result<&Known, Fate> {
        let named: Vec<&Known> = if name.contains('.') {
            self.types.get(&lower(name)).into_iter().collect()
        } else {
            let same = |known: &&Known| known.name.short().eq_ignore_ascii_case(name);
            self.types.values().filter(same).collect()
        };
        match named.as_slice() {
            [one] => Ok(one),
            [] => Err(Fate::Missed(Missed {
                ty: None,
                near: self
                    .types
                    .values()
                    .map(|known| known.name.to_string())
                    .collect(),
            })),
            several => {
                let names: Vec<String> = several
                    .iter()
                    .map(|known| format!("`{}`", known.name))
                    .collect();
                Err(Fate::Failed(format!(
                    "`{name}` is a type in several namespaces: write one of {}",
                    names.join(", ")
                )))
            }
        }
    }

    fn find_member(&self, known: &Known, name: &str) -> Result<String, Fate> {
        let mut names: BTreeSet<&str> =
            known.implied.iter().flatten().map(String::as_str).collect();
        for (page, claim) in &known.claims {
            let claim = &self.pages[*page].types[*claim];
            names.extend(claim.rows.iter().map(|row| row.name.as_str()));
            names.extend(claim.json.iter().map(|json| json.name.as_str()));
            names.extend(claim.members.iter().map(|member| member.name.as_str()));
        }
        match names.iter().find(|other| other.eq_ignore_ascii_case(name)) {
            Some(found) => Ok((*found).to_owned()),
            None => Err(Fate::Missed(Missed {
                ty: Some((known.name.clone(), name.to_owned())),
                near: names.into_iter().map(str::to_owned).collect(),
            })),
        }
    }
}

/// Why an override found nothing.
pub(super) struct Missed {
    /// The type, if that was found, and what it does not have.
    ty: Option<(TypeName, String)>,
    /// What there is.
    near: BTreeSet<String>,
}

impl Missed {
    /// Adds the properties of the type's bases, which are overridden there.
    pub(super) fn look_at_bases(&mut self, schema: &VersionSchema) {
        let Some((ty, name)) = &self.ty else { return };
        let inherited = schema.lineage(ty).skip(1).find_map(|(owner, ty)| {
            let Definition::Structural(structural) = &ty.definition else {
                return None;
            };
            let mut names = structural.properties.keys();
            let found = names.find(|other| other.eq_ignore_ascii_case(name))?;
            Some(format!("{owner}/{found}"))
        });
        if let Some(path) = inherited {
            self.near = BTreeSet::from([path]);
        }
    }
}

/// What to say of an override that found nothing in any of these versions.
pub(super) fn message(entry: &Override, missed: &[(&str, &Missed)]) -> String {
    // The versions that have the type know more of what is meant.
    let ty = missed.iter().find_map(|(_, missed)| missed.ty.as_ref());
    let telling = missed
        .iter()
        .filter(|(_, missed)| missed.ty.is_some() == ty.is_some());
    let versions: Vec<&str> = telling.clone().map(|(version, _)| *version).collect();
    let versions = versions.join(" and ");
    let near: Vec<&String> = telling.flat_map(|(_, missed)| &missed.near).collect();
    // Names of one namespace are all alike: only the last part is compared.
    let last = |name: &str| {
        let part = name.rsplit(['/', '.']).next();
        part.unwrap_or(name).to_owned()
    };
    let shorts: Vec<(String, &String)> = near.iter().map(|name| (last(name), *name)).collect();
    let wanted = match ty {
        Some((_, name)) => name.clone(),
        None => last(entry.subject().0),
    };
    let near = match nearest(&wanted, &shorts, |(short, _)| short) {
        Some((_, name)) => format!("; did you mean `{name}`?"),
        None => "; an override changes what the docs say, it cannot add to them".to_owned(),
    };
    match ty {
        Some((ty, name)) => {
            format!("`{ty}` has no property or member `{name}` in {versions}{near}")
        }
        None => {
            let name = entry.subject().0;
            format!("no page of {versions} describes a type `{name}`{near}")
        }
    }
}
