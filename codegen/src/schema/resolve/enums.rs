//! Enumerations: those that pages describe, and those that rows imply.

use std::borrow::Cow;
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::super::{
    Definition, EnumType, ItemType, Member, SENTINEL, Source, Type, TypeName, is_reserved,
};
use super::groups::Group;
use super::index::{Index, Meaning};
use super::learned::Learned;
use super::overrides::Edits;
use super::source;
use super::types::{Site, listed_values, names};
use crate::claims::{MemberClaim, PropertyClaim, is_type_name};
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::source::Place;

/// An enumeration that pages describe. Where an override lists its members, there is no conflict to tell of.
pub(super) fn resolve(
    group: &Group<'_>,
    listed: &Listed<'_>,
    values: Option<&[String]>,
    diagnostics: &mut Vec<Diagnostic>,
) -> EnumType {
    let told = diagnostics.len();
    let mut enumeration = documented(group, listed, diagnostics);
    if values.is_some() {
        diagnostics.truncate(told);
        enumeration.list(values, &source(&group.main().1.place));
    }
    enumeration
}

/// The members that all tables about an enumeration list, in the order of the first, and those that only rows list.
fn documented(
    group: &Group<'_>,
    listed: &Listed<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> EnumType {
    let mut members: Vec<Member> = Vec::new();
    let mut places: Vec<Place> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut conflict = None;
    for (table, claim) in group
        .claims()
        .filter(|claim| !claim.members.is_empty())
        .enumerate()
    {
        for row in &claim.members {
            let row = &sentinel_spelled(row, group, diagnostics);
            match known.entry(row.name.to_ascii_lowercase()) {
                Entry::Occupied(at) => {
                    let (member, place) = (&mut members[*at.get()], &places[*at.get()]);
                    let other_value = row.value.is_some()
                        && member.value.is_some_and(|value| Some(value) != row.value);
                    if member.name != row.name || other_value {
                        let message = if other_value {
                            format!(
                                "a second row describes the member `{}` of `{}` differently; the first was used",
                                row.name, group.name
                            )
                        } else {
                            format!(
                                "the member is spelled `{}` here and `{}` there; the latter was used",
                                row.name, member.name
                            )
                        };
                        diagnostics.push(
                            Diagnostic::new(Code::MemberConflict, row.place.clone(), message)
                                .against(place.clone())
                                .hint("remove one of the rows")
                                .about(Subject::member(group.name.as_str(), &row.name)),
                        );
                    }
                    member.value = member.value.or(row.value);
                    if member.description.is_none() {
                        member.description.clone_from(&row.description);
                    }
                }
                Entry::Vacant(free) => {
                    free.insert(members.len());
                    if table > 0 {
                        conflict = Some(row.place.clone());
                    }
                    places.push(row.place.clone());
                    members.push(Member {
                        name: row.name.clone(),
                        value: row.value,
                        description: row.description.clone(),
                        source: source(&row.place),
                    });
                }
            }
        }
    }
    if let Some(place) = conflict {
        diagnostics.push(
            Diagnostic::new(
                Code::MemberConflict,
                place,
                format!(
                    "another table lists other members for `{}`; all were kept",
                    group.name
                ),
            )
            .against(group.main().1.place.clone())
            .hint("keep one table")
            .about(Subject::ty(group.name.as_str())),
        );
    }
    let mut enumeration = EnumType {
        flags: group.claims().any(|claim| claim.flags) || combine(&members),
        members,
    };
    listed.add_to(&group.name, &mut enumeration);
    enumeration
}

/// The row, with the sentinel spelled as it is everywhere else: it is typed anew on each page, and nearly right on some.
fn sentinel_spelled<'a>(
    row: &'a MemberClaim,
    group: &Group<'_>,
    diagnostics: &mut Vec<Diagnostic>,
) -> Cow<'a, MemberClaim> {
    if !is_nearly_sentinel(&row.name) {
        return Cow::Borrowed(row);
    }
    diagnostics.push(
        Diagnostic::new(
            Code::MemberConflict,
            row.place.clone(),
            format!(
                "the member `{}` of `{}` is spelled `{SENTINEL}` elsewhere, which was used",
                row.name, group.name
            ),
        )
        .hint("correct the spelling")
        .about(Subject::member(group.name.as_str(), SENTINEL)),
    );
    Cow::Owned(MemberClaim {
        name: SENTINEL.to_owned(),
        ..row.clone()
    })
}

