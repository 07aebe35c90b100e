//! JSON literals against OData's primitive types (OData JSON Format 4.01, section 7.1; ABNF of literals).

use crate::claims::primitive as primitive_name;
use crate::diagnostic::shorten;
use crate::page::json::JsonValue;
use crate::schema::Primitive;

/// What a value of this type looks like, if this one looks otherwise. `among_values` tells whether the object has real
/// values.
pub(super) fn expected(
    primitive: Primitive,
    value: &JsonValue,
    among_values: bool,
) -> Option<&'static str> {
    let fits = match (primitive, value) {
        (Primitive::Stream, _) => true,
        (_, JsonValue::String(text)) if is_placeholder(text) => {
            // No reader takes the name of a type for `true` or a number. Where all values are such names, the block shows
            // types; among real values one was forgotten.
            let is_string = !matches!(
                primitive,
                Primitive::Boolean
                    | Primitive::Byte
                    | Primitive::SByte
                    | Primitive::Int16
                    | Primitive::Int32
            );
            is_string || !among_values || primitive_name(text.trim()).is_none()
        }
        (Primitive::Boolean, value) => matches!(value, JsonValue::Bool(_)),
        (Primitive::Int64 | Primitive::Decimal, JsonValue::String(text)) => {
            text.parse::<f64>().is_ok()
        }
        (Primitive::Single | Primitive::Double, JsonValue::String(text)) => {
            matches!(text.as_str(), "INF" | "-INF" | "NaN")
        }
        (Primitive::Single | Primitive::Double | Primitive::Decimal, value) => {
            matches!(value, JsonValue::Number(_))
        }
        (
            Primitive::Byte
            | Primitive::SByte
            | Primitive::Int16
            | Primitive::Int32
            | Primitive::Int64,
            value,
        ) => match value {
            JsonValue::Number(text) => whole(primitive, text),
            _ => false,
        },
        (_, JsonValue::String(text)) => is_literal(primitive, text),
        _ => false,
    };
    (!fits).then_some(match primitive {
        Primitive::Boolean => "`true` or `false`",
        Primitive::Byte => "a whole number from 0 to 255",
        Primitive::SByte | Primitive::Int16 | Primitive::Int64 => {
            "a whole number that the type can hold"
        }
        Primitive::Int32 => "a whole number of at most 32 bits",
        Primitive::Single | Primitive::Double | Primitive::Decimal => "a number",
        Primitive::Date => "a date such as `2026-09-06`",
        Primitive::DateTimeOffset => "a date and time with offset such as `2026-09-06T15:58:41Z`",
        Primitive::TimeOfDay => "a time such as `15:58:41`",
        Primitive::Duration => "a duration such as `PT1H30M`",
        Primitive::Guid => "a GUID of 32 hexadecimal digits",
        Primitive::Binary | Primitive::Stream | Primitive::String => "a string",
    })
}

fn whole(primitive: Primitive, text: &str) -> bool {
    let (least, most) = match primitive {
        Primitive::Byte => (0, i64::from(u8::MAX)),
        Primitive::SByte => (i64::from(i8::MIN), i64::from(i8::MAX)),
        Primitive::Int16 => (i64::from(i16::MIN), i64::from(i16::MAX)),
        Primitive::Int32 => (i64::from(i32::MIN), i64::from(i32::MAX)),
        _ => (i64::MIN, i64::MAX),
    };
    // `1.0` and `1e3` are whole numbers too.
    match text.parse::<i64>() {
        Ok(number) => (least..=most).contains(&number),
        Err(_) => {
            text.contains(['.', 'e', 'E'])
                && text
                    .parse::<f64>()
                    .is_ok_and(|number| number.fract() == 0.0)
        }
    }
}

/// Whether a string is a literal of a type whose values are strings.
fn is_literal(primitive: Primitive, text: &str) -> bool {
    match primitive {
        Primitive::Date => is_date(text),
        Primitive::DateTimeOffset => match text.split_once(['T', 't']) {
            Some((date, rest)) => {
                let at = rest.find(['Z', 'z', '+', '-']);
                let (time, offset) = rest.split_at(at.unwrap_or(rest.len()));
                is_date(date) && is_time(time) && is_offset(offset)
            }
            None => false,
        },
        Primitive::TimeOfDay => is_time(text),
        Primitive::Duration => {
            let text = text.strip_prefix('-').unwrap_or(text);
            text.starts_with('P')
                && text.len() > 2
                && text[1..]
                    .chars()
                    .all(|c| c.is_ascii_digit() || "DHMSTWY.".contains(c))
        }
        Primitive::Guid => {
            let text = text.trim_matches(['{', '}']);
            let lengths: Vec<usize> = text.split('-').map(str::len).collect();
            // The docs hide real ones behind letters beyond `f`.
            let alphanumeric = text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            alphanumeric && (lengths == [8, 4, 4, 4, 12] || lengths == [32])
        }
        _ => true,
    }
}

