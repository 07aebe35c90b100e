//! OData's schema language in XML (OASIS CSDL XML 4.01), as services publish it at `$metadata`.

use std::collections::BTreeMap;
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

use crate::Error;
use crate::schema::{
    Base, Definition, EnumType, Evidence, ItemType, Member, Property, PropertyTrait,
    PropertyTraits, Source, StructuralKind, StructuralType, Type, TypeName, TypeRef, VersionSchema,
};

/// Reads the types of a CSDL document. `name` is what places in the schema call the document.
///
/// Entity types, complex types, enumerations and type definitions are read, with what annotations say of their
/// descriptions, of deprecation and of computed properties; everything else is passed over. A type that is named and not
/// there is `Edm.Untyped`. As silence about null means in CSDL that null is possible, every property says whether it is.
///
/// # Errors
///
/// If the text is not well-formed XML, or has no schema in it.
///
/// ```
/// let text = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
///   <Schema Namespace="microsoft.graph" Alias="graph" xmlns="http://docs.oasis-open.org/odata/ns/edm">
///     <EnumType Name="tone"><Member Name="star" Value="10" /></EnumType>
///     <ComplexType Name="call"><Property Name="tones" Type="Collection(graph.tone)" /></ComplexType>
///   </Schema></edmx:DataServices></edmx:Edmx>"#;
/// let version = typedown::import::csdl(text, "metadata.xml")?;
/// let call = version.types["microsoft.graph.call"].structural().unwrap();
/// assert_eq!(call.properties["tones"].ty.to_string(), "Collection(microsoft.graph.tone)");
/// # Ok::<(), typedown::Error>(())
/// ```
pub fn csdl(text: &str, name: &str) -> Result<VersionSchema, Error> {
    let mut import = Import::new(text, name);
    let mut reader = Reader::from_str(text);
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX);
        let event = reader.read_event().map_err(|error| {
            let at = usize::try_from(reader.error_position()).unwrap_or(usize::MAX);
            import.error(at, error.to_string())
        })?;
        match event {
            Event::Start(element) => import.start(at, &element, false)?,
            Event::Empty(element) => import.start(at, &element, true)?,
            Event::End(_) => import.end(),
            Event::Eof => break,
            _ => {}
        }
    }
    import.finish()
}

/// An element's attributes by their names.
type Attributes = BTreeMap<String, String>;

struct Import<'t> {
    text: &'t str,
    name: Arc<str>,
    /// How far lines are counted.
    counted: (usize, u32),
    elements: Vec<String>,
    namespace: Option<String>,
    /// What namespaces are called for short.
    aliases: BTreeMap<String, String>,
    /// The type that is being read.
    ty: Option<(TypeName, Type)>,
    types: BTreeMap<TypeName, Type>,
    /// What type definitions stand for.
    definitions: BTreeMap<String, String>,
    /// The types of properties and the bases, as they are written.
    written: Vec<(TypeName, String, String)>,
    bases: Vec<(TypeName, String)>,
    /// What annotations are about: a type, and perhaps a member of it.
    target: Vec<String>,
    annotations: Vec<Annotation>,
}

/// What an annotation says.
struct Annotation {
    target: String,
    says: Says,
}

enum Says {
    Description(String),
    Computed,
    Deprecated,
}

impl<'t> Import<'t> {
    fn new(text: &'t str, name: &str) -> Self {
        Self {
            text,
            name: name.into(),
            counted: (0, 1),
            elements: Vec::new(),
            namespace: None,
            aliases: BTreeMap::new(),
            ty: None,
            types: BTreeMap::new(),
            definitions: BTreeMap::new(),
            written: Vec::new(),
            bases: Vec::new(),
            target: Vec::new(),
            annotations: Vec::new(),
        }
    }

    fn line(&mut self, at: usize) -> u32 {
        let (counted, mut line) = self.counted;
        let at = at.min(self.text.len());
        if let Some(between) = self.text.as_bytes().get(counted..at) {
            let ends = between.iter().filter(|byte| **byte == b'\n').count();
            line = line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
            self.counted = (at, line);
        }
        line
    }

