//! Whether JSON came back as it was sent.

use serde_json::{Map, Number, Value};

/// The path of the first thing that differs, such as `$.value[3].size`; none if nothing does. Numbers are compared by
/// value and date-times by instant; the order of members does not count.
#[must_use]
pub fn difference(sent: &Value, back: &Value) -> Option<String> {
    compare(sent, back, "$")
}

fn compare(sent: &Value, back: &Value, path: &str) -> Option<String> {
    let same = match (sent, back) {
        (Value::Object(sent), Value::Object(back)) => return objects(sent, back, path),
        (Value::Array(sent), Value::Array(back)) => {
            if sent.len() != back.len() {
                return Some(path.to_owned());
            }
            return sent
                .iter()
                .zip(back)
                .enumerate()
                .find_map(|(at, (sent, back))| compare(sent, back, &format!("{path}[{at}]")));
        }
        (Value::Number(sent), Value::Number(back)) => numbers(sent, back),
        (Value::String(sent), Value::String(back)) => {
            sent == back
                || instant(sent).is_some_and(|sent| instant(back).is_some_and(|back| sent == back))
        }
        (sent, back) => sent == back,
    };
    (!same).then(|| path.to_owned())
}

fn objects(sent: &Map<String, Value>, back: &Map<String, Value>, path: &str) -> Option<String> {
    let differs = sent.iter().find_map(|(name, sent)| match back.get(name) {
        Some(back) => compare(sent, back, &format!("{path}.{name}")),
        None => Some(format!("{path}.{name}")),
    });
    let added = || back.keys().find(|name| !sent.contains_key(*name));
    differs.or_else(|| added().map(|name| format!("{path}.{name}")))
}

fn numbers(sent: &Number, back: &Number) -> bool {
    match (whole(sent), whole(back)) {
        (Some(sent), Some(back)) => sent == back,
        _ => sent.as_f64() == back.as_f64(),
    }
}

fn whole(number: &Number) -> Option<i128> {
    let unsigned = number.as_u64().map(i128::from);
    number.as_i64().map(i128::from).or(unsigned)
}

/// The instant of a date-time of RFC 3339: minutes since the year 0, and the seconds with their fraction, without zeros
/// at its end.
fn instant(text: &str) -> Option<(i64, String)> {
    let (date, time) = text.split_once(['T', 't'])?;
    let mut date = date.splitn(3, '-').map(str::parse::<i64>);
    let (year, month, day) = (date.next()?.ok()?, date.next()?.ok()?, date.next()?.ok()?);
    let (time, offset) = match time.strip_suffix(['Z', 'z']) {
        Some(time) => (time, 0),
        None => {
            let at = time.rfind(['+', '-'])?;
            let (hours, minutes) = time[at + 1..].split_once(':')?;
            let minutes = hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?;
            let sign = if time[at..].starts_with('-') { -1 } else { 1 };
            (&time[..at], sign * minutes)
        }
    };
    let mut time = time.splitn(3, ':');
    let hours: i64 = time.next()?.parse().ok()?;
    let minutes: i64 = time.next()?.parse().ok()?;
    let seconds = time.next()?;
    let seconds = match seconds.split_once('.') {
        Some((whole, fraction)) => format!("{whole}.{}", fraction.trim_end_matches('0')),
        None => format!("{seconds}."),
    };
    // Days of the civil calendar, counted from March so that the leap day is the last of a year.
    let (year, month) = if month > 2 {
        (year, month - 3)
    } else {
        (year - 1, month + 9)
    };
    let days = 365 * year + year.div_euclid(4) - year.div_euclid(100)
        + year.div_euclid(400)
        + (153 * month + 2) / 5
        + day;
    Some(((days * 24 + hours) * 60 + minutes - offset, seconds))
}

#[cfg(test)]
mod tests {
    use super::difference;
    use serde_json::{Value, json};

    #[track_caller]
    fn equal(sent: &str, back: &str) -> bool {
        let parse = |text| serde_json::from_str::<Value>(text).unwrap();
        difference(&parse(sent), &parse(back)).is_none()
    }

    #[test]
    fn numbers_are_compared_by_value() {
        assert!(equal("1", "1.0") && equal("10", "1e1") && equal("0.5", "5e-1"));
        assert!(!equal("9007199254740993", "9007199254740992"));
        assert!(!equal("1", "\"1\""));
    }

    #[test]
    fn date_times_are_compared_by_instant() {
        for same in [
            "2021-01-01T01:00:00+01:00",
            "2021-01-01T00:00:00.000Z",
            "2020-12-31T23:30:00-00:30",
        ] {
            let same = json!(same).to_string();
            assert!(equal("\"2021-01-01T00:00:00Z\"", &same), "{same}");
        }
        assert!(equal(
            "\"2020-03-01T00:00:00+01:00\"",
            "\"2020-02-29T23:00:00Z\""
        ));
        assert!(!equal(
            "\"2021-01-01T00:00:00Z\"",
            "\"2021-01-01T00:00:00.001Z\""
        ));
        assert!(!equal("\"2021-01-01\"", "\"2021-01-01T00:00:00Z\""));
        assert!(!equal("\"1\"", "\"1.0\""));
    }

    #[test]
    fn members_may_change_their_order_but_not_come_or_go() {
        assert!(equal(r#"{"a":1,"b":[{}]}"#, r#"{"b":[{}],"a":1}"#));
        let sent = json!({"a": [{"b": null}]});
        assert_eq!(
            difference(&sent, &json!({"a": [{}]})).as_deref(),
            Some("$.a[0].b")
        );
        assert_eq!(
            difference(&json!({"a": [{}]}), &sent).as_deref(),
            Some("$.a[0].b")
        );
        assert_eq!(difference(&json!([1]), &json!([])).as_deref(), Some("$"));
    }
}
