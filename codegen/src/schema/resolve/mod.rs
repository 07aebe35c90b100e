//! From claims to the schema: the one step where names become types and evidence is weighed.
//!
//! The order of authority is that of [`Evidence`]: override, annotation, table, JSON block, sentence, inference; within it, JSON
//! keys give the spelling of names, the table gives the type, and a link's target beats its label. Whatever loses
//! becomes a diagnostic.

mod bases;
mod bounds;
mod compare;
mod enums;
mod groups;
mod index;
mod inferred;
mod kept;
mod kinds;
mod learned;
mod namespaces;
mod overrides;
mod properties;
mod types;

use std::collections::BTreeMap;

use self::groups::Group;
use self::index::Index;
#[cfg(feature = "analysis")]
pub(crate) use self::kept::Changed;
pub(crate) use self::kept::Kept;
use self::learned::Learned;
use self::namespaces::Namespaces;
use self::overrides::Rules;
pub(crate) use self::overrides::resolve_with;
use super::{
    Base, Definition, Evidence, Property, Schema, Source, StructuralType, Type, TypeName,
    VersionSchema,
};
use crate::Limits;
use crate::claims::{Form, PageClaims};
use crate::diagnostic::Diagnostic;
use crate::parallel;
use crate::source::Place;

/// The schema, and what had to be left out or decided on the way.
#[derive(Clone, Debug, Default)]
pub struct Resolved {
    /// The types of all versions.
    pub schema: Schema,
    /// What was dropped or doubtful.
    pub diagnostics: Vec<Diagnostic>,
}

/// Resolves the claims of all pages. Pages of different versions do not see each other.
///
/// ```
/// use typedown::claims::PageClaims;
/// use typedown::page::Page;
/// use typedown::schema::resolve;
/// use typedown::source::MemoryFiles;
///
/// let text = "# toneInfo resource type\n\n## Properties\n\n|Property|Type|\n|:--|:--|\n|sequenceId|Int64|\n";
/// let files = MemoryFiles::new([("beta/resources/a.md", text)]);
/// let page = Page::read(&files, "beta/resources/a.md".into());
/// let resolved = resolve(&[PageClaims::read("beta".into(), &page)]);
/// assert!(resolved.schema.versions["beta"].types.contains_key("microsoft.graph.toneInfo"));
/// ```
#[must_use]
pub fn resolve(pages: &[PageClaims]) -> Resolved {
    resolve_all(&pages.iter().collect::<Vec<_>>(), &Limits::default(), 1)
}

fn resolve_all(pages: &[&PageClaims], limits: &Limits, threads: usize) -> Resolved {
    let versions: Vec<(&str, Vec<&PageClaims>)> = by_version(pages).into_iter().collect();
    let schemas = parallel::map_each(threads, &versions, |(_, pages)| {
        let namespaces = Namespaces::new(pages);
        let mut resolver = Resolver::new(pages, &namespaces, Rules::new(limits));
        (resolver.resolve(), resolver.diagnostics)
    });
    let mut resolved = Resolved::default();
    for ((version, _), (schema, mut diagnostics)) in versions.into_iter().zip(schemas) {
        resolved.schema.versions.insert(version.to_owned(), schema);
        resolved.diagnostics.append(&mut diagnostics);
    }
    resolved
}

/// Resolves the claims of the pages of one version.
#[cfg(feature = "analysis")]
pub(crate) fn resolve_pages(pages: &[&PageClaims], limits: &Limits) -> VersionSchema {
    let namespaces = Namespaces::new(pages);
    Resolver::new(pages, &namespaces, Rules::new(limits)).resolve()
}

/// What is known already of properties.
trait Known {
    /// Those of a type, with what is to be told of them.
    fn of(
        &mut self,
        group: &Group<'_>,
        base: Option<&Base>,
    ) -> Option<(Properties, Vec<Diagnostic>)>;

    /// Takes notice of what was told of the properties of a type that were not known.
    fn tell(&mut self, name: &TypeName, told: &[Diagnostic]);
}

type Properties = BTreeMap<String, Property>;

/// Nothing.
struct Unknown;

impl Known for Unknown {
    fn of(&mut self, _: &Group<'_>, _: Option<&Base>) -> Option<(Properties, Vec<Diagnostic>)> {
        None
    }

    fn tell(&mut self, _: &TypeName, _: &[Diagnostic]) {}
}

fn by_version<'a>(pages: &[&'a PageClaims]) -> BTreeMap<&'a str, Vec<&'a PageClaims>> {
    let mut versions: BTreeMap<&str, Vec<&PageClaims>> = BTreeMap::new();
    for page in pages {
        versions.entry(&page.version).or_default().push(page);
    }
    versions
}

