//! Reading objects.

use super::field::Mut;
use super::object::{ODATA_TYPE, Object, Table, extra_mut};
use super::path::Path;
use super::place::Place;
use super::scalar::{Found, Scalar};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;
use std::fmt;

/// Reads an object.
pub fn read<'de, T: Object + Default, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let mut object = T::default();
    deserializer.deserialize_map(Members {
        object: &mut object,
        path: &Path::Root,
    })?;
    Ok(object)
}

/// Reads a member of an enumeration.
pub fn read_member<'de, T: Scalar, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let json = <Value as serde::Deserialize>::deserialize(deserializer)?;
    T::fit(&mut Found::value(&json)).ok_or_else(|| {
        D::Error::custom(format_args!(
            "expected {}, found {}",
            T::TYPE_NAME,
            Found::value(&json)
        ))
    })
}

/// Fills an object from a map.
pub(super) struct Members<'a> {
    pub(super) object: &'a mut dyn Object,
    pub(super) path: &'a Path<'a>,
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object of type {}", self.object.table().name)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut table = self.object.table();
        let mut likely = 0;
        // Whether a member that has a field is in `extra`, from where a later one of its name must drive it out.
        let mut kept_any = false;
        while let Some(key) = map.next_key_seed(KeySeed { table, likely })? {
            match key {
                Key::Known(index) => {
                    likely = index + 1;
                    let key = table.keys.get(index).copied().unwrap_or_default();
                    let place = Place {
                        slot: self.object.get_mut(index),
                        owner: table.name,
                        key,
                        path: &Path::Member(self.path, key),
                        in_list: false,
                    };
                    let kept = map.next_value_seed(place)?;
                    if kept_any || kept.is_some() {
                        kept_any = true;
                        keep(self.object, key, kept);
                    }
                }
                Key::Unknown(name) => {
                    let value = map.next_value::<Value>()?;
                    if name == ODATA_TYPE {
                        if let Some(odata_type) = value.as_str() {
                            if self.object.retype(odata_type) {
                                table = self.object.table();
                                likely = 0;
                                // What had no field may have one now, and the other way round.
                                kept_any = true;
                            }
                        }
                    }
                    if let Some(extra) = extra_mut(self.object) {
                        extra.insert(name, value);
                    }
                }
            }
        }
        Ok(())
    }
}

/// Keeps what the field could not, or forgets what an earlier member of the same name left.
fn keep(object: &mut dyn Object, key: &str, kept: Option<Value>) {
    if let Some(extra) = extra_mut(object) {
        match kept {
            Some(value) => {
                extra.insert(key, value);
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

/// Puts JSON into a field of an object, under the name that the field has; what does not fit stays with the members
/// without a field.
pub(super) fn put(object: &mut dyn Object, index: usize, json: &Value) {
    let table = object.table();
    let key = table.keys.get(index).copied().unwrap_or_default();
    let place = Place {
        slot: object.get_mut(index),
        owner: table.name,
        key,
        path: &Path::Root,
        in_list: false,
    };
    let kept = match place.deserialize(json) {
        Ok(kept) => kept,
        Err(_) => {
            if let Mut::Value(values) = object.get_mut(index) {
                values.clear();
            } else if let Mut::Object(objects) = object.get_mut(index) {
                objects.clear();
            }
            Some(json.clone())
        }
    };
    if kept.is_some() {
        keep(object, key, kept);
    }
}
