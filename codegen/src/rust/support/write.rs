//! Writing.

use super::extra::Entry;
use super::field::{Element, Ref};
use super::object::{ODATA_TYPE, Object, extra};
use super::scalar::Scalar;
use super::slots::Held;
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
    let any_form = extra
        .entries()
        .any(|(_, entry)| matches!(entry, Entry::Form(_)));
    for (index, key) in table.keys.iter().enumerate() {
        let field = object.get(index);
        let held = field.held();
        if any_form && !matches!(held, Held::Nothing) {
            // Unless the field was changed since.
            if let Some(form) = extra.form(key).filter(|form| field.reads(form)) {
                map.serialize_entry(key, form)?;
                continue;
            }
        }
        match &held {
            Held::Nothing => {}
            Held::Item(item) => map.serialize_entry(key, item)?,
            Held::Object(object) => map.serialize_entry(key, &Element::Object(*object))?,
            Held::List(_) => map.serialize_entry(key, &Written(field))?,
        }
    }
    for (name, entry) in extra.entries() {
        let Entry::Member(json) = entry else {
            continue;
        };
        let field = table.find(name);
        if !field.is_some_and(|index| object.get(index).is_set()) {
            map.serialize_entry(name, json)?;
        }
    }
    map.end()
}

/// Writes a member of an enumeration.
pub fn write_member<T: Scalar, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    value.item().serialize(serializer)
}

/// A field as it is written.
pub(super) struct Written<'a>(pub(super) Ref<'a>);

impl Serialize for Written<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.held() {
            Held::Nothing => serializer.serialize_none(),
            Held::Item(item) => item.serialize(serializer),
            Held::Object(object) => write(object, serializer),
            Held::List(_) => serializer.collect_seq(self.0.elements()),
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
