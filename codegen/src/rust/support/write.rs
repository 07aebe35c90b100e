//! Writing.

use super::field::{Element, Ref};
use super::object::Object;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Writes an object.
pub fn write<S: Serializer>(object: &dyn Object, serializer: S) -> Result<S::Ok, S::Error> {
    let table = object.table();
    let mut map = serializer.serialize_map(None)?;
    for (index, key) in table.keys.iter().enumerate() {
        let field = object.get(index);
        if field.is_set() {
            map.serialize_entry(key, &Written(field))?;
        }
    }
    if let Ref::Extra(extra) = object.get(usize::MAX) {
        for (name, value) in extra.iter() {
            let field = table.find(name, usize::MAX);
            if !field.is_some_and(|index| object.get(index).is_set()) {
                map.serialize_entry(name, value)?;
            }
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
