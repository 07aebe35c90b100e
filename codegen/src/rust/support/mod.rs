//! What the types of this crate share.
//!
//! Each type is a plain struct and a table of its members. All that a type can do is written once, here, over that
//! table: reading and writing JSON, cloning, comparing, printing. This keeps a crate of thousands of types cheap to
//! compile, and a program pays only for the types that it names.

mod convert;
mod enumeration;
mod extra;
mod field;
mod macros;
mod object;
mod ops;
mod page;
mod patch;
mod path;
mod place;
mod polymorphic;
mod raw;
mod read;
mod scalar;
mod settings;
mod slots;
mod structured;
mod unlisted;
mod write;

pub use self::enumeration::{Enumeration, clone_member, same_member};
pub use self::extra::Extra;
pub use self::field::{Mut, Ref};
#[allow(unused_imports)]
pub(crate) use self::macros::{enumeration, object, polymorphic, shared};
pub use self::object::{Object, Table};
pub use self::ops::{clone, debug, eq};
pub use self::page::Page;
pub use self::polymorphic::{Polymorphic, retype};
pub use self::read::{read, read_member};
pub use self::scalar::{Found, Item, Put, Scalar};
pub use self::slots::{Foreign, Held, Objects, Shape, Values};
pub use self::structured::{Presence, Structured};
pub use self::unlisted::Unlisted;
pub use self::write::{write, write_member};
