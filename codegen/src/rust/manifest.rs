//! The manifest of an emitted crate.
//!
//! A manifest is written once; afterwards it belongs to the user, and only the features between two marker lines are
//! kept up to date.

use super::Dependency;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The line before the features.
const START: &str = "# typedown features";

/// The line behind the features.
const END: &str = "# end of typedown features";

/// The oldest Rust that compiles what is emitted.
const RUST_VERSION: &str = "1.71";

/// How long a line of features may be.
const WIDTH: usize = 100;

/// The manifest of a new crate. A crate inside of a workspace that does not name it has to be a workspace of its own.
#[must_use]
pub fn new_manifest(
    name: &str,
    features: &BTreeMap<String, Vec<String>>,
    dependencies: &[Dependency],
    standalone_workspace: bool,
) -> String {
    let rust_version = dependencies
        .iter()
        .filter_map(|dependency| dependency.rust_version)
        .chain([RUST_VERSION])
        .max()
        .unwrap_or(RUST_VERSION);
    let mut text = format!(
        "[package]\n\
         name = {name:?}\n\
         version = \"0.1.0\"\n\
         edition = \"2021\"\n\
         rust-version = {rust_version:?}\n\
         description = \"Types of Microsoft Graph\"\n\
         \n\
         [lib]\n\
         doctest = false\n\
         \n\
         [features]\n\
         {START}\n\
         {}{END}\n\
         \n\
         [dependencies]\n",
        feature_lines(features)
    );
    for dependency in dependencies {
        let _ = writeln!(text, "{}", dependency.line());
    }
    if standalone_workspace {
        text.push_str(
            "\n# The crate is a workspace of its own, so that it builds wherever it lies. To use it from a workspace around it,\n\
             # list it there under `exclude`; or remove these lines and list it there under `members`.\n\
             [workspace]\n",
        );
    }
    text
}

/// Rewrites the lines between the markers; without markers, the text stays as it is.
#[must_use]
pub fn update_manifest(existing: &str, features: &BTreeMap<String, Vec<String>>) -> String {
    let Some((start, end)) = between_markers(existing) else {
        return existing.to_owned();
    };
    let mut lines = feature_lines(features);
    if existing[..start].ends_with("\r\n") {
        lines = lines.replace('\n', "\r\n");
    }
    format!("{}{lines}{}", &existing[..start], &existing[end..])
}

/// The same with the features that stand between the markers already as well, each with what both say that it needs.
pub(crate) fn with_more_features(
    existing: &str,
    features: &BTreeMap<String, Vec<String>>,
) -> String {
    let mut all = features.clone();
    if let Some((start, end)) = between_markers(existing) {
        for (name, needs) in features_of(&existing[start..end]) {
            let known = all.entry(name).or_default();
            for need in needs {
                if !known.contains(&need) {
                    known.push(need);
                }
            }
        }
    }
    update_manifest(existing, &all)
}

/// What [`feature_lines`] has written. Names of features have no need of escapes.
fn features_of(lines: &str) -> Vec<(String, Vec<String>)> {
    let mut features: Vec<(String, Vec<String>)> = Vec::new();
    for line in lines.lines() {
        let needs = match line.split_once('=') {
            Some((name, needs)) => {
                let name = name.trim().trim_matches('"').to_owned();
                features.push((name, Vec::new()));
                needs
            }
            None => line,
        };
        if let Some((_, known)) = features.last_mut() {
            known.extend(needs.split('"').skip(1).step_by(2).map(str::to_owned));
        }
    }
    features
}

/// Whether a manifest has both marker lines.
pub(crate) fn has_markers(text: &str) -> bool {
    between_markers(text).is_some()
}

/// Where the features begin and end in a manifest that has both marker lines.
fn between_markers(text: &str) -> Option<(usize, usize)> {
    let mut offset = 0;
    let mut start = None;
    for line in text.split_inclusive('\n') {
        match (line.trim(), start) {
            (START, None) => start = Some(offset + line.len()),
            (END, Some(start)) => return Some((start, offset)),
            _ => {}
        }
        offset += line.len();
    }
    None
}

