//! JSON that is kept, and that few programs look at.

use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use serde_json::Value;
use std::fmt;
use std::sync::OnceLock;

/// Any JSON. An object or an array stays the text that it was until somebody asks for it: to make a tree of it, and text
/// of that again, takes many times as long.
#[derive(Clone)]
pub(super) enum Json {
    Value(Value),
    Raw(Box<Raw>),
}

/// The text of an object or an array, and what it says, once somebody has asked for that.
pub(super) struct Raw {
    text: Box<str>,
    value: OnceLock<Value>,
}

impl Raw {
    fn value(&self) -> &Value {
        self.value.get_or_init(|| parse(&self.text))
    }
}

/// The reader let the text pass; what it does not let pass as a tree, such as half a surrogate pair, is shown as the text.
fn parse(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

impl Clone for Raw {
    fn clone(&self) -> Self {
        Self {
            text: self.text.clone(),
            value: OnceLock::new(),
        }
    }
}

impl Json {
    pub(super) fn value(&self) -> &Value {
        match self {
            Self::Value(value) => value,
            Self::Raw(raw) => raw.value(),
        }
    }

    pub(super) fn into_value(self) -> Value {
        match self {
            Self::Value(value) => value,
            Self::Raw(raw) => match raw.value.into_inner() {
                Some(value) => value,
                None => parse(&raw.text),
            },
        }
    }

    /// The string, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Value(value) => value.as_str(),
            Self::Raw(_) => None,
        }
    }

    fn of_text(text: &str) -> Self {
        match text.as_bytes() {
            [b'{' | b'[', ..] => Self::Raw(Box::new(Raw {
                text: text.into(),
                value: OnceLock::new(),
            })),
            b"null" => Self::Value(Value::Null),
            [b'"', inner @ .., b'"'] if !inner.contains(&b'\\') => {
                Self::Value(text[1..text.len() - 1].into())
            }
            _ => Self::Value(parse(text)),
        }
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Raw(left), Self::Raw(right)) if left.text == right.text => true,
            (left, right) => left.value() == right.value(),
        }
    }
}

impl Eq for Json {}

// By this name serde_json reads and writes its `RawValue`, if it has that. The type itself would not do: it cannot be read
// from other formats, nor from what serde buffers for `flatten` and for untagged enums. Other formats and a serde_json
// without the feature do not know the name, and then it all goes through trees.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Raw(raw) if writes_raw::<S>() => {
                let mut raw_value = serializer.serialize_struct(RAW_VALUE, 1)?;
                raw_value.serialize_field(RAW_VALUE, &*raw.text)?;
                raw_value.end()
            }
            Self::Raw(raw) => raw.value().serialize(serializer),
        }
    }
}

/// Whether this is serde_json's own writer of compact JSON. Only that takes text as it is; and that it was there for
/// reading means that it is for writing.
fn writes_raw<S>() -> bool {
    let name = std::any::type_name::<S>();
    name.starts_with("&mut serde_json::ser::Serializer<") && !name.contains("Pretty")
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(RAW_VALUE, AnyJson)
    }
}

/// Takes text if the reader has it, else a tree.
struct AnyJson;

impl<'de> Visitor<'de> for AnyJson {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        Value::deserialize(deserializer).map(Json::Value)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        match map.next_key_seed(FirstName)? {
            Some(Some(first)) => {
                let map = Map {
                    first: Some(first),
                    rest: map,
                };
                Value::deserialize(MapAccessDeserializer::new(map)).map(Json::Value)
            }
            Some(None) => map.next_value_seed(Text),
            None => Ok(Json::Value(Value::Object(serde_json::Map::new()))),
        }
    }

    // A format may see through what it does not know.

    fn visit_bool<E>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Value(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Value(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Value(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Value(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Value(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Value(Value::Null))
    }

    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Value(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        Value::deserialize(deserializer).map(Json::Value)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Json, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(seq)).map(Json::Value)
    }
}

/// The name of the first member; nothing if what follows is text.
struct FirstName;

impl<'de> DeserializeSeed<'de> for FirstName {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for FirstName {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok((name != RAW_VALUE).then(|| name.to_owned()))
    }
}

/// The text of a value.
struct Text;

impl<'de> DeserializeSeed<'de> for Text {
    type Value = Json;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Text {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the text of a value")
    }

    fn visit_str<E>(self, text: &str) -> Result<Json, E> {
        Ok(Json::of_text(text))
    }
}

/// A map whose first name was looked at.
struct Map<A> {
    first: Option<String>,
    rest: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Map<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        match self.first.take() {
            Some(name) => seed.deserialize(name.into_deserializer()).map(Some),
            None => self.rest.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.rest.next_value_seed(seed)
    }
}
