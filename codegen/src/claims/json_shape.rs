//! What a value in a JSON block shows of a property's type.

use super::annotation::type_name;
use super::type_cell::is_type_name;
use crate::page::json::{Json, JsonValue};
use crate::schema::Primitive;

/// What a value shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonShape {
    /// The type of one value.
    pub item: JsonItem,
    /// Whether it is an array.
    pub collection: bool,
}

/// What one value shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonItem {
    /// An object with its type's name.
    Named(String),
    /// A string that looks like a qualified name and may as well be a host: it names a type only if the version has its
    /// namespace.
    Dotted(String),
    /// An object without one.
    Object,
    /// A type of the namespace `Edm`, named by a placeholder or shown by a literal.
    Primitive(Primitive),
    /// A string that is neither a placeholder nor anything else in particular.
    Text,
    /// Members of an enumeration, joined by `|`.
    Values(Vec<String>),
    /// A number without a fraction.
    Integer,
    /// A number with a fraction.
    Number,
    /// `null`, or an empty array.
    Nothing,
}

impl JsonShape {
    /// Reads what a value shows.
    pub(super) fn of(json: &Json) -> Self {
        match &json.value {
            JsonValue::Array(items) => Self {
                item: match items.first() {
                    // OData knows no collections of collections.
                    Some(first) if matches!(first.value, JsonValue::Array(_)) => JsonItem::Nothing,
                    Some(first) => Self::of(first).item,
                    None => JsonItem::Nothing,
                },
                collection: true,
            },
            JsonValue::String(text) => match collected(text) {
                Some(inner) => Self {
                    item: match string(inner) {
                        JsonItem::Dotted(name) => JsonItem::Named(name),
                        item => item,
                    },
                    collection: true,
                },
                None => Self {
                    item: string(text),
                    collection: false,
                },
            },
            value => {
                let item = item(json, value);
                // `"Collection(microsoft.graph.x)"` as the type of an object shows a collection.
                let collection = matches!(value, JsonValue::Object(_))
                    && declared(json)
                        .is_some_and(|name| name.to_ascii_lowercase().contains("collection("));
                Self { item, collection }
            }
        }
    }
}

/// What stands in `Collection(..)` or `[..]`, the forms of a placeholder for several values.
fn collected(text: &str) -> Option<&str> {
    let text = text.trim();
    let inner = match text.get(..11) {
        Some(start) if start.eq_ignore_ascii_case("collection(") => text[11..].strip_suffix(')'),
        _ => text
            .strip_prefix('[')
            .and_then(|text| text.strip_suffix(']')),
    };
    inner.map(str::trim).filter(|inner| !inner.is_empty())
}

fn declared(json: &Json) -> Option<&str> {
    json.get("@odata.type")
        .or_else(|| json.get("@type"))
        .and_then(Json::as_str)
}

fn item(json: &Json, value: &JsonValue) -> JsonItem {
    match value {
        JsonValue::Null | JsonValue::Array(_) => JsonItem::Nothing,
        JsonValue::Bool(_) => JsonItem::Primitive(Primitive::Boolean),
        JsonValue::Number(text) if text.contains(['.', 'e', 'E']) => JsonItem::Number,
        JsonValue::Number(_) => JsonItem::Integer,
        JsonValue::String(text) => string(text),
        JsonValue::Object(_) => match declared(json).map(|name| type_name(name.to_owned())) {
            Some(name) if !name.is_empty() => match string(&name) {
                // Some annotate members with placeholders instead of types.
                item @ JsonItem::Primitive(_) => item,
                _ => JsonItem::Named(name),
            },
            _ => JsonItem::Object,
        },
    }
}

fn string(text: &str) -> JsonItem {
    let text = text.trim();
    if let Some(values) = piped(text) {
        return JsonItem::Values(values);
    }
    if let Some((head, remark)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        let remark = remark.trim().to_ascii_lowercase();
        if head.trim().eq_ignore_ascii_case("string") {
            return JsonItem::Primitive(match remark.as_str() {
                "timestamp" | "datetime" | "datetimeoffset" | "date-time" => {
                    Primitive::DateTimeOffset
                }
                "date" => Primitive::Date,
                "time" | "timeofday" => Primitive::TimeOfDay,
                "duration" => Primitive::Duration,
                "guid" | "uuid" => Primitive::Guid,
                "binary" => Primitive::Binary,
                _ => Primitive::String,
            });
        }
    }
    match primitive(text) {
        Some(primitive) => JsonItem::Primitive(primitive),
        None if is_date_time(text) => JsonItem::Primitive(Primitive::DateTimeOffset),
        // A qualified name shows an object as well as an object with this type does.
        None if is_qualified(text) => match text.strip_prefix('#') {
            Some(name) => JsonItem::Named(name.trim_start_matches('#').to_owned()),
            None => JsonItem::Dotted(text.to_owned()),
        },
        None if ["object", "json", "any"]
            .iter()
            .any(|word| text.eq_ignore_ascii_case(word)) =>
        {
            JsonItem::Object
        }
        None => JsonItem::Text,
    }
}

/// A name with a namespace of at least two parts; one with a dot alone may be a file or a host.
fn is_qualified(text: &str) -> bool {
    let name = text.trim_start_matches('#');
    is_type_name(name)
        && name.matches('.').count() >= 2
        && name.starts_with(|c: char| c.is_ascii_lowercase())
}

