//! What a change means to those who rely on the old schema.

use std::fmt;

use crate::diagnostic::Severity;

/// What a change means to JSON that a client made from the old schema reads or writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wire {
    /// Everything goes on as it was.
    #[default]
    Safe,
    /// It depends on the client, or on what the service does.
    Risky,
    /// A client that relied on the old schema can fail, or lose data.
    Breaking,
}

impl Wire {
    /// Every verdict, the best first.
    pub const ALL: [Self; 3] = [Self::Safe, Self::Risky, Self::Breaking];

    /// `safe`, `risky` or `breaking`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Safe => "safe",
            Self::Risky => "risky",
            Self::Breaking => "breaking",
        }
    }
}

impl fmt::Display for Wire {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What a change means to JSON, to those who read it and to those who write it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct OnWire {
    pub(super) read: Wire,
    pub(super) write: Wire,
}

impl OnWire {
    pub(super) const SAFE: Self = Self {
        read: Wire::Safe,
        write: Wire::Safe,
    };
    pub(super) const BREAKING: Self = Self {
        read: Wire::Breaking,
        write: Wire::Breaking,
    };
}

/// Which part of the version of the emitted crate a change has to raise (Cargo's rules of semantic versioning).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Bump {
    /// None: what users see of the crate is the same.
    #[default]
    None,
    /// The last: what users see is the same, but for what docs say.
    Patch,
    /// The middle: code that compiled goes on to compile.
    Minor,
    /// The first: code that compiled may not compile any more.
    Major,
}

impl Bump {
    /// Every bump, the smallest first.
    pub const ALL: [Self; 4] = [Self::None, Self::Patch, Self::Minor, Self::Major];

    /// `none`, `patch`, `minor` or `major`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Patch => "patch",
            Self::Minor => "minor",
            Self::Major => "major",
        }
    }
}

impl fmt::Display for Bump {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// What a change means on each of the three axes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Verdicts {
    /// To a client made from the old schema that reads what the new one describes.
    pub wire_read: Wire,
    /// To a client made from the old schema that writes to a service that the new one describes.
    pub wire_write: Wire,
    /// To code that uses the emitted crate.
    pub rust: Bump,
}

impl Verdicts {
    /// How grave findings are about which nobody has said anything: the worst of the three axes decides.
    #[must_use]
    pub fn severity(self) -> Severity {
        let wire = self.wire_read.max(self.wire_write);
        match (wire, self.rust) {
            (Wire::Breaking, _) | (_, Bump::Major) => Severity::Error,
            (Wire::Risky, _) => Severity::Warning,
            (Wire::Safe, _) => Severity::Note,
        }
    }
}
