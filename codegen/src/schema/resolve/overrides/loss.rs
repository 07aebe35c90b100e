//! Overrides after which something that the docs describe would be gone, though nobody asked for that.

use std::collections::BTreeSet;

use super::super::super::VersionSchema;
use super::find::Documented;
use super::{Subject, lower};
use crate::claims::{Form, TypeClaim};
use crate::overrides::{Kind, Override};

/// An override, its number and what it found.
pub(super) type Found<'a> = (usize, &'a Override, Subject);

/// What a version loses by overrides, beside what they leave out.
pub(super) struct Losses<'a> {
    pub(super) documented: &'a Documented<'a>,
    /// All overrides of the version, with the names that they give.
    pub(super) found: &'a [Found<'a>],
    /// The version after them.
    pub(super) schema: &'a VersionSchema,
}

impl Losses<'_> {
    /// Why an override cannot be meant; `None` if nothing is lost.
    pub(super) fn by(&self, entry: &Override, subject: &Subject) -> Option<String> {
        match (&subject.member, &entry.rename) {
            (Some(old), Some(new)) if !old.eq_ignore_ascii_case(new) => self
                .same_member(subject, old, new)
                .or_else(|| self.inherited(subject, old, new)),
            (None, Some(_)) => self.same_type(subject),
            _ => None,
        }
        .or_else(|| self.properties(entry, subject))
    }

    /// Another type that has the new name of a type.
    fn same_type(&self, subject: &Subject) -> Option<String> {
        let new = lower(subject.new_ty.as_str());
        if new == lower(subject.ty.as_str()) {
            return None;
        }
        let of_types = || self.found.iter().filter(|(_, _, of)| of.member.is_none());
        let moved = of_types()
            .any(|(_, _, of)| lower(of.ty.as_str()) == new && lower(of.new_ty.as_str()) != new);
        let there = self.documented.is_implied(&new).filter(|_| !moved);
        let implied = there.or_else(|| {
            let same = |of: &Subject| !of.is(subject) && lower(of.new_ty.as_str()) == new;
            let mut others = of_types();
            let (_, _, other) = others.find(|(_, entry, of)| entry.rename.is_some() && same(of))?;
            Some(other.implied)
        })?;
        if subject.implied {
            // Rows that name an enumeration in two ways list its values: nothing of them is lost.
            return (!implied).then(|| {
                format!(
                    "`rename`: there is a type `{}` already: override the `type` of the properties that mean it",
                    subject.new_ty
                )
            });
        }
        Some(format!(
            "`rename`: there is a type `{}` already, and both would become one: take another name, or `skip` one of \
             them and leave the other its own",
            subject.new_ty
        ))
    }

    /// Another property or member of the type that has the new name. A row and a JSON member of two names are one
    /// property that is misspelled in one of them; two rows are two properties.
    fn same_member(&self, subject: &Subject, old: &str, new: &str) -> Option<String> {
        let new_key = lower(new);
        let becomes_it = |name: &String| {
            let own = |of: &Subject| {
                let member = of.member.as_ref();
                of.ty == subject.ty && member.is_some_and(|member| lower(member) == *name)
            };
            match self.found.iter().find(|(_, _, of)| own(of)) {
                Some((_, entry, _)) if entry.skip => false,
                Some((_, entry, _)) => lower(entry.rename.as_ref().unwrap_or(name)) == new_key,
                None => *name == new_key,
            }
        };
        let old_key = lower(old);
        let lost = self.documented.listed(&lower(subject.ty.as_str()));
        let lost = lost.iter().any(|names| {
            let mut others = names.iter().filter(|name| **name != old_key);
            names.contains(&old_key) && others.any(becomes_it)
        });
        lost.then(|| {
            format!(
                "`rename`: `{}` has `{new}` already, and one of both would be lost: take another name, or `skip` one \
                 of them",
                subject.ty
            )
        })
    }

    /// A property of a base that has the new name, unless it is the same one under the same two names.
    fn inherited(&self, subject: &Subject, old: &str, new: &str) -> Option<String> {
        let mut bases = self.schema.lineage(&subject.new_ty).skip(1);
        let path = bases.find_map(|(owner, ty)| {
            let mut names = ty.structural()?.properties.keys();
            let name = names.find(|name| name.eq_ignore_ascii_case(new))?;
            let same = self.found.iter().any(|(_, entry, of)| {
                let member = of.member.as_ref();
                of.new_ty == *owner
                    && member.is_some_and(|member| member.eq_ignore_ascii_case(old))
                    && entry.rename.as_deref().is_some_and(|to| to == name)
            });
            (!same).then(|| format!("{owner}/{name}"))
        })?;
        Some(format!(
            "`rename`: `{}` inherits `{path}`, and `{old}` would be lost: take another name, or `skip` it",
            subject.ty
        ))
    }

    /// The properties of a type that becomes an enumeration.
    fn properties(&self, entry: &Override, subject: &Subject) -> Option<String> {
        if entry.kind != Some(Kind::Enum) || entry.values.is_some() || subject.member.is_some() {
            return None;
        }
        let key = lower(subject.ty.as_str());
        let mut claims = self.documented.said(&key);
        if claims.any(|claim| claim.form == Form::Enumeration) {
            return None;
        }
        let [rows, json, _] = self.documented.listed(&key);
        let first = rows.union(&json).next()?;
        Some(format!(
            "`kind`: the docs list properties of `{}`, such as `{first}`, and no members: add `values` with the members",
            subject.ty
        ))
    }
}

/// The names in rows, in JSON blocks and in lists of members, in lower case.
pub(super) type Listed = [BTreeSet<String>; 3];

pub(super) fn listed<'a>(
    claims: impl Iterator<Item = &'a TypeClaim>,
    implied: Option<&[String]>,
) -> Listed {
    let mut listed = Listed::default();
    let [rows, json, members] = &mut listed;
    for claim in claims {
        rows.extend(claim.rows.iter().map(|row| lower(&row.name)));
        json.extend(claim.json.iter().map(|json| lower(&json.name)));
        members.extend(claim.members.iter().map(|member| lower(&member.name)));
    }
    members.extend(implied.into_iter().flatten().map(|name| lower(name)));
    listed
}
