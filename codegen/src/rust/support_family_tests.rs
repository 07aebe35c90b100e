//! The support module where types derive from others, change, and become those of another version.

use super::support::{self, Enumeration, Extra, Page, Polymorphic, Presence, Structured};
use serde_json::{Value, json};

pub(crate) struct Operation {
    pub(crate) id: Option<String>,
    pub(crate) flags: Option<Flags>,
    pub(crate) parts: Option<Vec<AnyOperation>>,
    pub(crate) size: Option<i64>,
    pub(crate) extra: Extra,
}

support::object! {
    Operation: "microsoft.graph.operation" {
        0 id ID: Value = "id",
        1 size SIZE: Value = "size",
        2 flags FLAGS: Value = "flags",
        3 parts PARTS: Object = "parts",
    }
}

pub(crate) enum AnyOperation {
    Operation(Box<Operation>),
    Play(Box<Play>),
}

support::polymorphic! {
    AnyOperation: Operation = Operation {
        Play: Play = "microsoft.graph.play",
    }
}

pub(crate) struct Play {
    pub(crate) flags: Option<Flags>,
    pub(crate) id: Option<String>,
    pub(crate) parts: Option<Vec<AnyOperation>>,
    pub(crate) size: Option<i64>,
    pub(crate) sizes: Option<Vec<i64>>,
    pub(crate) sound: Option<Box<Operation>>,
    pub(crate) extra: Extra,
}

support::object! {
    Play: "microsoft.graph.play" {
        0 id ID: Value = "id",
        1 size SIZE: Value = "size",
        2 flags FLAGS: Value = "flags",
        3 parts PARTS: Object = "parts",
        4 sizes SIZES: Value = "sizes",
        5 sound SOUND: Object = "sound",
    }
}

/// The operation of another version, which knows less of some and more of other things.
pub(crate) struct Older {
    pub(crate) created: Option<String>,
    pub(crate) id: Option<i32>,
    pub(crate) size: Option<i64>,
    pub(crate) extra: Extra,
}

support::object! {
    Older: "microsoft.graph.operation" {
        0 id ID: Value = "id",
        1 size SIZE: Value = "size",
        2 created CREATED: Value = "created",
    }
}

pub(crate) enum Flags {
    Red,
    Blue,
    UnknownValue(support::Unlisted),
}

support::enumeration! {
    Flags: "microsoft.graph.flags" {
        Red = "red" 1,
        Blue = "blue" 2,
    }
}

fn read<T: serde::de::DeserializeOwned>(json: &Value) -> T {
    serde_json::from_str(&json.to_string()).expect("an object that fits")
}

fn json_of(value: &impl serde::Serialize) -> Value {
    serde_json::to_value(value).expect("JSON")
}

#[track_caller]
fn round_trips<T: serde::de::DeserializeOwned + serde::Serialize + Clone + PartialEq>(
    json: &Value,
) -> T {
    let value: T = read(json);
    assert_eq!(json_of(&value), *json);
    assert!(value.clone() == value, "{json}");
    value
}

#[test]
fn a_value_is_read_as_the_type_that_it_names_wherever_it_does() {
    for json in [
        r##"{"@odata.type":"#microsoft.graph.play","id":"a","sizes":[1],"new":2}"##,
        r##"{"id":"a","sizes":[1],"new":2,"@odata.type":"#microsoft.graph.play"}"##,
        r#"{"new":2,"sizes":[1],"@odata.type":"microsoft.graph.play","id":"a"}"#,
        r##"{"sizes":[1],"@odata.type":"https://host/$metadata#microsoft.graph.play","id":"a","new":2}"##,
    ] {
        let value: AnyOperation = serde_json::from_str(json).expect("an object that fits");
        let AnyOperation::Play(play) = &value else {
            panic!("{json}: {value:?}");
        };
        assert_eq!(play.id.as_deref(), Some("a"), "{json}");
        assert_eq!(play.sizes.as_deref(), Some(&[1][..]), "{json}");
        assert_eq!(play.extra.len(), 2, "{json}");
        let same: Value = serde_json::from_str(json).expect("JSON");
        assert_eq!(json_of(&value), same);
    }
}

