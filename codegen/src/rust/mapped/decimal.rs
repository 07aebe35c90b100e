//! Decimal numbers as the crate `rust_decimal` has them.

use super::scalar::{Found, Item, Scalar};
use rust_decimal::Decimal;

impl Scalar for Decimal {
    const EXPECTED: &'static str = "Edm.Decimal";
    const RESPELLS: bool = true;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        match found {
            Found::Int(value) => Some((*value).into()),
            Found::Unsigned(value) => Some((*value).into()),
            // By its shortest form, which is what stood in JSON.
            Found::Float(value) => value.to_string().parse().ok(),
            // In a reply to a client that asked for `IEEE754Compatible=true`.
            Found::Text(digits) => digits
                .parse()
                .or_else(|_| Self::from_scientific(digits))
                .ok(),
            _ => None,
        }
    }

    /// A number of JSON where that can be it, else a string.
    fn item(&self) -> Item<'_> {
        if self.scale() == 0 {
            if let Ok(whole) = i64::try_from(*self) {
                return Item::Int(whole);
            }
        }
        let text = self.normalize().to_string();
        match text.parse::<f64>() {
            Ok(double) if double.to_string() == text => Item::Double(double),
            _ => Item::Made(text.into()),
        }
    }
}
