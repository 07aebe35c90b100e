//! What a row says of a property in words.

use std::fmt::{self, Debug};

/// What a property's row says in words. Silence is not the opposite: most rows say nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PropertyTrait {
    /// Must not be written.
    ReadOnly,
    /// Must be given on creation.
    Required,
    /// May be null, in words.
    Nullable,
    /// May not be null, in words.
    NotNullable,
    /// Will go away.
    Deprecated,
    /// Comes only when named in `$select`.
    SelectOnly,
    /// The entities that a navigation property leads to are part of this one (`ContainsTarget`).
    Contained,
}

impl PropertyTrait {
    /// Every trait, in the order of the lock file.
    pub const ALL: [Self; 7] = [
        Self::ReadOnly,
        Self::Required,
        Self::Nullable,
        Self::NotNullable,
        Self::Deprecated,
        Self::SelectOnly,
        Self::Contained,
    ];

    /// The name in the lock file and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ReadOnly => "readOnly",
            Self::Required => "required",
            Self::Nullable => "nullable",
            Self::NotNullable => "notNullable",
            Self::Deprecated => "deprecated",
            Self::SelectOnly => "selectOnly",
            Self::Contained => "contained",
        }
    }
}

/// What is said of a property. A set in a byte, for there are as many of them as the docs have rows.
///
/// ```
/// use typedown::schema::{PropertyTrait, PropertyTraits};
///
/// let said: PropertyTraits = [PropertyTrait::Required, PropertyTrait::ReadOnly].into();
/// assert!(said.contains(PropertyTrait::Required) && !said.contains(PropertyTrait::Nullable));
/// assert!(said.iter().eq([PropertyTrait::ReadOnly, PropertyTrait::Required]));
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct PropertyTraits(u8);

impl PropertyTraits {
    /// Whether this is said.
    #[must_use]
    pub fn contains(self, what: PropertyTrait) -> bool {
        self.0 & bit(what) != 0
    }

    /// Whether nothing is said.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Adds that this is said.
    pub fn insert(&mut self, what: PropertyTrait) {
        self.0 |= bit(what);
    }

    /// Takes away that this is said.
    pub fn remove(&mut self, what: PropertyTrait) {
        self.0 &= !bit(what);
    }

    /// The set as a byte of a file.
    pub(crate) fn to_byte(self) -> u8 {
        self.0
    }

    /// The set of a byte; none if it is of none.
    pub(crate) fn from_byte(byte: u8) -> Option<Self> {
        (byte >> PropertyTrait::ALL.len() == 0).then_some(Self(byte))
    }

    /// What is said, in the order of [`PropertyTrait::ALL`].
    pub fn iter(self) -> impl Iterator<Item = PropertyTrait> {
        let all = PropertyTrait::ALL.into_iter();
        all.filter(move |what| self.contains(*what))
    }
}

fn bit(what: PropertyTrait) -> u8 {
    1 << what as u8
}

impl Extend<PropertyTrait> for PropertyTraits {
    fn extend<I: IntoIterator<Item = PropertyTrait>>(&mut self, traits: I) {
        traits.into_iter().for_each(|what| self.insert(what));
    }
}

impl FromIterator<PropertyTrait> for PropertyTraits {
    fn from_iter<I: IntoIterator<Item = PropertyTrait>>(traits: I) -> Self {
        let mut said = Self::default();
        said.extend(traits);
        said
    }
}

impl<const N: usize> From<[PropertyTrait; N]> for PropertyTraits {
    fn from(traits: [PropertyTrait; N]) -> Self {
        traits.into_iter().collect()
    }
}

impl Debug for PropertyTraits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_trait_is_said_by_itself() {
        for what in PropertyTrait::ALL {
            let mut said = PropertyTraits::from([what]);
            let others = PropertyTrait::ALL.into_iter();
            assert_eq!(others.filter(|other| said.contains(*other)).count(), 1);
            said.remove(what);
            assert!(said.is_empty());
        }
    }
}