/// The values of `a | b | c`.
fn piped(text: &str) -> Option<Vec<String>> {
    if !text.contains('|') {
        return None;
    }
    let values: Vec<String> = text
        .split('|')
        .map(|value| value.trim().to_owned())
        .filter(|value| !value.is_empty())
        .collect();
    let names = values.iter().all(|value| super::values::is_value(value));
    (names && values.len() > 1).then_some(values)
}

/// `2014-01-01T00:00:00Z` and the like.
fn is_date_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 16
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && bytes[4] == b'-'
        && bytes[7] == b'-'
        && bytes[10] == b'T'
        && bytes[13] == b':'
}

/// The primitive type of an alias, in type cells as in placeholders. The aliases are those of the docs' own checker,
/// matched whole: `decimal` is not a double, and a name that merely contains `string` is a name.
pub(crate) fn primitive(alias: &str) -> Option<Primitive> {
    let alias = alias.trim();
    // No alias is longer, and most names of types are no alias.
    let mut lower = [0; 24];
    let lower = lower.get_mut(..alias.len())?;
    lower.copy_from_slice(alias.as_bytes());
    lower.make_ascii_lowercase();
    let lower = std::str::from_utf8(lower).ok()?;
    Some(match lower.strip_prefix("edm.").unwrap_or(lower) {
        "string" | "strings" | "text" | "etag" | "url" | "uri" | "email" | "char" => {
            Primitive::String
        }
        "boolean" | "bool" | "booleans" => Primitive::Boolean,
        "int64" | "long" | "integer64" | "int 64" | "integer" | "number" => Primitive::Int64,
        "int32" | "int" | "integer32" | "int 32" | "int32s" => Primitive::Int32,
        "int16" | "short" => Primitive::Int16,
        "byte" => Primitive::Byte,
        "sbyte" => Primitive::SByte,
        "single" | "float" => Primitive::Single,
        "double" => Primitive::Double,
        "decimal" => Primitive::Decimal,
        "guid" | "uuid" | "guids" => Primitive::Guid,
        "date" => Primitive::Date,
        "timeofday" | "time" => Primitive::TimeOfDay,
        "datetimeoffset" | "datetime" | "timestamp" | "dateandtime" => Primitive::DateTimeOffset,
        "duration" | "timespan" => Primitive::Duration,
        "binary" | "bytes" | "base64" => Primitive::Binary,
        "stream" => Primitive::Stream,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Place;

    fn shape(text: &str) -> JsonShape {
        JsonShape::of(&Json::parse(text, &Place::new("a.md", 1, 1)).unwrap())
    }

    #[test]
    fn placeholders_name_primitive_types() {
        for (text, primitive) in [
            ("\"String\"", Primitive::String),
            ("\"String (identifier)\"", Primitive::String),
            ("\"String (timestamp)\"", Primitive::DateTimeOffset),
            ("\"Int32\"", Primitive::Int32),
            ("true", Primitive::Boolean),
            ("\"2014-01-01T00:00:00Z\"", Primitive::DateTimeOffset),
        ] {
            assert_eq!(shape(text).item, JsonItem::Primitive(primitive), "{text}");
        }
        assert_eq!(shape("99").item, JsonItem::Integer);
        assert_eq!(shape("\"anything\"").item, JsonItem::Text);
    }

    #[test]
    fn objects_and_arrays_show_their_types() {
        assert_eq!(
            shape("[{\"@odata.type\": \"#x.y\"}]"),
            JsonShape {
                item: JsonItem::Named("x.y".into()),
                collection: true
            }
        );
        assert_eq!(
            shape("{}"),
            JsonShape {
                item: JsonItem::Object,
                collection: false
            }
        );
        assert_eq!(
            shape("[]"),
            JsonShape {
                item: JsonItem::Nothing,
                collection: true
            }
        );
    }

    #[test]
    fn placeholders_for_several_values_show_collections() {
        let named = |name: &str| JsonShape {
            item: JsonItem::Named(name.into()),
            collection: true,
        };
        assert_eq!(shape("\"Collection(a.b.Foo)\""), named("a.b.Foo"));
        assert_eq!(
            shape("\"[String]\""),
            JsonShape {
                item: JsonItem::Primitive(Primitive::String),
                collection: true
            }
        );
        let deep = format!("\"{}String\"", "Collection(".repeat(100_000));
        assert!(!shape(&deep).collection);
    }

    #[test]
    fn a_text_with_dots_may_be_a_name_or_a_host() {
        assert_eq!(
            shape("\"harbor.example.com\"").item,
            JsonItem::Dotted("harbor.example.com".into())
        );
        assert_eq!(
            shape("\"#a.b.foo\"").item,
            JsonItem::Named("a.b.foo".into())
        );
    }

    #[test]
    fn values_are_joined_by_pipes() {
        assert_eq!(
            shape("\"a | b\"").item,
            JsonItem::Values(vec!["a".into(), "b".into()])
        );
        assert_eq!(
            shape("[\"a|b\"]").item,
            JsonItem::Values(vec!["a".into(), "b".into()])
        );
        assert_eq!(shape("\"see this | or that thing\"").item, JsonItem::Text);
    }
}
