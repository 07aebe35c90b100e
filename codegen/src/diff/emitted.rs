//! What differs in the emitted crate, and what that means to those who use it.

mod compare;

use super::policy::Literals;
use super::rule::{Action, Rule};
use super::rules::{enumerations, lifecycle, properties, rust as rules, types};
use super::sides::Sides;
use super::verdict::Bump;
use crate::rust::Role;
use crate::schema::TypeName;

pub(super) use self::compare::compare;

/// One thing that differs for those who use the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Emitted<'a> {
    /// The type, by its name on each side that has it.
    pub(super) ty: Sides<Option<&'a TypeName>>,
    /// The property or member, by its name in JSON.
    pub(super) member: Sides<Option<&'a str>>,
    pub(super) what: What,
}

/// What can differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum What {
    Item(Presence, String),
    /// A struct that is an enum, or the other way around.
    Kind,
    Path(Sides<String>),
    Features {
        lost: Vec<String>,
        gained: Vec<String>,
    },
    Field(Presence, Shown),
    FieldType(Sides<String>),
    /// So many fields of this type are something else in Rust.
    Role(Sides<Role>, usize),
    Ident(Sides<String>),
    /// A constant with a name in JSON, by its path.
    Constant(Presence, String),
    Variant(Presence, Shown),
    /// The enum of a type and those that derive from it.
    Family(Presence, String),
    /// A type as a variant of such an enum.
    FamilyVariant(Presence, String),
    Trait(Presence, String),
    NonExhaustive(Presence),
    Deprecated(Presence),
}

/// A field or variant, and whether code outside of the crate may rely on there being no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) text: String,
    pub(super) exhaustive: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Presence {
    Added,
    Removed,
}

/// The rules about types that came or went.
const WHOLE_TYPES: [&Rule; 6] = [
    types::TYPE_ADDED,
    types::DERIVED_TYPE_ADDED,
    types::TYPE_REMOVED,
    types::TYPE_REMOVED_AFTER_DEPRECATION,
    lifecycle::TYPE_PROMOTED,
    lifecycle::TYPE_DEMOTED,
];

/// The rules about types of values that are others.
const OTHER_VALUES: [&Rule; 13] = [
    properties::PROPERTY_TYPE_CHANGED,
    properties::PROPERTY_TYPE_WIDENED,
    properties::PROPERTY_TYPE_NARROWED,
    properties::PROPERTY_TYPE_STATED,
    properties::PROPERTY_TYPE_UNSTATED,
    properties::PROPERTY_STRING_TO_ENUM,
    properties::PROPERTY_ENUM_TO_STRING,
    properties::PROPERTY_STRING_FORMAT_CHANGED,
    properties::PROPERTY_REF_RETARGETED,
    properties::PROPERTY_BECAME_COLLECTION,
    properties::PROPERTY_NO_LONGER_COLLECTION,
    properties::NAVIGATION_TARGET_CHANGED,
    properties::NAVIGATION_COLLECTION_CHANGED,
];

impl What {
    /// What it means to code that uses the crate.
    pub(super) fn bump(&self, literals: Literals) -> Bump {
        use Presence::{Added, Removed};
        match self {
            Self::Kind
            | Self::Path(_)
            | Self::FieldType(_)
            | Self::Role(..)
            | Self::Ident(_)
            | Self::Item(Removed, _)
            | Self::Field(Removed, _)
            | Self::Variant(Removed, _)
            | Self::Constant(Removed, _)
            | Self::Family(Removed, _)
            | Self::FamilyVariant(Removed, _)
            | Self::Trait(Removed, _)
            | Self::NonExhaustive(Added) => Bump::Major,
            Self::Field(Added, shown) if shown.exhaustive && literals == Literals::Complete => {
                Bump::Major
            }
            Self::Variant(Added, shown) if shown.exhaustive => Bump::Major,
            Self::Features { lost, .. } if !lost.is_empty() => Bump::Major,
            Self::Item(Added, _)
            | Self::Field(Added, _)
            | Self::Variant(Added, _)
            | Self::Features { .. }
            | Self::Constant(Added, _)
            | Self::Family(Added, _)
            | Self::FamilyVariant(Added, _)
            | Self::Trait(Added, _)
            | Self::NonExhaustive(Removed)
            | Self::Deprecated(Added) => Bump::Minor,
            Self::Deprecated(Removed) => Bump::Patch,
        }
    }

