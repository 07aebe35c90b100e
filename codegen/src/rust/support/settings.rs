//! What the generator was asked for.

/// Whether a value that does not fit the documented type of its property is kept among the leftover members, instead of
/// being an error.
pub(super) const KEEPS_MISFITS: bool = false;
