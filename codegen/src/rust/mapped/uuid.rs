//! GUIDs as the crate `uuid` has them.

use super::scalar::{Found, Item, Scalar};
use uuid::Uuid;

impl Scalar for Uuid {
    const EXPECTED: &'static str = "Edm.Guid";
    const RESPELLS: bool = true;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        Self::parse_str(found.text()?).ok()
    }

    fn item(&self) -> Item<'_> {
        Item::Made(self.to_string().into())
    }
}