/// Whether a name is the sentinel with a letter or two wrong.
fn is_nearly_sentinel(name: &str) -> bool {
    let (name, sentinel) = (name.to_ascii_lowercase(), SENTINEL.to_ascii_lowercase());
    name != sentinel
        && name.len().abs_diff(sentinel.len()) <= 2
        && strsim::osa_distance(&name, &sentinel) <= 2
}

/// Whether the numbers of members are made to be added: all are different powers of two, at least three of them. In the
/// 2021 docs this holds for 26 enumerations of the service's that combine and for 4 that do not.
fn combine(members: &[Member]) -> bool {
    let numbers = || members.iter().filter_map(|member| member.value);
    let bits: BTreeSet<i64> = numbers().filter(|number| *number != 0).collect();
    bits.len() >= 3
        && numbers().all(|number| number >= 0 && (number & (number - 1)) == 0)
        && numbers().filter(|number| *number != 0).count() == bits.len()
}

/// The values that rows list for properties of a described enumeration, by its name.
pub(super) struct Listed<'a>(BTreeMap<TypeName, Vec<&'a PropertyClaim>>);

impl<'a> Listed<'a> {
    /// Finds them in all rows.
    pub(super) fn of(groups: &BTreeMap<String, Group<'a>>, index: &Index) -> Self {
        let mut listed: BTreeMap<TypeName, Vec<&'a PropertyClaim>> = BTreeMap::new();
        for group in groups.values() {
            for row in group.claims().flat_map(|claim| &claim.rows) {
                let site = Site {
                    namespace: group.name.namespace(),
                    page: &row.place.file,
                };
                if let Some(cell) = row.ty.as_ref().filter(|_| !row.values.is_empty())
                    && let [word] = names(cell).as_slice()
                    && let Some(name) = index.meaning(word, site).described()
                {
                    listed.entry(name).or_default().push(row);
                }
            }
        }
        Self(listed)
    }

    /// Adds what rows list and no table does: before the sentinel, unless the row lists it behind the sentinel.
    fn add_to(&self, name: &TypeName, enumeration: &mut EnumType) {
        let Some(rows) = self.0.get(name) else {
            return;
        };
        let members = enumeration.members.iter();
        let mut known: HashSet<String> = members
            .map(|member| member.name.to_ascii_lowercase())
            .collect();
        // What begins with the sentinel, if there is one.
        let mut hidden = match enumeration.sentinel() {
            Some(sentinel) => enumeration.members.split_off(sentinel),
            None => Vec::new(),
        };
        for row in rows {
            let mut behind = false;
            for value in &row.values {
                let value = match is_nearly_sentinel(value) {
                    true => SENTINEL,
                    false => value.as_str(),
                };
                behind |= value.eq_ignore_ascii_case(SENTINEL);
                if !known.insert(value.to_ascii_lowercase()) {
                    continue;
                }
                let to = match behind {
                    true => &mut hidden,
                    false => &mut enumeration.members,
                };
                to.push(Member {
                    name: value.to_owned(),
                    value: None,
                    description: None,
                    source: source(&row.place),
                });
            }
        }
        enumeration.members.append(&mut hidden);
    }
}

/// Enumerations that no page describes: a type cell names them and the row lists their values.
#[derive(Default)]
pub(super) struct Implied {
    types: BTreeMap<String, (TypeName, Type)>,
    /// Those that overrides leave out: rows still name them.
    left_out: BTreeSet<String>,
}

impl Implied {
    /// Finds them in all rows, so that every other row that names one knows it.
    pub(super) fn of(
        groups: &BTreeMap<String, Group<'_>>,
        index: &Index,
        learned: &Learned,
    ) -> Self {
        let mut implied = Self::default();
        for group in groups.values() {
            for (page, claim) in group.pages() {
                for row in &claim.rows {
                    let Some(cell) = &row.ty else { continue };
                    let json = claim
                        .json
                        .iter()
                        .find(|json| json.name.eq_ignore_ascii_case(&row.name));
                    let values = listed_values(Some(row), json);
                    let site = Site {
                        namespace: group.name.namespace(),
                        page: &row.place.file,
                    };
                    if let [word] = names(cell).as_slice()
                        && !values.is_empty()
                        && is_type_name(&word.text)
                        && !is_reserved(&word.text)
                        && index.meaning(word, site) == Meaning::Unknown
                        && learned.item(cell).is_none()
                    {
                        let name = TypeName::parse(&word.text)
                            .unwrap_or_else(|| TypeName::new(group.name.namespace(), &word.text));
                        implied.add(name, values, &source(&row.place), page.area.as_deref());
                    }
                }
            }
        }
        implied
    }

