//! The words that pages use for fixed meanings: the English ones, and what a lexicon makes of others. Everything that can
//! be known without words comes first.

use std::borrow::Cow;

use super::heading;
use super::phrases::Phrases;
use crate::lexicon::Lexicon;
use crate::page::{Block, Inline, Page};

/// In which words a page is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    lexicon: Option<&'static Lexicon>,
    /// Whether the page is a translation, in which names may have been translated too.
    pub(super) translated: bool,
}

impl Words {
    /// The words of a page, with the lexicon of its language.
    pub(super) fn new(page: &Page, lexicon: Option<&'static Lexicon>) -> Self {
        Self {
            lexicon,
            translated: lexicon.is_some() || is_translated(page),
        }
    }

    /// The words of a page in English.
    #[cfg(test)]
    pub(super) const ENGLISH: Self = Self {
        lexicon: None,
        translated: false,
    };

    /// A type cell in English, as far as it is known.
    pub(super) fn cell<'a>(&self, cell: &'a Inline) -> Cow<'a, Inline> {
        self.lexicon.map_or(Cow::Borrowed(cell), |lexicon| {
            Cow::Owned(lexicon.cell(cell))
        })
    }

    /// A sentence in which the words with a fixed meaning are English.
    pub(super) fn prose<'a>(&self, text: &'a Inline) -> Cow<'a, Inline> {
        self.lexicon.map_or(Cow::Borrowed(text), |lexicon| {
            Cow::Owned(lexicon.prose(text))
        })
    }

    /// Whether a text in lower case says that there is nothing to list.
    pub(super) fn says_none(&self, text: &str) -> bool {
        NONE.contains(&text) || self.lexicon.is_some_and(|lexicon| lexicon.says_none(text))
    }
}

/// Whether a page is a translation: its front matter says so, or else its headings, the title among them, carry slugs of
/// other texts. Of the English pages of 2021 none has one on its title.
fn is_translated(page: &Page) -> bool {
    if let Some(locale) = page.front_matter.get("ms.contentlocale") {
        return !locale.to_ascii_lowercase().starts_with("en");
    }
    let headings = || {
        let blocks = page.blocks.iter();
        blocks.filter_map(|block| match block {
            Block::Heading(heading) => {
                Some((heading.level, heading.slug.as_deref()?, &heading.inline))
            }
            _ => None,
        })
    };
    headings().any(|(level, ..)| level == 1)
        && headings()
            .any(|(_, slug, text)| !slug.eq_ignore_ascii_case(&heading::slug_of(&text.text)))
}

/// Headings whose tables list properties, as slugs.
pub(super) const PROPERTY_HEADINGS: &[&str] = &["properties", "property", "instance-attributes"];

/// Headings whose tables list navigation properties, as slugs.
pub(super) const RELATIONSHIP_HEADINGS: &[&str] =
    &["relationships", "relationship", "navigation-properties"];

/// Headings whose tables list operations, as slugs.
pub(super) const METHOD_HEADINGS: &[&str] = &[
    "methods",
    "method",
    "actions",
    "functions",
    "operations",
    "tasks",
];

/// The heading whose table lists the members of the page's enumeration, as a slug.
pub(super) const MEMBER_HEADINGS: &[&str] = &["members", "values", "enumerated-values"];

/// Headings whose tables list derived types, as slugs.
pub(super) const DERIVED_HEADINGS: &[&str] = &["derived-types", "subtypes", "inherited-by"];

/// Headings over the JSON block that shows a resource, as slugs.
pub(super) const JSON_HEADINGS: &[&str] = &["json-representation"];

/// Ends of headings that name the enumeration before them, as ends of slugs, longest first.
pub(super) const ENUM_HEADING_ENDS: &[&str] = &[
    "-enumeration-values",
    "-enum-values",
    "-enum-type",
    "-enumeration",
    "-members",
    "-values",
    "-flags",
    "-enum",
];

/// Ends of titles that name a structural type, as ends of slugs, longest first.
pub(super) const RESOURCE_TITLE_ENDS: &[&str] = &[
    "-complex-resource-type",
    "-resource-type",
    "-complex-type",
    "-entity-type",
    "-resource",
    "-facet",
];

/// Ends of titles that name an enumeration, as ends of slugs, longest first.
pub(super) const ENUM_TITLE_ENDS: &[&str] =
    &["-enumeration-type", "-enum-type", "-enumeration", "-enum"];