/// Digits in groups of these lengths, joined by a character.
fn groups(text: &str, separator: char, lengths: &[usize]) -> bool {
    let parts: Vec<&str> = text.split(separator).collect();
    parts.len() == lengths.len()
        && parts
            .iter()
            .zip(lengths)
            .all(|(part, length)| part.len() == *length && part.bytes().all(|b| b.is_ascii_digit()))
}

fn is_date(text: &str) -> bool {
    let in_range = |at: std::ops::Range<usize>, most: u32| {
        text.get(at)
            .and_then(|part| part.parse::<u32>().ok())
            .is_some_and(|n| (1..=most).contains(&n))
    };
    groups(text, '-', &[4, 2, 2])
        && (text == "0001-01-01" || (in_range(5..7, 12) && in_range(8..10, 31)))
}

fn is_time(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    (groups(whole, ':', &[2, 2, 2]) || groups(whole, ':', &[2, 2]))
        && fraction.bytes().all(|b| b.is_ascii_digit())
}

fn is_offset(text: &str) -> bool {
    match text.strip_prefix(['+', '-']) {
        Some(offset) => groups(offset, ':', &[2, 2]) || groups(offset, ':', &[4]),
        None => matches!(text, "Z" | "z"),
    }
}

/// Whether a string stands for a value instead of being one: the name of a type, with or without a remark, something in
/// brackets, dots, and words that say what belongs there.
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let head = text.split(['(', '（']).next().unwrap_or(text).trim();
    let lower = text.to_ascii_lowercase();
    text.is_empty()
        || primitive_name(head).is_some()
        || text.contains("...")
        || text.contains('…')
        || text.contains("@odata.type")
        || text.starts_with(['<', '{', '[', '%', '#', '$'])
        // `displayName-value` and its like.
        || lower.ends_with("value")
        || lower.starts_with("microsoft.graph.")
        || lower.starts_with("collection(")
}

/// A JSON value in words.
pub(super) fn kind(value: &JsonValue) -> &'static str {
    match value {
        JsonValue::Null => "`null`",
        JsonValue::Bool(_) => "a boolean",
        JsonValue::Number(_) => "a number",
        JsonValue::String(_) => "a string",
        JsonValue::Array(_) => "an array",
        JsonValue::Object(_) => "an object",
    }
}

/// A JSON value for a message: itself where it is short.
pub(super) fn shown(value: &JsonValue) -> String {
    match value {
        JsonValue::Bool(value) => format!("`{value}`"),
        JsonValue::Number(text) => format!("the number {}", shorten(text)),
        JsonValue::String(text) => format!("the string `{}`", shorten(text)),
        value => kind(value).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(primitive: Primitive, value: JsonValue) -> bool {
        expected(primitive, &value, false).is_none()
    }

    fn text(text: &str) -> JsonValue {
        JsonValue::String(text.to_owned())
    }

    fn number(text: &str) -> JsonValue {
        JsonValue::Number(text.to_owned())
    }

    #[test]
    fn strings_are_judged_by_their_form() {
        for (primitive, good, bad) in [
            (
                Primitive::DateTimeOffset,
                "2026-09-06T15:58:41.5+02:00",
                "2026-09-06",
            ),
            (
                Primitive::DateTimeOffset,
                "2026-09-06T15:58Z",
                "2026-09-06T15:58:41",
            ),
            (Primitive::Date, "2026-09-06", "2026-13-06"),
            (Primitive::TimeOfDay, "15:58:41.25", "3:58 pm"),
            (Primitive::Duration, "P1DT2H", "2 hours"),
            (
                Primitive::Guid,
                "0fe0623f-d628-42ed-b4bd-8ac290072cc5",
                "0fe0623f-d628-42ed-b4bd",
            ),
            (Primitive::Int64, "12", "twelve"),
            (Primitive::Double, "INF", "2.5"),
        ] {
            assert!(fits(primitive, text(good)), "{good}");
            assert!(!fits(primitive, text(bad)), "{bad}");
        }
    }

    #[test]
    fn numbers_are_judged_by_their_range() {
        assert!(fits(Primitive::Int32, number("2147483647")));
        assert!(!fits(Primitive::Int32, number("2147483648")));
        assert!(fits(Primitive::Int64, number("2147483648")));
        assert!(!fits(Primitive::Int32, number("0.5")));
        assert!(fits(Primitive::Double, number("1")));
    }

    #[test]
    fn placeholders_fit_every_type() {
        for placeholder in [
            "String (timestamp)",
            "<date>",
            "{id}",
            "id-value",
            "...",
            "Int32",
            "",
        ] {
            assert!(
                fits(Primitive::DateTimeOffset, text(placeholder)),
                "{placeholder}"
            );
        }
        assert!(!is_placeholder("yesterday"));
    }
}
