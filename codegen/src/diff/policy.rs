//! What a team makes of the verdicts. Facts and rules do not depend on it.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::rule::Rule;
use super::verdict::Wire;
use crate::diagnostic::{Level, Severity};
use crate::near::suggestion;
use crate::schema::is_stable;

/// What a team makes of the verdicts.
///
/// ```
/// use typedown::diagnostic::{Level, Severity};
/// use typedown::diff::{Policy, Wire};
///
/// let mut policy = Policy::default();
/// policy.beta_may_break = true;
/// policy.enum_members = Wire::Safe;
/// policy.set_level("property-removed", Level::Tell(Severity::Warning))?;
/// let unknown = policy.set_level("property-remove", Level::Allow).unwrap_err();
/// assert_eq!(unknown.to_string(), "there is no rule `property-remove`; did you mean `property-removed`?");
/// # Ok::<(), typedown::diff::UnknownRule>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// The levels of rules about which more is said than what their verdicts say.
    levels: BTreeMap<&'static str, Level>,
    /// Whether what breaks only a version that is not stable is no more than good to know.
    pub beta_may_break: bool,
    /// What a member means to readers that is added to an enumeration without a sentinel. Graph's promise to its
    /// customers calls this compatible, its guidelines for those who build it call it breaking.
    pub enum_members: Wire,
    /// What literals of structs look like in code that uses the crate.
    pub literals: Literals,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            levels: BTreeMap::new(),
            beta_may_break: false,
            enum_members: Wire::Risky,
            literals: Literals::default(),
        }
    }
}

/// What literals of structs look like in code that uses the crate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Literals {
    /// They end with `..Default::default()`, as the emitted crate asks for, so that a field more breaks none of them.
    #[default]
    Open,
    /// They may name every field, so that a field more is a major change.
    Complete,
}

impl Literals {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Open, Self::Complete];

    /// `open` or `complete`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Complete => "complete",
        }
    }
}

/// A name that no rule has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownRule {
    /// The name.
    pub name: String,
}

impl std::fmt::Display for UnknownRule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let rules: Vec<&str> = Rule::all().map(|rule| rule.id).collect();
        let suggestion = suggestion(&self.name, &rules);
        write!(f, "there is no rule `{}`; {suggestion}", self.name)
    }
}

impl std::error::Error for UnknownRule {}

impl Policy {
    /// Says how loudly findings of a rule are told.
    ///
    /// # Errors
    ///
    /// If no rule has this name.
    pub fn set_level(&mut self, rule: &str, level: Level) -> Result<(), UnknownRule> {
        let known = Rule::find(rule).ok_or_else(|| UnknownRule {
            name: rule.to_owned(),
        })?;
        self.levels.insert(known.id, level);
        Ok(())
    }

    /// Says how loudly a finding is told, and whether it may break.
    pub(super) fn judge(&self, finding: &mut Finding) {
        finding.exempt = self.beta_may_break && !is_stable(&finding.versions.new);
        finding.level = match self.levels.get(finding.rule.id) {
            Some(level) => *level,
            None if !finding.rule.is_told() => Level::Allow,
            None if finding.exempt => Level::Tell(Severity::Note),
            None => Level::Tell(finding.verdicts.severity()),
        };
    }
}
