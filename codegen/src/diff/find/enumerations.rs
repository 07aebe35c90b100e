//! Findings about enumerations.

use super::Finder;
use super::draft::Draft;
use super::exchanged::Exchanged;
use crate::diff::fact::{Came, Change, Fact};
use crate::diff::identity;
use crate::diff::rules::enumerations as rules;
use crate::diff::sides::Sides;
use crate::diff::verdict::Wire;
use crate::schema::{EnumType, SENTINEL, is_same_in_any_case};

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
    /// Where the member at a position stands, the sentinel being at another.
    fn new(ty: &EnumType, sentinel: Option<usize>, at: usize) -> Self {
        match sentinel {
            None => Self::Closed,
            Some(sentinel) if sentinel == at => Self::Sentinel,
            Some(sentinel) if ty.is_behind(at, sentinel) => Self::Behind,
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
            Change::Order(_) => self.push(Draft::new(rules::ENUM_MEMBERS_REORDERED, fact)),
            _ => {}
        }
    }

    /// The members that crossed the sentinel, because the order or the numbers are others.
    pub(super) fn crossed(&mut self, facts: &'a [Fact<'a>]) {
        let mut moves = facts
            .iter()
            .filter(|fact| matches!(fact.change, Change::Order(_) | Change::Number(_)));
        let Some(fact) = moves.next() else { return };
        let Some(enums) = self.enums(fact) else {
            return;
        };
        let Some(ty) = fact.ty.new else { return };
        let sentinels = enums.map(EnumType::sentinel);
        for at in identity::enum_members(self.comparison.renames, ty, enums) {
            let (Some(before), Some(at)) = (at.old, at.new) else {
                continue;
            };
            let standings = (
                Standing::new(enums.old, sentinels.old, before),
                Standing::new(enums.new, sentinels.new, at),
            );
            let rule = match standings {
                (Standing::Before, Standing::Behind) => rules::ENUM_MEMBER_HIDDEN,
                (Standing::Behind, Standing::Before) => rules::ENUM_MEMBER_REVEALED,
                _ => continue,
            };
            let mut draft = Draft::new(rule, fact);
            let (old, new) = (&enums.old.members[before], &enums.new.members[at]);
            draft.member = Sides::new(Some(&*old.name), Some(&*new.name));
            self.push(draft);
        }
    }

    /// The findings of facts about single members, of all facts about an enumeration.
    pub(super) fn member_facts(&mut self, facts: &'a [Fact<'a>], exchanged: &Exchanged<'a>) {
        let Some(enums) = facts.first().and_then(|first| self.enums(first)) else {
            return;
        };
        let sentinels = enums.map(EnumType::sentinel);
        let about_members = facts.iter().filter(|fact| fact.member.latest().is_some());
        for fact in about_members {
            self.member_fact(fact, enums, sentinels, exchanged);
        }
    }

    fn member_fact(
        &mut self,
        fact: &'a Fact<'a>,
        enums: Sides<&'a EnumType>,
        sentinels: Sides<Option<usize>>,
        exchanged: &Exchanged<'a>,
    ) {
        match &fact.change {
            Change::Member(Came::Added((at, member))) => {
                let had_sentinel = sentinels.old.is_some();
                let rule = match Standing::new(enums.new, sentinels.new, *at) {
                    Standing::Sentinel => rules::ENUM_SENTINEL_ADDED,
                    Standing::Behind => rules::ENUM_MEMBER_ADDED_EVOLVABLE,
                    Standing::Before if had_sentinel => rules::ENUM_MEMBER_ADDED_BEFORE_SENTINEL,
                    Standing::Before | Standing::Closed => rules::ENUM_MEMBER_ADDED,
                };
                let mut draft = Draft::new(rule, fact);
                if rule == rules::ENUM_MEMBER_ADDED_BEFORE_SENTINEL {
                    // Lists without numbers are not always in the order of the numbers.
                    let sentinel = sentinels.new.map(|at| &enums.new.members[at]);
                    let is_numbered = member.value.is_some()
                        && sentinel.is_some_and(|sentinel| sentinel.value.is_some());
                    let read = match is_numbered {
                        true => Wire::Breaking,
                        false => Wire::Risky,
                    };
                    draft = draft.wire(read, Wire::Safe);
                }
                // That a list can grow is said of each version by itself.
                self.push(match rule == rules::ENUM_SENTINEL_ADDED {
                    true => draft,
                    false => self.moved(draft),
                });
            }
            Change::Member(Came::Removed((at, _))) => {
                if sentinels.old == Some(*at) {
                    return self.push(Draft::new(rules::ENUM_SENTINEL_REMOVED, fact));
                }
                let mut draft = Draft::new(rules::ENUM_MEMBER_REMOVED, fact);
                draft.hint = exchanged.of_member(enums, *at);
                self.push(self.moved(draft));
            }
            Change::MemberName => {
                let names = Sides {
                    old: fact.member.old.unwrap_or_default(),
                    new: fact.member.new.unwrap_or_default(),
                };
                let rule = match is_same_in_any_case(names.old, names.new) {
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
                let draft = Draft::new(rules::ENUM_MEMBER_DESCRIPTION_CHANGED, fact);
                self.push(draft.texts(*texts));
            }
            _ => {}
        }
    }
}
