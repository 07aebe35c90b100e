//! What two types have in common: whether what one describes can be read, or written, as the other.

use super::compare::Pair;
use super::sides::Sides;
use super::verdict::{OnWire, Wire};
use crate::schema::{Definition, ItemType, TypeName};

/// What it means to readers and writers of one type of the old version that there is another of the new version in its
/// place. Of structural types only their own and inherited members are compared, not what these lead to.
pub(super) fn compare(pair: &Pair<'_>, types: Sides<&TypeName>) -> OnWire {
    let worst = OnWire::BREAKING;
    let (Some(old), Some(new)) = (
        pair.versions.old.types.get(types.old),
        pair.versions.new.types.get(types.new),
    ) else {
        return worst;
    };
    match (&old.definition, &new.definition) {
        (Definition::Structural(_), Definition::Structural(_)) => {
            let old = pair.versions.old.effective_properties(types.old);
            let new = pair.versions.new.effective_properties(types.new);
            let mut kept = old.iter().map(|(key, (_, old))| {
                let new = new.get(key);
                new.is_some_and(|(_, new)| pair.identity.is_same_ref(&old.ty, &new.ty))
            });
            match kept.all(|kept| kept) {
                true => OnWire::SAFE,
                false => worst,
            }
        }
        (Definition::Enumeration(old), Definition::Enumeration(new)) => {
            let has = |members: &[crate::schema::Member], name: &str| {
                members.iter().any(|member| member.name == name)
            };
            let mut arriving = new.members.iter();
            let mut written = old.members.iter();
            OnWire {
                read: match arriving.all(|member| has(&old.members, &member.name)) {
                    true => Wire::Safe,
                    false => Wire::Risky,
                },
                write: match written.all(|member| has(&new.members, &member.name)) {
                    true => Wire::Safe,
                    false => Wire::Breaking,
                },
            }
        }
        _ => worst,
    }
}

/// How a type of values changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TypeChange {
    BecameCollection,
    NoLongerCollection,
    Stated,
    Unstated,
    Widened,
    Narrowed,
    StringToEnum,
    EnumToString,
    StringFormat,
    Retargeted,
    Other,
}

impl TypeChange {
    /// How a type of the old version became one of the new version, which are not the same.
    pub(super) fn new(pair: &Pair<'_>, types: Sides<&crate::schema::TypeRef>) -> Self {
        match (types.old.collection, types.new.collection) {
            (false, true) => return Self::BecameCollection,
            (true, false) => return Self::NoLongerCollection,
            _ => {}
        }
        let is_enum = |name: &TypeName, version: &crate::schema::VersionSchema| {
            let ty = version.types.get(name);
            ty.is_some_and(|ty| ty.enumeration().is_some())
        };
        match (&types.old.item, &types.new.item) {
            (ItemType::Untyped, _) => Self::Stated,
            (_, ItemType::Untyped) => Self::Unstated,
            (ItemType::Primitive(old), ItemType::Primitive(new)) => {
                if old.is_within(*new) {
                    Self::Widened
                } else if new.is_within(*old) {
                    Self::Narrowed
                } else if old.is_string_in_json() && new.is_string_in_json() {
                    Self::StringFormat
                } else {
                    Self::Other
                }
            }
            (ItemType::Primitive(old), ItemType::Named(new))
                if old.name() == "Edm.String" && is_enum(new, pair.versions.new) =>
            {
                Self::StringToEnum
            }
            (ItemType::Named(old), ItemType::Primitive(new))
                if new.name() == "Edm.String" && is_enum(old, pair.versions.old) =>
            {
                Self::EnumToString
            }
            (ItemType::Named(old), ItemType::Named(new))
                if is_enum(old, pair.versions.old) == is_enum(new, pair.versions.new) =>
            {
                Self::Retargeted
            }
            _ => Self::Other,
        }
    }
}
