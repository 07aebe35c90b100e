//! What one page says, each statement with its place and its kind of evidence, nothing decided yet.
//!
//! This room knows the habits of the docs: which headings, tables, comments and sentences say what. It sees one page
//! at a time; what other pages say is the business of [`schema`](crate::schema).

mod aligned;
mod annotation;
mod columns;
mod english;
mod facts;
mod heading;
mod inheritance;
mod json_repeated;
mod json_shape;
mod member_numbers;
mod namespace;
mod operations;
mod phrases;
mod prose;
mod row;
mod settle;
mod spoken;
mod subject;
mod suppression;
mod table;
mod title;
mod type_cell;
mod values;
mod words;

use std::sync::Arc;

pub use self::annotation::{Annotation, BlockType};
pub(crate) use self::english::English;
pub(crate) use self::json_shape::primitive;
pub use self::json_shape::{JsonItem, JsonShape};
pub(crate) use self::namespace::stated as stated_namespace;
pub(crate) use self::settle::settle;
pub(crate) use self::spoken::Spoken;
pub use self::table::{RowFate, TableReport, TableUse};
pub(crate) use self::title::camel_words;
pub(crate) use self::type_cell::is_type_name;
pub use self::type_cell::{TypeCell, TypeWord};
use self::words::Words;
use crate::diagnostic::{Diagnostic, Suppression};
use crate::page::Page;
use crate::schema::{Evidence, PropertyTraits};
use crate::source::Place;

/// What a page says of the types that it describes.
///
/// ```
/// use typedown::claims::PageClaims;
/// use typedown::page::Page;
/// use typedown::source::MemoryFiles;
///
/// let files = MemoryFiles::new([(
///     "beta/resources/toneinfo.md",
///     "# toneInfo resource type\n\n## Properties\n\n|Property|Type|\n|:--|:--|\n|sequenceId|Int64|\n",
/// )]);
/// let page = Page::read(&files, "beta/resources/toneinfo.md".into());
/// let claims = PageClaims::read("beta".into(), &page);
/// assert_eq!(claims.types[0].name, "toneInfo");
/// assert_eq!(claims.types[0].rows[0].name, "sequenceId");
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct PageClaims {
    /// The page.
    pub path: Arc<str>,
    /// The version that it belongs to.
    pub version: Arc<str>,
    /// The product that it belongs to.
    pub area: Option<String>,
    /// The types that it describes.
    pub types: Vec<TypeClaim>,
    /// On a page that describes no type itself, an overview: the types that the operations in its tables return.
    pub returned: Vec<NameClaim>,
    /// What became of each of its tables.
    pub tables: Vec<TableReport>,
    /// What it says that cannot be used, or only in part.
    pub diagnostics: Vec<Diagnostic>,
    /// What its writers ask not to be told of it.
    pub suppressions: Vec<Suppression>,
    /// The words of a translated page.
    pub(crate) spoken: Option<Spoken>,
}

impl PageClaims {
    /// Whether the page is a translation, so that other pages help to [settle] what it says.
    pub(crate) fn is_translated(&self) -> bool {
        self.spoken.is_some()
    }

    /// Reads what a page says, with the lexicon of its language, if there is one.
    #[must_use]
    pub fn read(version: Arc<str>, page: &Page) -> Self {
        Self::read_beside(version, page, true, None)
    }

    /// Reads what a page says without a lexicon: in other languages than English by structure alone.
    #[must_use]
    pub fn read_structure(version: Arc<str>, page: &Page) -> Self {
        Self::read_beside(version, page, false, None)
    }

    /// Reads what a page says, with or without a lexicon, and beside its English page if there is one.
    pub(crate) fn read_beside(
        version: Arc<str>,
        page: &Page,
        with_lexicon: bool,
        english: Option<English<'_>>,
    ) -> Self {
        let lexicon = crate::lexicon::of(page).filter(|_| with_lexicon);
        let words = Words::new(page, lexicon);
        let english = english.filter(|_| words.translated);
        let mut claims = match lexicon {
            Some(lexicon) => subject::read(version, &lexicon.structured(page), words, english),
            None => subject::read(version, page, words, english),
        };
        claims.shrink();
        claims
    }

    /// Gives back the room for more that lists grow by: the claims of all pages are in memory at the same time.
    fn shrink(&mut self) {
        self.types.shrink_to_fit();
        self.tables.shrink_to_fit();
        self.diagnostics.shrink_to_fit();
        for ty in &mut self.types {
            ty.rows.shrink_to_fit();
            ty.json.shrink_to_fit();
            ty.members.shrink_to_fit();
            for row in &mut ty.rows {
                row.values.shrink_to_fit();
                if let Some(description) = &mut row.description {
                    description.shrink_to_fit();
                }
                if let Some(cell) = &mut row.ty {
                    cell.words.shrink_to_fit();
                }
            }
        }
    }
}

