//! Real JSON through the emitted types: what decodes, and whether it comes back without loss.

pub mod compare;
mod lint;
mod program;
mod report;

pub use self::report::{Failure, Run, console, table};

use std::collections::BTreeSet;
use std::path::Path;

use typedown::Generator;
use typedown::rust::{Names, OnMismatch};

use crate::emitted::Problem;
use crate::examples;

/// What reading and writing the examples gave.
#[derive(Debug)]
pub struct Measured {
    /// How many objects the examples hold.
    pub objects: usize,
    /// The types that examples name and the docs do not describe, with their version.
    pub untyped: BTreeSet<String>,
    /// One for each setting.
    pub runs: Vec<Run>,
}

/// Reads and writes the examples of a file with the types emitted from a docs folder, once for each setting.
///
/// # Errors
///
/// If docs or examples cannot be read, or the emitted crate does not compile.
pub fn measure(docs: &Path, examples: &Path) -> Result<Measured, Problem> {
    let generator = Generator::new().docs(docs);
    let schema = &generator.read_docs()?.schema;
    let names = Names::new(schema);
    let found = examples::read(examples, schema)?;
    let mut runs = Vec::new();
    for on_mismatch in OnMismatch::ALL {
        let output = generator.clone().on_mismatch(on_mismatch).emit(schema)?;
        let answers = program::run(&output, &names, &found.objects)?;
        runs.push(Run::judge(on_mismatch, &found.objects, answers, schema));
    }
    if let Some(run) = runs.first_mut() {
        lint::look_for(docs, &found.objects, &mut run.failures)?;
    }
    Ok(Measured {
        objects: found.objects.len(),
        untyped: found.untyped,
        runs,
    })
}
