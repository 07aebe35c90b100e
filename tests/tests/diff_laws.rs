//! What must hold for any two schemas: nothing differs from itself, facts make the new schema of the old one, the other
//! way around everything is mirrored, and no format leaves a finding out.

use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use typedown::Generator;
use typedown::diff::{Action, Area, Diff, Finding, Renames, Required, Rule, Sides, apply};
use typedown::import::csdl;
use typedown::report::{DiffFormat, DiffReport, Look};
use typedown::schema::{
    Base, Definition, EnumType, Evidence, ItemType, Member, Primitive, Property, PropertyTrait,
    Schema, Source, StructuralKind, StructuralType, Type, TypeName, TypeRef, VersionSchema,
};
use typedown_tests::corpus;

fn source() -> impl Strategy<Value = Source> {
    (0..3_u32, 1..40_u32).prop_map(|(page, line)| Source {
        page: format!("beta/resources/p{page}.md").into(),
        line,
    })
}

/// Names that collide in case and in Rust, and some that do not.
fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "id",
        "Id",
        "name",
        "joinUrl",
        "join_url",
        "tone",
        "Tone",
        "type",
        "self",
        "unknownFutureValue",
        "a",
        "b",
    ])
    .prop_map(str::to_owned)
}

fn type_name() -> impl Strategy<Value = TypeName> {
    (
        prop::sample::select(vec!["microsoft.graph", "microsoft.graph.audio"]),
        prop::sample::select(vec![
            "call",
            "Call",
            "tone",
            "sound",
            "state",
            "chat_message",
            "chatMessage",
        ]),
    )
        .prop_map(|(namespace, short)| TypeName::new(namespace, short))
}

fn type_ref() -> impl Strategy<Value = TypeRef> {
    let item = prop_oneof![
        3 => prop::sample::select(Primitive::ALL.to_vec()).prop_map(ItemType::Primitive),
        2 => type_name().prop_map(ItemType::Named),
        1 => Just(ItemType::Untyped),
    ];
    (item, any::<bool>()).prop_map(|(item, collection)| TypeRef { item, collection })
}

fn text() -> impl Strategy<Value = Option<String>> {
    prop::option::of(
        prop::sample::select(vec!["Says it.", "Says more of it. `x` <b>", "状态"])
            .prop_map(str::to_owned),
    )
}

fn property() -> impl Strategy<Value = Property> {
    (
        type_ref(),
        any::<bool>(),
        text(),
        prop::collection::vec(word(), 0..3),
        prop::collection::btree_set(prop::sample::select(PropertyTrait::ALL.to_vec()), 0..3),
        prop::sample::select(Evidence::ALL.to_vec()),
        source(),
    )
        .prop_map(
            |(ty, navigation, description, values, traits, evidence, source)| Property {
                ty,
                navigation,
                description,
                values,
                traits,
                evidence,
                source,
            },
        )
}

fn definition() -> impl Strategy<Value = Definition> {
    let member = (word(), prop::option::of(0..6_i64), text(), source());
    let members = prop::collection::vec(member, 0..5).prop_map(|members| {
        let mut all: Vec<Member> = Vec::new();
        for (name, value, description, source) in members {
            if all.iter().all(|other| other.name != name) {
                all.push(Member {
                    name,
                    value,
                    description,
                    source,
                });
            }
        }
        all
    });
    prop_oneof![
        1 => (members, any::<bool>())
            .prop_map(|(members, flags)| Definition::Enumeration(EnumType { members, flags })),
        3 => (
            any::<(bool, bool, bool, bool)>(),
            prop::option::of((type_name(), prop::sample::select(Evidence::ALL.to_vec()))),
            prop::collection::vec(word(), 0..2),
            prop::collection::btree_map(word(), property(), 0..5),
        )
            .prop_map(|((entity, open, is_abstract, has_stream), base, key, properties)| {
                Definition::Structural(StructuralType {
                    kind: if entity { StructuralKind::Entity } else { StructuralKind::Complex },
                    base: base.map(|(name, evidence)| Base { name, evidence }),
                    open,
                    is_abstract,
                    has_stream,
                    key,
                    properties,
                })
            }),
    ]
}

fn version() -> impl Strategy<Value = VersionSchema> {
    let area =
        prop::option::of(prop::sample::select(vec!["calls", "sounds"]).prop_map(str::to_owned));
    let ty = (definition(), text(), any::<bool>(), area, source()).prop_map(
        |(definition, description, deprecated, area, source)| Type {
            definition,
            description,
            deprecated,
            area,
            source,
        },
    );
    prop::collection::btree_map(type_name(), ty, 0..6).prop_map(|types| {
        let mut version = VersionSchema { types };
        mend(&mut version);
        version
    })
}

/// What every schema promises: types that are named are there, and bases end.
fn mend(version: &mut VersionSchema) {
    let structural: Vec<TypeName> = version
        .types
        .iter()
        .filter(|(_, ty)| ty.structural().is_some())
        .map(|(name, _)| name.clone())
        .collect();
    let all: Vec<TypeName> = version.types.keys().cloned().collect();
    for (name, ty) in &mut version.types {
        let Definition::Structural(own) = &mut ty.definition else {
            continue;
        };
        // A base that comes earlier by name leads into no circle.
        own.base = own
            .base
            .take()
            .filter(|base| structural.contains(&base.name) && base.name < *name);
        for property in own.properties.values_mut() {
            if let ItemType::Named(target) = &property.ty.item
                && !all.contains(target)
            {
                property.ty.item = ItemType::Untyped;
            }
        }
    }
}

