//! The configuration file `typedown.toml`.

pub(super) mod allow;
mod emission;
mod limits;
mod overrides;
mod policy;

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use self::emission::{customizations, types};
use self::limits::limits;
use super::args;
use super::init::plain;
use crate::Limits;
use crate::diagnostic::{Code, Level, Levels};
use crate::diff::Policy;
use crate::generator::Descriptions;
use crate::overrides::Override;
use crate::rust::{Customization, Customizations, EmitOptions, Mode, OnMismatch, TypeMappings};
use crate::schema::Selection;
use crate::source::Place;

/// The name of the file that is looked for.
pub(super) const FILE: &str = "typedown.toml";

/// What the file says. Paths are relative to the file's folder there, and to the current folder here.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Config {
    pub(super) docs: Option<PathBuf>,
    pub(super) out: Option<PathBuf>,
    pub(super) versions: Vec<String>,
    pub(super) mode: Option<Mode>,
    pub(super) on_mismatch: Option<OnMismatch>,
    pub(super) selection: Selection,
    pub(super) types: TypeMappings,
    pub(super) customizations: Customizations,
    pub(super) share: bool,
    /// Whether the changes of each run are added to the changelog of the crate.
    pub(super) changelog: bool,
    /// The file that says so.
    pub(super) file: Option<PathBuf>,
    pub(super) limits: Limits,
    pub(super) lexicon: Option<bool>,
    pub(super) english: Option<PathBuf>,
    pub(super) descriptions: Option<Descriptions>,
    pub(super) overrides: Vec<Override>,
    pub(super) levels: Levels,
    pub(super) policy: Policy,
}

impl Config {
    /// How the configuration says that a crate is emitted.
    pub(super) fn emit_options(&self) -> EmitOptions {
        EmitOptions {
            threads: 1,
            mode: self.mode.unwrap_or_default(),
            on_mismatch: self.on_mismatch.unwrap_or_default(),
            types: self.types,
            customizations: self.customizations.clone(),
            share: self.share,
            features: true,
        }
    }
}

/// The keys that the file may have.
const KEYS: [&str; 21] = [
    "attribute",
    "changelog",
    "derive",
    "derived",
    "descriptions",
    "diff",
    "docs",
    "english",
    "lexicon",
    "limits",
    "lint",
    "mode",
    "navigation",
    "on_mismatch",
    "out",
    "overrides",
    "replace",
    "select",
    "share",
    "types",
    "versions",
];

/// Why a configuration file cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigError {
    path: PathBuf,
    line: usize,
    column: usize,
    message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}:{}:{}: {}",
            self.path.display(),
            self.line,
            self.column,
            self.message
        )
    }
}

/// Reads the overrides of a configuration file, for build scripts that keep theirs in one; other settings are not used.
///
/// ```
/// let folder = tempfile::tempdir()?;
/// let file = folder.path().join("typedown.toml");
/// std::fs::write(&file, "[overrides.\"microsoft.graph.thing\"]\nkind = \"entity\"\n")?;
/// let overrides = typedown::cli::overrides(&file)?;
/// assert_eq!(overrides[0].path, "microsoft.graph.thing");
/// let generator = typedown::Generator::new().overrides(overrides);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// If the file cannot be read, or does not say what a configuration says.
pub fn overrides(file: &Path) -> Result<Vec<Override>, ConfigError> {
    Ok(find(Some(file))?.overrides)
}

/// Reads the limits of a configuration file, as [`overrides`] reads its overrides.
///
/// # Errors
///
/// If the file cannot be read, or does not say what a configuration says.
pub fn limits_of(file: &Path) -> Result<Limits, ConfigError> {
    Ok(find(Some(file))?.limits)
}

impl std::error::Error for ConfigError {}

