//! The crates that the emitted sources need.

use super::mappings::TypeMappings;
use super::options::Mode;

/// A crate that the emitted sources need.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dependency {
    /// The name of the crate.
    pub name: &'static str,
    /// The requirement on its version.
    pub version: &'static str,
    /// The features that are needed.
    pub features: Vec<&'static str>,
    /// Whether the default features are needed as well.
    pub default_features: bool,
    /// The oldest Rust that compiles the crate, if that is newer than what the sources need themselves.
    pub rust_version: Option<&'static str>,
}

impl Dependency {
    /// With the crate's default features and these.
    pub(super) fn new(
        name: &'static str,
        version: &'static str,
        features: &[&'static str],
    ) -> Self {
        Self {
            name,
            version,
            features: features.to_vec(),
            default_features: true,
            rust_version: None,
        }
    }

    /// With no other features than these.
    pub(super) fn without_defaults(
        name: &'static str,
        version: &'static str,
        features: &[&'static str],
    ) -> Self {
        Self {
            default_features: false,
            ..Self::new(name, version, features)
        }
    }

    /// The same for a crate that needs so new a Rust.
    pub(super) fn since(self, rust_version: &'static str) -> Self {
        Self {
            rust_version: Some(rust_version),
            ..self
        }
    }

    /// The line of a manifest.
    #[must_use]
    pub fn line(&self) -> String {
        let Self {
            name,
            version,
            features,
            default_features,
            rust_version: _,
        } = self;
        let mut parts = vec![format!("version = {version:?}")];
        if !default_features {
            parts.push("default-features = false".to_owned());
        }
        if !features.is_empty() {
            parts.push(format!("features = {features:?}"));
        }
        match &parts[..] {
            [_] => format!("{name} = {version:?}"),
            parts => format!("{name} = {{ {} }}", parts.join(", ")),
        }
    }

    /// Whether a manifest has the dependency. What another one says in its place, a workspace's, is trusted.
    #[must_use]
    pub fn is_in(&self, manifest: &str) -> bool {
        manifest.lines().map(str::trim).any(|line| {
            let rest = line
                .strip_prefix(self.name)
                .or_else(|| line.strip_prefix("[dependencies.")?.strip_prefix(self.name));
            let Some(rest) = rest.filter(|rest| rest.starts_with([' ', '=', '.', ']'])) else {
                return false;
            };
            let is_elsewhere = rest.starts_with(']') || rest.contains("workspace");
            is_elsewhere || self.features.iter().all(|feature| rest.contains(feature))
        })
    }
}

/// What the sources need, by name.
pub(super) fn of(mode: Mode, types: &TypeMappings) -> Vec<Dependency> {
    let mut dependencies = match mode {
        Mode::Table => vec![Dependency::new("serde", "1", &[])],
        Mode::Derive => vec![Dependency::new("serde", "1", &["derive"])],
    };
    dependencies.push(Dependency::new("serde_json", "1", &[]));
    if mode == Mode::Table {
        let additions = types.additions().into_iter();
        dependencies.extend(additions.map(|addition| addition.dependency));
    }
    dependencies.sort();
    dependencies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_has_what_it_names_with_the_features() {
        let [derive, json] = &of(Mode::Derive, &TypeMappings::default())[..] else {
            panic!("two dependencies");
        };
        assert_eq!(
            derive.line(),
            "serde = { version = \"1\", features = [\"derive\"] }"
        );
        assert_eq!(json.line(), "serde_json = \"1\"");
        for manifest in [
            derive.line().as_str(),
            "serde.workspace = true",
            "[dependencies.serde]\nversion = \"1\"\nfeatures = [\"derive\"]",
        ] {
            assert!(derive.is_in(manifest), "{manifest}");
            assert!(!json.is_in(manifest), "{manifest}");
        }
        assert!(!derive.is_in("serde = \"1\"\nserde_json = \"1\"\n"));
    }
}
