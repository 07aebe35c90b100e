//! What emitting a type needs to know of the others.

use super::customize::Customizations;
use super::descendants::Descendants;
use super::doc::{Links, PageIndex};
use super::features::Condition;
use super::layout::{Namespace, RelativePath, VersionNames};
use super::mappings::TypeMappings;
use super::names::Name;
use super::options::Mode;
use super::recursion::Recursion;
use super::trace::{Asked, Trace};
use crate::schema::{Definition, Property, Schema, Twin, Type, TypeName, VersionSchema};
use std::collections::BTreeMap;

/// All that a type in a version can ask about.
#[derive(Clone, Copy, Debug)]
pub(super) struct World<'a> {
    pub(super) mode: Mode,
    pub(super) types: TypeMappings,
    pub(super) customizations: &'a Customizations,
    /// All that was read, of which the version here may be a part.
    pub(super) whole: &'a Schema,
    pub(super) version_name: &'a str,
    pub(super) version: &'a VersionSchema,
    pub(super) names: &'a VersionNames,
    pub(super) recursion: &'a Recursion<'a>,
    pub(super) descendants: &'a Descendants<'a>,
    pub(super) pages: &'a PageIndex<'a>,
}

/// The rest of a version, as a type in one of its namespaces sees it. What is asked of it is traced, so that the text of the
/// type can be kept as long as the answers are the same; nothing but settings is to be had without asking.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    world: World<'a>,
    namespace: &'a Namespace,
    trace: Option<&'a Trace>,
}

impl<'a> Context<'a> {
    pub(super) fn new(world: World<'a>, namespace: &'a Namespace) -> Self {
        Self {
            world,
            namespace,
            trace: None,
        }
    }

