//! Findings about enumerations.

use super::Finder;
use super::draft::Draft;
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
        for at in identity::enum_members(self.comparison.renames, ty, enums) {
            let (Some(before), Some(at)) = (at.old, at.new) else {
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
            let (old, new) = (&enums.old.members[before], &enums.new.members[at]);
            draft.member = Sides::new(Some(&*old.name), Some(&*new.name));
            self.push(draft);
        }
    }

    pub(super) fn member_fact(&mut self, fact: &'a Fact<'a>, of_type: &'a [Fact<'a>]) {
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
                let mut draft = Draft::new(rule, fact);
                if rule == rules::ENUM_MEMBER_ADDED_BEFORE_SENTINEL {
                    // Lists without numbers are not always in the order of the numbers.
                    let sentinel = enums.new.sentinel().map(|at| &enums.new.members[at]);
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
                if Standing::new(enums.old, *at) == Standing::Sentinel {
                    return self.push(Draft::new(rules::ENUM_SENTINEL_REMOVED, fact));
                }
                let mut draft = Draft::new(rules::ENUM_MEMBER_REMOVED, fact);
                draft.hint = successor(enums, *at, of_type);
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

/// The member that came when the one at a position went: the only one, or the one at the same position of a list that is
/// as long as before.
fn successor(enums: Sides<&EnumType>, at: usize, of_type: &[Fact<'_>]) -> Option<String> {
    let came = of_type.iter().filter_map(|fact| match &fact.change {
        Change::Member(Came::Added((at, member))) => Some((*at, &*member.name)),
        _ => None,
    });
    let came: Vec<(usize, &str)> = came.collect();
    let went = of_type
        .iter()
        .filter(|fact| matches!(fact.change, Change::Member(Came::Removed(_))));
    let is_as_long = enums.old.members.len() == enums.new.members.len();
    let new = match (&came[..], went.count()) {
        ([(_, only)], 1) => *only,
        _ if is_as_long => came.iter().find(|(new, _)| *new == at)?.1,
        _ => return None,
    };
    let old = &enums.old.members[at].name;
    Some(format!("`{new}` is new: `{old}` may have been renamed"))
}
