//! Rules about properties and navigation properties.

use super::rules;
use super::sources::{cargo, csdl, graph, guidelines};
use crate::diff::rule::{Area, Judged, Rule};
use crate::diff::verdict::{Bump, Wire};

rules! { Property:
    PROPERTY_ADDED "property-added" Property Added, safe safe [None, Minor, Major], Ok("property-removed"),
        "is a new property",
        "Clients are asked to pass over what they do not know. In Rust a field more is minor where literals end with `..Default::default()`, as the emitted crate asks for.",
        graph!();
    PROPERTY_ADDED_REQUIRED "property-added-required" Property Added, safe breaking [None, Minor, Major], Ok("property-removed"),
        "is a new property without which nothing may be created",
        "A client that does not know it creates objects without it, which the service refuses.",
        graph!();
    PROPERTY_ADDED_NOT_NULLABLE "property-added-not-nullable" Property Added, safe risky [None, Minor, Major], Ok("property-removed"),
        "is a new property that is never null",
        "A client that does not know it creates objects without it; the service refuses that, unless it has a value by default.",
        csdl!("Nullable");
    PROPERTY_REMOVED "property-removed" Property Removed, breaking breaking [None, Major], Ok("property-added"),
        "is gone",
        "It does not come any more, so a field is silently `None`; writing it is refused; code that names the field does not compile.",
        cargo!("item-remove");
    PROPERTY_REMOVED_AFTER_DEPRECATION "property-removed-after-deprecation" Property Removed, risky risky [None, Major], Ok("property-added"),
        "was deprecated and is gone",
        "Users were told beforehand; code that still names the field does not compile.",
        graph!();
    PROPERTY_MOVED_TO_BASE "property-moved-to-base" Property Changed, safe safe [None, Major], Ok("property-moved-to-derived"),
        "is now declared by a base type",
        "The type still has it, inherited. In Rust structs have the fields of their bases, but the constant with its JSON name is the base's.",
        csdl!("DerivedEntityType");
    PROPERTY_MOVED_TO_DERIVED "property-moved-to-derived" Property Changed, risky breaking [None, Major], Ok("property-moved-to-base"),
        "is now declared by derived types only",
        "Objects of exactly this type, and of types that derive from it without declaring it, lose it.",
        csdl!("DerivedEntityType");
    PROPERTY_RECASED "property-recased" Property Changed, breaking breaking [None, Major], Ok("property-recased"),
        "has a name that differs in case",
        "JSON compares names letter by letter, so to a client this is another property; in Rust both casings mostly make the same name.",
        csdl!("StructuralProperty");
    PROPERTY_RENAMED "property-renamed" Property Changed, breaking breaking [None, Major], Ok("property-renamed"),
        "has another name, as a person has confirmed",
        "To a client the old property is gone.",
        cargo!("item-remove");
    PROPERTY_TYPE_CHANGED "property-type-changed" Property Changed, breaking breaking [None, Major], Ok("property-type-changed"),
        "has values of another type",
        "The JSON has another shape, which neither side of the wire can read as before.",
        csdl!("Type");
    PROPERTY_TYPE_WIDENED "property-type-widened" Property Changed, risky safe [None, Major], Ok("property-type-narrowed"),
        "has values of a wider type",
        "Values can arrive that the old type has no room for.",
        csdl!("PrimitiveTypes");
    PROPERTY_TYPE_NARROWED "property-type-narrowed" Property Changed, safe breaking [None, Major], Ok("property-type-widened"),
        "has values of a narrower type",
        "Values that were fine are refused.",
        csdl!("PrimitiveTypes");
    PROPERTY_STRING_TO_ENUM "property-string-to-enum" Property Changed, safe values [None, Major], Ok("property-enum-to-string"),
        "was a String and is an enumeration",
        "Its values are strings in JSON as before, but only members are accepted; that is safe if the docs listed no other values before.",
        csdl!("EnumerationType");
    PROPERTY_ENUM_TO_STRING "property-enum-to-string" Property Changed, values safe [None, Major], Ok("property-string-to-enum"),
        "was an enumeration and is a String",
        "Values can arrive that are no members, if the docs do not list them or list others.",
        csdl!("EnumerationType");
    PROPERTY_STRING_FORMAT_CHANGED "property-string-format-changed" Property Changed, risky risky [None, Major], Ok("property-string-format-changed"),
        "has values that are strings of another format",
        "The JSON has a string as before, but what the string may say is another.",
        csdl!("PrimitiveTypes");
    PROPERTY_REF_RETARGETED "property-ref-retargeted" Property Changed, shape shape [None, Major], Ok("property-ref-retargeted"),
        "has objects or members of another type",
        "What this breaks depends on what the two types have in common.",
        csdl!("Type");
    PROPERTY_BECAME_COLLECTION "property-became-collection" Property Changed, breaking breaking [None, Major], Ok("property-no-longer-collection"),
        "has a collection where it had one value",
        "The JSON has an array where it had none.",
        csdl!("Type");
    PROPERTY_NO_LONGER_COLLECTION "property-no-longer-collection" Property Changed, breaking breaking [None, Major], Ok("property-became-collection"),
        "has one value where it had a collection",
        "The JSON has no array where it had one.",
        csdl!("Type");
    PROPERTY_TYPE_STATED "property-type-stated" Property Changed, safe risky [None, Major], Ok("property-type-unstated"),
        "has a type, where the docs named none that can be resolved",
        "What arrives was of this type before; a client that wrote something else may be refused.",
        csdl!("Type");
    PROPERTY_TYPE_UNSTATED "property-type-unstated" Property Changed, risky safe [None, Major], Ok("property-type-stated"),
        "has no type that can be resolved, where the docs named one",
        "Nothing is known any more of what arrives.",
        csdl!("Type");
    PROPERTY_BECAME_NULLABLE "property-became-nullable" Property Changed, breaking safe [None], Ok("property-became-non-nullable"),
        "can be null",
        "A client that relied on a value gets none. Emitted fields are `Option`s, so the crate stays the same.",
        csdl!("Nullable");
    PROPERTY_BECAME_NON_NULLABLE "property-became-non-nullable" Property Changed, safe breaking [None], Ok("property-became-nullable"),
        "can not be null any more",
        "Writing null is refused. Emitted fields are `Option`s, so the crate stays the same.",
        guidelines!("articles/nullable.md");
    PROPERTY_BECAME_REQUIRED "property-became-required" Property Changed, safe breaking [None], Ok("property-became-optional"),
        "must be given on creation",
        "A client that left it out creates objects that the service refuses.",
        graph!();
    PROPERTY_BECAME_OPTIONAL "property-became-optional" Property Changed, risky safe [None], Ok("property-became-required"),
        "is not said any more to be required on creation",
        "Objects can arrive that were created without it.",
        graph!();
    PROPERTY_BECAME_READ_ONLY "property-became-read-only" Property Changed, safe breaking [None], Ok("property-no-longer-read-only"),
        "can not be written any more",
        "Writing it is refused, or has no effect.",
        graph!();
    PROPERTY_NO_LONGER_READ_ONLY "property-no-longer-read-only" Property Changed, safe safe [None], Ok("property-became-read-only"),
        "is not said any more to be read-only",
        "Nothing that worked stops to work.",
        graph!();
    PROPERTY_BECAME_SELECT_ONLY "property-became-select-only" Property Changed, breaking safe [None], Ok("property-no-longer-select-only"),
        "comes only if `$select` names it",
        "Replies to requests that worked before do not have it any more.",
        guidelines!("patterns/default-properties.md");
    PROPERTY_NO_LONGER_SELECT_ONLY "property-no-longer-select-only" Property Changed, safe safe [None], Ok("property-became-select-only"),
        "is not said any more to come only if `$select` names it",
        "Replies have more than before.",
        guidelines!("patterns/default-properties.md");
    POSSIBLE_VALUES_ADDED "possible-values-added" Property Changed, risky safe [None], Ok("possible-values-removed"),
        "has possible values that the docs did not list before",
        "Values can arrive that the client has not seen listed.",
        graph!();
    POSSIBLE_VALUES_REMOVED "possible-values-removed" Property Changed, safe breaking [None], Ok("possible-values-added"),
        "has fewer possible values in the docs than before",
        "Values that were fine are refused.",
        graph!();
    POSSIBLE_VALUES_RECASED "possible-values-recased" Property Changed, risky risky [None], Ok("possible-values-recased"),
        "has possible values that differ in case",
        "JSON compares strings letter by letter, so that a client may not know the value that arrives; services often take both.",
        csdl!("PrimitiveTypes");
    PROPERTY_DEPRECATED "property-deprecated" Property Changed, safe safe [None, Minor], Ok("property-undeprecated"),
        "is deprecated",
        "It goes on to work for now; code that names the field gets a warning.",
        graph!();
    PROPERTY_UNDEPRECATED "property-undeprecated" Property Changed, safe safe [None, Patch], Ok("property-deprecated"),
        "is not deprecated any more",
        "Nothing changed but that a warning is gone.",
        graph!();
    PROPERTY_BECAME_NAVIGATION "property-became-navigation" Property Changed, risky risky [None, Major], Ok("navigation-became-property"),
        "was a property and is a navigation property",
        "Its value comes only if `$expand` asks for it, and is written as a reference.",
        csdl!("NavigationProperty");
    NAVIGATION_BECAME_PROPERTY "navigation-became-property" Property Changed, risky risky [None, Major], Ok("property-became-navigation"),
        "was a navigation property and is a property",
        "Its value is part of the object, and can neither be expanded nor be written as a reference.",
        csdl!("NavigationProperty");
    NAVIGATION_ADDED "navigation-added" Property Added, safe safe [None, Minor, Major], Ok("navigation-removed"),
        "is a new navigation property",
        "It comes only if a client asks for it.",
        graph!();
    NAVIGATION_REMOVED "navigation-removed" Property Removed, breaking breaking [None, Major], Ok("navigation-added"),
        "is a navigation property that is gone",
        "Requests that follow or expand it fail; code that names the field does not compile.",
        cargo!("item-remove");
    NAVIGATION_TARGET_CHANGED "navigation-target-changed" Property Changed, breaking breaking [None, Major], Ok("navigation-target-changed"),
        "leads to entities of another type",
        "What is expanded is of another type, and references of the old type are refused.",
        csdl!("NavigationPropertyType");
    NAVIGATION_COLLECTION_CHANGED "navigation-collection-changed" Property Changed, breaking breaking [None, Major], Ok("navigation-collection-changed"),
        "leads to one entity on one side and to many on the other",
        "The JSON of what is expanded has an array where it had none, or the other way around.",
        csdl!("NavigationPropertyType");
    NAVIGATION_CONTAINMENT_CHANGED "navigation-containment-changed" Property Changed, safe risky [None], Ok("navigation-containment-changed"),
        "leads to entities that are part of this one on one side only",
        "The address under which such an entity is written is another.",
        csdl!("ContainmentNavigationProperty");
    PROPERTY_DESCRIPTION_CHANGED "property-description-changed" Property Reworded, safe safe [None, Patch, Minor, Major], Ok("property-description-changed"),
        "is described in other words",
        "Only what the docs say is another.",
        cargo!("change-categories");
}
