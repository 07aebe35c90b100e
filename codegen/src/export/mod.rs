//! From a schema to formats that other tools read.

#[cfg(feature = "cli")]
mod csdl;
mod json_schema;
mod text;

#[cfg(feature = "cli")]
pub use self::csdl::csdl;
pub use self::json_schema::json_schema;
