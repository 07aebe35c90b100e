//! The typed JSON examples of the reference material as objects, each of a type of the schema.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde_json::Value;
use serde_json::value::RawValue;
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
    /// Its type, as the schema spells it.
    pub type_name: TypeName,
    /// The object as text on one line. Its members are in the order of the example, which a measurement of speed needs.
    pub json: String,
}

impl Object {
    /// The object.
    ///
    /// # Panics
    ///
    /// Never: the text was taken out of JSON.
    #[must_use]
    pub fn value(&self) -> Value {
        serde_json::from_str(&self.json).expect("a part of JSON is JSON")
    }
}

/// The objects of a file.
#[derive(Clone, Debug, Default)]
pub struct Examples {
    /// The objects of types that the schema has.
    pub objects: Vec<Object>,
    /// The types that it lacks, with their version.
    pub untyped: BTreeSet<String>,
}

/// Reads a file with an example on each line.
///
/// # Errors
///
/// If it cannot be read, or a line is not an example.
pub fn read(file: &Path, schema: &Schema) -> Result<Examples, String> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| format!("{} cannot be read: {error}", file.display()))?;
    let types = Types::new(schema);
    let mut examples = Examples::default();
    for (number, line) in (1..).zip(text.lines()) {
        examples
            .add(line, &types)
            .map_err(|error| format!("{}:{number}: {error}", file.display()))?;
    }
    Ok(examples)
}

/// Members in no order, each as it stands in the text.
type Members = BTreeMap<String, Box<RawValue>>;

impl Examples {
    fn add(&mut self, line: &str, types: &Types<'_>) -> Result<(), serde_json::Error> {
        let example: Value = serde_json::from_str(line)?;
        let text = |key: &str| example[key].as_str().unwrap_or_default().to_owned();
        let (version, stated) = (text("version"), text("type"));
        let Some((types, type_name)) = types.find(&version, &stated) else {
            self.untyped.insert(format!("{version} {stated}"));
            return Ok(());
        };
        let members: Members = serde_json::from_str(line)?;
        let Some(json) = members.get("json") else {
            return Ok(());
        };
        let collection = example["collection"].as_bool() == Some(true);
        let has_value = types.effective_properties(type_name).contains_key("value");
        for json in objects(json, collection, has_value)? {
            self.objects.push(Object {
                version: version.clone(),
                page: text("page"),
                line: example["line"].as_u64().unwrap_or_default(),
                type_name: type_name.clone(),
                json,
            });
        }
        Ok(())
    }
}

/// The objects of an example: itself, or what it has in `value`, unless that is a property of the type.
fn objects(
    json: &RawValue,
    collection: bool,
    has_value: bool,
) -> Result<Vec<String>, serde_json::Error> {
    let reply: Option<Members> = serde_json::from_str(json.get()).ok();
    let value = reply.as_ref().and_then(|reply| reply.get("value"));
    let wrapped = value.filter(|value| match value.get().as_bytes().first() {
        Some(b'[') => collection || !has_value,
        Some(b'{') => !has_value,
        _ => false,
    });
    let found = wrapped.map_or(json, |value| value);
    if found.get().starts_with('[') {
        let items: Vec<Box<RawValue>> = serde_json::from_str(found.get())?;
        Ok(items.iter().map(|item| item.get().to_owned()).collect())
    } else {
        Ok(vec![found.get().to_owned()])
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_taken_out_of_replies_as_they_stand() {
        let table: [(&str, bool, bool, &[&str]); 7] = [
            (
                r#"{"b": 1, "a": 2}"#,
                false,
                false,
                &[r#"{"b": 1, "a": 2}"#],
            ),
            (
                r#"{"value": {"b":1, "a": 2}}"#,
                false,
                false,
                &[r#"{"b":1, "a": 2}"#],
            ),
            (
                r#"{"x": 1, "value": [{"a": 1}, {}]}"#,
                true,
                false,
                &[r#"{"a": 1}"#, "{}"],
            ),
            (
                r#"{"value": [{"a": 1}]}"#,
                false,
                true,
                &[r#"{"value": [{"a": 1}]}"#],
            ),
            (r#"{"value": [{"a": 1}]}"#, true, true, &[r#"{"a": 1}"#]),
            (
                r#"{"value": "text"}"#,
                false,
                false,
                &[r#"{"value": "text"}"#],
            ),
            (r#"[{"a": 1}]"#, false, false, &[r#"{"a": 1}"#]),
        ];
        for (json, collection, has_value, expected) in table {
            let raw = RawValue::from_string(json.to_owned()).unwrap();
            assert_eq!(
                objects(&raw, collection, has_value).unwrap(),
                expected,
                "{json}"
            );
        }
    }
}
