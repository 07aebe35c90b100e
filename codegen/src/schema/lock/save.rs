//! From schema to text.

use std::collections::BTreeMap;
use std::io::Write;

use super::super::{Definition, EnumType, Property, Schema, Source, StructuralType, Type};
use super::{FORMAT, Unselected};
use crate::source::DocsRevision;
use crate::visible::Numbered;

/// What the line of the docs' revision begins with.
const DOCS: &str = "\"docs\": ";

pub(super) fn save(
    docs: Option<&DocsRevision>,
    settings: &BTreeMap<String, String>,
    schema: &Schema,
    unselected: &Unselected,
) -> String {
    let mut out = Vec::new();
    let _ = writeln!(out, "{{\n\"format\": {FORMAT},");
    if let Some(docs) = docs {
        save_docs(&mut out, docs);
    }
    if !settings.is_empty() {
        key(&mut out, "settings");
        out.push(b'{');
        let mut members = Members::new(&mut out, ",", ":");
        for (name, value) in settings {
            members.text(name, value);
        }
        out.extend(b"},\n");
    }
    out.extend(b"\"versions\": ");
    save_schema(&mut out, schema);
    if !unselected.is_empty() {
        let Unselected { namespace, schema } = unselected;
        out.extend(b",\n\"unselected\": {\n");
        if let Some(namespace) = namespace {
            key(&mut out, "namespace");
            quote(&mut out, namespace);
            out.extend(b",\n");
        }
        out.extend(b"\"versions\": ");
        save_schema(&mut out, schema);
        out.extend(b"\n}");
    }
    out.extend(b"\n}\n");
    text(out)
}

/// The line of the docs' revision.
fn save_docs(out: &mut Vec<u8>, docs: &DocsRevision) {
    let DocsRevision { commit, edited } = docs;
    out.extend(DOCS.as_bytes());
    out.push(b'{');
    let mut members = Members::new(out, ",", ":");
    members.text("commit", commit);
    members.flag("edited", *edited);
    out.extend(b"},\n");
}

/// What stands before and behind the line of the docs' revision, which is the third if there is one.
pub(super) fn around_docs(text: &str) -> (&str, &str) {
    let mut lines = text.split_inclusive('\n');
    let start: usize = lines.by_ref().take(2).map(str::len).sum();
    let docs = lines.next().filter(|line| line.starts_with(DOCS));
    (&text[..start], &text[start + docs.map_or(0, str::len)..])
}

/// Exchanges the line of the docs' revision.
pub(super) fn tell_docs(lock: &mut String, docs: Option<&DocsRevision>) {
    let (before, behind) = around_docs(lock);
    let line = before.len()..lock.len() - behind.len();
    let mut told = Vec::new();
    if let Some(docs) = docs {
        save_docs(&mut told, docs);
    }
    lock.replace_range(line, &text(told));
}

/// What JSON writes of texts, which is text.
fn text(bytes: Vec<u8>) -> String {
    let text = String::from_utf8(bytes);
    text.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

fn save_schema(out: &mut Vec<u8>, schema: &Schema) {
    block(out, 0, schema.versions.iter(), |out, version, types| {
        key(out, version);
        block(out, 1, types.types.iter(), |out, name, ty| {
            key(out, name.as_str());
            save_type(out, ty);
        });
    });
}

/// The body of an object: each entry on lines of its own, indented by one blank for each level.
fn block<'a, K: 'a, V: 'a>(
    out: &mut Vec<u8>,
    level: usize,
    entries: impl Iterator<Item = (K, V)>,
    mut entry: impl FnMut(&mut Vec<u8>, K, V),
) {
    out.push(b'{');
    let mut any = false;
    for (key, value) in entries {
        out.extend(if any { &b",\n"[..] } else { b"\n" });
        out.extend(std::iter::repeat_n(b' ', level + 1));
        entry(out, key, value);
        any = true;
    }
    if any {
        out.push(b'\n');
        out.extend(std::iter::repeat_n(b' ', level));
    }
    out.push(b'}');
}

