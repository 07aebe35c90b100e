//! The verdict on a difference: do the pages say what was emitted, do they say nothing, or did we misread them.
//!
//! The schema is asked only for what was emitted and where a property is declared; what the pages say is searched in
//! their text. In doubt the fault is ours.

mod enumeration;
mod property;
mod structure;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use typedown::schema::{Base, StructuralType, TypeName, VersionSchema};

use super::pages::{Pages, Quote};
use super::score::Difference;
use super::truth::Truth;

/// Whose fault a difference is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// The pages say what was emitted, or could be read to say what the service has.
    Ours,
    /// The pages say what was emitted, and a line of theirs is quoted for it.
    DocsWrong,
    /// No page says what the service has.
    DocsSilent,
}

impl Class {
    /// Every class, in the order of tables.
    pub const ALL: [Self; 3] = [Self::Ours, Self::DocsWrong, Self::DocsSilent];

    /// The name in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Ours => "ours",
            Self::DocsWrong => "docs wrong",
            Self::DocsSilent => "docs silent",
        }
    }
}

/// A judged difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whose fault it is.
    pub class: Class,
    /// Why, in a few words that many differences share.
    pub cause: String,
    /// The lines that prove it, or that raise the doubt.
    pub quotes: Vec<Quote>,
}

impl Verdict {
    fn ours(cause: &str, quotes: impl IntoIterator<Item = Quote>) -> Self {
        Self::of(Class::Ours, cause, quotes)
    }

    fn silent(cause: &str, quotes: impl IntoIterator<Item = Quote>) -> Self {
        Self::of(Class::DocsSilent, cause, quotes)
    }

    /// Only with a quote.
    fn wrong(cause: &str, quote: Quote) -> Self {
        Self::of(Class::DocsWrong, cause, [quote])
    }

    fn of(class: Class, cause: &str, quotes: impl IntoIterator<Item = Quote>) -> Self {
        Self {
            class,
            cause: cause.to_owned(),
            quotes: quotes.into_iter().collect(),
        }
    }
}

/// All that a verdict may look at.
pub(super) struct Judge<'a> {
    pub(super) pages: &'a Pages,
    pub(super) truth: &'a Truth,
    pub(super) schema: &'a VersionSchema,
    by_lower: BTreeMap<String, &'a TypeName>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(pages: &'a Pages, truth: &'a Truth, schema: &'a VersionSchema) -> Self {
        let by_lower = schema
            .types
            .keys()
            .map(|name| (name.as_str().to_lowercase(), name))
            .collect();
        Self {
            pages,
            truth,
            schema,
            by_lower,
        }
    }

    /// The verdict on a difference.
    pub(super) fn judge(&self, difference: &Difference) -> Verdict {
        let Difference { ty, member, .. } = difference;
        let (service, emitted) = difference.sides();
        match difference.fact.as_str() {
            "kind" => self.kind(ty, service),
            "base" => self.base(ty, known(service), known(emitted)),
            "open" => self.open(ty, service == "True"),
            "type missing" => self.type_missing(ty),
            "type not real" => self.type_not_real(ty),
            "property missing" => self.property_missing(ty, member),
            "property not real" => self.property_not_real(ty, member),
            "type of property" => self.property_type(ty, member, service, emitted),
            "enum missing" => self.enum_missing(ty),
            "enum member missing" => self.member_missing(ty, member),
            "enum member not real" => self.member_not_real(ty, member),
            _ => Verdict::ours("a difference that is not known", []),
        }
    }

    /// The emitted name of a type, whatever its case.
    fn emitted(&self, name: &str) -> Option<&'a TypeName> {
        self.by_lower.get(&name.to_lowercase()).copied()
    }

    fn structural(&self, name: &str) -> Option<&'a StructuralType> {
        self.schema.types[self.emitted(name)?].structural()
    }

    fn emitted_base(&self, name: &str) -> Option<&'a Base> {
        self.structural(name)?.base.as_ref()
    }
}

/// Python's `None` is nothing.
fn known(name: &str) -> Option<&str> {
    (name != "None").then_some(name)
}
