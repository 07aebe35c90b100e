//! The program: arguments and configuration in, text and files out.

mod args;
mod config;
mod diff;
mod explain;
mod export;
mod generate;
mod history;
mod init;
mod lint;
mod list;
mod progress;
mod shell;
mod show;
mod summary;
mod terminal;

use std::ffi::OsString;
use std::io::Write;
use std::process::ExitCode;

use clap::Parser;

use self::args::{Args, Command};
use self::config::Config;
pub use self::config::{ConfigError, limits_of, overrides};
use self::terminal::Terminal;
use crate::diagnostic::Levels;
use crate::diff::Policy;
use crate::near::suggestion;
use crate::output;
use crate::report::{Look, counted};
use crate::rust::EmitOptions;
use crate::schema::Selection;
use crate::visible::visible;
use crate::{Error, Generator, Reading};

/// What a command ends with.
enum Outcome {
    /// Done, whatever had to be diagnosed: exit code 0.
    Done,
    /// A judgement was asked for, and it is negative: exit code 1.
    Negative,
}

/// Why a command could not run: exit code 2.
#[derive(Debug)]
enum Failure {
    Config(ConfigError),
    Run(Error),
    Output(std::io::Error),
    /// A file that was asked for cannot be written.
    File(std::path::PathBuf, std::io::Error),
    /// Anything that is best said in a sentence.
    Usage(String),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Run(error)
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Config(error) => write!(f, "{error}"),
            Self::Run(error) => write!(f, "{error}"),
            Self::Output(error) => write!(f, "the output cannot be written: {error}"),
            Self::File(path, error) => write!(f, "`{}` cannot be written: {error}", path.display()),
            Self::Usage(message) => f.write_str(message),
        }
    }
}

/// Runs the program with the arguments of the process.
#[must_use]
pub fn main() -> ExitCode {
    let stdout = std::io::stdout();
    let color = anstream::AutoStream::choice(&stdout);
    let mut look = Look {
        color: color != anstream::ColorChoice::Never,
        ..Look::default()
    };
    if let Some((terminal_size::Width(width), _)) = terminal_size::terminal_size_of(&stdout) {
        look.width = usize::from(width).max(NARROWEST);
    }
    // Consoles that do not understand colour codes by themselves are helped; what is not coloured goes out as it is.
    let mut out: Box<dyn Write> = if look.color {
        Box::new(anstream::AutoStream::new(stdout.lock(), color))
    } else {
        Box::new(stdout.lock())
    };
    ExitCode::from(run_with(
        std::env::args_os(),
        look,
        &mut out,
        &mut std::io::stderr(),
    ))
}

/// Excerpts of pages need so many columns to be of use.
const NARROWEST: usize = 60;

/// Runs the program with these arguments, the program's name first, and returns its exit code.
///
/// The exit code is 0 for a run that did what it was asked for, 1 where a judgement was asked for and is negative
/// (`generate --check`, `lint --deny`), and 2 where the run was not possible.
///
/// ```
/// let (mut out, mut err) = (Vec::new(), Vec::new());
/// let code = typedown::cli::run(["typedown", "list", "--docs", "no/such/folder"], &mut out, &mut err);
/// assert_eq!(code, 2);
/// assert!(String::from_utf8(err)?.starts_with("error: the docs folder `no/such/folder` cannot be opened"));
/// # Ok::<(), std::string::FromUtf8Error>(())
/// ```
pub fn run<A: Into<OsString> + Clone>(
    arguments: impl IntoIterator<Item = A>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    run_with(arguments, Look::default(), out, err)
}

fn run_with<A: Into<OsString> + Clone>(
    arguments: impl IntoIterator<Item = A>,
    look: Look,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => {
            // Help and version are not errors, though clap hands them over as such.
            let to: &mut dyn Write = if error.use_stderr() { err } else { out };
            let _ = write!(to, "{}", error.render());
            return if error.use_stderr() { 2 } else { 0 };
        }
    };
    let commands = args.command.prints_log_commands();
    let out = &mut Terminal::new(out, look.color, commands);
    let err = &mut Terminal::new(err, false, false);
    let result = match &args.command {
        Command::Generate(command) => generate::run(&args, command, out, err),
        Command::Init(command) => init::run(command, out),
        Command::List(command) => list::run(&args, command, out, err),
        Command::Show(command) => show::run(&args, command, out, err),
        Command::Lint(command) => lint::run(&args, command, look, out, err),
        Command::Explain(command) => explain::run(command, look, out),
        Command::Diff(command) => diff::run(&args, command, look, out, err),
        Command::History(command) => history::run(&args, command, out, err),
        Command::Export(command) => export::run(&args, command, out, err),
        Command::Completions { shell } => shell::completions(*shell, out),
        Command::Man => shell::man(out),
    };
    let result = result.and_then(|outcome| {
        out.flush()?;
        Ok(outcome)
    });
    match result {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::Negative) => 1,
        // A reader that has seen enough, such as `head`, is no failure.
        Err(Failure::Output(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => 0,
        Err(failure) => {
            let _ = writeln!(err, "error: {failure}");
            2
        }
    }
}