    fn error(&mut self, at: usize, message: String) -> Error {
        Error::Csdl {
            line: self.line(at),
            message,
        }
    }

    fn attributes(&mut self, at: usize, element: &BytesStart<'_>) -> Result<Attributes, Error> {
        let mut attributes = Attributes::new();
        for attribute in element.attributes() {
            let attribute = attribute.map_err(|error| self.error(at, error.to_string()))?;
            let key = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| self.error(at, error.to_string()))?;
            attributes.insert(key, value.into_owned());
        }
        Ok(attributes)
    }

    fn start(&mut self, at: usize, element: &BytesStart<'_>, empty: bool) -> Result<(), Error> {
        let name = String::from_utf8_lossy(element.local_name().as_ref()).into_owned();
        let attributes = self.attributes(at, element)?;
        let line = self.line(at);
        let source = Source {
            page: Arc::clone(&self.name),
            line,
        };
        let targets = self.target.len();
        self.element(&name, &attributes, source);
        // What is annotated by elements inside of it stays so until it ends.
        if self.target.len() == targets {
            let around = self.target.last().cloned().unwrap_or_default();
            self.target.push(around);
        }
        self.elements.push(name);
        if empty {
            self.end();
        }
        Ok(())
    }

    fn end(&mut self) {
        self.target.pop();
        match self.elements.pop().as_deref() {
            Some("Schema") => self.namespace = None,
            Some("EntityType" | "ComplexType" | "EnumType") => {
                if let Some((name, ty)) = self.ty.take() {
                    self.types.insert(name, ty);
                }
            }
            _ => {}
        }
    }

    fn element(&mut self, element: &str, attributes: &Attributes, source: Source) {
        let get = |name: &str| attributes.get(name).map(String::as_str);
        let is = |name: &str| get(name) == Some("true");
        match element {
            "Schema" => {
                let namespace = get("Namespace").unwrap_or_default().to_owned();
                if let Some(alias) = get("Alias") {
                    self.aliases.insert(alias.to_owned(), namespace.clone());
                }
                self.namespace = Some(namespace);
            }
            "EntityType" | "ComplexType" => {
                let kind = match element {
                    "EntityType" => StructuralKind::Entity,
                    _ => StructuralKind::Complex,
                };
                let definition = Definition::Structural(StructuralType {
                    kind,
                    base: None,
                    open: is("OpenType"),
                    is_abstract: is("Abstract"),
                    has_stream: is("HasStream"),
                    key: Vec::new(),
                    properties: BTreeMap::new(),
                });
                if let Some(name) = self.begin(get("Name"), definition, source)
                    && let Some(base) = get("BaseType")
                {
                    self.bases.push((name, base.to_owned()));
                }
            }
            "EnumType" => {
                let definition = Definition::Enumeration(EnumType {
                    members: Vec::new(),
                    flags: is("IsFlags"),
                });
                self.begin(get("Name"), definition, source);
            }
            "TypeDefinition" => {
                if let (Some(namespace), Some(name)) = (&self.namespace, get("Name")) {
                    let underlying = get("UnderlyingType").unwrap_or_default();
                    self.definitions
                        .insert(format!("{namespace}.{name}"), underlying.to_owned());
                }
            }
            "Property" | "NavigationProperty" => {
                let navigation = element == "NavigationProperty";
                self.property(navigation, attributes, source);
            }
            "PropertyRef" => {
                if let (Some((_, ty)), Some(name)) = (&mut self.ty, get("Name"))
                    && let Definition::Structural(structural) = &mut ty.definition
                {
                    structural.key.push(name.to_owned());
                }
            }
            "Member" => self.member(attributes, source),
            "Annotations" => {
                let target = get("Target").unwrap_or_default().to_owned();
                self.target.push(target);
            }
            "Annotation" => self.annotation(attributes),
            "EnumMember" => {}
            "PropertyValue"
                if get("EnumMember").is_some_and(|member| member.ends_with("/Deprecated")) =>
            {
                self.say(Says::Deprecated);
            }
            _ => {}
        }
    }

    fn begin(
        &mut self,
        name: Option<&str>,
        definition: Definition,
        source: Source,
    ) -> Option<TypeName> {
        let name = TypeName::new(self.namespace.as_deref()?, name?);
        self.target.push(name.to_string());
        let ty = Type {
            definition,
            description: None,
            deprecated: false,
            area: None,
            source,
        };
        self.ty = Some((name.clone(), ty));
        Some(name)
    }

    fn property(&mut self, navigation: bool, attributes: &Attributes, source: Source) {
        let get = |name: &str| attributes.get(name).map(String::as_str);
        let (Some((owner, ty)), Some(name)) = (&mut self.ty, get("Name")) else {
            return;
        };
        let Definition::Structural(structural) = &mut ty.definition else {
            return;
        };
        let written = get("Type").unwrap_or("Edm.String");
        let collection = written.starts_with("Collection(");
        let mut traits = PropertyTraits::default();
        // Of collections, `Nullable` speaks of their items (section 7.2.1).
        traits.insert(match get("Nullable") {
            Some("false") => PropertyTrait::NotNullable,
            _ => PropertyTrait::Nullable,
        });
        if get("ContainsTarget") == Some("true") {
            traits.insert(PropertyTrait::Contained);
        }
        let property = Property {
            ty: TypeRef {
                item: ItemType::Untyped,
                collection,
            },
            navigation,
            description: None,
            values: Vec::new(),
            traits,
            evidence: Evidence::Annotation,
            source,
        };
        structural.properties.insert(name.to_owned(), property);
        let owner = owner.clone();
        self.target.push(format!("{owner}/{name}"));
        self.written
            .push((owner, name.to_owned(), written.to_owned()));
    }

    fn member(&mut self, attributes: &Attributes, source: Source) {
        let (Some((owner, ty)), Some(name)) = (&mut self.ty, attributes.get("Name")) else {
            return;
        };
        let Definition::Enumeration(enumeration) = &mut ty.definition else {
            return;
        };
        let members = &mut enumeration.members;
        if members.iter().any(|member| member.name == *name) {
            return;
        }
        let value = attributes.get("Value").and_then(|value| value.parse().ok());
        // Without numbers members are counted from 0 (section 10.2.1).
        let counted = || i64::try_from(members.len()).ok();
        let value = match attributes.contains_key("Value") {
            true => value,
            false => counted(),
        };
        members.push(Member {
            name: name.clone(),
            value,
            description: None,
            source,
        });
        self.target.push(format!("{owner}/{name}"));
    }

    fn annotation(&mut self, attributes: &Attributes) {
        let term = attributes.get("Term").map_or("", String::as_str);
        match term.strip_prefix("Org.OData.Core.V1.") {
            Some("Description") => {
                if let Some(text) = attributes.get("String") {
                    self.say(Says::Description(text.clone()));
                }
            }
            Some("Computed") if attributes.get("Bool").is_none_or(|is| is == "true") => {
                self.say(Says::Computed);
            }
            _ => {}
        }
    }

    fn say(&mut self, says: Says) {
        if let Some(target) = self.target.last() {
            self.annotations.push(Annotation {
                target: target.clone(),
                says,
            });
        }
    }

    /// A name with its whole namespace.
    fn qualified(&self, name: &str) -> String {
        match name.rsplit_once('.') {
            Some((alias, short)) => match self.aliases.get(alias) {
                Some(namespace) => format!("{namespace}.{short}"),
                None => name.to_owned(),
            },
            None => name.to_owned(),
        }
    }

    /// The type of values that is written, of which definitions stand for others.
    fn item(&self, written: &str) -> ItemType {
        let written = written
            .strip_prefix("Collection(")
            .and_then(|inner| inner.strip_suffix(')'))
            .unwrap_or(written);
        let mut name = self.qualified(written);
        if let Some(underlying) = self.definitions.get(&name) {
            name.clone_from(underlying);
        }
        match TypeRef::parse(&name).map(|ty| ty.item) {
            Some(ItemType::Named(name)) => match self.types.get_key_value(&name) {
                Some((name, _)) => ItemType::Named(name.clone()),
                None => ItemType::Untyped,
            },
            Some(item) => item,
            None => ItemType::Untyped,
        }
    }

    fn finish(mut self) -> Result<VersionSchema, Error> {
        if self.types.is_empty() {
            return Err(Error::Csdl {
                line: 1,
                message: "expected a `Schema` with types in it, found none".into(),
            });
        }
        for (owner, key, written) in std::mem::take(&mut self.written) {
            let item = self.item(&written);
            if let Some(ty) = self.types.get_mut(&owner)
                && let Definition::Structural(structural) = &mut ty.definition
                && let Some(property) = structural.properties.get_mut(&key)
            {
                property.ty.item = item;
            }
        }
        for (owner, base) in std::mem::take(&mut self.bases) {
            let name = self.qualified(&base);
            let is_structural = |ty: &Type| ty.structural().is_some();
            let Some((name, _)) = self
                .types
                .get_key_value(name.as_str())
                .filter(|(_, ty)| is_structural(ty))
            else {
                continue;
            };
            let base = Base {
                name: name.clone(),
                evidence: Evidence::Annotation,
            };
            if let Some(ty) = self.types.get_mut(&owner)
                && let Definition::Structural(structural) = &mut ty.definition
            {
                structural.base = Some(base);
            }
        }
        self.annotate();
        let mut version = VersionSchema { types: self.types };
        break_cycles(&mut version);
        Ok(version)
    }

    fn annotate(&mut self) {
        for Annotation { target, says } in std::mem::take(&mut self.annotations) {
            let (ty, member) = match target.split_once('/') {
                Some((ty, member)) => (ty, Some(member)),
                None => (target.as_str(), None),
            };
            let name = self.qualified(ty);
            let Some(ty) = self.types.get_mut(name.as_str()) else {
                continue;
            };
            match (member, &mut ty.definition) {
                (None, _) => match says {
                    Says::Description(text) => ty.description = Some(text),
                    Says::Deprecated => ty.deprecated = true,
                    Says::Computed => {}
                },
                (Some(member), Definition::Structural(structural)) => {
                    let Some(property) = structural.properties.get_mut(member) else {
                        continue;
                    };
                    match says {
                        Says::Description(text) => property.description = Some(text),
                        Says::Deprecated => {
                            property.traits.insert(PropertyTrait::Deprecated);
                        }
                        Says::Computed => {
                            property.traits.insert(PropertyTrait::ReadOnly);
                        }
                    }
                }
                (Some(member), Definition::Enumeration(enumeration)) => {
                    let mut members = enumeration.members.iter_mut();
                    if let Says::Description(text) = says
                        && let Some(member) = members.find(|other| other.name == member)
                    {
                        member.description = Some(text);
                    }
                }
            }
        }
    }
}

/// Takes away the bases that lead into a circle, which the rest of Typedown relies on not being there.
fn break_cycles(version: &mut VersionSchema) {
    let leads_into_circle = |version: &VersionSchema, name: &TypeName| {
        let last = version.lineage(name).last();
        last.is_some_and(|(_, ty)| ty.structural().is_some_and(|last| last.base.is_some()))
    };
    let names: Vec<TypeName> = version.types.keys().cloned().collect();
    for name in names {
        if leads_into_circle(version, &name)
            && let Some(ty) = version.types.get_mut(&name)
            && let Definition::Structural(structural) = &mut ty.definition
        {
            structural.base = None;
        }
    }
}