    /// Adds an enumeration, or the values that it does not have yet.
    fn add(&mut self, name: TypeName, values: &[String], at: &Source, area: Option<&str>) {
        let key = name.as_str().to_ascii_lowercase();
        let (_, ty) = self.types.entry(key).or_insert_with(|| {
            let ty = Type {
                definition: Definition::Enumeration(EnumType::default()),
                description: None,
                deprecated: false,
                area: area.map(str::to_owned),
                source: at.clone(),
            };
            (name, ty)
        });
        if let Definition::Enumeration(enumeration) = &mut ty.definition {
            for value in values {
                let known = |member: &Member| member.name.eq_ignore_ascii_case(value);
                if !enumeration.members.iter().any(known) {
                    enumeration.members.push(Member {
                        name: value.clone(),
                        value: None,
                        description: None,
                        source: at.clone(),
                    });
                }
            }
        }
    }

    /// Does what overrides say.
    pub(super) fn apply(&mut self, edits: &BTreeMap<String, Edits<'_>>) {
        for (key, edits) in edits {
            let Some((name, ty)) = self.types.get_mut(key) else {
                continue;
            };
            if edits.own.is_some_and(|own| own.skip) {
                self.left_out.insert(key.clone());
                self.types.remove(key);
                continue;
            }
            *name = edits.new_name();
            if let Definition::Enumeration(enumeration) = &mut ty.definition {
                edits.rename(&mut enumeration.members, |member| &mut member.name);
                enumeration.list(edits.values(), &ty.source);
            }
        }
    }

    /// The implied enumeration of this qualified name, or of this short name, in the given namespace first.
    pub(super) fn find(&self, text: &str, namespace: &str) -> Option<ItemType> {
        let lower = text.to_ascii_lowercase();
        let own = format!("{}.{lower}", namespace.to_ascii_lowercase());
        for key in [&lower, &own] {
            if let Some((name, _)) = self.types.get(key) {
                return Some(ItemType::Named(name.clone()));
            }
            if self.left_out.contains(key) {
                return Some(ItemType::Untyped);
            }
        }
        // Rows know it by the name of the docs, which is its key, whatever it is called now.
        let short = |key: &str| key.rsplit('.').next() == Some(&lower);
        let found = self
            .types
            .iter()
            .find(|(key, (name, _))| short(key) || name.short().eq_ignore_ascii_case(&lower));
        match found {
            Some((_, (name, _))) => Some(ItemType::Named(name.clone())),
            None => {
                let mut left_out = self.left_out.iter();
                left_out.any(|key| short(key)).then_some(ItemType::Untyped)
            }
        }
    }

    /// Every one with its name.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&TypeName, &EnumType)> {
        let types = self.types.values();
        types.filter_map(|(name, ty)| Some((name, ty.enumeration()?)))
    }

    /// All of them; those that an override gave one name are one.
    pub(super) fn take(&mut self) -> BTreeMap<TypeName, Type> {
        let mut types: BTreeMap<TypeName, Type> = BTreeMap::new();
        for (name, ty) in std::mem::take(&mut self.types).into_values() {
            let Some(Definition::Enumeration(known)) =
                types.get_mut(&name).map(|known| &mut known.definition)
            else {
                types.insert(name, ty);
                continue;
            };
            for member in ty.enumeration().into_iter().flat_map(|ty| &ty.members) {
                let same = |known: &Member| known.name.eq_ignore_ascii_case(&member.name);
                if !known.members.iter().any(same) {
                    known.members.push(member.clone());
                }
            }
        }
        types
    }
}

impl EnumType {
    /// Makes its members the given ones. Those that it has keep what is known of them.
    fn list(&mut self, values: Option<&[String]>, source: &Source) {
        let Some(values) = values else { return };
        let known = std::mem::take(&mut self.members);
        let member = |name: &String| {
            let mut known = known.iter();
            let known = known.find(|member| member.name.eq_ignore_ascii_case(name));
            Member {
                name: name.clone(),
                value: known.and_then(|known| known.value),
                description: known.and_then(|known| known.description.clone()),
                source: known.map_or(source, |known| &known.source).clone(),
            }
        };
        self.members = values.iter().map(member).collect();
    }
}
