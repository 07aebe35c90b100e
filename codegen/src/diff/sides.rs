//! What is compared has two sides.

/// The same thing in the old schema and in the new one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sides<T> {
    /// In the old schema.
    pub old: T,
    /// In the new schema.
    pub new: T,
}

impl<T> Sides<T> {
    /// Both sides.
    #[must_use]
    pub const fn new(old: T, new: T) -> Self {
        Self { old, new }
    }

    /// The sides, each seen through a function.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Sides<U> {
        Sides {
            old: f(self.old),
            new: f(self.new),
        }
    }

    /// The sides by reference.
    #[must_use]
    pub const fn as_ref(&self) -> Sides<&T> {
        Sides {
            old: &self.old,
            new: &self.new,
        }
    }

    /// The old side for the new one, and the other way around.
    #[must_use]
    pub fn swap(self) -> Self {
        Self {
            old: self.new,
            new: self.old,
        }
    }
}

impl<T> Sides<Option<T>> {
    /// The new side, or the old one where there is none.
    pub fn latest(self) -> Option<T> {
        self.new.or(self.old)
    }
}
