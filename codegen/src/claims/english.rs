//! What the English page of the same name adds to a translated one.

use super::{PageClaims, PropertyClaim, TypeCell, TypeClaim, primitive};

/// The English page beside a translated one. It may be older or newer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct English<'a> {
    /// What it says.
    pub(crate) claims: &'a PageClaims,
    /// Whether descriptions are its.
    pub(crate) describes: bool,
}

impl<'a> English<'a> {
    /// The type on the English page that a type of the translated one is.
    pub(super) fn of(&self, ty: &TypeClaim) -> Option<&'a TypeClaim> {
        let types = &self.claims.types;
        let same_form = |other: &&TypeClaim| other.form == ty.form;
        let mut types = types.iter().filter(same_form);
        types.find(|other| other.name.eq_ignore_ascii_case(&ty.name))
    }

    /// Adds what the English page says of a type and the translated one does not: types that cannot be read there, fixed
    /// words, and the spelling of a name of which only the lower-case form is known.
    pub(super) fn complete(&self, ty: &mut TypeClaim) {
        let Some(english) = self.of(ty) else { return };
        if ty.case_unknown && !english.case_unknown {
            ty.name.clone_from(&english.name);
            ty.case_unknown = false;
        }
        if ty.bases.is_empty() {
            ty.bases.clone_from(&english.bases);
        }
        if ty.derived.is_empty() {
            ty.derived.clone_from(&english.derived);
        }
        ty.open = ty.open.or(english.open);
        ty.kind = ty.kind.or(english.kind);
        ty.is_abstract |= english.is_abstract;
        ty.has_stream |= english.has_stream;
        ty.deprecated |= english.deprecated;
        ty.flags |= english.flags;
        if self.describes && english.description.is_some() {
            ty.description.clone_from(&english.description);
        }
        for row in &mut ty.rows {
            let mut rows = english.rows.iter();
            if let Some(other) = rows.find(|other| other.name.eq_ignore_ascii_case(&row.name)) {
                self.complete_row(row, other);
            }
        }
        for member in &mut ty.members {
            let mut members = english.members.iter();
            if let Some(other) = members.find(|other| other.name.eq_ignore_ascii_case(&member.name))
            {
                member.value = member.value.or(other.value);
                if self.describes && other.description.is_some() {
                    member.description.clone_from(&other.description);
                }
            }
        }
    }

    fn complete_row(&self, row: &mut PropertyClaim, english: &PropertyClaim) {
        match (&mut row.ty, &english.ty) {
            (Some(cell), Some(other)) if is_certain(cell, other) => {
                // What stands beside a link may say that there are several values.
                cell.collection |= cell.remark && other.collection;
            }
            (cell, Some(other)) => {
                let place = cell.as_ref().map_or(&row.place, |cell| &cell.place).clone();
                *cell = Some(TypeCell {
                    place,
                    ..other.clone()
                });
            }
            (_, None) => {}
        }
        row.traits.extend(english.traits.iter());
        if row.values.is_empty() {
            row.values.clone_from(&english.values);
        }
        if row.inherited_from.is_none() {
            row.inherited_from.clone_from(&english.inherited_from);
        }
        if self.describes && english.description.is_some() {
            row.description.clone_from(&english.description);
        }
    }
}

/// Whether a translated type cell says what its type is: it has a link, names one of OData's own types, or says the same.
fn is_certain(cell: &TypeCell, english: &TypeCell) -> bool {
    let [word] = &cell.words[..] else {
        return false;
    };
    let mut same = english.words.iter();
    word.target.is_some()
        || primitive(&word.text).is_some()
        || same.any(|other| other.text.eq_ignore_ascii_case(&word.text))
}
