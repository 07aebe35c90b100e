//! A field of any type, as the code that is shared by all types sees it.

use super::extra::Extra;
use super::object::Object;
use super::scalar::{Found, Item, Put};
use super::slots::{Foreign, Held, Objects, Shape, Values};
use serde_json::Value;

/// A field.
#[derive(Clone, Copy)]
pub enum Ref<'a> {
    /// A primitive value, an enumeration, or a collection of either.
    Value(&'a dyn Values),
    /// An object or a collection of objects.
    Object(&'a dyn Objects),
    /// A value of a type that only serde knows.
    Foreign(&'a dyn Foreign),
    /// What has no field.
    Extra(&'a Extra),
}

/// A field that can be changed.
pub enum Mut<'a> {
    /// A primitive value, an enumeration, or a collection of either.
    Value(&'a mut dyn Values),
    /// An object or a collection of objects.
    Object(&'a mut dyn Objects),
    /// A value of a type that only serde knows.
    Foreign(&'a mut dyn Foreign),
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
            Self::Value(values) => values.shape().is_list,
            Self::Object(objects) => objects.is_list(),
            Self::Foreign(_) | Self::Extra(_) => false,
        }
    }

    #[inline]
    pub(super) fn held(&self) -> Held<'a> {
        match self {
            Self::Value(values) => values.held(),
            Self::Object(objects) => objects.held(),
            Self::Foreign(foreign) => foreign.held().map_or(Held::Nothing, Held::Item),
            Self::Extra(_) => Held::Nothing,
        }
    }

    pub(super) fn is_set(&self) -> bool {
        !matches!(self.held(), Held::Nothing)
    }

    /// Whether this JSON is a form of the values that the field holds.
    pub(super) fn reads(&self, json: &Value) -> bool {
        let values = match self {
            Self::Value(values) => values,
            Self::Foreign(foreign) => return foreign.reads(json),
            Self::Object(_) | Self::Extra(_) => return false,
        };
        match (values.held(), json) {
            (Held::List(len), Value::Array(elements)) => {
                let mut elements = elements.iter().enumerate();
                len == elements.len()
                    && elements.all(|(index, element)| values.reads(index, element))
            }
            (Held::Item(_), json) => values.reads(0, json),
            _ => false,
        }
    }

    /// How many values it holds.
    pub(super) fn len(&self) -> usize {
        match self.held() {
            Held::Nothing => 0,
            Held::Item(_) | Held::Object(_) => 1,
            Held::List(len) => len,
        }
    }

    pub(super) fn element(&self, index: usize) -> Option<Element<'a>> {
        match self {
            Self::Value(values) => values.item(index).map(Element::Item),
            Self::Object(objects) => objects.item(index).map(Element::Object),
            Self::Foreign(foreign) => foreign.held().map(Element::Item),
            Self::Extra(_) => None,
        }
    }

    pub(super) fn elements(self) -> impl Iterator<Item = Element<'a>> {
        (0..self.len()).filter_map(move |index| self.element(index))
    }
}

impl Mut<'_> {
    pub(super) fn reborrow(&mut self) -> Mut<'_> {
        match self {
            Self::Value(values) => Mut::Value(&mut **values),
            Self::Object(objects) => Mut::Object(&mut **objects),
            Self::Foreign(foreign) => Mut::Foreign(&mut **foreign),
            Self::Extra(extra) => Mut::Extra(&mut **extra),
        }
    }

    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Value(values) => values.shape(),
            Self::Object(objects) => Shape {
                is_list: objects.is_list(),
                is_any: false,
            },
            Self::Foreign(_) => Shape {
                is_list: false,
                is_any: true,
            },
            Self::Extra(_) => Shape {
                is_list: false,
                is_any: false,
            },
        }
    }

    /// Sets the value, or appends it to a collection.
    pub(super) fn put(&mut self, found: &mut Found<'_>) -> Put {
        match self {
            Self::Value(values) => values.put(found),
            Self::Foreign(foreign) => match found {
                Found::Json(json) => foreign.put(json),
                Found::Text(text) => foreign.put(&(*text).into()),
                Found::Bool(value) => foreign.put(&(*value).into()),
                Found::Int(value) => foreign.put(&(*value).into()),
                Found::Unsigned(value) => foreign.put(&(*value).into()),
                Found::Float(value) => foreign.put(&(*value).into()),
                Found::Object | Found::List => Put::Misfit,
            },
            Self::Object(_) | Self::Extra(_) => Put::Misfit,
        }
    }

    /// Becomes a copy of a field of the same type; of a field of another type, or one that holds objects, nothing.
    pub(super) fn copy(&mut self, from: Ref<'_>) -> bool {
        match (self, from) {
            (Self::Value(to), Ref::Value(from)) => to.copy(from.any()),
            (Self::Foreign(to), Ref::Foreign(from)) => to.copy(from.any()),
            (Self::Extra(to), Ref::Extra(from)) => {
                to.clone_from(from);
                true
            }
            _ => false,
        }
    }

    /// Makes the field `None`.
    pub(super) fn clear(&mut self) {
        match self {
            Self::Value(values) => values.clear(),
            Self::Object(objects) => objects.clear(),
            Self::Foreign(foreign) => foreign.clear(),
            Self::Extra(extra) => **extra = Extra::EMPTY,
        }
    }

    /// Makes a collection empty, but present.
    pub(super) fn begin(&mut self) {
        match self {
            Self::Value(values) => values.begin(),
            Self::Object(objects) => objects.begin(),
            Self::Foreign(_) | Self::Extra(_) => {}
        }
    }

    pub(super) fn shared(&self) -> Ref<'_> {
        match self {
            Self::Value(values) => Ref::Value(&**values),
            Self::Object(objects) => Ref::Object(&**objects),
            Self::Foreign(foreign) => Ref::Foreign(&**foreign),
            Self::Extra(extra) => Ref::Extra(extra),
        }
    }

    /// What one value is, for messages.
    pub(super) fn expected(&mut self) -> &'static str {
        match self {
            Self::Value(values) => values.expected(),
            // There may be no instance to ask; this is for messages, and the field is given up with one.
            Self::Object(objects) => objects.push().table().name,
            Self::Foreign(foreign) => foreign.expected(),
            Self::Extra(_) => "any JSON",
        }
    }
}
