//! From text to schema, in one pass, with the place of whatever is wrong.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess,
};

use super::super::{
    Base, Definition, EnumType, Evidence, Member, Property, PropertyTrait, PropertyTraits, Schema,
    Source, StructuralKind, StructuralType, Type, TypeName, TypeRef, VersionSchema,
};
use super::object::{Entries, Entry, Fields, Item, Items, Object, Text, needed};
use super::references;
use super::{FORMAT, Lock, Unselected};
use crate::source::DocsRevision;

pub(super) fn load(text: &str) -> Result<Lock, crate::Error> {
    // Nothing else in the file begins a line in this way.
    if let Some(at) = text.lines().position(|line| line.starts_with("<<<<<<< ")) {
        return Err(crate::Error::LockHasConflicts { line: at + 1 });
    }
    let lock = read(text).map_err(|error| match format_of(text) {
        // What a newer format holds need not make sense here, so its number explains the mistake.
        Some(found) if found > FORMAT => crate::Error::LockIsNewer {
            found,
            known: FORMAT,
        },
        _ => {
            let (line, column) = (error.line(), error.column());
            let message = error.to_string();
            let place = format!(" at line {line} column {column}");
            let message = message.strip_suffix(&place).unwrap_or(&message);
            wrong(count(line), count(column), message.to_owned())
        }
    })?;
    for version in lock.schema.versions.values() {
        references::check(version).map_err(|bad| wrong(bad.line_in(text), 1, bad.to_string()))?;
    }
    Ok(lock)
}

fn read(text: &str) -> serde_json::Result<Lock> {
    let mut reader = serde_json::Deserializer::from_str(text);
    let lock = Object(File::default()).deserialize(&mut reader)?;
    reader.end()?;
    Ok(lock)
}

/// The format of a file whose other contents may be anything.
fn format_of(text: &str) -> Option<u64> {
    let mut reader = serde_json::Deserializer::from_str(text);
    Object(Head(None)).deserialize(&mut reader).ok()?
}