/// What a page says of one type.
#[derive(Clone, Debug, PartialEq)]
pub struct TypeClaim {
    /// The namespace, if the page states one.
    pub namespace: Option<String>,
    /// The short name.
    pub name: String,
    /// Whether only the lower-case form of the name is known, as from a slug.
    pub case_unknown: bool,
    /// What names it: an annotation, or its title or a heading (prose).
    pub evidence: Evidence,
    /// Where what it is named by starts: an annotation, a title or a heading.
    pub place: Place,
    /// Where its name stands in that.
    pub name_place: Place,
    /// Structural type or enumeration.
    pub form: Form,
    /// The first paragraph about it, as Markdown.
    pub description: Option<String>,
    /// Whether the page calls it deprecated.
    pub deprecated: bool,
    /// The base types that the page names.
    pub bases: Vec<NameClaim>,
    /// The types that the page says derive from it.
    pub derived: Vec<NameClaim>,
    /// Whether the page says that it is open.
    pub open: Option<bool>,
    /// Whether the page says that it is abstract.
    pub is_abstract: bool,
    /// Whether an annotation calls it a media entity.
    pub has_stream: bool,
    /// Whether the page calls it a complex type, or an entity.
    pub kind: Option<crate::schema::StructuralKind>,
    /// The key property that the annotation states.
    pub key: Vec<String>,
    /// The properties that its annotation calls optional, navigation properties among them.
    pub optional: Vec<String>,
    /// Whether the page lists operations on it.
    pub has_methods: bool,
    /// The rows of its property and relationship tables.
    pub rows: Vec<PropertyClaim>,
    /// The members of its JSON blocks.
    pub json: Vec<JsonClaim>,
    /// The members of its enumeration tables.
    pub members: Vec<MemberClaim>,
    /// Whether a heading or sentence calls the enumeration flags.
    pub flags: bool,
}

impl TypeClaim {
    fn new(name: String, evidence: Evidence, place: Place, form: Form) -> Self {
        Self {
            namespace: None,
            name,
            case_unknown: false,
            evidence,
            name_place: place.clone(),
            place,
            form,
            description: None,
            deprecated: false,
            bases: Vec::new(),
            derived: Vec::new(),
            open: None,
            is_abstract: false,
            has_stream: false,
            kind: None,
            key: Vec::new(),
            optional: Vec::new(),
            has_methods: false,
            rows: Vec::new(),
            json: Vec::new(),
            members: Vec::new(),
            flags: false,
        }
    }

    /// Whether a title alone names the structural type, and nothing on the page belongs to it: most such pages are
    /// overviews.
    pub(crate) fn is_empty(&self) -> bool {
        self.form == Form::Structural
            && self.evidence == Evidence::Prose
            && self.rows.is_empty()
            && self.json.is_empty()
            && self.bases.is_empty()
            && self.derived.is_empty()
            && self.kind.is_none()
    }
}

/// The two forms of types on pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Form {
    /// An entity or complex type.
    Structural,
    /// An enumeration.
    Enumeration,
}

/// A name of another type, as the page writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameClaim {
    /// The name and the link under it.
    pub word: TypeWord,
    /// The kind of source.
    pub evidence: Evidence,
    /// Where it stands.
    pub place: Place,
}

/// A row of a property or relationship table.
#[derive(Clone, Debug, PartialEq)]
pub struct PropertyClaim {
    /// The name as the row spells it.
    pub name: String,
    /// Where the row starts.
    pub place: Place,
    /// How many lines of its table the row takes.
    pub(crate) lines: u32,
    /// Whether the name may be a translation: the page is one, and has this name nowhere else.
    pub(crate) doubtful: bool,
    /// The name that a translated page has in brackets behind the name.
    pub(crate) original: Option<String>,
    /// The type cell, if there is one that can be read.
    pub ty: Option<TypeCell>,
    /// Whether it stands in a table of relationships.
    pub navigation: bool,
    /// The description as Markdown.
    pub description: Option<String>,
    /// What the description says in fixed words.
    pub traits: PropertyTraits,
    /// The type that the row says it is inherited from.
    pub inherited_from: Option<TypeWord>,
    /// The values that the description calls possible.
    pub values: Vec<String>,
}

/// A member of the JSON block that shows a type.
#[derive(Clone, Debug, PartialEq)]
pub struct JsonClaim {
    /// The name; it is the one on the wire.
    pub name: String,
    /// Where it stands.
    pub place: Place,
    /// What its value shows.
    pub shape: JsonShape,
}

/// A row of an enumeration table.
#[derive(Clone, Debug, PartialEq)]
pub struct MemberClaim {
    /// The name.
    pub name: String,
    /// Where the row starts.
    pub place: Place,
    /// How many lines of its table the row takes.
    pub(crate) lines: u32,
    /// The number, if there is one.
    pub value: Option<i64>,
    /// The description as Markdown.
    pub description: Option<String>,
}
