//! Properties that a type repeats from its base with another type.

use super::Seen;
use super::types::Types;
use crate::claims::{PropertyClaim, primitive};
use crate::diagnostic::{Code, Diagnostic};
use crate::schema::{Evidence, ItemType, Primitive, TypeName};
use crate::source::Place;

/// Checks the rows of types whose base is stated, not inferred.
pub(super) fn check(seen: &Seen<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (_, claims, types) in seen.pages() {
        for claim in &claims.types {
            let stated = types.claimed(claim).and_then(|name| {
                let base = types.schema.types.get(name)?.structural()?.base.as_ref()?;
                (base.evidence != Evidence::Inferred).then_some(base)
            });
            let Some(base) = stated else { continue };
            for row in &claim.rows {
                let inherited = types.schema.effective_property(&base.name, &row.name);
                let Some((owner, property)) = inherited else {
                    continue;
                };
                let Some((item, collection)) = written(row, types) else {
                    continue;
                };
                let fits = narrows(&item, &property.ty.item, types)
                    && collection == property.ty.collection;
                if !fits
                    && property.evidence <= Evidence::Table
                    && property.ty.item != ItemType::Untyped
                {
                    found.push(conflict(
                        row,
                        owner,
                        &property.ty.to_string(),
                        Place::new(property.source.page.clone(), property.source.line, 1),
                    ));
                }
            }
        }
    }
    found
}

/// The type that a row states, if it is one type and known.
fn written(row: &PropertyClaim, types: &Types<'_>) -> Option<(ItemType, bool)> {
    let cell = row.ty.as_ref().filter(|cell| !cell.remark)?;
    let [word] = cell.words.as_slice() else {
        return None;
    };
    let item = match primitive(&word.text) {
        Some(primitive) => ItemType::Primitive(primitive),
        None => {
            let short = word.text.rsplit('.').next().unwrap_or(&word.text);
            match types.short(short) {
                [one] if is_described(one, types) => ItemType::Named((*one).clone()),
                _ => return None,
            }
        }
    };
    Some((item, cell.collection))
}

/// Whether a type is more than a name in a cell with values beside it.
fn is_described(name: &TypeName, types: &Types<'_>) -> bool {
    let ty = types.schema.types.get(name);
    ty.is_some_and(|ty| ty.structural().is_some()) || types.table(name).is_some()
}

/// Whether a type is another one or derives from it. The members of enumerations are text on the wire, and the docs call
/// them so at times.
fn narrows(item: &ItemType, base: &ItemType, types: &Types<'_>) -> bool {
    match (item, base) {
        (ItemType::Named(item), ItemType::Named(base)) => {
            types.schema.lineage(item).any(|(name, _)| name == base)
        }
        (ItemType::Primitive(Primitive::String), ItemType::Named(base)) => types
            .schema
            .types
            .get(base)
            .is_some_and(|ty| ty.enumeration().is_some()),
        _ => item == base,
    }
}

fn conflict(row: &PropertyClaim, owner: &TypeName, ty: &str, at: Place) -> Diagnostic {
    let written = row.ty.as_ref().map_or("", |cell| cell.written.as_str());
    Diagnostic::new(
        Code::InheritedConflict,
        row.place.clone(),
        format!("the row gives `{}` the type `{written}`; it is inherited from `{owner}`, which gives it `{ty}`", row.name),
    )
    .against(at)
    .hint("make both the same; a derived type cannot change what it inherits")
}
