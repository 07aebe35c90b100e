//! Properties by names that may differ in case.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::collections::btree_map::{BTreeMap, Entry};

use super::{Property, TypeName, VersionSchema};

/// A property with its name and the type that declares it.
pub(crate) type Declared<'a> = (&'a str, &'a TypeName, &'a Property);

/// The properties of a type, own and inherited, for whoever asks for many of them.
#[derive(Debug, Default)]
pub(crate) struct PropertiesInAnyCase<'a> {
    /// The type and its bases, with what each declares.
    lineage: Vec<(&'a TypeName, &'a BTreeMap<String, Property>)>,
    /// By names in lower case those that no other of the same type differs from in case only; made when the first name is not
    /// found as it is.
    folded: OnceCell<HashMap<String, Declared<'a>>>,
}

impl<'a> PropertiesInAnyCase<'a> {
    pub(crate) fn of(version: &'a VersionSchema, ty: &'a TypeName) -> Self {
        let lineage = version.lineage(ty);
        let lineage = lineage.map_while(|(owner, ty)| Some((owner, &ty.structural()?.properties)));
        Self {
            lineage: lineage.collect(),
            folded: OnceCell::new(),
        }
    }

    /// The property of this name, or the only one whose name differs from it in case only.
    pub(crate) fn find(&self, name: &str) -> Option<Declared<'a>> {
        let mut lineage = self.lineage.iter();
        let exact = lineage.find_map(|(owner, properties)| {
            let (name, property) = properties.get_key_value(name)?;
            Some((name.as_str(), *owner, property))
        });
        exact.or_else(|| {
            let folded = self.folded.get_or_init(|| self.fold());
            folded.get(&name.to_lowercase()).copied()
        })
    }

    fn fold(&self) -> HashMap<String, Declared<'a>> {
        let mut folded = HashMap::new();
        for (owner, properties) in &self.lineage {
            let mut alone: BTreeMap<String, Option<Declared<'a>>> = BTreeMap::new();
            for (name, property) in *properties {
                match alone.entry(name.to_lowercase()) {
                    Entry::Vacant(free) => drop(free.insert(Some((name, owner, property)))),
                    Entry::Occupied(mut others) => drop(others.insert(None)),
                }
            }
            for (name, property) in alone {
                if let Some(property) = property {
                    folded.entry(name).or_insert(property);
                }
            }
        }
        folded
    }
}
