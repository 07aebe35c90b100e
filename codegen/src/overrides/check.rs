//! What is wrong with an override by itself, whatever the docs say.

use super::{Kind, Override};
use crate::schema::{is_reserved, told_of_reserved};

/// The part of an override that is wrong, and why.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Misuse {
    /// The verb; without one the path.
    pub(crate) verb: Option<&'static str>,
    pub(crate) message: String,
}

impl Override {
    /// What it can do.
    pub(crate) const VERBS: [&'static str; 6] =
        ["rename", "type", "base", "kind", "values", "skip"];

    /// The verbs that it uses.
    fn verbs(&self) -> Vec<&'static str> {
        let used = [
            self.rename.is_some(),
            self.ty.is_some(),
            self.base.is_some(),
            self.kind.is_some(),
            self.values.is_some(),
            self.skip,
        ];
        let verbs = Self::VERBS.into_iter().zip(used);
        verbs
            .filter_map(|(verb, used)| used.then_some(verb))
            .collect()
    }

    /// The first thing that cannot be meant.
    pub(crate) fn misuse(&self) -> Option<Misuse> {
        let path = &self.path;
        let wrong = |verb, message: String| Some(Misuse { verb, message });
        let (ty, member) = self.subject();
        let blank = |name: &str| name.is_empty() || name.contains([' ', '/']);
        if blank(ty) || member.is_some_and(blank) {
            return wrong(
                None,
                format!(
                    "expected a type such as `microsoft.graph.thing`, or a property or member such as \
                     `microsoft.graph.thing/size`, found `{path}`"
                ),
            );
        }
        let verbs = self.verbs();
        if verbs.is_empty() {
            return wrong(
                None,
                format!(
                    "nothing is said of `{path}`: expected one of {}",
                    Self::VERBS.join(", ")
                ),
            );
        }
        if self.skip
            && let Some(other) = verbs.iter().find(|verb| **verb != "skip")
        {
            return wrong(
                Some("skip"),
                format!("`skip` leaves `{path}` out, and `{other}` changes it: remove one of them"),
            );
        }
        if member.is_some()
            && let Some(verb) = verbs.iter().find(|verb| matches!(**verb, "base" | "kind"))
        {
            return wrong(
                Some(verb),
                format!("`{verb}` is for types, `{path}` is a property or member"),
            );
        }
        if member.is_none() && self.ty.is_some() {
            return wrong(
                Some("type"),
                format!("`type` is for properties, such as `{path}/size`; `kind` is for types"),
            );
        }
        match self.kind {
            Some(Kind::Enum) if self.base.is_some() => {
                return wrong(Some("base"), "an enumeration has no base".into());
            }
            Some(kind @ (Kind::Entity | Kind::Complex)) if self.values.is_some() => {
                return wrong(
                    Some("values"),
                    format!(
                        "`values` are an enumeration's, `kind` makes `{path}` {}",
                        a_kind(kind.name())
                    ),
                );
            }
            _ => {}
        }
        if let Some(name) = &self.rename {
            let mut parts = name.split('.');
            let qualified = name.contains('.');
            if !parts.all(is_identifier) || (qualified && member.is_some()) {
                let what = if member.is_some() {
                    "a name of letters, digits and `_`"
                } else {
                    "a short or qualified name of letters, digits and `_`"
                };
                return wrong(Some("rename"), format!("expected {what}, found `{name}`"));
            }
            if is_reserved(name) {
                return wrong(Some("rename"), told_of_reserved(name));
            }
        }
        for (index, value) in self.values.iter().flatten().enumerate() {
            if value.trim().is_empty() {
                return wrong(Some("values"), "a value is blank".into());
            }
            let same = |other: &&String| other.eq_ignore_ascii_case(value);
            if self.values.iter().flatten().take(index).any(|v| same(&v)) {
                return wrong(
                    Some("values"),
                    format!("the value `{value}` is there twice"),
                );
            }
        }
        None
    }
}

