//! What every structured type can do.

use super::convert::convert;
use super::extra::Extra;
use super::object::{ODATA_TYPE, Object, bare, extra, extra_mut};
use super::patch;
use serde_json::Value;

/// What a property of an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Presence {
    /// It is not there: a reply does not tell, a PATCH does not change it.
    Absent,
    /// It is `null`: a PATCH resets it.
    Null,
    /// It has a value.
    Value,
}

/// What every entity type and complex type can do, beside what its fields offer.
///
/// Properties are named as they are in JSON. Each type has constants for the names of its own.
pub trait Structured: Object + Default + Clone {
    /// Makes a value by setting some of its fields.
    #[must_use]
    fn build(set: impl FnOnce(&mut Self)) -> Self {
        let mut value = Self::default();
        set(&mut value);
        value
    }

    /// Whether a property is absent, `null`, or has a value.
    fn presence(&self, property: &str) -> Presence {
        let is_set = |index| self.get(index).is_set();
        if self.table().find(property).is_some_and(is_set) {
            return Presence::Value;
        }
        match extra(self).get(property) {
            None => Presence::Absent,
            Some(Value::Null) => Presence::Null,
            Some(_) => Presence::Value,
        }
    }

    /// Makes a property `null`: its field is `None`, and `null` is written, which in a PATCH resets the property.
    fn set_null(&mut self, property: &str) -> &mut Self {
        self.set_absent(property);
        if let Some(extra) = extra_mut(self) {
            extra.insert(property, Value::Null);
        }
        self
    }

    /// Makes a property absent: its field is `None`, and nothing is written.
    fn set_absent(&mut self, property: &str) -> &mut Self {
        if let Some(index) = self.table().find(property) {
            self.get_mut(index).clear();
        }
        if let Some(extra) = extra_mut(self) {
            extra.remove(property);
        }
        self
    }

    /// What a PATCH must send to make of an object that was read what it is now: the properties that changed, with `null`
    /// for those that are gone. What an object inside has changed in is sent whole.
    #[must_use]
    fn changes_since(&self, before: &Self) -> Self {
        let mut changes = Self::default();
        patch::changes(before, self, &mut changes);
        changes
    }

    /// The same object as another type: the other version of it, its base, or a type derived from it.
    ///
    /// Nothing is lost: what the other type has no field for goes to its `extra`, and finds its field again on the way
    /// back. Where the types have different names, `@odata.type` keeps the old one.
    #[must_use]
    fn convert<T: Structured>(&self) -> T {
        let mut other = T::default();
        convert(self, &mut other);
        other
    }

    /// The members that have no field: annotations, and what the docs do not list.
    fn leftover(&self) -> &Extra {
        extra(self)
    }

    /// The qualified name of the type, such as `microsoft.graph.user`: what `@odata.type` says, or else the type's own.
    fn type_name(&self) -> &str {
        let stated = extra(self).get(ODATA_TYPE).and_then(Value::as_str);
        stated.map_or(self.table().name, bare)
    }

    /// Why the object was removed, if it is one of those in a delta reply that are gone: `changed` or `deleted`.
    fn removed(&self) -> Option<&str> {
        match extra(self).get("@removed")? {
            Value::Object(removed) => {
                Some(removed.get("reason").and_then(Value::as_str).unwrap_or(""))
            }
            _ => None,
        }
    }
}

impl<T: Object + Default + Clone> Structured for T {}
