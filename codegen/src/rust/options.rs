//! How to emit.

use super::customize::Customizations;
use super::mappings::TypeMappings;

/// How to emit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmitOptions {
    /// On how many threads; the output is the same for any number.
    pub threads: usize,
    /// What the types are made of.
    pub mode: Mode,
    /// What reading does with a value that does not fit its documented type. In the mode [`Mode::Derive`] it is always an
    /// error.
    pub on_mismatch: OnMismatch,
    /// What primitive types are in Rust. In the mode [`Mode::Derive`] they are what they are by default.
    pub types: TypeMappings,
    /// What users add, or put in the place of types. What of it cannot be used has no effect here;
    /// [`Customizations::check`] tells of it.
    pub customizations: Customizations,
    /// Whether types that are the same in every version, with all that they reach, are emitted once, and shown in the
    /// modules of the versions.
    pub share: bool,
    /// Whether the crate has a cargo feature for each area of the docs. What is included into another crate has none.
    pub features: bool,
}

impl EmitOptions {
    /// The settings that differ for users of the crate, each as it is in both.
    pub(crate) fn differences(&self, other: &Self) -> Vec<(String, String)> {
        let mut differences = Vec::new();
        let mut add = |what: &str, one: &str, other: &str| {
            if one != other {
                differences.push((format!("{what} {one}"), format!("{what} {other}")));
            }
        };
        add("mode", self.mode.name(), other.mode.name());
        let mismatch = (self.on_mismatch.name(), other.on_mismatch.name());
        add("on_mismatch", mismatch.0, mismatch.1);
        let types = (format!("{:?}", self.types), format!("{:?}", other.types));
        add("types", &types.0, &types.1);
        differences
    }

    /// Whether what users see of equal schemas is the same with other options.
    pub(crate) fn is_same_for_users(&self, other: &Self) -> bool {
        let Self {
            threads: _,
            mode,
            on_mismatch,
            types,
            customizations,
            share: _,
            features,
        } = self;
        (mode, on_mismatch, types, customizations, features)
            == (
                &other.mode,
                &other.on_mismatch,
                &other.types,
                &other.customizations,
                &other.features,
            )
    }

    /// The mappings that the mode knows.
    pub(super) fn types(&self) -> TypeMappings {
        match self.mode {
            Mode::Table => self.types,
            Mode::Derive => TypeMappings::default(),
        }
    }
}

impl Default for EmitOptions {
    fn default() -> Self {
        Self {
            threads: 1,
            mode: Mode::default(),
            on_mismatch: OnMismatch::default(),
            types: TypeMappings::default(),
            customizations: Customizations::default(),
            share: false,
            features: true,
        }
    }
}

/// What the emitted types are made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Each type is a table of its members; what types can do is written once, in a support module. Compiles several times
    /// faster than derived code, and loses nothing that Graph sends.
    #[default]
    Table,
    /// Each type derives what it can do, with serde's derive macros. What the docs do not list is not kept, values of
    /// derived types are read as their declared type, and `null` is as good as absent.
    Derive,
}

impl Mode {
    /// Every mode.
    pub const ALL: [Self; 2] = [Self::Table, Self::Derive];

    /// The traits that every type has.
    pub(super) fn traits(self, is_enumeration: bool) -> &'static [&'static str] {
        match (self, is_enumeration) {
            (Self::Table, true) => &[
                "Clone",
                "Debug",
                "Display",
                "PartialEq",
                "Eq",
                "Hash",
                "Serialize",
                "Deserialize",
            ],
            (Self::Table, false) | (Self::Derive, _) => &[
                "Clone",
                "Debug",
                "PartialEq",
                "Default",
                "Serialize",
                "Deserialize",
            ],
        }
    }

    /// The name in options and in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Table => "table",
            Self::Derive => "derive",
        }
    }
}

/// What reading JSON does with a value that does not fit its documented type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OnMismatch {
    /// It is an error that names the type, the property and the place in the JSON document.
    #[default]
    Error,
    /// The value is kept in `extra` and written back; the field is `None`, and the rest is read.
    Keep,
}

impl OnMismatch {
    /// Every setting.
    pub const ALL: [Self; 2] = [Self::Error, Self::Keep];

    /// The name in options and in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Keep => "keep",
        }
    }
}
