//! JSON that is kept, and that few programs look at.

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Map, Number, Value};
use std::fmt;
use std::sync::OnceLock;

/// Any JSON. An object or an array that was read stays a run of bytes until somebody asks for it: to make a tree of it
/// takes several times as long.
#[derive(Clone)]
pub(super) enum Json {
    Value(Value),
    Packed(Box<Packed>),
}

impl Json {
    pub(super) fn value(&self) -> &Value {
        match self {
            Self::Value(value) => value,
            Self::Packed(packed) => packed.value(),
        }
    }

    pub(super) fn into_value(self) -> Value {
        match self {
            Self::Value(value) => value,
            Self::Packed(packed) => match packed.tree.into_inner() {
                Some(value) => value,
                None => tree(&packed.bytes),
            },
        }
    }

    /// The string, if it is one.
    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Value(value) => value.as_str(),
            Self::Packed(_) => None,
        }
    }
}

impl PartialEq for Json {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Packed(left), Self::Packed(right)) if left.bytes == right.bytes => true,
            (left, right) => left.value() == right.value(),
        }
    }
}

impl Eq for Json {}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Value(value) => value.serialize(serializer),
            Self::Packed(packed) => Piece(&packed.bytes).serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Whole)
    }
}

/// An object or an array: for each value a byte that tells its kind, and what that needs. Objects and arrays are
/// preceded by their length, so that they can be passed over.
pub(super) struct Packed {
    bytes: Vec<u8>,
    tree: OnceLock<Value>,
}

impl Packed {
    fn value(&self) -> &Value {
        self.tree.get_or_init(|| tree(&self.bytes))
    }
}

impl Clone for Packed {
    fn clone(&self) -> Self {
        Self {
            bytes: self.bytes.clone(),
            tree: OnceLock::new(),
        }
    }
}

mod kind {
    pub(super) const NULL: u8 = 0;
    pub(super) const FALSE: u8 = 1;
    pub(super) const TRUE: u8 = 2;
    pub(super) const INT: u8 = 3;
    pub(super) const UNSIGNED: u8 = 4;
    pub(super) const FLOAT: u8 = 5;
    /// A number in the digits that it came in.
    pub(super) const DIGITS: u8 = 6;
    pub(super) const TEXT: u8 = 7;
    pub(super) const ARRAY: u8 = 8;
    pub(super) const OBJECT: u8 = 9;
    /// This and all above are texts whose length is what they exceed it by.
    pub(super) const SHORT_TEXT: u8 = 10;
}

/// How many bytes a number or a length takes.
const WIDTH: usize = 8;

fn tree(bytes: &[u8]) -> Value {
    Piece(bytes).tree().unwrap_or_default()
}

/// Some packed values.
#[derive(Clone, Copy)]
struct Piece<'a>(&'a [u8]);

/// A packed value.
enum Unpacked<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Unsigned(u64),
    Float(f64),
    Digits(Number),
    Text(&'a str),
    Array(Piece<'a>),
    Object(Piece<'a>),
}

impl<'a> Piece<'a> {
    /// The first value, which is taken off; nothing at the end.
    fn next(&mut self) -> Option<Unpacked<'a>> {
        let (kind, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(match *kind {
            kind::NULL => Unpacked::Null,
            kind::FALSE => Unpacked::Bool(false),
            kind::TRUE => Unpacked::Bool(true),
            kind::INT => Unpacked::Int(i64::from_le_bytes(self.eight()?)),
            kind::UNSIGNED => Unpacked::Unsigned(u64::from_le_bytes(self.eight()?)),
            kind::FLOAT => Unpacked::Float(f64::from_le_bytes(self.eight()?)),
            kind::DIGITS => Unpacked::Digits(serde_json::from_str(self.text()?).ok()?),
            kind::TEXT => Unpacked::Text(self.text()?),
            kind::ARRAY => Unpacked::Array(self.sized()?),
            kind::OBJECT => Unpacked::Object(self.sized()?),
            short => {
                let bytes = self.take(usize::from(short - kind::SHORT_TEXT))?;
                Unpacked::Text(std::str::from_utf8(bytes).ok()?)
            }
        })
    }

    fn take(&mut self, len: usize) -> Option<&'a [u8]> {
        let (taken, rest) = (self.0.get(..len)?, self.0.get(len..)?);
        self.0 = rest;
        Some(taken)
    }

    fn eight(&mut self) -> Option<[u8; WIDTH]> {
        self.take(WIDTH)?.try_into().ok()
    }

    fn sized(&mut self) -> Option<Self> {
        let len = u64::from_le_bytes(self.eight()?);
        self.take(len.try_into().ok()?).map(Self)
    }

    fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.sized()?.0).ok()
    }

    fn tree(&mut self) -> Option<Value> {
        Some(match self.next()? {
            Unpacked::Null => Value::Null,
            Unpacked::Bool(value) => value.into(),
            Unpacked::Int(value) => value.into(),
            Unpacked::Unsigned(value) => value.into(),
            Unpacked::Float(value) => value.into(),
            Unpacked::Digits(number) => number.into(),
            Unpacked::Text(text) => text.into(),
            Unpacked::Array(mut elements) => {
                Value::Array(std::iter::from_fn(|| elements.tree()).collect())
            }
            Unpacked::Object(mut members) => {
                let mut map = Map::new();
                while let Some(Unpacked::Text(name)) = members.next() {
                    map.insert(name.to_owned(), members.tree()?);
                }
                Value::Object(map)
            }
        })
    }
}

