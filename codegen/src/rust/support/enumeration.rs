//! What every enumeration can do.

use super::scalar::{Found, Item, Scalar};
use super::unlisted::Unlisted;

/// What every enumeration can do, beside what its variants offer.
pub trait Enumeration: Clone + Eq + for<'a> From<&'a str> + 'static {
    /// The qualified name of the type.
    const NAME: &'static str;
    /// The names of the listed members.
    const MEMBERS: &'static [&'static str];
    /// The numbers of members, where the docs give them.
    const NUMBERS: &'static [(i64, &'static str)];

    /// The name of the listed member in JSON, or what is not listed.
    fn listed(&self) -> Result<&'static str, &Unlisted>;

    /// A value that is not listed.
    #[doc(hidden)]
    fn of_unlisted(unlisted: Unlisted) -> Self;

    /// The member's name, as it stands in JSON; of a number its digits.
    fn text(&self) -> &str {
        match self.listed() {
            Ok(name) => name,
            Err(unlisted) => unlisted.as_str(),
        }
    }

    /// What is not listed, if it is that.
    fn unlisted(&self) -> Option<&Unlisted> {
        self.listed().err()
    }

    /// The members that the value stands for: itself, if it is one; each of several with commas between; and those whose
    /// numbers make up a number. What is none stays unlisted.
    fn members(&self) -> Vec<Self> {
        let Some(unlisted) = self.unlisted() else {
            return vec![self.clone()];
        };
        match unlisted.number() {
            Some(number) => of_number(number),
            None => unlisted
                .split(',')
                .map(|name| member(name.trim()))
                .collect(),
        }
    }

    /// Whether a member is among those that the value stands for.
    fn contains(&self, member: &Self) -> bool {
        self == member || self.unlisted().is_some() && self.members().contains(member)
    }
}

impl<T: Enumeration> Scalar for T {
    const EXPECTED: &'static str = T::NAME;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        match found {
            Found::Text(text) => Some(T::from(*text)),
            Found::Int(number) => Some(T::of_unlisted((*number).into())),
            _ => None,
        }
    }

    fn item(&self) -> Item<'_> {
        match self.listed() {
            Ok(name) => Item::Text(name),
            Err(unlisted) => match unlisted.number() {
                Some(number) => Item::Int(number),
                None => Item::Text(unlisted.as_str()),
            },
        }
    }
}

/// A copy. Names lead to variants, so that no enumeration needs code of its own for this.
pub fn clone_member<T: Enumeration>(value: &T) -> T {
    match value.listed() {
        Ok(name) => T::from(name),
        Err(unlisted) => T::of_unlisted(unlisted.clone()),
    }
}

/// Whether two values are written in the same way.
pub fn same_member<T: Enumeration>(left: &T, right: &T) -> bool {
    left.item() == right.item()
}

/// The member of a name; services are known to differ in casing.
fn member<T: Enumeration>(name: &str) -> T {
    let known = T::MEMBERS
        .iter()
        .find(|member| **member == name)
        .or_else(|| {
            T::MEMBERS
                .iter()
                .find(|member| member.eq_ignore_ascii_case(name))
        });
    T::from(known.copied().unwrap_or(name))
}

fn of_number<T: Enumeration>(number: i64) -> Vec<T> {
    if let Some((_, name)) = T::NUMBERS.iter().find(|(value, _)| *value == number) {
        return vec![T::from(*name)];
    }
    let mut members = Vec::new();
    let mut rest = number;
    for (value, name) in T::NUMBERS {
        if number > 0 && value.count_ones() == 1 && number & value == *value {
            members.push(T::from(*name));
            rest &= !value;
        }
    }
    if rest != 0 || members.is_empty() {
        members.push(T::of_unlisted(rest.into()));
    }
    members
}
