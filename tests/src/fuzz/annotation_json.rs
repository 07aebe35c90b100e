//! Any text as the annotation of a code block and as the code in it.

use serde_json::Value;
use typedown::page::json::{Json, JsonValue};
use typedown::source::{Lines, Place};

use crate::laws;

pub(super) fn run(input: &[u8]) {
    let Ok(text) = std::str::from_utf8(input) else {
        return;
    };
    reads_what_is_json(text);
    let page = format!(
        "# call resource type\n\n<!-- {text} -->\n```json\n{{\"id\": \"String\"}}\n```\n\n\
         <!-- {{\"blockType\": \"resource\", \"@odata.type\": \"n.tone\"}} -->\n```json\n{text}\n```\n"
    );
    let path = "api-reference/beta/resources/call.md".to_owned();
    let _ = laws::pages::hold(&[(path, page.into_bytes())]);
}

/// What is JSON for others is the same here, and every value has its place.
fn reads_what_is_json(text: &str) {
    let start = Place::new("a.md", 1, 1);
    let read = Json::parse(text, &start);
    if let Ok(json) = &read {
        let lines = Lines::new("a.md".into(), text);
        places_ascend(json, &lines, &mut 0);
    }
    // serde_json refuses what is nested more deeply than this reader allows too.
    if let Ok(value) = serde_json::from_str::<Value>(text) {
        let read = read.unwrap_or_else(|error| panic!("{text:?} is JSON: {error:?}"));
        assert_eq!(plain(&read), value, "{text:?}");
    }
}

/// Values stand behind each other.
fn places_ascend(json: &Json, lines: &Lines<'_>, last: &mut usize) {
    let mut at = |place: &Place| {
        let offset = lines.offset(place).expect("the place is one of the text");
        assert_eq!(lines.place(offset), *place);
        assert!(
            offset >= *last,
            "{place} is before what stands in front of it"
        );
        *last = offset;
    };
    at(&json.place);
    match &json.value {
        JsonValue::Array(items) => items
            .iter()
            .for_each(|item| places_ascend(item, lines, last)),
        JsonValue::Object(members) => {
            for member in members {
                places_ascend(&member.value, lines, last);
            }
        }
        _ => {}
    }
}

/// The value as others have it: of members of one name the last counts there.
fn plain(json: &Json) -> Value {
    match &json.value {
        JsonValue::Null => Value::Null,
        JsonValue::Bool(value) => Value::Bool(*value),
        JsonValue::Number(number) => {
            serde_json::from_str(number).unwrap_or_else(|_| Value::String(number.clone()))
        }
        JsonValue::String(text) => Value::String(text.clone()),
        JsonValue::Array(items) => items.iter().map(plain).collect(),
        JsonValue::Object(members) => {
            let members = members.iter();
            members
                .map(|member| (member.name.clone(), plain(&member.value)))
                .collect()
        }
    }
}
