//! The table of rules. Ids are for ever: a rule is added, or retired, but never renamed.

pub(super) mod enumerations;
pub(super) mod lifecycle;
pub(super) mod properties;
pub(super) mod rust;
pub(super) mod types;

use super::rule::Rule;

/// Every rule, by area.
pub(super) const ALL: [&[&Rule]; 5] = [
    types::ALL,
    properties::ALL,
    enumerations::ALL,
    lifecycle::ALL,
    rust::ALL,
];

/// Where reasons can be read up.
pub(super) mod sources {
    /// Which changes of items Cargo calls major and minor.
    macro_rules! cargo {
        ($anchor:literal) => {
            concat!(
                "https://doc.rust-lang.org/cargo/reference/semver.html#",
                $anchor
            )
        };
    }
    /// What Graph promises about its versions.
    macro_rules! graph {
        () => {
            "https://learn.microsoft.com/graph/versioning-and-support"
        };
    }
    /// The guidelines for those who build parts of Graph.
    macro_rules! guidelines {
        ($page:literal) => {
            concat!(
                "https://github.com/microsoft/api-guidelines/blob/vNext/graph/",
                $page
            )
        };
    }
    /// OData's schema language, by section.
    macro_rules! csdl {
        ($section:literal) => {
            concat!(
                "https://docs.oasis-open.org/odata/odata-csdl-xml/v4.01/odata-csdl-xml-v4.01.html#sec_",
                $section
            )
        };
    }
    pub(in crate::diff::rules) use {cargo, csdl, graph, guidelines};
}

/// A table of rules: name and id, what happened to what, verdicts (read, write, and what is possible in Rust), mirror, and texts.
macro_rules! rules {
    ($area:ident: $($name:ident $id:literal $about:ident $action:ident, $read:tt $write:tt [$($rust:ident),*], $mirror:expr,
        $summary:literal, $why:literal, $source:expr;)*) => {
        $(
            pub(in crate::diff) const $name: &Rule = &Rule {
                id: $id,
                area: Area::$area,
                about: $crate::diff::rule::About::$about,
                action: $crate::diff::rule::Action::$action,
                wire_read: $crate::diff::rules::judged!($read),
                wire_write: $crate::diff::rules::judged!($write),
                rust: &[$(Bump::$rust),*],
                summary: $summary,
                why: $why,
                source: $source,
                mirror: $mirror,
            };
        )*
        pub(in crate::diff) const ALL: &[&Rule] = &[$($name),*];
    };
}

macro_rules! judged {
    (shape) => {
        Judged::ByShape
    };
    (policy) => {
        Judged::ByPolicy
    };
    (evidence) => {
        Judged::ByEvidence
    };
    (values) => {
        Judged::ByValues
    };
    (change) => {
        Judged::AsChange
    };
    (safe) => {
        Judged::Always(Wire::Safe)
    };
    (risky) => {
        Judged::Always(Wire::Risky)
    };
    (breaking) => {
        Judged::Always(Wire::Breaking)
    };
}

use {judged, rules};
