//! Fields by what they hold, and the forms that they have: `Option<T>` and `Option<Vec<T>>`.

use super::object::Object;
use super::scalar::{Found, Item, Put, Scalar, is_respelled};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::any::Any;

/// What a field can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Whether it is a collection.
    pub is_list: bool,
    /// Whether any JSON value fits.
    pub is_any: bool,
}

/// What a field holds. One call tells all of it, for calls through a table are what takes the time.
pub enum Held<'a> {
    /// Nothing: the field is `None`.
    Nothing,
    /// A value.
    Item(Item<'a>),
    /// An object.
    Object(&'a dyn Object),
    /// A collection of so many values or objects.
    List(usize),
}

/// A field of primitive values or of members of an enumeration.
pub trait Values {
    /// What one value is, for messages.
    fn expected(&self) -> &'static str;
    /// What it can hold.
    fn shape(&self) -> Shape;
    /// What it holds.
    fn held(&self) -> Held<'_>;
    /// The value at a position of a collection.
    fn item(&self, index: usize) -> Option<Item<'_>>;
    /// Makes it `None`.
    fn clear(&mut self);
    /// Makes a collection empty, but present.
    fn begin(&mut self);
    /// Sets the value, or appends it to a collection.
    fn put(&mut self, found: &mut Found<'_>) -> Put;
    /// Whether one of its values would be read from this JSON.
    fn reads(&self, index: usize, json: &Value) -> bool;
    /// The field itself, for another of the same type.
    fn any(&self) -> &dyn Any;
    /// Becomes a copy of another field, if that has the same type.
    fn copy(&mut self, from: &dyn Any) -> bool;
}

#[inline]
fn copy_any<T: Clone + 'static>(to: &mut T, from: &dyn Any) -> bool {
    match from.downcast_ref::<T>() {
        Some(from) => {
            to.clone_from(from);
            true
        }
        None => false,
    }
}

/// A field of objects.
pub trait Objects {
    /// Whether it is a collection.
    fn is_list(&self) -> bool;
    /// What it holds.
    fn held(&self) -> Held<'_>;
    /// The object at a position of a collection.
    fn item(&self, index: usize) -> Option<&dyn Object>;
    /// Makes it `None`.
    fn clear(&mut self);
    /// Makes a collection empty, but present.
    fn begin(&mut self);
    /// Sets a new object, or appends one to a collection.
    fn push(&mut self) -> &mut dyn Object;
    /// The last object, to be changed.
    fn last_mut(&mut self) -> Option<&mut dyn Object>;
}

/// A field of a type that only serde knows how to read and write.
pub trait Foreign {
    /// The name of the type in Rust.
    fn expected(&self) -> &'static str;
    /// The value as JSON; nothing if the field is `None`.
    fn held(&self) -> Option<Item<'static>>;
    /// Makes it `None`.
    fn clear(&mut self);
    /// Sets the value.
    fn put(&mut self, json: &Value) -> Put;
    /// Whether this JSON is read as the value.
    fn reads(&self, json: &Value) -> bool;
    /// The field itself, for another of the same type.
    fn any(&self) -> &dyn Any;
    /// Becomes a copy of another field, if that has the same type.
    fn copy(&mut self, from: &dyn Any) -> bool;
}

impl<T: Serialize + DeserializeOwned + Clone + 'static> Foreign for Option<T> {
    fn expected(&self) -> &'static str {
        std::any::type_name::<T>()
    }

    fn held(&self) -> Option<Item<'static>> {
        Some(match serde_json::to_value(self.as_ref()?) {
            Ok(json) => Item::Made(json),
            Err(error) => Item::Unwritable(error.to_string()),
        })
    }

    fn clear(&mut self) {
        *self = None;
    }

    fn put(&mut self, json: &Value) -> Put {
        match T::deserialize(json) {
            Ok(value) => *self = Some(value),
            Err(error) => {
                *self = None;
                return Put::Refused(error.to_string());
            }
        }
        match Foreign::held(self) {
            Some(Item::Made(written)) if written == *json => Put::Fits,
            _ => Put::Respelled,
        }
    }

    fn reads(&self, json: &Value) -> bool {
        let read: Self = T::deserialize(json).ok();
        read.is_some() && Foreign::held(&read) == Foreign::held(self)
    }

    fn any(&self) -> &dyn Any {
        self
    }

    fn copy(&mut self, from: &dyn Any) -> bool {
        copy_any(self, from)
    }
}

#[inline]
fn outcome<T: Scalar>(value: Option<&T>, found: &Found<'_>) -> Put {
    match value {
        None => Put::Misfit,
        Some(value) if T::RESPELLS && is_respelled(found, &value.item()) => Put::Respelled,
        Some(_) => Put::Fits,
    }
}

