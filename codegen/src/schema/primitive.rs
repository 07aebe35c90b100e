//! OData's primitive types.

/// A primitive type that Graph uses (OData CSDL 4.01, section 4.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names are those of the standard")]
pub enum Primitive {
    Binary,
    Boolean,
    Byte,
    Date,
    DateTimeOffset,
    Decimal,
    Double,
    Duration,
    Guid,
    Int16,
    Int32,
    Int64,
    SByte,
    Single,
    Stream,
    String,
    TimeOfDay,
}

impl Primitive {
    /// Every primitive type, by name.
    pub const ALL: [Self; 17] = [
        Self::Binary,
        Self::Boolean,
        Self::Byte,
        Self::Date,
        Self::DateTimeOffset,
        Self::Decimal,
        Self::Double,
        Self::Duration,
        Self::Guid,
        Self::Int16,
        Self::Int32,
        Self::Int64,
        Self::SByte,
        Self::Single,
        Self::Stream,
        Self::String,
        Self::TimeOfDay,
    ];

    /// The qualified name, such as `Edm.Int32`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Binary => "Edm.Binary",
            Self::Boolean => "Edm.Boolean",
            Self::Byte => "Edm.Byte",
            Self::Date => "Edm.Date",
            Self::DateTimeOffset => "Edm.DateTimeOffset",
            Self::Decimal => "Edm.Decimal",
            Self::Double => "Edm.Double",
            Self::Duration => "Edm.Duration",
            Self::Guid => "Edm.Guid",
            Self::Int16 => "Edm.Int16",
            Self::Int32 => "Edm.Int32",
            Self::Int64 => "Edm.Int64",
            Self::SByte => "Edm.SByte",
            Self::Single => "Edm.Single",
            Self::Stream => "Edm.Stream",
            Self::String => "Edm.String",
            Self::TimeOfDay => "Edm.TimeOfDay",
        }
    }

    /// The primitive type of a qualified name, in OData's own casing.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|primitive| primitive.name() == name)
    }

    /// Whether every value of this type is one of another type, which has more: the numbers by their ranges.
    pub(crate) fn is_within(self, other: Self) -> bool {
        use Primitive::{Byte, Decimal, Double, Int16, Int32, Int64, SByte, Single};
        match self {
            Byte | SByte => matches!(other, Int16 | Int32 | Int64 | Single | Double | Decimal),
            Int16 => matches!(other, Int32 | Int64 | Single | Double | Decimal),
            Int32 => matches!(other, Int64 | Double | Decimal),
            Int64 => matches!(other, Decimal),
            Single => matches!(other, Double),
            _ => false,
        }
    }

    /// Whether JSON has a string for values of this type (OData JSON 4.01, section 7.1).
    pub(crate) fn is_string_in_json(self) -> bool {
        matches!(
            self,
            Self::Binary
                | Self::Date
                | Self::DateTimeOffset
                | Self::Duration
                | Self::Guid
                | Self::String
                | Self::TimeOfDay
        )
    }
}
