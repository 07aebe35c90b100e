//! A small page for each code that shows it.

use super::Code;

/// Where a page lies that an example does not say it of.
const PAGE: &str = "beta/resources/tone.md";

/// Pages that show a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example(&'static str);

impl Example {
    /// The paths and texts of the pages. A line `=== path` starts a page where there are several.
    #[must_use]
    pub fn pages(self) -> Vec<(&'static str, &'static str)> {
        let mut pages = Vec::new();
        for part in self.0.split("=== ") {
            match (part.split_once('\n'), pages.is_empty()) {
                _ if part.is_empty() => {}
                (Some((path, text)), _) if part.len() < self.0.len() => pages.push((path, text)),
                _ => pages.push((PAGE, part)),
            }
        }
        pages
    }
}

/// The files of examples, one for each code.
macro_rules! examples {
    ($($variant:ident $name:literal)*) => {
        impl Code {
            /// Pages that show it; none for what no text of a page can show.
            #[must_use]
            pub fn example(self) -> Option<Example> {
                match self {
                    $(Self::$variant => Some(Example(include_str!(concat!("examples/", $name, ".md")))),)*
                    #[allow(unreachable_patterns)]
                    _ => None,
                }
            }
        }
    };
}

examples! {
    PageNameCasing "page-name-casing"
    LimitReached "limit-reached"
    FrontMatterMalformed "front-matter-malformed"
    IncludeMissing "include-missing"
    IncludeOutside "include-outside"
    IncludeCycle "include-cycle"
    AnnotationMalformed "annotation-malformed"
    AnnotationUnknownKey "annotation-unknown-key"
    AnnotationUnknownBlockType "annotation-unknown-block-type"
    AnnotationTypeMalformed "annotation-type-malformed"
    AnnotationWithoutType "annotation-without-type"
    JsonMalformed "json-malformed"
    TableMended "table-mended"
    TableWithoutType "table-without-type"
    RowWithoutName "row-without-name"
    RowNameMalformed "row-name-malformed"
    RowWithoutType "row-without-type"
    RowNotInJson "row-not-in-json"
    JsonNotInTable "json-not-in-table"
    NameTranslated "name-translated"
    MemberTranslated "member-translated"
    NameCasing "name-casing"
    TypeTranslated "type-translated"
    TypeUnresolved "type-unresolved"
    TypeUnreadable "type-unreadable"
    TypeAmbiguous "type-ambiguous"
    TypeAlternatives "type-alternatives"
    TypeConflict "type-conflict"
    CollectionConflict "collection-conflict"
    PropertyConflict "property-conflict"
    MemberConflict "member-conflict"
    BaseUnresolved "base-unresolved"
    BaseConflict "base-conflict"
    BaseCycle "base-cycle"
    KindConflict "kind-conflict"
    NamespaceConflict "namespace-conflict"
    NamespaceReserved "namespace-reserved"
    TitleConflict "title-conflict"
    TypeRepeated "type-repeated"
    LinkDangling "link-dangling"
    LinkCasing "link-casing"
    AnchorDangling "anchor-dangling"
    ReferenceUndefined "reference-undefined"
    ExampleUnknownProperty "example-unknown-property"
    ExampleTypeMismatch "example-type-mismatch"
    ExampleUnknownMember "example-unknown-member"
    KeyMissing "key-missing"
    OptionalUnknown "optional-unknown"
    DescriptionMissing "description-missing"
    DescriptionPlaceholder "description-placeholder"
    EnumTextConflict "enum-text-conflict"
    EnumJsonConflict "enum-json-conflict"
    InheritedConflict "inherited-conflict"
    LabelConflict "label-conflict"
    TypeCasing "type-casing"
    PageWithoutType "page-without-type"
    TitleMissing "title-missing"
    HeadingMissing "heading-missing"
    CommentUnclosed "comment-unclosed"
    CodeUnclosed "code-unclosed"
    JsonMemberRepeated "json-member-repeated"
    MemberNumberTooLarge "member-number-too-large"
    MemberNumberRepeated "member-number-repeated"
    LinkMalformed "link-malformed"
    HeadingRepeated "heading-repeated"
    SuppressionUnknown "suppression-unknown"
    SuppressionUnused "suppression-unused"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Generator;
    use crate::source::MemoryFiles;

    /// What no text of a page can show: a file that cannot be read or has no name, bytes that are no text, hundreds of
    /// files, and what was written beside the docs.
    const NONE: [Code; 8] = [
        Code::PageUnreadable,
        Code::PageTooLarge,
        Code::SourceSkipped,
        Code::PageNotUtf8,
        Code::IncludeTooMany,
        // It needs an override.
        Code::OverrideNeedless,
        // They need many pages that spell it right.
        Code::NamespaceUnlikely,
        Code::DocTypeUnlikely,
    ];

    #[test]
    fn every_code_has_an_example_that_shows_it_once_and_nothing_else() {
        let mut failures = Vec::new();
        for code in Code::ALL.iter().filter(|code| !NONE.contains(code)) {
            let Some(example) = code.example() else {
                failures.push(format!("{code} has no example"));
                continue;
            };
            let reading = Generator::new()
                .threads(1)
                .lint(&MemoryFiles::new(example.pages()))
                .unwrap();
            let told: Vec<Code> = reading.diagnostics.iter().map(|told| told.code).collect();
            if told != [*code] {
                failures.push(format!("{code} shows {:?}", reading.diagnostics));
            }
        }
        assert!(failures.is_empty(), "{}", failures.join("\n"));
    }

    #[test]
    fn examples_are_short() {
        for code in Code::ALL {
            let pages = code.example().map(Example::pages).unwrap_or_default();
            let lines: usize = pages.iter().map(|(_, text)| text.lines().count()).sum();
            assert!(lines <= 30, "{code}: {lines} lines");
        }
    }
}
