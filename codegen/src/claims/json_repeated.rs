//! Members that a JSON object has twice.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::page::json::{Json, JsonValue};
use crate::source::Place;

/// Tells of every name that an object has more than once, at any depth.
pub(super) fn check(json: &Json, diagnostics: &mut Vec<Diagnostic>) {
    let mut open = vec![json];
    while let Some(json) = open.pop() {
        match &json.value {
            JsonValue::Object(members) => {
                let mut first: HashMap<&str, &Place> = HashMap::new();
                for member in members {
                    match first.get(member.name.as_str()) {
                        Some(other) => diagnostics.push(
                            Diagnostic::new(
                                Code::JsonMemberRepeated,
                                member.place.clone(),
                                format!(
                                    "the object has the member `{}` twice; the first was used",
                                    member.name
                                ),
                            )
                            .against((*other).clone())
                            .hint("remove one of them, or correct its name"),
                        ),
                        None => {
                            first.insert(&member.name, &member.place);
                        }
                    }
                    open.push(&member.value);
                }
            }
            JsonValue::Array(items) => open.extend(items),
            _ => {}
        }
    }
}
