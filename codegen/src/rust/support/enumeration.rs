//! What every enumeration can do.

use super::scalar::{Found, Item, Scalar};
use super::unlisted::Unlisted;

/// What every enumeration can do, beside what its variants offer.
pub trait Enumeration: Scalar + Clone + Eq + for<'a> From<&'a str> + From<i64> {
    /// The names of the listed members.
    const MEMBERS: &'static [&'static str];
    /// The numbers of members, where the docs give them.
    const NUMBERS: &'static [(i64, &'static str)];

    /// The member's name, as it stands in JSON; of a number its digits.
    fn text(&self) -> &str;

    /// What is not listed, if it is that.
    fn unlisted(&self) -> Option<&Unlisted>;

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

/// The value of an enumeration that was found.
pub fn fit_member<T: Enumeration>(found: &Found<'_>) -> Option<T> {
    match found {
        Found::Text(text) => Some(T::from(*text)),
        Found::Int(number) => Some(T::from(*number)),
        _ => None,
    }
}

/// A value of an enumeration as it is written.
pub fn member_item<T: Enumeration>(value: &T) -> Item<'_> {
    match value.unlisted().and_then(Unlisted::number) {
        Some(number) => Item::Int(number),
        None => Item::Text(value.text()),
    }
}

/// A copy. Names lead to variants, so that no enumeration needs code of its own for this.
pub fn clone_member<T: Enumeration>(value: &T) -> T {
    match value.unlisted().and_then(Unlisted::number) {
        Some(number) => T::from(number),
        None => T::from(value.text()),
    }
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
        members.push(T::from(rest));
    }
    members
}
