//! The examples as objects, each of a type of the schema.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use typedown::schema::{Schema, TypeName, VersionSchema};

/// An object of an example.
#[derive(Clone, Debug)]
pub struct Object {
    /// The version whose page shows it.
    pub version: String,
    /// The page, and the line where the example begins.
    pub page: String,
    /// See [`page`](Self::page).
    pub line: u64,
    /// Its type.
    pub type_name: TypeName,
    /// The object.
    pub json: Value,
}

/// The objects of a file with an example a line, and the types that the schema lacks.
pub(super) fn read(text: &str, schema: &Schema) -> Result<(Vec<Object>, BTreeSet<String>), String> {
    let types = Types::new(schema);
    let mut objects = Vec::new();
    let mut untyped = BTreeSet::new();
    for (number, line) in text.lines().enumerate() {
        let example: Value = serde_json::from_str(line)
            .map_err(|error| format!("line {} of the examples: {error}", number + 1))?;
        let text = |key: &str| example[key].as_str().unwrap_or_default().to_owned();
        let (version, stated) = (text("version"), text("type"));
        let Some((types, type_name)) = types.find(&version, &stated) else {
            untyped.insert(format!("{version} {stated}"));
            continue;
        };
        let collection = example["collection"].as_bool() == Some(true);
        for json in instances(&example["json"], collection, types, type_name) {
            objects.push(Object {
                version: version.clone(),
                page: text("page"),
                line: example["line"].as_u64().unwrap_or_default(),
                type_name: type_name.clone(),
                json: json.clone(),
            });
        }
    }
    Ok((objects, untyped))
}

/// The objects of an example: itself, or what it has in `value`, unless that is a property of the type.
fn instances<'a>(
    json: &'a Value,
    collection: bool,
    types: &VersionSchema,
    name: &TypeName,
) -> Vec<&'a Value> {
    let has_value = types.effective_properties(name).contains_key("value");
    let wrapped = json.get("value").filter(|value| match value {
        Value::Array(_) => collection || !has_value,
        Value::Object(_) => !has_value,
        _ => false,
    });
    match wrapped.unwrap_or(json) {
        Value::Array(items) => items.iter().collect(),
        one => vec![one],
    }
}

/// The types of each version by their names in lower case: the docs are not always right about casing.
struct Types<'a>(BTreeMap<&'a str, (&'a VersionSchema, BTreeMap<String, &'a TypeName>)>);

impl<'a> Types<'a> {
    fn new(schema: &'a Schema) -> Self {
        let versions = schema.versions.iter().map(|(version, types)| {
            let names = types.types.keys();
            let names = names.map(|name| (name.as_str().to_lowercase(), name));
            (version.as_str(), (types, names.collect()))
        });
        Self(versions.collect())
    }

    fn find(&self, version: &str, name: &str) -> Option<(&'a VersionSchema, &'a TypeName)> {
        let (types, names) = self.0.get(version)?;
        let name = name.trim_start_matches('#').to_lowercase();
        Some((types, names.get(&name)?))
    }
}