/// Header cells over names.
pub(super) const NAME_HEADERS: &[&str] = &[
    "property",
    "property name",
    "properties",
    "name",
    "relationship",
    "relationship name",
    "parameter",
    "attribute",
];

/// Header cells over names that say that the rows are relationships.
pub(super) const RELATIONSHIP_HEADERS: &[&str] =
    &["relationship", "relationship name", "navigation property"];

/// Header cells over types.
pub(super) const TYPE_HEADERS: &[&str] = &["type", "data type", "property type"];

/// Header cells over operations.
pub(super) const METHOD_HEADERS: &[&str] = &[
    "method",
    "methods",
    "action",
    "function",
    "task",
    "common task",
    "operation",
    "return type",
    "action name",
];

/// Header cells over descriptions.
pub(super) const DESCRIPTION_HEADERS: &[&str] = &[
    "description",
    "descriptions",
    "details",
    "notes",
    "comments",
];

/// Header cells over enumeration members.
pub(super) const MEMBER_HEADERS: &[&str] = &["member", "members", "member name", "enum value"];

/// What stands in a section that has nothing to list.
pub(super) const NONE: &[&str] = &["none", "n/a", "na", "-", "not applicable"];

/// Phrases before the values that a property can have.
pub(super) const VALUES_PHRASES: Phrases = Phrases {
    rare: &["value", "one of"],
    all: &[
        "possible values",
        "possible value",
        "allowed values",
        "allowed value",
        "supported values",
        "valid values",
        "acceptable values",
        "accepted values",
        "the values are",
        "the value can be",
        "can be one of",
        "must be one of",
        "is one of",
        "one of the following",
        "the following values",
    ],
};

/// Words before a colon behind which code is listed that is no list of values.
pub(super) const NO_VALUES_WORDS: &[&str] = &[
    "example",
    "e.g",
    "such as",
    "filter",
    "operator",
    "supports:",
    "format",
    "syntax",
    "query",
    "propert",
];

/// Phrases before the base type.
pub(super) const INHERITS_PHRASES: Phrases = Phrases {
    rare: &["from", "subtype of", "extends the"],
    all: &[
        "inherits from",
        "inherited from",
        "derived from",
        "derives from",
        "inherits all properties from",
        "is a subtype of",
        "extends the",
    ],
};

/// Phrases before the base type in paragraphs. In the description of a property they speak of its value.
pub(super) const BASE_PHRASES: Phrases = Phrases {
    rare: &["subclass", "subtype", "derived type", "derivative"],
    all: &[
        "subclass of",
        "subclass from",
        "subtype of",
        "derived type of",
        "derivative of",
    ],
};

/// How sentences outside of an introduction start that are about the page's own type.
pub(super) const OWN_SUBJECTS: &[&str] = &[
    "this resource",
    "this type",
    "this entity",
    "following properties are inherited",
    "properties inherited",
];

/// What texts say of types whose instances have members beside the described ones.
pub(super) const OPEN_PHRASES: &[&str] = &[
    "additional custom properties",
    "additional properties may be present",
];

/// Phrases before the derived types.
pub(super) const DERIVED_PHRASES: Phrases = Phrases {
    rare: &[
        "derived types",
        "inherited by",
        "base type",
        "base class",
        "superclass",
    ],
    all: &[
        "derived types are",
        "derived types include",
        "derived types:",
        "inherited by",
        "base type for",
        "base type of",
        "base class for",
        "base class of",
        "superclass of",
        "superclass for",
    ],
};

/// Words that stand between such a phrase and examples of derived types.
pub(super) const DERIVED_EXAMPLES: Phrases = Phrases {
    rare: &["for example", "such as", "which can be"],
    all: &["for example", "such as", "which can be"],
};

/// Phrases behind the derived types.
pub(super) const DERIVED_BEFORE_PHRASES: Phrases = Phrases {
    rare: &["from this", "of this"],
    all: &[
        "inherit from this",
        "derive from this",
        "derived from this",
        "subclasses of this",
        "subtypes of this",
    ],
};

/// Words of a sentence that ends with a colon and announces a list of derived types.
pub(super) const DERIVED_LIST_WORDS: &[&str] = &[
    "derived types",
    "derived resources",
    "subclasses",
    "subtypes",
];

/// Phrases before the members of an enumeration that are sent only to clients that ask for them.
pub(super) const EVOLVABLE_PHRASES: Phrases = Phrases {
    rare: &["evolvable enum"],
    all: &["evolvable enum", "evolvable enumeration"],
};
