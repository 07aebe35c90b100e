//! What changed since the last run, in the words of `diff`.

use crate::diagnostic::{Level, Severity};
use crate::diff::{Diff, Finding, Policy, Required, Sides, collapse};
pub(super) use crate::report::counted;
use crate::rust::EmitOptions;
use crate::schema::{Definition, Schema, Source, Type};

/// So many changes are told; `diff` tells all.
const FEW: usize = 10;

/// What changed from one schema to the next; by default nothing.
#[derive(Default)]
pub(super) struct Summary {
    /// The changes that are to be told, the gravest first.
    pub(super) findings: Vec<Finding>,
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
    pub(super) fn new(
        old: &Schema,
        new: &Schema,
        policy: Policy,
        options: Sides<EmitOptions>,
    ) -> Self {
        // By default no rule tells of texts, and comparing all that users of the crate see is most of the work.
        let same_settings = options.old.is_same_for_users(&options.new);
        if same_settings && policy == Policy::default() && differ_in_texts_only(old, new) {
            return Self::default();
        }
        // Users of the crate see another module, so a version of another name is another version, though it be the only one.
        let diff = Diff::new(old, new)
            .by_name()
            .policy(policy)
            .emitted_with(options);
        let findings = diff.findings();
        let required = Required::of(&findings);
        let mut findings = collapse(findings);
        findings.retain(|finding| severity(finding).is_some());
        findings.sort_by_key(severity);
        Self { findings, required }
    }

    /// A line for each of the gravest changes, and how many there are beside them.
    pub(super) fn lines(&self) -> Vec<String> {
        let told = self.findings.iter().take(FEW);
        let lines = told.filter_map(|finding| {
            let (severity, rule) = (severity(finding)?, finding.rule);
            let (prefix, message) = (finding.prefix(), finding.message());
            Some(format!("{severity}[{rule}] {prefix}{message}"))
        });
        let mut lines: Vec<String> = lines.collect();
        if let Some(more @ 1..) = self.findings.len().checked_sub(FEW) {
            lines.push(format!("{more} more, which `typedown diff` tells"));
        }
        lines
    }
}

/// How grave a change is; none if it is not to be told.
fn severity(finding: &Finding) -> Option<Severity> {
    match finding.level {
        Level::Tell(severity) => Some(severity),
        Level::Allow => None,
    }
}
