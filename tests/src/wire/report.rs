//! What reading and writing the examples gave, for people.

use std::fmt::Write;

use typedown::rust::OnMismatch;
use typedown::schema::{Schema, TypeName};

use super::Measured;
use super::compare::difference;
use super::program::Answer;
use crate::examples::Object;

/// What one setting gave.
#[derive(Debug)]
pub struct Run {
    /// The setting.
    pub on_mismatch: OnMismatch,
    /// How many objects were read.
    pub decoded: usize,
    /// What was read and came back otherwise, each as page, line and the path of the difference.
    pub lost: Vec<String>,
    /// What was not read.
    pub failures: Vec<Failure>,
}

/// An object that was not read.
#[derive(Debug)]
pub struct Failure {
    /// The position of the object.
    pub object: usize,
    /// The page and the line of the example.
    pub place: String,
    /// The error, which names the property, its documented type and the value.
    pub error: String,
    /// The property at fault, by its type and name.
    pub property: Option<(TypeName, String)>,
    /// Where the property is documented.
    pub documented: Option<String>,
    /// Whether `lint` tells of the same property.
    pub told_by_lint: bool,
}

impl Run {
    pub(super) fn judge(
        on_mismatch: OnMismatch,
        objects: &[Object],
        answers: Vec<Answer>,
        schema: &Schema,
    ) -> Self {
        let mut run = Self {
            on_mismatch,
            decoded: 0,
            lost: Vec::new(),
            failures: Vec::new(),
        };
        for (at, (object, answer)) in objects.iter().zip(answers).enumerate() {
            let place = format!("{}:{}", object.page, object.line);
            match answer {
                Ok(back) => {
                    run.decoded += 1;
                    if let Some(path) = difference(&object.value(), &back) {
                        run.lost.push(format!("{place}: {path}"));
                    }
                }
                Err(error) => {
                    let property = property_of(&error);
                    let documented = property
                        .as_ref()
                        .and_then(|property| documented(property, object, schema));
                    run.failures.push(Failure {
                        object: at,
                        place,
                        error,
                        property,
                        documented,
                        told_by_lint: false,
                    });
                }
            }
        }
        run
    }

    /// The share of objects that were read, in percent.
    #[must_use]
    pub fn share(&self) -> f64 {
        let all = self.decoded + self.failures.len();
        100.0 * self.decoded as f64 / (all.max(1)) as f64
    }

    /// The least share that is asked for.
    #[must_use]
    pub fn bar(&self) -> f64 {
        match self.on_mismatch {
            OnMismatch::Error => 97.5,
            OnMismatch::Keep => 100.0,
        }
    }

    /// Whether all that is asked for holds.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.share() >= self.bar() && self.lost.is_empty()
    }
}

/// `TYPE.PROPERTY` at the start of an error.
fn property_of(error: &str) -> Option<(TypeName, String)> {
    let (property, _) = error.split_once(": expected")?;
    let (owner, name) = property.rsplit_once('.')?;
    Some((TypeName::parse(owner)?, name.to_owned()))
}

fn documented(property: &(TypeName, String), object: &Object, schema: &Schema) -> Option<String> {
    let types = schema.versions.get(&object.version)?;
    let properties = types.effective_properties(&property.0);
    let (_, property) = properties.get(property.1.as_str())?;
    Some(format!("{}:{}", property.source.page, property.source.line))
}

/// The numbers beside what is asked for, then what was lost and what was not read.
#[must_use]
pub fn console(measured: &Measured) -> String {
    let mut text = format!("{} objects\n\n", measured.objects);
    for name in &measured.untyped {
        let _ = writeln!(text, "no type: {name}");
    }
    for run in &measured.runs {
        let _ = writeln!(
            text,
            "on_mismatch = {:<6} read {:>6.2} % (at least {:.1} %), lost {} (none): {}",
            run.on_mismatch.name(),
            run.share(),
            run.bar(),
            run.lost.len(),
            if run.holds() { "holds" } else { "MISSED" }
        );
        for lost in &run.lost {
            let _ = writeln!(text, "  lost: {lost}");
        }
    }
    for failure in measured.runs.iter().flat_map(|run| &run.failures) {
        let _ = writeln!(
            text,
            "\n{}: {}\n  documented at {}; lint {}",
            failure.place,
            failure.error,
            failure.documented.as_deref().unwrap_or("no place"),
            if failure.told_by_lint {
                "tells it"
            } else {
                "does NOT tell it"
            }
        );
    }
    let failures: Vec<&Failure> = measured.runs.iter().flat_map(|run| &run.failures).collect();
    let told = failures
        .iter()
        .filter(|failure| failure.told_by_lint)
        .count();
    let _ = writeln!(
        text,
        "\n{} not read, lint tells {told} of them",
        failures.len()
    );
    text
}

/// What was not read, as a Markdown table.
#[must_use]
pub fn table(measured: &Measured) -> String {
    let mut text = String::from(
        "| example | what does not fit | documented at | told by lint |\n|---|---|---|---|\n",
    );
    for failure in measured.runs.iter().flat_map(|run| &run.failures) {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {} |",
            failure.place,
            failure.error.replace('|', "\\|"),
            failure.documented.as_deref().unwrap_or("-"),
            if failure.told_by_lint { "yes" } else { "no" }
        );
    }
    text
}
