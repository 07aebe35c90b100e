//! The mappings of primitive types: each compiles and reads and writes JSON without loss.

use std::fs;
use std::path::Path;
use std::process::Command;

use typedown::Generator;
use typedown::rust::{Binaries, DateTimes, Decimals, Guids, TypeMappings};
use typedown_tests::workspace;

/// A type with a property of each type that can be mapped.
const PAGE: &str = "\
# stamp resource type

## Properties

|Property|Type|
|-|-|
|at|DateTimeOffset|
|changes|DateTimeOffset collection|
|content|Binary|
|day|Date|
|hour|TimeOfDay|
|key|Guid|
|length|Duration|
|price|Decimal|
";

/// What holds for every mapping.
const LAWS: &str = r####"
use models::v1_0::Stamp;
use models::Structured;

fn through(json: &str) -> String {
    let stamp: Stamp = serde_json::from_str(json).unwrap();
    assert_eq!(stamp.clone(), stamp);
    assert_eq!(stamp.convert::<Stamp>(), stamp);
    serde_json::to_string(&stamp).unwrap()
}

#[test]
fn every_form_comes_back_as_it_came() {
    for member in [
        r#""at":"2021-03-04T05:06:07Z""#,
        r#""at":"2021-03-04T05:06:07.000Z""#,
        r#""at":"2021-03-04T05:06Z""#,
        r#""at":"2021-03-04T05:06:07.123456789+02:00""#,
        r#""at":"0001-01-01T00:00:00Z""#,
        r#""changes":["2021-03-04T05:06:07Z","2021-03-04T05:06:07.50Z"]"#,
        r#""content":"_-8=""#,
        r#""content":"/+8=""#,
        r#""content":"/+8""#,
        r#""day":"2021-03-04""#,
        r#""hour":"05:06:07""#,
        r#""hour":"05:06:07.5000000""#,
        r#""key":"57DAB8B1-894C-409A-B240-BD8BEAE78896""#,
        r#""key":"57dab8b1-894c-409a-b240-bd8beae78896""#,
        r#""length":"PT2H""#,
        r#""length":"P1DT0.5S""#,
        r#""price":12.5"#,
        r#""price":"12.50""#,
        r#""price":"12345678901234567890.12345""#,
    ] {
        let json = format!("{{{member}}}");
        assert_eq!(through(&json), json);
    }
}
"####;

struct Case {
    types: TypeMappings,
    /// Tests of what the fields are.
    tests: &'static str,
}

