//! What the types of this crate share.
//!
//! Each type is a plain struct and a table of its members. All that a type can do is written once, here, over that
//! table: reading and writing JSON, cloning, comparing, printing. This keeps a crate of thousands of types cheap to
//! compile, and a program pays only for the types that it names.

mod extra;
mod field;
mod macros;
mod object;
mod ops;
mod read;
mod scalar;
mod slots;
mod write;

pub use self::extra::Extra;
#[doc(hidden)]
pub use self::field::{Mut, Ref};
#[allow(unused_imports)]
pub(crate) use self::macros::{enumeration, object};
#[doc(hidden)]
pub use self::object::{Object, Table};
#[doc(hidden)]
pub use self::ops::{clone, debug, eq};
#[doc(hidden)]
pub use self::read::{read, read_text};
#[doc(hidden)]
pub use self::scalar::{Found, Item, Scalar};
#[doc(hidden)]
pub use self::slots::{Objects, Values};
#[doc(hidden)]
pub use self::write::write;
