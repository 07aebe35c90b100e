//! Dates and times as the crate `time` has them.

use super::moments::{clock, with_seconds};
use super::scalar::{Found, Item, Scalar};
use time::format_description::well_known::{Iso8601, Rfc3339};
use time::{Date, OffsetDateTime, Time};

impl Scalar for OffsetDateTime {
    const EXPECTED: &'static str = "Edm.DateTimeOffset";
    const RESPELLS: bool = true;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        Self::parse(&with_seconds(found.text()?), &Rfc3339).ok()
    }

    fn item(&self) -> Item<'_> {
        // What has no form of RFC 3339, such as a year after 9999, is shown as the crate shows it.
        let text = self.format(&Rfc3339);
        Item::Made(text.unwrap_or_else(|_| self.to_string()).into())
    }
}

impl Scalar for Date {
    const EXPECTED: &'static str = "Edm.Date";
    const RESPELLS: bool = true;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        Self::parse(found.text()?, &Iso8601::DATE).ok()
    }

    fn item(&self) -> Item<'_> {
        Item::Made(self.to_string().into())
    }
}

impl Scalar for Time {
    const EXPECTED: &'static str = "Edm.TimeOfDay";
    const RESPELLS: bool = true;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        Self::parse(&with_seconds(found.text()?), &Iso8601::TIME).ok()
    }

    fn item(&self) -> Item<'_> {
        let (hour, minute, second) = (self.hour(), self.minute(), self.second());
        Item::Made(clock(hour, minute, second, self.nanosecond()).into())
    }
}
