//! Enumerations: those that pages describe, and those that rows imply.

use std::collections::BTreeMap;

use super::super::{Definition, EnumType, Member, Source, Type, TypeName};
use super::groups::Group;
use crate::diagnostic::{Code, Diagnostic};

/// The members that all tables about an enumeration list, in the order of the first.
pub(super) fn documented(group: &Group<'_>, diagnostics: &mut Vec<Diagnostic>) -> EnumType {
    let mut members: Vec<Member> = Vec::new();
    let mut conflict = None;
    for (table, claim) in group
        .claims()
        .filter(|claim| !claim.members.is_empty())
        .enumerate()
    {
        for row in &claim.members {
            match members
                .iter_mut()
                .find(|member| member.name.eq_ignore_ascii_case(&row.name))
            {
                Some(member) => {
                    member.value = member.value.or(row.value);
                    if member.description.is_none() {
                        member.description.clone_from(&row.description);
                    }
                }
                None => {
                    if table > 0 {
                        conflict = Some(row.place.clone());
                    }
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
            .hint("keep one table"),
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
    /// Adds an enumeration, or the values that it does not have yet.
    pub(super) fn add(
        &mut self,
        name: TypeName,
        values: &[String],
        at: &Source,
        area: Option<&str>,
    ) -> TypeName {
        let (name, ty) = self
            .types
            .entry(name.as_str().to_ascii_lowercase())
            .or_insert_with(|| {
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
                if !enumeration
                    .members
                    .iter()
                    .any(|member| member.name.eq_ignore_ascii_case(value))
                {
                    enumeration.members.push(Member {
                        name: value.clone(),
                        value: None,
                        description: None,
                    });
                }
            }
        }
        name.clone()
    }

    /// The implied enumeration of this short or qualified name.
    pub(super) fn find(&self, text: &str) -> Option<TypeName> {
        let lower = text.to_ascii_lowercase();
        self.types
            .values()
            .map(|(name, _)| name)
            .find(|name| {
                name.as_str().eq_ignore_ascii_case(&lower)
                    || name.short().eq_ignore_ascii_case(&lower)
            })
            .cloned()
    }

    pub(super) fn take(&mut self) -> impl Iterator<Item = (TypeName, Type)> {
        std::mem::take(&mut self.types).into_values()
    }
}
