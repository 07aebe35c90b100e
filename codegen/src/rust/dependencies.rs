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

    /// Whether a manifest has the dependency, of this version and with these features. What another manifest says in its
    /// place, that of a workspace, is trusted.
    #[must_use]
    pub fn is_in(&self, manifest: &str) -> bool {
        let Some(text) = entry(manifest, self.name) else {
            return false;
        };
        let strings = || text.split('"').skip(1).step_by(2);
        let version = match text.trim_start().starts_with('"') {
            true => strings().next(),
            false => value_of(&text, "version").and_then(|text| text.split('"').nth(1)),
        };
        let is_elsewhere =
            text.contains("workspace") || (version.is_none() && text.contains("path"));
        let needed = self.version.split('.');
        let is_version = version.is_some_and(|version| {
            let given = version
                .trim_start_matches(['^', '=', '~', '>', ' '])
                .split('.');
            needed.zip(given).all(|(needed, given)| needed == given)
        });
        let has = |feature: &&'static str| strings().any(|string| string == *feature);
        is_elsewhere || (is_version && self.features.iter().all(has))
    }
}

/// What a manifest says of a normal dependency: what stands behind its name, or the lines of its own section.
fn entry(manifest: &str, name: &str) -> Option<String> {
    let own_section = format!("dependencies.{name}");
    let mut section = "";
    let mut lines = manifest.lines().map(str::trim);
    let mut own = String::new();
    while let Some(line) = lines.next() {
        if let Some(header) = line
            .strip_prefix('[')
            .and_then(|line| line.strip_suffix(']'))
        {
            section = header.trim();
            continue;
        }
        if section == own_section {
            own.push_str(line);
            own.push('\n');
        }
        let rest = line
            .strip_prefix(name)
            .filter(|_| section == "dependencies");
        let rest = rest.and_then(|rest| {
            let rest = rest.trim_start();
            rest.strip_prefix('=').or_else(|| rest.strip_prefix('.'))
        });
        if let Some(rest) = rest {
            let mut text = rest.to_owned();
            while open_brackets(&text) > 0 {
                text.push_str(lines.next()?);
            }
            return Some(text);
        }
    }
    (!own.is_empty()).then_some(own)
}

/// What stands behind a key and `=`.
fn value_of<'a>(text: &'a str, key: &str) -> Option<&'a str> {
    text.match_indices(key)
        .find_map(|(at, _)| text[at + key.len()..].trim_start().strip_prefix('='))
}

/// How many brackets and braces are open at the end, of those that are not inside of strings.
fn open_brackets(text: &str) -> usize {
    text.split('"')
        .step_by(2)
        .flat_map(str::chars)
        .fold(0, |open, char| match char {
            '[' | '{' => open + 1,
            ']' | '}' => open.saturating_sub(1),
            _ => open,
        })
}

/// What the sources need, by name.
pub(super) fn of(mode: Mode, types: &TypeMappings) -> Vec<Dependency> {
    let (of_serde, of_json): (&[_], &[_]) = match mode {
        // Leftover members are read and written several times as fast as text.
        Mode::Table => (&[], &["raw_value"]),
        Mode::Derive => (&["derive"], &[]),
    };
    let mut dependencies = vec![
        Dependency::new("serde", "1", of_serde),
        Dependency::new("serde_json", "1", of_json),
    ];
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
        let in_section =
            |line: &str| format!("[package]\nname = \"x\"\n\n[dependencies]\n{line}\n");
        for manifest in [
            in_section(&derive.line()),
            in_section("serde.workspace = true"),
            in_section("serde = { path = \"../serde\" }"),
            in_section(
                "serde = { version = \"^1.0.200\", features = [\n  \"rc\",\n  \"derive\",\n] }",
            ),
            "[dependencies.serde]\nversion = \"1\"\nfeatures = [\"derive\"]".to_owned(),
        ] {
            assert!(derive.is_in(&manifest), "{manifest}");
            assert!(!json.is_in(&manifest), "{manifest}");
        }
        for manifest in [
            in_section("serde = \"1\"\nserde_json = \"1\""),
            in_section("serde = { version = \"1\", features = [\"derived\"] }"),
            in_section("serde = { version = \"2\", features = [\"derive\"] }"),
            in_section("").replace("dependencies", "dev-dependencies") + &derive.line(),
            in_section("serde = { version = \"1\", features = [\"derive\""),
            String::new(),
        ] {
            assert!(!derive.is_in(&manifest), "{manifest}");
        }
    }
}
