//! What a build has to pass.

use std::fmt;
use std::str::FromStr;

use super::finding::Finding;
use super::verdict::{Bump, Wire};
use crate::diagnostic::{Level, Severity};
use crate::near::{named, suggestion};

/// The verdicts from which on a build fails.
///
/// ```
/// use typedown::diff::{Bump, Gate, Wire};
///
/// let gate: Gate = "wire-read=breaking,rust=major".parse()?;
/// assert_eq!(gate.wire_read, Some(Wire::Breaking));
/// assert_eq!(gate.rust, Some(Bump::Major));
/// let error = "wire-raed=breaking".parse::<Gate>().unwrap_err();
/// assert!(error.ends_with("did you mean `wire-read`?"));
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gate {
    /// For clients that read.
    pub wire_read: Option<Wire>,
    /// For clients that write.
    pub wire_write: Option<Wire>,
    /// For the emitted crate.
    pub rust: Option<Bump>,
    /// However it is told.
    pub severity: Option<Severity>,
    /// Whether anything that is told is too much.
    pub any: bool,
}

/// The axes, as a gate names them.
const AXES: [&str; 4] = ["wire-read", "wire-write", "rust", "level"];

impl FromStr for Gate {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let mut gate = Self::default();
        for part in text.split(',').map(str::trim) {
            if part == "any" {
                gate.any = true;
                continue;
            }
            let (axis, verdict) = part.split_once('=').ok_or_else(|| {
                format!("expected `AXIS=VERDICT` such as `rust=major`, or `any`, found `{part}`")
            })?;
            match axis {
                "wire-read" => gate.wire_read = Some(named(verdict, &Wire::ALL, Wire::name)?),
                "wire-write" => gate.wire_write = Some(named(verdict, &Wire::ALL, Wire::name)?),
                "rust" => gate.rust = Some(named(verdict, &Bump::ALL, Bump::name)?),
                "level" => match Level::named(verdict)? {
                    Level::Tell(severity) => gate.severity = Some(severity),
                    Level::Allow => return Err("findings of the level `allow` are not told".into()),
                },
                other => {
                    let near = suggestion(other, &AXES);
                    return Err(format!("there is no axis `{other}`; {near}"));
                }
            }
        }
        Ok(gate)
    }
}

impl Gate {
    /// Whether nothing was asked for.
    #[must_use]
    pub fn is_open(&self) -> bool {
        *self == Self::default()
    }

    /// Whether a finding is too much. What a person has allowed, and what the policy lets break, is not. What a level keeps
    /// from being told has its verdicts all the same.
    #[must_use]
    pub fn stops(&self, finding: &Finding) -> bool {
        if finding.allowed.is_some() || finding.exempt {
            return false;
        }
        let verdicts = finding.verdicts;
        self.any && finding.is_told()
            || self
                .wire_read
                .is_some_and(|from| verdicts.wire_read >= from)
            || self
                .wire_write
                .is_some_and(|from| verdicts.wire_write >= from)
            || self.rust.is_some_and(|from| verdicts.rust >= from)
            || self.severity.is_some_and(|from| match finding.level {
                // The gravest comes first.
                Level::Tell(severity) => severity <= from,
                Level::Allow => false,
            })
    }
}

/// How many findings ask for which part of the version of the emitted crate to be raised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Required {
    /// So many for the first part.
    pub major: usize,
    /// So many for the middle part.
    pub minor: usize,
    /// So many for the last part.
    pub patch: usize,
}

impl Required {
    /// Counts the findings, those among them that are not told. What a person allowed does not count, nor what the policy
    /// lets break for more than the middle part.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        let mut required = Self::default();
        let counted = findings.iter().filter(|finding| finding.allowed.is_none());
        for finding in counted {
            match finding.verdicts.rust {
                Bump::Major if finding.exempt => required.minor += 1,
                Bump::Major => required.major += 1,
                Bump::Minor => required.minor += 1,
                Bump::Patch => required.patch += 1,
                Bump::None => {}
            }
        }
        required
    }

    /// The part of the version that has to be raised.
    #[must_use]
    pub fn bump(&self) -> Bump {
        match self {
            Self { major: 1.., .. } => Bump::Major,
            Self { minor: 1.., .. } => Bump::Minor,
            Self { patch: 1.., .. } => Bump::Patch,
            _ => Bump::None,
        }
    }
}

impl fmt::Display for Required {
    /// `major (3 major, 12 minor)`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bump = self.bump();
        let counts = [
            (Bump::Major, self.major),
            (Bump::Minor, self.minor),
            (Bump::Patch, self.patch),
        ];
        let parts: Vec<String> = counts
            .iter()
            .filter(|(_, count)| *count > 0)
            .map(|(bump, count)| format!("{count} {bump}"))
            .collect();
        match parts.is_empty() {
            true => write!(f, "{bump}"),
            false => write!(f, "{bump} ({})", parts.join(", ")),
        }
    }
}
