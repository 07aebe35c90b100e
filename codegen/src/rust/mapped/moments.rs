//! The forms in which OData writes dates and times, where they are not those that every crate reads.

use std::borrow::Cow;

/// A date-time or a time with seconds, which OData lets be left out.
pub(super) fn with_seconds(text: &str) -> Cow<'_, str> {
    let start = text.find(['T', 't']).map_or(0, |at| at + 1);
    let time = text.get(start..).unwrap_or_default();
    let end = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    if time[..end].matches(':').count() == 1 {
        let (before, after) = text.split_at(start + end);
        Cow::Owned(format!("{before}:00{after}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// A time of day, without zeros at the end of its fraction.
#[allow(dead_code)]
pub(super) fn clock(hour: u8, minute: u8, second: u8, nanosecond: u32) -> String {
    let whole = format!("{hour:02}:{minute:02}:{second:02}");
    if nanosecond == 0 {
        return whole;
    }
    let fraction = format!("{nanosecond:09}");
    format!("{whole}.{}", fraction.trim_end_matches('0'))
}
