//! What makes a run impossible. Anything less is a [diagnostic](crate::diagnostic).

use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::diagnostic::Diagnostic;
use crate::overrides::OverrideError;
use crate::rust::CustomizationError;
use crate::schema::SelectError;
use crate::visible::visible;

/// Why a run could not be done at all. It is shown as it is written, so that a `main` that returns it shows it to people.
pub enum Error {
    /// A build script's work was asked for where no build script runs.
    NoBuildScript,
    /// Pages have diagnostics that the user does not accept.
    Denied(
        /// All of them, in the order of places.
        Vec<Diagnostic>,
    ),
    /// No docs folder was named.
    NoDocs,
    /// No output folder was named.
    NoOutput,
    /// The docs folder cannot be opened.
    OpenDocs {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// The docs folder holds no version.
    NoVersions,
    /// A version was asked for that the docs do not have.
    UnknownVersion {
        /// The name asked for.
        name: String,
        /// The names that exist.
        found: Vec<String>,
    },
    /// Overrides find nothing, or cannot hold.
    Overrides(
        /// All of them, in the order of places.
        Vec<OverrideError>,
    ),
    /// Types are selected that no version has.
    Select(
        /// All of them, in the order of the selection.
        Vec<SelectError>,
    ),
    /// Customizations are not Rust, or match nothing.
    Customizations(
        /// All of them: attributes, then derives, then replacements.
        Vec<CustomizationError>,
    ),
    /// A folder or file of the docs cannot be read.
    Read {
        /// The path relative to the docs folder.
        path: String,
        /// What the system says.
        error: io::Error,
    },
    /// A file or folder of the output cannot be read or written.
    Output {
        /// The path.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file that the output needs exists and was not written by Typedown.
    NotOurs {
        /// The path.
        path: PathBuf,
    },
    /// A lock file was written by a newer Typedown.
    LockIsNewer {
        /// The format of the file.
        found: u64,
        /// The newest format that can be read.
        known: u64,
    },
    /// A lock file has the marks of a merge that could not be done.
    LockHasConflicts {
        /// The line of the first, counted from 1.
        line: usize,
    },
    /// A lock file does not say what a lock file says.
    Lock {
        /// The line, counted from 1.
        line: u32,
        /// The column, counted from 1.
        column: u32,
        /// What was expected and what was found.
        message: String,
    },
    /// A CSDL document cannot be read.
    Csdl {
        /// The line, counted from 1.
        line: u32,
        /// What was expected and what was found.
        message: String,
    },
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoBuildScript => f.write_str(
                "`build` is for build scripts, for which cargo sets OUT_DIR, and it is not set: elsewhere, name a folder with `out_dir` and call `generate`",
            ),
            Self::Denied(diagnostics) => {
                f.write_str("the docs have what was denied:")?;
                for diagnostic in diagnostics {
                    write!(f, "\n{diagnostic}")?;
                }
                Ok(())
            }
            Self::NoDocs => f.write_str("no docs folder is given: name one with `docs` (`--docs DIR`)"),
            Self::NoOutput => f.write_str("no output folder is given: name one with `out_dir` (`--out DIR`)"),
            Self::OpenDocs { path, error } => write!(f, "the docs folder `{}` cannot be opened: {error}", path.display()),
            Self::NoVersions => f.write_str(
                "expected a checkout of the Graph docs, with pages in `api-reference/VERSION/resources/*.md`; \
                 found no such folder",
            ),
            Self::UnknownVersion { name, found } => {
                let found = found.iter().map(|name| format!("`{}`", visible(name)));
                let found: Vec<String> = found.collect();
                write!(f, "the docs have no version `{name}`; they have {}", found.join(", "))
            }
            Self::Overrides(errors) => {
                let (are, s) = if errors.len() == 1 { ("is", "") } else { ("are", "s") };
                write!(f, "there {are} {} override{s} that cannot be used", errors.len())?;
                for error in errors {
                    write!(f, "\n  {error}")?;
                }
                Ok(())
            }
            Self::Select(errors) => {
                let (are, s) = if errors.len() == 1 { ("is", "") } else { ("are", "s") };
                write!(f, "there {are} {} selected type{s} that cannot be found", errors.len())?;
                for error in errors {
                    write!(f, "\n  {error}")?;
                }
                Ok(())
            }
            Self::Customizations(errors) => {
                let (are, s) = if errors.len() == 1 { ("is", "") } else { ("are", "s") };
                write!(f, "there {are} {} customization{s} that cannot be used", errors.len())?;
                for error in errors {
                    write!(f, "\n  {error}")?;
                }
                Ok(())
            }
            Self::Read { path, error } => write!(f, "`{}` in the docs folder cannot be read: {error}", visible(path)),
            Self::Output { path, error } => write!(f, "`{}` cannot be read or written: {error}", path.display()),
            Self::NotOurs { path } => write!(
                f,
                "`{}` was not written by Typedown, as far as its list `src/typedown.files` tells, and would be overwritten: move \
                 it away, or write to another folder",
                path.display()
            ),
            Self::LockIsNewer { found, known } => write!(
                f,
                "the lock file has format {found}, this Typedown reads up to {known}: use a newer Typedown"
            ),
            Self::LockHasConflicts { line } => write!(
                f,
                "the lock file has conflicts of a merge, the first in line {line}: take either side of it, and run `typedown generate` again"
            ),
            Self::Csdl { line, message } => write!(f, "CSDL document, line {line}: {}", visible(message)),
            Self::Lock { line, column, message } => {
                write!(f, "lock file, line {line}, column {column}: {}", visible(message))
            }
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::OpenDocs { error, .. }
            | Self::Read { error, .. }
            | Self::Output { error, .. } => Some(error),
            Self::NoBuildScript
            | Self::Denied(_)
            | Self::NoDocs
            | Self::NoOutput
            | Self::NoVersions
            | Self::UnknownVersion { .. }
            | Self::Overrides(_)
            | Self::Select(_)
            | Self::Customizations(_)
            | Self::NotOurs { .. }
            | Self::LockIsNewer { .. }
            | Self::LockHasConflicts { .. }
            | Self::Csdl { .. }
            | Self::Lock { .. } => None,
        }
    }
}