/// Reads the file that is named, or the nearest one in the current folder and those above it; there need not be one.
pub(super) fn find(named: Option<&Path>) -> Result<Config, ConfigError> {
    match read_nearest(named, FILE, "the configuration")? {
        Some((path, text)) => {
            let config = parse(&path, &text)?;
            let file = Some(path);
            Ok(Config { file, ..config })
        }
        None => Ok(Config::default()),
    }
}

/// The text of the file that is named, or of the nearest one of a name in the current folder and those above it.
fn read_nearest(
    named: Option<&Path>,
    name: &str,
    what: &str,
) -> Result<Option<(PathBuf, String)>, ConfigError> {
    let read = |path: &Path| {
        crate::source::regular::read_text(path).map_err(|error| ConfigError {
            path: path.to_owned(),
            line: 1,
            column: 1,
            message: format!("{what} cannot be read: {error}"),
        })
    };
    if let Some(path) = named {
        return Ok(Some((path.to_owned(), read(path)?)));
    }
    let Ok(current) = std::env::current_dir() else {
        return Ok(None);
    };
    for (depth, folder) in current.ancestors().enumerate() {
        let path = folder.join(name);
        if path.is_file() {
            let text = read(&path)?;
            // Messages name files as the user would: relative to where the command runs.
            let relative: PathBuf = std::iter::repeat_n("..", depth)
                .collect::<PathBuf>()
                .join(name);
            return Ok(Some((relative, text)));
        }
    }
    Ok(None)
}

/// Tells where in a file something is.
struct Locator<'a> {
    path: &'a Path,
    text: &'a str,
}

impl Locator<'_> {
    /// The line and the column where a span starts, both counted from 1.
    fn place(&self, span: Range<usize>) -> (usize, usize) {
        let before = self.text.get(..span.start).unwrap_or(self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        (line, column)
    }

    fn wrong(&self, span: Range<usize>, message: String) -> ConfigError {
        let (line, column) = self.place(span);
        ConfigError {
            path: self.path.to_owned(),
            line,
            column,
            message,
        }
    }
}

/// A path of the configuration as it is called from the current folder: without going in and out again, unless a link on
/// the way leads elsewhere.
fn join(folder: &Path, path: &str) -> PathBuf {
    let joined: PathBuf = folder.join(path).components().collect();
    let short: PathBuf = plain(&joined).into_iter().collect();
    let same = || match (short.canonicalize(), joined.canonicalize()) {
        (Ok(short), Ok(joined)) => short == joined,
        _ => false,
    };
    match short != joined && (short.as_os_str().is_empty() || !same()) {
        true => joined,
        false => short,
    }
}

