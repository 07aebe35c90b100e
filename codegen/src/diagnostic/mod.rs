//! What Typedown has to say about the docs: every fact that it could not use, and every place where two sources
//! disagree.

mod code;
mod example;
mod levels;
mod shorten;
mod subject;
mod suppression;

use std::fmt;

pub use self::code::{Code, Severity};
pub use self::example::Example;
pub use self::levels::{Level, Levels};
pub(crate) use self::shorten::shorten;
use self::shorten::shorten_quoted;
pub use self::subject::Subject;
pub use self::suppression::{Suppression, suppress};
use crate::source::Place;
use crate::visible::visible;

/// One thing that is wrong or doubtful in the docs.
///
/// ```
/// use typedown::diagnostic::{Code, Diagnostic};
/// use typedown::source::Place;
///
/// let diagnostic = Diagnostic::new(Code::IncludeMissing, Place::new("beta/resources/call.md", 14, 1), "no such file")
///     .hint("correct the path");
/// assert_eq!(
///     diagnostic.to_string(),
///     "beta/resources/call.md:14:1: warning[include-missing]: no such file\n  hint: correct the path"
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// Where.
    pub place: Place,
    /// What kind of thing it is.
    pub code: Code,
    /// What was expected and what was found. What it quotes from pages is shortened, so that it stays one to be read.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The other place, where two sources disagree.
    pub other: Option<Place>,
    /// The type or property that it is about, where it is about one.
    pub subject: Option<Subject>,
}

impl Diagnostic {
    /// A diagnostic without hint and second place.
    #[must_use]
    pub fn new(code: Code, place: Place, message: impl Into<String>) -> Self {
        Self {
            place,
            code,
            message: shorten_quoted(message.into()),
            hint: None,
            other: None,
            subject: None,
        }
    }

    /// Adds to the message.
    pub(crate) fn add(&mut self, more: &str) {
        self.message = shorten_quoted(std::mem::take(&mut self.message) + more);
    }

    /// Adds what to do about it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(shorten_quoted(hint.into()));
        self
    }

    /// Adds the place of the source that says something else.
    #[must_use]
    pub fn against(mut self, other: Place) -> Self {
        self.other = Some(other);
        self
    }

    /// Adds what it is about.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.subject = Some(subject);
        self
    }
}

impl fmt::Display for Diagnostic {
    /// Writes one to three lines: place, severity, code and message; the other place; the hint. Nothing that they quote ends
    /// a line, or steers a terminal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}[{}]: {}",
            self.place,
            self.code.severity(),
            self.code,
            visible(&self.message)
        )?;
        if let Some(other) = &self.other {
            write!(f, "\n  other: {other}")?;
        }
        if let Some(hint) = &self.hint {
            write!(f, "\n  hint: {}", visible(hint))?;
        }
        Ok(())
    }
}