#[inline]
fn reads<T: Scalar>(value: Option<&T>, json: &Value) -> bool {
    T::RESPELLS
        && match (T::fit(&mut Found::value(json)), value) {
            (Some(read), Some(value)) => read.item() == value.item(),
            _ => false,
        }
}

impl<T: Scalar> Values for Option<T> {
    #[inline]
    fn expected(&self) -> &'static str {
        T::EXPECTED
    }

    #[inline]
    fn shape(&self) -> Shape {
        Shape {
            is_list: false,
            is_any: T::IS_ANY,
        }
    }

    #[inline]
    fn held(&self) -> Held<'_> {
        match self {
            Some(value) => Held::Item(value.item()),
            None => Held::Nothing,
        }
    }

    #[inline]
    fn item(&self, _: usize) -> Option<Item<'_>> {
        self.as_ref().map(T::item)
    }

    #[inline]
    fn clear(&mut self) {
        *self = None;
    }

    #[inline]
    fn begin(&mut self) {}

    #[inline]
    fn put(&mut self, found: &mut Found<'_>) -> Put {
        *self = T::fit(found);
        outcome(self.as_ref(), found)
    }

    #[inline]
    fn reads(&self, _: usize, json: &Value) -> bool {
        reads(self.as_ref(), json)
    }

    #[inline]
    fn any(&self) -> &dyn Any {
        self
    }

    #[inline]
    fn copy(&mut self, from: &dyn Any) -> bool {
        copy_any(self, from)
    }
}

impl<T: Scalar> Values for Option<Vec<T>> {
    #[inline]
    fn expected(&self) -> &'static str {
        T::EXPECTED
    }

    #[inline]
    fn shape(&self) -> Shape {
        Shape {
            is_list: true,
            is_any: T::IS_ANY,
        }
    }

    #[inline]
    fn held(&self) -> Held<'_> {
        match self {
            Some(values) => Held::List(values.len()),
            None => Held::Nothing,
        }
    }

    #[inline]
    fn item(&self, index: usize) -> Option<Item<'_>> {
        self.as_ref()?.get(index).map(T::item)
    }

    #[inline]
    fn clear(&mut self) {
        *self = None;
    }

    #[inline]
    fn begin(&mut self) {
        *self = Some(Vec::new());
    }

    #[inline]
    fn put(&mut self, found: &mut Found<'_>) -> Put {
        let value = T::fit(found);
        let outcome = outcome(value.as_ref(), found);
        self.get_or_insert_with(Vec::new).extend(value);
        outcome
    }

    #[inline]
    fn reads(&self, index: usize, json: &Value) -> bool {
        reads(self.as_ref().and_then(|values| values.get(index)), json)
    }

    #[inline]
    fn any(&self) -> &dyn Any {
        self
    }

    #[inline]
    fn copy(&mut self, from: &dyn Any) -> bool {
        copy_any(self, from)
    }
}

impl<T: Object + Default> Objects for Option<T> {
    #[inline]
    fn is_list(&self) -> bool {
        false
    }

    #[inline]
    fn held(&self) -> Held<'_> {
        match self {
            Some(object) => Held::Object(object),
            None => Held::Nothing,
        }
    }

    #[inline]
    fn item(&self, _: usize) -> Option<&dyn Object> {
        match self {
            Some(object) => Some(object),
            None => None,
        }
    }

    #[inline]
    fn clear(&mut self) {
        *self = None;
    }

    #[inline]
    fn begin(&mut self) {}

    #[inline]
    fn push(&mut self) -> &mut dyn Object {
        self.insert(T::default())
    }

    #[inline]
    fn last_mut(&mut self) -> Option<&mut dyn Object> {
        match self {
            Some(object) => Some(object),
            None => None,
        }
    }
}

impl<T: Object + Default> Objects for Option<Vec<T>> {
    #[inline]
    fn is_list(&self) -> bool {
        true
    }

    #[inline]
    fn held(&self) -> Held<'_> {
        match self {
            Some(values) => Held::List(values.len()),
            None => Held::Nothing,
        }
    }

    #[inline]
    fn item(&self, index: usize) -> Option<&dyn Object> {
        match self.as_ref()?.get(index) {
            Some(object) => Some(object),
            None => None,
        }
    }

    #[inline]
    fn clear(&mut self) {
        *self = None;
    }

    #[inline]
    fn begin(&mut self) {
        *self = Some(Vec::new());
    }

    #[inline]
    fn push(&mut self) -> &mut dyn Object {
        let objects = self.get_or_insert_with(Vec::new);
        let index = objects.len();
        objects.push(T::default());
        &mut objects[index]
    }

    #[inline]
    fn last_mut(&mut self) -> Option<&mut dyn Object> {
        match self.as_mut()?.last_mut() {
            Some(object) => Some(object),
            None => None,
        }
    }
}
