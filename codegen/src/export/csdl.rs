//! CSDL, OData's own schema language, as XML (OData CSDL XML 4.01, written so that readers of 4.0 take it).

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::text::plain;
use crate::schema::{
    Definition, EnumType, ItemType, Primitive, Property, PropertyTrait, StructuralKind,
    StructuralType, Type, TypeName, VersionSchema,
};
use crate::visible::{has_log_command, steers, without_log_commands};

const EDMX: &str = "http://docs.oasis-open.org/odata/ns/edmx";
const EDM: &str = "http://docs.oasis-open.org/odata/ns/edm";

/// The vocabularies whose terms are used: where they are published, and their namespaces.
const VOCABULARIES: [(&str, &str); 2] = [
    (
        "https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Core.V1.xml",
        "Org.OData.Core.V1",
    ),
    (
        "https://oasis-tcs.github.io/odata-vocabularies/vocabularies/Org.OData.Validation.V1.xml",
        "Org.OData.Validation.V1",
    ),
];

/// The schema of a version as a CSDL document.
///
/// Where the docs describe what OData does not allow, the document says the nearest that it does: the type of a property
/// decides whether it is a navigation property, an entity type whose page shows no key is abstract, and an enumeration
/// without members is text.
///
/// ```
/// use typedown::Generator;
/// use typedown::export::csdl;
/// use typedown::source::MemoryFiles;
///
/// let page = "# tone resource type\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n|pitch|Int32|How high.|\n";
/// let reading = Generator::new().read(&MemoryFiles::new([("beta/resources/tone.md", page)]))?;
/// let document = csdl(&reading.schema.versions["beta"]);
/// assert!(document.contains(r#"<Property Name="pitch" Type="Edm.Int32">"#));
/// # Ok::<(), typedown::Error>(())
/// ```
#[must_use]
pub fn csdl(schema: &VersionSchema) -> String {
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    // Writing to memory does not fail.
    let _ = document(&mut writer, schema);
    let mut text = String::from_utf8_lossy(&writer.into_inner()).into_owned();
    text.push('\n');
    characters(text)
}

/// Without characters that XML does not have (XML 1.0, section 2.2), and those that would steer where it is shown. All text
/// is in values of attributes, where a character may be written by its number.
fn characters(text: String) -> String {
    let is_odd = |c: char| (steers(c) && c != '\n') || matches!(c, '\u{fffe}' | '\u{ffff}');
    let text = match text.contains(is_odd) {
        true => text.replace(is_odd, "\u{fffd}"),
        false => text,
    };
    match has_log_command(&text) {
        true => without_log_commands(&text, "&#35;"),
        false => text,
    }
}

type Xml = Writer<Vec<u8>>;

fn document(xml: &mut Xml, schema: &VersionSchema) -> io::Result<()> {
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.create_element("edmx:Edmx")
        .with_attributes([("Version", "4.0"), ("xmlns:edmx", EDMX)])
        .write_inner_content(|xml| {
            for (uri, namespace) in VOCABULARIES {
                xml.create_element("edmx:Reference")
                    .with_attribute(("Uri", uri))
                    .write_inner_content(|xml| {
                        xml.create_element("edmx:Include")
                            .with_attribute(("Namespace", namespace))
                            .write_empty()?;
                        Ok(())
                    })?;
            }
            xml.create_element("edmx:DataServices")
                .write_inner_content(|xml| {
                    for (namespace, types) in namespaces(schema) {
                        xml.create_element("Schema")
                            .with_attributes([("Namespace", namespace), ("xmlns", EDM)])
                            .write_inner_content(|xml| {
                                types
                                    .iter()
                                    .try_for_each(|(name, ty)| write_type(xml, schema, name, ty))
                            })?;
                    }
                    Ok(())
                })?;
            Ok(())
        })?;
    Ok(())
}

/// The types by namespace.
fn namespaces(schema: &VersionSchema) -> BTreeMap<&str, Vec<(&TypeName, &Type)>> {
    let mut namespaces: BTreeMap<&str, Vec<(&TypeName, &Type)>> = BTreeMap::new();
    for (name, ty) in &schema.types {
        namespaces
            .entry(name.namespace())
            .or_default()
            .push((name, ty));
    }
    namespaces
}

fn write_type(xml: &mut Xml, schema: &VersionSchema, name: &TypeName, ty: &Type) -> io::Result<()> {
    match &ty.definition {
        Definition::Structural(structural) => write_structural(xml, schema, name, ty, structural),
        Definition::Enumeration(enumeration) => write_enumeration(xml, name, ty, enumeration),
    }
}

