//! What `export` writes is what other tools of these formats accept. For the reviewers of changes, what becomes of
//! `docs-input` is committed: `TYPEDOWN_BLESS=1 cargo test -p typedown-tests --test export` writes it anew.

use std::path::Path;

use serde_json::Value;
use typedown::Generator;
use typedown::export::{csdl, json_schema};
use typedown::schema::Schema;
use typedown::source::MemoryFiles;
use typedown_tests::csdl::breaches;
use typedown_tests::{corpus, workspace};

fn read(docs: &Path) -> Option<Schema> {
    let reading = Generator::new().docs(docs).read_docs().ok()?;
    Some(reading.schema)
}

/// The schemas of `docs-input` and of every fixture that can be read at all.
fn schemas() -> Vec<(String, Schema)> {
    let fixtures = workspace().join("tests/fixtures").read_dir().unwrap();
    let fixtures = fixtures.map(|entry| entry.unwrap().path().join("docs"));
    let all = fixtures.chain([workspace().join("docs-input")]);
    let read = |docs: std::path::PathBuf| Some((docs.display().to_string(), read(&docs)?));
    all.filter_map(read).collect()
}

fn assert_keeps_the_rules(from: &str, schema: &Schema) {
    for (version, types) in &schema.versions {
        let breaches = breaches(&csdl(types));
        assert!(breaches.is_empty(), "{from}, {version}: {breaches:#?}");
    }
}

fn assert_golden(version: &str) {
    let schema = read(&workspace().join("docs-input")).unwrap();
    let found = csdl(&schema.versions[version]);
    let path = workspace().join(format!("tests/golden/docs-input-{version}.csdl.xml"));
    if std::env::var_os("TYPEDOWN_BLESS").is_some() {
        std::fs::write(&path, &found).unwrap();
    }
    let expected = std::fs::read_to_string(&path)
        .unwrap()
        .replace("\r\n", "\n");
    let differs = expected
        .lines()
        .zip(found.lines())
        .position(|(a, b)| a != b);
    assert!(
        expected == found,
        "{} is stale, from line {differs:?} on",
        path.display()
    );
}

#[test]
fn the_csdl_of_v1_0_of_docs_input_is_the_committed_one() {
    assert_golden("v1.0");
}

#[test]
fn the_csdl_of_beta_of_docs_input_is_the_committed_one() {
    assert_golden("beta");
}

#[test]
fn csdl_keeps_the_rules_of_odata() {
    let schemas = schemas();
    assert!(schemas.len() > 100);
    for (from, schema) in schemas {
        assert_keeps_the_rules(&from, &schema);
    }
}

#[test]
fn csdl_of_the_whole_docs_keeps_the_rules_of_odata() {
    let Some(corpus) = corpus("csdl_of_the_whole_docs_keeps_the_rules_of_odata") else {
        return;
    };
    for docs in corpus.join("docs").read_dir().unwrap() {
        let docs = docs.unwrap().path();
        assert_keeps_the_rules(&docs.display().to_string(), &read(&docs).unwrap());
    }
}

/// The CSDL of pages of one version.
fn csdl_of<const N: usize>(pages: [(&str, &str); N]) -> String {
    let reading = Generator::new().read(&MemoryFiles::new(pages)).unwrap();
    csdl(&reading.schema.versions["beta"])
}

const CLOCK: (&str, &str) = (
    "beta/resources/clock.md",
    "# clock entity type\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n|id|String|Key.|\n|hand|[hand](hand.md)|Points.|\n
## Relationships\n\n|Relationship|Type|Description|\n|-|-|-|\n|tower|[tower](tower.md)|Where it is.|\n|cities|String collection|Who sees it.|\n|maker|[smith](smith.md)|Who made it.|\n",
);
const HAND: (&str, &str) = (
    "beta/resources/hand.md",
    "# hand resource type\n\nThis is an abstract type.\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n|on|[clock](clock.md)|Its clock.|\n",
);
const TOWER: (&str, &str) = (
    "beta/resources/tower.md",
    "# tower entity type\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n|height|Int32|In meters.|\n",
);

#[test]
fn relations_lead_to_entities_and_values_do_not() {
    let csdl = csdl_of([CLOCK, HAND, TOWER]);
    assert_eq!(breaches(&csdl), [""; 0]);
    for line in [
        r#"<NavigationProperty Name="on" Type="microsoft.graph.clock">"#,
        r#"<Property Name="hand" Type="microsoft.graph.hand">"#,
        r#"<NavigationProperty Name="tower" Type="microsoft.graph.tower">"#,
        r#"<Property Name="cities" Type="Collection(Edm.String)">"#,
        r#"<NavigationProperty Name="maker" Type="Edm.EntityType">"#,
    ] {
        assert!(csdl.contains(line), "{line}\n{csdl}");
    }
}

