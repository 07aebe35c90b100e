//! The arguments.

use std::path::PathBuf;

use clap::{Parser, Subcommand};

use crate::diff::{Bump, Gate, Literals, Wire};
use crate::generator::Descriptions;
use crate::near::named;
use crate::report::{DiffFormat, Format};
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
    /// Write a new crate without types, and its configuration; `generate` fills it and keeps it up to date
    ///
    /// Writes DIR/typedown.toml, with the docs folder as it is called from there, Cargo.toml, src/lib.rs, and .gitattributes,
    /// of which those that are there stay as they are.
    Init(InitArgs),
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
    /// Tell what a code of `lint` means, with an example, or what a rule of `diff` means, and how to mend or to silence it
    Explain(ExplainArgs),
    /// Tell what changed between two schemas, and what it breaks
    ///
    /// OLD and NEW are each a docs folder, a lock file (typedown.lock.json), a CSDL document, or REPO:REVISION: a docs
    /// folder as it was at a revision of its git repository, read without a checkout. Versions of the same name are
    /// compared; --between compares two versions, of two schemas or of one: `diff --docs DIR --between v1.0 beta`.
    ///
    /// Each finding has a rule (`typedown explain RULE`), told once at the type that declares what changed, and a verdict on
    /// three axes: for clients made from OLD that read what NEW describes (wire-read), and that write to it (wire-write):
    /// safe, risky or breaking; and for code that uses the emitted crate (rust): none, patch, minor or major. The table
    /// [diff] of typedown.toml sets levels and what counts; diff-allow.toml lists what a team accepts, and confirms
    /// renames.
    ///
    /// Exit codes: 0 done, also with findings; 1 if --fail-on or --expect asked for a judgement that is negative; 2 if the
    /// comparison was not possible.
    Diff(DiffArgs),
    /// Tell how a type changed over the history of a docs repository, newest first
    ///
    /// Reads the commits of the first-parent line from git, without a checkout, every distinct page once. Each entry has the
    /// day, the revision, and the facts: what changed but for texts. --all tells of all types.
    ///
    /// With --format json: an array of objects, newest first, of commit, date and facts, each of which has kind, version,
    /// type and member (old and new name), old and new.
    History(HistoryArgs),
    /// Write the schema of one version in a format that other tools read
    ///
    /// Where there are several versions, --version says which.
    Export(ExportArgs),
    /// Write a script for a shell that completes the arguments of this program
    ///
    /// For bash: `typedown completions bash > ~/.local/share/bash-completion/completions/typedown`
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Write the manual page of this program
    ///
    /// `typedown man > ~/.local/share/man/man1/typedown.1`
    Man,
}

impl Command {
    /// Whether it prints what the log of a build service is to obey.
    pub(super) fn prints_log_commands(&self) -> bool {
        match self {
            Self::Lint(command) => command.report.format == Format::Github,
            Self::Diff(command) => command.format == DiffFormat::Github,
            _ => false,
        }
    }
}

