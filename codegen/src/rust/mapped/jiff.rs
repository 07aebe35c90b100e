//! Dates, times and durations as the crate `jiff` has them.

use super::moments::with_seconds;
use super::scalar::{Found, Item, Scalar};
use jiff::civil::{Date, Time};
use jiff::{Span, Timestamp};

macro_rules! moments {
    ($($type:ty = $name:literal,)*) => {
        $(
            impl Scalar for $type {
                const EXPECTED: &'static str = $name;
                const RESPELLS: bool = true;

                fn fit(found: &mut Found<'_>) -> Option<Self> {
                    with_seconds(found.text()?).parse().ok()
                }

                fn item(&self) -> Item<'_> {
                    Item::Made(self.to_string().into())
                }
            }
        )*
    };
}

moments! {
    Timestamp = "Edm.DateTimeOffset",
    Date = "Edm.Date",
    Time = "Edm.TimeOfDay",
}

impl Scalar for Span {
    const EXPECTED: &'static str = "Edm.Duration";
    const RESPELLS: bool = true;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        found.text()?.parse().ok()
    }

    fn item(&self) -> Item<'_> {
        Item::Made(self.to_string().into())
    }
}
