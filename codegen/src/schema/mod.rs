//! What the docs say, resolved: the types of each version, in OData's terms.
//!
//! A [`Schema`] is made from the claims of all pages by [`resolve`], saved as the lock file
//! by [`Schema::to_lock`], and read by everything that comes after: the Rust emitter, exports and differences. Every map is
//! ordered and every name is qualified, so that equal docs give equal bytes.

mod any_case;
pub mod lock;
mod name;
mod primitive;
mod resolve;
mod select;
mod shared;
mod traits;
mod twin;
mod type_ref;

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::sync::Arc;

pub(crate) use self::any_case::{Declared, PropertiesInAnyCase};
pub use self::lock::{Lock, Unselected};
pub use self::name::TypeName;
pub(crate) use self::name::{is_reserved, is_same_in_any_case, told_of_reserved};
pub use self::primitive::Primitive;
pub(crate) use self::resolve::Kept;
pub(crate) use self::resolve::resolve_with;
#[cfg(feature = "analysis")]
pub(crate) use self::resolve::{Changed, resolve_pages};
pub use self::resolve::{Resolved, resolve};
pub use self::select::{Navigation, SelectError, Selection};
pub(crate) use self::shared::is_stable;
pub use self::traits::{PropertyTrait, PropertyTraits};
pub(crate) use self::twin::Piece;
pub use self::twin::{Aspect, Difference, Twin};
pub use self::type_ref::{ItemType, TypeRef};

/// The types of every version that was read.
///
/// ```
/// use typedown::Generator;
/// use typedown::source::MemoryFiles;
///
/// let files = MemoryFiles::new([(
///     "api-reference/beta/resources/toneinfo.md",
///     "# toneInfo resource type\n\n## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n|sequenceId|Int64|Counts tones.|\n",
/// )]);
/// let schema = Generator::new().read(&files)?.schema;
/// let tone_info = &schema.versions["beta"].types["microsoft.graph.toneInfo"];
/// assert_eq!(tone_info.structural().unwrap().properties["sequenceId"].ty.to_string(), "Edm.Int64");
/// # Ok::<(), typedown::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Schema {
    /// The versions by the names of their folders, such as `v1.0` and `beta`.
    pub versions: BTreeMap<String, VersionSchema>,
}

/// The types of one version.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct VersionSchema {
    /// Every type by its qualified name.
    pub types: BTreeMap<TypeName, Type>,
}

/// A type that the docs describe.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Type {
    /// What kind of type it is, with all that only this kind has.
    pub definition: Definition,
    /// The page's first sentences about it, as Markdown with links as the page has them.
    pub description: Option<String>,
    /// Whether the page calls the whole type deprecated.
    pub deprecated: bool,
    /// The product that the page belongs to (front matter `ms.prod` or its successors); files are named from it.
    pub area: Option<String>,
    /// Where the type is named.
    pub source: Source,
}

impl Type {
    /// The structural part, unless the type is an enumeration.
    #[must_use]
    pub fn structural(&self) -> Option<&StructuralType> {
        match &self.definition {
            Definition::Structural(structural) => Some(structural),
            Definition::Enumeration(_) => None,
        }
    }

    /// The enumeration, unless the type is structural.
    #[must_use]
    pub fn enumeration(&self) -> Option<&EnumType> {
        match &self.definition {
            Definition::Structural(_) => None,
            Definition::Enumeration(enumeration) => Some(enumeration),
        }
    }

    /// `entity`, `complex` or `enum`, as commands print it and the lock file holds it.
    #[must_use]
    pub fn kind_name(&self) -> &'static str {
        match &self.definition {
            Definition::Structural(structural) => structural.kind.name(),
            Definition::Enumeration(_) => "enum",
        }
    }
}

/// The kinds of types that OData knows and resource pages describe.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Definition {
    /// An entity type or a complex type.
    Structural(StructuralType),
    /// An enumeration type.
    Enumeration(EnumType),
}

