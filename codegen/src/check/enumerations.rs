//! The values that sentences and JSON blocks list, against the table of the enumeration.

use std::collections::BTreeSet;

use super::Seen;
use crate::claims::{JsonItem, PropertyClaim};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{EnumType, ItemType, SENTINEL, TypeName};
use crate::source::Place;

/// Checks every property whose type is an enumeration with a table, and whose row or JSON member lists values too.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, claims, types) in seen.pages() {
        for claim in &claims.types {
            let Some(name) = types.claimed(claim) else {
                continue;
            };
            let enumeration = |property: &str| {
                let (_, property) = types.schema.effective_property(name, property)?;
                let ItemType::Named(name) = &property.ty.item else {
                    return None;
                };
                let members = types.schema.types.get(name)?.enumeration()?;
                let table = types.table(name)?;
                Some((name, members, table))
            };
            for row in claim.rows.iter().filter(|row| is_complete(row)) {
                if let Some((name, members, table)) = enumeration(&row.name)
                    && let Some(difference) = difference(
                        &row.values,
                        row.description.as_deref().unwrap_or_default(),
                        members,
                        &table.names,
                    )
                {
                    found.push(conflict(
                        Code::EnumTextConflict,
                        &row.place,
                        &row.name,
                        "sentence",
                        name,
                        &difference,
                        table.place,
                    ));
                }
            }
            for json in &claim.json {
                if let JsonItem::Values(values) = &json.shape.item
                    && let Some((name, members, table)) = enumeration(&json.name)
                    && let Some(difference) = difference(values, "", members, &table.names)
                {
                    found.push(conflict(
                        Code::EnumJsonConflict,
                        &json.place,
                        &json.name,
                        "JSON block",
                        name,
                        &difference,
                        table.place,
                    ));
                }
            }
        }
    }
    found
}

/// Words that say that a list need not be the whole one.
const PARTIAL: &[&str] = &[
    "include",
    "such as",
    "for example",
    "e.g.",
    "like ",
    "among",
    "some of",
    "currently",
    "only",
    "default",
    "subset",
    "when ",
    "if ",
];

/// Whether a row means to list all values: it does not call them examples.
fn is_complete(row: &PropertyClaim) -> bool {
    let text = row
        .description
        .as_deref()
        .unwrap_or_default()
        .to_lowercase();
    !row.values.is_empty() && !PARTIAL.iter().any(|word| text.contains(word))
}

/// The sentinel, and `null`, which stands for no member at all.
fn is_no_member(value: &str) -> bool {
    value.eq_ignore_ascii_case(SENTINEL) || value.eq_ignore_ascii_case("null")
}

/// What a list has more and less than the table.
struct Difference<'a> {
    more: Vec<&'a str>,
    less: Vec<&'a str>,
}

/// Compares a list with a table, without regard to case, to the sentinel and what stands behind it,
/// and to names that the text mentions elsewhere.
/// A list that shares less than half of its values with the table is about something else.
fn difference<'a>(
    values: &'a [String],
    text: &str,
    members: &'a EnumType,
    table: &BTreeSet<String>,
) -> Option<Difference<'a>> {
    let fold = |name: &str| name.to_ascii_lowercase();
    let text = text.to_ascii_lowercase();
    let listed: BTreeSet<String> = values.iter().map(|value| fold(value)).collect();
    let shared = listed.intersection(table).count();
    if table.is_empty() || shared == 0 || shared * 2 < listed.len() {
        return None;
    }
    let more: Vec<&str> = values
        .iter()
        .filter(|value| !table.contains(&fold(value)) && !is_no_member(value))
        .map(String::as_str)
        .collect();
    let sent = members.sentinel().unwrap_or(members.members.len());
    let less: Vec<&str> = members.members[..sent]
        .iter()
        .map(|member| member.name.as_str())
        .filter(|name| table.contains(&fold(name)))
        .filter(|name| !listed.contains(&fold(name)) && !text.contains(&fold(name)))
        .collect();
    (!more.is_empty() || !less.is_empty()).then_some(Difference { more, less })
}

fn conflict(
    code: Code,
    place: &Place,
    property: &str,
    source: &str,
    name: &TypeName,
    difference: &Difference<'_>,
    table: &Place,
) -> Diagnostic {
    let quoted = |names: &[&str]| {
        names
            .iter()
            .map(|name| format!("`{name}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let mut parts = Vec::new();
    if !difference.more.is_empty() {
        parts.push(format!(
            "has {}, which the table of `{name}` lacks",
            quoted(&difference.more)
        ));
    }
    if !difference.less.is_empty() {
        let of = if parts.is_empty() {
            format!(" of the table of `{name}`")
        } else {
            String::new()
        };
        parts.push(format!("lacks {}{of}", quoted(&difference.less)));
    }
    Diagnostic::new(
        code,
        place.clone(),
        format!("the {source} about `{property}` {}", parts.join(", and ")),
    )
    .against(table.clone())
    .hint("list the same members, or leave the list to the table")
}