/// Writes to a file if one is named, as to no terminal; or else to standard output, from which a reader may take as much as
/// it wants: what was found is judged all the same.
fn to_file_or(
    file: Option<&std::path::Path>,
    out: &mut dyn Write,
    look: Look,
    write: impl Fn(Look, &mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let Some(path) = file else {
        let mut out = std::io::BufWriter::new(out);
        let written = write(look, &mut out).and_then(|()| out.flush());
        return match written {
            Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
            written => Ok(written?),
        };
    };
    let mut text = Vec::new();
    write(Look::default(), &mut text)?;
    write_file(path, text)
}

/// Writes a file that the user has named, or asked for. Who is killed meanwhile has lost nothing of the old one.
fn write_file(path: &std::path::Path, text: impl AsRef<[u8]>) -> Result<(), Failure> {
    let mut around = path.parent().into_iter();
    let has_place = around.all(|folder| folder.as_os_str().is_empty() || folder.is_dir());
    // A pipe or a device is written to, and not exchanged.
    if !has_place || (path.exists() && !path.is_file()) {
        return std::fs::write(path, text).map_err(|error| Failure::File(path.to_owned(), error));
    }
    output::write(path, text).map_err(|error| match error {
        Error::Output { path, error } => Failure::File(path, error),
        error => error.into(),
    })
}

/// A generator with the settings of flags and of the configuration file, but for the folders.
fn configured(config: &Config, docs: &args::DocsArgs) -> Generator {
    let versions = match docs.versions.is_empty() {
        true => config.versions.clone(),
        false => docs.versions.clone(),
    };
    let mut generator = Generator::new()
        .versions(versions)
        .limits(config.limits)
        .overrides(config.overrides.clone())
        .mode(config.mode.unwrap_or_default())
        .on_mismatch(config.on_mismatch.unwrap_or_default())
        .types(config.types)
        .customizations(config.customizations.clone())
        .share(config.share)
        .descriptions(
            docs.descriptions
                .or(config.descriptions)
                .unwrap_or_default(),
        )
        .lexicon(!docs.no_lexicon && config.lexicon.unwrap_or(true));
    if let Some(english) = docs.english.as_ref().or(config.english.as_ref()) {
        generator = generator.english(english);
    }
    if let Some(threads) = docs.threads {
        generator = generator.threads(threads);
    }
    generator
}

/// The settings of a run: flags first, then the configuration file.
struct Settings {
    generator: Generator,
    /// What `generate` writes; the other commands are about all types.
    selection: Selection,
    levels: Levels,
    policy: Policy,
    options: EmitOptions,
    docs: std::path::PathBuf,
    out: std::path::PathBuf,
    /// The English docs, if there are any.
    english: Option<std::path::PathBuf>,
    /// The configuration file, if there is one.
    file: Option<std::path::PathBuf>,
    /// Whether what a run changes is added to the changelog.
    changelog: bool,
}

impl Settings {
    fn of(
        args: &Args,
        docs: &args::DocsArgs,
        out: Option<&std::path::Path>,
    ) -> Result<Self, Failure> {
        let settings = Self::without_docs(args, docs, out)?;
        if settings.docs.as_os_str().is_empty() {
            return Err(Failure::Usage(
                "no docs folder is given: name one with `--docs DIR`, or with `docs = \"DIR\"` in typedown.toml".into(),
            ));
        }
        Ok(settings)
    }

    /// The settings of a run that may need no docs.
    fn without_docs(
        args: &Args,
        docs: &args::DocsArgs,
        out: Option<&std::path::Path>,
    ) -> Result<Self, Failure> {
        let config = config::find(args.config.as_deref())?;
        let docs_folder = docs.docs.clone().or_else(|| config.docs.clone());
        let docs_folder = docs_folder.unwrap_or_default();
        let out = out
            .map(std::path::Path::to_owned)
            .or_else(|| config.out.clone())
            .unwrap_or_else(|| "generated".into());
        let generator = configured(&config, docs).docs(&docs_folder).out_dir(&out);
        Ok(Self {
            generator: progress::show(generator),
            options: config.emit_options(),
            selection: config.selection,
            levels: config.levels,
            policy: config.policy,
            docs: docs_folder,
            out,
            english: docs.english.clone().or(config.english),
            file: config.file,
            changelog: config.changelog,
        })
    }

    /// Tells if there was nothing to read, which looks like docs without anything wrong.
    fn note_no_pages(&self, reading: &Reading, err: &mut dyn Write) -> Result<(), Failure> {
        if reading.pages == 0 {
            writeln!(err, "note: {}", self.no_pages())?;
        }
        Ok(())
    }

    /// Tells which pages could not be read, so that their types are missing; how the run ends because of them.
    fn tell_unreadable(&self, reading: &Reading, err: &mut dyn Write) -> Result<Outcome, Failure> {
        let unreadable = reading.unreadable();
        let pages = unreadable.clone().count();
        for found in unreadable {
            writeln!(
                err,
                "error: {}: {}: {}",
                self.docs.display(),
                visible(&found.place.file),
                visible(&found.message)
            )?;
        }
        match pages {
            0 => Ok(Outcome::Done),
            pages => {
                let describe = if pages == 1 {
                    "it describes"
                } else {
                    "they describe"
                };
                Err(Failure::Usage(format!(
                    "{} cannot be read, and so the types that {describe} are missing",
                    counted(pages, "page")
                )))
            }
        }
    }

    /// That there was nothing to read.
    fn no_pages(&self) -> String {
        format!(
            "no pages were found in `{}` under api-reference/*/resources",
            self.docs.display()
        )
    }

    fn read(&self) -> Result<Reading, Failure> {
        Ok(self.generator.read_docs()?)
    }

    fn lint(&self) -> Result<Reading, Failure> {
        Ok(self.generator.lint_docs()?)
    }
}