/// `an entity type`, for the name of a kind.
pub(crate) fn a_kind(name: &str) -> &'static str {
    match name {
        "entity" => "an entity type",
        "complex" => "a complex type",
        _ => "an enumeration",
    }
}

/// OData's simple identifiers (CSDL 4.01, section 15.2).
fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c.is_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{TypeName, TypeRef};

    fn misuse(entry: Override) -> String {
        let misuse = entry.misuse().expect("it is misused");
        format!("{}: {}", misuse.verb.unwrap_or("the path"), misuse.message)
    }

    fn of(path: &str) -> Override {
        Override::of(path)
    }

    #[test]
    fn a_path_has_one_or_two_names() {
        for path in ["", "a.b/", "a.b/c/d", "a b"] {
            let entry = Override {
                skip: true,
                ..of(path)
            };
            assert_eq!(
                misuse(entry),
                format!(
                    "the path: expected a type such as `microsoft.graph.thing`, or a property or member such as \
                     `microsoft.graph.thing/size`, found `{path}`"
                )
            );
        }
    }

    #[test]
    fn an_override_says_something() {
        assert_eq!(
            misuse(of("a.b")),
            "the path: nothing is said of `a.b`: expected one of rename, type, base, kind, values, skip"
        );
    }

    #[test]
    fn what_is_left_out_is_not_changed() {
        let entry = Override {
            skip: true,
            kind: Some(Kind::Enum),
            ..of("a.b")
        };
        assert_eq!(
            misuse(entry),
            "skip: `skip` leaves `a.b` out, and `kind` changes it: remove one of them"
        );
    }

    #[test]
    fn types_and_properties_have_verbs_of_their_own() {
        let entry = Override {
            ty: TypeRef::parse("Edm.Int32"),
            ..of("a.b")
        };
        assert_eq!(
            misuse(entry),
            "type: `type` is for properties, such as `a.b/size`; `kind` is for types"
        );
        let entry = Override {
            base: Some(None),
            ..of("a.b/c")
        };
        assert_eq!(
            misuse(entry),
            "base: `base` is for types, `a.b/c` is a property or member"
        );
    }

    #[test]
    fn an_enumeration_has_values_and_no_base() {
        let entry = Override {
            kind: Some(Kind::Enum),
            base: Some(TypeName::parse("a.c")),
            ..of("a.b")
        };
        assert_eq!(misuse(entry), "base: an enumeration has no base");
        let entry = Override {
            kind: Some(Kind::Entity),
            values: Some(vec!["x".into()]),
            ..of("a.b")
        };
        assert_eq!(
            misuse(entry),
            "values: `values` are an enumeration's, `kind` makes `a.b` an entity type"
        );
    }

    #[test]
    fn names_are_identifiers() {
        let renamed = |path: &str, name: &str| Override {
            rename: Some(name.into()),
            ..of(path)
        };
        assert_eq!(renamed("a.b", "c.d_1").misuse(), None);
        assert_eq!(renamed("a.b/c", "größe").misuse(), None);
        assert_eq!(
            misuse(renamed("a.b", "c..d")),
            "rename: expected a short or qualified name of letters, digits and `_`, found `c..d`"
        );
        assert_eq!(
            misuse(renamed("a.b", "Edm.c")),
            "rename: expected a name in a namespace of the service, found `Edm.c`, which is in OData's own"
        );
        assert_eq!(
            misuse(renamed("a.b/c", "d.e")),
            "rename: expected a name of letters, digits and `_`, found `d.e`"
        );
    }

    #[test]
    fn values_differ() {
        let listed = |values: &[&str]| Override {
            values: Some(values.iter().map(|value| (*value).into()).collect()),
            ..of("a.b")
        };
        assert_eq!(misuse(listed(&["x", " "])), "values: a value is blank");
        assert_eq!(
            misuse(listed(&["x", "y", "X"])),
            "values: the value `X` is there twice"
        );
        assert_eq!(listed(&[]).misuse(), None);
    }
}
