//! What must hold for any lock file.

use typedown::schema::{Lock, Schema};

/// What is saved is loaded again, the same, and saved as the same bytes.
///
/// # Panics
///
/// If a law is broken.
pub fn holds(schema: &Schema) {
    let text = schema.to_lock();
    let loaded = Schema::from_lock(&text).expect("what is saved is loaded again");
    assert_eq!(loaded, *schema);
    assert_eq!(loaded.to_lock(), text);
}

/// The same for a text that may be a lock file: loaded and saved, it is the one text of what it holds.
///
/// # Panics
///
/// If a law is broken.
#[must_use]
pub fn of_text(text: &str) -> Option<Lock> {
    let lock = Lock::parse(text).ok()?;
    let saved = lock.to_text();
    let loaded = Lock::parse(&saved).expect("what is saved is loaded again");
    assert_eq!(loaded, lock);
    assert_eq!(loaded.to_text(), saved);
    Some(lock)
}
