//! Places, what was asked of files, and what is wrong with pages.

use super::{Load, Store, Stored, stored_enum, stored_position, stored_struct};
use crate::diagnostic::{Code, Diagnostic, Subject, Suppression};
use crate::source::{Answer, Place, Question, Stamp, Trace};

stored_struct! {
    Place { file, line, column }
    Diagnostic { place, code, message, hint, other, subject }
    Suppression { place, codes, names, must_hide }
}

stored_enum! {
    Question { 0 Read(path), 1 List(path), 2 Skipped(path), 3 IsFolder(path) }
}

stored_position! { Code }

impl Stored for Trace {
    fn store(&self, to: &mut Store) {
        self.0.store(to);
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        Stored::load(from).map(Self)
    }
}

impl Stored for Subject {
    fn store(&self, to: &mut Store) {
        self.0.store(to);
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        Stored::load(from).map(Self)
    }
}

impl Stored for Answer {
    fn store(&self, to: &mut Store) {
        let (tag, known) = match self {
            Self::Is(print, stamp) => (0, Some((*print, stamp.map(|Stamp(stamp)| stamp)))),
            Self::Missing => (1, None),
            Self::Unsure => (2, None),
        };
        to.byte(tag);
        if let Some(known) = known {
            known.store(to);
        }
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        Some(match from.byte()? {
            0 => {
                let (print, stamp): (u64, Option<u64>) = Stored::load(from)?;
                Self::Is(print, stamp.map(Stamp))
            }
            1 => Self::Missing,
            2 => Self::Unsure,
            _ => return None,
        })
    }
}
