//! A field of any type, as the code that is shared by all types sees it.

use super::extra::Extra;
use super::object::Object;
use super::scalar::Item;
use super::slots::{Objects, Values};
use serde_json::Value;

/// A field.
#[derive(Clone, Copy)]
pub enum Ref<'a> {
    /// A primitive value, an enumeration, or a collection of either.
    Value(&'a dyn Values),
    /// An object or a collection of objects.
    Object(&'a dyn Objects),
    /// What has no field.
    Extra(&'a Extra),
}

/// A field that can be changed.
pub enum Mut<'a> {
    /// A primitive value, an enumeration, or a collection of either.
    Value(&'a mut dyn Values),
    /// An object or a collection of objects.
    Object(&'a mut dyn Objects),
    /// What has no field.
    Extra(&'a mut Extra),
}

/// One of the values of a field.
pub(super) enum Element<'a> {
    Item(Item<'a>),
    Object(&'a dyn Object),
}

impl<'a> Ref<'a> {
    pub(super) fn is_list(&self) -> bool {
        match self {
            Self::Value(values) => values.is_list(),
            Self::Object(objects) => objects.is_list(),
            Self::Extra(_) => false,
        }
    }

    pub(super) fn is_set(&self) -> bool {
        self.len().is_some()
    }

    /// Whether this JSON is a form of the values that the field holds.
    pub(super) fn reads(&self, json: &Value) -> bool {
        match (self, json) {
            (Self::Value(values), Value::Array(elements)) if values.is_list() => {
                values.len() == Some(elements.len())
                    && elements
                        .iter()
                        .enumerate()
                        .all(|(index, element)| values.reads(index, element))
            }
            (Self::Value(values), json) => !values.is_list() && values.reads(0, json),
            _ => false,
        }
    }

    pub(super) fn len(&self) -> Option<usize> {
        match self {
            Self::Value(values) => values.len(),
            Self::Object(objects) => objects.len(),
            Self::Extra(_) => None,
        }
    }

    pub(super) fn element(&self, index: usize) -> Option<Element<'a>> {
        match self {
            Self::Value(values) => values.item(index).map(Element::Item),
            Self::Object(objects) => objects.item(index).map(Element::Object),
            Self::Extra(_) => None,
        }
    }

    pub(super) fn elements(self) -> impl Iterator<Item = Element<'a>> {
        (0..self.len().unwrap_or_default()).filter_map(move |index| self.element(index))
    }
}

impl Mut<'_> {
    pub(super) fn reborrow(&mut self) -> Mut<'_> {
        match self {
            Self::Value(values) => Mut::Value(&mut **values),
            Self::Object(objects) => Mut::Object(&mut **objects),
            Self::Extra(extra) => Mut::Extra(&mut **extra),
        }
    }

    pub(super) fn is_list(&self) -> bool {
        match self {
            Self::Value(values) => values.is_list(),
            Self::Object(objects) => objects.is_list(),
            Self::Extra(_) => false,
        }
    }

    /// Makes the field `None`.
    pub(super) fn clear(&mut self) {
        match self {
            Self::Value(values) => values.clear(),
            Self::Object(objects) => objects.clear(),
            Self::Extra(extra) => **extra = Extra::EMPTY,
        }
    }

    /// Makes a collection empty, but present.
    pub(super) fn begin(&mut self) {
        match self {
            Self::Value(values) => values.begin(),
            Self::Object(objects) => objects.begin(),
            Self::Extra(_) => {}
        }
    }

    pub(super) fn shared(&self) -> Ref<'_> {
        match self {
            Self::Value(values) => Ref::Value(&**values),
            Self::Object(objects) => Ref::Object(&**objects),
            Self::Extra(extra) => Ref::Extra(extra),
        }
    }

    /// The name of the type of one value.
    pub(super) fn type_name(&mut self) -> &'static str {
        match self {
            Self::Value(values) => values.type_name(),
            // There may be no instance to ask; this is for messages, and the field is given up with one.
            Self::Object(objects) => objects.push().table().name,
            Self::Extra(_) => "Edm.Untyped",
        }
    }
}
