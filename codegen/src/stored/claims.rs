//! What pages say.

use super::{Load, Store, Stored, stored_enum, stored_position, stored_struct};
use crate::claims::{
    Form, JsonClaim, JsonItem, JsonShape, MemberClaim, NameClaim, PageClaims, PropertyClaim,
    Spoken, TableReport, TableUse, TypeCell, TypeClaim, TypeWord,
};
use crate::schema::{Evidence, Primitive, PropertyTraits, StructuralKind};

stored_struct! {
    PageClaims { path, version, area, types, returned, tables, diagnostics, suppressions, spoken }
    TypeClaim {
        namespace, name, case_unknown, evidence, place, name_place, form, description, deprecated, bases, derived, open,
        is_abstract, has_stream, kind, key, optional, has_methods, rows, json, members, flags,
    }
    NameClaim { word, evidence, place }
    TypeWord { text, target }
    PropertyClaim {
        name, place, lines, doubtful, original, ty, navigation, description, traits, inherited_from, values,
    }
    TypeCell { written, place, collection, remark, words }
    JsonClaim { name, place, shape }
    JsonShape { item, collection }
    MemberClaim { name, place, lines, value, description }
    Spoken { code, quoted, prose }
    TableReport { place, heading, taken_for, subject, mended, used, diagnosed, set_aside, reasons }
}

stored_enum! {
    Form { 0 Structural, 1 Enumeration }
    StructuralKind { 0 Entity, 1 Complex }
    TableUse { 0 Properties, 1 Relationships, 2 Members, 3 DerivedTypes, 4 Methods, 5 Other }
    JsonItem {
        0 Named(name), 1 Dotted(name), 2 Object, 3 Primitive(primitive), 4 Text, 5 Values(values), 6 Integer, 7 Number,
        8 Nothing,
    }
}

stored_position! { Evidence Primitive }

impl Stored for PropertyTraits {
    fn store(&self, to: &mut Store) {
        to.byte(self.to_byte());
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        Self::from_byte(from.byte()?)
    }
}
