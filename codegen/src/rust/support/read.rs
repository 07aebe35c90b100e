//! Reading objects.

use super::extra::Entry;
use super::object::{ODATA_TYPE, Object, Table, extra_mut};
use super::path::Path;
use super::place::Place;
use super::raw::Json;
use super::scalar::{Found, Scalar};
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::Value;
use std::borrow::Cow;
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
            T::EXPECTED,
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
        let mut leftover = Leftover::default();
        while let Some(key) = map.next_key_seed(KeySeed { table })? {
            match key {
                Key::Known(index) => {
                    let key = table.keys.get(index).copied().unwrap_or_default();
                    let slot = self.object.get_mut(index);
                    let place = Place {
                        shape: slot.shape(),
                        slot,
                        owner: table.name,
                        key,
                        path: &Path::Member(self.path, key),
                        in_list: false,
                    };
                    let kept = map.next_value_seed(place)?;
                    leftover.keep(index, key, kept);
                }
                Key::Unknown(name) => {
                    let value = map.next_value::<Json>()?;
                    let odata_type = value.text().filter(|_| name == ODATA_TYPE);
                    if let Some(odata_type) = odata_type {
                        // What had no field may have one then, and the other way round.
                        leftover.settle(self.object);
                        if self.object.retype(odata_type) {
                            table = self.object.table();
                        }
                    }
                    leftover.push(name, Some(Entry::Member(value)));
                }
            }
        }
        leftover.settle(self.object);
        Ok(())
    }
}

/// What has no field, before it is put where it belongs.
#[derive(Default)]
struct Leftover {
    /// In the order in which it came; later members replace earlier ones of the same name, and `None` removes them.
    entries: Vec<(Cow<'static, str>, Option<Entry>)>,
    /// A bit for each position of a field, by its remainder: whether something was kept for such a field.
    kept: u64,
}

impl Leftover {
    /// Keeps what a field could not hold, or forgets what an earlier member of the same name left.
    #[inline]
    fn keep(&mut self, index: usize, key: &'static str, kept: Option<Entry>) {
        let bit = 1 << (index % 64);
        if kept.is_some() || self.kept & bit != 0 {
            self.kept |= bit;
            self.push(key.into(), kept);
        }
    }

    fn push(&mut self, name: Cow<'static, str>, entry: Option<Entry>) {
        if self.entries.is_empty() {
            // Most objects have one.
            self.entries.reserve_exact(1);
        }
        self.entries.push((name, entry));
    }

    fn settle(&mut self, object: &mut dyn Object) {
        if !self.entries.is_empty() {
            if let Some(extra) = extra_mut(object) {
                extra.put_all(std::mem::take(&mut self.entries));
            }
        }
    }
}

enum Key {
    Known(usize),
    Unknown(Cow<'static, str>),
}

/// The annotations that most objects have, whose names need not be copied.
const ANNOTATIONS: [&str; 5] = [
    ODATA_TYPE,
    "@odata.context",
    "@odata.etag",
    "@odata.id",
    "@odata.nextLink",
];

struct KeySeed {
    table: &'static Table,
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
        Ok(match self.table.find(name) {
            Some(index) => Key::Known(index),
            None => Key::Unknown(match ANNOTATIONS.iter().find(|known| **known == name) {
                Some(known) => Cow::Borrowed(known),
                None => Cow::Owned(name.to_owned()),
            }),
        })
    }
}

/// Puts JSON into a field of an object, under the name that the field has; what does not fit stays with the members
/// without a field.
pub(super) fn put(object: &mut dyn Object, index: usize, json: &Value) {
    let table = object.table();
    let key = table.keys.get(index).copied().unwrap_or_default();
    let slot = object.get_mut(index);
    let place = Place {
        shape: slot.shape(),
        slot,
        owner: table.name,
        key,
        path: &Path::Root,
        in_list: false,
    };
    let kept = match place.deserialize(json) {
        Ok(kept) => kept,
        Err(_) => {
            object.get_mut(index).clear();
            Some(json.clone().into())
        }
    };
    if let (Some(kept), Some(extra)) = (kept, extra_mut(object)) {
        extra.put(key.into(), kept);
    }
}
