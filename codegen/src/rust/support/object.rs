//! The language in which a type tells of its members.

use super::field::{Mut, Ref};

/// What is known of a type without an instance.
pub struct Table {
    /// Its name in Rust.
    pub rust: &'static str,
    /// Its qualified name in the docs.
    pub name: &'static str,
    /// The names of its members in JSON, in ascending order.
    pub keys: &'static [&'static str],
}

impl Table {
    /// The position of a name. Most objects name their members in the order of the last one, so `likely` is tried
    /// before the search.
    pub(super) fn find(&self, key: &str, likely: usize) -> Option<usize> {
        match self.keys.get(likely) {
            Some(next) if *next == key => Some(likely),
            // Names differ in their first letters, so a loop finds the difference before a call of `memcmp` would begin.
            _ => self
                .keys
                .binary_search_by(|probe| probe.bytes().cmp(key.bytes()))
                .ok(),
        }
    }
}

/// A struct whose fields can be reached by their position in its table.
pub trait Object {
    /// The table.
    fn table(&self) -> &'static Table;
    /// The field at a position; behind the last one, the members without a field.
    fn get(&self, index: usize) -> Ref<'_>;
    /// The same, to be changed.
    fn get_mut(&mut self, index: usize) -> Mut<'_>;
}

impl<T: Object> Object for Box<T> {
    #[inline]
    fn table(&self) -> &'static Table {
        (**self).table()
    }

    #[inline]
    fn get(&self, index: usize) -> Ref<'_> {
        (**self).get(index)
    }

    #[inline]
    fn get_mut(&mut self, index: usize) -> Mut<'_> {
        (**self).get_mut(index)
    }
}
