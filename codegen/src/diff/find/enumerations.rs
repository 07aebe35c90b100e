//! Findings about enumerations.

use super::{Draft, Finder};
use crate::diff::fact::{Came, Change, Fact};
use crate::diff::rules::enumerations as rules;
use crate::diff::sides::Sides;
use crate::schema::{EnumType, SENTINEL};

/// Where a member stands to the sentinel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// The enumeration has no sentinel.
    Closed,
    /// Before it.
    Before,
    /// It is the sentinel.
    Sentinel,
    /// Behind it.
    Behind,
}

impl Standing {
    fn new(ty: &EnumType, at: usize) -> Self {
        match ty.sentinel() {
            None => Self::Closed,
            Some(sentinel) if sentinel == at => Self::Sentinel,
            Some(_) if ty.is_hidden(at) => Self::Behind,
            Some(_) => Self::Before,
        }
    }
}

impl<'a> Finder<'a, '_> {
    fn enums(&self, fact: &Fact<'a>) -> Option<Sides<&'a EnumType>> {
        let versions = self.pair.versions;
        let old = versions.old.types.get(fact.ty.old?)?.enumeration()?;
        let new = versions.new.types.get(fact.ty.new?)?.enumeration()?;
        Some(Sides::new(old, new))
    }

    /// A fact about an enumeration as a whole.
    pub(super) fn enumeration_fact(&mut self, fact: &'a Fact<'a>) {
        match &fact.change {
            Change::Flags(sides) => self.push(Draft::new(
                match sides.new {
                    true => rules::ENUM_BECAME_FLAGS,
                    false => rules::ENUM_NO_LONGER_FLAGS,
                },
                fact,
            )),
            Change::Order(_) => {
                self.push(Draft::new(rules::ENUM_MEMBERS_REORDERED, fact));
                self.moved(fact);
            }
            _ => {}
        }
    }

    /// The members that crossed the sentinel.
    fn moved(&mut self, fact: &'a Fact<'a>) {
        let Some(enums) = self.enums(fact) else {
            return;
        };
        for (at, member) in enums.new.members.iter().enumerate() {
            let mut old = enums.old.members.iter();
            let Some(before) = old.position(|old| old.name == member.name) else {
                continue;
            };
            let standings = (
                Standing::new(enums.old, before),
                Standing::new(enums.new, at),
            );
            let rule = match standings {
                (Standing::Before, Standing::Behind) => rules::ENUM_MEMBER_HIDDEN,
                (Standing::Behind, Standing::Before) => rules::ENUM_MEMBER_REVEALED,
                _ => continue,
            };
            let mut draft = Draft::new(rule, fact);
            draft.member = Sides::new(Some(&*enums.old.members[before].name), Some(&member.name));
            self.push(draft);
        }
    }

    pub(super) fn member_fact(&mut self, fact: &'a Fact<'a>) {
        let Some(enums) = self.enums(fact) else {
            return;
        };
        match &fact.change {
            Change::Member(Came::Added((at, member))) => {
                let had_sentinel = enums.old.sentinel().is_some();
                let rule = match Standing::new(enums.new, *at) {
                    Standing::Sentinel => rules::ENUM_SENTINEL_ADDED,
                    Standing::Behind => rules::ENUM_MEMBER_ADDED_EVOLVABLE,
                    Standing::Before if had_sentinel => rules::ENUM_MEMBER_ADDED_BEFORE_SENTINEL,
                    Standing::Before | Standing::Closed => rules::ENUM_MEMBER_ADDED,
                };
                if rule != rules::ENUM_SENTINEL_ADDED && self.promoted_member(fact, &member.name) {
                    return;
                }
                self.push(Draft::new(rule, fact));
            }
            Change::Member(Came::Removed((at, member))) => {
                if self.demoted_member(fact, &member.name) {
                    return;
                }
                self.push(Draft::new(
                    match Standing::new(enums.old, *at) {
                        Standing::Sentinel => rules::ENUM_SENTINEL_REMOVED,
                        _ => rules::ENUM_MEMBER_REMOVED,
                    },
                    fact,
                ));
            }
            Change::MemberName => {
                let names = Sides {
                    old: fact.member.old.unwrap_or_default(),
                    new: fact.member.new.unwrap_or_default(),
                };
                let rule = match names.old.to_lowercase() == names.new.to_lowercase() {
                    true => rules::ENUM_MEMBER_RECASED,
                    false => rules::ENUM_MEMBER_RENAMED,
                };
                self.push(Draft::new(rule, fact).sides(names));
            }
            Change::Number(numbers) => {
                // Docs that give no number do not say that there is none.
                let Sides {
                    old: Some(old),
                    new: Some(new),
                } = numbers
                else {
                    return;
                };
                let is_sentinel = fact
                    .member
                    .new
                    .is_some_and(|name| name.eq_ignore_ascii_case(SENTINEL));
                let rule = match is_sentinel {
                    true => rules::ENUM_SENTINEL_MOVED,
                    false => rules::ENUM_MEMBER_RENUMBERED,
                };
                self.push(Draft::new(rule, fact).sides(Sides::new(old, new)));
            }
            Change::MemberDescription(texts) => {
                let mut draft = Draft::new(rules::ENUM_MEMBER_DESCRIPTION_CHANGED, fact);
                draft.old = texts.old.map(str::to_owned);
                draft.new = texts.new.map(str::to_owned);
                self.push(draft);
            }
            _ => {}
        }
    }
}
