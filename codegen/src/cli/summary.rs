//! What changed between two schemas, in a few lines.

use std::collections::BTreeSet;

pub(super) use crate::report::counted;
use crate::schema::{Definition, Schema, Type};

/// Lines such as `beta: 2 types added (a, b), 1 changed (c: +x -y)`; none if nothing changed.
pub(super) fn changes(old: &Schema, new: &Schema) -> Vec<String> {
    let versions: BTreeSet<&String> = old.versions.keys().chain(new.versions.keys()).collect();
    let mut lines = Vec::new();
    for version in versions {
        let (Some(old), Some(new)) = (old.versions.get(version), new.versions.get(version)) else {
            let what = if new.versions.contains_key(version) {
                "a new version"
            } else {
                "not read any more"
            };
            lines.push(format!("{version}: {what}"));
            continue;
        };
        let added: Vec<String> = new
            .types
            .keys()
            .filter(|name| !old.types.contains_key(*name))
            .map(|name| name.short().into())
            .collect();
        let removed: Vec<String> = old
            .types
            .keys()
            .filter(|name| !new.types.contains_key(*name))
            .map(|name| name.short().into())
            .collect();
        let changed: Vec<String> = new
            .types
            .iter()
            .filter_map(|(name, ty)| Some((name, change(old.types.get(name)?, ty)?)))
            .map(|(name, change)| format!("{}: {change}", name.short()))
            .collect();
        let parts: Vec<String> = [("added", added), ("removed", removed), ("changed", changed)]
            .into_iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(what, names)| {
                format!("{} {what} ({})", counted(names.len(), "type"), some(&names))
            })
            .collect();
        if !parts.is_empty() {
            lines.push(format!("{version}: {}", parts.join(", ")));
        }
    }
    lines
}

/// How a type differs, but for its place; `None` if it does not.
fn change(old: &Type, new: &Type) -> Option<String> {
    let names = |ty: &Type| -> BTreeSet<String> {
        match &ty.definition {
            Definition::Structural(structural) => structural.properties.keys().cloned().collect(),
            Definition::Enumeration(enumeration) => enumeration
                .members
                .iter()
                .map(|member| member.name.clone())
                .collect(),
        }
    };
    let (before, after) = (names(old), names(new));
    let mut parts: Vec<String> = after
        .difference(&before)
        .map(|name| format!("+{name}"))
        .collect();
    parts.extend(before.difference(&after).map(|name| format!("-{name}")));
    if let (Definition::Structural(old), Definition::Structural(new)) =
        (&old.definition, &new.definition)
    {
        let differs = old.properties.iter().filter(|(name, property)| {
            new.properties.get(*name).is_some_and(|other| {
                other.ty != property.ty || other.navigation != property.navigation
            })
        });
        parts.extend(differs.map(|(name, _)| format!("~{name}")));
        if old.base.as_ref().map(|base| &base.name) != new.base.as_ref().map(|base| &base.name) {
            parts.push("base".into());
        }
    }
    if old.kind_name() != new.kind_name() {
        parts.push(format!("now {}", new.kind_name()));
    }
    if parts.is_empty() && (described(old) != described(new)) {
        parts.push("descriptions".into());
    }
    (!parts.is_empty()).then(|| some(&parts))
}

/// The texts of a type.
fn described(ty: &Type) -> Vec<Option<&String>> {
    let mut texts = vec![ty.description.as_ref()];
    match &ty.definition {
        Definition::Structural(structural) => {
            texts.extend(
                structural
                    .properties
                    .values()
                    .map(|property| property.description.as_ref()),
            );
        }
        Definition::Enumeration(enumeration) => {
            texts.extend(
                enumeration
                    .members
                    .iter()
                    .map(|member| member.description.as_ref()),
            );
        }
    }
    texts
}

/// The first few of a list, and how many more there are.
fn some(names: &[String]) -> String {
    const FEW: usize = 5;
    let mut text = names
        .iter()
        .take(FEW)
        .map(String::as_str)
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > FEW {
        text.push_str(&format!(" and {} more", names.len() - FEW));
    }
    text
}
