//! What whoever runs a check makes of each code.

use std::collections::BTreeMap;

use super::{Code, Severity};
use crate::near::suggestion;

/// What to make of a code: tell it as so grave, or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Not told.
    Allow,
    /// Told as this.
    Tell(Severity),
}

impl Level {
    /// Every level by the name it has in configuration files.
    pub const ALL: [(&'static str, Self); 4] = [
        ("error", Self::Tell(Severity::Error)),
        ("warning", Self::Tell(Severity::Warning)),
        ("note", Self::Tell(Severity::Note)),
        ("allow", Self::Allow),
    ];

    /// The level of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, level)| *level)
    }

    /// The level of this name, or what may be meant.
    pub(crate) fn named(name: &str) -> Result<Self, String> {
        Self::from_name(name).ok_or_else(|| {
            let near = suggestion(name, &Self::ALL.map(|(name, _)| name));
            format!("there is no level `{name}`; {near}")
        })
    }
}

/// The levels of all codes: the catalogue's own severities but for those that were set.
///
/// ```
/// use typedown::diagnostic::{Code, Level, Levels, Severity};
///
/// let levels: Levels = [(Code::TypeRepeated, Level::Allow)].into_iter().collect();
/// assert_eq!(levels.severity(Code::TypeRepeated), None);
/// assert_eq!(levels.severity(Code::BaseCycle), Some(Severity::Error));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<Code, Level>);

impl Levels {
    /// How grave a code is; `None` if it is not to be told.
    #[must_use]
    pub fn severity(&self, code: Code) -> Option<Severity> {
        match self.0.get(&code) {
            Some(Level::Allow) => None,
            Some(Level::Tell(severity)) => Some(*severity),
            None => Some(code.severity()),
        }
    }

    /// Sets the level of a code.
    pub fn set(&mut self, code: Code, level: Level) {
        self.0.insert(code, level);
    }
}

impl FromIterator<(Code, Level)> for Levels {
    fn from_iter<I: IntoIterator<Item = (Code, Level)>>(levels: I) -> Self {
        Self(levels.into_iter().collect())
    }
}
