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
    LinkDangling "link-dangling" Warning
        "A link leads to a file that is not there. The link's folder was listed to find out; a link into a folder that the \
         docs folder does not hold is not judged. Readers of the page meet an error, and a type named by such a link has to \
         be guessed from its label. Correct the path, or remove the link."
    LinkCasing "link-casing" Warning
        "A link spells a file's name with other capitals than the file has. It works where names are compared without \
         regard to case and breaks everywhere else, as on most servers and in most checkouts. Write the name as the file \
         has it."
    AnchorDangling "anchor-dangling" Warning
        "A link leads to an anchor of a page that was read, and the page has neither a heading nor a named element of that \
         name. Readers land at the top of the page. Most often the heading was renamed or translated: take its current \
         slug."
    ReferenceUndefined "reference-undefined" Warning
        "A link by reference, `[text][label]` or `[label][]`, uses a label that the page defines nowhere, so that it is shown \
         as plain text with its brackets. Labels are compared with their definitions without regard to case and must not be \
         translated. Correct the label, or add its definition; until then a type that the link names is known by its text \
         alone."
    ExampleUnknownProperty "example-unknown-property" Warning
        "A JSON example shows a member that its type does not have: neither the type, nor its bases, nor a type derived from it \
         describes a property of that name, and the type is not open. The schema was not changed by it. Either the example is \
         out of date, or the page of the type lacks a row: correct whichever is wrong."
    ExampleTypeMismatch "example-type-mismatch" Warning
        "A value in a JSON example cannot be one of the type that the property has, such as a string where the table says \
         Int32 or an object where it says a collection. The table was used; who copies the example will be surprised. Correct \
         whichever is wrong. Placeholders such as `String` are not values and are not compared."
    ExampleUnknownMember "example-unknown-member" Note
        "A JSON example shows a value that the enumeration of the property does not list, or spells it with other capitals. \
         The table of the enumeration was used. Clients that compare names with regard to case will not know the value: take \
         the spelling that the service sends, in the example and in the table."
    KeyMissing "key-missing" Warning
        "An annotation states a `keyProperty` that neither the type nor its bases have. A key that is not there identifies \
         nothing, and tools that check the docs refuse it. Correct the name, or add the property to the table."
    OptionalUnknown "optional-unknown" Note
        "An annotation lists a property under `optionalProperties` or `nullableProperties` that neither the type nor its bases \
         have. Most often a property was renamed or removed in table and JSON block and stayed behind in the annotation. \
         Correct the name, or remove it."
    DescriptionMissing "description-missing" Note
        "A row describes a property with nothing, while others of the type have a description. The property was emitted \
         without documentation. Say what it holds."
    DescriptionPlaceholder "description-placeholder" Note
        "The description of a property only says that one is to come, such as `TODO` or `Not yet documented`. It was emitted \
         as it stands. Say what the property holds."
    EnumTextConflict "enum-text-conflict" Warning
        "The sentence that lists the possible values of a property has other members than the table of the enumeration that is \
         the property's type. The table was used. Case, the sentinel `unknownFutureValue` and the members behind it are not \
         compared, and neither are sentences that only give examples. List the same members, or leave the list to the table."
    EnumJsonConflict "enum-json-conflict" Warning
        "The JSON block lists values as `a | b`, and they are other ones than the table of the enumeration has that is the \
         property's type. The table was used. List the same members in both, or name only the type in the JSON block."
    InheritedConflict "inherited-conflict" Warning
        "A row repeats a property of the base type with another type. The base's row was used, for a derived type cannot change \
         what it inherits. Correct whichever row is wrong, or the base."
    LabelConflict "label-conflict" Warning
        "The link in a type cell is labelled with one type and leads to the page of another. The target decided, unless the \
         JSON block names the label's type. Correct the label or the target."
    NamespaceUnlikely "namespace-unlikely" Warning
        "A single page names a namespace that differs by a letter or two from one that many pages name. The type was put into \
         the namespace as it is spelled, where nobody will look for it. Correct the spelling."
    TypeCasing "type-casing" Warning
        "Two pages spell the name of one type with different capitals. They were taken for one type, under the name that the \
         better source gives it. Write the name as the service does."
    PageWithoutType "page-without-type" Warning
        "The front matter calls the page a resource page, and neither an annotation nor its title names a type. Nothing on it \
         was used. Name the type, or correct the `doc_type`."
    TitleMissing "title-missing" Note
        "The front matter has no title. The docs' site shows it in results of searches and in the browser. The heading was \
         used for everything here. Add one."
    HeadingMissing "heading-missing" Warning
        "A page has no heading of the first level. That heading names the type where no annotation does, and it is what readers \
         see first. Add one."
    CommentUnclosed "comment-unclosed" Error
        "A comment is opened with `<!--` at the start of a line and never closed. Markdown takes all that follows for part of \
         it, so that neither readers nor Typedown see the rest of the page. Close it with `-->`."
    CodeUnclosed "code-unclosed" Error
        "A fenced code block is never closed, so that all that follows is code for Markdown. Nothing behind its first line was \
         used but as code. Close it with a line that holds the fence alone."
    JsonMemberRepeated "json-member-repeated" Warning
        "An object in the JSON block of a resource has two members of one name, which JSON does not allow and readers treat \
         differently. The first was used. Most often the second is a copy that was to get another name."
    MemberNumberTooLarge "member-number-too-large" Warning
        "The number of an enumeration's member does not fit into 64 bits, the widest type that OData allows for enumerations. \
         The member was used without a number. Correct the number, or leave it out."
    MemberNumberRepeated "member-number-repeated" Warning
        "Two members of an enumeration have the same number, so that one of them can never be told from the other. Both were \
         used as they stand. Give each member a number of its own."
    LinkMalformed "link-malformed" Warning
        "Brackets that were meant to be a link are shown as plain text: the target's closing bracket is missing, or a blank \
         stands between text and target. A type that is named so is known by its text alone. Write `[text](target)`."
    HeadingRepeated "heading-repeated" Note
        "Two sections below the same heading are called the same. Their tables were read as what the heading says, which is \
         wrong for one of them if it was copied; links to the second need a number behind the slug. Correct the heading, or \
         join the sections."
    DocTypeUnlikely "doc-type-unlikely" Note
        "The `doc_type` of the page differs by a letter or two from one that many more pages have. Tools that sort pages by it \
         pass over this one; Typedown read it all the same. Correct the spelling."
    OverrideNeedless "override-needless" Note
        "An override says what the docs say by themselves. They may have been mended since it was written; it can be \
         removed."
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
