//! Where the JSON block shows something else than the table says.

use super::super::{ItemType, Primitive, TypeRef};
use super::Resolver;
use super::types::Site;
use crate::claims::{Form, JsonItem, JsonShape};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;

impl Resolver<'_> {
    /// The type that a value names, if neither it nor the table's type derives from the other.
    fn unrelated(&self, item: &ItemType, shape: &JsonShape, site: Site<'_>) -> Option<String> {
        let ItemType::Named(name) = item else {
            return None;
        };
        let shown = self.shown(Some(shape), site)?;
        let related = self.lineage(&shown).contains(name) || self.lineage(name).contains(&shown);
        (!related).then(|| format!("a value of type `{shown}`"))
    }

    /// Tells where the JSON block shows something else than the table says.
    pub(super) fn compare(
        &mut self,
        ty: &TypeRef,
        shape: &JsonShape,
        site: Site<'_>,
        place: &Place,
        other: Option<&Place>,
    ) {
        let Some(other) = other else { return };
        let silent = matches!(shape.item, JsonItem::Nothing) && !shape.collection;
        let collections_differ = shape.collection != ty.collection && !silent;
        // On the wire the members of an enumeration are text, and the docs write them as text or by the type's name.
        let shows_enumeration = self.shown(Some(shape), site).is_some_and(|name| {
            let group = self.groups.get(&name.as_str().to_ascii_lowercase());
            group.is_some_and(|group| group.form == Form::Enumeration)
        });
        let is_text = ty.item == ItemType::Primitive(Primitive::String);
        let shown = contradiction(&ty.item, &shape.item)
            .filter(|_| !(is_text && shows_enumeration))
            .or_else(|| self.unrelated(&ty.item, shape, site));
        let (code, table, json) = match shown {
            // Where the types differ, that one is a collection is no other problem.
            Some(shown) if collections_differ && shape.collection => (
                Code::TypeConflict,
                format!("`{ty}`"),
                format!("a collection of {shown}"),
            ),
            Some(shown) if collections_differ => (Code::TypeConflict, format!("`{ty}`"), shown),
            Some(shown) => (Code::TypeConflict, format!("`{}`", ty.item.name()), shown),
            None if collections_differ => {
                let words = |collection| match collection {
                    true => "a collection".to_owned(),
                    false => "a single value".to_owned(),
                };
                (
                    Code::CollectionConflict,
                    words(ty.collection),
                    words(shape.collection),
                )
            }
            None => return,
        };
        self.diagnostics.push(
            Diagnostic::new(
                code,
                place.clone(),
                format!("the table says {table}, which was taken; the JSON block shows {json}"),
            )
            .against(other.clone())
            .hint("correct whichever is wrong"),
        );
    }
}

/// What a value shows, if it cannot be of this type. Placeholders are loose: text stands for anything that is a string
/// on the wire, a number for any number.
fn contradiction(item: &ItemType, shown: &JsonItem) -> Option<String> {
    let wire = |primitive: Primitive| match primitive {
        Primitive::Boolean => "boolean",
        Primitive::Byte
        | Primitive::SByte
        | Primitive::Int16
        | Primitive::Int32
        | Primitive::Int64 => "number",
        Primitive::Single | Primitive::Double | Primitive::Decimal => "number",
        _ => "string",
    };
    match (item, shown) {
        (ItemType::Primitive(primitive), JsonItem::Named(name)) => {
            (*primitive != Primitive::Stream).then(|| format!("a value of type `{name}`"))
        }
        (ItemType::Primitive(primitive), JsonItem::Primitive(shown)) => {
            (wire(*primitive) != wire(*shown)).then(|| format!("`{}`", shown.name()))
        }
        (ItemType::Primitive(primitive), JsonItem::Integer | JsonItem::Number) => {
            (wire(*primitive) != "number").then(|| "a number".to_owned())
        }
        (ItemType::Primitive(primitive), JsonItem::Values(_)) => {
            (wire(*primitive) != "string").then(|| "the values of an enumeration".to_owned())
        }
        _ => None,
    }
}
