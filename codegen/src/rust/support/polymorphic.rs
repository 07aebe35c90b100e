//! Values of a type or of one that derives from it.

use super::convert::fill;
use super::object::{Object, bare};
use super::structured::Structured;
use std::borrow::Cow;

/// A value of a type or of one that derives from it: an enum with a variant for each of them.
///
/// Reading takes the variant that `@odata.type` names, wherever that stands among the members. A value without it, or
/// with a type that is not listed, is of the base type; what the base has no field for is in `extra`. Writing adds the
/// type where it is needed and missing.
pub trait Polymorphic: Object + Default + Clone {
    /// The type that the others derive from.
    type Base: Structured;
    /// An empty value of the type of this name; none if it does not derive from the base.
    #[doc(hidden)]
    fn named(name: &str) -> Option<Self>;
    /// The value, whatever its type.
    #[doc(hidden)]
    fn object(&self) -> &dyn Object;
    /// The same, to be changed.
    #[doc(hidden)]
    fn object_mut(&mut self) -> &mut dyn Object;

    /// The value, if it is of the base type itself.
    #[doc(hidden)]
    fn base(&self) -> Option<&Self::Base>;

    /// The value seen as the base type: borrowed if it is of that type, else a copy with what the base has fields for.
    ///
    /// The copy holds all the rest in its `extra`, as that of [`to_base`](Self::to_base) does.
    fn as_base(&self) -> Cow<'_, Self::Base> {
        match self.base() {
            Some(base) => Cow::Borrowed(base),
            None => Cow::Owned(self.to_base()),
        }
    }

    /// The value as the base type. What that has no field for is in its `extra`, from where it finds back.
    fn to_base(&self) -> Self::Base {
        self.convert()
    }
}

/// Makes of a value one of the type that `@odata.type` names.
pub fn retype<T: Polymorphic>(value: &mut T, odata_type: &str) -> bool {
    let name = bare(odata_type);
    if name == value.object().table().name {
        return false;
    }
    let Some(mut new) = T::named(name) else {
        return false;
    };
    fill(value.object(), new.object_mut());
    *value = new;
    true
}
