//! JSON in comments and code blocks, read as leniently as the docs write it, with places.

use jsonc_parser::ast::{ObjectPropName, Value};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};

use crate::source::{Lines, Place};

/// A JSON value and where it starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Json {
    /// Where it starts.
    pub place: Place,
    /// The value.
    pub value: JsonValue,
}

/// A JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonValue {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number as it is written.
    Number(String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Json>),
    /// An object with its members in their order.
    Object(Vec<JsonMember>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonMember {
    /// Where its name starts.
    pub place: Place,
    /// Its name.
    pub name: String,
    /// Its value.
    pub value: Json,
}

/// Why a text is not JSON, not even with comments, trailing commas, single quotes and bare names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// Where reading stopped.
    pub place: Place,
    /// What was found there.
    pub message: String,
}

impl Json {
    /// Reads a text that starts at a place of a file.
    ///
    /// # Errors
    ///
    /// If it is not JSON in the widest sense, or holds nothing.
    ///
    /// ```
    /// use typedown::page::json::Json;
    /// use typedown::source::Place;
    ///
    /// let json = Json::parse("{ 'id': 'String', // the key\n }", &Place::new("a.md", 7, 1)).unwrap();
    /// assert_eq!(json.get("id").unwrap().as_str(), Some("String"));
    /// assert_eq!(json.get("id").unwrap().place.to_string(), "a.md:7:9");
    /// ```
    pub fn parse(text: &str, start: &Place) -> Result<Self, JsonError> {
        // Editors leave blanks in the docs that JSON does not know; replaced one by one, they move no column. Where they are
        // part of strings, they stay.
        let is_odd = |c: char| c.is_whitespace() && !c.is_ascii_whitespace();
        match Self::parse_exactly(text, start) {
            Err(_) if text.contains(is_odd) => {
                Self::parse_exactly(&text.replace(is_odd, " "), start)
            }
            result => result,
        }
    }

    fn parse_exactly(text: &str, start: &Place) -> Result<Self, JsonError> {
        let lines = Lines::new(start.file.clone(), text);
        let place = |offset: usize| {
            let found = lines.place(offset);
            let column = if found.line == 1 {
                found.column + start.column - 1
            } else {
                found.column
            };
            Place {
                file: found.file,
                line: found.line + start.line - 1,
                column,
            }
        };
        let result = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default())
            .map_err(|error| JsonError {
                place: place(error.range().start),
                message: error.kind().to_string(),
            })?;
        match result.value {
            Some(value) => Ok(convert(value, &place)),
            None => Err(JsonError {
                place: start.clone(),
                message: "expected a value, found none".into(),
            }),
        }
    }

    /// The members, if it is an object.
    #[must_use]
    pub fn members(&self) -> &[JsonMember] {
        match &self.value {
            JsonValue::Object(members) => members,
            _ => &[],
        }
    }

    /// The value of the first member of this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.members()
            .iter()
            .find(|member| member.name == name)
            .map(|member| &member.value)
    }

    /// The text, if it is a string.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match &self.value {
            JsonValue::String(text) => Some(text),
            _ => None,
        }
    }

    /// `true` or `false`, also as a string.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        match &self.value {
            JsonValue::Bool(value) => Some(*value),
            JsonValue::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            JsonValue::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        }
    }
}

/// The reader bounds the depth, so that this recursion is bounded too.
fn convert(value: Value<'_>, place: &dyn Fn(usize) -> Place) -> Json {
    let start = place(value.range().start);
    let value = match value {
        Value::NullKeyword(_) => JsonValue::Null,
        Value::BooleanLit(literal) => JsonValue::Bool(literal.value),
        Value::NumberLit(literal) => JsonValue::Number(literal.value.to_owned()),
        Value::StringLit(literal) => JsonValue::String(literal.value.into_owned()),
        Value::Array(array) => JsonValue::Array(
            array
                .elements
                .into_iter()
                .map(|element| convert(element, place))
                .collect(),
        ),
        Value::Object(object) => JsonValue::Object(
            object
                .properties
                .into_iter()
                .map(|property| JsonMember {
                    place: place(property.range.start),
                    name: match property.name {
                        ObjectPropName::String(literal) => literal.value.into_owned(),
                        ObjectPropName::Word(literal) => literal.value.to_owned(),
                    },
                    value: convert(property.value, place),
                })
                .collect(),
        ),
    };
    Json {
        place: start,
        value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Json, JsonError> {
        Json::parse(text, &Place::new("a.md", 10, 1))
    }

    #[test]
    fn comments_trailing_commas_and_odd_blanks_are_read() {
        let json = parse("{\n  /* key */ \"id\": \"x\",\u{a0}\n  list: [1, 2,],\n}").unwrap();
        let names: Vec<&str> = json
            .members()
            .iter()
            .map(|member| member.name.as_str())
            .collect();
        assert_eq!(names, ["id", "list"]);
    }

    #[test]
    fn odd_blanks_in_strings_stay() {
        let json = parse("{\"a\u{a0}b\": \"c\u{2003}d\"}").unwrap();
        assert_eq!(json.get("a\u{a0}b").unwrap().as_str(), Some("c\u{2003}d"));
    }

    #[test]
    fn an_error_has_the_place_in_the_page() {
        let error = parse("{\n  \"id\": }").unwrap_err();
        assert_eq!(error.place.to_string(), "a.md:11:9");
    }

    #[test]
    fn nesting_is_bounded() {
        assert!(parse(&"[".repeat(100_000)).is_err());
    }

    #[test]
    fn booleans_may_be_strings() {
        assert_eq!(parse("'True'").unwrap().as_bool(), Some(true));
    }
}