fn feature_lines(features: &BTreeMap<String, Vec<String>>) -> String {
    let mut lines = String::new();
    for (name, needs) in features {
        let name = key(name);
        let needs: Vec<String> = needs.iter().map(|need| format!("{need:?}")).collect();
        let line = format!("{name} = [{}]", needs.join(", "));
        if line.len() <= WIDTH {
            let _ = writeln!(lines, "{line}");
            continue;
        }
        let _ = writeln!(lines, "{name} = [");
        for need in needs {
            let _ = writeln!(lines, "    {need},");
        }
        lines.push_str("]\n");
    }
    lines
}

/// A key of TOML, in quotes unless it needs none.
fn key(name: &str) -> String {
    let is_bare = !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    if is_bare {
        name.to_owned()
    } else {
        format!("{name:?}")
    }
}

/// A name for the crate in a folder of this name.
#[must_use]
pub fn crate_name(folder: &str) -> String {
    let allowed = |c: char| {
        if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
            c
        } else {
            '-'
        }
    };
    let name: String = folder.chars().map(allowed).collect();
    let name = name.trim_matches('-').to_lowercase();
    match name.bytes().next() {
        None => "graph-types".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("graph-{name}"),
        Some(_) => name,
    }
}

/// Whether a manifest is that of a workspace.
#[must_use]
pub fn is_workspace(manifest: &str) -> bool {
    manifest.lines().any(|line| line.trim() == "[workspace]")
}

/// Whether a manifest is that of a workspace which names a folder (relative to it, with `/`) in one of these lists of
/// its: `members`, `exclude`.
#[must_use]
pub fn workspace_names(manifest: &str, list: &str, folder: &str) -> bool {
    let mut lines = manifest
        .lines()
        .map(|line| line.split('#').next().unwrap_or_default().trim());
    if !lines.any(|line| line == "[workspace]") {
        return false;
    }
    let section: Vec<&str> = lines
        .take_while(|line| !line.starts_with('[') || line.starts_with("[\""))
        .collect();
    let section = section.join("\n");
    let Some(start) = section
        .lines()
        .position(|line| line.split('=').next().is_some_and(|key| key.trim() == list))
    else {
        return false;
    };
    let rest = section.lines().skip(start).collect::<Vec<_>>().join("\n");
    let Some((_, rest)) = rest.split_once('[') else {
        return false;
    };
    let entries = rest.split(']').next().unwrap_or_default().split(',');
    entries
        .map(|entry| entry.trim().trim_matches(['"', '\'']))
        .any(|entry| {
            let entry = entry.trim_start_matches("./").trim_end_matches('/');
            !entry.is_empty() && matches_path(entry, folder)
        })
}

/// Whether a path matches a pattern in which `*` stands for anything within a folder's name, and `**` for folders.
fn matches_path(pattern: &str, path: &str) -> bool {
    match (pattern.split_once('/'), path.split_once('/')) {
        (Some(("**", rest)), _) if matches_path(rest, path) => true,
        (Some(("**", _)), Some((_, rest))) => matches_path(pattern, rest),
        (Some((first, pattern)), Some((name, path))) => {
            matches_name(first, name) && matches_path(pattern, path)
        }
        (None, None) => matches_name(pattern, path),
        _ => false,
    }
}

