//! The lock file: a schema as text that people can read, compare and merge.
//!
//! It is JSON with a line for each property and member, in the order of their names (members: of the docs), and
//! nothing in it depends on when or where it was written. Equal schemas give equal bytes.

mod load;
mod object;
mod references;
mod save;

use super::Schema;
use crate::Error;

/// The number of the format. Files of a newer format are refused; the number grows with every change that an older
/// Typedown cannot read.
pub const FORMAT: u64 = 1;

impl Schema {
    /// The text of the lock file.
    ///
    /// ```
    /// use typedown::schema::Schema;
    ///
    /// let schema = Schema::default();
    /// assert_eq!(Schema::from_lock(&schema.to_lock())?, schema);
    /// # Ok::<(), typedown::Error>(())
    /// ```
    #[must_use]
    pub fn to_lock(&self) -> String {
        save::save(self)
    }

    /// Reads the text of a lock file.
    ///
    /// # Errors
    ///
    /// If the text is not a lock file of this or an older format, with the line and column of the first thing that
    /// is wrong.
    pub fn from_lock(text: &str) -> Result<Self, Error> {
        load::load(text)
    }
}

#[cfg(test)]
mod tests;
