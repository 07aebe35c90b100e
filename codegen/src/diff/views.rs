//! How each side shows what a finding is about.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::sides::Sides;
use crate::rust::{Surface, Surfaces};
use crate::schema::{
    Definition, EnumType, ItemType, Primitive, Property, Schema, Type, TypeRef, VersionSchema,
};

/// What is needed to show what findings are about; see [`Diff::views`](super::Diff::views).
#[derive(Debug)]
pub struct Views<'a> {
    pub(super) schemas: Sides<&'a Schema>,
    pub(super) surfaces: Sides<Surfaces<'a>>,
}

/// Shows what findings are about, as each side has it.
#[derive(Debug)]
pub struct Viewer<'a> {
    surfaces: Sides<BTreeMap<&'a str, Surface<'a>>>,
}

/// How a schema shows a type or a member.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// The product that the type belongs to in the docs.
    pub area: Option<String>,
    /// In JSON.
    pub json: Option<String>,
    /// In Rust.
    pub rust: Option<String>,
}

impl<'a> Views<'a> {
    /// Makes ready to show many findings.
    #[must_use]
    pub fn viewer(&'a self) -> Viewer<'a> {
        let side = |schema: &'a Schema, surfaces: &'a Surfaces<'a>| {
            let names = schema.versions.keys();
            let surfaces = names.filter_map(|name| Some((name.as_str(), surfaces.version(name)?)));
            surfaces.collect()
        };
        Viewer {
            surfaces: Sides {
                old: side(self.schemas.old, &self.surfaces.old),
                new: side(self.schemas.new, &self.surfaces.new),
            },
        }
    }
}

impl Viewer<'_> {
    /// How both sides show what a finding is about; none where a side does not have it.
    #[must_use]
    pub fn of(&self, finding: &Finding) -> Sides<Option<View>> {
        Sides {
            old: view(self.surfaces.old.get(&*finding.versions.old), finding),
            new: view(self.surfaces.new.get(&*finding.versions.new), finding),
        }
    }
}

fn view(surface: Option<&Surface<'_>>, finding: &Finding) -> Option<View> {
    let surface = surface?;
    let types = surface.version;
    let name = finding.ty.as_deref()?;
    // What is called by another name here is that of the finding in another casing.
    let (name, ty) = types.find_in_any_case(name)?;
    let mut view = View {
        area: ty.area.clone(),
        ..View::default()
    };
    let Some(member) = &finding.member else {
        view.rust = surface.path(name).map(|path| {
            let keyword = match ty.definition {
                Definition::Structural(_) => "struct",
                Definition::Enumeration(_) => "enum",
            };
            format!("pub {keyword} {path}")
        });
        view.json = Some(match &ty.definition {
            Definition::Structural(_) => format!("\"@odata.type\": \"#{name}\""),
            Definition::Enumeration(enumeration) => member_of(enumeration),
        });
        return Some(view);
    };
    match &ty.definition {
        Definition::Structural(_) => {
            let (key, _, property) = types.property_in_any_case(name, member)?;
            view.json = Some(format!("\"{key}\": {}", example(types, property)));
            view.rust = surface.field_text(name, key, property);
        }
        Definition::Enumeration(enumeration) => {
            let mut members = enumeration.members.iter();
            let found = members.find(|other| other.name.eq_ignore_ascii_case(member))?;
            view.json = Some(format!("\"{}\"", found.name));
            view.rust = surface.variants(enumeration).remove(found.name.as_str());
        }
    }
    Some(view)
}

/// A member as JSON has it.
fn member_of(enumeration: &EnumType) -> String {
    let first = enumeration.members.first();
    format!("\"{}\"", first.map_or("…", |member| member.name.as_str()))
}

/// A value such as JSON blocks of the docs show.
fn example(version: &VersionSchema, property: &Property) -> String {
    let TypeRef { item, collection } = &property.ty;
    let one = match item {
        ItemType::Primitive(Primitive::Boolean) => "true".to_owned(),
        ItemType::Primitive(
            Primitive::Byte
            | Primitive::SByte
            | Primitive::Int16
            | Primitive::Int32
            | Primitive::Int64,
        ) => "1024".to_owned(),
        ItemType::Primitive(Primitive::Single | Primitive::Double | Primitive::Decimal) => {
            "1.5".to_owned()
        }
        ItemType::Primitive(primitive) => {
            let name = primitive.name();
            format!("\"{}\"", name.rsplit('.').next().unwrap_or(name))
        }
        ItemType::Named(name) => match version.types.get(name).and_then(Type::enumeration) {
            Some(enumeration) => member_of(enumeration),
            None => format!("{{\"@odata.type\": \"#{name}\"}}"),
        },
        ItemType::Untyped => "…".to_owned(),
    };
    match collection {
        true => format!("[{one}]"),
        false => one,
    }
}
