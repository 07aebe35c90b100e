//! Five real pages in four languages, read on their own: language and date must not matter.

use std::collections::BTreeMap;

use typedown::schema::{Definition, Schema, Type};
use typedown_tests::{corpus, facts, read_page, type_of};

/// The seed that starts with this number, read as the page of commsOperation or operation that it is.
fn seed(number: &str, path: &str) -> Option<Schema> {
    let folder = corpus(&format!("seed {number}"))?.join("seeds");
    let file = folder
        .read_dir()
        .expect("the seeds are a folder")
        .filter_map(Result::ok)
        .find(|entry| entry.file_name().to_string_lossy().starts_with(number))
        .expect("the seed is there");
    let reading = read_page(
        path,
        std::fs::read_to_string(file.path()).expect("the seed is text"),
    );
    let lost: Vec<String> = reading
        .diagnostics
        .iter()
        .map(ToString::to_string)
        // A page on its own has nothing to link to and nothing to include.
        .filter(|text| {
            !text.contains("[type-unresolved]")
                && !text.contains("[include-missing]")
                && !text.contains("[base-unresolved]")
        })
        .collect();
    assert!(lost.is_empty(), "{lost:?}");
    Some(reading.schema)
}

const COMMS_OPERATION: &str = "microsoft.graph.commsOperation";

#[test]
fn the_chinese_page_of_v1_equals_the_english_one() {
    let path = "v1.0/resources/commsoperation.md";
    let (Some(chinese), Some(english)) = (seed("000", path), seed("002", path)) else {
        return;
    };
    let english = type_of(&english, "v1.0", COMMS_OPERATION);
    assert_eq!(
        facts(type_of(&chinese, "v1.0", COMMS_OPERATION)),
        facts(english)
    );
    assert_eq!(
        facts(english),
        [
            "entity",
            "base None",
            "open false abstract false",
            "key []",
            "clientContext: Edm.String []",
            "id: Edm.String []",
            // The page of resultInfo is not among the seeds.
            "resultInfo: Edm.Untyped []",
            "status: Edm.String [\"notStarted\", \"running\", \"completed\", \"failed\"]",
        ]
    );
}

#[test]
fn the_german_page_of_beta_is_the_english_one_with_two_dates() {
    let path = "beta/resources/commsoperation.md";
    let (Some(german), Some(english)) = (seed("001", path), seed("004", path)) else {
        return;
    };
    let mut expected = facts(type_of(&english, "beta", COMMS_OPERATION));
    expected.insert(5, "createdDateTime: Edm.DateTimeOffset []".into());
    expected.insert(7, "lastActionDateTime: Edm.DateTimeOffset []".into());
    assert_eq!(facts(type_of(&german, "beta", COMMS_OPERATION)), expected);
}

#[test]
fn the_bilingual_page_is_read_by_its_english_half() {
    let Some(schema) = seed("003", "beta/resources/operation.md") else {
        return;
    };
    let ty: &Type = type_of(&schema, "beta", "microsoft.graph.operation");
    let Definition::Structural(structural) = &ty.definition else {
        panic!("{ty:?}")
    };
    let types: BTreeMap<&str, String> = structural
        .properties
        .iter()
        .map(|(name, property)| (name.as_str(), property.ty.to_string()))
        .collect();
    assert_eq!(
        types,
        BTreeMap::from([
            ("createdDateTime", "Edm.DateTimeOffset".to_owned()),
            ("id", "Edm.String".to_owned()),
            ("lastActionDateTime", "Edm.DateTimeOffset".to_owned()),
            ("status", "Edm.String".to_owned()),
        ])
    );
    assert_eq!(
        structural.properties["status"].values,
        ["notStarted", "running", "completed", "failed"]
    );
    assert_eq!(ty.kind_name(), "entity");
    assert_eq!(
        ty.description.as_deref(),
        Some("The status of a long-running operation.")
    );
}

/// The JSON blocks of a seed that hold values and not the names of types.
fn examples(number: &str) -> Vec<String> {
    let Some(corpus) = corpus(&format!("examples of seed {number}")) else {
        return Vec::new();
    };
    let files = corpus.join("seeds").read_dir().expect("a folder");
    let mut files = files.filter_map(Result::ok);
    let file = files.find(|entry| entry.file_name().to_string_lossy().starts_with(number));
    let text = std::fs::read_to_string(file.expect("the seed is there").path()).expect("text");
    let blocks = text.split("```json\n").skip(1);
    let blocks = blocks.filter_map(|block| block.split("```").next());
    blocks
        .filter(|block| !block.contains("\"String"))
        .map(str::to_owned)
        .collect()
}

/// What comes back when JSON is read and written as a type.
fn through<T: serde::de::DeserializeOwned + serde::Serialize>(
    json: &str,
) -> Result<serde_json::Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_str::<T>(json)?)
}

#[test]
fn the_examples_of_the_seeds_come_back_as_they_are() {
    for number in ["000", "002", "003", "004"] {
        for json in examples(number) {
            let expected: serde_json::Value = serde_json::from_str(&json).expect("JSON");
            let read = [
                through::<graph_models::v1_0::CommsOperation>(&json),
                through::<graph_models::beta::CommsOperation>(&json),
            ];
            for written in read {
                assert_eq!(written.expect("it fits"), expected, "{number}");
            }
        }
    }
}

#[test]
fn a_number_in_quotes_where_none_belongs_is_told_with_type_property_and_path() {
    for json in examples("001") {
        let error =
            through::<graph_models::beta::CommsOperation>(&json).expect_err("it does not fit");
        let expected = "microsoft.graph.resultInfo.code: expected Edm.Int32, found a string \"200\" \
                        (at $.resultInfo.code)";
        assert!(error.to_string().starts_with(expected), "{error}");
    }
}
