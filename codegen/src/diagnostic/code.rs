//! The catalogue of diagnostics. A code's name never changes and is never used again for something else.

use std::fmt;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Something was lost, or is wrong for sure.
    Error,
    /// Something is doubtful; the better source was used.
    Warning,
    /// Worth knowing; nothing was lost.
    Note,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// Declares every code once: variant, name, severity, explanation.
macro_rules! catalogue {
    ($($variant:ident $name:literal $severity:ident $explanation:literal)*) => {
        /// What kind of thing a diagnostic is about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $(#[doc = $explanation] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the catalogue.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// The stable name, such as `include-missing`.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// How much it matters.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => Severity::$severity),* }
            }

            /// A paragraph that explains it to the writer of a page.
            #[must_use]
            pub fn explanation(self) -> &'static str {
                match self { $(Self::$variant => $explanation),* }
            }
        }
    };
}

catalogue! {
    PageUnreadable "page-unreadable" Error
        "The page cannot be read from disk; nothing on it was used."
    PageNotUtf8 "page-not-utf8" Warning
        "The page holds bytes that are not UTF-8. They were replaced, and the rest of the page was read."
    FrontMatterMalformed "front-matter-malformed" Warning
        "The block between the `---` lines at the top of the page is not YAML. The page was read without it: title, \
         description and product are unknown."
    IncludeMissing "include-missing" Warning
        "An INCLUDE names a file that is not there. The page was read without it."
    IncludeOutside "include-outside" Error
        "An INCLUDE leads out of the docs folder. It was not followed."
    IncludeCycle "include-cycle" Warning
        "An INCLUDE leads back to a file that is being included. It was not followed again."
    IncludeTooMany "include-too-many" Error
        "A page includes so many files, or so deep inside each other, that this cannot be meant. The first were read."
    AnnotationMalformed "annotation-malformed" Error
        "The comment above a code block starts like JSON and cannot be read as such, even allowing comments, trailing \
         commas and single quotes. The block was read as if there were no comment."
    AnnotationUnknownKey "annotation-unknown-key" Warning
        "An annotation has a key that no tool knows. Most often it is a misspelling of one that exists."
    AnnotationUnknownBlockType "annotation-unknown-block-type" Warning
        "An annotation has a `blockType` that no tool knows, so that its block is not read."
    AnnotationTypeMalformed "annotation-type-malformed" Error
        "An annotation names a type by something that is no name. It was read as if it named none."
    AnnotationWithoutType "annotation-without-type" Warning
        "An annotation says that its block shows a resource and does not say which: `@odata.type` is missing or empty. \
         The page's title was used."
    JsonMalformed "json-malformed" Warning
        "The JSON block of a resource cannot be read, even allowing comments, trailing commas and single quotes. Its \
         keys and values were not used; the tables were."
    TableMended "table-mended" Warning
        "Markdown takes a table, or the rows behind a gap in it, for a paragraph: the line below the header has another \
         number of columns or holds tabs, or a blank line stands between rows. The rows were used all the same."
    TableWithoutType "table-without-type" Warning
        "The table lists properties or members, and nothing on the page says of which type: no annotation, title or \
         heading names one. Its rows were not used."
    RowWithoutName "row-without-name" Error
        "A row of a property, relationship or member table has no name in its first cell. It was not used."
    RowNameMalformed "row-name-malformed" Error
        "The first cell of a row is not a name: an identifier of letters, digits and `_`, alone or followed by a remark \
         in brackets. The row was not used."
    RowWithoutType "row-without-type" Warning
        "A row of a property table has no type. The JSON block decided it, or else any value is taken."
    RowNotInJson "row-not-in-json" Note
        "A property of the table is missing from the JSON block of the page. The property was kept."
    JsonNotInTable "json-not-in-table" Note
        "A member of the JSON block is missing from the tables of the page and of its bases. The property was kept, \
         with the type that its value shows."
    NameCasing "name-casing" Warning
        "A name is spelled with other capitals in the table than in the JSON block. JSON is case-sensitive: the \
         block's spelling was used."
    TypeUnresolved "type-unresolved" Warning
        "A type cell names a type that no page describes, and that is none of OData's. Any value is taken."
    TypeUnreadable "type-unreadable" Warning
        "A type cell holds a remark instead of a type. The JSON block decided, or else any value is taken."
    TypeAmbiguous "type-ambiguous" Warning
        "A short type name is described in several namespaces, none of them the page's own. The first was taken."
    TypeAlternatives "type-alternatives" Note
        "A type cell offers several types. Their nearest common base was taken, or the type in the JSON block."
    TypeConflict "type-conflict" Warning
        "Table and JSON block show different types for a property. The table decided."
    CollectionConflict "collection-conflict" Warning
        "One of table and JSON block shows a collection, the other a single value. The table decided."
    PropertyConflict "property-conflict" Warning
        "Two rows of the same type describe a property of the same name differently. The first was used."
    MemberConflict "member-conflict" Warning
        "Two tables list different members for one enumeration, or two rows describe one member differently. All members \
         were kept; of two rows the first was used."
    BaseUnresolved "base-unresolved" Warning
        "A base type is named that no page describes. The type was emitted without a base."
    BaseConflict "base-conflict" Warning
        "Two sources name different base types. The better one decided: annotation, then table, then sentence."
    BaseCycle "base-cycle" Error
        "Following base types leads back to the type itself. The link that closes the cycle was dropped."
    KindConflict "kind-conflict" Warning
        "One source describes an enumeration and another a resource under the same name. The resource was used."
    NamespaceConflict "namespace-conflict" Warning
        "The `Namespace:` line and the annotation of the page disagree. The annotation decided."
    TitleConflict "title-conflict" Warning
        "The title names another type than the annotation of the page's JSON block. The annotation decided."
    TypeRepeated "type-repeated" Note
        "Several pages describe one type. Their properties were merged."
    SuppressionUnknown "suppression-unknown" Warning
        "An entry of a page's `suppressions` names a code that does not exist."
    SuppressionUnused "suppression-unused" Note
        "An entry of a page's `suppressions` hides nothing."
}

impl Code {
    /// The code of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_kebab_case_and_lead_back_to_their_codes() {
        for code in Code::ALL {
            assert!(
                code.name()
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'),
                "{code}"
            );
            assert_eq!(Code::from_name(code.name()), Some(*code));
        }
    }
}
