//! What the docs describe beside what is selected, as far as the emitted texts tell of it.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::super::{Definition, Schema, Source, Type, TypeName, VersionSchema};

/// What the docs describe beside what is selected. The emitted texts tell how a type differs from that of another version,
/// and how many of its properties were left out, also where these are not emitted themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unselected {
    /// The namespace of most types of all versions, where the selected types alone would say something else.
    pub(crate) namespace: Option<String>,
    /// Types as they are without selection, without texts and places, where they are not so in the selection.
    pub(crate) schema: Schema,
}

impl Unselected {
    /// What is to be kept of the whole beside a part.
    pub(super) fn of(part: &Schema, whole: &Schema) -> Self {
        if std::ptr::eq(part, whole) || part == whole {
            return Self::default();
        }
        let selected = part.versions.values();
        let names: BTreeSet<&TypeName> = selected.flat_map(|types| types.types.keys()).collect();
        let mut unselected = Self::default();
        for (name, version) in &whole.versions {
            let own = part.versions.get(name);
            let own = |ty: &TypeName| own.and_then(|version| version.types.get(ty));
            let mut types = VersionSchema::default();
            for (ty, described) in names.iter().flat_map(|name| version.lineage(name)) {
                let bare = bare(described);
                if own(ty).is_none_or(|own| self::bare(own) != bare) {
                    types.types.insert(ty.clone(), bare);
                }
            }
            if !types.types.is_empty() || !part.versions.contains_key(name) {
                unselected.schema.versions.insert(name.clone(), types);
            }
        }
        let namespace = whole.main_namespace();
        if unselected.whole(part).main_namespace() != namespace {
            unselected.namespace = Some(namespace.to_owned());
        }
        unselected
    }

    /// Whether everything is selected.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let Self { namespace, schema } = self;
        namespace.is_none() && schema.versions.is_empty()
    }

    /// The whole of which a part was selected, as far as the emitted texts tell of it.
    pub(crate) fn whole<'a>(&self, part: &'a Schema) -> Cow<'a, Schema> {
        if self.schema.versions.is_empty() {
            return Cow::Borrowed(part);
        }
        let mut whole = part.clone();
        for (name, version) in &self.schema.versions {
            let types = &mut whole.versions.entry(name.clone()).or_default().types;
            types.extend(version.types.clone());
        }
        Cow::Owned(whole)
    }
}

/// A type without texts and places.
fn bare(ty: &Type) -> Type {
    let nowhere = || Source {
        page: "".into(),
        line: 0,
    };
    let mut ty = Type {
        description: None,
        area: None,
        source: nowhere(),
        ..ty.clone()
    };
    match &mut ty.definition {
        Definition::Structural(structural) => {
            for property in structural.properties.values_mut() {
                property.description = None;
                property.source = nowhere();
            }
        }
        Definition::Enumeration(enumeration) => {
            for member in &mut enumeration.members {
                member.description = None;
                member.source = nowhere();
            }
        }
    }
    ty
}
