//! What the rest of Typedown relies on: every type that is named is there, bases end, and members differ.

use std::collections::BTreeSet;
use std::fmt;

use super::super::{Definition, ItemType, TypeName, VersionSchema};

/// A reference that leads nowhere.
#[derive(Debug)]
pub(super) struct BadReference {
    by: TypeName,
    why: String,
}

impl BadReference {
    /// The line where the type begins that refers, counted from 1.
    pub(super) fn line_in(&self, lock: &str) -> u32 {
        let key = format!("{}:", serde_json::Value::from(self.by.as_str()));
        let lines = lock.lines().zip(1..);
        let found = lines.into_iter().find(|(line, _)| line.contains(&key));
        found.map_or(1, |(_, number)| number)
    }
}

impl fmt::Display for BadReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.why)
    }
}

pub(super) fn check(schema: &VersionSchema) -> Result<(), BadReference> {
    let bad = |by: &TypeName, why: String| BadReference {
        by: by.clone(),
        why,
    };
    let missing = |by: &TypeName, name: &TypeName| {
        let why = format!("`{by}` refers to `{name}`, which the file does not describe");
        bad(by, why)
    };
    for (name, ty) in &schema.types {
        let structural = match &ty.definition {
            Definition::Structural(structural) => structural,
            Definition::Enumeration(enumeration) => {
                let mut seen = BTreeSet::new();
                let mut names = enumeration.members.iter().map(|member| &member.name);
                if let Some(again) = names.find(|name| !seen.insert(*name)) {
                    return Err(bad(name, format!("`{name}` has two members `{again}`")));
                }
                continue;
            }
        };
        if let Some(base) = &structural.base {
            let found = schema.types.get(&base.name);
            let found = found.ok_or_else(|| missing(name, &base.name))?;
            if found.structural().is_none() {
                let base = &base.name;
                let why = format!("`{name}` derives from `{base}`, which is an enumeration");
                return Err(bad(name, why));
            }
            let last = schema.lineage(name).last();
            if last.is_some_and(|(_, ty)| ty.structural().is_some_and(|last| last.base.is_some())) {
                let why = format!("following the base types of `{name}` leads into a circle");
                return Err(bad(name, why));
            }
        }
        for property in structural.properties.values() {
            if let ItemType::Named(target) = &property.ty.item
                && !schema.types.contains_key(target)
            {
                return Err(missing(name, target));
            }
        }
    }
    Ok(())
}
