//! Rules about moves between versions of different maturity.

use super::rules;
use super::sources::graph;
use crate::diff::rule::{Area, Judged, Rule};
use crate::diff::verdict::{Bump, Wire};

rules! { Lifecycle:
    TYPE_PROMOTED "type-promoted" Type Added, change change [None, Minor], Ok("type-demoted"),
        "was in the less stable version only and is in the stable one too",
        "It is new to clients of the stable version, and known from the other.",
        graph!();
    TYPE_DEMOTED "type-demoted" Type Removed, change change [None, Major], Ok("type-promoted"),
        "is gone from the stable version and left in the less stable one",
        "To clients of the stable version it is gone.",
        graph!();
    PROPERTY_PROMOTED "property-promoted" Property Added, change change [None, Minor, Major], Ok("property-demoted"),
        "was in the less stable version only and is in the stable one too",
        "It is new to clients of the stable version, and known from the other.",
        graph!();
    PROPERTY_DEMOTED "property-demoted" Property Removed, change change [None, Major], Ok("property-promoted"),
        "is gone from the stable version and left in the less stable one",
        "To clients of the stable version it is gone.",
        graph!();
    ENUM_MEMBER_PROMOTED "enum-member-promoted" Member Added, change change [None, Minor, Major], Ok("enum-member-demoted"),
        "was a member in the less stable version only and is one in the stable version too",
        "It can arrive at clients of the stable version that do not know it.",
        graph!();
    ENUM_MEMBER_DEMOTED "enum-member-demoted" Member Removed, change change [None, Major], Ok("enum-member-promoted"),
        "is a member that is gone from the stable version and left in the less stable one",
        "Writing it to the stable version is refused.",
        graph!();
    PROMOTED_WITH_DIFFERENCES "promoted-with-differences" Type Changed, risky risky [None, Minor, Major], Err("what is demoted is a removal, whatever it looks like: `type-demoted`"),
        "came to the stable version in another shape than it has in the less stable one",
        "Those who move from one version to the other have to change their code.",
        graph!();
}