fn parse(path: &Path, text: &str) -> Result<Config, ConfigError> {
    let locator = Locator { path, text };
    let place = |span: Range<usize>| locator.place(span);
    let wrong = |span: Range<usize>, message: String| locator.wrong(span, message);
    let table = DeTable::parse(text)
        .map_err(|error| wrong(error.span().unwrap_or(0..0), error.message().to_owned()))?
        .into_inner();
    let folder = path.parent().unwrap_or(Path::new(""));
    let mut config = Config::default();
    for (key, value) in &table {
        let string = |value: &Spanned<DeValue<'_>>, what: &str| match value.get_ref() {
            DeValue::String(text) => Ok(text.to_string()),
            other => Err(wrong(
                value.span(),
                format!(
                    "expected {what} for `{}`, found {}",
                    key.get_ref(),
                    other.type_str()
                ),
            )),
        };
        match key.get_ref().as_ref() {
            "docs" => config.docs = Some(join(folder, &string(value, "a folder in quotes")?)),
            "english" => config.english = Some(join(folder, &string(value, "a folder in quotes")?)),
            "descriptions" => {
                let name = string(value, "\"page\" or \"english\"")?;
                let setting = args::descriptions(&name);
                config.descriptions =
                    Some(setting.map_err(|message| wrong(value.span(), message))?);
            }
            "out" => config.out = Some(join(folder, &string(value, "a folder in quotes")?)),
            "mode" => {
                let name = string(value, "a mode in quotes")?;
                config.mode =
                    Some(args::mode(&name).map_err(|message| wrong(value.span(), message))?);
            }
            "on_mismatch" => {
                let name = string(value, "\"error\" or \"keep\"")?;
                let setting = args::on_mismatch(&name);
                config.on_mismatch = Some(setting.map_err(|message| wrong(value.span(), message))?);
            }
            "navigation" => {
                let name = string(value, "\"full\", \"ids\" or \"omit\"")?;
                let setting = args::navigation(&name);
                config.selection.navigation =
                    setting.map_err(|message| wrong(value.span(), message))?;
            }
            key @ ("changelog" | "derived" | "lexicon" | "share") => {
                let to = match key {
                    "derived" => &mut config.selection.derived,
                    "changelog" => &mut config.changelog,
                    "lexicon" => config.lexicon.insert(true),
                    _ => &mut config.share,
                };
                let DeValue::Boolean(set) = value.get_ref() else {
                    let found = value.get_ref().type_str();
                    let message = format!("expected true or false for `{key}`, found {found}");
                    return Err(wrong(value.span(), message));
                };
                *to = *set;
            }
            key @ ("select" | "versions") => {
                let (to, example, what) = match key {
                    "select" => (
                        &mut config.selection.names,
                        "commsOperation",
                        "names of types in quotes",
                    ),
                    _ => (&mut config.versions, "v1.0", "version names in quotes"),
                };
                let DeValue::Array(items) = value.get_ref() else {
                    return Err(wrong(
                        value.span(),
                        format!(
                            "expected a list such as [\"{example}\"] for `{key}`, found {}",
                            value.get_ref().type_str()
                        ),
                    ));
                };
                for item in items {
                    to.push(string(item, what)?);
                }
            }
            "overrides" => {
                let place = |span: Range<usize>| {
                    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                    let (line, column) = place(span);
                    Place::new(path.to_string_lossy(), number(line), number(column))
                };
                config.overrides = overrides::parse(value, &place)
                    .map_err(|error| wrong(error.span, error.message))?;
            }
            verb @ ("attribute" | "derive" | "replace") => {
                let entries =
                    customizations(verb, value).map_err(|(span, message)| wrong(span, message))?;
                let entries = entries.into_iter().map(|(span, path_of_type, source)| {
                    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
                    let (line, column) = place(span);
                    Customization {
                        path: path_of_type,
                        source,
                        place: Place::new(path.to_string_lossy(), number(line), number(column)),
                    }
                });
                let to = match verb {
                    "attribute" => &mut config.customizations.attributes,
                    "derive" => &mut config.customizations.derives,
                    _ => &mut config.customizations.replacements,
                };
                to.extend(entries);
            }
            "limits" => {
                config.limits = limits(value).map_err(|(span, message)| wrong(span, message))?;
            }
            "types" => {
                config.types = types(value).map_err(|(span, message)| wrong(span, message))?;
            }
            "diff" => {
                config.policy =
                    policy::policy(value).map_err(|(span, message)| wrong(span, message))?;
            }
            "lint" => match value.get_ref() {
                DeValue::Table(entries) => {
                    for (code, level) in entries {
                        let (code, level) = level_of(code, level)
                            .map_err(|(span, message)| wrong(span, message))?;
                        config.levels.set(code, level);
                    }
                }
                other => {
                    return Err(wrong(
                        value.span(),
                        format!(
                            "expected a table with lines such as name-casing = \"error\" for `lint`, found {}",
                            other.type_str()
                        ),
                    ));
                }
            },
            unknown => {
                return Err(wrong(
                    key.span(),
                    format!(
                        "there is no setting `{unknown}`; {}",
                        super::suggestion(unknown, &KEYS)
                    ),
                ));
            }
        }
    }
    Ok(config)
}

/// The span and the message of a mistake.
type Mistake = (Range<usize>, String);

