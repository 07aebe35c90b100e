//! Real JSON through the emitted types: what decodes, and whether it comes back without loss.

pub mod compare;
mod examples;
mod lint;
mod program;
mod report;

pub use self::examples::Object;
pub use self::report::{Failure, Run, console, table};

use std::collections::BTreeSet;
use std::path::Path;

use typedown::Generator;
use typedown::rust::{Names, OnMismatch};

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
pub fn measure(docs: &Path, examples: &Path) -> Result<Measured, String> {
    let generator = Generator::new().docs(docs);
    let reading = generator
        .read_docs()
        .map_err(|error| format!("the docs cannot be read: {error}"))?;
    let schema = &reading.schema;
    let names = Names::new(schema);
    let text = std::fs::read_to_string(examples)
        .map_err(|error| format!("{} cannot be read: {error}", examples.display()))?;
    let (objects, untyped) = examples::read(&text, schema)?;
    let mut runs = Vec::new();
    for on_mismatch in OnMismatch::ALL {
        let output = generator.clone().on_mismatch(on_mismatch).emit(schema);
        let answers = program::run(&output, &names, &objects)?;
        runs.push(Run::judge(on_mismatch, &objects, answers, schema));
    }
    if let Some(run) = runs.first_mut() {
        lint::look_for(docs, &objects, &mut run.failures)?;
    }
    Ok(Measured {
        objects: objects.len(),
        untyped,
        runs,
    })
}
