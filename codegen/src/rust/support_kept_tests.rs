//! What the support module keeps beside the fields: members without a field, and the forms in which values came.

use super::support::{Extra, Presence, Structured};
use super::support_family_tests::{Older, Operation, Play};
use super::support_tests::Call;
use proptest::prelude::*;
use serde_json::{Value, json};

fn read<T: serde::de::DeserializeOwned>(json: &Value) -> T {
    serde_json::from_str(&json.to_string()).expect("an object that fits")
}

fn json_of(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("JSON")
}

#[test]
fn the_form_of_a_value_goes_with_the_value() {
    let before: Play = read(&json!({"size": "5", "sizes": ["1", 2]}));
    let mut now = before.clone();
    assert!(now.extra.is_empty());
    now.size = None;
    now.sizes = None;
    assert_eq!(json_of(&now), json!({}));
    assert_eq!(now.presence(Play::SIZE), Presence::Absent);
    assert_eq!(
        json_of(&now.changes_since(&before)),
        json!({"size": null, "sizes": null})
    );
    now.size = Some(5);
    assert_eq!(json_of(&now), json!({"size": "5"}));
}

#[test]
fn values_are_equal_in_whatever_form_they_came() {
    let text: Operation = read(&json!({"size": "5"}));
    let number: Operation = read(&json!({"size": 5}));
    assert_eq!(text, number);
    assert_eq!(json_of(&text.changes_since(&number)), json!({}));
}

#[test]
fn a_form_goes_to_other_types_and_comes_back() {
    let play: Play = read(&json!({"size": "5", "sizes": ["1", 2], "sound": {"size": "6"}}));
    let older: Older = play.convert();
    assert_eq!(older.extra.get("sizes"), Some(&json!(["1", 2])));
    let mut again: Play = older.convert();
    again.extra.remove("@odata.type");
    assert_eq!(json_of(&again), json_of(&play));
    let mut changed = play;
    changed.sizes = Some(vec![7]);
    let older: Older = changed.convert();
    assert_eq!(older.extra.get("sizes"), Some(&json!([7])));
}

#[test]
fn a_patch_has_all_of_a_value_that_came_in_another_form() {
    let before = Play::default();
    let json = json!({"sizes": ["1", 2, "3"], "size": "5"});
    let now: Play = read(&json);
    assert_eq!(json_of(&now.changes_since(&before)), json);
}

#[test]
fn numbers_of_single_precision_keep_their_digits_in_trees_and_other_types() {
    let text = r#"{"single":0.1}"#;
    let call: Call = serde_json::from_str(text).expect("an object that fits");
    assert_eq!(json_of(&call).to_string(), text);
    let other: Operation = call.convert();
    assert_eq!(other.extra.get("single"), Some(&json!(0.1)));
}

#[test]
fn members_without_a_field_are_looked_at_as_trees() {
    let json = json!({"a": {"b": [1, -2, 0.5, "x", null, true, false, u64::MAX, {}, []]}, "n": 1});
    let call: Call = read(&json);
    assert_eq!(call.extra.get("a"), Some(&json["a"]));
    assert_eq!(json_of(&call), json);
    assert_eq!(call.extra, read::<Call>(&json).extra);
    assert_ne!(call.extra, read::<Call>(&json!({"a": {}, "n": 1})).extra);
    assert_eq!(call.clone().extra.remove("a"), Some(json["a"].clone()));
}

#[test]
fn the_order_of_members_does_not_make_a_difference() {
    let read = |json: &str| serde_json::from_str::<Call>(json).expect("an object that fits");
    let (left, right) = (r#"{"o":{"a":1,"b":2}}"#, r#"{"o":{"b":2,"a":1}}"#);
    assert_eq!(read(left), read(right));
    assert_eq!(serde_json::to_string(&read(right)).expect("JSON"), right);
}

/// Serde buffers what is flattened, and what may be one of several.
#[test]
fn members_without_a_field_survive_where_serde_buffers() {
    #[derive(Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Wrapped {
        outer: u8,
        #[serde(flatten)]
        call: Call,
    }

    #[derive(serde::Deserialize, serde::Serialize)]
    #[serde(untagged)]
    enum Either {
        Number(u8),
        Call(Box<Call>),
    }

    let json = json!({"outer": 1, "id": "a", "new": {"a": [1, "b", null]}, "old": null});
    let wrapped: Wrapped = read(&json);
    assert_eq!(wrapped.call.extra.get("new"), Some(&json["new"]));
    assert_eq!(
        serde_json::from_str::<Value>(&serde_json::to_string(&wrapped).expect("JSON"))
            .expect("JSON"),
        json
    );
    let either: Either = read(&json);
    assert_eq!(json_of(&either), json);
    let either: Either = read(&json!(1));
    assert!(matches!(either, Either::Number(1)));
}

#[test]
fn compact_json_has_the_text_that_came_and_other_formats_have_trees() {
    let text = r#"{"new":{ "b" : 1.50, "a": "\u00e4" }}"#;
    let call: Call = serde_json::from_str(text).expect("an object that fits");
    assert_eq!(serde_json::to_string(&call).expect("JSON"), text);
    let mut bytes = Vec::new();
    serde_json::to_writer(&mut bytes, &call).expect("JSON");
    assert_eq!(bytes, text.as_bytes());
    let expected = json!({"new": {"b": 1.5, "a": "ä"}});
    assert_eq!(json_of(&call), expected);
    let pretty = serde_json::to_string_pretty(&call).expect("JSON");
    assert_eq!(
        pretty,
        serde_json::to_string_pretty(&expected).expect("JSON")
    );
    let of_reader: Call = serde_json::from_reader(text.as_bytes()).expect("an object that fits");
    assert_eq!(serde_json::to_string(&of_reader).expect("JSON"), text);
}

#[test]
fn what_no_tree_can_hold_is_written_as_it_came() {
    for text in [
        r#"{"new":["\ud800"]}"#,
        &format!(r#"{{"new":{}1{}}}"#, "[".repeat(300), "]".repeat(300)),
    ] {
        let call: Call = serde_json::from_str(text).expect("an object that fits");
        assert_eq!(serde_json::to_string(&call).expect("JSON"), text);
        assert!(call.extra.get("new").is_some_and(Value::is_string));
    }
}

#[test]
fn extra_members_of_equal_names_have_one_hash() {
    let hash = |extra: &Extra| {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        extra.hash(&mut hasher);
        hasher.finish()
    };
    let extra = |json: Value| read::<Call>(&json).extra;
    assert_eq!(
        hash(&extra(json!({"x": {"a": 1.0}}))),
        hash(&extra(json!({"x": {"a": 1.0}})))
    );
    assert_ne!(hash(&extra(json!({"x": 1}))), hash(&extra(json!({"y": 1}))));
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<i32>().prop_map(|eighths| Value::from(f64::from(eighths) / 8.0)),
        ".{0,20}".prop_map(Value::from),
        "[a-zé]{230,300}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(".{0,8}", inner, 0..6)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn what_is_kept_is_what_it_was(json in any_json()) {
        let json = json!({ "new": json });
        let text = json.to_string();
        let call: Call = serde_json::from_str(&text).expect("an object that fits");
        prop_assert_eq!(serde_json::to_string(&call).expect("JSON"), text);
        prop_assert_eq!(call.extra.get("new"), Some(&json["new"]));
        prop_assert_eq!(json_of(&call), json.clone());
        let mut of_tree: Call = serde_json::from_value(json.clone()).expect("an object that fits");
        prop_assert_eq!(&of_tree, &call);
        prop_assert_eq!(of_tree.extra.remove("new"), Some(json["new"].clone()));
    }
}
