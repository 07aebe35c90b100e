//! The types of a version by the names that pages use.

use std::collections::{BTreeSet, HashMap};

use crate::claims::{Form, TypeClaim};
use crate::schema::{TypeName, VersionSchema};
use crate::source::Place;

/// Look-ups that checks share. The maps are only looked up, never walked.
pub(super) struct Types<'a> {
    /// By qualified name in lower case.
    by_full: HashMap<String, &'a TypeName>,
    /// By short name in lower case.
    by_short: HashMap<String, Vec<&'a TypeName>>,
    /// The types that derive from a type directly.
    derived: HashMap<&'a TypeName, Vec<&'a TypeName>>,
    pub(super) schema: &'a VersionSchema,
    /// What tables list of enumerations. Others are known by sentences alone.
    tables: HashMap<&'a TypeName, MemberTable<'a>>,
}

/// The table of an enumeration.
pub(super) struct MemberTable<'a> {
    /// Where its first row is.
    pub(super) place: &'a Place,
    /// The names that it lists, in lower case. The type may have more, which only sentences list.
    pub(super) names: BTreeSet<String>,
}

impl<'a> Types<'a> {
    pub(super) fn of(
        schema: &'a VersionSchema,
        claims: impl Iterator<Item = &'a TypeClaim>,
    ) -> Self {
        let mut types = Self {
            by_full: HashMap::new(),
            by_short: HashMap::new(),
            derived: HashMap::new(),
            schema,
            tables: HashMap::new(),
        };
        for (name, ty) in &schema.types {
            types
                .by_full
                .insert(name.as_str().to_ascii_lowercase(), name);
            types
                .by_short
                .entry(name.short().to_ascii_lowercase())
                .or_default()
                .push(name);
            if let Some(base) = ty
                .structural()
                .and_then(|structural| structural.base.as_ref())
            {
                types.derived.entry(&base.name).or_default().push(name);
            }
        }
        for claim in claims.filter(|claim| claim.form == Form::Enumeration) {
            if let Some((first, name)) = claim.members.first().zip(types.claimed(claim)) {
                let table = types.tables.entry(name).or_insert(MemberTable {
                    place: &first.place,
                    names: BTreeSet::new(),
                });
                let names = claim.members.iter();
                table
                    .names
                    .extend(names.map(|member| member.name.to_ascii_lowercase()));
            }
        }
        types
    }

    /// The table of an enumeration.
    pub(super) fn table(&self, name: &TypeName) -> Option<&MemberTable<'a>> {
        self.tables.get(name)
    }

    /// The type of this qualified name, whatever its case.
    pub(super) fn full(&self, name: &str) -> Option<&'a TypeName> {
        self.by_full.get(&name.to_ascii_lowercase()).copied()
    }

    /// The types of this short name.
    pub(super) fn short(&self, name: &str) -> &[&'a TypeName] {
        self.by_short
            .get(&name.to_ascii_lowercase())
            .map_or(&[], Vec::as_slice)
    }

    /// The type that a page describes, unless several can be meant.
    pub(super) fn claimed(&self, claim: &TypeClaim) -> Option<&'a TypeName> {
        match &claim.namespace {
            Some(namespace) => self.full(&format!("{namespace}.{}", claim.name)),
            None => match self.short(&claim.name) {
                [one] => Some(one),
                _ => None,
            },
        }
    }

    /// A type that derives from this one, at whatever distance, and declares a property of this name.
    pub(super) fn derived_property(&self, name: &TypeName, property: &str) -> Option<&'a TypeName> {
        let mut open: Vec<&'a TypeName> = self.derived.get(name).cloned().unwrap_or_default();
        // Every type has one base, so that none is met twice.
        while let Some(next) = open.pop() {
            let declares = |ty: &crate::schema::Type| {
                ty.structural().is_some_and(|structural| {
                    structural.open || structural.properties.contains_key(property)
                })
            };
            if self.schema.types.get(next).is_some_and(declares) {
                return Some(next);
            }
            open.extend(self.derived.get(next).into_iter().flatten());
        }
        None
    }
}
