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
        "The page is listed in its folder and cannot be read, or a folder of pages cannot be listed: the permissions forbid \
         it, or it was removed meanwhile. Nothing in it was used, so every type that it describes is missing, and cells that \
         name one of them are unresolved. Make it readable and run again."
    PageTooLarge "page-too-large" Error
        "The page has more bytes than the limit `page-bytes` allows, which is more than ten times the largest known page. \
         Nothing of it was read, so every type that it describes is missing. Most often something else has the name of a \
         page. Remove it or split it, or set a higher limit in the table `[limits]` of typedown.toml."
    LimitReached "limit-reached" Error
        "A page goes beyond one of the limits that keep a single page from taking the time or the memory of all: its parts, \
         such as cells and links, or how deep lists, quotations or brackets stand in each other, or the bytes of all that it \
         includes. What is over the limit was left out, as it is told there, and the rest was used. Make the page simpler, or set a higher \
         limit in the table `[limits]` of typedown.toml."
    SourceSkipped "source-skipped" Warning
        "Something between the pages was not read: its name is not UTF-8, so that no link can name it, or it is a \
         link to nothing or out of the docs folder, where nothing is read, or it is no file but a pipe or a device. If it was meant as a page, the types that \
         it describes are missing. Rename it, or put the file itself where the link is."
    PageNameCasing "page-name-casing" Warning
        "Two pages of a folder have names that differ only in capitals. Where file systems tell no capitals apart, as on \
         Windows and on most Macs, a checkout has only one of them, so that the types of the other are missing there and what \
         is emitted depends on the machine. Both were read here. Rename one of them."
    PageNotUtf8 "page-not-utf8" Warning
        "The page holds bytes that are not UTF-8, as an editor leaves them that saves in another encoding, or NUL bytes. Each \
         was replaced by U+FFFD and the rest of the page was read, so a name or text with such a character is spoiled. A page \
         that is UTF-16 was read as such and lost nothing, but few other tools can read it. Save the page as UTF-8."
    FrontMatterMalformed "front-matter-malformed" Warning
        "The block between the `---` lines at the top of the page is not YAML. The page was read without it: the \
         product it belongs to is unknown, and its types are put with those of no product. Often a value holds a \
         colon or quotation mark and is not in quotes, or the closing line is missing."
    IncludeMissing "include-missing" Warning
        "An INCLUDE names a file that is not there. The page was read without it, so rows or sentences that stand in \
         that file are missing from the type. Correct the path, which starts at the folder of the file that includes, \
         or add the file."
    IncludeOutside "include-outside" Error
        "An INCLUDE leads out of the docs folder, where nothing is read: docs must not depend on what lies beside \
         them. What the file holds is missing from the page. Count the `../`, or move the file into the docs."
    IncludeCycle "include-cycle" Warning
        "An INCLUDE leads back to a file that is being included, so that following it would never end. It was not \
         followed a second time; everything else was read. Remove one of the includes in the circle."
    IncludeTooMany "include-too-many" Error
        "A page includes so many files, or so deep inside each other, that this cannot be meant: the limits are `includes` \
         and `include-depth` in the table `[limits]` of typedown.toml. The first were read and the rest left out, so rows may be \
         missing. Look for a file that includes many others and is itself included many times."
    AnnotationMalformed "annotation-malformed" Error
        "The comment above a code block starts like JSON and cannot be read as such, even allowing comments, trailing \
         commas and single quotes. All that it says, such as the type's name, base and key, was ignored, and the \
         block was read as if there were no comment. Correct the JSON at the place that is shown."
    AnnotationUnknownKey "annotation-unknown-key" Warning
        "An annotation has a key that neither Typedown nor the docs' own checker knows, so whatever its writer meant \
         to say is lost without a sound. Most often it is a misspelling of a key that exists. The rest of the \
         annotation was used; correct the key or remove it."
    AnnotationUnknownBlockType "annotation-unknown-block-type" Warning
        "An annotation has a `blockType` that no tool knows, so nobody can tell whether its block shows a type, an \
         instance or a request. The block was not used; the page's tables were. Write `resource` for a block that \
         shows a type, `example` for an instance, `ignored` for anything else."
    AnnotationTypeMalformed "annotation-type-malformed" Error
        "An annotation names a type by something that is no name: a type's name is identifiers of letters, digits and \
         `_`, joined by dots. It was read as if it named none, and the page's title names the type. Write the \
         qualified name."
    AnnotationWithoutType "annotation-without-type" Warning
        "An annotation says that its block shows a resource and does not say which: `@odata.type` is missing or \
         empty. The page's title was used for the name, which tells nothing of the namespace; without a title the \
         block was not used. Add `@odata.type` with the qualified name."
    JsonMalformed "json-malformed" Warning
        "The JSON block of a resource cannot be read, even allowing comments, trailing commas and single quotes. Its \
         keys, which give the exact spelling of names, and its values were not used; the tables of the page were. \
         Correct the JSON at the place that is shown; `...` stands for nothing in JSON."
    TableMended "table-mended" Warning
        "Markdown takes a table, or the rows behind a gap in it, for a paragraph: the line below the header has \
         another number of columns or holds tabs, or a blank line stands between rows. Readers of the page see a heap \
         of bars and words. Typedown used the rows all the same; correct the lines so that the page shows them as a \
         table."
    TableWithoutType "table-without-type" Warning
        "The table lists properties or members, and nothing on the page says of which type: no annotation, title or \
         heading names one. Its rows were not used. Give the page a title such as `x resource type`, the table a \
         heading such as `x values`, or the JSON block an annotation."
    RowWithoutName "row-without-name" Error
        "A row of a property, relationship or member table has nothing in its first cell, so nobody can tell what it \
         describes. It was not used. Fill in the name, or remove the row; if it continues the row above, join the \
         two."
    RowNameMalformed "row-name-malformed" Error
        "The first cell of a row is not a name: an identifier of letters, digits and `_`, alone or followed by a \
         remark in brackets. No property can be called that on the wire, so the row was not used. Write the name \
         alone and move remarks into the description."
    RowWithoutType "row-without-type" Warning
        "A row of a property table has no type. The value in the JSON block decided it, which shows only roughly what \
         a property may hold; without a value any JSON is taken. Fill in the type, with a link to its page if it has \
         one."
    RowNotInJson "row-not-in-json" Note
        "A table lists a property that the JSON block of the page does not show. The property was kept, with the \
         table's type and the row's spelling of its name. Either the block is behind, and readers who copy it miss \
         the property, or the row is left over: make them agree."
    JsonNotInTable "json-not-in-table" Note
        "The JSON block shows a member that no table of the page or of its bases lists. The property was kept, with \
         the type that its value shows and without a description. Add a row to tell what it is, or remove the member \
         from the block. Open types may have such members; of them this is not told."
    NameTranslated "name-translated" Warning
        "The name of a property was translated with the page. Names are part of the protocol: a reader who copies the \
         translation gets nothing. The JSON block, which nobody translates, has the real name, and where the rows and the \
         types around leave no other choice that name was used; else the row was left out. Write the name as it is."
    MemberTranslated "member-translated" Warning
        "The name of a member of an enumeration was translated with the page, or two of them to the same word. The \
         service knows neither, so it was left out. Write the name as it is on the wire, and the translation into \
         the description."
    NameCasing "name-casing" Warning
        "A name is spelled with other capitals in the table than in the JSON block. JSON is case-sensitive, so a \
         program that uses the wrong spelling reads nothing and is not told why. The block's spelling was used, for \
         blocks are most often copied from real answers; spell both the same."
    TypeTranslated "type-translated" Note
        "Names of types were translated with the page. They were understood by the lexicon of the language, by the values \
         in JSON blocks or by the same words on other pages; readers and tools that know none of these see words that \
         name nothing. It is told once for each page. Leave the names as they are on the English page."
    TypeUnresolved "type-unresolved" Warning
        "A type cell names a type that no page of the version describes, and that is none of OData's own. The \
         property was kept and takes any value, so its users lose all help of the type system. Correct the name, link \
         to the type's page, or add the page."
    TypeUnreadable "type-unreadable" Warning
        "A type cell holds a remark instead of a type, or words that leave open which type is meant. The value in the \
         JSON block decided; without one any value is taken. Write one type's name, with a link to its page, and put \
         remarks into the description."
    TypeAmbiguous "type-ambiguous" Warning
        "A short type name is described in several namespaces, and neither the page's own namespace, a link nor the \
         JSON block tells which is meant. The first was taken, which may well be the wrong one. Write the qualified \
         name, or link to the type's page."
    TypeAlternatives "type-alternatives" Note
        "A type cell offers several types. A property has one type in OData, so the type that the JSON block names \
         was taken, or else the nearest common base of all; without either, any value is. Name the base of the \
         alternatives and tell of them in the description."
    TypeConflict "type-conflict" Warning
        "Table and JSON block show different types for a property, and a program that believes the wrong one fails \
         when it reads. The table decided, for values in blocks are often placeholders. Look up what the service \
         sends, and correct whichever is wrong."
    CollectionConflict "collection-conflict" Warning
        "One of table and JSON block shows a collection for a property, the other a single value; on the wire only \
         one of them can be right. The table decided. Look up what the service sends, and correct whichever is wrong."
    PropertyConflict "property-conflict" Warning
        "Two rows about one type describe a property of the same name differently: with other types, or other \
         capitals. The first was used, and what the second says was dropped. Remove one of them, or name the property \
         that the second is really about."
    MemberConflict "member-conflict" Warning
        "Two tables list different members for one enumeration, or two rows describe one member differently. All \
         members were kept, for a list that is too long does less harm than one that is too short; of two rows for \
         one member the first was used. Keep one table, and link to it from elsewhere."
    BaseUnresolved "base-unresolved" Warning
        "An annotation, table or sentence names a base type or derived type that no page of the version describes. \
         The link between the two types was dropped, so properties that would be inherited are missing. Correct the \
         name, or add the page."
    BaseConflict "base-conflict" Warning
        "Two sources name different base types for one type, and neither base derives from the other. The better \
         source decided: the annotation before a table of derived types, that before a sentence. Correct the wrong \
         one, for both inherited properties and casts depend on it."
    BaseCycle "base-cycle" Error
        "Following base types leads back to the type itself, which no type system allows. The link that rests on the \
         weakest source was dropped, so one of the types has no base. Correct one of the base types that are named on \
         the way."
    KindConflict "kind-conflict" Warning
        "One source describes an enumeration and another a resource under the same name. Both cannot exist under one \
         name, so the resource was used if it has anything to show, else the enumeration; the other was dropped. Give \
         one of them another name."
    NamespaceConflict "namespace-conflict" Warning
        "The `Namespace:` line of the page and the annotation of its JSON block disagree on the namespace of the \
         type. The annotation decided, for tools have always read it and few the line. Make both the same: readers \
         see the line, programs need the name that is on the wire."
    NamespaceReserved "namespace-reserved" Error
        "A page puts its type, or the base of it, into `Edm`, which holds the primitive types of OData and nothing else \
         (CSDL 4.01, section 5). The name was not used: the title names the type, and the page's other statements its \
         namespace. Write the namespace that the service has for the type."
    TitleConflict "title-conflict" Warning
        "The title names another type than the annotation of the page's only JSON block. The annotation decided, and \
         the page's tables were taken to be about its type. Most often one of them was copied from another page, or \
         they differ by a typing error: correct it."
    TypeRepeated "type-repeated" Note
        "Several pages describe one type, each with a JSON block of its own. Their properties were merged; where they \
         disagree, the page that is named like the type comes first. This is right for a type that is told in parts, \
         and a mistake where a page was copied and not all of it changed."
    LinkDangling "link-dangling" Warning
        "A link leads to a file that is not there. The link's folder was listed to find out; a link into a folder \
         that the docs folder does not hold is not judged. Readers of the page meet an error, and a type named by \
         such a link has to be guessed from its label. Correct the path, or remove the link."
    LinkCasing "link-casing" Warning
        "A link spells a file's name with other capitals than the file has. Typedown follows it all the same, and so \
         does every system that compares names without regard to case; on most servers and in most checkouts it is \
         broken. Write the name as the file has it."
    AnchorDangling "anchor-dangling" Warning
        "A link leads to an anchor of a page that was read, and the page has neither a heading nor a named element of \
         that name. Readers land at the top of the page and have to search; types were read from the page all the \
         same. Most often the heading was renamed or translated: take its current slug."
    ReferenceUndefined "reference-undefined" Warning
        "A link by reference, `[text][label]` or `[label][]`, uses a label that the page defines nowhere, so that it \
         is shown as plain text with its brackets. Labels are compared with their definitions without regard to case \
         and must not be translated. Correct the label, or add its definition; until then a type that the link names \
         is known by its text alone."
    ExampleUnknownProperty "example-unknown-property" Warning
        "A JSON example shows a member that its type does not have: neither the type, nor its bases, nor a type \
         derived from it describes a property of that name, and the type is not open. The schema was not changed by \
         it. Either the example is out of date, or the page of the type lacks a row: correct whichever is wrong."
    ExampleTypeMismatch "example-type-mismatch" Warning
        "A value in a JSON example cannot be one of the type that the property has, such as a string where the table \
         says Int32 or an object where it says a collection. The table was used; who copies the example will be \
         surprised. Correct whichever is wrong. Placeholders such as `String` are not values and are not compared."
    ExampleUnknownMember "example-unknown-member" Note
        "A JSON example shows a value that the enumeration of the property does not list, or spells it with other \
         capitals. The table of the enumeration was used. Clients that compare names with regard to case will not \
         know the value: take the spelling that the service sends, in the example and in the table."
    KeyMissing "key-missing" Warning
        "An annotation states a `keyProperty` that neither the type nor its bases have. The key was kept as the \
         annotation states it, and identifies nothing; tools that check the docs refuse it. Correct the name, or add \
         the property to the table."
    OptionalUnknown "optional-unknown" Note
        "An annotation lists a property under `optionalProperties` or `nullableProperties` that neither the type nor \
         its bases have. It adds no property to the type. Most often a property was renamed or removed in table and \
         JSON block and stayed behind in the annotation: correct the name, or remove it."
    DescriptionMissing "description-missing" Note
        "A row describes a property with nothing, while others of the type have a description. The property was \
         emitted without documentation, so its users have only the name to go by. Say what it holds."
    DescriptionPlaceholder "description-placeholder" Note
        "The description of a property only says that one is to come, such as `TODO` or `Not yet documented`. It \
         became the property's documentation as it stands, where it helps nobody. Say what the property holds."
    EnumTextConflict "enum-text-conflict" Warning
        "The sentence that lists the possible values of a property has other members than the table of the \
         enumeration that is the property's type. Members of either were kept, for a list that is too long does less \
         harm than one that is too short. Case, the sentinel `unknownFutureValue` and the members behind it are not \
         compared, nor are sentences that only give examples. List the same members, or leave the list to the table."
    EnumJsonConflict "enum-json-conflict" Warning
        "The JSON block lists values as `a | b`, and they are other ones than the table of the enumeration has that \
         is the property's type. The table was used. Readers of the block send values that the service refuses, or \
         miss some. List the same members in both, or name only the type in the JSON block."
    InheritedConflict "inherited-conflict" Warning
        "A row repeats a property of the base type with another type, and a derived type cannot change what it \
         inherits. The base's row was used. Correct whichever row is wrong, or the base."
    LabelConflict "label-conflict" Warning
        "The link in a type cell is labelled with one type and leads to the page of another, so that readers of the \
         label and followers of the link believe different things. The target decided, unless the JSON block names \
         the label's type. Correct the label or the target."
    NamespaceUnlikely "namespace-unlikely" Warning
        "A single page names a namespace that differs by a letter or two from one that many pages name. The type was \
         put into the namespace as it is spelled, where nobody will look for it. Correct the spelling."
    TypeCasing "type-casing" Warning
        "Two pages spell the name of one type with different capitals, and programs that compare names as they are \
         take them for two. They were taken for one type, under the name that the better source gives it. Write the \
         name as the service does."
    PageWithoutType "page-without-type" Warning
        "A page that calls itself a resource page names no type, neither in an annotation nor in its title; or its \
         title names one of which neither the page nor another one says anything more. Such pages are most often \
         overviews, so nothing was made of it, and a type that was meant is missing. Describe the type, or let \
         `doc_type` say that the page is about a topic."
    TitleMissing "title-missing" Note
        "The front matter has no title, which the docs' site shows in results of searches and in the browser. The \
         heading names the type, so nothing was lost here. Add one."
    HeadingMissing "heading-missing" Warning
        "A page has no heading of the first level, which is what readers see first. It also names the type where no \
         annotation does; without either, nothing on the page was used. Add one."
    CommentUnclosed "comment-unclosed" Error
        "A comment is opened with `<!--` at the start of a line and never closed. Markdown takes all that follows for \
         part of it, so that neither readers nor Typedown see the rest of the page. Close it with `-->`."
    CodeUnclosed "code-unclosed" Error
        "A fenced code block is never closed, so that Markdown takes all that follows for code. Nothing behind its \
         first line was used. Close it with a line that holds the fence alone."
    JsonMemberRepeated "json-member-repeated" Warning
        "An object in the JSON block of a resource has two members of one name. JSON leaves open which of them \
         counts, and readers differ; the first was used. Most often the second is a copy that was to get another \
         name."
    MemberNumberTooLarge "member-number-too-large" Warning
        "The number of an enumeration's member does not fit into 64 bits, the widest type that OData allows for \
         enumerations. The member was used without a number. Correct the number, or leave it out."
    MemberNumberRepeated "member-number-repeated" Warning
        "Two members of an enumeration have the same number, so that a program which is sent the number cannot tell \
         them apart. Both were used as they stand. Give each member a number of its own."
    LinkMalformed "link-malformed" Warning
        "Brackets that were meant to be a link are shown as plain text: the target's closing bracket is missing, or a \
         blank stands between text and target. A type that is named so is known by its text alone. Write \
         `[text](target)`."
    HeadingRepeated "heading-repeated" Note
        "Two sections below the same heading are called the same. Their tables were read as what the heading says, \
         which is wrong for one of them if it was copied; links to the second need a number behind the slug. Correct \
         the heading, or join the sections."
    DocTypeUnlikely "doc-type-unlikely" Note
        "The `doc_type` of the page differs by a letter or two from one that many more pages have. Tools that sort \
         pages by it pass over this one; Typedown read it all the same. Correct the spelling."
    OverrideNeedless "override-needless" Note
        "An override says what the docs say by themselves; most often they were mended since it was written. It still \
         outranks them, and would hide the next correction. Remove it."
    SuppressionUnknown "suppression-unknown" Warning
        "An entry of a page's `suppressions` has the form of Typedown's own, a code alone or with a name behind a \
         colon, and there is no such code. It hides nothing. Correct the code; `typedown explain` lists all."
    SuppressionUnused "suppression-unused" Note
        "An entry of a page's `suppressions` hides nothing: the page has no such finding any more, or the name behind \
         the colon is not that of its property or type, or the code is an error, which a page cannot hide. An entry \
         that stays would one day hide a new mistake. Remove it. Messages of the docs' own checker are not told of, \
         for it may still need them."
}

impl Code {
    /// The code of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// The first sentence of the explanation.
    #[must_use]
    pub fn summary(self) -> &'static str {
        let explanation = self.explanation();
        explanation
            .find(". ")
            .map_or(explanation, |end| &explanation[..=end])
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
