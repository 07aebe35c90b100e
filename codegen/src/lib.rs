//! Typedown.
#![deny(missing_docs)]
pub mod claims;
pub mod diagnostic;
mod error;
mod generator;
pub mod page;
mod parallel;
pub mod source;
pub mod schema;
pub use error::Error;
pub use generator::{Generator, Reading};
