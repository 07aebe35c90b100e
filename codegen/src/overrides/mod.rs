//! What only a person can know: where the docs are wrong or silent, an override says what is right.
//!
//! Overrides outrank all [evidence](crate::schema::Evidence). They change what the docs say and add nothing to it: one
//! that no type, property or member answers to makes the run impossible, so that none outlives its reason. In
//! `typedown.toml` each is a table under `overrides`; a build script makes them itself:
//!
//! ```
//! use typedown::Generator;
//! use typedown::overrides::{Kind, Override};
//! use typedown::schema::TypeRef;
//! use typedown::source::MemoryFiles;
//!
//! let files = MemoryFiles::new([(
//!     "api-reference/beta/resources/toneinfo.md",
//!     "# toneInfo resource type\n\n## Properties\n\n|Property|Type|\n|:--|:--|\n|sequenceId|Int32|\n",
//! )]);
//! let generator = Generator::new().overrides([
//!     Override {
//!         kind: Some(Kind::Entity),
//!         ..Override::of("microsoft.graph.toneInfo")
//!     },
//!     Override {
//!         ty: TypeRef::parse("Edm.Int64"),
//!         ..Override::of("microsoft.graph.toneInfo/sequenceId")
//!     },
//! ]);
//! let schema = generator.read(&files)?.schema;
//! let tone_info = &schema.versions["beta"].types["microsoft.graph.toneInfo"];
//! assert_eq!(tone_info.kind_name(), "entity");
//! assert_eq!(tone_info.structural().unwrap().properties["sequenceId"].ty.to_string(), "Edm.Int64");
//! # Ok::<(), typedown::Error>(())
//! ```

mod check;

use std::fmt;

pub(crate) use self::check::a_kind;
use crate::schema::{TypeName, TypeRef};
use crate::source::Place;
use crate::visible::visible;

/// What is right of one type, property or member, whatever the docs say.
///
/// Its path and the names of its versions are those of the docs; what it sets are the names and types of the schema,
/// qualified as OData spells them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Override {
    /// What it is about, as the docs name it, in any casing: a type by its qualified name (or its short one, if that is
    /// unique), a property or a member of an enumeration by its type's name, `/` and its own.
    pub path: String,
    /// The versions in which it holds; none means every version. It must find its type, property or member in one of
    /// them at least.
    pub versions: Vec<String>,
    /// The name that is right. A type's short name leaves it in its namespace. Another type, property or member of this
    /// name makes the run impossible, for one of both would be lost; only a row and the JSON member that one of them
    /// misspells become one.
    pub rename: Option<String>,
    /// The type of a property.
    pub ty: Option<TypeRef>,
    /// The base of a type; `Some(None)` takes it away.
    pub base: Option<Option<TypeName>>,
    /// What kind of type it is. A type with properties becomes an enumeration only together with its `values`.
    pub kind: Option<Kind>,
    /// The members of an enumeration, or the possible values of a String property, in this order. Members that the docs
    /// list keep their descriptions and numbers.
    pub values: Option<Vec<String>>,
    /// Whether to leave it out. Properties of a type that is left out take any value, types derived from it have no base.
    pub skip: bool,
    /// Where it is written: what errors show.
    pub place: Place,
}

impl Override {
    /// An override that says nothing yet, placed where this is called.
    #[must_use]
    #[track_caller]
    pub fn of(path: impl Into<String>) -> Self {
        let here = std::panic::Location::caller();
        Self {
            path: path.into(),
            versions: Vec::new(),
            rename: None,
            ty: None,
            base: None,
            kind: None,
            values: None,
            skip: false,
            place: Place::new(here.file(), here.line(), here.column()),
        }
    }

    /// The name of the type, and of the property or member if it is about one.
    pub(crate) fn subject(&self) -> (&str, Option<&str>) {
        match self.path.split_once('/') {
            Some((ty, member)) => (ty, Some(member)),
            None => (&self.path, None),
        }
    }

    /// An error of this override.
    pub(crate) fn error(&self, message: impl Into<String>) -> OverrideError {
        OverrideError {
            place: self.place.clone(),
            message: message.into(),
        }
    }
}

/// The kinds of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An entity type.
    Entity,
    /// A complex type.
    Complex,
    /// An enumeration type.
    Enum,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Entity, Self::Complex, Self::Enum];

    /// `entity`, `complex` or `enum`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Entity => "entity",
            Self::Complex => "complex",
            Self::Enum => "enum",
        }
    }
}

/// Why an override cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OverrideError {
    /// Where the override is written.
    pub place: Place,
    /// What was expected and what was found.
    pub message: String,
}

impl fmt::Display for OverrideError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, visible(&self.message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryFiles;
    use crate::{Error, Generator};

    #[test]
    fn errors_show_where_an_override_was_made() {
        let line = line!() + 1;
        let entry = Override::of("microsoft.graph.tone");
        let files = MemoryFiles::new([("beta/resources/tone.md", "# tone resource type\n")]);
        let error = Generator::new()
            .overrides([entry])
            .read(&files)
            .unwrap_err();
        let Error::Overrides(errors) = error else {
            panic!("{error}")
        };
        assert_eq!(
            errors[0].to_string(),
            format!(
                "{}:{line}:21: nothing is said of `microsoft.graph.tone`: expected one of rename, type, base, kind, \
                 values, skip",
                file!()
            )
        );
    }
}
