//! What the overrides of one type do to the claims about it.

use std::collections::BTreeMap;

use super::super::super::{Evidence, ItemType, Primitive, StructuralKind, TypeName, TypeRef};
use super::{Subject, lower};
use crate::claims::{
    Form, JsonClaim, JsonItem, NameClaim, PropertyClaim, TypeCell, TypeClaim, TypeWord,
};
use crate::overrides::{Kind, Override};

/// The overrides of a type and of what it has.
pub(in super::super) struct Edits<'a> {
    /// The type, as the docs name it.
    ty: TypeName,
    pub(super) implied: bool,
    /// The type's own override.
    pub(in super::super) own: Option<&'a Override>,
    /// Those of its properties or members, by their names in the docs in lower case.
    pub(super) members: BTreeMap<String, &'a Override>,
}

impl<'a> Edits<'a> {
    pub(super) fn of(subject: &Subject) -> Self {
        Self {
            ty: subject.ty.clone(),
            implied: subject.implied,
            own: None,
            members: BTreeMap::new(),
        }
    }

    pub(super) fn add(&mut self, entry: &'a Override, subject: &Subject) {
        match &subject.member {
            Some(member) => {
                self.members.insert(lower(member), entry);
            }
            None => self.own = Some(entry),
        }
    }

    /// The members or values that it has.
    pub(in super::super) fn values(&self) -> Option<&'a [String]> {
        self.own.and_then(|own| own.values.as_deref())
    }

    /// The right name of the type.
    pub(in super::super) fn new_name(&self) -> TypeName {
        match self.own.and_then(|own| own.rename.as_deref()) {
            Some(name) => {
                TypeName::parse(name).unwrap_or_else(|| TypeName::new(self.ty.namespace(), name))
            }
            None => self.ty.clone(),
        }
    }

    /// The form that all claims about the type must get, because none has the one that is asked for.
    pub(super) fn form<'c>(&self, mut claims: impl Iterator<Item = &'c TypeClaim>) -> Option<Form> {
        let form = self.own?.kind?.form();
        (!claims.any(|claim| claim.form == form)).then_some(form)
    }

    /// Changes one of the claims about the type. It gets a form if none of them has the right one.
    pub(super) fn apply(&self, claim: &mut TypeClaim, form: Option<Form>) {
        for row in &mut claim.rows {
            if let Some(entry) = self.members.get(&lower(&row.name)) {
                edit_row(row, entry);
            }
        }
        for json in &mut claim.json {
            if let Some(entry) = self.members.get(&lower(&json.name)) {
                edit_json(json, entry);
            }
        }
        self.rename(&mut claim.rows, |row| &mut row.name);
        self.rename(&mut claim.json, |json| &mut json.name);
        self.rename(&mut claim.key, |key| key);
        self.rename(&mut claim.members, |member| &mut member.name);
        if let Some(form) = form {
            claim.become_a(form);
        }
        if let Some(own) = self.own {
            self.edit_type(claim, own);
        }
    }

    fn edit_type(&self, claim: &mut TypeClaim, own: &Override) {
        if own.rename.is_some() {
            let name = self.new_name();
            claim.namespace = Some(name.namespace().to_owned());
            name.short().clone_into(&mut claim.name);
        }
        match own.kind {
            Some(Kind::Entity) => claim.kind = Some(StructuralKind::Entity),
            Some(Kind::Complex) => claim.kind = Some(StructuralKind::Complex),
            Some(Kind::Enum) | None => {}
        }
        if let Some(base) = &own.base {
            let place = &claim.place;
            let base = base.as_ref().map(|name| NameClaim {
                word: word(name.as_str()),
                evidence: Evidence::Override,
                place: place.clone(),
            });
            claim.bases = base.into_iter().collect();
        }
    }

    /// Gives what is listed its right name, and leaves out what is to be left out. What has such a name already gets its
    /// spelling.
    pub(in super::super) fn rename<T>(
        &self,
        listed: &mut Vec<T>,
        name: impl Fn(&mut T) -> &mut String,
    ) {
        let skipped = |name: &str| {
            let entry = self.members.get(&lower(name));
            entry.is_some_and(|entry| entry.skip)
        };
        listed.retain_mut(|item| !skipped(name(item)));
        for item in listed {
            let name = name(item);
            let own = self.members.get(&lower(name)).copied();
            let mut same = self.members.values().filter(|entry| {
                let new = entry.rename.as_ref();
                new.is_some_and(|new| new.eq_ignore_ascii_case(name))
            });
            let entry = own
                .filter(|own| own.rename.is_some())
                .or_else(|| same.next().copied());
            if let Some(new) = entry.and_then(|entry| entry.rename.as_ref()) {
                name.clone_from(new);
            }
        }
    }
}

impl TypeClaim {
    /// Takes another form, and leaves behind what only the former has.
    fn become_a(&mut self, form: Form) {
        self.form = form;
        match form {
            Form::Enumeration => {
                self.rows.clear();
                self.json.clear();
                self.key.clear();
                self.bases.clear();
                self.derived.clear();
            }
            Form::Structural => self.members.clear(),
        }
    }
}

impl Kind {
    /// The form of claims about such types.
    pub(in super::super) fn form(self) -> Form {
        match self {
            Self::Entity | Self::Complex => Form::Structural,
            Self::Enum => Form::Enumeration,
        }
    }
}

fn edit_row(row: &mut PropertyClaim, entry: &Override) {
    if let Some(ty) = &entry.ty {
        row.ty = Some(TypeCell {
            written: ty.to_string(),
            place: row
                .ty
                .as_ref()
                .map_or_else(|| row.place.clone(), |cell| cell.place.clone()),
            collection: ty.collection,
            remark: false,
            words: vec![word(ty.item.name())],
        });
    }
    if let Some(values) = &entry.values {
        row.values.clone_from(values);
    }
}

/// The JSON block shows what the row says, so that there is nothing to compare.
fn edit_json(json: &mut JsonClaim, entry: &Override) {
    let shape = &mut json.shape;
    let shows_text = matches!(
        shape.item,
        JsonItem::Text
            | JsonItem::Dotted(_)
            | JsonItem::Values(_)
            | JsonItem::Primitive(Primitive::String)
    );
    if let Some(TypeRef { item, collection }) = &entry.ty {
        shape.collection = *collection;
        match item {
            // Listed values stay.
            ItemType::Primitive(Primitive::String) if shows_text => {}
            ItemType::Primitive(primitive) => shape.item = JsonItem::Primitive(*primitive),
            ItemType::Named(name) => shape.item = JsonItem::Named(name.to_string()),
            ItemType::Untyped => shape.item = JsonItem::Nothing,
        }
    }
    let is_text = entry.ty.is_none() && shows_text
        || matches!(shape.item, JsonItem::Primitive(Primitive::String));
    if let Some(values) = entry.values.as_ref().filter(|_| is_text) {
        shape.item = if values.is_empty() {
            JsonItem::Primitive(Primitive::String)
        } else {
            JsonItem::Values(values.clone())
        };
    }
}

fn word(text: &str) -> TypeWord {
    TypeWord {
        text: text.to_owned(),
        target: None,
    }
}
