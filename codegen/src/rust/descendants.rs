//! Which types derive from which.

use crate::schema::{TypeName, VersionSchema};
use std::collections::{HashMap, HashSet};

/// The types that others derive from.
pub(super) fn bases(version: &VersionSchema) -> HashSet<&TypeName> {
    let structural = version.types.values().filter_map(|ty| ty.structural());
    let bases = structural.filter_map(|ty| ty.base.as_ref());
    bases.map(|base| &base.name).collect()
}

/// For each type those that derive from it, directly or not, by name.
#[derive(Debug, Default)]
pub(super) struct Descendants<'a> {
    /// Where each type stands in the order of names.
    positions: HashMap<&'a TypeName, usize>,
    /// In this order.
    of: Vec<Vec<&'a TypeName>>,
}

impl<'a> Descendants<'a> {
    pub(super) fn new(version: &'a VersionSchema) -> Self {
        let positions: HashMap<&TypeName, usize> = version.types.keys().zip(0..).collect();
        let bases = version.types.values().map(|ty| {
            let base = ty.structural()?.base.as_ref()?;
            positions.get(&base.name).copied()
        });
        let bases: Vec<Option<usize>> = bases.collect();
        let mut of = vec![Vec::new(); bases.len()];
        for (name, own) in version.types.keys().zip(0..) {
            let mut next = bases[own];
            // A cycle, which `resolve` never leaves, ends where it began.
            while let Some(base) =
                next.filter(|base| *base != own && of[*base].last() != Some(&name))
            {
                of[base].push(name);
                next = bases[base];
            }
        }
        Self { positions, of }
    }

    /// Where a type stands in the order of names.
    pub(super) fn position(&self, name: &TypeName) -> Option<usize> {
        self.positions.get(name).copied()
    }

    /// The types that derive from the one at a position, by name; none if it is no base.
    pub(super) fn at(&self, position: usize) -> &[&'a TypeName] {
        self.of.get(position).map_or(&[], Vec::as_slice)
    }

    /// The types that derive from one, by name; none if it is no base.
    pub(super) fn of(&self, base: &TypeName) -> &[&'a TypeName] {
        self.position(base)
            .map_or(&[], |position| self.at(position))
    }

    /// Whether a value whose type is declared as this one may be of another.
    pub(super) fn is_base(&self, name: &TypeName) -> bool {
        !self.of(name).is_empty()
    }
}
