//! Dates and times as the crate `chrono` has them.

use super::moments::{clock, with_seconds};
use super::scalar::{Found, Item, Scalar};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, Timelike};

impl Scalar for DateTime<FixedOffset> {
    const EXPECTED: &'static str = "Edm.DateTimeOffset";
    const RESPELLS: bool = true;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        Self::parse_from_rfc3339(&with_seconds(found.text()?)).ok()
    }

    fn item(&self) -> Item<'_> {
        Item::Made(self.to_rfc3339_opts(SecondsFormat::AutoSi, true).into())
    }
}

impl Scalar for NaiveDate {
    const EXPECTED: &'static str = "Edm.Date";
    const RESPELLS: bool = true;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        found.text()?.parse().ok()
    }

    fn item(&self) -> Item<'_> {
        Item::Made(self.to_string().into())
    }
}

impl Scalar for NaiveTime {
    const EXPECTED: &'static str = "Edm.TimeOfDay";
    const RESPELLS: bool = true;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        with_seconds(found.text()?).parse().ok()
    }

    fn item(&self) -> Item<'_> {
        let [hour, minute, second] =
            [self.hour(), self.minute(), self.second()].map(|number| number as u8);
        Item::Made(clock(hour, minute, second, self.nanosecond()).into())
    }
}