fn schema() -> impl Strategy<Value = Schema> {
    let name = prop::sample::select(vec!["v1.0", "beta"]).prop_map(str::to_owned);
    prop::collection::btree_map(name, version(), 1..3).prop_map(|versions| Schema { versions })
}

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
fn facts_hold(old: &Schema, new: &Schema) {
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
/// type in one direction and at the base in the other. Moves themselves, and what only the crate shows, need no mirror.
fn findings_mirror(old: &Schema, new: &Schema) {
    let findings = Sides::new(
        Diff::new(old, new).findings(),
        Diff::new(new, old).findings(),
    );
    let [there, back] = [
        (&findings.old, &findings.new),
        (&findings.new, &findings.old),
    ]
    .map(|(own, others)| without_mirror(own, others, &kinship(old, new)));
    assert_eq!(there, Vec::<String>::new());
    assert_eq!(back, Vec::<String>::new());
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
    own: &[Finding],
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
    let own = own.iter().filter(counts);
    let lonely = own.filter(|finding| !is_mirrored(finding));
    let lonely = lonely.map(|finding| format!("{} {}", finding.rule, finding.path()));
    lonely.collect()
}

fn in_every_format(old: &Schema, new: &Schema) {
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
fn rust_agrees(old: &Schema, new: &Schema) {
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn facts_of_any_schemas_say_everything(old in schema(), new in schema()) {
        facts_hold(&old, &new);
    }

    #[test]
    fn findings_of_any_schemas_are_mirrored(old in schema(), new in schema()) {
        findings_mirror(&old, &new);
    }

    #[test]
    fn rules_agree_with_what_is_emitted(old in schema(), new in schema()) {
        rust_agrees(&old, &new);
    }

    #[test]
    fn no_format_leaves_a_finding_out(old in version(), new in version()) {
        let one = |version| Schema { versions: [("beta".to_owned(), version)].into() };
        in_every_format(&one(old), &one(new));
    }

    #[test]
    fn fingerprints_do_not_depend_on_places_and_texts(old in version(), new in version(), line in 1..99_u32) {
        let one = |version| Schema { versions: [("beta".to_owned(), version)].into() };
        let (old, new) = (one(old), one(new));
        let mut moved = new.clone();
        for ty in moved.versions.values_mut().flat_map(|version| version.types.values_mut()) {
            ty.source.line = line;
            ty.description = Some("In other words.".to_owned());
        }
        let prints = |new: &Schema| -> Vec<String> {
            let findings = Diff::new(&old, new).findings();
            let told = findings.iter().filter(|finding| finding.is_told());
            told.map(Finding::fingerprint).collect()
        };
        prop_assert_eq!(prints(&new), prints(&moved));
    }
}

/// Real schemas of the reference material, in pairs: versions, languages and dates.
fn real_pairs(test: &str) -> Option<Vec<(Schema, Schema)>> {
    let corpus = corpus(test)?;
    let docs = |folder: &str| {
        let generator = Generator::new().docs(corpus.join("docs").join(folder));
        generator.read_docs().unwrap().schema
    };
    let truth = |name: &str| {
        let text = std::fs::read_to_string(corpus.join("truth").join(name)).unwrap();
        let version = csdl(&text, name).unwrap();
        Schema {
            versions: [("v".to_owned(), version)].into(),
        }
    };
    let only = |schema: &Schema, name: &str| Schema {
        versions: [(name.to_owned(), schema.versions[name].clone())].into(),
    };
    let english = docs("en-2021-07");
    Some(vec![
        (only(&english, "v1.0"), only(&english, "beta")),
        (docs("de-DE-2019-03"), english),
        (docs("de-DE-2019-03"), docs("zh-CN-2019-06")),
        (
            truth("v1.0-2019-07.csdl.xml"),
            truth("v1.0-2021-07.csdl.xml"),
        ),
        (
            truth("beta-2019-07.csdl.xml"),
            truth("beta-2021-07.csdl.xml"),
        ),
        (
            truth("v1.0-2021-07.csdl.xml"),
            truth("beta-2021-07.csdl.xml"),
        ),
    ])
}

#[test]
fn the_laws_hold_for_real_schemas() {
    for (old, new) in real_pairs("the_laws_hold_for_real_schemas").unwrap_or_default() {
        facts_hold(&old, &new);
        findings_mirror(&old, &new);
        rust_agrees(&old, &new);
    }
}

#[test]
fn no_format_leaves_a_real_finding_out() {
    let pairs = real_pairs("no_format_leaves_a_real_finding_out").unwrap_or_default();
    if let Some((old, new)) = pairs.first() {
        in_every_format(old, new);
    }
}

#[test]
fn renames_are_mirrored_too() {
    let mut renames = Renames::default();
    renames.rename_type("a.b", "a.c");
    renames.rename_member("a.c", "x", "y");
    let back = renames.mirror();
    assert_ne!(back, renames);
    assert_eq!(back.mirror(), renames);
}
