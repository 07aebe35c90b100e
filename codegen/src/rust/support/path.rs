//! Where in a JSON document something stands.

use std::fmt;

/// The way from the outermost object to a value, as links on the stack: nothing is written down unless something is
/// wrong.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    /// The outermost object.
    Root,
    /// A member of an object.
    Member(&'a Path<'a>, &'static str),
    /// An element of an array.
    Element(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    /// As a JSON path, such as `$.parts[3].count`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Documents may be as deep as the reader's stack allows, but no deeper.
        match self {
            Self::Root => f.write_str("$"),
            Self::Member(parent, name) => write!(f, "{parent}.{name}"),
            Self::Element(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}
