//! One page for browsers, that needs nothing else: no network, no other file, and no script to be read as a document.

use std::collections::BTreeSet;
use std::io::{self, Write};

use askama::Template;
use similar::{ChangeTag, TextDiff};

use super::{DiffReport, parity_in_words};
use crate::diagnostic::Level;
use crate::diff::{Bump, Finding, Sides, Standing, View, Wire};
use crate::schema::Source;
use crate::visible::visible;

/// What the page looks like. It has no `<` in it, so that nothing ends it.
const STYLE: &str = include_str!("style.css");
/// What it does where scripts run.
const SCRIPT: &str = include_str!("page.js");
/// The hashes of the two, by which the page's policy knows them; a test keeps them true.
const STYLE_HASH: &str = "sha256-Lwe6eCaSy1RQnr778sSn3WrpcycyqbFVQ+ygqiOqw6E=";
const SCRIPT_HASH: &str = "sha256-9BAG/s6TxQzrZt2x1LF8H6KdGvp96Bfkw5KQ1VuxTW0=";

/// The page.
#[derive(Template)]
#[template(path = "diff.html")]
struct Page {
    style_hash: &'static str,
    script_hash: &'static str,
    style: &'static str,
    script: &'static str,
    old: String,
    new: String,
    required: String,
    breaking: [usize; 3],
    count: String,
    notes: Vec<String>,
    axes: Vec<(String, String)>,
    kinds: BTreeSet<&'static str>,
    rules: BTreeSet<&'static str>,
    areas: BTreeSet<String>,
    groups: Vec<Group>,
    has_findings: bool,
    matrix_old: String,
    matrix_new: String,
    matrix_words: String,
    matrix: Vec<MatrixRow>,
}

/// The findings about one type.
struct Group {
    name: String,
    findings: Vec<Shown>,
}

/// A finding, as the page shows it.
struct Shown {
    level: String,
    fingerprint: String,
    rule: &'static str,
    kind: &'static str,
    area: String,
    read: &'static str,
    write: &'static str,
    bump: &'static str,
    /// What the filter by axis looks for: an axis and its verdict, for each of the three.
    axes: String,
    version: String,
    message: Vec<Part>,
    why: Vec<Part>,
    source: &'static str,
    reason: String,
    hint: Vec<Part>,
    affects: String,
    members: String,
    old_version: String,
    new_version: String,
    rows: Vec<Row>,
    allow: String,
}

/// One way to show both sides.
struct Row {
    name: &'static str,
    old: Vec<Part>,
    new: Vec<Part>,
}

/// A piece of a text, marked where the other side has something else, or where it is code.
struct Part {
    text: String,
    marked: bool,
}

struct MatrixRow {
    name: String,
    /// Whether there are findings about it to go to.
    linked: bool,
    old: &'static str,
    new: &'static str,
    words: String,
}

pub(super) fn write(report: &DiffReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let told = report.told().map(|(finding, _)| finding);
    let allowed = report.allowed().map(|(finding, _)| finding);
    let mut groups: Vec<Group> = Vec::new();
    let mut areas = BTreeSet::new();
    let mut rules = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    for finding in told.chain(allowed) {
        let shown = shown(finding, report);
        rules.insert(shown.rule);
        kinds.insert(shown.kind);
        if !shown.area.is_empty() {
            areas.insert(shown.area.clone());
        }
        let several = match finding.members.is_empty() {
            true => "whole versions",
            false => "many types",
        };
        let name = visible(finding.ty.as_deref().unwrap_or(several)).into_owned();
        match groups.iter_mut().rfind(|group| group.name == name) {
            Some(group) => group.findings.push(shown),
            None => groups.push(Group {
                name,
                findings: vec![shown],
            }),
        }
    }
    let parity = report.parity;
    let page = Page {
        style_hash: STYLE_HASH,
        script_hash: SCRIPT_HASH,
        style: STYLE,
        script: SCRIPT,
        old: visible(&report.names.old).into_owned(),
        new: visible(&report.names.new).into_owned(),
        required: report.required.bump().to_string(),
        breaking: report.breaking(),
        count: report.count(),
        notes: report.notes.to_vec(),
        axes: axes(),
        kinds,
        rules,
        areas,
        has_findings: !groups.is_empty(),
        matrix_old: parity.map_or_else(String::new, |parity| parity.versions.old.clone()),
        matrix_new: parity.map_or_else(String::new, |parity| parity.versions.new.clone()),
        matrix_words: parity.map_or_else(String::new, parity_in_words),
        matrix: parity
            .iter()
            .flat_map(|parity| &parity.types)
            .map(|(name, standing)| matrix_row(name, *standing, &groups))
            .collect(),
        groups,
    };
    let text = page.render().map_err(io::Error::other)?;
    out.write_all(text.as_bytes())
}