/// A line of the table `lint`; else the place and what is wrong there.
fn level_of(
    code: &Spanned<Cow<'_, str>>,
    level: &Spanned<DeValue<'_>>,
) -> Result<(Code, Level), (Range<usize>, String)> {
    let name = code.get_ref();
    let found = Code::from_name(name).ok_or_else(|| {
        let known: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        let near = super::suggestion(name, &known);
        (code.span(), format!("there is no code `{name}`; {near}"))
    })?;
    let expected = Level::ALL.map(|(name, _)| name);
    let DeValue::String(text) = level.get_ref() else {
        return Err((
            level.span(),
            format!(
                "expected a level in quotes for `{name}` ({}), found {}",
                expected.join(", "),
                level.get_ref().type_str()
            ),
        ));
    };
    let level = Level::named(text).map_err(|message| (level.span(), message))?;
    Ok((found, level))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    fn read(text: &str) -> Result<Config, String> {
        parse(Path::new("sub/typedown.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn paths_start_at_the_folder_of_the_file() {
        let config = read("docs = \"pages\"\nversions = [\"beta\"]\n").unwrap();
        assert_eq!(config.docs.as_deref(), Some(Path::new("sub/pages")));
        assert_eq!(config.versions, ["beta"]);
    }

    #[test]
    fn how_other_languages_are_read_is_set() {
        let text = "english = \"en\"\ndescriptions = \"english\"\nlexicon = false\n";
        let config = read(text).unwrap();
        assert_eq!(config.english.as_deref(), Some(Path::new("sub/en")));
        assert_eq!(config.descriptions, Some(Descriptions::English));
        assert_eq!(config.lexicon, Some(false));
        let error = read("descriptions = \"german\"\n").unwrap_err();
        assert!(error.starts_with("sub/typedown.toml:1:16: "), "{error}");
    }

    #[test]
    fn an_unknown_setting_is_an_error_that_names_the_near_one() {
        let error = read("out = \"x\"\nverions = [\"beta\"]\n").unwrap_err();
        assert_eq!(
            error,
            "sub/typedown.toml:2:1: there is no setting `verions`; did you mean `versions`?"
        );
    }

    #[test]
    fn a_wrong_kind_of_value_is_told_with_its_place() {
        assert_eq!(
            read("docs = 3\n").unwrap_err(),
            "sub/typedown.toml:1:8: expected a folder in quotes for `docs`, found integer"
        );
        assert!(
            read("versions = \"beta\"\n")
                .unwrap_err()
                .contains("expected a list")
        );
        assert!(
            read("docs = \n")
                .unwrap_err()
                .starts_with("sub/typedown.toml:1:")
        );
    }

    #[test]
    fn levels_of_codes_are_read() {
        let config = read("[lint]\nname-casing = \"error\"\ntype-repeated = \"allow\"\n").unwrap();
        let severity = |code| config.levels.severity(code);
        assert_eq!(severity(Code::NameCasing), Some(Severity::Error));
        assert_eq!(severity(Code::TypeRepeated), None);
        assert_eq!(severity(Code::BaseConflict), Some(Severity::Warning));
    }

    #[test]
    fn unknown_codes_and_levels_are_errors_that_name_the_near_one() {
        assert_eq!(
            read("[lint]\nname-casin = \"error\"\n").unwrap_err(),
            "sub/typedown.toml:2:1: there is no code `name-casin`; did you mean `name-casing`?"
        );
        assert_eq!(
            read("[lint]\nname-casing = \"warn\"\n").unwrap_err(),
            "sub/typedown.toml:2:15: there is no level `warn`; did you mean `warning`?"
        );
        assert_eq!(
            read("[lint]\nname-casing = 2\n").unwrap_err(),
            "sub/typedown.toml:2:15: expected a level in quotes for `name-casing` (error, warning, note, allow), found integer"
        );
        assert!(
            read("lint = []\n")
                .unwrap_err()
                .contains("expected a table")
        );
    }
}
