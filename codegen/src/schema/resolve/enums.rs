//! Enumerations: those that pages describe, and those that rows imply.

use std::collections::BTreeMap;

use super::super::{Definition, EnumType, Member, Source, Type, TypeName};
use super::groups::Group;
use super::index::{Index, Meaning};
use super::source;
use super::types::{Site, listed_values, names};
use crate::claims::is_type_name;
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::source::Place;

/// The members that all tables about an enumeration list, in the order of the first.
pub(super) fn documented(group: &Group<'_>, diagnostics: &mut Vec<Diagnostic>) -> EnumType {
    let mut members: Vec<Member> = Vec::new();
    let mut places: Vec<&Place> = Vec::new();
    let mut conflict = None;
    for (table, claim) in group
        .claims()
        .filter(|claim| !claim.members.is_empty())
        .enumerate()
    {
        for row in &claim.members {
            let known = members
                .iter_mut()
                .zip(&places)
                .find(|(member, _)| member.name.eq_ignore_ascii_case(&row.name));
            match known {
                Some((member, place)) => {
                    let other_value = row.value.is_some()
                        && member.value.is_some_and(|value| Some(value) != row.value);
                    if member.name != row.name || other_value {
                        diagnostics.push(
                            Diagnostic::new(
                                Code::MemberConflict,
                                row.place.clone(),
                                format!(
                                    "a second row describes the member `{}` of `{}` differently; the first was used",
                                    row.name, group.name
                                ),
                            )
                            .against((*place).clone())
                            .hint("remove one of the rows")
                            .about(Subject::member(group.name.as_str(), &row.name)),
                        );
                    }
                    member.value = member.value.or(row.value);
                    if member.description.is_none() {
                        member.description.clone_from(&row.description);
                    }
                }
                None => {
                    if table > 0 {
                        conflict = Some(row.place.clone());
                    }
                    places.push(&row.place);
                    let row = row.clone();
                    members.push(Member {
                        name: row.name,
                        value: row.value,
                        description: row.description,
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
    EnumType {
        members,
        flags: group.claims().any(|claim| claim.flags),
    }
}

/// Enumerations that no page describes: a type cell names them and the row lists their values.
#[derive(Default)]
pub(super) struct Implied {
    types: BTreeMap<String, (TypeName, Type)>,
}

impl Implied {
    /// Finds them in all rows, so that every other row that names one knows it.
    pub(super) fn of(groups: &BTreeMap<String, Group<'_>>, index: &Index) -> Self {
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
                        && index.meaning(word, site) == Meaning::Unknown
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
                    });
                }
            }
        }
    }

    /// The implied enumeration of this qualified name, or of this short name, in the given namespace first.
    pub(super) fn find(&self, text: &str, namespace: &str) -> Option<TypeName> {
        let lower = text.to_ascii_lowercase();
        let own = format!("{}.{lower}", namespace.to_ascii_lowercase());
        let exact = self.types.get(&lower).or_else(|| self.types.get(&own));
        let found = exact.or_else(|| {
            self.types
                .values()
                .find(|(name, _)| name.short().eq_ignore_ascii_case(&lower))
        });
        found.map(|(name, _)| name.clone())
    }

    pub(super) fn take(&mut self) -> impl Iterator<Item = (TypeName, Type)> {
        std::mem::take(&mut self.types).into_values()
    }
}
