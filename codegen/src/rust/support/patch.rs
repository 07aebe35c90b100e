//! What changed between two states of an object.

use super::convert::set;
use super::extra::Entry;
use super::field::{Mut, Ref};
use super::object::{Object, extra, extra_mut};
use super::ops::same;
use super::slots::Held;
use serde_json::Value;

/// Fills `changes` with what differs from `before`.
pub(super) fn changes(before: &dyn Object, now: &dyn Object, changes: &mut dyn Object) {
    let table = now.table();
    if table.name != changes.table().name {
        changes.retype(table.name);
    }
    for (index, key) in table.keys.iter().enumerate() {
        let field = now.get(index);
        let old = before.table().find_near(key, index);
        let old = old.map(|index| before.get(index)).filter(Ref::is_set);
        if !field.is_set() {
            let was_there =
                old.is_some() || extra(before).get(key).is_some_and(|old| !old.is_null());
            if was_there && extra(now).get(key).is_none() {
                insert(changes, key, Value::Null);
            }
            continue;
        }
        if old.is_some_and(|old| same(old, field)) {
            continue;
        }
        set(field, changes, index);
        if let (Some(form), Some(extra)) = (extra(now).form(key), extra_mut(changes)) {
            extra.put((*key).into(), Entry::Form(form.clone()));
        }
        // What an object had before and has no more is reset too.
        if let (Some(old), Mut::Object(objects)) = (old, changes.get_mut(index)) {
            if let Held::Object(old) = old.held() {
                if let Some(object) = objects.last_mut() {
                    reset(old, object);
                }
            }
        }
    }
    for (name, value) in extra(now).iter() {
        if extra(before).get(name) != Some(value) {
            insert(changes, name, value.clone());
        }
    }
    for (name, value) in extra(before).iter() {
        let gone = extra(now).get(name).is_none() && !value.is_null() && !name.contains('@');
        if gone && table.find(name).is_none() {
            insert(changes, name, Value::Null);
        }
    }
}

/// Adds `null` for what `before` had and `object` has not.
fn reset(before: &dyn Object, object: &mut dyn Object) {
    for (index, key) in before.table().keys.iter().enumerate() {
        let there = object.table().find_near(key, index);
        let there = there.is_some_and(|index| object.get(index).is_set());
        if before.get(index).is_set() && !there && extra(object).get(key).is_none() {
            insert(object, key, Value::Null);
        }
    }
}

fn insert(object: &mut dyn Object, name: &str, value: Value) {
    if let Some(extra) = extra_mut(object) {
        extra.insert(name, value);
    }
}
