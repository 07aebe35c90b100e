//! Which types two versions have in common.

use std::collections::BTreeMap;

use super::compare::Pair;
use super::fact::{Came, Change};
use super::identity::Renames;
use super::sides::Sides;

/// Two versions, type by type.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parity {
    /// The names of the versions.
    pub versions: Sides<String>,
    /// Every type by its qualified name.
    pub types: BTreeMap<String, Standing>,
}

/// How a type of one version stands to that of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Both have it, and values look the same.
    Same,
    /// Only the old side has it.
    OnlyOld,
    /// Only the new side has it.
    OnlyNew,
    /// Both have it; so many members differ, or the type itself if none does.
    Differs {
        /// So many properties or members that only the old side declares.
        only_old: usize,
        /// So many that only the new side declares.
        only_new: usize,
        /// So many that both declare, each in its way.
        changed: usize,
    },
}

impl Parity {
    pub(super) fn new(pair: &Pair<'_>) -> Self {
        let mut types: BTreeMap<String, Standing> = pair
            .versions
            .new
            .types
            .keys()
            .map(|name| (name.to_string(), Standing::Same))
            .collect();
        let facts = pair.facts(&Renames::default());
        let mut changed: BTreeMap<(&str, &str), ()> = BTreeMap::new();
        for fact in &facts {
            let Some(ty) = fact.ty.latest() else { continue };
            let standing = types.entry(ty.to_string()).or_insert(Standing::Same);
            match &fact.change {
                Change::Type(Came::Added(_)) => *standing = Standing::OnlyNew,
                Change::Type(Came::Removed(_)) => *standing = Standing::OnlyOld,
                // Where something is told does not make it differ, nor the product that it belongs to.
                Change::Area(_) | Change::Order(_) => {}
                change if change.is_about_docs() => {}
                change => {
                    if *standing == Standing::Same {
                        *standing = Standing::Differs {
                            only_old: 0,
                            only_new: 0,
                            changed: 0,
                        };
                    }
                    let Standing::Differs {
                        only_old,
                        only_new,
                        changed: count,
                    } = standing
                    else {
                        continue;
                    };
                    match change {
                        Change::Property(Came::Added(_)) | Change::Member(Came::Added(_)) => {
                            *only_new += 1;
                        }
                        Change::Property(Came::Removed(_)) | Change::Member(Came::Removed(_)) => {
                            *only_old += 1;
                        }
                        _ => {
                            if let Some(member) = fact.member.latest()
                                && changed.insert((ty.as_str(), member), ()).is_none()
                            {
                                *count += 1;
                            }
                        }
                    }
                }
            }
        }
        Self {
            versions: pair.names.map(str::to_owned),
            types,
        }
    }

    /// How many types there are of each standing: same, only old, only new, different.
    #[must_use]
    pub fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for standing in self.types.values() {
            counts[match standing {
                Standing::Same => 0,
                Standing::OnlyOld => 1,
                Standing::OnlyNew => 2,
                Standing::Differs { .. } => 3,
            }] += 1;
        }
        counts
    }
}