    /// The same, with every question noted in a trace.
    pub(super) fn traced<'t>(&self, trace: &'t Trace) -> Context<'t>
    where
        'a: 't,
    {
        Context {
            trace: Some(trace),
            ..*self
        }
    }

    fn asks(&self, asked: impl FnOnce() -> Asked) {
        if let Some(trace) = self.trace {
            trace.note(asked());
        }
    }

    pub(super) fn mode(&self) -> Mode {
        self.world.mode
    }

    pub(super) fn types(&self) -> TypeMappings {
        self.world.types
    }

    pub(super) fn customizations(&self) -> &'a Customizations {
        self.world.customizations
    }

    pub(super) fn version_name(&self) -> &'a str {
        self.world.version_name
    }

    pub(super) fn namespace(&self) -> &'a Namespace {
        self.namespace
    }

    pub(super) fn ty(&self, name: &TypeName) -> Option<&'a Type> {
        self.asks(|| Asked::Lineage(name.clone()));
        self.world.version.types.get(name)
    }

    /// The properties of a type and its bases, each with the type that declares it.
    pub(super) fn effective_properties(
        &self,
        name: &'a TypeName,
    ) -> BTreeMap<&'a str, (&'a TypeName, &'a Property)> {
        self.asks(|| Asked::Lineage(name.clone()));
        self.world.version.effective_properties(name)
    }

    /// Whether a type takes members that are not declared.
    pub(super) fn is_open(&self, name: &TypeName) -> bool {
        self.asks(|| Asked::Lineage(name.clone()));
        self.world.version.is_open(name)
    }

    /// The name of a type in its namespace.
    pub(super) fn ident(&self, name: &TypeName) -> Option<&'a Name> {
        self.asks(|| Asked::Type(name.clone()));
        self.world.names.ident(name)
    }

    /// The name of the enum of a type and of those that derive from it; none if none does.
    pub(super) fn family(&self, base: &TypeName) -> Option<&'a Name> {
        self.asks(|| Asked::Type(base.clone()));
        self.world.names.family(base)
    }

    /// The types that derive from one, each with what must be enabled for it to be there beside the base.
    pub(super) fn derived(&self, base: &TypeName) -> Vec<(&'a TypeName, Condition<'a>)> {
        self.asks(|| Asked::Derived(base.clone()));
        self.world.derived(base)
    }

    pub(super) fn path(&self, name: &TypeName) -> Option<RelativePath<'a>> {
        self.asks(|| Asked::Type(name.clone()));
        self.world.names.relative(self.namespace, name)
    }

    /// The path of the enum whose variants are a type and those that derive from it; none if none does.
    pub(super) fn family_path(&self, base: &TypeName) -> Option<RelativePath<'a>> {
        self.asks(|| Asked::Type(base.clone()));
        match self.world.mode {
            Mode::Table => self.world.names.relative_family(self.namespace, base),
            Mode::Derive => None,
        }
    }

    /// Whether the docs list no member of a type, its bases and those that derive from it, nor say that it is open: they
    /// name the type, but say nothing of its values, which need not even be objects.
    pub(super) fn is_unspecified(&self, name: &TypeName) -> bool {
        self.asks(|| Asked::Type(name.clone()));
        self.world.is_unspecified(name)
    }

    pub(super) fn is_enumeration(&self, name: &TypeName) -> bool {
        self.asks(|| Asked::Type(name.clone()));
        self.world.is_enumeration(name)
    }

    /// Whether a field would make its owner infinitely large.
    pub(super) fn needs_box(&self, owner: &TypeName, field: &TypeName) -> bool {
        self.asks(|| Asked::Type(owner.clone()));
        self.asks(|| Asked::Type(field.clone()));
        self.world.recursion.needs_box(owner, field)
    }

    /// The names of the versions that were read, each with whether it has a type.
    pub(super) fn versions(&self, name: &TypeName) -> impl Iterator<Item = (&'a str, bool)> {
        self.asks(|| Asked::Everywhere(name.clone()));
        let versions = self.world.whole.versions.iter();
        versions.map(|(version, schema)| (version.as_str(), schema.types.contains_key(name)))
    }

    /// How a type differs between two of the versions that were read.
    pub(super) fn twin(&self, name: &'a TypeName, versions: [&str; 2]) -> Option<Twin<'a>> {
        self.asks(|| Asked::Everywhere(name.clone()));
        self.world.whole.twin(name, versions)
    }

    /// How many properties a type has in all that was read of its version.
    pub(super) fn whole_count(&self, name: &TypeName) -> Option<usize> {
        self.asks(|| Asked::Everywhere(name.clone()));
        let whole = self.world.whole.versions.get(self.world.version_name)?;
        Some(whole.effective_properties(name).len())
    }

    /// The type that a link to a page, or to a part of it, means.
    pub(super) fn type_of_link(&self, page: &str, fragment: &str) -> Option<&'a TypeName> {
        self.asks(|| Asked::Page(page.to_lowercase().into()));
        self.world.pages.find(page, fragment)
    }

    /// What the links on a page mean.
    pub(super) fn links<'l>(&'l self, page: &'l str) -> Links<'l> {
        Links {
            context: self,
            page,
        }
    }
}

impl<'a> World<'a> {
    pub(super) fn derived(&self, base: &TypeName) -> Vec<(&'a TypeName, Condition<'a>)> {
        let derived = self.descendants.of(base).iter().copied();
        let features = &self.names.features;
        derived
            .map(|name| (name, features.condition_beside(name, base)))
            .collect()
    }

    pub(super) fn is_unspecified(&self, name: &TypeName) -> bool {
        let ty = self.version.types.get(name);
        ty.and_then(Type::structural).is_some_and(|structural| {
            structural.properties.is_empty() && !structural.open && structural.base.is_none()
        }) && !self.descendants.is_base(name)
    }

    pub(super) fn is_enumeration(&self, name: &TypeName) -> bool {
        let ty = self.version.types.get(name);
        ty.is_some_and(|ty| matches!(ty.definition, Definition::Enumeration(_)))
    }
}
