//! What must hold for any two schemas.

use std::collections::{HashMap, HashSet};

use typedown::diff::{Action, Area, Diff, Finding, Required, Rule, Sides, apply};
use typedown::report::{DiffFormat, DiffReport, Look};
use typedown::schema::{Definition, Schema, TypeName};

/// The facts of both directions, the second mirrored, in an order that does not depend on names.
fn both_ways(old: &Schema, new: &Schema) -> [Vec<String>; 2] {
    let there = Diff::new(old, new).facts();
    let back = Diff::new(new, old).facts();
    let mut there: Vec<String> = there.iter().map(|fact| format!("{fact:?}")).collect();
    let back = back.into_iter().map(|fact| format!("{:?}", fact.mirror()));
    let mut back: Vec<String> = back.collect();
    there.sort();
    back.sort();
    [there, back]
}

/// Every law of the facts, for one pair.
///
/// # Panics
///
/// If a law is broken.
pub fn facts_hold(old: &Schema, new: &Schema) {
    for schema in [old, new] {
        let same = Diff::new(schema, schema);
        assert_eq!(same.facts(), []);
        assert_eq!(same.findings(), []);
    }
    let diff = Diff::new(old, new);
    let (from, to) = match &diff.versions()[..] {
        // Versions of different names are compared alone.
        [names] if names.old != names.new => {
            let only = |schema: &Schema, name: &str| {
                let version = schema.versions[name].clone();
                Schema {
                    versions: [(name.to_owned(), version)].into(),
                }
            };
            (only(old, names.old), only(new, names.new))
        }
        _ => (old.clone(), new.clone()),
    };
    assert_eq!(apply(&diff.facts(), &from), to);
    let [there, back] = both_ways(old, new);
    assert_eq!(there, back);
}

/// Where a finding is, whichever way around the sides are compared: a type that moved to another namespace is told where
/// it is now, and what differs in case by its name now.
fn whereabouts(finding: &Finding) -> (String, String) {
    let name = |name: &Option<String>| name.as_deref().unwrap_or_default().to_lowercase();
    let ty = name(&finding.ty);
    let short = ty.rsplit('.').next().unwrap_or_default();
    (short.to_owned(), name(&finding.member))
}

/// What changes, changes back: each finding of one direction has one of the other under a rule that mirrors its own, about
/// the same member of the same type, or of one that it derives from: what moves between a type and its bases is told at the
/// type in one direction and at the base in the other. Moves themselves, and what only the crate shows, need no mirror; nor does
/// that a property is deprecated of which nothing was said before, for docs that fall silent take nothing back.
///
/// # Panics
///
/// If a law is broken.
pub fn findings_mirror(old: &Schema, new: &Schema) {
    let findings = Sides::new(
        Diff::new(old, new).findings(),
        Diff::new(new, old).findings(),
    );
    let [there, back] = [
        (&findings.old, &findings.new, old),
        (&findings.new, &findings.old, new),
    ]
    .map(|(own, others, from)| {
        let silent = silent_members(from);
        let is_news = |finding: &&Finding| {
            let (_, member) = whereabouts(finding);
            finding.rule.id == "property-deprecated" && silent.contains(&member)
        };
        let own: Vec<&Finding> = own.iter().filter(|finding| !is_news(finding)).collect();
        without_mirror(&own, others, &kinship(old, new))
    });
    assert_eq!(there, Vec::<String>::new());
    assert_eq!(back, Vec::<String>::new());
}

/// The names of properties of which nothing is said but that they are there.
fn silent_members(schema: &Schema) -> HashSet<String> {
    let types = schema
        .versions
        .values()
        .flat_map(|version| version.types.values());
    let structural = types.filter_map(|ty| match &ty.definition {
        Definition::Structural(structural) => Some(structural),
        Definition::Enumeration(_) => None,
    });
    let properties = structural.flat_map(|structural| &structural.properties);
    let silent = properties
        .filter(|(_, property)| property.description.is_none() && property.traits.is_empty());
    silent.map(|(name, _)| name.to_lowercase()).collect()
}

/// Types and their bases on either side, by short names.
fn kinship(old: &Schema, new: &Schema) -> HashSet<(String, String)> {
    let versions = [old, new]
        .into_iter()
        .flat_map(|schema| schema.versions.values());
    let short = |name: &TypeName| name.short().to_lowercase();
    let pairs = versions.flat_map(|version| {
        let types = version.types.keys();
        types.flat_map(move |name| {
            let bases = version.lineage(name).skip(1);
            bases.map(move |(base, _)| (short(name), short(base)))
        })
    });
    pairs.collect()
}

fn is_move(rule: &Rule) -> bool {
    rule.id.contains("-moved-to-")
}

