//! Qualified type names.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

/// A type's qualified name: its namespace, a dot and its short name, such as `microsoft.graph.callRecords.session`.
///
/// ```
/// use typedown::schema::TypeName;
///
/// let name = TypeName::new("microsoft.graph.callRecords", "session");
/// assert_eq!(name.as_str(), "microsoft.graph.callRecords.session");
/// assert_eq!(name.namespace(), "microsoft.graph.callRecords");
/// assert_eq!(name.short(), "session");
/// ```
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TypeName(Arc<str>);

impl TypeName {
    /// Joins a namespace and a short name.
    #[must_use]
    pub fn new(namespace: &str, short: &str) -> Self {
        Self(format!("{namespace}.{short}").into())
    }

    /// Takes a name that already has its namespace; `None` if there is no dot with something on both sides of it, or if it is
    /// longer than names are.
    #[must_use]
    pub fn parse(qualified: &str) -> Option<Self> {
        is_qualified(qualified).then(|| Self(qualified.into()))
    }

    /// The text that is shared among all copies of the name.
    pub(crate) fn shared(&self) -> &Arc<str> {
        &self.0
    }

    /// The same as [`parse`](Self::parse) for a text that is shared.
    pub(crate) fn from_shared(qualified: Arc<str>) -> Option<Self> {
        is_qualified(&qualified).then_some(Self(qualified))
    }

    /// The whole name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands before the last dot.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.0
            .rsplit_once('.')
            .map_or("", |(namespace, _)| namespace)
    }

    /// What stands behind the last dot.
    #[must_use]
    pub fn short(&self) -> &str {
        self.0.rsplit_once('.').map_or(&self.0, |(_, short)| short)
    }
}

/// How many bytes a qualified name has at most: those of a namespace and of an identifier (CSDL 4.01, sections 15.2 and 15.1).
const LONGEST: usize = 511 + 1 + 128;

/// Whether there is a dot with something on both sides of it.
fn is_qualified(name: &str) -> bool {
    let parts = name.rsplit_once('.').filter(|_| name.len() <= LONGEST);
    parts.is_some_and(|(namespace, short)| !namespace.is_empty() && !short.is_empty())
}

/// Whether a name lies in `Edm`, which holds OData's own types: no schema may describe others there (CSDL 4.01, section 5),
/// and where a type is referred to by its name, none of them could be told from a primitive one.
pub(crate) fn is_reserved(qualified: &str) -> bool {
    let outermost = qualified.split_once('.');
    outermost.is_some_and(|(outermost, _)| outermost.eq_ignore_ascii_case("Edm"))
}

/// What to tell of such a name, where it is shown like this.
pub(crate) fn told_of_reserved(shown: &str) -> String {
    format!(
        "expected a name in a namespace of the service, found `{shown}`, which is in OData's own"
    )
}

/// Whether two names are the same but for the case of their letters.
pub(crate) fn is_same_in_any_case(one: &str, other: &str) -> bool {
    // Most names differ in their first letter, which is quickly told.
    if let ([one, ..], [other, ..]) = (one.as_bytes(), other.as_bytes())
        && one.is_ascii()
        && other.is_ascii()
        && !one.eq_ignore_ascii_case(other)
    {
        return false;
    }
    match one.is_ascii() && other.is_ascii() {
        true => one.eq_ignore_ascii_case(other),
        false => one.to_lowercase() == other.to_lowercase(),
    }
}

impl Borrow<str> for TypeName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for TypeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for TypeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
