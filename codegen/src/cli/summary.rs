//! What changed since the last run, in the words of `diff`.

use crate::diagnostic::Level;
use crate::diff::{Diff, Policy, Required, Sides, collapse};
pub(super) use crate::report::counted;
use crate::rust::EmitOptions;
use crate::schema::Schema;

/// So many changes are told; `diff` tells all.
const FEW: usize = 10;

/// What changed from one schema to the next.
pub(super) struct Summary {
    /// The gravest changes, a line each, and how many there are beside them.
    pub(super) lines: Vec<String>,
    /// What of the version of the emitted crate has to be raised.
    pub(super) required: Required,
}

impl Summary {
    pub(super) fn new(old: &Schema, new: &Schema, policy: Policy, options: EmitOptions) -> Self {
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
