//! What a page holds, block by block: its tables read row by row, its JSON blocks, its sentences.

use super::annotation::{self, About, Annotation, BlockType};
use super::columns::{MemberColumns, PropertyColumns};
use super::heading::{self, Section};
use super::json_shape::JsonShape;
use super::table::{Kind, TableReport, TableUse, classify, is_recognised};
use super::title::{self, Title};
use super::words::Words;
use super::{
    JsonClaim, MemberClaim, NameClaim, PropertyClaim, TypeWord, inheritance, json_repeated,
    member_numbers, namespace, prose, row, type_cell,
};
use crate::diagnostic::{Code, Diagnostic, Suppression};
use crate::page::json::{Json, JsonValue};
use crate::page::{Block, Code as CodeBlock, Inline, Page, Table};
use crate::schema::Evidence;
use crate::source::Place;

/// Reads all blocks of a page.
pub(super) fn read(page: &Page, words: Words, diagnostics: &mut Vec<Diagnostic>) -> Facts {
    let mut reader = Reader {
        page,
        words,
        facts: Facts::default(),
        recognised: false,
        lists_derived: false,
        diagnostics,
    };
    reader.walk();
    reader.facts
}

/// What a page holds, before it is clear which type it belongs to.
#[derive(Default)]
pub(super) struct Facts {
    pub(super) title: Option<(Title, Place)>,
    pub(super) namespace: Option<(String, Place)>,
    pub(super) description: Option<String>,
    pub(super) bases: Vec<NameClaim>,
    pub(super) derived: Vec<NameClaim>,
    pub(super) open: bool,
    pub(super) is_abstract: bool,
    pub(super) has_methods: bool,
    pub(super) deprecated: bool,
    pub(super) flags: bool,
    pub(super) blocks: Vec<Shown>,
    pub(super) properties: Vec<PropertyTable>,
    pub(super) members: Vec<MemberTable>,
    /// What became of every table.
    pub(super) tables: Vec<TableReport>,
    /// What the page asks not to be told of it.
    pub(super) suppressions: Vec<Suppression>,
}

/// A JSON block that shows a type.
pub(super) struct Shown {
    pub(super) annotation: Annotation,
    pub(super) place: Place,
    pub(super) members: Vec<JsonClaim>,
}

/// A property table, read.
pub(super) struct PropertyTable {
    pub(super) of: Option<String>,
    pub(super) rows: Vec<PropertyClaim>,
    pub(super) report: usize,
    /// Whether its own heading calls it a table of properties or relationships.
    pub(super) headed: bool,
}

/// A member table, read.
pub(super) struct MemberTable {
    pub(super) of: Option<String>,
    pub(super) heading: String,
    pub(super) place: Place,
    pub(super) flags: bool,
    pub(super) rows: Vec<MemberClaim>,
    pub(super) report: usize,
}