fn save_type(out: &mut Vec<u8>, ty: &Type) {
    let Type {
        definition,
        description,
        deprecated,
        area,
        source,
    } = ty;
    out.extend(b"{\n   ");
    // The members stand on a line each, so that two people who change two of them can merge.
    let mut head = Members::new(out, ",\n   ", ": ");
    head.text("kind", ty.kind_name());
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
            head.text("base", base.name.as_str());
            head.text("baseEvidence", base.evidence.name());
        }
        head.flag("open", *open);
        head.flag("abstract", *is_abstract);
        head.flag("hasStream", *has_stream);
        head.texts("key", key);
    }
    if let Definition::Enumeration(EnumType { flags, members: _ }) = definition {
        head.flag("flags", *flags);
    }
    head.flag("deprecated", *deprecated);
    head.text_if("area", area.as_deref());
    head.text("page", &source.page);
    head.number("line", source.line.into());
    head.text_if("description", description.as_deref());
    match definition {
        Definition::Structural(structural) => {
            let out = head.name("properties");
            let properties = structural.properties.iter();
            block(out, 3, properties, |out, name, property| {
                key(out, name);
                save_property(out, property, source);
            });
        }
        Definition::Enumeration(enumeration) => {
            let out = head.name("members");
            out.push(b'[');
            for (index, member) in enumeration.members.iter().enumerate() {
                out.extend(if index > 0 {
                    &b",\n    {"[..]
                } else {
                    b"\n    {"
                });
                let mut entry = Members::new(out, ",", ":");
                entry.text("name", &member.name);
                if let Some(value) = member.value {
                    entry.number("value", value);
                }
                entry.place(&member.source, source);
                entry.text_if("description", member.description.as_deref());
                out.push(b'}');
            }
            out.extend(match enumeration.members.is_empty() {
                true => &b"]"[..],
                false => b"\n   ]",
            });
        }
    }
    out.extend(b"\n  }");
}

fn save_property(out: &mut Vec<u8>, property: &Property, of: &Source) {
    let Property {
        ty,
        navigation,
        description,
        values,
        traits,
        evidence,
        source,
    } = property;
    out.push(b'{');
    let mut entry = Members::new(out, ",", ":");
    entry.text("type", &ty.to_string());
    entry.flag("navigation", *navigation);
    for what in traits.iter() {
        entry.flag(what.name(), true);
    }
    entry.texts("values", values);
    entry.text("evidence", evidence.name());
    entry.place(source, of);
    entry.text_if("description", description.as_deref());
    out.push(b'}');
}

/// The members of an object, written one behind the other.
struct Members<'o> {
    out: &'o mut Vec<u8>,
    /// What stands between two of them.
    between: &'static str,
    /// What stands behind a name.
    behind: &'static str,
    any: bool,
}

impl<'o> Members<'o> {
    fn new(out: &'o mut Vec<u8>, between: &'static str, behind: &'static str) -> Self {
        Self {
            out,
            between,
            behind,
            any: false,
        }
    }

    /// Begins a member, whose value is to be written.
    fn name(&mut self, name: &str) -> &mut Vec<u8> {
        if self.any {
            self.out.extend(self.between.as_bytes());
        }
        self.any = true;
        quote(self.out, name);
        self.out.extend(self.behind.as_bytes());
        self.out
    }

    fn text(&mut self, name: &str, value: &str) {
        quote(self.name(name), value);
    }

    fn text_if(&mut self, name: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(name, value);
        }
    }

    /// An array of texts, unless it is empty.
    fn texts(&mut self, name: &str, values: &[String]) {
        if values.is_empty() {
            return;
        }
        let out = self.name(name);
        out.push(b'[');
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                out.push(b',');
            }
            quote(out, value);
        }
        out.push(b']');
    }

    fn flag(&mut self, name: &str, value: bool) {
        if value {
            self.name(name).extend(b"true");
        }
    }

    fn number(&mut self, name: &str, value: i64) {
        let _ = write!(self.name(name), "{value}");
    }

    /// The line, and the page if it is not that of the type.
    fn place(&mut self, source: &Source, of: &Source) {
        if source.page != of.page {
            self.text("page", &source.page);
        }
        self.number("line", source.line.into());
    }
}

/// The name of an entry of a [`block`].
fn key(out: &mut Vec<u8>, name: &str) {
    quote(out, name);
    out.extend(b": ");
}

/// A text as JSON has it.
fn quote(out: &mut Vec<u8>, text: &str) {
    // Most texts stand for themselves.
    if text.bytes().all(is_plain) {
        out.push(b'"');
        out.extend(text.as_bytes());
        out.push(b'"');
        return;
    }
    // Writing to memory cannot fail.
    let _ = serde_json::to_writer(Numbered(out), text);
}

/// Whether a byte means the same in a string of JSON, whatever stands beside it, and begins no [command](Numbered).
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && !matches!(byte, b'"' | b'\\' | b'#')
}
