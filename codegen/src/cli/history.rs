//! `typedown history`

use std::collections::BTreeSet;
use std::io::Write;

use serde_json::{Value, json};

use super::args::{Args, HistoryArgs, HistoryFormat};
use super::{Failure, Outcome, config, to_file_or};
use crate::diff::Sides;
use crate::near::suggestion;
use crate::parallel::available;
use crate::report::{Look, counted, write_json};
use crate::source;
use crate::visible::visible;
use crate::{History, HistoryFact, Revised, history};

/// So many digits of a commit's name tell it from others.
const SHORT: usize = 10;

pub(super) fn run(
    args: &Args,
    command: &HistoryArgs,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let config = config::find(args.config.as_deref())?;
    let repo = command.repo.clone().or(config.docs.clone());
    let repo = repo.unwrap_or_else(|| ".".into());
    let (folder, revision) = match repo.exists() {
        true => (&*repo, "HEAD"),
        false => source::revision(&repo).unwrap_or((&*repo, "HEAD")),
    };
    let threads = command.threads.unwrap_or_else(available);
    let History {
        mut revised,
        unreadable,
    } = history(folder, revision, &config.limits, threads).map_err(|error| {
        Failure::Usage(format!(
            "the history of `{}` cannot be read: {error}",
            repo.display()
        ))
    })?;
    for page in &unreadable {
        writeln!(err, "error: {page}")?;
    }
    if let Some(unknown) = unknown(&revised, command) {
        return Err(Failure::Usage(unknown));
    }
    for revised in &mut revised {
        revised.facts.retain(|fact| is_wanted(fact, command));
    }
    revised.retain(|revised| !revised.facts.is_empty());
    to_file_or(command.out.as_deref(), out, Look::default(), |_, out| {
        write(&revised, command, out)
    })?;
    match unreadable.len() {
        0 => Ok(Outcome::Done),
        pages => Err(Failure::Usage(format!(
            "{} cannot be read; what it says is taken to be what it said before, or nothing if it is new",
            counted(pages, "page")
        ))),
    }
}

/// That what was asked for was never there.
fn unknown(revised: &[Revised], command: &HistoryArgs) -> Option<String> {
    let facts = || revised.iter().flat_map(|revised| &revised.facts);
    if facts().next().is_none() {
        return Some("no revision has a page of a resource".to_owned());
    }
    let of_version = |fact: &&HistoryFact| {
        let version = command.version.as_ref();
        version.is_none_or(|version| fact.version == *version)
    };
    if let Some(version) = &command.version
        && !facts().any(|fact| of_version(&fact))
    {
        let versions: BTreeSet<&str> = facts().map(|fact| fact.version.as_str()).collect();
        let versions: Vec<&str> = versions.into_iter().collect();
        let near = suggestion(version, &versions);
        return Some(format!("no revision has a version `{version}`; {near}"));
    }
    let name = command.name.as_ref()?;
    if facts().filter(of_version).any(|fact| fact.is_about(name)) {
        return None;
    }
    let types = facts().filter(of_version).filter_map(|fact| {
        let ty = fact.ty.new.as_deref().or(fact.ty.old.as_deref())?;
        ty.rsplit('.').next()
    });
    let types: BTreeSet<&str> = types.collect();
    let types: Vec<&str> = types.into_iter().collect();
    let near = suggestion(name, &types);
    Some(format!("no revision has a type `{name}`; {near}"))
}

fn is_wanted(fact: &HistoryFact, command: &HistoryArgs) -> bool {
    let version = command.version.as_ref();
    let name = command.name.as_ref();
    version.is_none_or(|version| fact.version == *version)
        && name.is_none_or(|name| fact.is_about(name))
}

fn write(revised: &[Revised], command: &HistoryArgs, out: &mut dyn Write) -> std::io::Result<()> {
    match command.format {
        HistoryFormat::Json => {
            let all: Vec<Value> = revised.iter().map(json_of).collect();
            write_json(&all, out)?;
        }
        HistoryFormat::Text => {
            for revised in revised {
                let short = revised.commit.get(..SHORT).unwrap_or(&revised.commit);
                writeln!(out, "{} {short}", revised.date)?;
                for fact in &revised.facts {
                    writeln!(out, "  {}", visible(&in_words(fact, command.all)))?;
                }
            }
        }
    }
    Ok(())
}

/// `beta property-added mail: Edm.String`
fn in_words(fact: &HistoryFact, with_type: bool) -> String {
    let mut words = format!("{} {}", fact.version, fact.kind);
    let name = |sides: &Sides<Option<String>>| match (&sides.old, &sides.new) {
        (Some(old), Some(new)) if old != new => Some(format!("{old} → {new}")),
        (_, Some(name)) | (Some(name), None) => Some(name.clone()),
        (None, None) => None,
    };
    let is_name = matches!(fact.kind, "type-name" | "property-name" | "member-name");
    let ty = name(&fact.ty).filter(|_| with_type || fact.kind == "type-name");
    match (ty, name(&fact.member)) {
        (Some(ty), Some(member)) => words.push_str(&format!(" {ty}/{member}")),
        (Some(one), None) | (None, Some(one)) => words.push_str(&format!(" {one}")),
        (None, None) => {}
    }
    if is_name {
        return words;
    }
    match (&fact.old, &fact.new) {
        (Some(old), Some(new)) => words.push_str(&format!(": {old} → {new}")),
        (Some(old), None) if !old.is_empty() => words.push_str(&format!(": was {old}")),
        (None, Some(new)) if !new.is_empty() => words.push_str(&format!(": {new}")),
        _ => {}
    }
    words
}

fn json_of(revised: &Revised) -> Value {
    let facts: Vec<Value> = revised
        .facts
        .iter()
        .map(|fact| {
            json!({
                "kind": fact.kind,
                "version": fact.version,
                "type": {"old": fact.ty.old, "new": fact.ty.new},
                "member": {"old": fact.member.old, "new": fact.member.new},
                "old": fact.old,
                "new": fact.new,
            })
        })
        .collect();
    json!({"commit": revised.commit, "date": revised.date, "facts": facts})
}
