//! Single values: what JSON has, what a type makes of it, and how it is written.

use serde::ser::{Error as _, Serialize, Serializer};
use serde_json::{Number, Value};
use std::fmt;

/// A value as it was found.
#[derive(Debug)]
pub enum Found<'a> {
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A whole number too large for the former.
    Unsigned(u64),
    /// A number.
    Float(f64),
    /// A string.
    Text(&'a str),
    /// Anything, taken whole.
    Json(Value),
    /// An object where none is expected.
    Object,
    /// An array where none is expected.
    List,
}

impl<'a> Found<'a> {
    /// The string, if it is one.
    pub fn text(&self) -> Option<&'a str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What stands in JSON; an object or an array is taken whole by none but types that take anything.
    pub(super) fn value(value: &'a Value) -> Self {
        match value {
            Value::Bool(value) => Self::Bool(*value),
            Value::Number(number) => Self::number(number),
            Value::String(text) => Self::Text(text),
            Value::Null => Self::Json(Value::Null),
            Value::Array(_) => Self::List,
            Value::Object(_) => Self::Object,
        }
    }

    /// The same as JSON.
    pub(super) fn into_json(self) -> Value {
        match self {
            Self::Bool(value) => value.into(),
            Self::Int(value) => value.into(),
            Self::Unsigned(value) => value.into(),
            Self::Float(value) => value.into(),
            Self::Text(text) => text.into(),
            Self::Json(value) => value,
            Self::Object | Self::List => Value::Null,
        }
    }

    pub(super) fn number(number: &Number) -> Self {
        if let Some(int) = number.as_i64() {
            Self::Int(int)
        } else if let Some(unsigned) = number.as_u64() {
            Self::Unsigned(unsigned)
        } else {
            Self::Float(number.as_f64().unwrap_or(f64::NAN))
        }
    }
}

impl fmt::Display for Found<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => write!(f, "{value}"),
            Self::Int(value) => write!(f, "the number {value}"),
            Self::Unsigned(value) => write!(f, "the number {value}"),
            Self::Float(value) => write!(f, "the number {value}"),
            Self::Text(value) => match value.char_indices().nth(60) {
                Some((end, _)) => write!(f, "a string that begins with {:?}", &value[..end]),
                None => write!(f, "a string {value:?}"),
            },
            Self::Json(_) => f.write_str("a value"),
            Self::Object => f.write_str("an object"),
            Self::List => f.write_str("an array"),
        }
    }
}

/// A value as a field holds it.
#[derive(PartialEq)]
pub enum Item<'a> {
    /// A boolean.
    Bool(bool),
    /// An integer of any width.
    Int(i64),
    /// A number of single precision.
    Single(f32),
    /// A number of double precision.
    Double(f64),
    /// Text, or a member of an enumeration.
    Text(&'a str),
    /// Any JSON.
    Json(&'a Value),
    /// JSON that was made of a value which is of none of these kinds.
    Made(Value),
    /// A value that cannot be written, and why.
    Unwritable(String),
}

impl Item<'_> {
    /// The same value on its way into another field.
    pub(super) fn found(&self) -> Found<'_> {
        match self {
            Self::Bool(value) => Found::Bool(*value),
            Self::Int(value) => Found::Int(*value),
            Self::Single(value) => Found::Float(widened(*value)),
            Self::Double(value) => Found::Float(*value),
            Self::Text(value) => Found::Text(value),
            Self::Json(value) => Found::Json((*value).clone()),
            Self::Made(Value::String(text)) => Found::Text(text),
            Self::Made(Value::Number(number)) => Found::number(number),
            Self::Made(value) => Found::Json(value.clone()),
            Self::Unwritable(_) => Found::Json(Value::Null),
        }
    }
}

/// The number of double precision that is written with the same digits.
fn widened(value: f32) -> f64 {
    value.to_string().parse().unwrap_or(value.into())
}

/// Whether a value that was found is written in another form than it came.
pub(super) fn is_respelled(found: &Found<'_>, item: &Item<'_>) -> bool {
    match (found, item) {
        (Found::Text(text), Item::Text(written)) => text != written,
        (Found::Text(text), Item::Made(written)) => written.as_str() != Some(*text),
        (found, Item::Made(Value::Number(written))) => match (found, Found::number(written)) {
            (Found::Int(found), Found::Int(written)) => *found != written,
            (Found::Float(found), Found::Float(written)) => *found != written,
            _ => true,
        },
        (Found::Text(text), Item::Double(value)) => *text != not_finite(*value),
        (Found::Text(text), Item::Single(value)) => *text != not_finite(f64::from(*value)),
        (Found::Text(_), _) => true,
        // Not every number of the one kind is one of the other.
        (Found::Int(found), Item::Double(value)) => *value as i128 != i128::from(*found),
        (Found::Unsigned(found), Item::Double(value)) => *value as i128 != i128::from(*found),
        (Found::Int(found), Item::Single(value)) => *value as i128 != i128::from(*found),
        (Found::Float(found), Item::Single(value)) => widened(*value) != *found,
        _ => false,
    }
}

impl fmt::Debug for Item<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(value) => value.fmt(f),
            Self::Int(value) => value.fmt(f),
            Self::Single(value) => value.fmt(f),
            Self::Double(value) => value.fmt(f),
            Self::Text(value) => value.fmt(f),
            Self::Json(value) => value.fmt(f),
            Self::Made(value) => value.fmt(f),
            Self::Unwritable(_) => f.write_str("(cannot be written)"),
        }
    }
}

