//! JSON Schema, draft 2020-12.

use serde_json::{Map, Value, json};

use super::text::plain;
use crate::schema::{
    Definition, ItemType, Primitive, Property, PropertyTrait, Type, TypeRef, VersionSchema,
};

/// The schema of a version as a JSON Schema document: a definition for each type, by its qualified name.
///
/// It is as open as the service is: any property may be absent or null, undeclared members are allowed, and an
/// enumeration lists its members as examples of what may come.
///
/// ```
/// use typedown::Generator;
/// use typedown::export::json_schema;
/// use typedown::source::MemoryFiles;
///
/// let page = "# tone resource type\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n|pitch|Int32|How high.|\n";
/// let reading = Generator::new().read(&MemoryFiles::new([("beta/resources/tone.md", page)]))?;
/// let document = json_schema(&reading.schema.versions["beta"]);
/// assert_eq!(document["$defs"]["microsoft.graph.tone"]["properties"]["pitch"]["description"], "How high.");
/// # Ok::<(), typedown::Error>(())
/// ```
#[must_use]
pub fn json_schema(schema: &VersionSchema) -> Value {
    let definitions: Map<String, Value> = schema
        .types
        .iter()
        .map(|(name, ty)| (name.to_string(), definition(ty)))
        .collect();
    json!({ "$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions })
}

fn definition(ty: &Type) -> Value {
    let mut definition = Map::new();
    if let Some(description) = &ty.description {
        definition.insert("description".into(), plain(description).into());
    }
    if ty.deprecated {
        definition.insert("deprecated".into(), true.into());
    }
    match &ty.definition {
        Definition::Structural(structural) => {
            definition.insert("type".into(), "object".into());
            if let Some(base) = &structural.base {
                definition.insert("allOf".into(), json!([reference(base.name.as_str())]));
            }
            let properties: Map<String, Value> = structural
                .properties
                .iter()
                .map(|(name, property)| (name.clone(), value(property)))
                .collect();
            definition.insert("properties".into(), properties.into());
        }
        Definition::Enumeration(enumeration) => {
            definition.insert("type".into(), "string".into());
            let members: Vec<&str> = enumeration
                .members
                .iter()
                .map(|member| member.name.as_str())
                .collect();
            definition.insert("examples".into(), members.into());
        }
    }
    definition.into()
}

fn value(property: &Property) -> Value {
    let Property {
        ty,
        navigation: _,
        description,
        values,
        traits,
        evidence: _,
        source: _,
    } = property;
    let mut schema = Map::new();
    if let Some(description) = description {
        schema.insert("description".into(), plain(description).into());
    }
    for (what, key) in [
        (PropertyTrait::ReadOnly, "readOnly"),
        (PropertyTrait::Deprecated, "deprecated"),
    ] {
        if traits.contains(what) {
            schema.insert(key.into(), true.into());
        }
    }
    if !values.is_empty() {
        schema.insert("examples".into(), values.clone().into());
    }
    schema.insert("anyOf".into(), json!([type_of(ty), { "type": "null" }]));
    schema.into()
}

fn type_of(ty: &TypeRef) -> Value {
    let item = match &ty.item {
        ItemType::Primitive(primitive) => primitive_type(*primitive),
        ItemType::Named(name) => reference(name.as_str()),
        ItemType::Untyped => json!({}),
    };
    if ty.collection {
        json!({ "type": "array", "items": item })
    } else {
        item
    }
}

/// How a primitive value looks in JSON (OData JSON Format 4.01, section 7.1).
fn primitive_type(primitive: Primitive) -> Value {
    let integer =
        |least: i64, most: i64| json!({ "type": "integer", "minimum": least, "maximum": most });
    match primitive {
        Primitive::Boolean => json!({ "type": "boolean" }),
        Primitive::Byte => integer(0, u8::MAX.into()),
        Primitive::SByte => integer(i8::MIN.into(), i8::MAX.into()),
        Primitive::Int16 => integer(i16::MIN.into(), i16::MAX.into()),
        Primitive::Int32 => integer(i32::MIN.into(), i32::MAX.into()),
        // A client may ask for these two as strings.
        Primitive::Int64 => json!({ "type": ["integer", "string"], "format": "int64" }),
        Primitive::Decimal => json!({ "type": ["number", "string"], "format": "decimal" }),
        // What has no number in JSON is a string: INF, -INF and NaN.
        Primitive::Single | Primitive::Double => json!({ "type": ["number", "string"] }),
        Primitive::Date => json!({ "type": "string", "format": "date" }),
        Primitive::DateTimeOffset => json!({ "type": "string", "format": "date-time" }),
        Primitive::Duration => json!({ "type": "string", "format": "duration" }),
        Primitive::TimeOfDay => json!({ "type": "string", "format": "time" }),
        Primitive::Guid => json!({ "type": "string", "format": "uuid" }),
        Primitive::Binary => json!({ "type": "string", "contentEncoding": "base64url" }),
        Primitive::Stream | Primitive::String => json!({ "type": "string" }),
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}