/// An entity type or a complex type (OData CSDL 4.01, sections 6 and 9).
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct StructuralType {
    /// Entity or complex.
    pub kind: StructuralKind,
    /// The type it derives from, and how that is known.
    pub base: Option<Base>,
    /// Whether it takes members that are not declared; a type derived from an open type is open too.
    pub open: bool,
    /// Whether only types derived from it have instances.
    pub is_abstract: bool,
    /// Whether an instance is a stream of bytes too (`HasStream`).
    pub has_stream: bool,
    /// The names of its key properties, where the page states them.
    pub key: Vec<String>,
    /// Its own properties by name, without those of its base.
    pub properties: BTreeMap<String, Property>,
}

/// Whether instances have an identity of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StructuralKind {
    /// Instances have a key.
    Entity,
    /// Instances live inside others.
    Complex,
}

impl StructuralKind {
    /// `entity` or `complex`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Complex => "complex",
        }
    }
}

/// A base type and the best evidence for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Base {
    /// The base type; the schema holds a type of this name.
    pub name: TypeName,
    /// How the docs say so.
    pub evidence: Evidence,
}

/// A property or navigation property of a structural type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Property {
    /// The type of its values.
    pub ty: TypeRef,
    /// Whether it relates to other entities (navigation property) instead of holding values.
    pub navigation: bool,
    /// What the docs say of it, as Markdown with links as the page has them.
    pub description: Option<String>,
    /// For a String without an enumeration type: the values that the docs call possible, in their order.
    pub values: Vec<String>,
    /// What the docs say beside type and description.
    pub traits: PropertyTraits,
    /// The source that decided its type.
    pub evidence: Evidence,
    /// Where it stands.
    pub source: Source,
}

/// An enumeration type. Its members are those that the docs list; a service may send others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct EnumType {
    /// The members in the order of the docs.
    pub members: Vec<Member>,
    /// Whether the docs say that members combine.
    pub flags: bool,
}

/// The sentinel of evolvable enumerations: members listed after it are sent only to clients that ask for them with
/// the header `Prefer: include-unknown-enum-members`.
pub const SENTINEL: &str = "unknownFutureValue";

impl EnumType {
    /// The position of the sentinel `unknownFutureValue`, however it is cased.
    #[must_use]
    pub fn sentinel(&self) -> Option<usize> {
        self.members
            .iter()
            .position(|member| member.name.eq_ignore_ascii_case(SENTINEL))
    }

    /// Whether the member at a position stands behind the sentinel: by their numbers where the docs give both, which are
    /// what a service goes by, else by the order in which they are listed.
    #[must_use]
    pub fn is_hidden(&self, at: usize) -> bool {
        let sentinel = self.sentinel();
        sentinel.is_some_and(|sentinel| self.is_behind(at, sentinel))
    }

    /// The same, of an enumeration whose sentinel is known to stand at a position.
    pub(crate) fn is_behind(&self, at: usize, sentinel: usize) -> bool {
        let number = |at: usize| self.members.get(at).and_then(|member| member.value);
        match (number(at), number(sentinel)) {
            (Some(own), Some(sentinel)) => own > sentinel,
            _ => at > sentinel,
        }
    }
}

/// A member of an enumeration type.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Member {
    /// The name, as it stands in JSON.
    pub name: String,
    /// The number, where the docs give one.
    pub value: Option<i64>,
    /// What the docs say of it, as Markdown.
    pub description: Option<String>,
    /// Where it stands: its row, or what lists it.
    pub source: Source,
}

/// Where something stands in the docs: a page relative to the docs folder, with `/`, and a line counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Source {
    /// The page.
    pub page: Arc<str>,
    /// The line.
    pub line: u32,
}

/// The kinds of evidence, best first: where two disagree, the earlier decides and a diagnostic tells of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// A person says so, against whatever the docs say.
    Override,
    /// A key of the JSON comment above a code block.
    Annotation,
    /// A row of a table.
    Table,
    /// A member of the JSON block that shows the type.
    Json,
    /// A sentence.
    Prose,
    /// Nothing says so; other facts imply it.
    Inferred,
}

impl Evidence {
    /// Every kind of evidence, best first.
    pub const ALL: [Self; 6] = [
        Self::Override,
        Self::Annotation,
        Self::Table,
        Self::Json,
        Self::Prose,
        Self::Inferred,
    ];

    /// The name in the lock file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Override => "override",
            Self::Annotation => "annotation",
            Self::Table => "table",
            Self::Json => "json",
            Self::Prose => "prose",
            Self::Inferred => "inferred",
        }
    }
}

