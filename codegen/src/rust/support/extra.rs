//! Members that a type does not declare.

use super::raw::Json;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The members of a JSON object that its type has no field for, and those that a field cannot hold.
///
/// Reading puts here, under the name that it has in JSON:
///
/// - every member that the docs do not list, such as `@odata.type`;
/// - a documented member that is `null`, so that `null` and absent stay apart;
/// - a documented collection with a `null` among its elements.
///
/// Writing puts all of it back. Where a field is set, the field is written and a member of its name in here is not.
///
/// Unseen by these methods and by comparisons, it also remembers the form in which a field's value came, where that is
/// not the one in which it would be written, such as a 64-bit number as a string. The form is written again as long as
/// the field has that value.
#[derive(Clone, Default)]
pub struct Extra(
    /// In the order of the names, of which each is there once.
    Vec<(Cow<'static, str>, Entry)>,
);

/// What stands under a name.
#[derive(Clone)]
pub(super) enum Entry {
    /// A member of its own.
    Member(Json),
    /// The form in which the value of the field of this name came.
    Form(Value),
}

impl Entry {
    fn member(&self) -> Option<&Json> {
        match self {
            Self::Member(json) => Some(json),
            Self::Form(_) => None,
        }
    }

    fn into_member(self) -> Option<Value> {
        match self {
            Self::Member(json) => Some(json.into_value()),
            Self::Form(_) => None,
        }
    }
}

impl From<Value> for Entry {
    fn from(value: Value) -> Self {
        Self::Member(Json::Value(value))
    }
}

impl Extra {
    /// No members.
    pub const EMPTY: Self = Self(Vec::new());

    fn find(&self, name: &str) -> Result<usize, usize> {
        self.0.binary_search_by(|(probe, _)| (**probe).cmp(name))
    }

    fn entry(&self, name: &str) -> Option<&Entry> {
        let position = self.find(name).ok()?;
        self.0.get(position).map(|(_, entry)| entry)
    }

    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        Some(self.entry(name)?.member()?.value())
    }

    /// The form in which the value of the field of this name came, if it is not the usual one.
    pub(super) fn form(&self, name: &str) -> Option<&Value> {
        match self.entry(name)? {
            Entry::Form(form) => Some(form),
            Entry::Member(_) => None,
        }
    }

    /// Adds a member, or replaces the one of this name and returns what it was.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.put(Cow::Owned(name.into()), value.into().into())?
            .into_member()
    }

    /// The same for anything that can stand under a name.
    pub(super) fn put(&mut self, name: Cow<'static, str>, entry: Entry) -> Option<Entry> {
        match self.find(&name) {
            Ok(position) => self
                .0
                .get_mut(position)
                .map(|(_, old)| std::mem::replace(old, entry)),
            Err(position) => {
                self.0.insert(position, (name, entry));
                None
            }
        }
    }

    /// Adds entries, of which later ones replace earlier ones of the same name, or remove them if they are `None`. Putting
    /// them in one by one would take a time that grows with the square of their number.
    pub(super) fn put_all(&mut self, new: Vec<(Cow<'static, str>, Option<Entry>)>) {
        let known = self.0.drain(..).map(|(name, entry)| (name, Some(entry)));
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
            .filter_map(|(name, entry)| Some((name, entry?)))
            .collect();
    }

    /// Removes the member of this name and returns it.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let position = self.find(name).ok()?;
        self.0.remove(position).1.into_member()
    }

    /// The members, each with its name, in the order of the names.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> + '_ {
        self.members().map(|(name, json)| (name, json.value()))
    }

    fn members(&self) -> impl Iterator<Item = (&str, &Json)> + '_ {
        let entries = self.0.iter();
        entries.filter_map(|(name, entry)| Some((&**name, entry.member()?)))
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (&Cow<'static, str>, &Entry)> + '_ {
        self.0.iter().map(|(name, entry)| (name, entry))
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.members().next().is_none()
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.members().count()
    }
}

impl PartialEq for Extra {
    fn eq(&self, other: &Self) -> bool {
        self.members().eq(other.members())
    }
}

impl Eq for Extra {}

impl Hash for Extra {
    fn hash<H: Hasher>(&self, state: &mut H) {
        // What the members hold would add little, and not all of it can be hashed.
        for (name, _) in self.members() {
            name.hash(state);
        }
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