impl Serialize for Piece<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut piece = *self;
        match piece.next() {
            Some(unpacked) => unpacked.serialize(serializer),
            None => Err(S::Error::custom("JSON that was kept is incomplete")),
        }
    }
}

impl Serialize for Unpacked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Int(value) => serializer.serialize_i64(*value),
            Self::Unsigned(value) => serializer.serialize_u64(*value),
            Self::Float(value) => serializer.serialize_f64(*value),
            Self::Digits(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Array(elements) => {
                let mut elements = *elements;
                let mut seq = serializer.serialize_seq(None)?;
                while let Some(element) = elements.next() {
                    seq.serialize_element(&element)?;
                }
                seq.end()
            }
            Self::Object(members) => {
                let mut members = *members;
                let mut map = serializer.serialize_map(None)?;
                while let (Some(Self::Text(name)), Some(value)) = (members.next(), members.next()) {
                    map.serialize_entry(name, &value)?;
                }
                map.end()
            }
        }
    }
}

/// Reads JSON: an object or an array into bytes.
struct Whole;

impl<'de> Visitor<'de> for Whole {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

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

    fn visit_string<E>(self, value: String) -> Result<Json, E> {
        Ok(Json::Value(value.into()))
    }

    fn visit_unit<E>(self) -> Result<Json, E> {
        Ok(Json::Value(Value::Null))
    }

    fn visit_none<E>(self) -> Result<Json, E> {
        Ok(Json::Value(Value::Null))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Json, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Json, A::Error> {
        let mut bytes = Vec::new();
        Pack(&mut bytes).visit_seq(seq)?;
        Ok(packed(bytes))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Json, A::Error> {
        let mut bytes = Vec::new();
        Pack(&mut bytes).visit_map(map)?;
        Ok(packed(bytes))
    }
}

fn packed(bytes: Vec<u8>) -> Json {
    if bytes.first() == Some(&kind::DIGITS) {
        return Json::Value(tree(&bytes));
    }
    Json::Packed(Box::new(Packed {
        bytes,
        tree: OnceLock::new(),
    }))
}

/// Appends a value.
struct Pack<'a>(&'a mut Vec<u8>);

impl Pack<'_> {
    fn eight(self, kind: u8, bytes: [u8; WIDTH]) {
        self.0.push(kind);
        self.0.extend_from_slice(&bytes);
    }

    fn sized_text(self, kind: u8, text: &str) {
        self.0.push(kind);
        self.0.extend_from_slice(&length(text.len()));
        self.0.extend_from_slice(text.as_bytes());
    }

    fn text(self, text: &str) {
        let short = u8::try_from(text.len()).ok();
        match short.and_then(|len| len.checked_add(kind::SHORT_TEXT)) {
            Some(kind) => {
                self.0.push(kind);
                self.0.extend_from_slice(text.as_bytes());
            }
            None => self.sized_text(kind::TEXT, text),
        }
    }

    /// Begins an object or an array, and tells where what it holds begins.
    fn begin(&mut self, kind: u8) -> usize {
        self.0.push(kind);
        self.0.extend_from_slice(&[0; WIDTH]);
        self.0.len()
    }

    fn end(self, start: usize) {
        let len = length(self.0.len() - start);
        if let Some(place) = self.0.get_mut(start - WIDTH..start) {
            place.copy_from_slice(&len);
        }
    }
}

fn length(len: usize) -> [u8; WIDTH] {
    (len as u64).to_le_bytes()
}

impl<'de> DeserializeSeed<'de> for Pack<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Pack<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON")
    }

    fn visit_bool<E>(self, value: bool) -> Result<(), E> {
        self.0.push(if value { kind::TRUE } else { kind::FALSE });
        Ok(())
    }

    fn visit_i64<E>(self, value: i64) -> Result<(), E> {
        self.eight(kind::INT, value.to_le_bytes());
        Ok(())
    }

    fn visit_u64<E>(self, value: u64) -> Result<(), E> {
        self.eight(kind::UNSIGNED, value.to_le_bytes());
        Ok(())
    }

    fn visit_f64<E>(self, value: f64) -> Result<(), E> {
        self.eight(kind::FLOAT, value.to_le_bytes());
        Ok(())
    }

    fn visit_str<E>(self, value: &str) -> Result<(), E> {
        self.text(value);
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        self.0.push(kind::NULL);
        Ok(())
    }

    fn visit_none<E: Error>(self) -> Result<(), E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<(), A::Error> {
        let start = self.begin(kind::ARRAY);
        while seq.next_element_seed(Pack(self.0))?.is_some() {}
        self.end(start);
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        let start = self.begin(kind::OBJECT);
        while let Some(name) = map.next_key_seed(Name(self.0))? {
            if name == Named::Digits {
                let digits = map.next_value::<String>()?;
                self.0.truncate(start - WIDTH - 1);
                self.sized_text(kind::DIGITS, &digits);
                return Ok(());
            }
            map.next_value_seed(Pack(self.0))?;
        }
        self.end(start);
        Ok(())
    }
}

/// With its feature `arbitrary_precision`, serde_json shows a number as an object with one member of this name.
const DIGITS_NAME: &str = "$serde_json::private::Number";

/// Appends the name of a member.
struct Name<'a>(&'a mut Vec<u8>);

#[derive(PartialEq)]
enum Named {
    Member,
    Digits,
}

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Named;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Named, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Named;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Named, E> {
        if name == DIGITS_NAME {
            return Ok(Named::Digits);
        }
        Pack(self.0).text(name);
        Ok(Named::Member)
    }
}
