//! Rules about the emitted crate: what no change of the type or member itself explains.

use super::rules;
use super::sources::cargo;
use crate::diff::rule::{Area, Judged, Rule};
use crate::diff::verdict::{Bump, Wire};

rules! { Rust:
    RUST_FIELD_TYPE_CHANGED "rust-field-type-changed" Property Changed, safe safe [Major], Ok("rust-field-type-changed"),
        "is a field of another Rust type, though its property is the same",
        "Something else changed: a type got derived types, or lost them, or leads back to its owner, so that fields of it are boxed.",
        cargo!("change-categories");
    RUST_IDENT_CHANGED "rust-ident-changed" Property Changed, safe safe [Major], Ok("rust-ident-changed"),
        "has another name in Rust, though its name in JSON is the same",
        "Another name came or went that makes the same identifier.",
        cargo!("item-remove");
    RUST_PATH_CHANGED "rust-path-changed" Type Changed, safe safe [Major], Ok("rust-path-changed"),
        "is at another path, though its name is the same",
        "Another name came or went that makes the same identifier, or most types are in another namespace.",
        cargo!("item-remove");
    RUST_TYPE_EMITTED "rust-type-emitted" Type Added, safe safe [Minor], Ok("rust-type-replaced"),
        "is emitted, where another type of Rust stood in its place",
        "The settings of the generator do not replace it any more.",
        cargo!("item-new");
    RUST_TYPE_REPLACED "rust-type-replaced" Type Removed, safe safe [Major], Ok("rust-type-emitted"),
        "is not emitted, for another type of Rust stands in its place",
        "The settings of the generator replace it.",
        cargo!("item-remove");
    RUST_FAMILY_ADDED "rust-family-added" Type Added, safe safe [Minor, Major], Ok("rust-family-removed"),
        "has an enum of itself and the types that derive from it",
        "The first derived type came.",
        cargo!("item-new");
    RUST_FAMILY_REMOVED "rust-family-removed" Type Removed, safe safe [Major], Ok("rust-family-added"),
        "has no enum of itself and derived types any more",
        "The last derived type went.",
        cargo!("item-remove");
    RUST_VARIANT_ADDED "rust-variant-added" Type Added, safe safe [Minor], Ok("rust-variant-removed"),
        "is one more variant of the enum of a base and its derived types",
        "The enum is `#[non_exhaustive]`.",
        cargo!("enum-variant-new");
    RUST_VARIANT_REMOVED "rust-variant-removed" Type Removed, safe safe [Major], Ok("rust-variant-added"),
        "is no variant any more of the enum of a base and its derived types",
        "Code that matches the variant does not compile.",
        cargo!("item-remove");
    RUST_CONSTANT_ADDED "rust-constant-added" Property Added, safe safe [Minor], Ok("rust-constant-removed"),
        "has a constant with its name in JSON on this struct",
        "The struct declares it, where it was inherited.",
        cargo!("item-new");
    RUST_CONSTANT_REMOVED "rust-constant-removed" Property Removed, safe safe [Major], Ok("rust-constant-added"),
        "has no constant with its name in JSON on this struct any more",
        "The struct inherits it; constants are on the type that declares a property.",
        cargo!("item-remove");
    RUST_FEATURE_CHANGED "rust-feature-changed" Type Changed, safe safe [Minor, Major], Ok("rust-feature-changed"),
        "is behind other features of the crate",
        "Types are there for the area of the docs that they belong to, and for those that lead to them. Code that enabled only one of these may not find the type.",
        cargo!("cargo-feature-remove");
    RUST_DERIVE_LOST "rust-derive-lost" Type Removed, safe safe [Major], Ok("rust-derive-gained"),
        "has a trait less",
        "Code that relies on the trait does not compile.",
        cargo!("item-remove");
    RUST_DERIVE_GAINED "rust-derive-gained" Type Added, safe safe [Minor], Ok("rust-derive-lost"),
        "has a trait more",
        "Code that compiled goes on to compile.",
        cargo!("item-new");
    RUST_NON_EXHAUSTIVE_ADDED "rust-non-exhaustive-added" Type Added, safe safe [Major], Ok("rust-non-exhaustive-removed"),
        "is `#[non_exhaustive]`",
        "Literals and matches that name everything do not compile any more.",
        cargo!("attr-adding-non-exhaustive");
    RUST_NON_EXHAUSTIVE_REMOVED "rust-non-exhaustive-removed" Type Removed, safe safe [Minor], Ok("rust-non-exhaustive-added"),
        "is not `#[non_exhaustive]` any more",
        "Code that compiled goes on to compile.",
        cargo!("attr-adding-non-exhaustive");
    EMITTER_CHANGED "emitter-changed" Crate Changed, safe safe [Patch, Minor, Major], Ok("emitter-changed"),
        "is emitted with other settings",
        "The schema is the same; the settings of the generator are not.",
        cargo!("change-categories");
}
