//! Overrides that change nothing, because the docs were mended.

use std::collections::BTreeMap;

use super::super::super::{Evidence, Type, VersionSchema};
use super::{Fate, Outcome, Subject, Version, holds};
use crate::diagnostic::{Code, Diagnostic};
use crate::overrides::Override;
use crate::source::Place;

/// What is known of each override, by its number: where the docs say the same, or that it is needed somewhere.
#[derive(Default)]
pub(super) struct Notes(BTreeMap<usize, Option<Place>>);

impl Notes {
    /// Looks for overrides without which a version is the same: schema, but for what decided it, and diagnostics.
    pub(super) fn look(&mut self, version: &Version<'_>, outcome: &Outcome) {
        let done: Vec<(usize, &Subject)> = outcome
            .fates
            .iter()
            .filter_map(|(index, fate)| match fate {
                Fate::Done(subject) => Some((*index, subject)),
                Fate::Missed(_) | Fate::Failed(_) => None,
            })
            .collect();
        let plain = version.plain();
        for (index, subject) in done {
            let place = version
                .entry(index)
                .filter(|entry| says(&plain, entry, subject))
                .filter(|_| {
                    let other = version.resolve(Some(index));
                    other.diagnostics == outcome.diagnostics
                        && blind(&other.schema) == blind(&outcome.schema)
                })
                .and_then(|_| place(&plain, subject));
            let known = self.0.entry(index).or_insert_with(|| place.clone());
            if place.is_none() {
                *known = None;
            }
        }
    }

    /// A diagnostic for each override that is needed nowhere.
    pub(super) fn take(self, overrides: &[Override]) -> impl Iterator<Item = Diagnostic> {
        let needless = self.0.into_iter();
        needless.filter_map(|(index, place)| {
            let entry = overrides.get(index)?;
            let message = format!(
                "the override of `{}` at {} changes nothing: the docs say the same",
                entry.path, entry.place
            );
            let diagnostic = Diagnostic::new(Code::OverrideNeedless, place?, message);
            Some(diagnostic.hint("remove the override"))
        })
    }
}

/// Whether the docs say themselves what an override says.
fn says(plain: &VersionSchema, entry: &Override, subject: &Subject) -> bool {
    let own_name = |old: &str, new: &str| old.eq_ignore_ascii_case(new);
    let same_member = match (&subject.member, &subject.new_member) {
        (Some(old), Some(new)) => own_name(old, new),
        (None, None) => true,
        _ => false,
    };
    !entry.skip
        && same_member
        && own_name(subject.ty.as_str(), subject.new_ty.as_str())
        && holds::failure(plain, entry, subject, &BTreeMap::new()).is_none()
}

/// The schema without what decided it.
fn blind(schema: &VersionSchema) -> VersionSchema {
    let mut schema = schema.clone();
    for ty in schema.types.values_mut() {
        if let Type {
            definition: super::super::Definition::Structural(structural),
            ..
        } = ty
        {
            for property in structural.properties.values_mut() {
                property.evidence = Evidence::Inferred;
            }
            if let Some(base) = &mut structural.base {
                base.evidence = Evidence::Inferred;
            }
        }
    }
    schema
}

/// Where the docs describe something.
fn place(plain: &VersionSchema, subject: &Subject) -> Option<Place> {
    let ty = plain.types.get(&subject.ty)?;
    let property = subject.member.as_ref().and_then(|member| {
        let mut properties = ty.structural()?.properties.iter();
        properties.find(|(name, _)| name.eq_ignore_ascii_case(member))
    });
    let source = property.map_or(&ty.source, |(_, property)| &property.source);
    Some(Place::new(source.page.clone(), source.line, 1))
}