/// Whether a rule says the same as another, which mirrors a third: rules about what came and went differ in how much is
/// known of it.
fn says(rule: &Rule, other: &Rule) -> bool {
    match other.action {
        Action::Added | Action::Removed => (rule.about, rule.action) == (other.about, other.action),
        Action::Changed | Action::Reworded => rule == other,
    }
}

/// Those of some findings that others do not mirror.
fn without_mirror(
    own: &[&Finding],
    others: &[Finding],
    kinship: &HashSet<(String, String)>,
) -> Vec<String> {
    // What has another name now is told by its old one in the other direction.
    let renamed = own.iter().filter_map(|finding| {
        let old = finding
            .old
            .as_ref()
            .filter(|_| finding.rule.id.ends_with("-renamed"));
        let here = whereabouts(finding);
        Some((here.clone(), (here.0, old?.to_lowercase())))
    });
    let renamed: HashMap<_, _> = renamed
        .filter(|((_, member), _)| !member.is_empty())
        .collect();
    let mut there: HashMap<String, Vec<(String, &'static Rule)>> = HashMap::new();
    for other in others {
        let (ty, member) = whereabouts(other);
        there.entry(member).or_default().push((ty, other.rule));
    }
    let is_kin = |one: &str, other: &str| kinship.contains(&(one.to_owned(), other.to_owned()));
    let is_mirrored = |finding: &&Finding| {
        let Some(mirror) = finding.rule.mirror.ok().and_then(Rule::find) else {
            return true;
        };
        let here = whereabouts(finding);
        let places = [Some(&here), renamed.get(&here)].into_iter().flatten();
        let mut rules = places.flat_map(|(ty, member)| {
            let rules = there.get(member).into_iter().flatten();
            rules.filter(move |(other, _)| {
                other == ty || !member.is_empty() && (is_kin(ty, other) || is_kin(other, ty))
            })
        });
        rules.any(|(_, rule)| is_move(rule) || says(rule, mirror))
    };
    let counts = |finding: &&Finding| finding.rule.area != Area::Rust && !is_move(finding.rule);
    let own = own.iter().copied().filter(counts);
    let lonely = own.filter(|finding| !is_mirrored(finding));
    let lonely = lonely.map(|finding| format!("{} {}", finding.rule, finding.path()));
    lonely.collect()
}

/// No format leaves a finding out. Both schemas have one version, of one name.
///
/// # Panics
///
/// If a law is broken.
pub fn in_every_format(old: &Schema, new: &Schema) {
    let diff = Diff::new(old, new);
    let findings = diff.findings();
    let views = diff.views();
    let viewer = views.viewer();
    let report = DiffReport {
        names: Sides::new("old".to_owned(), "new".to_owned()),
        findings: &findings,
        required: Required::of(&findings),
        parity: None,
        notes: &[],
        views: Some(&viewer),
        sources: Sides::default(),
    };
    for format in DiffFormat::ALL {
        let mut text = Vec::new();
        report.write(format, Look::default(), &mut text).unwrap();
        let text = String::from_utf8(text).unwrap();
        let told = findings.iter().filter(|finding| finding.is_told());
        let lines = match format {
            DiffFormat::Text => text.matches("  wire-read ").count(),
            DiffFormat::Markdown => text.lines().filter(|line| line.starts_with("- ")).count(),
            DiffFormat::Json => text.matches("\"fingerprint\":").count(),
            DiffFormat::Sarif => text.matches("\"ruleIndex\":").count(),
            DiffFormat::Github => text.lines().filter(|line| line.starts_with("::")).count(),
            DiffFormat::Html => text.matches("<details class=\"f ").count(),
        };
        let expected = match format {
            // Programs get what is not told as well.
            DiffFormat::Json => findings.len(),
            _ => told.clone().count(),
        };
        assert_eq!(lines, expected, "{format:?}");
        // Names have no characters here that a format would write in another way.
        let is_part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '@');
        let words: HashSet<&str> = text.split(|c| !is_part(c)).collect();
        for finding in told {
            let member = finding.member.as_deref().or(finding.ty.as_deref());
            for word in [finding.rule.id, member.unwrap_or_default()] {
                assert!(
                    words.contains(word),
                    "{format:?}: {word}: {}",
                    finding.message()
                );
            }
        }
    }
}

/// What a change means in Rust is among what its rule says.
///
/// # Panics
///
/// If a law is broken.
pub fn rust_agrees(old: &Schema, new: &Schema) {
    for finding in Diff::new(old, new).findings() {
        let allowed = Rule::find(finding.rule.id).unwrap().rust;
        let bump = finding.verdicts.rust;
        assert!(
            allowed.contains(&bump),
            "{}: {} is {bump}",
            finding.rule,
            finding.message()
        );
    }
}
