//! A value of an example against a type.

use std::cell::OnceCell;

use super::super::meant::meant;
use super::super::types::Types;
use super::literal;
use crate::diagnostic::{Code, Diagnostic, shorten};
use crate::page::json::{Json, JsonMember, JsonValue};
use crate::schema::{Definition, EnumType, Evidence, ItemType, TypeName, TypeRef, VersionSchema};

/// How deep values lie in each other at most; the reader's own limit is higher, and no example comes near.
const MAX_DEPTH: usize = 64;

/// Compares an instance with the type that it is said to be of.
///
/// Only what is certain is told: `null` fits everything, a placeholder such as `String` or `<date>` fits every type, an
/// open type takes every member, and where an object may be of a derived type it may have that type's members. Among
/// values (`is_reply`, or where there is one) the name of a type is none for what is no string in JSON.
pub(super) fn compare(
    value: &Json,
    name: &TypeName,
    types: &Types<'_>,
    is_reply: bool,
    found: &mut Vec<Diagnostic>,
) {
    Compare {
        schema: types.schema,
        types,
        among_values: is_reply || value.members().iter().any(|member| is_real(&member.value)),
        found,
    }
    .object(value, name, 0);
}

/// Whether a value is one, and does not stand for one.
fn is_real(value: &Json) -> bool {
    match &value.value {
        JsonValue::Bool(_) | JsonValue::Number(_) => true,
        JsonValue::String(text) => !literal::is_placeholder(text),
        _ => false,
    }
}

struct Compare<'a> {
    schema: &'a VersionSchema,
    types: &'a Types<'a>,
    /// Whether the instance has real values, and not just what stands for some.
    among_values: bool,
    found: &'a mut Vec<Diagnostic>,
}

