//! What primitive types of OData are in Rust, where users may choose.

use super::dependencies::Dependency;
use crate::schema::Primitive;
use proc_macro2::TokenStream;
use quote::quote;

/// What primitive types of OData are in Rust. Without a choice they are what needs no further crate: strings, and `f64`
/// for decimals.
///
/// Values that are written in another form than they came in, such as `2021-03-04T05:06:07.000Z`, are given back as they
/// came unless they are changed. The mode [`Derive`](super::Mode::Derive) knows no other mappings than the default.
///
/// ```
/// use typedown::rust::{DateTimes, TypeMappings};
///
/// let mappings = TypeMappings { date_times: DateTimes::Chrono, ..TypeMappings::default() };
/// let generator = typedown::Generator::new().types(mappings);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TypeMappings {
    /// What `Edm.DateTimeOffset`, `Edm.Date` and `Edm.TimeOfDay` are, and `Edm.Duration` where there is a type for it.
    pub date_times: DateTimes,
    /// What `Edm.Guid` is.
    pub guids: Guids,
    /// What `Edm.Decimal` is.
    pub decimals: Decimals,
    /// What `Edm.Binary` is.
    pub binaries: Binaries,
}

/// What dates and times are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateTimes {
    /// The strings that they are in JSON.
    #[default]
    String,
    /// `chrono::DateTime<FixedOffset>`, `NaiveDate` and `NaiveTime`; durations are strings.
    Chrono,
    /// `time::OffsetDateTime`, `Date` and `Time`; durations are strings.
    Time,
    /// `jiff::Timestamp`, `civil::Date`, `civil::Time` and `Span`.
    Jiff,
}

/// What GUIDs are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Guids {
    /// The strings that they are in JSON.
    #[default]
    String,
    /// `uuid::Uuid`.
    Uuid,
}

/// What decimal numbers are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Decimals {
    /// `f64`.
    #[default]
    F64,
    /// `rust_decimal::Decimal`.
    RustDecimal,
}

/// What binary values are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Binaries {
    /// The base64 that they are in JSON.
    #[default]
    String,
    /// The type `Bytes` of the emitted crate, read and written with the crate `base64`.
    Bytes,
}

/// Names of choices, as they stand in the configuration.
macro_rules! named {
    ($($choice:ident { $($variant:ident = $name:literal,)* })*) => {
        $(
            impl $choice {
                /// Every choice.
                pub const ALL: &'static [Self] = &[$(Self::$variant),*];

                /// The name in the configuration.
                #[must_use]
                pub fn name(self) -> &'static str {
                    match self {
                        $(Self::$variant => $name,)*
                    }
                }
            }
        )*
    };
}

named! {
    DateTimes { String = "string", Chrono = "chrono", Time = "time", Jiff = "jiff", }
    Guids { String = "string", Uuid = "uuid", }
    Decimals { F64 = "f64", RustDecimal = "rust_decimal", }
    Binaries { String = "string", Bytes = "bytes", }
}

/// What a choice other than the default adds to a crate.
pub(super) struct Addition {
    /// Modules of the support module, with their sources.
    pub(super) modules: &'static [(&'static str, &'static str)],
    pub(super) dependency: Dependency,
}

const MOMENTS: (&str, &str) = ("moments", include_str!("mapped/moments.rs"));

impl TypeMappings {
    /// What the choices add.
    pub(super) fn additions(&self) -> Vec<Addition> {
        let Self {
            date_times,
            guids,
            decimals,
            binaries,
        } = self;
        let mut additions = Vec::new();
        let mut add = |modules, dependency| {
            additions.push(Addition {
                modules,
                dependency,
            });
        };
        match date_times {
            DateTimes::String => {}
            DateTimes::Chrono => add(
                &[MOMENTS, ("chrono_types", include_str!("mapped/chrono.rs"))],
                Dependency::without_defaults("chrono", "0.4", &["alloc"]),
            ),
            DateTimes::Time => add(
                &[MOMENTS, ("time_types", include_str!("mapped/time.rs"))],
                Dependency::new("time", "0.3", &["formatting", "parsing"]).since("1.88"),
            ),
            DateTimes::Jiff => add(
                &[MOMENTS, ("jiff_types", include_str!("mapped/jiff.rs"))],
                Dependency::without_defaults("jiff", "1", &["std"]),
            ),
        }
        match guids {
            Guids::String => {}
            Guids::Uuid => add(
                &[("uuid_types", include_str!("mapped/uuid.rs"))],
                Dependency::new("uuid", "1", &[]).since("1.89"),
            ),
        }
        match decimals {
            Decimals::F64 => {}
            Decimals::RustDecimal => add(
                &[("decimal_types", include_str!("mapped/decimal.rs"))],
                Dependency::without_defaults("rust_decimal", "1", &["std"]),
            ),
        }
        match binaries {
            Binaries::String => {}
            Binaries::Bytes => add(
                &[("bytes", include_str!("mapped/bytes.rs"))],
                Dependency::new("base64", "0.23", &[]),
            ),
        }
        additions
    }

    /// What is public of the support module beside what always is.
    pub(super) fn exports(&self) -> &'static [&'static str] {
        match self.binaries {
            Binaries::String => &[],
            Binaries::Bytes => &["Bytes"],
        }
    }

    /// The type of a value.
    pub(super) fn rust_type(&self, primitive: Primitive) -> TokenStream {
        match (primitive, self.date_times) {
            (Primitive::DateTimeOffset, DateTimes::Chrono) => {
                return quote!(::chrono::DateTime<::chrono::FixedOffset>);
            }
            (Primitive::DateTimeOffset, DateTimes::Time) => return quote!(::time::OffsetDateTime),
            (Primitive::DateTimeOffset, DateTimes::Jiff) => return quote!(::jiff::Timestamp),
            (Primitive::Date, DateTimes::Chrono) => return quote!(::chrono::NaiveDate),
            (Primitive::Date, DateTimes::Time) => return quote!(::time::Date),
            (Primitive::Date, DateTimes::Jiff) => return quote!(::jiff::civil::Date),
            (Primitive::TimeOfDay, DateTimes::Chrono) => return quote!(::chrono::NaiveTime),
            (Primitive::TimeOfDay, DateTimes::Time) => return quote!(::time::Time),
            (Primitive::TimeOfDay, DateTimes::Jiff) => return quote!(::jiff::civil::Time),
            (Primitive::Duration, DateTimes::Jiff) => return quote!(::jiff::Span),
            _ => {}
        }
        match primitive {
            Primitive::Boolean => quote!(bool),
            Primitive::Byte => quote!(u8),
            Primitive::SByte => quote!(i8),
            Primitive::Int16 => quote!(i16),
            Primitive::Int32 => quote!(i32),
            Primitive::Int64 => quote!(i64),
            Primitive::Single => quote!(f32),
            Primitive::Double => quote!(f64),
            Primitive::Decimal => match self.decimals {
                Decimals::F64 => quote!(f64),
                Decimals::RustDecimal => quote!(::rust_decimal::Decimal),
            },
            Primitive::Guid if self.guids == Guids::Uuid => quote!(::uuid::Uuid),
            Primitive::Binary if self.binaries == Binaries::Bytes => quote!(support::Bytes),
            Primitive::Binary
            | Primitive::Date
            | Primitive::DateTimeOffset
            | Primitive::Duration
            | Primitive::Guid
            | Primitive::Stream
            | Primitive::String
            | Primitive::TimeOfDay => quote!(::std::string::String),
        }
    }
}
