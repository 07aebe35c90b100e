//! Writing.

use super::field::{Element, Ref};
use super::object::{ODATA_TYPE, Object, extra};
use serde::ser::{Serialize, SerializeMap, Serializer};
use serde_json::Value;

/// Writes an object.
pub fn write<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    let table = object.table();
    let extra = extra(object);
    let mut map = serializer.serialize_map(None)?;
    if let Some(name) = object.implied_type() {
        if extra.get(ODATA_TYPE).is_none() {
            map.serialize_entry(ODATA_TYPE, &format_args!("#{name}"))?;
        }
    }
    for (index, key) in table.keys.iter().enumerate() {
        let field = object.get(index);
        if field.is_set() {
            match extra.get(key) {
                // The form in which the value came, unless the field was changed since.
                Some(form) if field.reads(form) => map.serialize_entry(key, form)?,
                _ => map.serialize_entry(key, &Written(field))?,
            }
        }
    }
    for (name, value) in extra.iter() {
        let field = table.find(name, usize::MAX);
        if !field.is_some_and(|index| object.get(index).is_set()) {
            map.serialize_entry(name, value)?;
        }
    }
    map.end()
}

/// A field as it is written.
pub(super) struct Written<'a>(pub(super) Ref<'a>);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_list() {
            serializer.collect_seq(self.0.elements())
        } else {
            self.0.element(0).serialize(serializer)
        }
    }
}

impl Serialize for Element<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Item(item) => item.serialize(serializer),
            Self::Object(object) => write(*object, serializer),
        }
    }
}

/// An object as JSON of its own.
pub(super) fn to_json(object: &dyn Object) -> Value {
    write(object, serde_json::value::Serializer).unwrap_or_default()
}
