//! Types of values, in OData's spelling.

use std::fmt;

use super::{Primitive, TypeName};

/// The type of a property's values.
///
/// ```
/// use typedown::schema::TypeRef;
///
/// let sizes = TypeRef::parse("Collection(Edm.Int32)").unwrap();
/// assert!(sizes.collection);
/// assert_eq!(sizes.item.name(), "Edm.Int32");
/// assert_eq!(sizes.to_string(), "Collection(Edm.Int32)");
/// assert_eq!(TypeRef::parse("Int32"), None);
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TypeRef {
    /// The type of one value.
    pub item: ItemType,
    /// Whether the property holds a collection of them.
    pub collection: bool,
}

impl TypeRef {
    /// Reads OData's spelling; `None` if a name is not qualified, or not one of the namespace `Edm` that it claims.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (name, collection) = match text
            .strip_prefix("Collection(")
            .and_then(|inner| inner.strip_suffix(')'))
        {
            Some(inner) => (inner, true),
            None => (text, false),
        };
        let item = if name == ItemType::Untyped.name() {
            ItemType::Untyped
        } else if name.starts_with("Edm.") {
            ItemType::Primitive(Primitive::from_name(name)?)
        } else {
            ItemType::Named(TypeName::parse(name)?)
        };
        Some(Self { item, collection })
    }
}

impl fmt::Display for TypeRef {
    /// Writes OData's spelling, such as `Collection(Edm.String)`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.collection {
            write!(f, "Collection({})", self.item.name())
        } else {
            f.write_str(self.item.name())
        }
    }
}

/// The type of one value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemType {
    /// A type of the namespace `Edm`.
    Primitive(Primitive),
    /// A type of the same version; the schema holds it.
    Named(TypeName),
    /// The docs do not say, or not in a way that can be resolved: any JSON value (`Edm.Untyped`).
    Untyped,
}

impl ItemType {
    /// The qualified name, such as `Edm.Int32` or `microsoft.graph.call`.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Primitive(primitive) => primitive.name(),
            Self::Named(name) => name.as_str(),
            Self::Untyped => "Edm.Untyped",
        }
    }
}
