//! What `lint --format sarif` writes is SARIF 2.1.0, as its published schema has it.

use serde_json::Value;
use typedown_tests::workspace;

fn schema() -> jsonschema::Validator {
    let path = workspace().join("tests/schemas/sarif-2.1.0.json");
    let text = std::fs::read_to_string(path).expect("the schema is part of the repository");
    let mut schema: Value = serde_json::from_str(&text).expect("the schema is JSON");
    // As published, the pattern of languages has a bracket too many, which the validator rejects. Nothing that is
    // written here has a language.
    for owner in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][owner]["properties"]["language"];
        language
            .as_object_mut()
            .and_then(|language| language.remove("pattern"))
            .expect("the pattern is there");
    }
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .expect("the schema is a schema")
}

fn lint(fixture: &str) -> Value {
    let docs = workspace()
        .join("tests/fixtures")
        .join(fixture)
        .join("docs");
    let docs = docs.to_string_lossy();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["typedown", "lint", "--format", "sarif", "--docs", &docs];
    let code = typedown::cli::run(arguments, &mut out, &mut err);
    assert_eq!((code, String::from_utf8(err).unwrap()), (0, String::new()));
    serde_json::from_slice(&out).unwrap()
}

#[test]
fn the_log_of_every_fixture_is_valid() {
    let schema = schema();
    let mut results = 0;
    for entry in workspace().join("tests/fixtures").read_dir().unwrap() {
        let entry = entry.unwrap();
        if !entry.path().is_dir() {
            continue;
        }
        let fixture = entry.file_name().into_string().unwrap();
        let log = lint(&fixture);
        let errors: Vec<String> = schema
            .iter_errors(&log)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{fixture}: {errors:#?}");
        results += log["runs"][0]["results"].as_array().unwrap().len();
    }
    assert!(results > 50, "{results}");
}

#[test]
fn the_schema_rejects_what_is_no_log() {
    let schema = schema();
    let mut log = lint("type-conflict");
    let place = "/runs/0/results/0/locations/0/physicalLocation";
    log.pointer_mut(place).unwrap()["region"]["startLine"] = 0.into();
    assert!(!schema.is_valid(&log));
}

#[test]
fn a_second_place_is_a_related_location() {
    let log = lint("type-conflict");
    let results = log["runs"][0]["results"].as_array().unwrap();
    let related = &results[0]["relatedLocations"][0]["physicalLocation"];
    assert!(
        related["artifactLocation"]["uri"]
            .as_str()
            .unwrap()
            .starts_with("api-reference/")
    );
}