/// What the filter by axis offers, from the gravest: everything that is worth a look.
fn axes() -> Vec<(String, String)> {
    let option = |axis: &str, verdict: &str| {
        let value = format!("{axis}-{verdict}");
        (value, format!("{axis} {verdict}"))
    };
    let wire = |axis| [Wire::Breaking, Wire::Risky].map(|verdict| option(axis, verdict.name()));
    let rust = [Bump::Major, Bump::Minor, Bump::Patch].map(|bump| option("rust", bump.name()));
    let all = wire("wire-read").into_iter().chain(wire("wire-write"));
    all.chain(rust).collect()
}

fn matrix_row(name: &str, standing: Standing, groups: &[Group]) -> MatrixRow {
    let (old, new, words) = match standing {
        Standing::Same => ("✓", "✓", "same".to_owned()),
        Standing::OnlyOld => ("✓", "", "only there".to_owned()),
        Standing::OnlyNew => ("", "✓", "only there".to_owned()),
        Standing::Differs {
            only_old,
            only_new,
            changed,
        } => {
            let words = match (only_old, only_new, changed) {
                (0, 0, 0) => "the type itself differs".to_owned(),
                _ => format!("members: −{only_old} +{only_new} ≠{changed}"),
            };
            ("✓", "✓", words)
        }
    };
    let name = visible(name).into_owned();
    MatrixRow {
        linked: groups.iter().any(|group| group.name == name),
        name,
        old,
        new,
        words,
    }
}

fn shown(finding: &Finding, report: &DiffReport<'_>) -> Shown {
    let level = match (&finding.allowed, finding.level) {
        (Some(_), _) | (None, Level::Allow) => "allowed".to_owned(),
        (None, Level::Tell(severity)) => severity.to_string(),
    };
    let views = report
        .views
        .map(|views| views.of(finding))
        .unwrap_or_default();
    let area = views
        .new
        .as_ref()
        .or(views.old.as_ref())
        .and_then(|view| view.area.clone());
    let safe = |text: &str| visible(text).into_owned();
    let verdicts = finding.verdicts;
    let (read, write, bump) = (
        verdicts.wire_read.name(),
        verdicts.wire_write.name(),
        verdicts.rust.name(),
    );
    Shown {
        level,
        fingerprint: finding.fingerprint(),
        rule: finding.rule.id,
        kind: finding.rule.action.name(),
        area: area.as_deref().map(safe).unwrap_or_default(),
        read,
        write,
        bump,
        axes: format!("wire-read-{read} wire-write-{write} rust-{bump}"),
        version: safe(&finding.prefix()),
        message: with_code(&safe(&finding.message())),
        why: with_code(finding.rule.why),
        source: finding.rule.source,
        reason: finding.allowed.as_deref().map(safe).unwrap_or_default(),
        hint: with_code(&finding.hint.as_deref().map(safe).unwrap_or_default()),
        affects: finding.affects.to_string(),
        members: safe(&finding.members.join(", ")),
        old_version: safe(&finding.versions.old),
        new_version: safe(&finding.versions.new),
        rows: rows(finding, &views, report),
        allow: format!(
            "[[allow]]\nfingerprint = \"{}\" # {} {}\nreason = \"\"\n",
            finding.fingerprint(),
            finding.rule,
            safe(&finding.path()),
        ),
    }
}

/// One of our own sentences, with the code in it marked.
fn with_code(text: &str) -> Vec<Part> {
    let pieces = text.split('`').enumerate();
    let parts = pieces.map(|(at, text)| Part {
        text: text.to_owned(),
        marked: at % 2 == 1,
    });
    parts.filter(|part| !part.text.is_empty()).collect()
}

