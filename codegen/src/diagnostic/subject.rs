//! What a diagnostic is about.

use std::fmt;

/// The type, or the property or member of a type, that a diagnostic is about. It stays the same when lines move, so
/// suppressions and fingerprints name findings by it.
///
/// ```
/// use typedown::diagnostic::Subject;
///
/// let subject = Subject::member("microsoft.graph.call", "state");
/// assert_eq!(subject.to_string(), "microsoft.graph.call/state");
/// assert!(subject.is_named("state") && subject.is_named("call/State"));
/// assert!(!subject.is_named("id"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subject(pub(crate) Box<str>);

impl Subject {
    /// A type, by its qualified name where it is known.
    #[must_use]
    pub fn ty(ty: &str) -> Self {
        Self(ty.into())
    }

    /// A property or member of a type.
    #[must_use]
    pub fn member(ty: &str, member: &str) -> Self {
        Self(format!("{ty}/{member}").into())
    }

    /// The name of the type, and that of its property or member; none if the type as a whole is meant.
    #[must_use]
    pub fn parts(&self) -> (&str, Option<&str>) {
        match self.0.split_once('/') {
            Some((ty, member)) => (ty, Some(member)),
            None => (&self.0, None),
        }
    }

    /// Whether a writer means this subject by `property`, `type` or `type/property`, in any casing, with namespaces or
    /// without.
    #[must_use]
    pub fn is_named(&self, name: &str) -> bool {
        let (ty, member) = self.parts();
        match (name.rsplit_once('/'), member) {
            (Some((named, of)), Some(own)) => own.eq_ignore_ascii_case(of) && same_type(ty, named),
            (Some(_), None) => false,
            (None, Some(own)) => own.eq_ignore_ascii_case(name) || same_type(ty, name),
            (None, None) => same_type(ty, name),
        }
    }
}

/// Whether two names may mean one type: a namespace counts only where both have one.
pub(super) fn same_type(a: &str, b: &str) -> bool {
    let short = |name: &str| name.rsplit('.').next().unwrap_or(name).to_ascii_lowercase();
    if a.contains('.') && b.contains('.') {
        a.eq_ignore_ascii_case(b)
    } else {
        short(a) == short(b)
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_namespace_counts_only_where_both_names_have_one() {
        let subject = Subject::member("a.b.tone", "pitch");
        assert!(subject.is_named("tone/pitch") && subject.is_named("A.B.Tone/Pitch"));
        assert!(!subject.is_named("a.c.tone/pitch"));
        assert!(Subject::ty("tone").is_named("a.b.tone"));
    }

    #[test]
    fn a_type_stands_for_all_of_its_members_but_not_the_other_way_round() {
        assert!(Subject::member("a.tone", "pitch").is_named("a.tone"));
        assert!(!Subject::ty("a.tone").is_named("tone/pitch"));
    }
}
