//! Rules about enumerations.

use super::rules;
use super::sources::{cargo, csdl, graph, guidelines};
use crate::diff::rule::{Area, Judged, Rule};
use crate::diff::verdict::{Bump, Wire};

rules! { Enumeration:
    ENUM_MEMBER_ADDED "enum-member-added" Member Added, policy safe [None, Minor, Major], Ok("enum-member-removed"),
        "is a new member, with no sentinel before it",
        "It can arrive at clients that do not know it. Graph's promise calls this compatible, its guidelines call it breaking, so the policy decides; emitted enums take it as `UnknownValue`.",
        guidelines!("patterns/evolvable-enums.md");
    ENUM_MEMBER_ADDED_EVOLVABLE "enum-member-added-evolvable" Member Added, safe safe [None, Minor, Major], Ok("enum-member-removed"),
        "is a new member behind the sentinel",
        "It comes only to clients that ask for unknown members; the others get the sentinel.",
        guidelines!("patterns/evolvable-enums.md");
    ENUM_MEMBER_ADDED_BEFORE_SENTINEL "enum-member-added-before-sentinel" Member Added, evidence safe [None, Minor, Major], Ok("enum-member-removed"),
        "is a new member before the sentinel, where none may be added",
        "It arrives at clients that do not know it, though the sentinel promised that it would not.",
        guidelines!("patterns/evolvable-enums.md");
    ENUM_SENTINEL_ADDED "enum-sentinel-added" Member Added, safe safe [None, Minor, Major], Ok("enum-sentinel-removed"),
        "has a sentinel, behind which members can be added",
        "The enumeration can grow without breaking anybody from now on.",
        guidelines!("patterns/evolvable-enums.md");
    ENUM_SENTINEL_REMOVED "enum-sentinel-removed" Member Removed, risky safe [None, Major], Ok("enum-sentinel-added"),
        "has no sentinel any more",
        "Members that were held back come to everybody.",
        guidelines!("patterns/evolvable-enums.md");
    ENUM_SENTINEL_MOVED "enum-sentinel-moved" Member Changed, breaking risky [None, Patch], Ok("enum-sentinel-moved"),
        "has a sentinel of another number",
        "Which members are held back depends on the number.",
        guidelines!("patterns/evolvable-enums.md");
    ENUM_MEMBER_HIDDEN "enum-member-hidden" Member Changed, risky safe [None, Patch], Ok("enum-member-revealed"),
        "stood before the sentinel and stands behind it",
        "Clients that do not ask for unknown members get the sentinel in its place.",
        guidelines!("patterns/evolvable-enums.md");
    ENUM_MEMBER_REVEALED "enum-member-revealed" Member Changed, risky safe [None, Patch], Ok("enum-member-hidden"),
        "stood behind the sentinel and stands before it",
        "It comes to clients that did not ask for it.",
        guidelines!("patterns/evolvable-enums.md");
    ENUM_MEMBER_REMOVED "enum-member-removed" Member Removed, safe breaking [None, Major], Ok("enum-member-added"),
        "is a member that is gone",
        "Writing it is refused, and code that names the variant does not compile.",
        cargo!("item-remove");
    ENUM_MEMBER_RENAMED "enum-member-renamed" Member Changed, breaking breaking [None, Major], Ok("enum-member-renamed"),
        "has another name for the same number, or as a person has confirmed",
        "JSON has the names, so to a client one member is gone and another is new.",
        csdl!("EnumerationTypeMember");
    ENUM_MEMBER_RECASED "enum-member-recased" Member Changed, breaking breaking [None, Major], Ok("enum-member-recased"),
        "has a name that differs in case",
        "JSON compares names letter by letter; in Rust both casings mostly make the same name.",
        csdl!("EnumerationTypeMember");
    ENUM_MEMBER_RENUMBERED "enum-member-renumbered" Member Changed, safe risky [None, Patch], Ok("enum-member-renumbered"),
        "has another number",
        "JSON has the names, but sorting and comparing in requests go by the numbers.",
        csdl!("EnumerationTypeMember");
    ENUM_BECAME_FLAGS "enum-became-flags" Enumeration Changed, breaking safe [None], Ok("enum-no-longer-flags"),
        "has values that are several members at once",
        "Values with commas can arrive where single members did.",
        csdl!("FlagsEnumerationType");
    ENUM_NO_LONGER_FLAGS "enum-no-longer-flags" Enumeration Changed, safe breaking [None], Ok("enum-became-flags"),
        "has values that are single members only",
        "Writing several members at once is refused.",
        csdl!("FlagsEnumerationType");
    ENUM_MEMBERS_REORDERED "enum-members-reordered" Enumeration Changed, safe safe [None], Ok("enum-members-reordered"),
        "lists its members in another order",
        "Neither JSON nor emitted code depends on the order, but for the sentinel.",
        graph!();
    ENUM_MEMBER_DESCRIPTION_CHANGED "enum-member-description-changed" Member Reworded, safe safe [None, Patch], Ok("enum-member-description-changed"),
        "is described in other words",
        "Only what the docs say is another.",
        cargo!("change-categories");
}