#[test]
fn an_entity_type_without_a_key_is_abstract() {
    let csdl = csdl_of([CLOCK, TOWER]);
    assert!(
        csdl.contains(r#"<EntityType Name="tower" Abstract="true">"#),
        "{csdl}"
    );
    assert!(csdl.contains(r#"<EntityType Name="clock">"#), "{csdl}");
}

#[test]
fn an_entity_type_below_one_with_instances_is_not_abstract() {
    let sundial = "# sundial resource type\n\nAn abstract type, inherits from [clock](clock.md).\n";
    let csdl = csdl_of([CLOCK, ("beta/resources/sundial.md", sundial)]);
    let line = r#"<EntityType Name="sundial" BaseType="microsoft.graph.clock">"#;
    assert!(csdl.contains(line), "{csdl}");
}

#[test]
fn an_enumeration_without_members_is_text() {
    let page = "# chime enum type\n\nHow it sounds.\n";
    let csdl = csdl_of([("beta/resources/chime.md", page)]);
    let line = r#"<TypeDefinition Name="chime" UnderlyingType="Edm.String">"#;
    assert!(csdl.contains(line), "{csdl}");
    assert_eq!(breaches(&csdl), [""; 0]);
}

#[test]
fn members_that_differ_in_marks_only_are_one() {
    let page = "# chime enum type\n\n## Members\n\n|Member|Description|\n|-|-|\n|ding dong|Two.|\n|ding-dong|Two.|\n";
    let csdl = csdl_of([("beta/resources/chime.md", page)]);
    assert_eq!(csdl.matches("<Member ").count(), 1, "{csdl}");
    assert_eq!(breaches(&csdl), [""; 0]);
}

#[test]
fn breaches_of_the_rules_are_found() {
    let csdl = csdl_of([CLOCK, HAND, TOWER]);
    for (right, wrong) in [
        ("</Schema>", ""),
        (r#"Name="hand" Abstract"#, r#"Name="hand-2" Abstract"#),
        (r#"Abstract="true""#, r#"Abstract="yes""#),
        (
            r#"EntityType Name="tower" Abstract="true""#,
            r#"EntityType Name="tower""#,
        ),
        (
            r#"Type="microsoft.graph.tower""#,
            r#"Type="microsoft.graph.bell""#,
        ),
        (r#"Property Name="height""#, r#"Property Nam="height""#),
        (r#"PropertyRef Name="id""#, r#"PropertyRef Name="hand""#),
        (
            "Include Namespace=\"Org.OData.Core.V1\"",
            "Include Namespace=\"Core\"",
        ),
    ] {
        assert!(csdl.contains(right), "{right}\n{csdl}");
        assert_ne!(breaches(&csdl.replace(right, wrong)), [""; 0], "{wrong}");
    }
}

fn assert_is_json_schema(from: &str, schema: &Schema) {
    for (version, types) in &schema.versions {
        let document = json_schema(types);
        if let Err(error) = jsonschema::meta::validate(&document) {
            panic!("{from}, {version}: {}: {error}", error.instance_path());
        }
        if let Err(error) = jsonschema::validator_for(&document) {
            panic!("{from}, {version}: {error}");
        }
    }
}

#[test]
fn json_schema_is_what_its_meta_schema_asks_for() {
    for (from, schema) in schemas() {
        assert_is_json_schema(&from, &schema);
    }
}

#[test]
fn json_schema_of_the_whole_docs_is_what_its_meta_schema_asks_for() {
    let Some(corpus) = corpus("json_schema_of_the_whole_docs_is_what_its_meta_schema_asks_for")
    else {
        return;
    };
    let docs = corpus.join("docs/en-2021-07");
    assert_is_json_schema("en-2021-07", &read(&docs).unwrap());
}

/// The JSON Schema of one type, with all that it refers to.
fn json_schema_of(pages: [(&str, &str); 3], name: &str) -> jsonschema::Validator {
    let reading = Generator::new().read(&MemoryFiles::new(pages)).unwrap();
    let mut document = json_schema(&reading.schema.versions["beta"]);
    document["$ref"] = format!("#/$defs/{name}").into();
    jsonschema::validator_for(&document).unwrap()
}

#[test]
fn json_schema_takes_what_the_service_sends_and_nothing_of_another_type() {
    let clock = json_schema_of([CLOCK, HAND, TOWER], "microsoft.graph.clock");
    let takes = |text: &str| clock.is_valid(&serde_json::from_str::<Value>(text).unwrap());
    assert!(takes(
        r##"{"@odata.type": "#microsoft.graph.clock", "id": "1", "tower": {"height": 20}, "hand": null}"##
    ));
    assert!(!takes(r#"{"id": 1}"#));
    assert!(!takes(r#"{"tower": {"height": "tall"}}"#));
}
