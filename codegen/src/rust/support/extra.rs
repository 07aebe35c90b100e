//! Members that a type does not declare.

use serde_json::Map;
use serde_json::Value;
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
#[derive(Clone, Default, PartialEq)]
pub struct Extra(Option<Box<Map<String, Value>>>);

impl Extra {
    /// No members.
    pub const EMPTY: Self = Self(None);

    /// The member of this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.as_ref()?.get(name)
    }

    /// Adds a member, or replaces the one of this name and returns what it was.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        self.0
            .get_or_insert_with(Box::default)
            .insert(name.into(), value.into())
    }

    /// Removes the member of this name and returns it.
    pub fn remove(&mut self, name: &str) -> Option<Value> {
        let members = self.0.as_mut()?;
        let removed = members.remove(name);
        if members.is_empty() {
            self.0 = None;
        }
        removed
    }

    /// The members, each with its name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> + '_ {
        self.0
            .iter()
            .flat_map(|members| members.iter())
            .map(|(name, value)| (name.as_str(), value))
    }

    /// Whether there is no member.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.as_ref().map_or(0, |members| members.len())
    }
}

impl fmt::Debug for Extra {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}
