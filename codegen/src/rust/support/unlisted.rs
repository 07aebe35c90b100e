//! Values of enumerations that are no listed member.

use std::fmt;
use std::ops::Deref;

/// What stands where a member of an enumeration is expected and is none that the docs list: a later member, several
/// members of flags with commas between, or a number.
///
/// It reads as text, a number by its digits, and is written back as it came.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unlisted {
    text: Box<str>,
    is_number: bool,
}

impl Unlisted {
    /// The text; of a number its digits.
    #[inline]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<i64> {
        if !self.is_number {
            return None;
        }
        self.text.parse().ok()
    }
}

impl Deref for Unlisted {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl From<&str> for Unlisted {
    fn from(text: &str) -> Self {
        Self {
            text: text.into(),
            is_number: false,
        }
    }
}

impl From<String> for Unlisted {
    fn from(text: String) -> Self {
        Self {
            text: text.into(),
            is_number: false,
        }
    }
}

impl From<i64> for Unlisted {
    fn from(number: i64) -> Self {
        Self {
            text: number.to_string().into(),
            is_number: true,
        }
    }
}

impl PartialEq<str> for Unlisted {
    fn eq(&self, text: &str) -> bool {
        !self.is_number && *self.text == *text
    }
}

impl PartialEq<&str> for Unlisted {
    fn eq(&self, text: &&str) -> bool {
        *self == **text
    }
}

impl fmt::Display for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl fmt::Debug for Unlisted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_number {
            f.write_str(&self.text)
        } else {
            write!(f, "{:?}", self.text)
        }
    }
}