    /// Whether a finding under this rule, about the same type or member, explains it.
    pub(super) fn is_explained_by(&self, rule: &Rule) -> bool {
        let one_of = |rules: &[&Rule]| rules.contains(&rule);
        match self {
            Self::Item(..) => one_of(&WHOLE_TYPES),
            Self::FamilyVariant(..) => one_of(&WHOLE_TYPES) || one_of(&[types::BASE_TYPE_CHANGED]),
            Self::Kind => one_of(&[types::TYPE_KIND_CHANGED]),
            Self::Path(_) => one_of(&[
                types::TYPE_RECASED,
                types::TYPE_RENAMED,
                types::TYPE_NAMESPACE_MOVED,
            ]),
            Self::Field(Presence::Added, _) | Self::Variant(Presence::Added, _) => {
                rule.action == Action::Added
            }
            Self::Field(Presence::Removed, _) | Self::Variant(Presence::Removed, _) => {
                rule.action == Action::Removed || one_of(&[properties::PROPERTY_MOVED_TO_DERIVED])
            }
            Self::Constant(..) => one_of(&[
                properties::PROPERTY_MOVED_TO_BASE,
                properties::PROPERTY_MOVED_TO_DERIVED,
            ]),
            Self::FieldType(_) => one_of(&OTHER_VALUES),
            Self::Ident(_) => one_of(&[
                properties::PROPERTY_RECASED,
                properties::PROPERTY_RENAMED,
                enumerations::ENUM_MEMBER_RECASED,
                enumerations::ENUM_MEMBER_RENAMED,
            ]),
            Self::Deprecated(Presence::Added) => {
                one_of(&[types::TYPE_DEPRECATED, properties::PROPERTY_DEPRECATED])
            }
            Self::Deprecated(Presence::Removed) => {
                one_of(&[types::TYPE_UNDEPRECATED, properties::PROPERTY_UNDEPRECATED])
            }
            Self::Features { .. }
            | Self::Role(..)
            | Self::Family(..)
            | Self::Trait(..)
            | Self::NonExhaustive(_) => false,
        }
    }

    /// The rule of findings that nothing else explains.
    pub(super) fn rule(&self) -> &'static Rule {
        use Presence::{Added, Removed};
        match self {
            Self::Path(_) | Self::Kind => rules::RUST_PATH_CHANGED,
            Self::Item(Added, _) => rules::RUST_TYPE_EMITTED,
            Self::Item(Removed, _) => rules::RUST_TYPE_REPLACED,
            Self::Features { .. } => rules::RUST_FEATURE_CHANGED,
            Self::Field(Added, _) => properties::PROPERTY_ADDED,
            Self::Field(Removed, _) => properties::PROPERTY_REMOVED,
            Self::Role(
                Sides {
                    new: Role::Family, ..
                },
                _,
            ) => rules::RUST_FAMILY_ADDED,
            Self::Role(
                Sides {
                    old: Role::Family, ..
                },
                _,
            ) => rules::RUST_FAMILY_REMOVED,
            Self::FieldType(_) | Self::Role(..) => rules::RUST_FIELD_TYPE_CHANGED,
            Self::Variant(Added, _) => enumerations::ENUM_MEMBER_ADDED,
            Self::Variant(Removed, _) => enumerations::ENUM_MEMBER_REMOVED,
            Self::Ident(_) => rules::RUST_IDENT_CHANGED,
            Self::Deprecated(Added) => properties::PROPERTY_DEPRECATED,
            Self::Deprecated(Removed) => properties::PROPERTY_UNDEPRECATED,
            Self::Constant(Added, _) => rules::RUST_CONSTANT_ADDED,
            Self::Constant(Removed, _) => rules::RUST_CONSTANT_REMOVED,
            Self::Family(Added, _) => rules::RUST_FAMILY_ADDED,
            Self::Family(Removed, _) => rules::RUST_FAMILY_REMOVED,
            Self::FamilyVariant(Added, _) => rules::RUST_VARIANT_ADDED,
            Self::FamilyVariant(Removed, _) => rules::RUST_VARIANT_REMOVED,
            Self::Trait(Added, _) => rules::RUST_DERIVE_GAINED,
            Self::Trait(Removed, _) => rules::RUST_DERIVE_LOST,
            Self::NonExhaustive(Added) => rules::RUST_NON_EXHAUSTIVE_ADDED,
            Self::NonExhaustive(Removed) => rules::RUST_NON_EXHAUSTIVE_REMOVED,
        }
    }

    /// The two states, as findings show them.
    pub(super) fn sides(&self) -> Sides<Option<String>> {
        let one = |presence: &Presence, text: &str| match presence {
            Presence::Added => Sides::new(None, Some(text.to_owned())),
            Presence::Removed => Sides::new(Some(text.to_owned()), None),
        };
        match self {
            Self::Item(presence, text)
            | Self::Family(presence, text)
            | Self::FamilyVariant(presence, text)
            | Self::Trait(presence, text)
            | Self::Constant(presence, text)
            | Self::Field(presence, Shown { text, .. })
            | Self::Variant(presence, Shown { text, .. }) => one(presence, text),
            Self::Path(sides) | Self::FieldType(sides) | Self::Ident(sides) => {
                sides.clone().map(Some)
            }
            Self::Features { lost, gained } => Sides {
                old: Some(lost.join(", ")).filter(|text| !text.is_empty()),
                new: Some(gained.join(", ")).filter(|text| !text.is_empty()),
            },
            Self::Role(roles, _) => roles.map(|role| {
                Some(
                    match role {
                        Role::Absent => "another type in its place",
                        Role::Unspecified => "serde_json::Value",
                        Role::Enumeration => "an enum",
                        Role::Object => "the struct",
                        Role::Family => "the enum of it and its derived types",
                    }
                    .to_owned(),
                )
            }),
            Self::Kind => Sides::default(),
            Self::NonExhaustive(presence) => one(presence, "#[non_exhaustive]"),
            Self::Deprecated(presence) => one(presence, "#[deprecated]"),
        }
    }
}
