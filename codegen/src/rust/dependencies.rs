//! The crates that the emitted sources need.

use super::options::Mode;

/// A crate that the emitted sources need.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dependency {
    /// The name of the crate.
    pub name: &'static str,
    /// The requirement on its version.
    pub version: &'static str,
    /// The features that are needed, beside the default ones.
    pub features: Vec<&'static str>,
}

impl Dependency {
    fn new(name: &'static str, features: &[&'static str]) -> Self {
        Self {
            name,
            version: "1",
            features: features.to_vec(),
        }
    }

    /// The line of a manifest.
    #[must_use]
    pub fn line(&self) -> String {
        let Self {
            name,
            version,
            features,
        } = self;
        if features.is_empty() {
            format!("{name} = {version:?}")
        } else {
            format!("{name} = {{ version = {version:?}, features = {features:?} }}")
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

/// What the sources of a mode need, by name.
pub(super) fn of(mode: Mode) -> Vec<Dependency> {
    let serde_features: &[&str] = match mode {
        Mode::Table => &[],
        Mode::Derive => &["derive"],
    };
    vec![
        Dependency::new("serde", serde_features),
        Dependency::new("serde_json", &[]),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_has_what_it_names_with_the_features() {
        let [derive, json] = &of(Mode::Derive)[..] else {
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