fn wrong(line: u32, column: u32, message: String) -> crate::Error {
    crate::Error::Lock {
        line,
        column,
        message,
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// The whole file, of which only the format counts.
struct Head(Option<u64>);

impl<'de> Fields<'de> for Head {
    type Whole = Option<u64>;
    const WHAT: &'static str = "a lock file";

    fn field<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error> {
        match name {
            "format" => self.0 = Some(map.next_value()?),
            _ => drop(map.next_value::<IgnoredAny>()?),
        }
        Ok(true)
    }

    fn finish<E: Error>(self) -> Result<Option<u64>, E> {
        Ok(self.0)
    }
}

/// The whole file.
#[derive(Default)]
struct File {
    format: Option<u64>,
    docs: Option<DocsRevision>,
    settings: BTreeMap<String, String>,
    versions: Option<BTreeMap<String, VersionSchema>>,
    unselected: Option<Unselected>,
    pages: Pages,
}

impl<'de> Fields<'de> for File {
    type Whole = Lock;
    const WHAT: &'static str = "a lock file";

    fn field<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error> {
        match name {
            "format" => {
                let found = map.next_value()?;
                if !(1..=FORMAT).contains(&found) {
                    let message = format!("expected a format up to {FORMAT}, found {found}");
                    return Err(A::Error::custom(message));
                }
                self.format = Some(found);
            }
            "versions" => {
                let versions = Entries(VersionEntry(&mut self.pages));
                self.versions = Some(map.next_value_seed(versions)?);
            }
            "docs" => self.docs = Some(map.next_value_seed(Object(DocsFields::default()))?),
            "settings" => self.settings = map.next_value()?,
            "unselected" => {
                let unselected = UnselectedFields {
                    pages: &mut self.pages,
                    namespace: None,
                    versions: None,
                };
                self.unselected = Some(map.next_value_seed(Object(unselected))?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn finish<E: Error>(self) -> Result<Self::Whole, E> {
        needed::<Self, _, E>(self.format, "format")?;
        Ok(Lock {
            docs: self.docs,
            settings: self.settings,
            schema: Schema {
                versions: needed::<Self, _, E>(self.versions, "versions")?,
            },
            unselected: self.unselected.unwrap_or_default(),
        })
    }
}

/// The docs' revision.
#[derive(Default)]
struct DocsFields {
    commit: Option<String>,
    edited: bool,
}

impl<'de> Fields<'de> for DocsFields {
    type Whole = DocsRevision;
    const WHAT: &'static str = "the docs' revision";

    fn field<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error> {
        match name {
            "commit" => self.commit = Some(map.next_value()?),
            "edited" => self.edited = map.next_value()?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn finish<E: Error>(self) -> Result<DocsRevision, E> {
        Ok(DocsRevision {
            commit: needed::<Self, _, E>(self.commit, "commit")?,
            edited: self.edited,
        })
    }
}

/// What is not selected.
struct UnselectedFields<'p> {
    pages: &'p mut Pages,
    namespace: Option<String>,
    versions: Option<BTreeMap<String, VersionSchema>>,
}

impl<'de> Fields<'de> for UnselectedFields<'_> {
    type Whole = Unselected;
    const WHAT: &'static str = "what is not selected";

    fn field<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error> {
        match name {
            "namespace" => self.namespace = Some(map.next_value()?),
            "versions" => {
                let versions = Entries(VersionEntry(self.pages));
                self.versions = Some(map.next_value_seed(versions)?);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn finish<E: Error>(self) -> Result<Unselected, E> {
        Ok(Unselected {
            namespace: self.namespace,
            schema: Schema {
                versions: needed::<Self, _, E>(self.versions, "versions")?,
            },
        })
    }
}

struct VersionEntry<'p>(&'p mut Pages);

impl<'de> Entry<'de> for VersionEntry<'_> {
    type Key = String;
    type Value = VersionSchema;
    const WHAT: &'static str = "versions";

    fn value<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<VersionSchema, A::Error> {
        let types = map.next_value_seed(Entries(TypeEntry(self.0)))?;
        let types = types.into_iter().map(|(Named(name), ty)| (name, ty));
        Ok(VersionSchema {
            types: types.collect(),
        })
    }
}

struct TypeEntry<'p>(&'p mut Pages);

impl<'de> Entry<'de> for TypeEntry<'_> {
    type Key = Named<TypeName>;
    type Value = Type;
    const WHAT: &'static str = "types";

    fn value<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<Type, A::Error> {
        map.next_value_seed(Object(TypeFields::new(self.0)))
    }
}

struct PropertyEntry<'p>(&'p mut Pages);

impl<'de> Entry<'de> for PropertyEntry<'_> {
    type Key = String;
    type Value = Property;
    const WHAT: &'static str = "properties";

    fn value<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<Property, A::Error> {
        map.next_value_seed(Object(PropertyFields::new(self.0)))
    }
}

struct MemberItem<'p>(&'p mut Pages);

impl<'de> Item<'de> for MemberItem<'_> {
    type Value = Member;
    const WHAT: &'static str = "a member";

    fn next<A: SeqAccess<'de>>(&mut self, items: &mut A) -> Result<Option<Member>, A::Error> {
        items.next_element_seed(Object(MemberFields::new(self.0)))
    }
}

/// The paths of pages, each stored once, however many types and properties stand on it.
#[derive(Default)]
struct Pages {
    known: HashSet<Arc<str>>,
    /// The page of a property that names none: that of its type, which may come later.
    of_type: Arc<str>,
}

impl Pages {
    fn get(&mut self, path: &str) -> Arc<str> {
        if let Some(known) = self.known.get(path) {
            return Arc::clone(known);
        }
        let page: Arc<str> = path.into();
        self.known.insert(Arc::clone(&page));
        page
    }
}
/// The members of a type, in whatever order they come.
struct TypeFields<'p> {
    pages: &'p mut Pages,
    kind: Option<Kind>,
    base: Option<TypeName>,
    base_evidence: Option<Evidence>,
    open: bool,
    is_abstract: bool,
    has_stream: bool,
    key: Vec<String>,
    flags: bool,
    deprecated: bool,
    area: Option<String>,
    page: Option<Arc<str>>,
    line: Option<u32>,
    description: Option<String>,
    properties: Option<BTreeMap<String, Property>>,
    members: Option<Vec<Member>>,
}

