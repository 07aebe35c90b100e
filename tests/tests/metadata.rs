//! How many changes of each kind there are between two of the service's own metadata documents.

use std::collections::BTreeMap;
use std::path::Path;

use typedown::diff::{Diff, Finding};
use typedown::import::csdl;
use typedown::schema::{PropertyTrait, Schema};
use typedown_tests::corpus;

fn schema(corpus: &Path, name: &str) -> Schema {
    let text = std::fs::read_to_string(corpus.join("truth").join(name)).unwrap();
    Schema {
        versions: [("truth".to_owned(), csdl(&text, name).unwrap())].into(),
    }
}

#[test]
fn v1_0_and_beta_of_2021_differ_in_as_many_things_as_were_counted_by_hand() {
    let Some(corpus) = corpus("the counts of changes between metadata documents") else {
        return;
    };
    let old = schema(&corpus, "v1.0-2021-07.csdl.xml");
    let new = schema(&corpus, "beta-2021-07.csdl.xml");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let findings = Diff::new(&old, &new).findings();
    for finding in &findings {
        *counts.entry(finding.rule.id).or_default() += 1;
    }
    // The column `x` of the notes on rules, which counts declared members.
    for (rule, count) in [
        ("navigation-added", 278),
        ("navigation-removed", 1),
        ("property-became-nullable", 17),
        ("property-became-non-nullable", 3),
        ("property-recased", 1),
        ("enum-member-added", 35),
        ("enum-member-added-evolvable", 18),
        ("enum-member-added-before-sentinel", 3),
        ("enum-member-recased", 1),
        ("enum-member-renumbered", 2),
        ("enum-sentinel-moved", 1),
        ("base-type-changed", 18),
        ("type-became-open", 2),
        ("type-became-abstract", 1),
        ("type-removed", 6),
    ] {
        assert_eq!(counts.get(rule), Some(&count), "{rule}: {counts:?}");
    }
    let sum = |rules: [&str; 2]| {
        let counts = rules.map(|rule| counts.get(rule).copied().unwrap_or_default());
        counts.iter().sum::<usize>()
    };
    assert_eq!(sum(["type-added", "derived-type-added"]), 2128);
    assert_eq!(sum(["property-added", "property-added-not-nullable"]), 1109);
    // Counted by hand were 519 that are never null; what is also read-only is not given on creation.
    let version = &new.versions["truth"];
    let is_never_null = |finding: &&Finding| {
        let property = finding.ty.as_ref().zip(finding.member.as_ref());
        let traits = property.and_then(|(ty, member)| {
            let ty = version.types.get(ty.as_str())?.structural()?;
            Some(&ty.properties.get(member)?.traits)
        });
        traits.is_some_and(|traits| traits.contains(PropertyTrait::NotNullable))
    };
    let added = findings
        .iter()
        .filter(|finding| finding.rule.id == "property-added");
    let read_only = added.filter(is_never_null).count();
    assert_eq!(counts["property-added-not-nullable"] + read_only, 519);
}
