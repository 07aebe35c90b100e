//! Rules about whole types.

use super::rules;
use super::sources::{cargo, csdl, graph, guidelines};
use crate::diff::rule::{Area, Judged, Rule};
use crate::diff::verdict::{Bump, Wire};

rules! { Type:
    VERSION_ADDED "version-added", safe safe [Minor], Ok("version-removed"),
        "is a version that was not there before",
        "Nothing that existed changed; the crate gains a module.",
        cargo!("item-new");
    VERSION_REMOVED "version-removed", breaking breaking [Major], Ok("version-added"),
        "is a version that is gone",
        "Its endpoints are gone, and so is the module with all of its types.",
        cargo!("item-remove");
    TYPE_ADDED "type-added", safe safe [None, Minor], Ok("type-removed"),
        "is a new type",
        "Nothing that existed changed. A glob import can become ambiguous, which Cargo's rules accept in a minor version.",
        cargo!("item-new");
    DERIVED_TYPE_ADDED "derived-type-added", risky safe [None, Minor], Ok("type-removed"),
        "is a new type that derives from one that was there before",
        "Where the base is declared, objects of a type can arrive that the client does not know; clients are asked to be prepared for that.",
        graph!();
    TYPE_REMOVED "type-removed", breaking breaking [None, Major], Ok("type-added"),
        "is gone",
        "Nothing is left to read or to write, and code that names the type does not compile.",
        cargo!("item-remove");
    TYPE_REMOVED_AFTER_DEPRECATION "type-removed-after-deprecation", risky risky [None, Major], Err("what is added has not been deprecated before: `type-added`"),
        "was deprecated and is gone",
        "Users were told beforehand; code that still names the type does not compile.",
        graph!();
    TYPE_RECASED "type-recased", risky risky [None, Major], Ok("type-recased"),
        "has a name that differs in case",
        "Its name in `@odata.type` is another, and JSON compares names letter by letter; in Rust both casings mostly make the same name.",
        csdl!("NominalTypes");
    TYPE_RENAMED "type-renamed", risky risky [None, Major], Ok("type-renamed"),
        "has another name, as a person has confirmed",
        "Its name in `@odata.type` is another, and code that names the type does not compile.",
        cargo!("item-remove");
    TYPE_NAMESPACE_MOVED "type-namespace-moved", risky risky [None, Major], Ok("type-namespace-moved"),
        "is in another namespace",
        "Its name in `@odata.type` is another, and in Rust it is in another module.",
        guidelines!("patterns/namespace.md");
    TYPE_KIND_CHANGED "type-kind-changed", breaking breaking [None, Major], Ok("type-kind-changed"),
        "was an enumeration and is none any more, or the other way around",
        "Values that were strings are objects, or the other way around.",
        csdl!("EnumerationType");
    ENTITY_COMPLEX_CHANGED "entity-complex-changed", safe risky [None], Ok("entity-complex-changed"),
        "was an entity type and is a complex type, or the other way around",
        "The JSON looks the same, but only entities have a key and so an address to write to.",
        csdl!("EntityType");
    BASE_TYPE_CHANGED "base-type-changed", safe safe [None, Minor, Major], Ok("base-type-changed"),
        "derives from another type, or from none",
        "By itself this changes no member; those that were gained or lost by it are findings of their own.",
        csdl!("DerivedEntityType");
    TYPE_BECAME_OPEN "type-became-open", safe safe [None], Ok("type-no-longer-open"),
        "takes members that are not declared",
        "Members that nobody declared may arrive; emitted types keep them in `extra`.",
        csdl!("OpenEntityType");
    TYPE_NO_LONGER_OPEN "type-no-longer-open", risky breaking [None], Ok("type-became-open"),
        "takes only members that are declared",
        "Members that a client added to the declared ones are refused, and do not come back.",
        csdl!("OpenEntityType");
    TYPE_BECAME_ABSTRACT "type-became-abstract", safe breaking [None], Ok("type-no-longer-abstract"),
        "has no instances of its own any more",
        "An object of exactly this type can no longer be created.",
        csdl!("AbstractEntityType");
    TYPE_NO_LONGER_ABSTRACT "type-no-longer-abstract", risky safe [None], Ok("type-became-abstract"),
        "has instances of its own",
        "Objects can arrive that are of this type and of none that derives from it.",
        csdl!("AbstractEntityType");
    TYPE_KEY_CHANGED "type-key-changed", breaking breaking [None], Ok("type-key-changed"),
        "has another key",
        "The key is what addresses are made of.",
        csdl!("Key");
    TYPE_MEDIA_CHANGED "type-media-changed", safe risky [None], Ok("type-media-changed"),
        "became a media entity, or is none any more",
        "Whether `$value` has a stream of bytes to read and to replace changes; the JSON does not.",
        csdl!("MediaEntityType");
    TYPE_DEPRECATED "type-deprecated", safe safe [None, Minor], Ok("type-undeprecated"),
        "is deprecated",
        "It goes on to work for now; code that names the type gets a warning.",
        graph!();
    TYPE_UNDEPRECATED "type-undeprecated", safe safe [None, Patch], Ok("type-deprecated"),
        "is not deprecated any more",
        "Nothing changed but that a warning is gone.",
        graph!();
    TYPE_DESCRIPTION_CHANGED "type-description-changed", safe safe [None, Patch, Minor, Major], Ok("type-description-changed"),
        "is described in other words",
        "Only what the docs say is another.",
        cargo!("change-categories"), off;
}