impl Schema {
    /// The namespace of most types, whose types are in the modules of the versions themselves; of equally frequent ones the
    /// shortest, then the first. A stray namespace, such as a misspelled one, gets a module beside the types and moves none
    /// of them.
    pub(crate) fn main_namespace(&self) -> &str {
        let versions = self.versions.values();
        let names = versions.flat_map(|version| version.types.keys());
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in names {
            *counts.entry(name.namespace()).or_default() += 1;
        }
        let counts = counts.into_iter().rev();
        let most = counts.max_by_key(|(space, count)| (*count, std::cmp::Reverse(space.len())));
        most.map_or("", |(space, _)| space)
    }
}

/// In so many names one is found more quickly by looking at all of them.
const FEW: usize = 16;

impl VersionSchema {
    /// The type and its bases, the type itself first. A cycle, which `resolve` never leaves, ends the walk.
    pub fn lineage<'a>(
        &'a self,
        name: &'a TypeName,
    ) -> impl Iterator<Item = (&'a TypeName, &'a Type)> {
        let mut next = Some(name);
        // Lineages are short, and most are of one type, for which nothing has to be kept.
        let mut seen: Vec<&TypeName> = Vec::new();
        let mut older: HashSet<&TypeName> = HashSet::new();
        std::iter::from_fn(move || {
            let name = next.filter(|name| !seen.contains(name) && !older.contains(name))?;
            let ty = self.types.get(name)?;
            let base = ty.structural().and_then(|ty| ty.base.as_ref());
            next = base.map(|base| &base.name);
            if next.is_some() {
                if seen.len() == FEW {
                    older.extend(seen.drain(..));
                }
                seen.push(name);
            }
            Some((name, ty))
        })
    }

    /// The type of a qualified name, or of one that differs from it in case only.
    pub(crate) fn find_in_any_case(&self, name: &str) -> Option<(&TypeName, &Type)> {
        self.types.get_key_value(name).or_else(|| {
            let mut types = self.types.iter();
            types.find(|(other, _)| is_same_in_any_case(other.as_str(), name))
        })
    }

    /// The property of a type, own or inherited, by its name or by the only one that differs from it in case only; with its
    /// name and the type that declares it.
    pub(crate) fn property_in_any_case<'a>(
        &'a self,
        ty: &'a TypeName,
        name: &str,
    ) -> Option<Declared<'a>> {
        PropertiesInAnyCase::of(self, ty).find(name)
    }

    /// Own and inherited properties by name, each with the type that declares it.
    #[must_use]
    pub fn effective_properties<'a>(
        &'a self,
        name: &'a TypeName,
    ) -> BTreeMap<&'a str, (&'a TypeName, &'a Property)> {
        let lineage: Vec<(&TypeName, &Type)> = self.lineage(name).collect();
        // The base first: of several of one name, the map keeps the last.
        let declared = lineage.into_iter().rev().flat_map(|(owner, ty)| {
            let properties = ty.structural().map(|structural| &structural.properties);
            let properties = properties.into_iter().flatten();
            properties.map(move |(name, property)| (name.as_str(), (owner, property)))
        });
        declared.collect()
    }

    /// The property of a name that a type has, own or inherited, with the type that declares it.
    #[cfg(feature = "analysis")]
    pub(crate) fn effective_property<'a>(
        &'a self,
        name: &'a TypeName,
        property: &str,
    ) -> Option<(&'a TypeName, &'a Property)> {
        self.lineage(name).find_map(|(owner, ty)| {
            let properties = &ty.structural()?.properties;
            Some((owner, properties.get(property)?))
        })
    }

    /// Whether a type has properties, own or inherited.
    #[cfg(feature = "analysis")]
    pub(crate) fn has_properties(&self, name: &TypeName) -> bool {
        let mut structural = self.lineage(name).filter_map(|(_, ty)| ty.structural());
        structural.any(|ty| !ty.properties.is_empty())
    }

    /// Whether instances take members that are not declared: the type or one of its bases is open.
    #[must_use]
    pub fn is_open(&self, name: &TypeName) -> bool {
        self.lineage(name)
            .any(|(_, ty)| ty.structural().is_some_and(|structural| structural.open))
    }
}
