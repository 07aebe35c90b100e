//! Crates emitted from the reference material, each in a folder of its own.

use std::path::{Path, PathBuf};

use typedown::output::Output;
use typedown::rust::Mode;
use typedown::schema::Schema;
use typedown::{Generator, Reading};

use super::floor;
use crate::emitted::{Problem, lock};

/// An emitted crate.
#[derive(Clone, Debug)]
pub struct Crate {
    /// The name of the folder and of the package.
    pub name: String,
    /// The folder.
    pub folder: PathBuf,
}

/// What the types of a crate are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Bare structs and enums without any trait: what no way of emitting can save.
    Floor,
    /// As a mode of Typedown emits them.
    Mode(Mode),
}

impl Kind {
    /// The name in reports.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::Mode(mode) => mode.name(),
        }
    }
}

/// Reads the English docs of the reference material; no version means all.
///
/// # Errors
///
/// If the docs cannot be read, or have no such version.
pub fn read(corpus: &Path, versions: &[String]) -> Result<Reading, Problem> {
    let docs = corpus.join("docs/en-2021-07");
    let generator = Generator::new().docs(docs).versions(versions);
    Ok(generator.read_docs()?)
}

/// Writes a crate of this name into a folder of this name.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write(parent: &Path, name: &str, schema: &Schema, kind: Kind) -> Result<Crate, Problem> {
    let folder = parent.join(name);
    files(schema, kind)?.write(&folder)?;
    lock(&folder)?;
    Ok(Crate {
        name: name.to_owned(),
        folder,
    })
}

fn files(schema: &Schema, kind: Kind) -> Result<Output, Problem> {
    let emit = |mode| Generator::new().mode(mode).emit(schema);
    match kind {
        Kind::Mode(mode) => Ok(emit(mode)?),
        Kind::Floor => {
            // The manifest is that of the default mode, which needs no derive macros.
            let mut output = emit(Mode::Table)?;
            output.files = emit(Mode::Derive)?.files;
            for (path, text) in &mut output.files {
                if path.ends_with(".rs") {
                    *text = floor::bare(text)?;
                }
            }
            Ok(output)
        }
    }
}
