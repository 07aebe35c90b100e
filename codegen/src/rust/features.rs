//! The cargo features of a version: one for each area of the docs.
//!
//! A feature is closed under references: it enables the types of its area and all that these lead to, in whatever area
//! that is. So a type is there if any of the features is enabled that need it.

use super::layout::area;
use super::names::{Name, Scope, Usage};
use crate::schema::{ItemType, Type, TypeName, VersionSchema};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::fmt;

/// The features of a version.
#[derive(Clone, Debug, Default)]
pub(super) struct Features {
    /// Their names, in ascending order.
    names: Vec<String>,
    /// The positions of those that need a type.
    needed_by: HashMap<TypeName, Positions>,
}

impl Features {
    pub(super) fn new(version: &VersionSchema, module: &Name) -> Self {
        let areas = areas(version, module);
        let needed_by = needed_by(version, areas.values());
        Self {
            names: areas.into_keys().collect(),
            needed_by: version.types.keys().cloned().zip(needed_by).collect(),
        }
    }

    /// The features by name, of which it is not known which types need them.
    pub(super) fn without_types(version: &VersionSchema, module: &Name) -> Self {
        Self {
            names: areas(version, module).into_keys().collect(),
            needed_by: HashMap::new(),
        }
    }

    /// The features of several versions as those of one.
    pub(super) fn of_any(versions: &[Self]) -> Self {
        let mut all = Self::default();
        for version in versions {
            let start = all.names.len();
            all.names.extend(version.names.iter().cloned());
            for (name, needed_by) in &version.needed_by {
                let known = all.needed_by.entry(name.clone()).or_default();
                needed_by.iter().for_each(|at| known.insert(start + at));
            }
        }
        all
    }

    /// The names of the features, in ascending order.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }

    /// Which features need a type, to tell types apart.
    pub(super) fn needing(&self, name: &TypeName) -> Option<&Positions> {
        let needed_by = self.needed_by.get(name);
        needed_by.filter(|features| features.len() < self.names.len())
    }

    /// Which of the features a type needs; any of them is enough.
    pub(super) fn condition(&self, name: &TypeName) -> Condition<'_> {
        match self.needed_by.get(name) {
            Some(features) if features.len() < self.names.len() => {
                let names = features.iter().filter_map(|at| self.names.get(at));
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

/// The positions of the types of each area, by the name of its feature.
fn areas(version: &VersionSchema, module: &Name) -> BTreeMap<String, Vec<usize>> {
    let mut areas: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let mut features_of: HashMap<Cow<'_, str>, String> = HashMap::new();
    for (at, ty) in version.types.values().enumerate() {
        let feature = features_of.entry(area(ty)).or_insert_with_key(|area| {
            let mut area = Scope::new(Usage::Module).names([&**area]);
            let area = area.pop().map(|area| area.plain().replace('_', "-"));
            format!("{}-{}", module.plain(), area.unwrap_or_default())
        });
        match areas.get_mut(feature) {
            Some(types) => types.push(at),
            None => drop(areas.insert(feature.clone(), vec![at])),
        }
    }
    areas
}

/// For each type the positions of the groups from which bases and properties lead to it.
fn needed_by<'a>(
    version: &VersionSchema,
    groups: impl Iterator<Item = &'a Vec<usize>>,
) -> Vec<Positions> {
    let positions: HashMap<&TypeName, usize> = version.types.keys().zip(0..).collect();
    let targets = version.types.values().map(|ty| {
        let targets = references(ty).filter_map(|name| positions.get(name).copied());
        let mut targets: Vec<usize> = targets.collect();
        targets.sort_unstable();
        targets.dedup();
        targets
    });
    let targets: Vec<Vec<usize>> = targets.collect();
    let mut needed_by = vec![Positions::default(); targets.len()];
    let mut open = Vec::new();
    for (group, types) in groups.enumerate() {
        for at in types {
            needed_by[*at].insert(group);
            open.push(*at);
        }
    }
    while let Some(at) = open.pop() {
        let own = needed_by[at].clone();
        for target in &targets[at] {
            if needed_by[*target].extend(&own) {
                open.push(*target);
            }
        }
    }
    needed_by
}

/// A set of small numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Positions(Vec<u64>);

impl Positions {
    const BITS: usize = u64::BITS as usize;

    fn insert(&mut self, at: usize) {
        let word = at / Self::BITS;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (at % Self::BITS);
    }

    /// Takes in all of another set; whether any of it is new.
    fn extend(&mut self, other: &Self) -> bool {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        let mut grown = false;
        for (word, more) in self.0.iter_mut().zip(&other.0) {
            grown |= *more & !*word != 0;
            *word |= more;
        }
        grown
    }

    fn is_subset(&self, other: &Self) -> bool {
        let others = other.0.iter().copied().chain(std::iter::repeat(0));
        self.0
            .iter()
            .zip(others)
            .all(|(own, other)| own & !other == 0)
    }

    fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The numbers, in ascending order.
    fn iter(&self) -> impl Iterator<Item = usize> {
        let words = self.0.iter().enumerate();
        words.flat_map(|(position, word)| {
            let bits = (0..Self::BITS).filter(move |bit| word >> bit & 1 == 1);
            bits.map(move |bit| position * Self::BITS + bit)
        })
    }
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
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
