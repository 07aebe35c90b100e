//! The cargo features of a version: one for each area of the docs.
//!
//! A feature is closed under references: it enables the types of its area and all that these lead to, in whatever area
//! that is. So a type is there if any of the features is enabled that need it.

use super::layout::area;
use super::names::{Name, Scope, Usage};
use crate::schema::{ItemType, Type, TypeName, VersionSchema};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The features of a version.
#[derive(Clone, Debug, Default)]
pub(super) struct Features {
    /// Their names, in ascending order.
    names: Vec<String>,
    /// The positions of those that need a type.
    needed_by: BTreeMap<TypeName, BTreeSet<usize>>,
}

impl Features {
    pub(super) fn new(version: &VersionSchema, module: &Name) -> Self {
        let mut areas: BTreeMap<String, Vec<&TypeName>> = BTreeMap::new();
        for (name, ty) in &version.types {
            for area in Scope::new(Usage::Module).names([area(ty).as_str()]) {
                let feature = format!("{}-{}", module.plain(), area.plain().replace('_', "-"));
                areas.entry(feature).or_default().push(name);
            }
        }
        let mut features = Self::default();
        for (position, (feature, types)) in areas.into_iter().enumerate() {
            features.names.push(feature);
            for name in reached(version, types) {
                let needed_by = features.needed_by.entry(name.clone()).or_default();
                needed_by.insert(position);
            }
        }
        features
    }

    /// The features of several versions as those of one.
    pub(super) fn of_any(versions: &[Self]) -> Self {
        let mut all = Self::default();
        for version in versions {
            let start = all.names.len();
            all.names.extend(version.names.iter().cloned());
            for (name, needed_by) in &version.needed_by {
                let known = all.needed_by.entry(name.clone()).or_default();
                known.extend(needed_by.iter().map(|at| start + at));
            }
        }
        all
    }

    /// The names of the features, in ascending order.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Which of the features a type needs; any of them is enough.
    pub(super) fn condition(&self, name: &TypeName) -> Condition<'_> {
        match self.needed_by.get(name) {
            Some(features) if features.len() < self.names.len() => {
                let names = features.iter().filter_map(|at| self.names.get(*at));
                Condition::any_of(names.map(String::as_str))
            }
            _ => Condition::None,
        }
    }

    /// The same where another type is known to be there.
    pub(super) fn condition_beside(&self, name: &TypeName, there: &TypeName) -> Condition<'_> {
        let needed_by = [name, there].map(|name| self.needed_by.get(name));
        match needed_by {
            [Some(own), Some(there)] if there.is_subset(own) => Condition::None,
            _ => self.condition(name),
        }
    }
}

/// Some types, and all that their bases and properties lead to.
fn reached<'a>(version: &'a VersionSchema, types: Vec<&'a TypeName>) -> BTreeSet<&'a TypeName> {
    let mut reached = BTreeSet::new();
    let mut open = types;
    while let Some(name) = open.pop() {
        if reached.insert(name) {
            open.extend(version.types.get(name).into_iter().flat_map(references));
        }
    }
    reached
}

/// The types that a type names.
fn references(ty: &Type) -> impl Iterator<Item = &TypeName> {
    let structural = ty.structural().into_iter();
    structural.flat_map(|structural| {
        let base = structural.base.iter().map(|base| &base.name);
        let properties = structural.properties.values();
        base.chain(properties.filter_map(|property| match &property.ty.item {
            ItemType::Named(name) => Some(name),
            ItemType::Primitive(_) | ItemType::Untyped => None,
        }))
    })
}

/// What must be enabled for something to be there. Writes itself as an attribute, or as nothing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Condition<'a> {
    /// It is always there.
    None,
    /// One of these features, which are several or one.
    AnyOf(Vec<&'a str>),
}

