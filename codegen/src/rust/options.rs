//! How to emit.

use super::customize::Customizations;
use super::mappings::{Binaries, DateTimes, Decimals, Guids, TypeMappings};
use std::collections::BTreeMap;

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
    /// The settings that are not as they are by default, by their names in the configuration, but for customizations.
    pub(crate) fn to_settings(&self) -> BTreeMap<String, String> {
        let Self {
            threads: _,
            mode,
            on_mismatch,
            types,
            customizations: _,
            share,
            features: _,
        } = self;
        let TypeMappings {
            date_times,
            guids,
            decimals,
            binaries,
        } = types;
        let default = TypeMappings::default();
        let settings = [
            ("mode", mode.name(), Mode::default().name()),
            (
                "on_mismatch",
                on_mismatch.name(),
                OnMismatch::default().name(),
            ),
            ("share", if *share { "true" } else { "false" }, "false"),
            ("date-time", date_times.name(), default.date_times.name()),
            ("guid", guids.name(), default.guids.name()),
            ("decimal", decimals.name(), default.decimals.name()),
            ("binary", binaries.name(), default.binaries.name()),
        ];
        let settings = settings
            .into_iter()
            .filter(|(_, set, default)| set != default);
        settings
            .map(|(name, set, _)| (name.to_owned(), set.to_owned()))
            .collect()
    }

    /// The options of these settings; what an older or newer Typedown has set is as it is by default. Customizations are
    /// these.
    pub(crate) fn from_settings(
        settings: &BTreeMap<String, String>,
        customizations: Customizations,
    ) -> Self {
        fn set<T: Copy + Default>(
            settings: &BTreeMap<String, String>,
            setting: &str,
            all: &[T],
            name: impl Fn(T) -> &'static str,
        ) -> T {
            let set = settings.get(setting).map(String::as_str);
            let mut all = all.iter().copied();
            all.find(|one| set == Some(name(*one))).unwrap_or_default()
        }
        Self {
            mode: set(settings, "mode", &Mode::ALL, Mode::name),
            on_mismatch: set(settings, "on_mismatch", &OnMismatch::ALL, OnMismatch::name),
            types: TypeMappings {
                date_times: set(settings, "date-time", DateTimes::ALL, DateTimes::name),
                guids: set(settings, "guid", Guids::ALL, Guids::name),
                decimals: set(settings, "decimal", Decimals::ALL, Decimals::name),
                binaries: set(settings, "binary", Binaries::ALL, Binaries::name),
            },
            share: settings.get("share").is_some_and(|share| share == "true"),
            customizations,
            ..Self::default()
        }
    }

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