impl<'p> TypeFields<'p> {
    fn new(pages: &'p mut Pages) -> Self {
        Self {
            pages,
            kind: None,
            base: None,
            base_evidence: None,
            open: false,
            is_abstract: false,
            has_stream: false,
            key: Vec::new(),
            flags: false,
            deprecated: false,
            area: None,
            page: None,
            line: None,
            description: None,
            properties: None,
            members: None,
        }
    }
}

impl<'de> Fields<'de> for TypeFields<'_> {
    type Whole = Type;
    const WHAT: &'static str = "a type";

    fn field<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error> {
        match name {
            "kind" => self.kind = Some(map.next_value::<Named<Kind>>()?.0),
            "base" => self.base = Some(map.next_value::<Named<TypeName>>()?.0),
            "baseEvidence" => self.base_evidence = Some(map.next_value::<Named<_>>()?.0),
            "open" => self.open = map.next_value()?,
            "abstract" => self.is_abstract = map.next_value()?,
            "hasStream" => self.has_stream = map.next_value()?,
            "key" => self.key = map.next_value()?,
            "flags" => self.flags = map.next_value()?,
            "deprecated" => self.deprecated = map.next_value()?,
            "area" => self.area = Some(map.next_value()?),
            "page" => self.page = Some(map.next_value_seed(PageSeed(self.pages))?),
            "line" => self.line = Some(map.next_value()?),
            "description" => self.description = Some(map.next_value()?),
            "properties" => {
                let properties = Entries(PropertyEntry(self.pages));
                self.properties = Some(map.next_value_seed(properties)?);
            }
            "members" => {
                let members = map.next_value_seed(Items(MemberItem(self.pages)))?;
                self.members = Some(members);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn finish<E: Error>(self) -> Result<Type, E> {
        let kind = needed::<Self, _, E>(self.kind, "kind")?;
        let page = needed::<Self, _, E>(self.page, "page")?;
        let definition = match kind {
            Kind::Enumeration => {
                let mut members = needed::<Self, _, E>(self.members, "members")?;
                for member in &mut members {
                    if member.source.page.is_empty() {
                        member.source.page = Arc::clone(&page);
                    }
                }
                Definition::Enumeration(EnumType {
                    flags: self.flags,
                    members,
                })
            }
            Kind::Structural(kind) => {
                let base = match (self.base, self.base_evidence) {
                    (Some(name), Some(evidence)) => Some(Base { name, evidence }),
                    (Some(_), None) => return needed::<Self, _, E>(None, "baseEvidence"),
                    (None, _) => None,
                };
                let properties = self.properties;
                let mut properties = needed::<Self, _, E>(properties, "properties")?;
                for property in properties.values_mut() {
                    if property.source.page.is_empty() {
                        property.source.page = Arc::clone(&page);
                    }
                }
                Definition::Structural(StructuralType {
                    kind,
                    base,
                    open: self.open,
                    is_abstract: self.is_abstract,
                    has_stream: self.has_stream,
                    key: self.key,
                    properties,
                })
            }
        };
        Ok(Type {
            definition,
            description: self.description,
            deprecated: self.deprecated,
            area: self.area,
            source: Source {
                page,
                line: needed::<Self, _, E>(self.line, "line")?,
            },
        })
    }
}

/// The members of a property.
struct PropertyFields<'p> {
    pages: &'p mut Pages,
    ty: Option<TypeRef>,
    navigation: bool,
    description: Option<String>,
    values: Vec<String>,
    traits: PropertyTraits,
    evidence: Option<Evidence>,
    /// Empty if the property stands on the page of its type.
    page: Arc<str>,
    line: Option<u32>,
}

impl<'p> PropertyFields<'p> {
    fn new(pages: &'p mut Pages) -> Self {
        Self {
            page: Arc::clone(&pages.of_type),
            pages,
            ty: None,
            navigation: false,
            description: None,
            values: Vec::new(),
            traits: PropertyTraits::default(),
            evidence: None,
            line: None,
        }
    }
}

impl<'de> Fields<'de> for PropertyFields<'_> {
    type Whole = Property;
    const WHAT: &'static str = "a property";

    fn field<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error> {
        match name {
            "type" => self.ty = Some(map.next_value::<Named<TypeRef>>()?.0),
            "navigation" => self.navigation = map.next_value()?,
            "description" => self.description = Some(map.next_value()?),
            "values" => self.values = map.next_value()?,
            "evidence" => self.evidence = Some(map.next_value::<Named<Evidence>>()?.0),
            "page" => self.page = map.next_value_seed(PageSeed(self.pages))?,
            "line" => self.line = Some(map.next_value()?),
            other => {
                let mut traits = PropertyTrait::ALL.into_iter();
                let Some(known) = traits.find(|known| known.name() == other) else {
                    return Ok(false);
                };
                if map.next_value()? {
                    self.traits.insert(known);
                }
            }
        }
        Ok(true)
    }

    fn finish<E: Error>(self) -> Result<Property, E> {
        Ok(Property {
            ty: needed::<Self, _, E>(self.ty, "type")?,
            navigation: self.navigation,
            description: self.description,
            values: self.values,
            traits: self.traits,
            evidence: needed::<Self, _, E>(self.evidence, "evidence")?,
            source: Source {
                page: self.page,
                line: needed::<Self, _, E>(self.line, "line")?,
            },
        })
    }
}