fn write_structural(
    xml: &mut Xml,
    schema: &VersionSchema,
    name: &TypeName,
    ty: &Type,
    structural: &StructuralType,
) -> io::Result<()> {
    let StructuralType {
        kind,
        base,
        open: _,
        is_abstract: _,
        has_stream,
        key: _,
        properties,
    } = structural;
    let element = match kind {
        StructuralKind::Entity => "EntityType",
        StructuralKind::Complex => "ComplexType",
    };
    let mut attributes = vec![("Name", name.short())];
    attributes.extend(base.as_ref().map(|base| ("BaseType", base.name.as_str())));
    attributes.extend(is_abstract(schema, name, structural).then_some(("Abstract", "true")));
    // What derives from an open type is open, and says so.
    attributes.extend(schema.is_open(name).then_some(("OpenType", "true")));
    let is_media = *has_stream && *kind == StructuralKind::Entity;
    attributes.extend(is_media.then_some(("HasStream", "true")));
    let key = key(schema, name, structural);
    xml.create_element(element)
        .with_attributes(attributes)
        .write_inner_content(|xml| {
            if !key.is_empty() {
                xml.create_element("Key").write_inner_content(|xml| {
                    for name in &key {
                        xml.create_element("PropertyRef")
                            .with_attribute(("Name", *name))
                            .write_empty()?;
                    }
                    Ok(())
                })?;
            }
            for (name, property) in properties {
                write_property(xml, schema, name, property, key.contains(&name.as_str()))?;
            }
            description(xml, ty.description.as_deref())
        })?;
    Ok(())
}

/// Whether a type is written as abstract. Entity types without a key have to be, and none may derive from one that is not
/// (CSDL 4.01, section 6.2); about complex types there is no such rule.
fn is_abstract(schema: &VersionSchema, name: &TypeName, structural: &StructuralType) -> bool {
    let has_key = |name: &TypeName| {
        schema
            .lineage(name)
            .any(|(_, ty)| !declared_key(ty).is_empty())
    };
    match structural.kind {
        StructuralKind::Complex => structural.is_abstract,
        StructuralKind::Entity => schema.lineage(name).all(|(name, ty)| {
            ty.structural()
                .is_some_and(|structural| structural.is_abstract)
                || !has_key(name)
        }),
    }
}

/// The key properties that a type declares: an entity has them unless a base does (CSDL 4.01, section 6.5).
fn key<'a>(
    schema: &'a VersionSchema,
    name: &'a TypeName,
    structural: &'a StructuralType,
) -> Vec<&'a str> {
    let mut bases = schema.lineage(name).skip(1);
    if structural.kind == StructuralKind::Entity && bases.all(|(_, ty)| declared_key(ty).is_empty())
    {
        schema.types.get(name).map_or_else(Vec::new, declared_key)
    } else {
        Vec::new()
    }
}

/// The properties of a type that can be its key: those that the docs call so, else `id`.
fn declared_key(ty: &Type) -> Vec<&str> {
    let Some(structural) = ty.structural() else {
        return Vec::new();
    };
    let usable = |key: &&str| structural.properties.get(*key).is_some_and(can_be_key);
    let stated = structural.key.iter().map(String::as_str);
    let stated: Vec<&str> = stated.filter(usable).collect();
    if stated.is_empty() {
        ["id"].into_iter().filter(usable).collect()
    } else {
        stated
    }
}

/// Whether keys may have the property's type (CSDL 4.01, section 6.5).
fn can_be_key(property: &Property) -> bool {
    let unfit = [
        Primitive::Binary,
        Primitive::Double,
        Primitive::Single,
        Primitive::Stream,
    ];
    let fit =
        matches!(property.ty.item, ItemType::Primitive(primitive) if !unfit.contains(&primitive));
    fit && !property.ty.collection
}

/// Whether a property is written as a navigation property: those, and only those, lead to entities (CSDL 4.01, sections
/// 7.1 and 8.1), whatever table of the docs they stand in.
fn is_navigation(schema: &VersionSchema, property: &Property) -> bool {
    match &property.ty.item {
        ItemType::Primitive(_) => false,
        ItemType::Untyped => property.navigation,
        ItemType::Named(name) => schema
            .types
            .get(name)
            .and_then(Type::structural)
            .is_some_and(|structural| structural.kind == StructuralKind::Entity),
    }
}

