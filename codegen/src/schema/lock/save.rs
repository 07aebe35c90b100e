//! From schema to text.

use std::fmt::{self, Write};

use serde_json::Value;

use super::super::{Definition, EnumType, Property, Schema, Source, StructuralType, Type};
use super::FORMAT;

pub(super) fn save(schema: &Schema) -> String {
    let mut out = String::new();
    let _ = write!(out, "{{\n\"format\": {FORMAT},\n\"versions\": ");
    block(
        &mut out,
        0,
        schema.versions.iter(),
        |out, version, types| {
            let _ = write!(out, "{}: ", quoted(version));
            block(out, 1, types.types.iter(), |out, name, ty| {
                let _ = write!(out, "{}: ", quoted(name.as_str()));
                save_type(out, ty);
            });
        },
    );
    out.push_str("\n}\n");
    out
}

/// An object or array body: each entry on lines of its own, indented by one blank for each level.
fn block<'a, K: 'a, V: 'a>(
    out: &mut String,
    level: usize,
    entries: impl Iterator<Item = (K, V)>,
    mut entry: impl FnMut(&mut String, K, V),
) {
    out.push('{');
    let mut any = false;
    for (key, value) in entries {
        out.push_str(if any { ",\n" } else { "\n" });
        out.extend(std::iter::repeat_n(' ', level + 1));
        entry(out, key, value);
        any = true;
    }
    if any {
        out.push('\n');
        out.extend(std::iter::repeat_n(' ', level));
    }
    out.push('}');
}

fn save_type(out: &mut String, ty: &Type) {
    let Type {
        definition,
        description,
        deprecated,
        area,
        source,
    } = ty;
    let mut head = Members::default();
    head.add("kind", ty.kind_name());
    if let Definition::Structural(structural) = definition {
        let StructuralType {
            kind: _,
            base,
            open,
            is_abstract,
            has_stream,
            key,
            properties: _,
        } = structural;
        if let Some(base) = base {
            head.add("base", base.name.as_str());
            head.add("baseEvidence", base.evidence.name());
        }
        flag(&mut head, "open", *open);
        flag(&mut head, "abstract", *is_abstract);
        flag(&mut head, "hasStream", *has_stream);
        if !key.is_empty() {
            head.add("key", key.clone());
        }
    }
    if let Definition::Enumeration(EnumType { flags, members: _ }) = definition {
        flag(&mut head, "flags", *flags);
    }
    flag(&mut head, "deprecated", *deprecated);
    text(&mut head, "area", area.as_deref());
    head.add("page", &*source.page);
    head.add("line", source.line);
    text(&mut head, "description", description.as_deref());
    // The head's members stand on a line each, so that two people who change two of them can merge.
    let mut lines: Vec<String> = head
        .0
        .iter()
        .map(|(name, value)| format!("   {}: {value}", quoted(name)))
        .collect();
    match definition {
        Definition::Structural(structural) => {
            let mut properties = String::from("   \"properties\": ");
            block(
                &mut properties,
                3,
                structural.properties.iter(),
                |out, name, property| {
                    let _ = write!(out, "{}: {}", quoted(name), save_property(property, source));
                },
            );
            lines.push(properties);
        }
        Definition::Enumeration(enumeration) => {
            let mut members = String::from("   \"members\": [");
            for (index, member) in enumeration.members.iter().enumerate() {
                let mut entry = Members::default();
                entry.add("name", member.name.as_str());
                if let Some(value) = member.value {
                    entry.add("value", value);
                }
                if member.source.page != source.page {
                    entry.add("page", &*member.source.page);
                }
                entry.add("line", member.source.line);
                text(&mut entry, "description", member.description.as_deref());
                let _ = write!(members, "{}\n    {entry}", if index > 0 { "," } else { "" });
            }
            members.push_str(if enumeration.members.is_empty() {
                "]"
            } else {
                "\n   ]"
            });
            lines.push(members);
        }
    }
    let _ = write!(out, "{{\n{}\n  }}", lines.join(",\n"));
}

fn save_property(property: &Property, of: &Source) -> Members {
    let Property {
        ty,
        navigation,
        description,
        values,
        traits,
        evidence,
        source,
    } = property;
    let mut entry = Members::default();
    entry.add("type", ty.to_string());
    flag(&mut entry, "navigation", *navigation);
    for what in traits {
        flag(&mut entry, what.name(), true);
    }
    if !values.is_empty() {
        entry.add("values", values.clone());
    }
    entry.add("evidence", evidence.name());
    if source.page != of.page {
        entry.add("page", &*source.page);
    }
    entry.add("line", source.line);
    text(&mut entry, "description", description.as_deref());
    entry
}

/// The members of an object in the order in which they are written.
#[derive(Default)]
struct Members(Vec<(&'static str, Value)>);

impl Members {
    fn add(&mut self, name: &'static str, value: impl Into<Value>) {
        self.0.push((name, value.into()));
    }
}

impl fmt::Display for Members {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, (name, value)) in self.0.iter().enumerate() {
            write!(
                f,
                "{}{}:{value}",
                if index > 0 { "," } else { "{" },
                quoted(name)
            )?;
        }
        f.write_str("}")
    }
}

fn flag(entry: &mut Members, name: &'static str, value: bool) {
    if value {
        entry.add(name, true);
    }
}

fn text(entry: &mut Members, name: &'static str, value: Option<&str>) {
    if let Some(value) = value {
        entry.add(name, value);
    }
}

fn quoted(text: &str) -> Value {
    Value::String(text.to_owned())
}
