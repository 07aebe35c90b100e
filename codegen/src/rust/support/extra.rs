//! Members that a type does not declare.

use serde_json::Value;
use std::borrow::Cow;
use std::fmt;

/// The members of a JSON object that its type has no field for, and those that a field cannot hold.
///
/// Reading puts here, under the name that it has in JSON:
///
/// - every member that the docs do not list, such as `@odata.type`;
/// - a documented member that is `null`, so that `null` and absent stay apart;
/// - a documented collection with a `null` among its elements.
///
/// Writing puts all of it back. Where a field is set, the field is written and a member of its name in here is not.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Extra(
    /// In the order of the names, of which each is there once.
    Vec<(Cow<'static, str>, Value)>,
);

impl Extra {
    /// No members.
    pub const EMPTY: Self = Self(Vec::new());

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(probe, _)| (**probe).cmp(name))
    }

    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let position = self.find(name).ok()?;
        self.0.get(position).map(|(_, value)| value)
    }

    /// Adds a member, or replaces the one of this name and returns what it was.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.put(Cow::Owned(name.into()), value.into())
    }

    /// The same, where a name that is part of the program need not be copied.
    pub(super) fn put(&mut self, name: Cow<'static, str>, value: Value) -> Option<Value> {
        match self.find(&name) {
            Ok(position) => self
                .0
                .get_mut(position)
                .map(|(_, old)| std::mem::replace(old, value)),
            Err(position) => {
                self.0.insert(position, (name, value));
                None
            }
        }
    }

    /// Adds members, of which later ones replace earlier ones of the same name, or remove them if they are `None`. Putting
    /// them in one by one would take a time that grows with the square of their number.
    pub(super) fn put_all(&mut self, new: Vec<(Cow<'static, str>, Option<Value>)>) {
        let known = self.0.drain(..).map(|(name, value)| (name, Some(value)));
        let mut all: Vec<_> = known.collect();
        if all.is_empty() {
            all = new;
        } else {
            all.extend(new);
        }
        // Sorting keeps the order of equal names, so of those the last comes first.
        all.reverse();
        all.sort_by(|(left, _), (right, _)| left.cmp(right));
        all.dedup_by(|(later, _), (earlier, _)| later == earlier);
        let all = all.into_iter();
        self.0 = all
            .filter_map(|(name, value)| Some((name, value?)))
            .collect();
    }

    /// Removes the member of this name and returns it.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let position = self.find(name).ok()?;
        Some(self.0.remove(position).1)
    }

    /// The members, each with its name, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> + '_ {
        self.members().map(|(name, value)| (&**name, value))
    }

    pub(super) fn members(&self) -> impl Iterator<Item = (&Cow<'static, str>, &Value)> + '_ {
        self.0.iter().map(|(name, value)| (name, value))
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
