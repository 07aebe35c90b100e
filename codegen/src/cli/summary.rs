//! What changed since the last run, in the words of `diff`.

use crate::diagnostic::Level;
use crate::diff::{Diff, Policy, Required, Sides, collapse};
pub(super) use crate::report::counted;
use crate::rust::EmitOptions;
use crate::schema::{Definition, Schema, Source, Type};

/// So many changes are told; `diff` tells all.
const FEW: usize = 10;

/// What changed from one schema to the next; by default nothing.
#[derive(Default)]
pub(super) struct Summary {
    /// The gravest changes, a line each, and how many there are beside them.
    pub(super) lines: Vec<String>,
    /// What of the version of the emitted crate has to be raised.
    pub(super) required: Required,
}

/// Whether two schemas say the same in other words, or in other places.
fn differ_in_texts_only(old: &Schema, new: &Schema) -> bool {
    let same = |old: &Type, new: &Type| old == new || without_texts(old) == without_texts(new);
    old.versions.len() == new.versions.len()
        && old.versions.iter().zip(&new.versions).all(|(old, new)| {
            let (one, other) = (&old.1.types, &new.1.types);
            let mut pairs = one.iter().zip(other);
            old.0 == new.0
                && one.len() == other.len()
                && pairs.all(|(old, new)| old.0 == new.0 && same(old.1, new.1))
        })
}

/// A type without what is said of it in words, and where.
fn without_texts(ty: &Type) -> Type {
    let mut ty = ty.clone();
    let nowhere = |source: &mut Source| source.line = 0;
    ty.description = None;
    nowhere(&mut ty.source);
    match &mut ty.definition {
        Definition::Structural(structural) => {
            for property in structural.properties.values_mut() {
                property.description = None;
                nowhere(&mut property.source);
            }
        }
        Definition::Enumeration(enumeration) => {
            for member in &mut enumeration.members {
                member.description = None;
                nowhere(&mut member.source);
            }
        }
    }
    ty
}

impl Summary {
    pub(super) fn new(old: &Schema, new: &Schema, policy: Policy, options: EmitOptions) -> Self {
        // By default no rule tells of texts, and comparing all that users of the crate see is most of the work.
        if policy == Policy::default() && differ_in_texts_only(old, new) {
            return Self::default();
        }
        let options = Sides::new(options.clone(), options);
        let diff = Diff::new(old, new).policy(policy).emitted_with(options);
        let findings = diff.findings();
        let required = Required::of(&findings);
        let findings = collapse(findings);
        let told = findings.iter().filter_map(|finding| match finding.level {
            Level::Tell(severity) => Some((severity, finding)),
            Level::Allow => None,
        });
        let mut told: Vec<_> = told.collect();
        told.sort_by_key(|(severity, _)| *severity);
        let more = told.len().saturating_sub(FEW);
        let lines = told.into_iter().take(FEW).map(|(severity, finding)| {
            format!(
                "{severity}[{}] {}{}",
                finding.rule,
                finding.prefix(),
                finding.message()
            )
        });
        let mut lines: Vec<String> = lines.collect();
        if more > 0 {
            lines.push(format!("{more} more, which `typedown diff` tells"));
        }
        Self { lines, required }
    }
}
