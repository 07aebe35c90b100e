//! From one type to another: versions of a type, base and derived types.

use super::extra::Entry;
use super::field::{Element, Mut, Ref};
use super::object::{ODATA_TYPE, Object, bare, extra, extra_mut};
use super::read::put;
use super::scalar::Put;
use super::slots::Held;
use super::write::{Written, to_json};
use serde_json::Value;

/// Fills an object, which holds nothing yet, with all that another holds. What it has no field for, or what does not fit
/// its field, is put among its members without a field; and what the other had there finds its field, if there is one.
///
/// Where the types have different names, the other's is noted in `@odata.type`.
pub(super) fn convert(from: &dyn Object, to: &mut dyn Object) {
    let actual = extra(from).get(ODATA_TYPE).and_then(Value::as_str);
    let actual = actual.map_or(from.table().name, bare);
    if actual != to.table().name {
        to.retype(actual);
    }
    fill(from, to);
    let name = from.table().name;
    if name != to.table().name {
        if let Some(extra) = extra_mut(to) {
            if extra.get(ODATA_TYPE).is_none() {
                let name = Value::from(format!("#{name}"));
                extra.put(ODATA_TYPE.into(), name.into());
            }
        }
    }
}

/// The same, between types that are known to be right.
pub(super) fn fill(from: &dyn Object, to: &mut dyn Object) {
    let (old, new) = (from.table(), to.table());
    let mut likely = 0;
    for (index, key) in old.keys.iter().enumerate() {
        let field = from.get(index);
        if !field.is_set() {
            continue;
        }
        match new.find_near(key, likely) {
            Some(target) => {
                likely = target + 1;
                set(field, to, target);
            }
            None => {
                if let Some(extra) = extra_mut(to) {
                    extra.put((*key).into(), json(field).into());
                }
            }
        }
    }
    for (name, entry) in extra(from).entries() {
        let target = new.find(name);
        match (entry, target) {
            (Entry::Member(json), Some(target)) if !to.get(target).is_set() => {
                put(to, target, json.value());
            }
            (Entry::Form(form), None) => {
                let field = old.find(name).map(|index| from.get(index));
                if let Some(extra) =
                    extra_mut(to).filter(|_| field.is_some_and(|field| field.reads(form)))
                {
                    extra.put(name.clone(), form.clone().into());
                }
            }
            _ => {
                if let Some(extra) = extra_mut(to) {
                    extra.put(name.clone(), entry.clone());
                }
            }
        }
    }
}

/// Sets a field, which holds nothing yet, to what another field holds. What does not fit is put among the members
/// without a field.
pub(super) fn set(from: Ref<'_>, to: &mut dyn Object, target: usize) {
    if !copy(from, to.get_mut(target)) {
        clear(to.get_mut(target));
        put(to, target, &json(from));
    }
}

/// Copies a field into another, which holds nothing yet; `false` if something of it does not fit.
fn copy(from: Ref<'_>, mut to: Mut<'_>) -> bool {
    if to.copy(from) {
        return true;
    }
    if from.is_list() != to.shape().is_list {
        return false;
    }
    to.begin();
    from.elements().all(|element| match element {
        Element::Item(item) => to.put(&mut item.found()) == Put::Fits,
        Element::Object(object) => {
            let Mut::Object(objects) = &mut to else {
                return false;
            };
            convert(object, objects.push());
            true
        }
    })
}

fn clear(mut field: Mut<'_>) {
    field.clear();
}

fn json(field: Ref<'_>) -> Value {
    match field.held() {
        Held::Object(object) => to_json(object),
        _ => serde_json::to_value(Written(field)).unwrap_or_default(),
    }
}
