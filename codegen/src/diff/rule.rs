//! The rules: which kinds of changes there are, what they mean, and why.

use std::fmt;

use super::verdict::{Bump, Wire};

/// A kind of change, with what it means on each axis.
///
/// ```
/// use typedown::diff::{Rule, Wire};
///
/// let rule = Rule::find("property-removed").unwrap();
/// assert_eq!(rule.wire_read, typedown::diff::Judged::Always(Wire::Breaking));
/// assert_eq!(rule.mirror.unwrap(), "property-added");
/// ```
#[derive(Debug)]
pub struct Rule {
    /// The name, which never changes and is never given to another rule.
    pub id: &'static str,
    /// The part of the table that it stands in.
    pub area: Area,
    /// What it is about.
    pub about: About,
    /// What happened to it.
    pub action: Action,
    /// What it means to clients that read.
    pub wire_read: Judged,
    /// What it means to clients that write.
    pub wire_write: Judged,
    /// What it can mean to the emitted crate. What it does mean is computed from what is emitted on both sides.
    pub rust: &'static [Bump],
    /// What changed, as a sentence without subject and full stop.
    pub summary: &'static str,
    /// Why the verdicts are what they are.
    pub why: &'static str,
    /// Where the reason can be read up.
    pub source: &'static str,
    /// The rule that finds the same change when the sides are swapped, or why there is none.
    pub mirror: Result<&'static str, &'static str>,
}

/// What a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum About {
    /// The emitted crate as a whole.
    Crate,
    /// A version of the docs as a whole.
    Version,
    /// A type.
    Type,
    /// A type that is an enumeration.
    Enumeration,
    /// A property, or a navigation property.
    Property,
    /// A member of an enumeration.
    Member,
}

impl About {
    /// With an article, to begin a sentence with.
    #[must_use]
    pub fn subject(self) -> &'static str {
        match self {
            Self::Crate => "The crate",
            Self::Version => "A version",
            Self::Type => "A type",
            Self::Enumeration => "An enumeration",
            Self::Property => "A property",
            Self::Member => "A member of an enumeration",
        }
    }
}

/// What happened to what a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// It came.
    Added,
    /// It went.
    Removed,
    /// It is another than it was.
    Changed,
    /// It is described in other words. Findings of such rules are told only if asked for.
    Reworded,
}

impl Action {
    /// The name in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
            Self::Reworded => "reworded",
        }
    }
}

/// How a verdict about the wire comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// It is always the same.
    Always(Wire),
    /// By comparing the two types member by member.
    ByShape,
    /// As the policy says about members of enumerations; see [`Policy`](super::Policy).
    ByPolicy,
    /// By whether the docs say it, or it only follows from what they say.
    ByEvidence,
    /// By comparing the values that the docs list with the members of the enumeration.
    ByValues,
    /// As the rule says under which the same change falls where there is no less stable version.
    AsChange,
}

/// What rules are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// Whole types and versions.
    Type,
    /// Properties, navigation properties among them.
    Property,
    /// Enumerations and their members.
    Enumeration,
    /// Moves between versions of different maturity.
    Lifecycle,
    /// The emitted crate alone.
    Rust,
}

impl Area {
    /// Every area.
    pub const ALL: [Self; 5] = [
        Self::Type,
        Self::Property,
        Self::Enumeration,
        Self::Lifecycle,
        Self::Rust,
    ];

    /// The name in output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Property => "property",
            Self::Enumeration => "enumeration",
            Self::Lifecycle => "lifecycle",
            Self::Rust => "rust",
        }
    }
}

impl Rule {
    /// Every rule, by area.
    pub fn all() -> impl Iterator<Item = &'static Self> {
        super::rules::ALL.iter().copied().flatten().copied()
    }

    /// Whether findings are told though nobody has asked for them.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.action != Action::Reworded
    }

    /// The rule of a name.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        Self::all().find(|rule| rule.id == id)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Rule {}

impl PartialOrd for Rule {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rule {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id.cmp(other.id)
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.id)
    }
}
