//! The lock file: a schema as text that people can read, compare and merge.
//!
//! It is JSON with a line for each property and member, in the order of their names (members: of the docs), and
//! nothing in it depends on when or where it was written. Equal schemas give equal bytes.

mod load;
mod object;
mod references;
mod save;
mod unselected;

pub use self::unselected::Unselected;
use std::collections::BTreeMap;

use super::Schema;
use crate::Error;
use crate::source::DocsRevision;

/// The number of the format. Files of a newer format are refused; the number grows with every change that an older
/// Typedown cannot read. Since 2 there are `docs`, `settings`
/// and `unselected`.
pub const FORMAT: u64 = 2;

/// What a lock file holds: all that is needed to write the emitted crate again without the docs.
///
/// ```
/// use typedown::schema::{Lock, Schema};
///
/// let lock = Lock::of(&Schema::default(), &Schema::default());
/// assert_eq!(Lock::parse(&lock.to_text())?, lock);
/// # Ok::<(), typedown::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// Which docs the schema was read from, where these are in a git repository of their own.
    pub docs: Option<DocsRevision>,
    /// How it is emitted: the settings that are not as they are by default, by their names in the configuration.
    pub settings: BTreeMap<String, String>,
    /// What is emitted.
    pub schema: Schema,
    /// What is not, as far as the emitted texts tell of it.
    pub unselected: Unselected,
}

impl Lock {
    /// The lock of a part of a schema, such as [`Schema::select`] gives.
    #[must_use]
    pub fn of(part: &Schema, whole: &Schema) -> Self {
        Self {
            docs: None,
            settings: BTreeMap::new(),
            schema: part.clone(),
            unselected: Unselected::of(part, whole),
        }
    }

    /// The text of the lock file.
    #[must_use]
    pub fn to_text(&self) -> String {
        let Self {
            docs,
            settings,
            schema,
            unselected,
        } = self;
        save::save(docs.as_ref(), settings, schema, unselected)
    }

    /// Reads the text of a lock file.
    ///
    /// # Errors
    ///
    /// If the text is not a lock file of this or an older format, with the line and column of the first thing that
    /// is wrong.
    pub fn parse(text: &str) -> Result<Self, Error> {
        load::load(text)
    }
}

/// The text of the lock of a part of a schema, without the docs' revision.
pub(crate) fn text_of(
    part: &Schema,
    whole: &Schema,
    settings: &BTreeMap<String, String>,
) -> String {
    save::save(None, settings, part, &Unselected::of(part, whole))
}

/// Whether two lock files differ at most in the revision of the docs.
pub(crate) fn is_same_schema(one: &str, other: &str) -> bool {
    save::around_docs(one) == save::around_docs(other)
}

/// Tells in the text of a lock file of another revision of the docs, or of none.
pub(crate) fn tell_docs(text: &mut String, docs: Option<&DocsRevision>) {
    save::tell_docs(text, docs);
}

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
        save::save(None, &BTreeMap::new(), self, &Unselected::default())
    }

    /// Reads the text of a lock file; what it holds beside the schema is left out.
    ///
    /// # Errors
    ///
    /// Those of [`Lock::parse`].
    pub fn from_lock(text: &str) -> Result<Self, Error> {
        Ok(Lock::parse(text)?.schema)
    }
}

#[cfg(test)]
mod tests;