/// The members of a member of an enumeration.
struct MemberFields<'p> {
    pages: &'p mut Pages,
    name: Option<String>,
    value: Option<i64>,
    description: Option<String>,
    /// Empty if the member stands on the page of its type.
    page: Arc<str>,
    line: Option<u32>,
}

impl<'p> MemberFields<'p> {
    fn new(pages: &'p mut Pages) -> Self {
        Self {
            page: Arc::clone(&pages.of_type),
            pages,
            name: None,
            value: None,
            description: None,
            line: None,
        }
    }
}

impl<'de> Fields<'de> for MemberFields<'_> {
    type Whole = Member;
    const WHAT: &'static str = "a member";

    fn field<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error> {
        match name {
            "name" => self.name = Some(map.next_value()?),
            "value" => self.value = Some(map.next_value()?),
            "description" => self.description = Some(map.next_value()?),
            "page" => self.page = map.next_value_seed(PageSeed(self.pages))?,
            "line" => self.line = Some(map.next_value()?),
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn finish<E: Error>(self) -> Result<Member, E> {
        Ok(Member {
            name: needed::<Self, _, E>(self.name, "name")?,
            value: self.value,
            description: self.description,
            source: Source {
                page: self.page,
                line: needed::<Self, _, E>(self.line, "line")?,
            },
        })
    }
}

/// A path that is stored once.
struct PageSeed<'p>(&'p mut Pages);

impl<'de> DeserializeSeed<'de> for PageSeed<'_> {
    type Value = Arc<str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Arc<str>, D::Error> {
        Text::deserialize(deserializer).map(|Text(path)| self.0.get(&path))
    }
}

/// Which kind of type.
enum Kind {
    Structural(StructuralKind),
    Enumeration,
}

/// Something that stands in the file as its name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Named<T>(T);

/// How a name is read, and what to say if it is none.
trait FromName: Sized {
    fn from_name(name: &str) -> Option<Self>;
    fn expected() -> String;
}

impl<'de, T: FromName> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Text(name) = Text::deserialize(deserializer)?;
        T::from_name(&name).map(Self).ok_or_else(|| {
            let expected = T::expected();
            D::Error::custom(format!("expected {expected}, found `{name}`"))
        })
    }
}

impl FromName for TypeName {
    fn from_name(name: &str) -> Option<Self> {
        Self::parse(name)
    }

    fn expected() -> String {
        "a qualified name".to_owned()
    }
}

impl FromName for TypeRef {
    fn from_name(name: &str) -> Option<Self> {
        Self::parse(name)
    }

    fn expected() -> String {
        "a qualified type".to_owned()
    }
}

impl FromName for Kind {
    fn from_name(name: &str) -> Option<Self> {
        match name {
            "entity" => Some(Self::Structural(StructuralKind::Entity)),
            "complex" => Some(Self::Structural(StructuralKind::Complex)),
            "enum" => Some(Self::Enumeration),
            _ => None,
        }
    }

    fn expected() -> String {
        "`entity`, `complex` or `enum`".to_owned()
    }
}

impl FromName for Evidence {
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|evidence| evidence.name() == name)
    }

    fn expected() -> String {
        let names: Vec<&str> = Self::ALL.iter().map(|evidence| evidence.name()).collect();
        format!("one of {}", names.join(", "))
    }
}
