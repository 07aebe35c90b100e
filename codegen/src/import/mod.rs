//! From formats that other tools write to a schema.

mod csdl;

pub use self::csdl::csdl;
