//! What is told: a change, the rule that it falls under, and what it means.

use std::fmt::{self, Write};

use super::rule::{About, Action, Judged, Rule};
use super::sides::Sides;
use super::verdict::{Bump, Verdicts, Wire};
use crate::diagnostic::Level;
use crate::schema::Source;

/// A change that somebody should know of, told once, where it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule that it falls under.
    pub rule: &'static Rule,
    /// The names of the versions that are compared.
    pub versions: Sides<String>,
    /// The qualified name of the type, as the new side has it if it has it; none for whole versions and crates.
    pub ty: Option<String>,
    /// The property or member, likewise.
    pub member: Option<String>,
    /// The members of a flood, or its types if there is no type: many findings that differ in nothing else, told as one.
    pub members: Vec<String>,
    /// What was there; none if there was nothing.
    pub old: Option<String>,
    /// What is there now.
    pub new: Option<String>,
    /// What it means on each axis.
    pub verdicts: Verdicts,
    /// What differs in the emitted crate.
    pub rust: Sides<Option<String>>,
    /// Who else is affected.
    pub affects: Affects,
    /// Where it stands in the docs of each side.
    pub places: Sides<Option<Source>>,
    /// What it may be instead, or what else to know.
    pub hint: Option<String>,
    /// How loudly it is told.
    pub level: Level,
    /// Whether the policy lets it break, whatever its verdicts are: it is in a version that is not stable.
    pub exempt: bool,
    /// Why it is not told, if a person said so.
    pub allowed: Option<String>,
}

/// Who is affected by a change beside the type that declares what changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Affects {
    /// So many types derive from it and have the change too.
    pub derived: usize,
    /// So many properties have it as their type.
    pub references: usize,
}

impl fmt::Display for Affects {
    /// `affects 3 derived types and 12 properties`; nothing if nobody is affected.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |number: usize, one: &str, many: &str| match number {
            0 => None,
            1 => Some(format!("1 {one}")),
            number => Some(format!("{number} {many}")),
        };
        let derived = count(self.derived, "derived type", "derived types");
        let references = count(self.references, "property", "properties");
        match (derived, references) {
            (None, None) => Ok(()),
            (Some(one), None) | (None, Some(one)) => write!(f, "affects {one}"),
            (Some(one), Some(other)) => write!(f, "affects {one} and {other}"),
        }
    }
}

impl Finding {
    /// A finding of which no more is known than its rule, and so what the rule always says of the wire; what depends on
    /// more than the rule is risky until it is known.
    pub(super) fn new(rule: &'static Rule, versions: Sides<&str>) -> Self {
        let wire = |judged: Judged| match judged {
            Judged::Always(wire) => wire,
            _ => Wire::Risky,
        };
        Self {
            rule,
            versions: versions.map(str::to_owned),
            ty: None,
            member: None,
            members: Vec::new(),
            old: None,
            new: None,
            verdicts: Verdicts {
                wire_read: wire(rule.wire_read),
                wire_write: wire(rule.wire_write),
                rust: Bump::None,
            },
            rust: Sides::default(),
            affects: Affects::default(),
            places: Sides::default(),
            hint: None,
            level: Level::Allow,
            exempt: false,
            allowed: None,
        }
    }

    /// The type, and the member behind a `/` if it is about one: `microsoft.graph.user/mail`.
    #[must_use]
    pub fn path(&self) -> String {
        let ty = self.ty.as_deref().unwrap_or_default();
        match (&self.member, ty) {
            (Some(member), _) => format!("{ty}/{member}"),
            (None, "") if self.rule.about == About::Crate => "the crate".to_owned(),
            (None, "") => self.versions.new.clone(),
            (None, ty) => ty.to_owned(),
        }
    }

    /// Whether it is told, and so counts.
    #[must_use]
    pub fn is_told(&self) -> bool {
        self.allowed.is_none() && self.level != Level::Allow
    }

    /// The version that it is about, or both: `v1.0 → beta`.
    #[must_use]
    pub fn version(&self) -> String {
        let Sides { old, new } = &self.versions;
        match old == new {
            true => new.clone(),
            false => format!("{old} → {new}"),
        }
    }

    /// The version with a colon, to begin a line with; nothing for the whole crate.
    #[must_use]
    pub fn prefix(&self) -> String {
        match self.version() {
            version if version.is_empty() => version,
            version => format!("{version}: "),
        }
    }

    /// What it is about, as its message begins: its path, or how many there are of it.
    #[must_use]
    pub fn subject(&self) -> String {
        let path = self.path();
        match (self.members.len(), &self.ty) {
            (0, _) => format!("`{path}`"),
            (types, None) => format!("{types} types, each of which"),
            (members, Some(_)) => format!("`{path}`: {members} members, each of which"),
        }
    }

    /// A number for what it says, as 16 hexadecimal digits: of the rule, the versions, the type and member, and the two
    /// states. It depends neither on texts nor on lines, so that it stays when docs are reworded and when rules are.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        // FNV-1a, for it is fixed for ever and short; nobody gains by making two findings collide.
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        let mut take = |text: &str| {
            for byte in text.bytes().chain([0xff]) {
                hash ^= u64::from(byte);
                hash = hash.wrapping_mul(0x0100_0000_01b3);
            }
        };
        take(self.rule.id);
        take(&self.versions.old);
        take(&self.versions.new);
        take(self.ty.as_deref().unwrap_or_default());
        take(self.member.as_deref().unwrap_or_default());
        self.members.iter().for_each(|member| take(member));
        // Texts of docs are told but do not count.
        if self.rule.action != Action::Reworded {
            take(self.old.as_deref().unwrap_or_default());
            take(self.new.as_deref().unwrap_or_default());
        }
        format!("{hash:016x}")
    }

    /// One sentence that says what changed: `microsoft.graph.user/mail is gone (was Edm.String)`.
    #[must_use]
    pub fn message(&self) -> String {
        let mut text = format!("{} {}", self.subject(), self.rule.summary);
        let _ = match (&self.old, &self.new) {
            (Some(old), Some(new)) => write!(text, " ({old} → {new})"),
            (Some(old), None) => write!(text, " (was {old})"),
            (None, Some(new)) => write!(text, " ({new})"),
            (None, None) => Ok(()),
        };
        text
    }
}
