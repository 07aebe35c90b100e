//! Values as bytes, for a file that one build of the program writes and the same build reads: nothing else can, so the form
//! has no versions and says nothing about itself.
//!
//! A general format would do, but those that are quick need more crates than a build dependency may have.

mod claims;
mod docs;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::Arc;

/// A value that can be stored.
pub(crate) trait Stored: Sized {
    /// Adds its bytes.
    fn store(&self, to: &mut Store);

    /// Takes its bytes; none if they are not those of such a value.
    fn load(from: &mut Load<'_>) -> Option<Self>;
}

/// Bytes that are written. A text that many values share is written once.
#[derive(Default)]
pub(crate) struct Store {
    bytes: Vec<u8>,
    shared: HashMap<Arc<str>, usize>,
}

/// Bytes that are read.
pub(crate) struct Load<'a> {
    bytes: &'a [u8],
    shared: Vec<Arc<str>>,
}

impl Store {
    pub(crate) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// The bytes of a text, behind their number.
    fn text(&mut self, text: &str) {
        text.len().store(self);
        self.bytes.extend(text.as_bytes());
    }
}

/// The bytes of a value.
pub(crate) fn store(value: &impl Stored) -> Vec<u8> {
    let mut to = Store::default();
    value.store(&mut to);
    to.bytes
}

/// The value of all these bytes.
pub(crate) fn load<T: Stored>(bytes: &[u8]) -> Option<T> {
    let mut from = Load {
        bytes,
        shared: Vec::new(),
    };
    let value = T::load(&mut from)?;
    from.bytes.is_empty().then_some(value)
}

impl Load<'_> {
    fn take(&mut self, count: usize) -> Option<&[u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    /// The bytes of a value that was stored as one of a kind.
    pub(crate) fn byte(&mut self) -> Option<u8> {
        self.take(1).map(|byte| byte[0])
    }

    /// How many values follow, each of at least a byte: a number that is too large asks for no memory.
    fn count(&mut self) -> Option<usize> {
        usize::load(self).filter(|count| *count <= self.bytes.len())
    }
}

/// Stores a struct as its fields, one behind the other.
macro_rules! stored_struct {
    ($($name:ident { $($field:ident),* $(,)? })*) => {
        $(impl Stored for $name {
            fn store(&self, to: &mut Store) {
                let Self { $($field),* } = self;
                $($field.store(to);)*
            }

            fn load(from: &mut Load<'_>) -> Option<Self> {
                $(let $field = Stored::load(from)?;)*
                Some(Self { $($field),* })
            }
        })*
    };
}

/// Stores an enum as a number, and the value behind it if the variant has one.
macro_rules! stored_enum {
    ($($name:ident { $($tag:literal $variant:ident $(($value:ident))?),* $(,)? })*) => {
        $(impl Stored for $name {
            fn store(&self, to: &mut Store) {
                match self {
                    $(Self::$variant $(($value))? => {
                        to.byte($tag);
                        $($value.store(to);)?
                    })*
                }
            }

            fn load(from: &mut Load<'_>) -> Option<Self> {
                Some(match from.byte()? {
                    $($tag => Self::$variant $(({
                        let $value = Stored::load(from)?;
                        $value
                    }))?,)*
                    _ => return None,
                })
            }
        })*
    };
}

/// Stores an enum by the position among all of its values.
macro_rules! stored_position {
    ($($name:ident)*) => {
        $(impl Stored for $name {
            fn store(&self, to: &mut Store) {
                let mut all = Self::ALL.iter();
                all.position(|other| other == self).store(to);
            }

            fn load(from: &mut Load<'_>) -> Option<Self> {
                let position: Option<usize> = Stored::load(from)?;
                Self::ALL.get(position?).copied()
            }
        })*
    };
}

use stored_position;
pub(crate) use {stored_enum, stored_struct};

impl Stored for u64 {
    fn store(&self, to: &mut Store) {
        to.bytes.extend(self.to_le_bytes());
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        from.take(8)?.try_into().ok().map(Self::from_le_bytes)
    }
}

impl Stored for i64 {
    fn store(&self, to: &mut Store) {
        to.bytes.extend(self.to_le_bytes());
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        from.take(8)?.try_into().ok().map(Self::from_le_bytes)
    }
}

impl Stored for usize {
    /// Seven bits in a byte: most numbers are small.
    fn store(&self, to: &mut Store) {
        let mut rest = *self;
        while rest >= 0x80 {
            to.bytes.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        to.bytes.push(rest as u8);
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        let mut value = 0;
        for shift in (0..Self::BITS).step_by(7) {
            let byte = from.byte()?;
            value |= Self::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(value);
            }
        }
        None
    }
}

impl Stored for u32 {
    fn store(&self, to: &mut Store) {
        (*self as usize).store(to);
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        usize::load(from)?.try_into().ok()
    }
}

impl Stored for bool {
    fn store(&self, to: &mut Store) {
        to.bytes.push(u8::from(*self));
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        from.byte().map(|byte| byte != 0)
    }
}

