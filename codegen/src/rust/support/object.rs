//! The language in which a type tells of its members.

use super::field::{Mut, Ref};

/// What is known of a type without an instance.
pub struct Table {
    /// Its name in Rust.
    pub rust: &'static str,
    /// Its qualified name in the docs.
    pub name: &'static str,
    /// The names of its members in JSON: shorter ones first, and those of a length in ascending order.
    pub keys: &'static [&'static str],
}

impl Table {
    /// The position of a name.
    #[inline]
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        // Few names have the same length, so few have to be looked at.
        let start = self.keys.partition_point(|probe| probe.len() < key.len());
        let same_length = self.keys.get(start..)?.iter();
        let mut same_length = same_length.take_while(|probe| probe.len() == key.len());
        same_length
            .position(|probe| *probe == key)
            .map(|at| start + at)
    }

    /// The same, where the name is likely to be at a position.
    pub(super) fn find_near(&self, key: &str, likely: usize) -> Option<usize> {
        match self.keys.get(likely) {
            Some(next) if *next == key => Some(likely),
            _ => self.find(key),
        }
    }
}

/// A struct whose fields can be reached by their position in its table, or one of several such structs.
pub trait Object {
    /// The table.
    fn table(&self) -> &'static Table;
    /// The field at a position; behind the last one, the members without a field.
    fn get(&self, index: usize) -> Ref<'_>;
    /// The same, to be changed.
    fn get_mut(&mut self, index: usize) -> Mut<'_>;

    /// Becomes the type that `@odata.type` names, with all that it holds, if it can be that type and is not yet.
    fn retype(&mut self, _odata_type: &str) -> bool {
        false
    }

    /// The name that `@odata.type` must have for this value to be read as what it is: none if that goes without saying.
    fn implied_type(&self) -> Option<&'static str> {
        None
    }
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

    #[inline]
    fn retype(&mut self, odata_type: &str) -> bool {
        (**self).retype(odata_type)
    }

    #[inline]
    fn implied_type(&self) -> Option<&'static str> {
        (**self).implied_type()
    }
}

/// The members of an object that have no field.
pub(super) fn extra(object: &dyn Object) -> &super::Extra {
    const NONE: &super::Extra = &super::Extra::EMPTY;
    match object.get(usize::MAX) {
        Ref::Extra(extra) => extra,
        _ => NONE,
    }
}

/// The same, to be changed.
pub(super) fn extra_mut(object: &mut dyn Object) -> Option<&mut super::Extra> {
    match object.get_mut(usize::MAX) {
        Mut::Extra(extra) => Some(extra),
        _ => None,
    }
}

/// The name of the member that says which type an object is of.
pub(super) const ODATA_TYPE: &str = "@odata.type";

/// A type's qualified name, without what stands before it: `#`, or the address of the service's metadata.
pub(super) fn bare(odata_type: &str) -> &str {
    odata_type.rsplit('#').next().unwrap_or(odata_type)
}
