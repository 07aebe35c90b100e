//! What annotations say of properties, against the properties.

use std::cell::OnceCell;

use super::Seen;
use super::locate::{Sources, written};
use super::meant::meant;
use super::types::Types;
use crate::claims::{Annotation, BlockType};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::{Block, Comment, Page};
use crate::source::Place;

/// Checks that the properties which an annotation of a resource names are there.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (page, _, types) in seen.pages() {
        for comment in annotations(page) {
            if let Some(annotation) = Annotation::read(comment)
                && annotation.block_type == Some(BlockType::Resource)
            {
                names(comment, &annotation, types, &seen.sources, &mut found);
            }
        }
    }
    found
}

/// The comments above code blocks.
fn annotations(page: &Page) -> impl Iterator<Item = &Comment> {
    page.blocks.windows(2).filter_map(|pair| match pair {
        [Block::Comment(comment), Block::Code(_)] => Some(comment),
        _ => None,
    })
}

fn names(
    comment: &Comment,
    annotation: &Annotation,
    types: &Types<'_>,
    sources: &Sources<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let Some(name) = annotation
        .type_name
        .as_deref()
        .and_then(|name| types.full(name))
    else {
        return;
    };
    if !types.schema.has_properties(name) || types.schema.is_open(name) {
        return;
    }
    let properties = OnceCell::new();
    let mut tell = |code: Code, property: &str, what: &str| {
        // Annotations also name control information, and members of members.
        if types.schema.effective_property(name, property).is_some()
            || property.contains(['@', '.', '/', '*'])
            || property.trim().is_empty()
        {
            return;
        }
        let known = properties.get_or_init(|| {
            let properties = types.schema.effective_properties(name);
            properties.into_keys().collect::<Vec<&str>>()
        });
        let meant = meant(property, known, found.len());
        // Table and JSON block may spell a name with other capitals, and the annotation like either of them.
        if code == Code::KeyMissing && meant.is_some_and(|name| name.eq_ignore_ascii_case(property))
        {
            return;
        }
        found.push(
            Diagnostic::new(
                code,
                place(sources, &comment.place, property),
                format!("`{name}` has no property `{property}`, which the annotation calls {what}"),
            )
            .hint(match meant {
                Some(near) => format!("did you mean `{near}`?"),
                None => "remove it from the annotation, or add it to the table".to_owned(),
            }),
        );
    };
    if let Some(key) = &annotation.key {
        tell(Code::KeyMissing, key, "its key");
    }
    for property in &annotation.optional {
        tell(Code::OptionalUnknown, property, "optional");
    }
    for property in &annotation.nullable {
        tell(Code::OptionalUnknown, property, "nullable");
    }
}

/// Where a name stands in a comment.
fn place(sources: &Sources<'_>, comment: &Place, name: &str) -> Place {
    ["\"", "'"]
        .iter()
        .find_map(|quote| written(sources, comment, quote, name))
        .unwrap_or_else(|| comment.clone())
}