impl<'a> Condition<'a> {
    /// On features of which any is enough; on nothing if there are none.
    pub(super) fn any_of(features: impl Iterator<Item = &'a str>) -> Self {
        let features: Vec<&str> = features.collect();
        if features.is_empty() {
            Self::None
        } else {
            Self::AnyOf(features)
        }
    }

    /// How many features are named.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::None => usize::MAX,
            Self::AnyOf(features) => features.len(),
        }
    }
}

impl ToTokens for Condition<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(match self {
            Self::None => return,
            Self::AnyOf(features) => match features[..] {
                [feature] => quote!(#[cfg(feature = #feature)]),
                _ => quote!(#[cfg(any(#(feature = #features),*))]),
            },
        });
    }
}

/// How long a line may be.
const WIDTH: usize = 100;

impl fmt::Display for Condition<'_> {
    /// An attribute that ends its line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self::AnyOf(features) = self else {
            return Ok(());
        };
        let features = features.iter();
        let features: Vec<String> = features
            .map(|feature| format!("feature = {feature:?}"))
            .collect();
        if let [feature] = &features[..] {
            return writeln!(f, "#[cfg({feature})]");
        }
        let line = format!("#[cfg(any({}))]", features.join(", "));
        if line.len() <= WIDTH {
            return writeln!(f, "{line}");
        }
        writeln!(f, "#[cfg(any(")?;
        for feature in features {
            writeln!(f, "    {feature},")?;
        }
        writeln!(f, "))]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;
    use crate::source::MemoryFiles;

    /// A version whose pages are `NAME in AREA: property types`.
    fn version(pages: &[(&str, &str, &[&str])]) -> VersionSchema {
        let pages = pages.iter().map(|(name, area, types)| {
            let rows: String = types
                .iter()
                .map(|ty| format!("|{ty}|[{ty}]({ty}.md)|\n"))
                .collect();
            (
                format!("api-reference/beta/resources/{name}.md"),
                format!(
                    "---\nms.prod: {area}\n---\n# {name} resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|id|String|\n{rows}"
                ),
            )
        });
        let mut reading = Generator::new().read(&MemoryFiles::new(pages)).unwrap();
        reading.schema.versions.remove("beta").unwrap()
    }

    fn conditions(version: &VersionSchema) -> Vec<String> {
        let module = Scope::new(Usage::Module).names(["beta"]).remove(0);
        let features = Features::new(version, &module);
        let types = version.types.keys();
        types
            .map(|name| format!("{}{}", features.condition(name), name.short()))
            .collect()
    }

    #[test]
    fn a_type_is_there_for_its_own_area_and_for_those_that_lead_to_it() {
        let version = version(&[
            ("bell", "sounds", &["clapper"]),
            ("clapper", "sounds", &[]),
            ("clock", "time pieces", &["tower"]),
            ("tower", "buildings", &["bell"]),
            ("wall", "buildings", &[]),
        ]);
        assert_eq!(
            conditions(&version),
            [
                "bell",
                "clapper",
                "#[cfg(feature = \"beta-time-pieces\")]\nclock",
                "#[cfg(any(feature = \"beta-buildings\", feature = \"beta-time-pieces\"))]\ntower",
                "#[cfg(feature = \"beta-buildings\")]\nwall",
            ]
        );
    }

    #[test]
    fn one_area_has_no_conditions() {
        let version = version(&[("bell", "sounds", &[]), ("tone", "sounds", &[])]);
        assert_eq!(conditions(&version), ["bell", "tone"]);
    }

    #[test]
    fn long_conditions_have_a_line_for_each_feature() {
        let names: Vec<String> = (0..4)
            .map(|n| format!("beta-a-rather-long-name-{n}"))
            .collect();
        let condition = Condition::any_of(names.iter().map(String::as_str)).to_string();
        assert!(
            condition.starts_with("#[cfg(any(\n    feature = \"beta-a-rather-long-name-0\",\n")
        );
        assert!(condition.ends_with(",\n))]\n"));
    }
}