/// Each way to show both sides of which at least one has something.
fn rows(finding: &Finding, views: &Sides<Option<View>>, report: &DiffReport<'_>) -> Vec<Row> {
    let place =
        |source: Option<&Source>| source.map(|source| format!("{}:{}", source.page, source.line));
    let line = |source: Option<&Source>, sources: Option<&super::Sources<'_>>| {
        let source = source?;
        let lines = sources?.lines(&source.page)?;
        let at = (source.line as usize).checked_sub(1)?;
        said_of(finding, lines.split_at_checked(at)?)
    };
    let places = Sides {
        old: finding.places.old.as_ref(),
        new: finding.places.new.as_ref(),
    };
    let view =
        |of: fn(&View) -> Option<String>| views.as_ref().map(|view| view.as_ref().and_then(of));
    let all: [(&'static str, Sides<Option<String>>); 5] = [
        (
            "change",
            Sides::new(finding.old.clone(), finding.new.clone()),
        ),
        ("place", places.map(place)),
        (
            "docs",
            Sides {
                old: line(places.old, report.sources.old),
                new: line(places.new, report.sources.new),
            },
        ),
        ("JSON", view(|view| view.json.clone())),
        ("Rust", view(|view| view.rust.clone())),
    ];
    let rows = all.into_iter().filter_map(|(name, sides)| {
        if sides.old.is_none() && sides.new.is_none() {
            return None;
        }
        let safe = sides.map(|text| text.map(|text| visible(&text).into_owned()));
        let (old, new) = marked(&safe);
        Some(Row { name, old, new })
    });
    rows.collect()
}

/// The line of the docs that says it, of those before and behind its place: types stand at the annotation above their
/// block, and enumerations with their members at the head of their table, some lines from the one that names them.
fn said_of(finding: &Finding, (before, lines): (&[String], &[String])) -> Option<String> {
    let ty = finding.ty.as_deref().unwrap_or_default();
    let short = ty.rsplit('.').next().unwrap_or_default();
    let name = finding.member.as_deref().unwrap_or(short);
    let is_of_a_name = |c: char| c.is_alphanumeric() || c == '_';
    let names_it = |line: &&String| {
        let mut words = line.split(|c| !is_of_a_name(c));
        words.any(|word| word.eq_ignore_ascii_case(name))
    };
    let is_heading = |line: &&String| line.starts_with('#');
    let (first, rest) = lines.split_first()?;
    let section = rest.iter().take_while(|line| !is_heading(line));
    let section = std::iter::once(first).chain(section);
    let heading = before.iter().rev().find(is_heading);
    let said = section.chain(heading).find(names_it).unwrap_or(first);
    Some(said.trim().to_owned()).filter(|line| !line.is_empty())
}

/// The texts of both sides, word by word.
fn marked(sides: &Sides<Option<String>>) -> (Vec<Part>, Vec<Part>) {
    let whole = |text: &Option<String>| {
        let parts = text.iter().map(|text| Part {
            text: text.clone(),
            marked: false,
        });
        parts.collect::<Vec<_>>()
    };
    let (Some(old), Some(new)) = (&sides.old, &sides.new) else {
        return (whole(&sides.old), whole(&sides.new));
    };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let add = |to: &mut Vec<Part>, text: &str, marked: bool| match to.last_mut() {
        Some(last) if last.marked == marked => last.text.push_str(text),
        _ => to.push(Part {
            text: text.to_owned(),
            marked,
        }),
    };
    let words = TextDiff::from_words(old.as_str(), new.as_str());
    for change in words.iter_all_changes() {
        match change.tag() {
            ChangeTag::Equal => {
                add(&mut left, change.value(), false);
                add(&mut right, change.value(), false);
            }
            ChangeTag::Delete => add(&mut left, change.value(), true),
            ChangeTag::Insert => add(&mut right, change.value(), true),
        }
    }
    (left, right)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use sha2::{Digest, Sha256};

    use super::*;

    /// Browsers run a script, and use a style, only if its hash is in the page's policy.
    #[test]
    fn the_policy_knows_the_script_and_the_style() {
        for (text, hash) in [(STYLE, STYLE_HASH), (SCRIPT, SCRIPT_HASH)] {
            let digest = base64::prelude::BASE64_STANDARD.encode(Sha256::digest(text));
            assert_eq!(hash, format!("sha256-{digest}"));
            assert!(!text.contains("</"), "it would end its element");
        }
    }

    /// The page without findings: what every page carries.
    #[test]
    fn the_shell_is_small() {
        let shell = include_str!("../../../templates/diff.html").len() + STYLE.len() + SCRIPT.len();
        assert!(shell <= 60 * 1024, "{shell} bytes");
    }

    #[test]
    fn marks_are_on_the_words_that_differ() {
        let sides = Sides::new(
            Some("|pitch|Int32|In hertz.|".to_owned()),
            Some("|pitch|Int32|In hertz, rounded.|".to_owned()),
        );
        let (old, new) = marked(&sides);
        let shown = |parts: &[Part]| -> String {
            parts
                .iter()
                .map(|part| match part.marked {
                    true => format!("[{}]", part.text),
                    false => part.text.clone(),
                })
                .collect()
        };
        assert_eq!(shown(&old), "|pitch|Int32|In [hertz.|]");
        assert_eq!(shown(&new), "|pitch|Int32|In [hertz, rounded.|]");
    }
}
