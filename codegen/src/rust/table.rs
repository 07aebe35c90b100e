//! The tables from which macros of the support module make everything that a type can do.
//!
//! This is text and not tokens: no formatter lays out what stands in a macro call.

use super::field::Field;
use super::variant::Variant;
use proc_macro2::Ident;
use std::fmt;

/// A call of a macro.
pub(super) enum Table<'a> {
    Object {
        ident: &'a Ident,
        name: &'a str,
        fields: &'a [Field],
    },
    Enumeration {
        ident: &'a Ident,
        name: &'a str,
        variants: &'a [Variant],
    },
}

impl fmt::Display for Table<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object {
                ident,
                name,
                fields,
            } => {
                writeln!(f, "support::object! {{")?;
                writeln!(f, "    {ident}: {name:?} {{")?;
                for (index, field) in fields.iter().enumerate() {
                    let (ident, kind, key) = (field.ident(), field.kind().name(), field.key());
                    write!(f, "        {index} {ident}")?;
                    if let Some(constant) = field.constant() {
                        write!(f, " {constant}")?;
                    }
                    writeln!(f, ": {kind} = {key:?},")?;
                }
            }
            Self::Enumeration {
                ident,
                name,
                variants,
            } => {
                writeln!(f, "support::enumeration! {{")?;
                writeln!(f, "    {ident}: {name:?} {{")?;
                for variant in *variants {
                    write!(f, "        {} = {:?}", variant.ident(), variant.text())?;
                    if let Some(number) = variant.number() {
                        write!(f, " {number}")?;
                    }
                    writeln!(f, ",")?;
                }
            }
        }
        writeln!(f, "    }}")?;
        writeln!(f, "}}")
    }
}
