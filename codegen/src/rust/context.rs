//! What emitting a type needs to know of the others.

use super::customize::Customizations;
use super::descendants::Descendants;
use super::doc::{Links, PageIndex};
use super::layout::{Namespace, RelativePath, VersionNames};
use super::mappings::TypeMappings;
use super::options::Mode;
use super::recursion::Recursion;
use crate::schema::{Definition, Schema, Type, TypeName, VersionSchema};

/// The rest of a version, as a type in one of its namespaces sees it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context<'a> {
    pub(super) mode: Mode,
    pub(super) types: TypeMappings,
    pub(super) customizations: &'a Customizations,
    /// All that was read, of which the version here may be a part.
    pub(super) whole: &'a Schema,
    pub(super) version_name: &'a str,
    pub(super) version: &'a VersionSchema,
    pub(super) names: &'a VersionNames,
    pub(super) namespace: &'a Namespace,
    pub(super) recursion: &'a Recursion<'a>,
    pub(super) descendants: &'a Descendants<'a>,
    pub(super) pages: &'a PageIndex<'a>,
}

impl<'a> Context<'a> {
    pub(super) fn path(&self, name: &TypeName) -> Option<RelativePath<'a>> {
        self.names.relative(self.namespace, name)
    }

    /// The path of the enum whose variants are a type and those that derive from it; none if none does.
    pub(super) fn family_path(&self, base: &TypeName) -> Option<RelativePath<'a>> {
        match self.mode {
            Mode::Table => self.names.relative_family(self.namespace, base),
            Mode::Derive => None,
        }
    }

    /// Whether the docs list no member of a type, its bases and those that derive from it, nor say that it is open: they
    /// name the type, but say nothing of its values, which need not even be objects.
    pub(super) fn is_unspecified(&self, name: &TypeName) -> bool {
        let ty = self.version.types.get(name);
        ty.and_then(Type::structural).is_some_and(|structural| {
            structural.properties.is_empty() && !structural.open && structural.base.is_none()
        }) && !self.descendants.is_base(name)
    }

    pub(super) fn is_enumeration(&self, name: &TypeName) -> bool {
        self.version
            .types
            .get(name)
            .is_some_and(|ty| matches!(ty.definition, Definition::Enumeration(_)))
    }

    /// Whether a field would make its owner infinitely large.
    pub(super) fn needs_box(&self, owner: &TypeName, field: &TypeName) -> bool {
        self.recursion.needs_box(owner, field)
    }

    /// What the links on a page mean.
    pub(super) fn links(&self, page: &'a str) -> Links<'a> {
        Links {
            version: self.version_name,
            names: self.names,
            namespace: self.namespace,
            pages: self.pages,
            page,
        }
    }
}
