//! JSON examples against the types that they are examples of.

mod literal;
mod value;

use std::collections::HashSet;

use super::Seen;
use super::types::Types;
use crate::claims::{Annotation, BlockType};
use crate::diagnostic::Diagnostic;
use crate::page::json::{Json, JsonValue};
use crate::page::{Block, Code, Page};
use crate::parallel::map;

/// Checks the examples on resource pages and on the pages of methods: every block whose annotation names a type and
/// that is not a picture of the type itself.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let checked = seen.checked;
    let resources = checked
        .claims
        .iter()
        .map(|claims| &*claims.version)
        .zip(checked.pages);
    let methods = checked
        .methods
        .iter()
        .map(|(version, page)| (&**version, page));
    let pages: Vec<(&str, &Page)> = resources.chain(methods).collect();
    let found = map(checked.threads, &pages, |(version, page)| {
        seen.types
            .get(version)
            .map_or_else(Vec::new, |types| of_page(page, types))
    });
    found.into_iter().flatten().collect()
}

fn of_page(page: &Page, types: &Types<'_>) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut annotation = None;
    for block in &page.blocks {
        match block {
            Block::Comment(comment) => annotation = Annotation::read(comment),
            Block::Code(code) => {
                if let Some(annotation) = annotation.take() {
                    found.extend(of_block(code, &annotation, types));
                }
            }
            Block::Paragraph(_)
            | Block::Item(_)
            | Block::Note(_)
            | Block::Heading(_)
            | Block::Table(_) => annotation = None,
        }
    }
    // Examples of a page resemble each other: what is wrong in several of them is told once.
    let mut told = HashSet::new();
    found.retain(|diagnostic| told.insert(diagnostic.message.clone()));
    found
}

fn of_block(code: &Code, annotation: &Annotation, types: &Types<'_>) -> Vec<Diagnostic> {
    let shows_an_instance = matches!(
        annotation.block_type,
        Some(BlockType::Example | BlockType::Request | BlockType::Response)
    );
    let named = annotation
        .type_name
        .as_deref()
        .filter(|_| shows_an_instance);
    let Some(name) = named.and_then(|name| types.full(name)) else {
        return Vec::new();
    };
    // What cannot be read is told of where blocks are read.
    let Some(json) = body(code) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    // What a service replies with has values, even where the block shows none.
    let is_reply = annotation.block_type == Some(BlockType::Response);
    for value in instances(&json, annotation.collection) {
        value::compare(value, name, types, is_reply, &mut found);
    }
    found
}

/// The JSON of a block: all of it, or what follows the head of a request or response.
fn body(code: &Code) -> Option<Json> {
    let start = match code.text.trim_start().starts_with(['{', '[']) {
        true => 0,
        false => {
            ["\n{", "\n[", "\n\n{"]
                .iter()
                .filter_map(|start| code.text.find(start))
                .min()?
                + 1
        }
    };
    let mut place = code.place.clone();
    let skipped = code.text[..start].matches('\n').count();
    place.line = place.line.saturating_add(u32::try_from(skipped).ok()?);
    Json::parse(&code.text[start..], &place).ok()
}

/// The instances of the type: the value itself, its items, or those of its member `value`, which is how OData sends
/// collections.
fn instances(json: &Json, collection: bool) -> Vec<&Json> {
    fn items(json: &Json) -> Vec<&Json> {
        match &json.value {
            JsonValue::Array(items) => items.iter().collect(),
            _ => vec![json],
        }
    }
    let wrapped = json.get("value").filter(|value| {
        collection
            || json
                .members()
                .iter()
                .all(|member| member.name == "value" || member.name.contains('@'))
            || matches!(value.value, JsonValue::Array(_)) && json.get("@odata.context").is_some()
    });
    match wrapped {
        Some(value) => items(value),
        None => items(json),
    }
}