fn matches_name(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, rest)) => name.strip_prefix(start).is_some_and(|name| {
            (0..=name.len())
                .filter(|at| name.is_char_boundary(*at))
                .any(|at| matches_name(rest, &name[at..]))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn features() -> BTreeMap<String, Vec<String>> {
        let versions = ["beta", "v1_0"].map(str::to_owned);
        let mut features: BTreeMap<_, _> = versions.clone().map(|name| (name, Vec::new())).into();
        features.insert("default".to_owned(), versions.into());
        features
    }

    fn dependencies() -> Vec<Dependency> {
        ["serde", "serde_json"]
            .map(|name| Dependency::new(name, "1", &[]))
            .into()
    }

    #[test]
    fn a_new_manifest_has_the_features_and_two_dependencies() {
        let manifest = new_manifest("graph", &features(), &dependencies(), false);
        assert!(manifest.starts_with("[package]\nname = \"graph\"\n"));
        let lines = "[features]\n# typedown features\nbeta = []\ndefault = [\"beta\", \"v1_0\"]\nv1_0 = []\n# end of typedown features\n";
        assert!(manifest.contains(lines), "{manifest}");
        assert!(manifest.ends_with("[dependencies]\nserde = \"1\"\nserde_json = \"1\"\n"));
        assert!(
            new_manifest("graph", &features(), &dependencies(), true).ends_with("\n[workspace]\n")
        );
    }

    #[test]
    fn only_the_lines_between_the_markers_are_rewritten() {
        let manifest = new_manifest("graph", &BTreeMap::new(), &dependencies(), true)
            .replace("0.1.0", "7.0.0");
        let updated = update_manifest(&manifest, &features());
        assert_eq!(
            updated,
            new_manifest("graph", &features(), &dependencies(), true).replace("0.1.0", "7.0.0")
        );
        assert_eq!(update_manifest(&updated, &features()), updated);
        assert_eq!(update_manifest(&updated, &BTreeMap::new()), manifest);
    }

    #[test]
    fn what_has_more_features_has_those_of_before_too() {
        let many: Vec<String> = (0..30).map(|number| format!("area-{number}")).collect();
        let mut before = features();
        before.extend(many.iter().map(|name| (name.clone(), Vec::new())));
        before.insert("default".to_owned(), many.clone());
        let manifest = new_manifest("graph", &before, &dependencies(), false);
        let more = with_more_features(&manifest, &features());
        let mut expected = before;
        let all = ["beta", "v1_0"].map(str::to_owned).into_iter().chain(many);
        expected.insert("default".to_owned(), all.collect());
        assert_eq!(
            more,
            new_manifest("graph", &expected, &dependencies(), false)
        );
    }

    #[test]
    fn the_ends_of_lines_stay_as_they_are() {
        let manifest =
            new_manifest("graph", &features(), &dependencies(), true).replace('\n', "\r\n");
        assert_eq!(update_manifest(&manifest, &features()), manifest);
    }

    #[test]
    fn without_both_markers_nothing_changes() {
        for text in [
            "",
            "[features]\n",
            "# typedown features\nx = []\n",
            "# end of typedown features\n",
        ] {
            assert_eq!(update_manifest(text, &features()), text);
        }
    }

    #[test]
    fn keys_that_toml_does_not_take_bare_are_quoted() {
        let features = BTreeMap::from([("größe".to_owned(), Vec::new())]);
        assert!(
            new_manifest("graph", &features, &dependencies(), true).contains("\"größe\" = []\n")
        );
    }

    #[test]
    fn names_of_crates_come_from_folders() {
        let table = [
            ("graph-types", "graph-types"),
            ("My Graph", "my-graph"),
            ("2021", "graph-2021"),
            ("", "graph-types"),
            ("..", "graph-types"),
        ];
        for (folder, expected) in table {
            assert_eq!(crate_name(folder), expected);
        }
    }

    #[test]
    fn members_are_found_as_cargo_finds_them() {
        let named = |manifest: &str, folder: &str| workspace_names(manifest, "members", folder);
        for members in [
            "[\"models\"]",
            "[\"app\", \"./models\"]",
            "[\"mod*\"]",
            "[\n  \"app\", # x\n  \"models/\",\n]",
            "[\"**/models\"]",
        ] {
            let manifest = format!(
                "[package]\n[workspace]\ndefault-members = [\"app\"]\nmembers = {members}\n[profile.x]\n"
            );
            assert!(named(&manifest, "models"), "{manifest}");
        }
        assert!(named(
            "[workspace]\nmembers = [\"crates/*\"]\n",
            "crates/models"
        ));
        for manifest in [
            "[package]\nmembers = [\"models\"]\n",
            "[workspace]\nmembers = [\"app\"]\nexclude = [\"models\"]\n",
            "[workspace]\ndefault-members = [\"models\"]\n",
            "[workspace]\n[package]\nmembers = [\"models\"]\n",
            "# the members of this [workspace] are few: models\n",
        ] {
            assert!(!named(manifest, "models"), "{manifest}");
        }
        assert!(workspace_names(
            "[workspace]\nexclude = [\"models\"]\n",
            "exclude",
            "models"
        ));
    }
}