/// Resolves one version.
struct Resolver<'a> {
    pages: Vec<&'a PageClaims>,
    /// The types, by lower-case qualified name.
    groups: BTreeMap<String, Group<'a>>,
    index: Index,
    /// What cells in other languages mean.
    learned: Learned,
    /// The base of each type, once decided.
    bases: BTreeMap<TypeName, Base>,
    /// The types, bases before the types that derive from them, once the bases are decided.
    order: Vec<TypeName>,
    /// Enumerations that no page describes, but rows name with their values.
    enums: enums::Implied,
    /// What rows list for described enumerations.
    listed: enums::Listed<'a>,
    /// What overrides say.
    rules: Rules<'a>,
    diagnostics: Vec<Diagnostic>,
}

impl<'a> Resolver<'a> {
    fn new(pages: &[&'a PageClaims], namespaces: &Namespaces, rules: Rules<'a>) -> Self {
        let mut diagnostics = Vec::new();
        let mut groups = groups::group(pages, namespaces, &rules, &mut diagnostics);
        let index = Index::new(&groups, namespaces.default.clone(), &rules);
        groups.retain(|key, _| !rules.skipped.contains(key));
        let learned = Learned::of(&groups, &index);
        let mut enums = enums::Implied::of(&groups, &index, &learned);
        enums.apply(&rules.implied);
        let listed = enums::Listed::of(&groups, &index);
        Self {
            pages: pages.to_vec(),
            rules,
            groups,
            index,
            learned,
            bases: BTreeMap::new(),
            order: Vec::new(),
            enums,
            listed,
            diagnostics,
        }
    }

    fn resolve(&mut self) -> VersionSchema {
        let uses = self.begin();
        let mut schema = self.definitions(&mut Unknown);
        kinds::decide(&mut schema, &self.groups, &uses, &self.rules);
        schema
    }

    /// Decides the bases; how types are used.
    fn begin(&mut self) -> kinds::Uses {
        let uses = kinds::Uses::of(self);
        self.bases = bases::resolve(self, &uses);
        self.order = self.order();
        bounds::keep(self);
        uses
    }

    /// All types, of which it is not decided which are entity types.
    fn definitions(&mut self, known: &mut dyn Known) -> VersionSchema {
        let mut schema = VersionSchema::default();
        for name in std::mem::take(&mut self.order) {
            let Some(group) = self
                .groups
                .get(&name.as_str().to_ascii_lowercase())
                .cloned()
            else {
                continue;
            };
            let definition = match group.form {
                Form::Structural => Definition::Structural(StructuralType {
                    properties: match known.of(&group, self.bases.get(&name)) {
                        Some((properties, mut told)) => {
                            self.diagnostics.append(&mut told);
                            properties
                        }
                        None => {
                            let start = self.diagnostics.len();
                            let properties = properties::resolve(self, &group, &schema);
                            known.tell(&name, &self.diagnostics[start..]);
                            properties
                        }
                    },
                    kind: super::StructuralKind::Complex,
                    base: self.bases.get(&name).cloned(),
                    open: group.is_open(),
                    is_abstract: group.claims().any(|claim| claim.is_abstract),
                    has_stream: group.claims().any(|claim| claim.has_stream),
                    key: group
                        .claims()
                        .find(|claim| !claim.key.is_empty())
                        .map_or_else(Vec::new, |claim| claim.key.clone()),
                }),
                Form::Enumeration => {
                    let key = name.as_str().to_ascii_lowercase();
                    let values = self.rules.values.get(&key).copied();
                    let diagnostics = &mut self.diagnostics;
                    Definition::Enumeration(enums::resolve(
                        &group,
                        &self.listed,
                        values,
                        diagnostics,
                    ))
                }
            };
            schema.types.insert(name, group.describe(definition));
        }
        for (name, ty) in self.enums.take() {
            schema.types.entry(name).or_insert(ty);
        }
        schema
    }

    /// Puts bases before the types that derive from them.
    fn order(&self) -> Vec<TypeName> {
        let mut order = Vec::with_capacity(self.groups.len());
        let mut placed = std::collections::BTreeSet::new();
        for group in self.groups.values() {
            let mut chain = Vec::new();
            let mut next = Some(&group.name);
            while let Some(name) = next.filter(|name| !placed.contains(*name)) {
                chain.push(name.clone());
                next = self.bases.get(name).map(|base| &base.name);
            }
            for name in chain.into_iter().rev() {
                placed.insert(name.clone());
                order.push(name);
            }
        }
        order
    }
}

impl Group<'_> {
    /// Dresses a definition with what holds for every kind of type.
    fn describe(&self, definition: Definition) -> Type {
        let (page, claim) = self.main();
        Type {
            definition,
            description: self.claims().find_map(|claim| claim.description.clone()),
            deprecated: self.claims().any(|claim| claim.deprecated),
            area: page.area.clone(),
            source: source(&claim.place),
        }
    }
}

fn source(place: &Place) -> Source {
    Source {
        page: place.file.clone(),
        line: place.line,
    }
}

impl Base {
    fn new(name: TypeName, evidence: Evidence) -> Self {
        Self { name, evidence }
    }
}

#[cfg(test)]
mod tests;
