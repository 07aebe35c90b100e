//! The support module, with types as an emitter would write them.

use super::support;
use serde_json::{Value, json};

pub(crate) struct Call {
    pub(crate) id: Option<String>,
    pub(crate) active: Option<bool>,
    pub(crate) any: Option<Value>,
    pub(crate) anys: Option<Vec<Value>>,
    pub(crate) count: Option<i32>,
    pub(crate) inner: Option<Box<Call>>,
    pub(crate) long: Option<i64>,
    pub(crate) parts: Option<Vec<Call>>,
    pub(crate) ratio: Option<f64>,
    pub(crate) single: Option<f32>,
    pub(crate) small: Option<u8>,
    pub(crate) state: Option<State>,
    pub(crate) states: Option<Vec<State>>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) extra: support::Extra,
}

support::object! {
    Call: "microsoft.graph.call" {
        0 id ID: Value = "id",
        1 any ANY: Value = "any",
        2 anys ANYS: Value = "anys",
        3 long LONG: Value = "long",
        4 tags TAGS: Value = "tags",
        5 count COUNT: Value = "count",
        6 inner INNER: Object = "inner",
        7 parts PARTS: Object = "parts",
        8 ratio RATIO: Value = "ratio",
        9 small SMALL: Value = "small",
        10 state STATE: Value = "state",
        11 active ACTIVE: Value = "active",
        12 single SINGLE: Value = "single",
        13 states STATES: Value = "states",
    }
}

pub(crate) enum State {
    NotStarted,
    Running,
    UnknownValue(support::Unlisted),
}

support::enumeration! {
    State: "microsoft.graph.callState" {
        NotStarted = "notStarted",
        Running = "running",
    }
}

fn read(json: &Value) -> Call {
    serde_json::from_str(&json.to_string()).expect("an object that fits")
}

#[track_caller]
fn round_trips(json: &Value) {
    let call = read(json);
    assert_eq!(serde_json::to_value(&call).expect("JSON"), *json);
    assert_eq!(call.clone(), call);
    let of_value: Call = serde_json::from_value(json.clone()).expect("the same from a value");
    assert_eq!(of_value, call);
}

#[track_caller]
fn fails(json: &str, message: &str) {
    let error = serde_json::from_str::<Call>(json).expect_err("a value that does not fit");
    let error = error.to_string();
    assert!(error.starts_with(message), "{error}");
}

#[test]
fn every_member_survives_a_round_trip() {
    round_trips(&json!({}));
    round_trips(&json!({
        "id": "a", "active": true, "count": -5, "long": i64::MAX, "ratio": 0.1, "single": 0.5, "small": 255,
        "state": "running", "states": ["notStarted", "somethingElse"], "tags": [], "any": {"a": [1, null]},
        "anys": [1, null, "x"], "inner": {"inner": {"id": "b"}}, "parts": [{}, {"id": "c", "parts": []}],
    }));
}

#[test]
fn members_that_are_not_listed_are_kept() {
    let json = json!({"@odata.type": "#microsoft.graph.call", "id": "a", "new": {"b": null}, "none": null});
    round_trips(&json);
    assert_eq!(read(&json).extra.get("new"), Some(&json!({"b": null})));
}

#[test]
fn null_and_absent_stay_apart() {
    let json = json!({"id": null, "parts": null, "inner": null, "any": null, "state": null});
    round_trips(&json);
    let mut call = read(&json);
    assert_eq!(call.id, None);
    assert_eq!(call.extra.get("id"), Some(&Value::Null));
    call.id = Some("a".to_owned());
    let written = serde_json::to_value(&call).expect("JSON");
    assert_eq!(written["id"], "a", "what the field holds wins");
}

#[test]
fn collections_with_nulls_are_kept_whole() {
    let json =
        json!({"tags": ["a", null, "b"], "parts": [{"id": "x"}, null, {"y": 1}], "states": [null]});
    round_trips(&json);
    let call = read(&json);
    assert!(call.tags.is_none() && call.parts.is_none());
    assert_eq!(call.extra.len(), 3);
}