#[test]
fn a_missing_or_unknown_type_is_the_base_and_loses_nothing() {
    for json in [
        json!({"id": "a", "sizes": [1]}),
        json!({"@odata.type": "#microsoft.graph.later", "id": "a", "sizes": [1]}),
        json!({"@odata.type": "#microsoft.graph.operation", "id": "a"}),
        json!({"@odata.type": 1}),
    ] {
        let value: AnyOperation = round_trips(&json);
        assert!(matches!(value, AnyOperation::Operation(_)), "{json}");
    }
    let later: AnyOperation = read(&json!({"@odata.type": "#microsoft.graph.later"}));
    assert_eq!(later.type_name(), "microsoft.graph.later");
}

#[test]
fn values_inside_of_others_are_read_and_written_as_what_they_are() {
    let json =
        json!({"parts": [{"id": "a"}, {"@odata.type": "#microsoft.graph.play", "sizes": []}]});
    let operation: Operation = round_trips(&json);
    let parts = operation.parts.expect("two parts");
    assert!(matches!(
        &parts[..],
        [AnyOperation::Operation(_), AnyOperation::Play(_)]
    ));
}

#[test]
fn a_derived_type_is_written_with_its_name_where_it_might_be_another() {
    let play = Play::build(|play| play.size = Some(1));
    assert_eq!(json_of(&play), json!({"size": 1}));
    let any: AnyOperation = play.convert();
    assert!(matches!(any, AnyOperation::Play(_)));
    assert_eq!(
        json_of(&any),
        json!({"@odata.type": "#microsoft.graph.play", "size": 1})
    );
}

#[test]
fn base_and_derived_types_become_each_other() {
    let json = json!({"id": "a", "sizes": [1, 2], "sound": {"id": "b"}, "new": null});
    let play: Play = read(&json);
    let base: Operation = play.convert();
    assert_eq!(base.id.as_deref(), Some("a"));
    assert_eq!(base.type_name(), "microsoft.graph.play");
    let mut again: Play = base.convert();
    again.extra.remove("@odata.type");
    assert_eq!(again, play);
    let any: AnyOperation = base.convert();
    assert!(matches!(&any, AnyOperation::Play(play) if play.sizes.is_some()));
    assert_eq!(any.to_base(), base);
}

#[test]
fn another_version_keeps_what_it_does_not_know() {
    let json = json!({"created": "2018", "id": 7, "size": "12", "more": {"a": [1]}});
    let older: Older = round_trips(&json);
    let newer: Operation = older.convert();
    assert_eq!(newer.id, None, "a number is no text");
    assert_eq!(newer.size, Some(12));
    assert_eq!(json_of(&newer), json);
    assert_eq!(newer.convert::<Older>(), older);
}

#[test]
fn numbers_that_came_as_strings_are_written_so_unless_they_are_changed() {
    let json = json!({"size": "12", "sizes": ["1", 2, "3"]});
    let mut play: Play = round_trips(&json);
    assert_eq!(play.size, Some(12));
    assert_eq!(play.sizes.as_deref(), Some(&[1, 2, 3][..]));
    play.size = Some(13);
    play.sizes = Some(vec![1, 2, 4]);
    assert_eq!(json_of(&play), json!({"size": 13, "sizes": [1, 2, 4]}));
    let again: Play = read(&json!({"size": "12", "sizes": ["1", null]}));
    assert_eq!(json_of(&again), json!({"size": "12", "sizes": ["1", null]}));
}

