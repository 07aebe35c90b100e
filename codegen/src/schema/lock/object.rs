//! Objects of JSON, read member by member.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use serde_core::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor,
};

/// The members of an object, as they are read. A member that nobody knows is an error, so that a slip of the pen shows.
pub(super) trait Fields<'de>: Sized {
    /// What is made of them.
    type Whole;

    /// What the object is, in messages.
    const WHAT: &'static str;

    /// Takes the value of a member; false if there is no such member.
    fn field<A: MapAccess<'de>>(&mut self, name: &str, map: &mut A) -> Result<bool, A::Error>;

    /// Makes the whole, if nothing is missing.
    fn finish<E: Error>(self) -> Result<Self::Whole, E>;
}

/// Reads an object of these members.
pub(super) struct Object<F>(pub(super) F);

impl<'de, F: Fields<'de>> DeserializeSeed<'de> for Object<F> {
    type Value = F::Whole;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<F::Whole, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F: Fields<'de>> Visitor<'de> for Object<F> {
    type Value = F::Whole;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object for {}", F::WHAT)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<F::Whole, A::Error> {
        while let Some(Text(name)) = map.next_key()? {
            if !self.0.field(&name, &mut map)? {
                let message = format!("{} has no member `{name}`", F::WHAT);
                return Err(A::Error::custom(message));
            }
        }
        self.0.finish()
    }
}

/// The error of an object that lacks a member.
pub(super) fn needed<'de, F: Fields<'de>, T, E: Error>(
    value: Option<T>,
    name: &str,
) -> Result<T, E> {
    value.ok_or_else(|| {
        let what = F::WHAT;
        E::custom(format!("expected a member `{name}` of {what}, found none"))
    })
}

/// The members of an object whose names are data.
pub(super) trait Entry<'de> {
    /// The name, as it is checked.
    type Key: Deserialize<'de> + Ord;
    /// What stands behind it.
    type Value;

    /// What the object is, in messages.
    const WHAT: &'static str;

    /// Takes the value of a member.
    fn value<A: MapAccess<'de>>(&mut self, map: &mut A) -> Result<Self::Value, A::Error>;
}

/// Reads an object of such members.
pub(super) struct Entries<E>(pub(super) E);

impl<'de, E: Entry<'de>> DeserializeSeed<'de> for Entries<E> {
    type Value = BTreeMap<E::Key, E::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, E: Entry<'de>> Visitor<'de> for Entries<E> {
    type Value = BTreeMap<E::Key, E::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object for {}", E::WHAT)
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::new();
        while let Some(key) = map.next_key()? {
            entries.push((key, self.0.value(&mut map)?));
        }
        Ok(entries.into_iter().collect())
    }
}

/// The items of an array.
pub(super) trait Item<'de> {
    /// What each of them is.
    type Value;

    /// What each of them is, in messages.
    const WHAT: &'static str;

    /// Takes the next of them; none behind the last.
    fn next<A: SeqAccess<'de>>(&mut self, items: &mut A) -> Result<Option<Self::Value>, A::Error>;
}

/// Reads an array of such items.
pub(super) struct Items<I>(pub(super) I);

impl<'de, I: Item<'de>> DeserializeSeed<'de> for Items<I> {
    type Value = Vec<I::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de, I: Item<'de>> Visitor<'de> for Items<I> {
    type Value = Vec<I::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an array whose items are each {}", I::WHAT)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = self.0.next(&mut items)? {
            values.push(value);
        }
        Ok(values)
    }
}

/// A string, copied only where it is written with escapes.
pub(super) struct Text<'de>(pub(super) Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Borrowed;
        impl<'de> Visitor<'de> for Borrowed {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(text.into()))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(text.to_owned().into()))
            }
        }
        deserializer.deserialize_str(Borrowed)
    }
}