#[test]
fn the_last_of_equal_keys_wins() {
    let read = |json: &str| serde_json::from_str::<Call>(json).expect("an object that fits");
    assert_eq!(read(r#"{"id":"a","id":"b"}"#).id.as_deref(), Some("b"));
    assert_eq!(
        read(r#"{"tags":["a"],"tags":["b"]}"#).tags,
        Some(vec!["b".to_owned()])
    );
    assert_eq!(
        read(r#"{"inner":{"id":"a"},"inner":{}}"#),
        read(r#"{"inner":{}}"#)
    );
    assert_eq!(read(r#"{"id":null,"id":"b"}"#), read(r#"{"id":"b"}"#));
    assert_eq!(read(r#"{"id":"b","id":null}"#), read(r#"{"id":null}"#));
    assert_eq!(
        read(r#"{"tags":[null],"tags":["b"]}"#),
        read(r#"{"tags":["b"]}"#)
    );
}

#[test]
fn numbers_fit_by_their_value() {
    let call =
        read(&json!({"count": 3.0, "long": "-9007199254740993", "ratio": 2, "small": 255.0}));
    assert_eq!(call.count, Some(3));
    assert_eq!(call.long, Some(-9_007_199_254_740_993));
    assert_eq!(call.ratio, Some(2.0));
    assert_eq!(call.small, Some(255));
}

#[test]
fn numbers_that_json_cannot_write_are_names() {
    round_trips_number("INF", f64::INFINITY);
    round_trips_number("-INF", f64::NEG_INFINITY);
    let nan = json!({"ratio": "NaN", "single": "NaN"});
    assert_eq!(serde_json::to_value(read(&nan)).expect("JSON"), nan);
}

fn round_trips_number(name: &str, value: f64) {
    let json = json!({"ratio": name, "single": name});
    round_trips(&json);
    assert_eq!(read(&json).ratio, Some(value));
}

#[test]
fn single_precision_is_written_as_it_was_read() {
    let call: Call = serde_json::from_str(r#"{"single":0.1}"#).expect("an object that fits");
    assert_eq!(
        serde_json::to_string(&call).expect("JSON"),
        r#"{"single":0.1}"#
    );
}

#[test]
fn values_that_do_not_fit_name_the_type_and_the_property() {
    let table = [
        (
            r#"{"count":"200"}"#,
            r#"microsoft.graph.call.count: expected Edm.Int32, found a string "200""#,
        ),
        (
            r#"{"count":2147483648}"#,
            "microsoft.graph.call.count: expected Edm.Int32, found the number 2147483648",
        ),
        (
            r#"{"count":1.5}"#,
            "microsoft.graph.call.count: expected Edm.Int32, found the number 1.5",
        ),
        (
            r#"{"long":9223372036854775808}"#,
            "microsoft.graph.call.long: expected Edm.Int64, found the number 92",
        ),
        (
            r#"{"long":9.223372036854775808e18}"#,
            "microsoft.graph.call.long: expected Edm.Int64, found",
        ),
        (
            r#"{"small":-1}"#,
            "microsoft.graph.call.small: expected Edm.Byte, found the number -1",
        ),
        (
            r#"{"single":1e300}"#,
            "microsoft.graph.call.single: expected Edm.Single, found",
        ),
        (
            r#"{"ratio":"x"}"#,
            r#"microsoft.graph.call.ratio: expected a number, found a string "x""#,
        ),
        (
            r#"{"id":true}"#,
            "microsoft.graph.call.id: expected a string, found true",
        ),
        (
            r#"{"id":{}}"#,
            "microsoft.graph.call.id: expected a string, found an object",
        ),
        (
            r#"{"id":[]}"#,
            "microsoft.graph.call.id: expected a string, found an array",
        ),
        (
            r#"{"state":true}"#,
            "microsoft.graph.call.state: expected microsoft.graph.callState, found true",
        ),
        (
            r#"{"tags":"a"}"#,
            "microsoft.graph.call.tags: expected an array, found a string",
        ),
        (
            r#"{"tags":["a",1]}"#,
            "microsoft.graph.call.tags: expected a string, found the number 1",
        ),
        (
            r#"{"tags":[["a"]]}"#,
            "microsoft.graph.call.tags: expected a string, found an array",
        ),
        (
            r#"{"anys":{}}"#,
            "microsoft.graph.call.anys: expected an array, found an object",
        ),
        (
            r#"{"inner":[]}"#,
            "microsoft.graph.call.inner: expected microsoft.graph.call, found an array",
        ),
        (
            r#"{"parts":{}}"#,
            "microsoft.graph.call.parts: expected an array, found an object",
        ),
        (
            r#"{"parts":[{"inner":{"id":1}}]}"#,
            "microsoft.graph.call.id: expected a string, found the number 1 (at $.parts[0].inner.id)",
        ),
        (
            "[]",
            "invalid type: sequence, expected an object of type microsoft.graph.call",
        ),
    ];
    for (json, message) in table {
        fails(json, message);
    }
    let long = format!(r#"{{"count":"{}"}}"#, "ä".repeat(1000));
    let error = serde_json::from_str::<Call>(&long)
        .expect_err("a string")
        .to_string();
    assert!(error.len() < 300, "{error}");
}

#[test]
fn nesting_is_limited_by_the_reader() {
    let deep = r#"{"inner":"#.repeat(200) + "{}" + &"}".repeat(200);
    fails(&deep, "recursion limit exceeded");
}

#[test]
fn objects_show_what_is_set() {
    let call = read(&json!({"id": "a", "states": ["running"], "inner": {}, "count": 1, "new": 2}));
    assert_eq!(
        format!("{call:?}"),
        r#"Call { id: "a", count: 1, inner: Call, states: ["running"], extra: {"new": Number(2)} }"#
    );
}

#[test]
fn objects_are_equal_if_all_fields_are() {
    let json = json!({"parts": [{"id": "a"}], "tags": ["x"]});
    assert_eq!(read(&json), read(&json));
    for other in [
        json!({"parts": [{"id": "b"}], "tags": ["x"]}),
        json!({"parts": [{"id": "a"}, {}], "tags": ["x"]}),
        json!({"parts": [{"id": "a"}]}),
        json!({"parts": [{"id": "a"}], "tags": ["x"], "new": null}),
    ] {
        assert_ne!(read(&json), read(&other), "{other}");
    }
}

#[test]
fn enumerations_are_open() {
    assert_eq!(State::from("running"), State::Running);
    assert_eq!(
        State::from("Running"),
        State::UnknownValue("Running".into())
    );
    assert_eq!(State::from("notStarted").to_string(), "notStarted");
    assert_eq!(format!("{:>8}", State::Running), " running");
    let read: State = serde_json::from_str(r#""new""#).expect("any string");
    assert_eq!(serde_json::to_string(&read).expect("JSON"), r#""new""#);
    let error = serde_json::from_str::<State>("true")
        .expect_err("no name and no number")
        .to_string();
    assert!(
        error.contains("expected microsoft.graph.callState"),
        "{error}"
    );
}

#[test]
fn extra_members_can_be_changed() {
    let mut extra = support::Extra::default();
    assert!(extra.is_empty());
    assert_eq!(extra.insert("a", 1), None);
    assert_eq!(extra.insert("a", "b"), Some(json!(1)));
    assert_eq!(extra.iter().collect::<Vec<_>>(), [("a", &json!("b"))]);
    assert_eq!((extra.len(), extra.remove("a")), (1, Some(json!("b"))));
    assert_eq!(extra, support::Extra::EMPTY);
    assert_eq!(size_of::<support::Extra>(), 24);
}