impl Stored for String {
    fn store(&self, to: &mut Store) {
        to.text(self);
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        let length = from.count()?;
        let text = std::str::from_utf8(from.take(length)?).ok()?;
        Some(text.to_owned())
    }
}

impl Stored for Box<str> {
    fn store(&self, to: &mut Store) {
        to.text(self);
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        String::load(from).map(Into::into)
    }
}

impl Stored for Cow<'static, str> {
    fn store(&self, to: &mut Store) {
        to.text(self);
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        String::load(from).map(Self::Owned)
    }
}

impl Stored for Arc<str> {
    /// The number of the text, and the text itself where it is met first.
    fn store(&self, to: &mut Store) {
        let next = to.shared.len();
        if let Some(known) = to.shared.get(self) {
            let known = *known;
            known.store(to);
            return;
        }
        to.shared.insert(Self::clone(self), next);
        next.store(to);
        to.text(self);
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        let number = usize::load(from)?;
        if let Some(known) = from.shared.get(number) {
            return Some(Self::clone(known));
        }
        if number != from.shared.len() {
            return None;
        }
        let text: Self = String::load(from)?.into();
        from.shared.push(Self::clone(&text));
        Some(text)
    }
}

impl<T: Stored> Stored for Option<T> {
    fn store(&self, to: &mut Store) {
        to.bytes.push(u8::from(self.is_some()));
        if let Some(value) = self {
            value.store(to);
        }
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        match from.byte()? {
            0 => Some(None),
            _ => Some(Some(T::load(from)?)),
        }
    }
}

impl<T: Stored> Stored for Vec<T> {
    fn store(&self, to: &mut Store) {
        self.len().store(to);
        self.iter().for_each(|value| value.store(to));
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        let count = from.count()?;
        (0..count).map(|_| T::load(from)).collect()
    }
}

impl<T: Stored> Stored for Arc<[T]> {
    fn store(&self, to: &mut Store) {
        self.len().store(to);
        self.iter().for_each(|value| value.store(to));
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        let values: Vec<T> = Stored::load(from)?;
        Some(values.into())
    }
}

impl<T: Stored + Ord> Stored for BTreeSet<T> {
    fn store(&self, to: &mut Store) {
        self.len().store(to);
        self.iter().for_each(|value| value.store(to));
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        let count = from.count()?;
        (0..count).map(|_| T::load(from)).collect()
    }
}

impl<K: Stored + Ord, V: Stored> Stored for BTreeMap<K, V> {
    fn store(&self, to: &mut Store) {
        self.len().store(to);
        for entry in self {
            entry.0.store(to);
            entry.1.store(to);
        }
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        let count = from.count()?;
        (0..count).map(|_| Stored::load(from)).collect()
    }
}

impl<K: Stored + Eq + Hash, V: Stored> Stored for HashMap<K, V> {
    fn store(&self, to: &mut Store) {
        self.len().store(to);
        for entry in self {
            entry.0.store(to);
            entry.1.store(to);
        }
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        let count = from.count()?;
        (0..count).map(|_| Stored::load(from)).collect()
    }
}

impl<T: Stored> Stored for Arc<T> {
    fn store(&self, to: &mut Store) {
        T::store(self, to);
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        T::load(from).map(Self::new)
    }
}

impl<A: Stored, B: Stored> Stored for (A, B) {
    fn store(&self, to: &mut Store) {
        self.0.store(to);
        self.1.store(to);
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        Some((A::load(from)?, B::load(from)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_all_sizes_come_back() {
        for number in [0, 1, 127, 128, 300, 1 << 40, usize::MAX] {
            assert_eq!(load(&store(&number)), Some(number));
        }
    }

    #[test]
    fn shared_texts_are_stored_once_and_are_shared_again() {
        let path: Arc<str> = "beta/resources/a.md".into();
        let paths = vec![Arc::clone(&path), Arc::clone(&path), "b".into()];
        let bytes = store(&paths);
        assert!(bytes.len() < 2 * path.len(), "{bytes:?}");
        let loaded: Vec<Arc<str>> = load(&bytes).unwrap();
        assert_eq!(loaded, paths);
        assert!(Arc::ptr_eq(&loaded[0], &loaded[1]));
    }

    #[test]
    fn bytes_of_something_else_are_no_value() {
        let bytes = store(&vec!["one".to_owned(), "two".to_owned()]);
        for end in 0..bytes.len() {
            assert_eq!(load::<Vec<String>>(&bytes[..end]), None);
        }
        let mut longer = bytes.clone();
        longer.push(0);
        assert_eq!(load::<Vec<String>>(&longer), None);
        // A count for which there is not enough to come.
        assert_eq!(load::<Vec<String>>(&[0xff, 0xff, 0xff, 0x7f]), None);
        assert_eq!(load::<Vec<String>>(&[1, 1, 0xff]), None);
    }
}
