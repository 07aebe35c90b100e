//! What must hold for any two schemas: nothing differs from itself, facts make the new schema of the old one, the other
//! way around everything is mirrored, and no format leaves a finding out.

use arbitrary::Unstructured;
use proptest::prelude::*;
use typedown::Generator;
use typedown::diff::{Diff, Finding, Renames};
use typedown::import::csdl;
use typedown::schema::Schema;
use typedown_tests::corpus;
use typedown_tests::fuzz::schemas::{Maker, words};
use typedown_tests::laws::diff::{facts_hold, findings_mirror, in_every_format, rust_agrees};

/// Bytes of which schemas are made.
fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..1024)
}

/// Two schemas, the second of which is often the first, edited.
fn pair() -> impl Strategy<Value = (Schema, Schema)> {
    bytes().prop_map(|bytes| {
        let mut input = Unstructured::new(&bytes);
        Maker::new(&mut input, words).pair().unwrap()
    })
}

/// The same, of one version.
fn versions() -> impl Strategy<Value = (Schema, Schema)> {
    pair().prop_map(|(mut old, mut new)| {
        for schema in [&mut old, &mut new] {
            schema.versions.remove("v1.0");
            schema.versions.entry("beta".to_owned()).or_default();
        }
        (old, new)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn facts_of_any_schemas_say_everything((old, new) in pair()) {
        facts_hold(&old, &new);
    }

    #[test]
    fn findings_of_any_schemas_are_mirrored((old, new) in pair()) {
        findings_mirror(&old, &new);
    }

    #[test]
    fn rules_agree_with_what_is_emitted((old, new) in pair()) {
        rust_agrees(&old, &new);
    }

    #[test]
    fn no_format_leaves_a_finding_out((old, new) in versions()) {
        in_every_format(&old, &new);
    }

    #[test]
    fn fingerprints_do_not_depend_on_places_and_texts((old, new) in versions(), line in 1..99_u32) {
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

/// A schema of one version, of what stands in a CSDL document's schema.
fn of_csdl(types: &str) -> Schema {
    let text = format!(
        r#"<Edmx><DataServices><Schema Namespace="n" Alias="self">{types}</Schema></DataServices></Edmx>"#
    );
    Schema {
        versions: [("v".to_owned(), csdl(&text, "n.xml").unwrap())].into(),
    }
}

#[test]
fn of_members_that_differ_in_case_the_one_crosses_the_sentinel_that_moved() {
    let [old, new] = [
        ["Tone", "unknownFutureValue", "tone"],
        ["unknownFutureValue", "Tone", "tone"],
    ]
    .map(|names| {
        let members = names.map(|name| format!(r#"<Member Name="{name}"/>"#));
        of_csdl(&format!(
            r#"<EnumType Name="sound">{}</EnumType>"#,
            members.concat()
        ))
    });
    let diff = Diff::new(&old, &new);
    let crossed = diff
        .findings()
        .into_iter()
        .filter(|finding| finding.rule.id == "enum-member-hidden");
    let members: Vec<_> = crossed.filter_map(|finding| finding.member).collect();
    assert_eq!(members, ["Tone"]);
    findings_mirror(&old, &new);
}

#[test]
fn a_derived_type_that_declares_a_property_as_deprecated_does_not_make_more_of_its_base() {
    let deprecated = r#"<Annotation Term="Org.OData.Core.V1.Revisions"><Collection><Record>
        <PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/Deprecated"/>
        </Record></Collection></Annotation>"#;
    let [old, new] = [
        (deprecated, "", ""),
        ("", r#"BaseType="n.sound""#, deprecated),
    ]
    .map(|(of_base, base, of_derived)| {
        let property =
            |more| format!(r#"<Property Name="pitch" Type="Edm.Int32">{more}</Property>"#);
        of_csdl(&format!(
            r#"<ComplexType Name="sound">{}</ComplexType>
                <ComplexType Name="tone" {base}>{}</ComplexType>"#,
            property(of_base),
            property(of_derived)
        ))
    });
    rust_agrees(&old, &new);
}