/// OData's names for the numbers that JSON cannot write.
fn not_finite(value: f64) -> &'static str {
    if value.is_nan() {
        "NaN"
    } else if value > 0.0 {
        "INF"
    } else {
        "-INF"
    }
}

impl Serialize for Item<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Int(value) => serializer.serialize_i64(*value),
            // As a number of single precision it would become another number in a tree of JSON.
            Self::Single(value) if value.is_finite() => serializer.serialize_f64(widened(*value)),
            Self::Single(value) => serializer.serialize_str(not_finite((*value).into())),
            Self::Double(value) if value.is_finite() => serializer.serialize_f64(*value),
            Self::Double(value) => serializer.serialize_str(not_finite(*value)),
            Self::Text(value) => serializer.serialize_str(value),
            Self::Json(value) => value.serialize(serializer),
            Self::Made(value) => value.serialize(serializer),
            Self::Unwritable(why) => Err(S::Error::custom(why)),
        }
    }
}

/// What became of a value that was put into a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Put {
    /// The field holds it.
    Fits,
    /// The field holds it, and would write it in another form, such as a number that came as a string.
    Respelled,
    /// The field cannot hold it.
    Misfit,
    /// The field cannot hold it, for a reason that its type gives.
    Refused(String),
}

/// A type of single values.
pub trait Scalar: Clone + 'static {
    /// What a value is, for messages: the type's qualified name, if no other type in the docs is this one in Rust.
    const EXPECTED: &'static str;
    /// Whether values come in forms that are not those in which they are written.
    const RESPELLS: bool = false;
    /// Whether any JSON value fits, and should be found whole.
    const IS_ANY: bool = false;
    /// The value that was found, if it is one of this type. JSON that fits is moved out.
    fn fit(found: &mut Found<'_>) -> Option<Self>;
    /// The value as it is written.
    fn item(&self) -> Item<'_>;
}

impl Scalar for bool {
    const EXPECTED: &'static str = "Edm.Boolean";

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        match found {
            Found::Bool(value) => Some(*value),
            _ => None,
        }
    }

    fn item(&self) -> Item<'_> {
        Item::Bool(*self)
    }
}

impl Scalar for String {
    const EXPECTED: &'static str = "a string";

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        match found {
            Found::Text(value) => Some((*value).to_owned()),
            _ => None,
        }
    }

    fn item(&self) -> Item<'_> {
        Item::Text(self)
    }
}

impl Scalar for Value {
    const EXPECTED: &'static str = "any JSON";
    const IS_ANY: bool = true;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        match found {
            Found::Json(value) => Some(value.take()),
            _ => None,
        }
    }

    fn item(&self) -> Item<'_> {
        Item::Json(self)
    }
}

/// A whole number, also one that is written with a fraction of zero, such as `3.0`.
fn whole(found: &Found<'_>) -> Option<i64> {
    // The bounds are the first numbers of double precision that no `i64` equals.
    const END: f64 = 9_223_372_036_854_775_808.0;
    match *found {
        Found::Int(value) => Some(value),
        Found::Float(value) if value.fract() == 0.0 && (-END..END).contains(&value) => {
            Some(value as i64)
        }
        _ => None,
    }
}

macro_rules! integers {
    ($($type:ty = $name:literal,)*) => {
        $(
            impl Scalar for $type {
                const EXPECTED: &'static str = $name;

                fn fit(found: &mut Found<'_>) -> Option<Self> {
                    whole(found)?.try_into().ok()
                }

                fn item(&self) -> Item<'_> {
                    Item::Int((*self).into())
                }
            }
        )*
    };
}

integers! {
    u8 = "Edm.Byte",
    i8 = "Edm.SByte",
    i16 = "Edm.Int16",
    i32 = "Edm.Int32",
}

impl Scalar for i64 {
    const EXPECTED: &'static str = "Edm.Int64";
    const RESPELLS: bool = true;

    /// Services that are asked for `IEEE754Compatible=true` send these numbers as strings.
    fn fit(found: &mut Found<'_>) -> Option<Self> {
        match found {
            Found::Text(digits) => digits.parse().ok(),
            found => whole(found),
        }
    }

    fn item(&self) -> Item<'_> {
        Item::Int(*self)
    }
}

impl Scalar for f64 {
    const EXPECTED: &'static str = "a number";
    const RESPELLS: bool = true;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        match found {
            Found::Int(value) => Some(*value as f64),
            Found::Unsigned(value) => Some(*value as f64),
            Found::Float(value) => Some(*value),
            Found::Text("INF") => Some(f64::INFINITY),
            Found::Text("-INF") => Some(f64::NEG_INFINITY),
            Found::Text("NaN") => Some(f64::NAN),
            // A decimal, in a reply to a client that asked for `IEEE754Compatible=true`.
            Found::Text(digits) if digits.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                digits.parse().ok()
            }
            _ => None,
        }
    }

    fn item(&self) -> Item<'_> {
        Item::Double(*self)
    }
}

impl Scalar for f32 {
    const EXPECTED: &'static str = "Edm.Single";
    const RESPELLS: bool = true;

    fn fit(found: &mut Found<'_>) -> Option<Self> {
        let wide = f64::fit(found)?;
        let value = wide as f32;
        (value.is_finite() || !wide.is_finite()).then_some(value)
    }

    fn item(&self) -> Item<'_> {
        Item::Single(*self)
    }
}
