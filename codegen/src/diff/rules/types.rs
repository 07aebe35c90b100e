//! Rules about whole types.

use super::rules;
use super::sources::{cargo, csdl, graph, guidelines};
use crate::diff::rule::{Area, Judged, Rule};
use crate::diff::verdict::{Bump, Wire};

rules! { Type:
    VERSION_ADDED "version-added" Version Added, safe safe [Minor], Ok("version-removed"),
        "was not there before",
        "Nothing that existed changed; the crate gains a module.",
        cargo!("item-new");
    VERSION_REMOVED "version-removed" Version Removed, breaking breaking [Major], Ok("version-added"),
        "is gone",
        "Its endpoints are gone, and so is the module with all of its types.",
        cargo!("item-remove");
    TYPE_ADDED "type-added" Type Added, safe safe [None, Minor], Ok("type-removed"),
        "is a new type",
        "Nothing that existed changed. A glob import can become ambiguous, which Cargo's rules accept in a minor version.",
        cargo!("item-new");
    DERIVED_TYPE_ADDED "derived-type-added" Type Added, risky safe [None, Minor], Ok("type-removed"),
        "is a new type that derives from one that was there before",
        "Where the base is declared, objects of a type can arrive that the client does not know; clients are asked to be prepared for that.",
        graph!();
    TYPE_REMOVED "type-removed" Type Removed, breaking breaking [None, Major], Ok("type-added"),
        "is gone",
        "Nothing is left to read or to write, and code that names the type does not compile.",
        cargo!("item-remove");
    TYPE_REMOVED_AFTER_DEPRECATION "type-removed-after-deprecation" Type Removed, risky risky [None, Major], Ok("type-added"),
        "was deprecated and is gone",
        "Users were told beforehand; code that still names the type does not compile.",
        graph!();
    TYPE_RECASED "type-recased" Type Changed, risky risky [None, Major], Ok("type-recased"),
        "has a name that differs in case",
        "Its name in `@odata.type` is another, and JSON compares names letter by letter; in Rust both casings mostly make the same name.",
        csdl!("NominalTypes");
    TYPE_RENAMED "type-renamed" Type Changed, risky risky [None, Major], Ok("type-renamed"),
        "has another name, as a person has confirmed",
        "Its name in `@odata.type` is another, and code that names the type does not compile.",
        cargo!("item-remove");
    TYPE_NAMESPACE_MOVED "type-namespace-moved" Type Changed, risky risky [None, Major], Ok("type-namespace-moved"),
        "is in another namespace",
        "Its name in `@odata.type` is another, and in Rust it is in another module.",
        guidelines!("patterns/namespace.md");
    TYPE_KIND_CHANGED "type-kind-changed" Type Changed, breaking breaking [None, Major], Ok("type-kind-changed"),
        "is another kind of type, of which one is an enumeration",
        "Values that were strings are objects, or the other way around.",
        csdl!("EnumerationType");
    ENTITY_COMPLEX_CHANGED "entity-complex-changed" Type Changed, safe risky [None], Ok("entity-complex-changed"),
        "is another kind of type",
        "The JSON looks the same, but only entities have a key and so an address to write to.",
        csdl!("EntityType");
    BASE_TYPE_CHANGED "base-type-changed" Type Changed, safe safe [None, Minor, Major], Ok("base-type-changed"),
        "has another base type",
        "By itself this changes no member; those that were gained or lost by it are findings of their own.",
        csdl!("DerivedEntityType");
    TYPE_BECAME_OPEN "type-became-open" Type Changed, safe safe [None], Ok("type-no-longer-open"),
        "takes members that are not declared",
        "Members that nobody declared may arrive; emitted types keep them in `extra`.",
        csdl!("OpenEntityType");
    TYPE_NO_LONGER_OPEN "type-no-longer-open" Type Changed, risky breaking [None], Ok("type-became-open"),
        "takes only members that are declared",
        "Members that a client added to the declared ones are refused, and do not come back.",
        csdl!("OpenEntityType");
    TYPE_BECAME_ABSTRACT "type-became-abstract" Type Changed, safe breaking [None], Ok("type-no-longer-abstract"),
        "has no instances of its own any more",
        "An object of exactly this type can no longer be created.",
        csdl!("AbstractEntityType");
    TYPE_NO_LONGER_ABSTRACT "type-no-longer-abstract" Type Changed, risky safe [None], Ok("type-became-abstract"),
        "has instances of its own",
        "Objects can arrive that are of this type and of none that derives from it.",
        csdl!("AbstractEntityType");
    TYPE_KEY_CHANGED "type-key-changed" Type Changed, breaking breaking [None], Ok("type-key-changed"),
        "has another key",
        "The key is what addresses are made of.",
        csdl!("Key");
    TYPE_MEDIA_CHANGED "type-media-changed" Type Changed, safe risky [None], Ok("type-media-changed"),
        "has a stream of bytes of its own on one side only",
        "Whether `$value` has a stream of bytes to read and to replace changes; the JSON does not.",
        csdl!("MediaEntityType");
    TYPE_DEPRECATED "type-deprecated" Type Changed, safe safe [None, Minor], Ok("type-undeprecated"),
        "is deprecated",
        "It goes on to work for now; code that names the type gets a warning.",
        graph!();
    TYPE_UNDEPRECATED "type-undeprecated" Type Changed, safe safe [None, Patch], Ok("type-deprecated"),
        "is not deprecated any more",
        "Nothing changed but that a warning is gone.",
        graph!();
    TYPE_DESCRIPTION_CHANGED "type-description-changed" Type Reworded, safe safe [None, Patch, Minor, Major], Ok("type-description-changed"),
        "is described in other words",
        "Only what the docs say is another.",
        cargo!("change-categories");
}