const CASES: [Case; 3] = [
    Case {
        types: TypeMappings {
            date_times: DateTimes::Chrono,
            guids: Guids::Uuid,
            decimals: Decimals::RustDecimal,
            binaries: Binaries::Bytes,
        },
        tests: r####"
#[test]
fn fields_are_of_the_types_that_were_chosen() {
    let stamp = Stamp::build(|stamp| {
        stamp.at = chrono::DateTime::from_timestamp(1, 500_000_000).map(|at| at.fixed_offset());
        stamp.day = chrono::NaiveDate::from_ymd_opt(2021, 3, 4);
        stamp.hour = chrono::NaiveTime::from_hms_milli_opt(5, 6, 7, 80);
        stamp.key = Some(uuid::Uuid::nil());
        stamp.price = Some(rust_decimal::Decimal::new(1250, 2));
        stamp.content = Some(models::Bytes(vec![0xff, 0xef]));
        stamp.length = Some("PT2H".to_owned());
    });
    let written = serde_json::to_value(&stamp).unwrap();
    let expected = serde_json::json!({
        "at": "1970-01-01T00:00:01.500Z",
        "day": "2021-03-04",
        "hour": "05:06:07.08",
        "key": "00000000-0000-0000-0000-000000000000",
        "price": 12.5,
        "content": "/+8=",
        "length": "PT2H",
    });
    assert_eq!(written, expected);
}

#[test]
fn whole_decimals_are_whole_numbers() {
    let json = r#"{"price":12}"#;
    assert_eq!(through(json), json);
}

#[test]
fn a_changed_value_is_written_and_not_the_form_that_was_read() {
    let mut stamp: Stamp = serde_json::from_str(r#"{"price":"12.50"}"#).unwrap();
    stamp.price = stamp.price.map(|price| price + rust_decimal::Decimal::ONE);
    assert_eq!(serde_json::to_string(&stamp).unwrap(), r#"{"price":13.5}"#);
}

#[test]
fn what_is_no_such_value_is_an_error_that_tells_so() {
    let error = serde_json::from_str::<Stamp>(r#"{"at":"soon"}"#).unwrap_err().to_string();
    let expected = r#"microsoft.graph.stamp.at: expected Edm.DateTimeOffset, found a string "soon" (at $.at)"#;
    assert!(error.starts_with(expected), "{error}");
}
"####,
    },
    Case {
        types: TypeMappings {
            date_times: DateTimes::Time,
            guids: Guids::String,
            decimals: Decimals::F64,
            binaries: Binaries::String,
        },
        tests: r####"
#[test]
fn fields_are_of_the_types_that_were_chosen() {
    let stamp = Stamp::build(|stamp| {
        stamp.at = time::OffsetDateTime::from_unix_timestamp(1).ok();
        stamp.day = time::Date::from_ordinal_date(2021, 63).ok();
        stamp.hour = time::Time::from_hms_milli(5, 6, 7, 80).ok();
    });
    let expected = r#"{"at":"1970-01-01T00:00:01Z","day":"2021-03-04","hour":"05:06:07.08"}"#;
    assert_eq!(serde_json::to_string(&stamp).unwrap(), expected);
}
"####,
    },
    Case {
        types: TypeMappings {
            date_times: DateTimes::Jiff,
            guids: Guids::String,
            decimals: Decimals::F64,
            binaries: Binaries::String,
        },
        tests: r####"
#[test]
fn fields_are_of_the_types_that_were_chosen() {
    let stamp = Stamp::build(|stamp| {
        stamp.at = jiff::Timestamp::from_second(1).ok();
        stamp.day = Some(jiff::civil::date(2021, 3, 4));
        stamp.hour = Some(jiff::civil::time(5, 6, 7, 80_000_000));
        stamp.length = Some(jiff::Span::new().hours(2));
    });
    let written = serde_json::to_value(&stamp).unwrap();
    let expected = serde_json::json!({
        "at": "1970-01-01T00:00:01Z",
        "day": "2021-03-04",
        "hour": "05:06:07.08",
        "length": "PT2H",
    });
    assert_eq!(written, expected);
}
"####,
    },
];

#[test]
fn mapped_types_compile_without_a_warning_and_lose_nothing() {
    for case in CASES {
        let folder = tempfile::tempdir().unwrap();
        let docs = folder.path().join("docs/api-reference/v1.0/resources");
        fs::create_dir_all(&docs).unwrap();
        fs::write(docs.join("stamp.md"), PAGE).unwrap();
        let out = folder.path().join("models");
        Generator::new()
            .docs(folder.path().join("docs"))
            .out_dir(&out)
            .types(case.types)
            .generate()
            .unwrap();
        fs::create_dir(out.join("tests")).unwrap();
        fs::write(out.join("tests/laws.rs"), format!("{LAWS}{}", case.tests)).unwrap();
        // The workspace's lock file holds versions that are there without a network.
        fs::copy(workspace().join("Cargo.lock"), out.join("Cargo.lock")).unwrap();
        test(&out);
    }
}

/// Runs the tests of a crate with warnings denied.
fn test(folder: &Path) {
    let output = Command::new(env!("CARGO"))
        .args(["test", "--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", workspace().join("target/emitted"))
        .env("RUSTFLAGS", "-Dwarnings")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
}