fn write_property(
    xml: &mut Xml,
    schema: &VersionSchema,
    name: &str,
    property: &Property,
    is_key: bool,
) -> io::Result<()> {
    let navigation = is_navigation(schema, property);
    let (element, untyped) = if navigation {
        ("NavigationProperty", "Edm.EntityType")
    } else {
        ("Property", ItemType::Untyped.name())
    };
    let ty = property.ty.to_string();
    let ty = ty.replace(ItemType::Untyped.name(), untyped);
    let mut attributes = vec![("Name", name), ("Type", ty.as_str())];
    let never_null = is_key || property.traits.contains(PropertyTrait::NotNullable);
    attributes.extend((never_null && !property.ty.collection).then_some(("Nullable", "false")));
    let element = xml.create_element(element).with_attributes(attributes);
    if property.description.is_none() && property.values.is_empty() && property.traits.is_empty() {
        element.write_empty()?;
        return Ok(());
    }
    element.write_inner_content(|xml| {
        description(xml, property.description.as_deref())?;
        if property.traits.contains(PropertyTrait::ReadOnly) && !navigation {
            xml.create_element("Annotation")
                .with_attributes([
                    ("Term", "Org.OData.Core.V1.Permissions"),
                    ("EnumMember", "Org.OData.Core.V1.Permission/Read"),
                ])
                .write_empty()?;
        }
        if !property.values.is_empty() {
            allowed_values(xml, &property.values)?;
        }
        Ok(())
    })?;
    Ok(())
}

fn allowed_values(xml: &mut Xml, values: &[String]) -> io::Result<()> {
    xml.create_element("Annotation")
        .with_attribute(("Term", "Org.OData.Validation.V1.AllowedValues"))
        .write_inner_content(|xml| {
            xml.create_element("Collection")
                .write_inner_content(|xml| {
                    for value in values {
                        xml.create_element("Record").write_inner_content(|xml| {
                            xml.create_element("PropertyValue")
                                .with_attributes([
                                    ("Property", "Value"),
                                    ("String", value.as_str()),
                                ])
                                .write_empty()?;
                            Ok(())
                        })?;
                    }
                    Ok(())
                })?;
            Ok(())
        })?;
    Ok(())
}

fn write_enumeration(
    xml: &mut Xml,
    name: &TypeName,
    ty: &Type,
    enumeration: &EnumType,
) -> io::Result<()> {
    let EnumType { members, flags } = enumeration;
    if members.is_empty() {
        // An enumeration type has members (CSDL XML 4.01, its schema); of this one only the name is known.
        xml.create_element("TypeDefinition")
            .with_attributes([("Name", name.short()), ("UnderlyingType", "Edm.String")])
            .write_inner_content(|xml| description(xml, ty.description.as_deref()))?;
        return Ok(());
    }
    // Either all members have values or none has (CSDL 4.01, section 10.3).
    let numbered = members.iter().all(|member| member.value.is_some());
    let mut attributes = vec![("Name", name.short())];
    attributes.extend((*flags && numbered).then_some(("IsFlags", "true")));
    xml.create_element("EnumType")
        .with_attributes(attributes)
        .write_inner_content(|xml| {
            let mut written = BTreeSet::new();
            for member in members {
                let name = identifier(&member.name);
                if !written.insert(name.clone()) {
                    continue;
                }
                let value = member
                    .value
                    .filter(|_| numbered)
                    .map(|value| value.to_string());
                let mut attributes = vec![("Name", name.as_str())];
                attributes.extend(value.as_deref().map(|value| ("Value", value)));
                let element = xml.create_element("Member").with_attributes(attributes);
                if member.description.is_some() {
                    element.write_inner_content(|xml| {
                        description(xml, member.description.as_deref())
                    })?;
                } else {
                    element.write_empty()?;
                }
            }
            description(xml, ty.description.as_deref())
        })?;
    Ok(())
}

/// A member's name as a simple identifier (CSDL 4.01, section 17.2); a few members of the docs have blanks inside.
fn identifier(name: &str) -> String {
    let mut identifier: String = name
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '_' {
                c
            } else {
                '_'
            }
        })
        .collect();
    if identifier.starts_with(|c: char| !c.is_alphabetic() && c != '_') {
        identifier.insert(0, '_');
    }
    identifier
}

fn description(xml: &mut Xml, description: Option<&str>) -> io::Result<()> {
    if let Some(text) = description.map(plain).filter(|text| !text.is_empty()) {
        xml.create_element("Annotation")
            .with_attributes([
                ("Term", "Org.OData.Core.V1.Description"),
                ("String", text.as_str()),
            ])
            .write_empty()?;
    }
    Ok(())
}