#[test]
fn null_absent_and_a_value_are_told_apart_and_written() {
    let mut operation: Operation = read(&json!({"id": "a", "size": null}));
    assert_eq!(operation.presence(Operation::ID), Presence::Value);
    assert_eq!(operation.presence(Operation::SIZE), Presence::Null);
    assert_eq!(operation.presence(Operation::PARTS), Presence::Absent);
    operation
        .set_null(Operation::ID)
        .set_absent(Operation::SIZE);
    assert_eq!(json_of(&operation), json!({"id": null}));
    operation.id = Some("b".to_owned());
    assert_eq!(json_of(&operation), json!({"id": "b"}));
    operation.set_null("undocumented");
    assert_eq!(operation.presence("undocumented"), Presence::Null);
}

#[test]
fn a_patch_has_what_changed_and_null_for_what_is_gone() {
    let before: Play = read(
        &json!({"id": "a", "size": 1, "sizes": [1], "sound": {"id": "b", "size": 2}, "old": 1}),
    );
    assert_eq!(json_of(&before.changes_since(&before)), json!({}));
    let mut now = before.clone();
    now.size = None;
    now.sizes = Some(vec![1, 2]);
    now.sound = Some(Box::new(Operation::build(|sound| sound.size = Some(3))));
    now.extra.remove("old");
    now.extra.insert("new", 2);
    assert_eq!(
        json_of(&now.changes_since(&before)),
        json!({"size": null, "sizes": [1, 2], "sound": {"id": null, "size": 3}, "old": null, "new": 2})
    );
}

#[test]
fn several_members_and_numbers_are_read_and_given_back() {
    let of = |json: Value| {
        round_trips::<Operation>(&json!({ "flags": json }))
            .flags
            .expect("a value")
    };
    let flags = of(json!("red, Blue"));
    assert!(flags.contains(&Flags::Red) && flags.contains(&Flags::Blue));
    assert_eq!(of(json!("red")).members(), [Flags::Red]);
    assert_eq!(of(json!(2)).members(), [Flags::Blue]);
    assert_eq!(of(json!(3)).members(), [Flags::Red, Flags::Blue]);
    assert_eq!(
        of(json!(5)).members(),
        [Flags::Red, Flags::UnknownValue(4.into())]
    );
    assert_eq!(
        of(json!("red,green")).members(),
        [Flags::Red, Flags::from("green")]
    );
    assert_ne!(Flags::UnknownValue(3.into()), Flags::from("3"));
    assert_eq!(
        (Flags::UnknownValue(3.into()).as_str(), Flags::MEMBERS),
        ("3", &["red", "blue"][..])
    );
    let bare: Flags = serde_json::from_str("3").expect("a number");
    assert_eq!(serde_json::to_string(&bare).expect("JSON"), "3");
}

#[test]
fn a_page_has_objects_and_links_and_loses_nothing() {
    let json = json!({
        "@odata.context": "c", "@odata.count": 2, "@odata.nextLink": "n", "@odata.deltaLink": null,
        "@new": 1, "value": [{"id": "a"}, {"id": "b", "@removed": {"reason": "deleted"}}],
    });
    let page: Page<Operation> = round_trips(&json);
    assert_eq!(
        (page.next_link.as_deref(), page.delta_link.as_deref()),
        (Some("n"), None)
    );
    assert_eq!((page.count, page.context.as_deref()), (Some(2), Some("c")));
    let removed: Vec<_> = page.value.iter().map(Structured::removed).collect();
    assert_eq!(removed, [None, Some("deleted")]);
    round_trips::<Page<Operation>>(&json!({"value": [], "@odata.count": "3"}));
    let error = serde_json::from_str::<Page<Operation>>(r#"{"value":[{},{"size":true}]}"#);
    let error = error.expect_err("no size").to_string();
    assert!(
        error.starts_with(
            "microsoft.graph.operation.size: expected Edm.Int64, found true (at $.value[1].size)"
        ),
        "{error}"
    );
    assert!(serde_json::from_str::<Page<Operation>>("{}").is_err());
}