struct Reader<'a> {
    page: &'a Page,
    words: Words,
    facts: Facts,
    /// Whether a table of the section was recognised by its header.
    recognised: bool,
    /// Whether a sentence announced derived types and only items of a list came since.
    lists_derived: bool,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Reader<'_> {
    fn walk(&mut self) {
        let page = self.page;
        let mut headings: Vec<(u8, Option<Section>, &Inline)> = Vec::new();
        let mut annotation: Option<(Annotation, Place)> = None;
        for block in &page.blocks {
            match block {
                Block::Heading(heading) => {
                    if self.facts.title.is_none()
                        && heading.level == 1
                        && let Some(title) = title::read(heading)
                    {
                        self.facts.title = Some((title, heading.inline.place.clone()));
                    }
                    self.recognised = false;
                    headings.retain(|(level, ..)| *level < heading.level);
                    headings.push((
                        heading.level,
                        heading::section(&heading::slug(heading)),
                        &heading.inline,
                    ));
                    annotation = None;
                }
                Block::Comment(comment) => {
                    if annotation::is_json(comment) {
                        annotation = match annotation::read(comment, self.diagnostics) {
                            Some(About::Block(annotation)) => {
                                Some((annotation, comment.place.clone()))
                            }
                            Some(About::Page(suppressions)) => {
                                self.facts.suppressions.extend(suppressions);
                                None
                            }
                            None => None,
                        };
                    }
                }
                Block::Code(code) => {
                    let under_json = headings
                        .iter()
                        .any(|(_, section, _)| *section == Some(Section::Json));
                    self.code(code, annotation.take(), under_json);
                }
                Block::Table(table) => {
                    annotation = None;
                    let sections: Vec<Option<Section>> = headings
                        .iter()
                        .rev()
                        .map(|(_, section, _)| section.clone())
                        .collect();
                    let heading = headings
                        .last()
                        .map_or("", |(_, _, inline)| inline.text.as_str());
                    self.table(table, &sections, heading);
                }
                Block::Paragraph(text) | Block::Item(text) => {
                    annotation = None;
                    let is_item = matches!(block, Block::Item(_));
                    self.lists_derived &= is_item;
                    if self.lists_derived {
                        let word = inheritance::listed(text);
                        self.facts
                            .derived
                            .extend(word.map(|word| stated(word, text)));
                        continue;
                    }
                    let intro = headings.len() <= 1
                        && text.place.file == *page.inputs.first().unwrap_or(&text.place.file);
                    self.sentence(text, intro);
                }
                Block::Note(text) => {
                    annotation = None;
                    let text = self.words.prose(text);
                    self.facts.flags |= prose::says_flags(&text.text);
                    self.facts.deprecated |=
                        headings.len() <= 1 && prose::deprecates_type(&text.text, self.name());
                }
            }
        }
    }

    /// The name in the page's title.
    fn name(&self) -> &str {
        let title = self.facts.title.as_ref();
        title.map_or("", |(title, _)| title.name.as_str())
    }

    /// A paragraph: namespace, inheritance, openness, abstractness; the first one is the description.
    fn sentence(&mut self, text: &Inline, intro: bool) {
        if let Some(namespace) = namespace::stated(&text.text) {
            match namespace::reserved(&namespace, &text.place) {
                Some(told) => self.diagnostics.push(told),
                None => {
                    let place = text.place.clone();
                    self.facts.namespace.get_or_insert((namespace, place));
                }
            }
            return;
        }
        let written = text;
        let text = &*self.words.prose(text);
        let name = self.name();
        let base = inheritance::base(text, intro, name).map(|word| stated(word, text));
        self.facts.bases.extend(base);
        self.facts.open |= prose::says_open(text);
        if !intro {
            return;
        }
        let derived = inheritance::derived(text).into_iter();
        self.facts
            .derived
            .extend(derived.map(|word| stated(word, text)));
        self.lists_derived = inheritance::announces_derived(text);
        self.facts.is_abstract |= prose::says_abstract(&text.text);
        self.facts.flags |= prose::says_flags(&text.text);
        if self.facts.description.is_none() {
            self.facts.description = Some(written.markdown()).filter(|text| !text.is_empty());
        }
    }

    fn code(
        &mut self,
        code: &CodeBlock,
        annotation: Option<(Annotation, Place)>,
        under_json: bool,
    ) {
        let annotated = annotation.is_some();
        let (annotation, place) =
            annotation.unwrap_or_else(|| (Annotation::default(), code.place.clone()));
        let shows = match annotation.block_type {
            Some(BlockType::Resource) => true,
            Some(_) => false,
            None if annotated => {
                annotation.type_name.is_some() && matches!(code.language.as_str(), "json" | "")
            }
            None => under_json && matches!(code.language.as_str(), "json" | ""),
        };
        if !shows {
            return;
        }
        let members = match Json::parse(&code.text, &code.place) {
            Ok(json) => {
                json_repeated::check(&json, self.diagnostics);
                members(&json)
            }
            // Of a block that never ends nothing else is to be told.
            Err(_) if self.is_unclosed(code) => Vec::new(),
            Err(error) => {
                self.diagnostics.push(
                    Diagnostic::new(
                        Code::JsonMalformed,
                        error.place,
                        format!("the JSON block cannot be read: {}", error.message),
                    )
                    .hint("JSON with comments and trailing commas is fine; `...` and open brackets are not"),
                );
                Vec::new()
            }
        };
        self.facts.blocks.push(Shown {
            annotation,
            place,
            members,
        });
    }

    /// Whether a code block never ends, which was told where the page was read.
    fn is_unclosed(&self, code: &CodeBlock) -> bool {
        let mut told = self.page.diagnostics.iter();
        told.any(|told| {
            told.code == Code::CodeUnclosed
                && told.place.file == code.place.file
                && told.place.line + 1 == code.place.line
        })
    }

    fn table(&mut self, table: &Table, sections: &[Option<Section>], heading: &str) {
        let report = self.facts.tables.len();
        match classify(table, sections, self.recognised) {
            Kind::Properties { of, navigation } => {
                let taken_for = if navigation {
                    TableUse::Relationships
                } else {
                    TableUse::Properties
                };
                let mut tally = TableReport::new(table, heading, taken_for);
                let columns = PropertyColumns::of(table);
                let mut rows = Vec::new();
                for line in &table.rows {
                    let fate = row::property(line, columns, navigation, self.words)
                        .keep(&mut rows, self.diagnostics);
                    tally.count(fate, line.lines);
                }
                self.facts.tables.push(tally);
                self.recognised |= is_recognised(table);
                let headed = matches!(
                    sections.first(),
                    Some(Some(Section::Properties(_) | Section::Relationships))
                );
                self.facts.properties.push(PropertyTable {
                    of,
                    rows,
                    report,
                    headed,
                });
            }
            Kind::Members { of, flags } => {
                let mut tally = TableReport::new(table, heading, TableUse::Members);
                let columns = MemberColumns::of(table);
                let mut rows = Vec::new();
                for line in &table.rows {
                    let fate =
                        row::member(line, columns, self.words).keep(&mut rows, self.diagnostics);
                    tally.count(fate, line.lines);
                }
                member_numbers::check(table, columns, &rows, self.diagnostics);
                self.facts.tables.push(tally);
                let (heading, place) = (heading.to_owned(), table.place.clone());
                self.facts.members.push(MemberTable {
                    of,
                    heading,
                    place,
                    flags,
                    rows,
                    report,
                });
            }
            Kind::DerivedTypes => {
                for row in &table.rows {
                    let Some(word) = row
                        .cell(0)
                        .and_then(type_cell::read)
                        .and_then(|cell| cell.words.into_iter().next())
                    else {
                        continue;
                    };
                    let place = row.place.clone();
                    self.facts.derived.push(NameClaim {
                        word,
                        evidence: Evidence::Table,
                        place,
                    });
                }
                let tally = TableReport::new(table, heading, TableUse::DerivedTypes);
                self.facts
                    .tables
                    .push(tally.all_set_aside(table, "derived types"));
            }
            Kind::Methods => {
                self.facts.has_methods |= !table.rows.is_empty();
                let tally = TableReport::new(table, heading, TableUse::Methods);
                self.facts
                    .tables
                    .push(tally.all_set_aside(table, "methods"));
            }
            Kind::Other => {
                let tally = TableReport::new(table, heading, TableUse::Other);
                self.facts
                    .tables
                    .push(tally.all_set_aside(table, "not about properties or members"));
            }
        }
    }
}

/// A name that a sentence states.
fn stated(word: TypeWord, text: &Inline) -> NameClaim {
    NameClaim {
        word,
        evidence: Evidence::Prose,
        place: text.place.clone(),
    }
}

/// The members of an object, or of the first object of an array, that are not control information. A block that is a
/// whole answer shows the object in its member `value`, beside the context (OData JSON 4.01, section 13).
fn members(json: &Json) -> Vec<JsonClaim> {
    let is_answer = json.get("@odata.context").is_some()
        && json
            .members()
            .iter()
            .all(|member| member.name == "value" || member.name.contains('@'));
    let value = json.get("value").filter(|value| {
        is_answer && matches!(value.value, JsonValue::Array(_) | JsonValue::Object(_))
    });
    let shown = value.unwrap_or(json);
    let object = match &shown.value {
        JsonValue::Array(items) => items.first(),
        _ => Some(shown),
    };
    object
        .map_or(&[][..], Json::members)
        .iter()
        .filter(|member| row::is_identifier(&member.name))
        .map(|member| JsonClaim {
            name: member.name.clone(),
            place: member.place.clone(),
            shape: JsonShape::of(&member.value),
        })
        .collect()
}
