//! Reading what a field holds.

use super::extra::Entry;
use super::field::Mut;
use super::path::Path;
use super::read::Members;
use super::scalar::{Found, Put};
use super::settings::KEEPS_MISFITS;
use super::slots::Shape;
use super::write::Written;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Fills a field, or appends to a collection. What it yields is JSON that must not be lost: a value that the field
/// cannot hold, or the form in which it came, if the field would write it in another.
pub(super) struct Place<'a> {
    pub(super) slot: Mut<'a>,
    /// What the slot can hold.
    pub(super) shape: Shape,
    /// The type that has the field, and the field's name in JSON.
    pub(super) owner: &'static str,
    pub(super) key: &'static str,
    pub(super) path: &'a Path<'a>,
    pub(super) in_list: bool,
}

impl Place<'_> {
    fn put<E: Error>(mut self, mut found: Found<'_>) -> Result<Option<Entry>, E> {
        if self.shape.is_list == self.in_list {
            match self.slot.put(&mut found) {
                Put::Fits => return Ok(None),
                Put::Respelled => return Ok(Some(Entry::Form(found.into_json()))),
                Put::Misfit => {}
                Put::Refused(why) if !KEEPS_MISFITS => {
                    let (owner, key, path) = (self.owner, self.key, self.path);
                    let ty = self.slot.expected();
                    return Err(E::custom(format_args!(
                        "{owner}.{key}: expected {ty}: {why} (at {path})"
                    )));
                }
                Put::Refused(_) => {}
            }
        }
        if KEEPS_MISFITS {
            self.give_up();
            return Ok(Some(found.into_json().into()));
        }
        Err(self.misfit(&found))
    }

    /// Leaves no half of a value behind. What a collection has so far is still needed.
    fn give_up(&mut self) {
        if !self.in_list {
            self.slot.clear();
        }
    }

    fn misfit<E: Error>(&mut self, found: &Found<'_>) -> E {
        let (owner, key, path) = (self.owner, self.key, self.path);
        let expected = if self.shape.is_list && !self.in_list {
            "an array"
        } else {
            self.slot.expected()
        };
        E::custom(format_args!(
            "{owner}.{key}: expected {expected}, found {found} (at {path})"
        ))
    }
}

impl<'de> DeserializeSeed<'de> for Place<'_> {
    type Value = Option<Entry>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Entry>, D::Error> {
        if self.shape.is_any && self.shape.is_list == self.in_list {
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
    type Value = Option<Entry>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Option<Entry>, E> {
        self.put(Found::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Option<Entry>, E> {
        self.put(Found::Int(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Option<Entry>, E> {
        self.put(i64::try_from(value).map_or(Found::Unsigned(value), Found::Int))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Option<Entry>, E> {
        self.put(Found::Float(value))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Option<Entry>, E> {
        self.put(Found::Text(value))
    }

    fn visit_unit<E: Error>(mut self) -> Result<Option<Entry>, E> {
        self.give_up();
        Ok(Some(Value::Null.into()))
    }

    fn visit_none<E: Error>(self) -> Result<Option<Entry>, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Entry>, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, map: A) -> Result<Option<Entry>, A::Error> {
        if self.shape.is_list == self.in_list {
            if let Mut::Object(objects) = &mut self.slot {
                let members = Members {
                    object: objects.push(),
                    path: self.path,
                };
                members.visit_map(map)?;
                return Ok(None);
            }
        }
        // With its feature `arbitrary_precision`, serde_json shows a number as a map, which only its own type reads.
        match Value::deserialize(MapAccessDeserializer::new(map))? {
            Value::Number(number) => self.put(Found::number(&number)),
            value if KEEPS_MISFITS => {
                self.give_up();
                Ok(Some(value.into()))
            }
            _ => Err(self.misfit(&Found::Object)),
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut seq: A) -> Result<Option<Entry>, A::Error> {
        if self.in_list || !self.shape.is_list {
            if KEEPS_MISFITS {
                self.give_up();
                let mut whole = Vec::new();
                while let Some(element) = seq.next_element::<Value>()? {
                    whole.push(element);
                }
                return Ok(Some(Value::Array(whole).into()));
            }
            return Err(self.misfit(&Found::List));
        }
        self.slot.begin();
        // The whole of the array as it came, once there is an element that the field cannot give back as it came.
        let mut whole: Option<Vec<Value>> = None;
        let mut index = 0;
        loop {
            let element = Place {
                slot: self.slot.reborrow(),
                shape: self.shape,
                owner: self.owner,
                key: self.key,
                path: &Path::Element(self.path, index),
                in_list: true,
            };
            let Some(odd) = seq.next_element_seed(element)? else {
                return Ok(whole.map(|whole| Entry::Form(Value::Array(whole))));
            };
            index += 1;
            let Some(odd) = odd else {
                if let Some(whole) = &mut whole {
                    whole.push(self.written_last::<A::Error>()?);
                }
                continue;
            };
            let whole = match &mut whole {
                Some(whole) => whole,
                None => {
                    let mut so_far = self.written::<A::Error>()?;
                    so_far.truncate(index - 1);
                    whole.insert(so_far)
                }
            };
            match odd {
                Entry::Form(form) => whole.push(form),
                Entry::Member(odd) => {
                    // The field has no place for this element, and half a collection would be worse than none: all of
                    // it is kept as JSON.
                    whole.push(odd.into_value());
                    while let Some(element) = seq.next_element::<Value>()? {
                        whole.push(element);
                    }
                    self.slot.clear();
                    return Ok(Some(Value::Array(std::mem::take(whole)).into()));
                }
            }
        }
    }
}

impl Place<'_> {
    /// What the collection has so far, as JSON.
    fn written<E: Error>(&self) -> Result<Vec<Value>, E> {
        match serde_json::to_value(Written(self.slot.shared())) {
            Ok(Value::Array(elements)) => Ok(elements),
            Ok(_) => Ok(Vec::new()),
            Err(error) => Err(E::custom(error)),
        }
    }

    /// The last element that the collection has, as JSON.
    fn written_last<E: Error>(&self) -> Result<Value, E> {
        let slot = self.slot.shared();
        let last = slot
            .len()
            .checked_sub(1)
            .and_then(|last| slot.element(last));
        last.map_or(Ok(Value::Null), |last| {
            serde_json::to_value(last).map_err(E::custom)
        })
    }
}
