//! Reading.

use super::extra::Extra;
use super::field::Mut;
use super::object::{Object, Table};
use super::scalar::{Found, Scalar};
use super::write::Written;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Reads an object.
pub fn read<'de, T: Object + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut object = T::default();
    deserializer.deserialize_map(Members(&mut object))?;
    Ok(object)
}

/// Reads a member of an enumeration.
pub fn read_text<'de, T: Scalar, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    struct Text<T>(Option<T>);

    impl<T: Scalar> Visitor<'_> for Text<T> {
        type Value = Option<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(T::TYPE_NAME)
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Option<T>, E> {
            Ok(T::fit(&mut Found::Text(text)))
        }
    }

    deserializer
        .deserialize_str(Text(None))?
        .ok_or_else(|| D::Error::custom(T::TYPE_NAME))
}

/// Fills an object from a map.
struct Members<'a>(&'a mut dyn Object);

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object of type {}", self.0.table().name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let table = self.0.table();
        let mut likely = 0;
        // Whether a member that has a field is in `extra`, from where a later one of its name must drive it out.
        let mut kept_any = false;
        while let Some(key) = map.next_key_seed(KeySeed { table, likely })? {
            match key {
                Key::Known(index) => {
                    likely = index + 1;
                    let place = Place {
                        slot: self.0.get_mut(index),
                        table,
                        index,
                        in_list: false,
                    };
                    let kept = map.next_value_seed(place)?;
                    if kept_any || kept.is_some() {
                        kept_any = true;
                        keep(self.0, table, index, kept);
                    }
                }
                Key::Unknown(name) => {
                    let value = map.next_value::<Value>()?;
                    if let Some(extra) = extra(self.0) {
                        extra.insert(name, value);
                    }
                }
            }
        }
        Ok(())
    }
}

/// What has no field.
fn extra(object: &mut dyn Object) -> Option<&mut Extra> {
    match object.get_mut(usize::MAX) {
        Mut::Extra(extra) => Some(extra),
        _ => None,
    }
}

/// Keeps what the field could not, or forgets what an earlier member of the same name left.
fn keep(object: &mut dyn Object, table: &Table, index: usize, kept: Option<Value>) {
    if let (Some(extra), Some(key)) = (extra(object), table.keys.get(index)) {
        match kept {
            Some(value) => {
                extra.insert(*key, value);
            }
            None => {
                extra.remove(key);
            }
        }
    }
}

enum Key {
    Known(usize),
    Unknown(String),
}

struct KeySeed {
    table: &'static Table,
    likely: usize,
}

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a member's name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Key, E> {
        Ok(match self.table.find(name, self.likely) {
            Some(index) => Key::Known(index),
            None => Key::Unknown(name.to_owned()),
        })
    }
}

/// Fills a field, or appends to a collection. What it yields is a value that the field cannot hold and that must not
/// be lost.
struct Place<'a> {
    slot: Mut<'a>,
    table: &'static Table,
    index: usize,
    in_list: bool,
}

impl Place<'_> {
    fn put<E: Error>(mut self, mut found: Found<'_>) -> Result<Option<Value>, E> {
        if self.slot.is_list() == self.in_list {
            if let Mut::Value(values) = &mut self.slot {
                if values.put(&mut found) {
                    return Ok(None);
                }
            }
        }
        Err(self.misfit(&found))
    }

    fn misfit<E: Error>(&mut self, found: &Found<'_>) -> E {
        let owner = self.table.name;
        let key = self.table.keys.get(self.index).copied().unwrap_or_default();
        let ty = self.slot.type_name();
        if self.slot.is_list() && !self.in_list {
            E::custom(format_args!(
                "{owner}.{key}: expected Collection({ty}), found {found}"
            ))
        } else {
            E::custom(format_args!("{owner}.{key}: expected {ty}, found {found}"))
        }
    }

    fn takes_any(&self) -> bool {
        match &self.slot {
            Mut::Value(values) => values.is_any() && values.is_list() == self.in_list,
            _ => false,
        }
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Value>, D::Error> {
        if self.takes_any() {
            match Value::deserialize(deserializer)? {
                Value::Null if !self.in_list => self.visit_unit(),
                value => self.put(Found::Json(value)),
            }
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

impl<'de> Visitor<'de> for Place<'_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Option<Value>, E> {
        self.put(Found::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Option<Value>, E> {
        self.put(Found::Int(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Option<Value>, E> {
        self.put(i64::try_from(value).map_or(Found::Unsigned(value), Found::Int))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Option<Value>, E> {
        self.put(Found::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Option<Value>, E> {
        self.put(Found::Text(value))
    }

    fn visit_unit<E: Error>(mut self) -> Result<Option<Value>, E> {
        if !self.in_list {
            self.slot.clear();
        }
        Ok(Some(Value::Null))
    }

    fn visit_none<E: Error>(self) -> Result<Option<Value>, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Value>, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, map: A) -> Result<Option<Value>, A::Error> {
        if self.slot.is_list() == self.in_list {
            if let Mut::Object(objects) = &mut self.slot {
                Members(objects.push()).visit_map(map)?;
                return Ok(None);
            }
        }
        // With its feature `arbitrary_precision`, serde_json shows a number as a map, which only its own type reads.
        match Value::deserialize(MapAccessDeserializer::new(map))? {
            Value::Number(number) => self.put(Found::number(&number)),
            _ => Err(self.misfit(&Found::Object)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Option<Value>, A::Error> {
        if self.in_list || !self.slot.is_list() {
            return Err(self.misfit(&Found::List));
        }
        self.slot.begin();
        loop {
            let element = Place {
                slot: self.slot.reborrow(),
                table: self.table,
                index: self.index,
                in_list: true,
            };
            match seq.next_element_seed(element)? {
                None => return Ok(None),
                Some(None) => {}
                // The field has no place for this element, and half a collection would be worse than none: all of it is
                // kept as JSON.
                Some(Some(odd)) => {
                    let mut whole = match serde_json::to_value(Written(self.slot.shared())) {
                        Ok(Value::Array(elements)) => elements,
                        Ok(_) => Vec::new(),
                        Err(error) => return Err(A::Error::custom(error)),
                    };
                    whole.push(odd);
                    while let Some(element) = seq.next_element::<Value>()? {
                        whole.push(element);
                    }
                    self.slot.clear();
                    return Ok(Some(Value::Array(whole)));
                }
            }
        }
    }
}
