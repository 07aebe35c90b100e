//! `typedown diff`

mod inputs;

use std::io::Write;

use self::inputs::inputs;
use super::args::{Args, DiffArgs};
use super::config::{self, Config};
use super::{Failure, Outcome, to_file_or};
use crate::diagnostic::Level;
use crate::diff::{Date, Diff, Finding, Gate, Policy, Required, Sides, Views, allow, collapse};
use crate::report::{DIFF_SCHEMA, DiffFormat, DiffReport, Look, counted, some};
use crate::schema::Schema;

pub(super) fn run(
    args: &Args,
    command: &DiffArgs,
    look: Look,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome, Failure> {
    if command.print_schema {
        out.write_all(DIFF_SCHEMA.as_bytes())?;
        return Ok(Outcome::Done);
    }
    let config = config::find(args.config.as_deref())?;
    let options = Sides {
        old: match &command.old_config {
            Some(file) => config::find(Some(file))?.emit_options(),
            None => config.emit_options(),
        },
        new: config.emit_options(),
    };
    let policy = policy(&config, command)?;
    let allowed = config::allow::find(command.allow.as_deref())?;
    let inputs = inputs(&config, command)?;
    let unreadable = inputs.unreadable();
    let inputs = match unreadable.is_empty() {
        true => inputs,
        // What one side cannot say, neither is gone nor has come.
        false => inputs.without(&unreadable, &config, command)?,
    };
    for page in unreadable.values() {
        writeln!(err, "error: {page}")?;
    }
    for name in inputs.never_selected(&config.selection) {
        writeln!(
            err,
            "warning: `select` in typedown.toml names `{name}`, which no page of either side describes"
        )?;
    }
    let schemas = inputs.schemas();
    let mut diff = Diff::new(schemas.old, schemas.new)
        .renames(allowed.renames)
        .policy(policy)
        .emitted_with(options);
    if let Some([old, new]) = command.between.as_deref() {
        if command.new.is_none() && old == new {
            return Err(Failure::Usage(format!(
                "`--between {old} {new}` compares a version with itself: name two versions, or two sides"
            )));
        }
        has_version(schemas.old, old)?;
        has_version(schemas.new, new)?;
        diff = diff.between(old, new);
    } else if diff.versions().is_empty() {
        return Err(Failure::Usage(format!(
            "the two sides have no version in common ({} and {}): say with `--between OLD NEW` which to compare",
            versions(schemas.old),
            versions(schemas.new)
        )));
    }
    let mut findings = diff.findings();
    let today = today();
    let mut notes = allow(&mut findings, &allowed.allows, today);
    notes.extend(diff.idle_renames());
    let required = Required::of(&findings);
    let stopped = judge(&findings, required, command);
    if !command.every && command.format.is_for_people() {
        findings = collapse(findings);
    }
    for note in &notes {
        writeln!(err, "warning: {note}")?;
    }
    let left_out = unreadable.values();
    notes.extend(left_out.map(|page| format!("left out of both sides: {page}")));
    let has_matrix = command.between.is_some() || command.format == DiffFormat::Html;
    let parity = has_matrix.then(|| diff.parity()).flatten();
    let views = (command.format == DiffFormat::Html).then(|| diff.views());
    let viewer = views.as_ref().map(Views::viewer);
    let sources = inputs.sources();
    let report = DiffReport {
        names: inputs.names(command),
        findings: &findings,
        required,
        parity: parity.as_ref(),
        notes: &notes,
        views: viewer.as_ref(),
        sources: sources.as_ref().map(Option::as_ref),
    };
    to_file_or(command.out.as_deref(), out, look, |look, out| {
        report.write(command.format, look, out)
    })?;
    for reason in &stopped {
        writeln!(err, "failed: {reason}")?;
    }
    match (unreadable.len(), stopped.is_empty()) {
        (0, true) => Ok(Outcome::Done),
        (0, false) => Ok(Outcome::Negative),
        (pages, _) => Err(Failure::Usage(format!(
            "{} cannot be read, and so is left out of both sides of this comparison",
            counted(pages, "page")
        ))),
    }
}

/// Today, by the clock of the world; none if the machine has no sensible clock.
fn today() -> Option<Date> {
    let now = jiff::Timestamp::now().to_string();
    Date::parse(now.get(..10)?)
}

/// Why the comparison fails what was asked of it.
fn judge(findings: &[Finding], required: Required, command: &DiffArgs) -> Vec<String> {
    let mut reasons = Vec::new();
    let gate = command.fail_on.unwrap_or_default();
    let stopping = findings.iter().filter(|finding| gate.stops(finding));
    let count = stopping.count();
    if !Gate::is_open(&gate) && count > 0 {
        let are = if count == 1 {
            "finding is"
        } else {
            "findings are"
        };
        let mut reason = format!("{count} {are} more than --fail-on lets pass");
        let is_silent = |finding: &&Finding| gate.stops(finding) && !finding.is_told();
        let silent = findings.iter().filter(is_silent);
        let silent: Vec<String> = silent
            .map(|finding| format!("`{}` {}", finding.path(), finding.rule))
            .collect();
        if !silent.is_empty() {
            reason.push_str(&format!(
                ", {} of them not shown because of their level: {}",
                silent.len(),
                some(&silent)
            ));
        }
        reasons.push(reason);
    }
    if let Some(expected) = command.expect {
        let bump = required.bump();
        if bump > expected {
            reasons.push(format!(
                "--expect {expected}, but the changes require {required}"
            ));
        }
    }
    reasons
}

fn policy(config: &Config, command: &DiffArgs) -> Result<Policy, Failure> {
    let mut policy = config.policy.clone();
    policy.beta_may_break |= command.beta_may_break;
    if let Some(wire) = command.enum_members {
        policy.enum_members = wire;
    }
    if let Some(literals) = command.literals {
        policy.literals = literals;
    }
    for entry in &command.level {
        let (rule, name) = entry.split_once('=').ok_or_else(|| {
            Failure::Usage(format!(
                "`--level {entry}`: expected RULE=LEVEL such as property-removed=warning"
            ))
        })?;
        let wrong = |message: String| Failure::Usage(format!("`--level {entry}`: {message}"));
        let level = Level::named(name).map_err(wrong)?;
        policy
            .set_level(rule, level)
            .map_err(|unknown| wrong(unknown.to_string()))?;
    }
    Ok(policy)
}

fn versions(schema: &Schema) -> String {
    let names: Vec<&str> = schema.versions.keys().map(String::as_str).collect();
    match names.is_empty() {
        true => "none".to_owned(),
        false => names.join(", "),
    }
}

fn has_version(schema: &Schema, name: &str) -> Result<(), Failure> {
    match schema.versions.contains_key(name) {
        true => Ok(()),
        false => Err(Failure::Usage(format!(
            "`--between`: there is no version `{name}`, there is {}",
            versions(schema)
        ))),
    }
}
