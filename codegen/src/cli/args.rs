//! The arguments.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::generator::Descriptions;
use crate::report::Format;
use crate::rust::{Mode, OnMismatch};
use crate::schema::Navigation;

/// Typed Rust from Microsoft Graph's Markdown resource pages.
///
/// Reads a checkout of the Graph docs (pages in api-reference/VERSION/resources) and emits a crate with a type for
/// every resource, complex type and enumeration, a module for each version.
///
/// Defaults come from typedown.toml, looked for in this folder and those above it; flags win. Its tables
/// [overrides."TYPE"] and [overrides."TYPE/PROPERTY"] say what is right where the docs are wrong, with the verbs rename,
/// type, base, kind, values and skip; one that finds nothing makes the run impossible.
///
/// Exit codes: 0 done, 1 a judgement was asked for and is negative (--check, --deny), 2 the run was not possible.
#[derive(Debug, Parser)]
#[command(name = "typedown", version, arg_required_else_help = true)]
pub(super) struct Args {
    /// The configuration file, instead of the typedown.toml that is found
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write the Rust types of all pages, and the schema as a lock file
    ///
    /// Only what changed is written; a folder without a Cargo.toml becomes a crate. Files that Typedown did not write
    /// are never touched, except the lines between the markers `# typedown features` and `# end of typedown features`
    /// in an existing Cargo.toml.
    ///
    /// --select, --navigation and --derived decide which types are written. The other commands read and show all types,
    /// whatever typedown.toml selects.
    Generate(GenerateArgs),
    /// List the types that the docs describe
    ///
    /// With --json: an array with an object for each type, of version, namespace, name, kind (entity, complex or
    /// enum), rust_path (from the emitted crate's root), page and line.
    List(ListArgs),
    /// Show one type as a table, its versions side by side
    ///
    /// Properties that bases declare are there as well, with `(from BASE)`. `≠` marks what differs between versions,
    /// `(override)` what typedown.toml says, and `(inferred)` what no page says but other facts imply. Traits such as
    /// readOnly, and the values that a String can have, stand behind the type. Below, the differences in words: what
    /// only one version has, and what differs in kind, base or type.
    Show(ShowArgs),
    /// Tell what is wrong or doubtful in the docs
    ///
    /// Each finding has a code: `typedown explain CODE` tells what it means and how to mend it. The table [lint] of
    /// typedown.toml sets the level of a code: error, warning, note, or allow, which leaves it untold. A page hides
    /// findings by `suppressions` in its annotation ("type": "#page.annotation"): messages of the docs' own checker, or
    /// "CODE" for the whole page and "CODE: NAME" for what bears a name. Errors cannot be hidden in a page.
    ///
    /// Formats: text has the lines of the pages, with paths from where the command runs. json is an object with the
    /// diagnostics, those that pages suppress, and an inventory of every table of every page: its place, what it was
    /// taken for, how many of its rows were used, diagnosed and set aside and for which reasons, and how many of them
    /// (mended) Markdown does not see as rows, as behind a blank line. sarif is SARIF 2.1.0, github are workflow
    /// commands; both have paths from where the command runs if the docs lie below, else from the docs folder.
    Lint(LintArgs),
    /// Tell what a code of `lint` means, with an example, and how to mend or to silence it
    Explain(ExplainArgs),
    /// Write the schema of one version in a format that other tools read
    ///
    /// Where there are several versions, --version says which.
    Export(ExportArgs),
}

/// Which docs to read.
#[derive(Debug, clap::Args)]
pub(super) struct DocsArgs {
    /// The docs folder: a checkout of the Graph docs
    #[arg(long, value_name = "DIR")]
    pub(super) docs: Option<PathBuf>,
    /// Read only this version, such as v1.0; may be given several times [default: all]
    #[arg(long = "version", value_name = "VERSION")]
    pub(super) versions: Vec<String>,
    /// Read pages in other languages by their structure alone, as pages in a language without a lexicon are read
    #[arg(long)]
    pub(super) no_lexicon: bool,
    /// An English checkout of the docs, of whatever date, beside one in another language: names, types and members that
    /// were translated are found there
    #[arg(long, value_name = "DIR")]
    pub(super) english: Option<PathBuf>,
    /// The language of descriptions, and so of doc comments: the page's, or with --english that [default: page]
    #[arg(long, value_name = "page|english", value_parser = descriptions)]
    pub(super) descriptions: Option<Descriptions>,
    /// Read with this many threads [default: as many as the machine has]
    #[arg(long, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    pub(super) threads: Option<usize>,
}