/// Which docs to read.
#[derive(Debug, clap::Args)]
pub(super) struct DocsArgs {
    /// The docs folder: a checkout of the Graph docs, or REPO:REVISION, its state at a revision of its git repository
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
    /// Write the crate again from its lock file, without the docs: what was selected then is written
    #[arg(long, conflicts_with_all = ["docs", "versions", "english", "select", "navigation", "derived"])]
    pub(super) locked: bool,
    /// Add the changes of the types, and the version bump that they require, to the end of CHANGELOG.md in the folder of the
    /// crate
    #[arg(long, conflicts_with_all = ["check", "locked"])]
    pub(super) changelog: bool,
    /// Write again whenever a page or typedown.toml changes, until it is interrupted
    #[arg(long, conflicts_with_all = ["check", "locked"])]
    pub(super) watch: bool,
    /// The folder for what one run keeps for the next, so that it reads and writes only what has changed. The result is the
    /// same without; --check never looks there [default: TYPEDOWN_CACHE, else typedown in the user's folder for caches]
    #[arg(long, value_name = "DIR")]
    pub(super) cache: Option<PathBuf>,
    /// Keep nothing for the next run, and read everything anew
    #[arg(long)]
    pub(super) no_cache: bool,
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

#[derive(Debug, clap::Args)]
#[command(disable_version_flag = true)]
pub(super) struct InitArgs {
    /// The folder of the crate
    #[arg(value_name = "DIR")]
    pub(super) dir: PathBuf,
    /// The docs folder: a checkout of the Graph docs
    #[arg(long, value_name = "DIR")]
    pub(super) docs: PathBuf,
    /// Only this version, such as v1.0 (repeatable, or with commas) [default: all]
    #[arg(long = "version", value_name = "VERSION", value_delimiter = ',')]
    pub(super) versions: Vec<String>,
    /// Only this type and what it reaches (repeatable, or with commas) [default: all]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(super) select: Vec<String>,
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
pub(super) struct DiffArgs {
    /// The old side: a docs folder, a lock file, a CSDL document, or REPO:REVISION
    #[arg(value_name = "OLD")]
    pub(super) old: Option<PathBuf>,
    /// The new side
    #[arg(value_name = "NEW")]
    pub(super) new: Option<PathBuf>,
    /// Compare these two versions; without OLD and NEW both are read from --docs
    #[arg(long, num_args = 2, value_names = ["OLD", "NEW"])]
    pub(super) between: Option<Vec<String>>,
    #[command(flatten)]
    pub(super) docs: DocsArgs,
    /// The format of the report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: DiffFormat,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// End with exit code 1 if a finding reaches one of these verdicts, such as wire-read=breaking,rust=major; the axes are
    /// wire-read and wire-write (safe, risky, breaking), rust (none, patch, minor, major) and level (error, warning, note);
    /// `any` means any finding
    #[arg(long, value_name = "AXIS=VERDICT,...", value_parser = gate)]
    pub(super) fail_on: Option<Gate>,
    /// End with exit code 1 if more than this part of the emitted crate's version has to be raised
    #[arg(long, value_name = "none|patch|minor|major", value_parser = bump)]
    pub(super) expect: Option<Bump>,
    /// The file of what is allowed [default: the nearest diff-allow.toml]
    #[arg(long, value_name = "FILE")]
    pub(super) allow: Option<PathBuf>,
    /// Tell findings of this rule as error, warning or note, or not at all (allow); may be given several times, or as a list
    /// with commas
    #[arg(long, value_name = "RULE=LEVEL", value_delimiter = ',')]
    pub(super) level: Vec<String>,
    /// What breaks only a version that is not stable is no more than a note, and fails nothing
    #[arg(long)]
    pub(super) beta_may_break: bool,
    /// What it means to readers that an enumeration without a sentinel gets a member [default: risky]
    #[arg(long, value_name = "safe|risky|breaking", value_parser = wire)]
    pub(super) enum_members: Option<Wire>,
    /// What literals of emitted structs look like: open ones end with ..Default::default(), so that a field more is minor;
    /// complete ones name every field [default: open]
    #[arg(long, value_name = "open|complete", value_parser = literals)]
    pub(super) literals: Option<Literals>,
    /// The configuration with which the crate of OLD was emitted, if it is not the one of NEW
    #[arg(long, value_name = "FILE")]
    pub(super) old_config: Option<PathBuf>,
    /// Tell every finding of a flood, instead of one for all members
    #[arg(long)]
    pub(super) every: bool,
    /// Print the JSON Schema of --format json
    #[arg(long)]
    pub(super) print_schema: bool,
}

#[derive(Debug, clap::Args)]
#[command(disable_version_flag = true)]
pub(super) struct HistoryArgs {
    /// The type: its short or qualified name, in any casing
    #[arg(
        value_name = "TYPE",
        required_unless_present = "all",
        conflicts_with = "all"
    )]
    pub(super) name: Option<String>,
    /// The docs folder in its git repository, or REPO:REVISION to end at a revision [default: the docs of typedown.toml, or
    /// this folder]
    #[arg(long, value_name = "DIR")]
    pub(super) repo: Option<PathBuf>,
    /// Tell of all types
    #[arg(long)]
    pub(super) all: bool,
    /// Tell only of this version, such as v1.0
    #[arg(long, value_name = "VERSION")]
    pub(super) version: Option<String>,
    /// The format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(super) format: HistoryFormat,
    /// The file to write [default: standard output]
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Read with this many threads [default: as many as the machine has]
    #[arg(long, value_name = "N", value_parser = clap::builder::RangedU64ValueParser::<usize>::new().range(1..))]
    pub(super) threads: Option<usize>,
}

#[derive(Clone, Copy, Debug, Default, clap::ValueEnum)]
pub(super) enum HistoryFormat {
    /// For people
    #[default]
    Text,
    /// For programs
    Json,
}

/// The gate that a text describes.
pub(super) fn gate(text: &str) -> Result<Gate, String> {
    text.parse()
}

/// The verdict of a name.
pub(super) fn wire(name: &str) -> Result<Wire, String> {
    named(name, &Wire::ALL, Wire::name)
}

/// The part of a version of a name.
pub(super) fn bump(name: &str) -> Result<Bump, String> {
    named(name, &Bump::ALL, Bump::name)
}

/// The setting of a name.
pub(super) fn literals(name: &str) -> Result<Literals, String> {
    named(name, &Literals::ALL, Literals::name)
}

#[derive(Debug, clap::Args)]
#[command(disable_version_flag = true)]
pub(super) struct ExplainArgs {
    /// The code or rule, such as name-casing or property-removed; without it, all codes are listed
    #[arg(value_name = "CODE|RULE")]
    pub(super) code: Option<String>,
    /// List all rules of `diff`
    #[arg(long, conflicts_with = "code")]
    pub(super) rules: bool,
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