impl Compare<'_> {
    fn object(&mut self, value: &Json, declared: &TypeName, depth: usize) {
        if depth > MAX_DEPTH {
            return;
        }
        let named = value.get("@odata.type").and_then(Json::as_str);
        let name = match named.map(|name| self.types.full(name.trim_start_matches('#'))) {
            Some(Some(name)) => name,
            // A type that no page describes may have any member.
            Some(None) => return,
            None => declared,
        };
        let Some(structural) = self.schema.types.get(name).and_then(|ty| ty.structural()) else {
            return;
        };
        let known = OnceCell::new();
        for member in value.members() {
            if is_control(&member.name) {
                continue;
            }
            if let Some((_, property)) = self.schema.effective_property(name, &member.name) {
                // What was taken from another JSON block is no better than what this one shows.
                if property.evidence <= Evidence::Table {
                    self.typed(member, &property.ty, depth);
                }
                continue;
            }
            let derived = self.types.derived_property(name, &member.name);
            match derived {
                Some(_) if named.is_none() => {}
                // Types without any property were not read, or are only the root of others.
                _ if !self.schema.has_properties(name)
                    || structural.open
                    || self.schema.is_open(name) => {}
                _ => {
                    let schema = self.schema;
                    let known = known.get_or_init(|| {
                        let properties = schema.effective_properties(name);
                        properties.into_keys().collect::<Vec<&str>>()
                    });
                    self.unknown(member, name, known);
                }
            }
        }
    }

    fn typed(&mut self, member: &JsonMember, ty: &TypeRef, depth: usize) {
        match (&member.value.value, ty.collection) {
            (JsonValue::Null, _) => {}
            (JsonValue::Array(items), true) => {
                for item in items {
                    self.item(member, item, &ty.item, depth);
                }
            }
            (JsonValue::Array(items), false) => {
                if ty.item != ItemType::Untyped {
                    let shown = if items.is_empty() {
                        "an empty array"
                    } else {
                        "an array"
                    };
                    self.mismatch(member, &member.value, "a single value", shown, ty);
                }
            }
            (JsonValue::String(text), true) if literal::is_placeholder(text) => {}
            (_, true) => {
                if ty.item != ItemType::Untyped {
                    let shown = literal::kind(&member.value.value);
                    self.mismatch(member, &member.value, "an array", shown, ty);
                }
            }
            (_, false) => self.item(member, &member.value, &ty.item, depth),
        }
    }

    fn item(&mut self, member: &JsonMember, value: &Json, item: &ItemType, depth: usize) {
        let ty = TypeRef {
            item: item.clone(),
            collection: false,
        };
        match item {
            _ if value.value == JsonValue::Null => {}
            ItemType::Untyped => {}
            ItemType::Primitive(primitive) => {
                if let Some(expected) =
                    literal::expected(*primitive, &value.value, self.among_values)
                {
                    self.mismatch(member, value, expected, &literal::shown(&value.value), &ty);
                }
            }
            ItemType::Named(name) => match self.schema.types.get(name).map(|ty| &ty.definition) {
                Some(Definition::Enumeration(enumeration)) => {
                    self.enumerated(member, value, name, enumeration)
                }
                Some(Definition::Structural(_)) => match &value.value {
                    JsonValue::Object(_) => self.object(value, name, depth + 1),
                    JsonValue::String(text) if literal::is_placeholder(text) => {}
                    // A type without properties may stand for anything.
                    _ if !self.schema.has_properties(name) => {}
                    _ => self.mismatch(
                        member,
                        value,
                        "an object",
                        &literal::shown(&value.value),
                        &ty,
                    ),
                },
                None => {}
            },
        }
    }

    fn enumerated(
        &mut self,
        member: &JsonMember,
        value: &Json,
        name: &TypeName,
        enumeration: &EnumType,
    ) {
        let ty = TypeRef {
            item: ItemType::Named(name.clone()),
            collection: false,
        };
        let JsonValue::String(text) = &value.value else {
            self.mismatch(
                member,
                value,
                "a string",
                &literal::shown(&value.value),
                &ty,
            );
            return;
        };
        // Members of flags are sent in one string.
        let sent: Vec<&str> = text.split(',').map(str::trim).collect();
        let known = |sent: &&str| enumeration.members.iter().any(|known| known.name == **sent);
        if self.types.table(name).is_none()
            || literal::is_placeholder(text)
            || text.contains('|')
            || text.is_empty()
        {
            return;
        }
        let Some(unknown) = sent.iter().find(|sent| !known(sent)) else {
            return;
        };
        let like = enumeration
            .members
            .iter()
            .find(|known| known.name.eq_ignore_ascii_case(unknown));
        let names: Vec<&str> = enumeration
            .members
            .iter()
            .map(|member| member.name.as_str())
            .collect();
        self.found.push(
            Diagnostic::new(
                Code::ExampleUnknownMember,
                value.place.clone(),
                match like {
                    Some(like) => format!(
                        "the member is spelled `{unknown}` here and `{}` in the enumeration `{name}` of `{}`",
                        like.name, member.name
                    ),
                    None => format!(
                        "`{}` is no member of the enumeration `{name}` of `{}`",
                        shorten(unknown),
                        member.name
                    ),
                },
            )
            .hint(match like {
                Some(_) => "take the spelling that the service sends, in both".to_owned(),
                None => format!("its members are {}", listed(&names)),
            }),
        );
    }

    fn unknown(&mut self, member: &JsonMember, name: &TypeName, known: &[&str]) {
        let meant = meant(&member.name, known, self.found.len());
        self.found.push(
            Diagnostic::new(
                Code::ExampleUnknownProperty,
                member.place.clone(),
                format!("`{name}` has no property `{}`", shorten(&member.name)),
            )
            .hint(match meant {
                Some(near) => format!("did you mean `{near}`?"),
                None => {
                    "remove it from the example, or describe it on the page of the type".to_owned()
                }
            }),
        );
    }

    fn mismatch(
        &mut self,
        member: &JsonMember,
        value: &Json,
        expected: &str,
        shown: &str,
        ty: &TypeRef,
    ) {
        self.found.push(
            Diagnostic::new(
                Code::ExampleTypeMismatch,
                value.place.clone(),
                format!(
                    "`{}` is of type `{ty}`: expected {expected}, found {shown}",
                    member.name
                ),
            )
            .hint("correct the example, or the type on the page of the resource"),
        );
    }
}

/// Control information, which belongs to the format and not to the type (OData JSON Format 4.01, section 4.6).
fn is_control(name: &str) -> bool {
    name.contains(['@', '#']) || name.is_empty()
}

/// At most eight names.
fn listed(names: &[&str]) -> String {
    let mut text = names
        .iter()
        .take(8)
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ");
    if names.len() > 8 {
        text.push_str(&format!(" and {} more", names.len() - 8));
    }
    text
}