#[derive(Debug, clap::Args)]
#[command(disable_version_flag = true)]
pub(super) struct GenerateArgs {
    #[command(flatten)]
    pub(super) docs: DocsArgs,
    /// The folder of the emitted crate [default: generated]
    #[arg(long, value_name = "DIR")]
    pub(super) out: Option<PathBuf>,
    /// What the types are made of: tables, over which everything is written once, or derive macros [default: table]
    #[arg(long, value_name = "MODE", value_parser = mode)]
    pub(super) mode: Option<Mode>,
    /// What reading JSON does with a value that does not fit its documented type: end with an error, or keep it among
    /// the leftover members and read the rest [default: error]
    #[arg(long, value_name = "error|keep", value_parser = on_mismatch)]
    pub(super) on_mismatch: Option<OnMismatch>,
    /// Write only this type and what it reaches: its base, the types of its properties, and what these reach; may be
    /// given several times, or as a list with commas. A short or qualified name, in any casing [default: all types]
    #[arg(long, value_name = "TYPE", value_delimiter = ',')]
    pub(super) select: Vec<String>,
    /// What becomes of navigation properties: full reaches their types as other properties do; with ids, an entity type
    /// that only they reach is reduced to its identity; omit leaves them out [default: full]
    #[arg(long, value_name = "full|ids|omit", value_parser = navigation)]
    pub(super) navigation: Option<Navigation>,
    /// With a selection, write as well the types that derive from a selected type, or from the type of a property
    #[arg(long)]
    pub(super) derived: bool,
    /// Write nothing; end with exit code 1 if the folder is not what would be written
    #[arg(long)]
    pub(super) check: bool,
}

/// The language of descriptions of a name.
pub(super) fn descriptions(name: &str) -> Result<Descriptions, String> {
    named(name, &Descriptions::ALL, Descriptions::name)
}

/// The mode of a name.
pub(super) fn mode(name: &str) -> Result<Mode, String> {
    named(name, &Mode::ALL, Mode::name)
}

/// The setting of a name.
pub(super) fn on_mismatch(name: &str) -> Result<OnMismatch, String> {
    named(name, &OnMismatch::ALL, OnMismatch::name)
}

/// The setting of a name.
pub(super) fn navigation(name: &str) -> Result<Navigation, String> {
    named(name, &Navigation::ALL, Navigation::name)
}

/// The one of several that bears a name.
fn named<T: Copy>(name: &str, all: &[T], name_of: fn(T) -> &'static str) -> Result<T, String> {
    let found = all.iter().find(|value| name_of(**value) == name);
    found.copied().ok_or_else(|| {
        let names: Vec<String> = all
            .iter()
            .map(|value| format!("`{}`", name_of(*value)))
            .collect();
        format!("expected {}, found `{name}`", names.join(" or "))
    })
}

#[derive(Debug, clap::Args)]
#[command(disable_version_flag = true)]
pub(super) struct ListArgs {
    #[command(flatten)]
    pub(super) docs: DocsArgs,
    /// Write JSON
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Debug, clap::Args)]
#[command(disable_version_flag = true)]
pub(super) struct ShowArgs {
    /// The type: its short or qualified name, in any casing
    #[arg(value_name = "TYPE")]
    pub(super) name: String,
    #[command(flatten)]
    pub(super) docs: DocsArgs,
}

#[derive(Debug, clap::Args)]
#[command(disable_version_flag = true)]
pub(super) struct LintArgs {
    #[command(flatten)]
    pub(super) docs: DocsArgs,
    #[command(flatten)]
    pub(super) report: ReportArgs,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub(super) json: bool,
    /// End with exit code 1 if there is a finding of this severity (error, warning, note) or a graver one, or with this
    /// code; may be given several times, or as a list with commas [alone: warning]
    #[arg(long, value_name = "SEVERITY|CODE", value_delimiter = ',', num_args = 0..=1, default_missing_value = "warning")]
    pub(super) deny: Vec<String>,
}

/// How to write a report, and where to.
#[derive(Debug, clap::Args)]
pub(super) struct ReportArgs {
    /// The format of the report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Format,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
#[command(disable_version_flag = true)]
pub(super) struct ExplainArgs {
    /// The code, such as name-casing; without it, all codes are listed
    #[arg(value_name = "CODE")]
    pub(super) code: Option<String>,
}

#[derive(Debug, clap::Args)]
#[command(disable_version_flag = true)]
pub(super) struct ExportArgs {
    /// The format
    #[arg(value_name = "FORMAT")]
    pub(super) format: ExportFormat,
    #[command(flatten)]
    pub(super) docs: DocsArgs,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(super) enum ExportFormat {
    /// OData's own schema language, as XML: CSDL 4.0
    Csdl,
    /// JSON Schema, draft 2020-12
    JsonSchema,
}
