//! What else objects can do.

use super::field::{Element, Mut, Ref};
use super::object::Object;
use super::slots::Held;
use std::fmt;

/// A copy.
pub fn clone<T: Object + Default>(object: &T) -> T {
    let mut copy = T::default();
    copy_fields(object, &mut copy);
    copy
}

/// Copies everything. What is copied to holds nothing yet, and is of the same type or can be.
fn copy_fields(from: &dyn Object, to: &mut dyn Object) {
    if from.table().name != to.table().name {
        to.retype(from.table().name);
    }
    for index in 0..from.table().keys.len() {
        copy_field(from.get(index), to.get_mut(index));
    }
    copy_field(from.get(usize::MAX), to.get_mut(usize::MAX));
}

fn copy_field(from: Ref<'_>, mut to: Mut<'_>) {
    let (Ref::Object(_), Mut::Object(objects)) = (from, &mut to) else {
        to.copy(from);
        return;
    };
    if from.is_set() {
        objects.begin();
    }
    for element in from.elements() {
        if let Element::Object(object) = element {
            copy_fields(object, objects.push());
        }
    }
}

/// Whether all fields are equal.
pub fn eq(left: &dyn Object, right: &dyn Object) -> bool {
    if left.table().name != right.table().name {
        return false;
    }
    let fields = 0..left.table().keys.len();
    fields
        .into_iter()
        .all(|index| same(left.get(index), right.get(index)))
        && same(left.get(usize::MAX), right.get(usize::MAX))
}

pub(super) fn same(left: Ref<'_>, right: Ref<'_>) -> bool {
    if let (Ref::Extra(left), Ref::Extra(right)) = (left, right) {
        return left == right;
    }
    match (left.held(), right.held()) {
        (Held::Nothing, Held::Nothing) => true,
        (Held::Item(left), Held::Item(right)) => left == right,
        (Held::Object(left), Held::Object(right)) => eq(left, right),
        (Held::List(len), Held::List(other)) => {
            let mut pairs = left.elements().zip(right.elements());
            len == other
                && pairs.all(|pair| match pair {
                    (Element::Item(left), Element::Item(right)) => left == right,
                    (Element::Object(left), Element::Object(right)) => eq(left, right),
                    _ => false,
                })
        }
        _ => false,
    }
}

/// Prints the fields that are set, by their names in JSON.
pub fn debug(object: &dyn Object, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let table = object.table();
    let mut fields = f.debug_struct(table.rust);
    for (index, key) in table.keys.iter().enumerate() {
        let field = object.get(index);
        if field.is_set() {
            fields.field(key, &field);
        }
    }
    if let Ref::Extra(extra) = object.get(usize::MAX) {
        if !extra.is_empty() {
            fields.field("extra", extra);
        }
    }
    fields.finish()
}

impl fmt::Debug for Ref<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.held() {
            Held::Nothing => Ok(()),
            Held::Item(item) => item.fmt(f),
            Held::Object(object) => debug(object, f),
            Held::List(_) => f.debug_list().entries(self.elements()).finish(),
        }
    }
}

impl fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item(item) => item.fmt(f),
            Self::Object(object) => debug(*object, f),
        }
    }
}
