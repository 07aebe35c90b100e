//! From a page's blocks to claims: which types the page describes, and which of its tables, blocks and sentences
//! belong to which of them.

use std::sync::Arc;

use super::annotation::{self, Annotation, BlockType};
use super::columns::{MemberColumns, PropertyColumns};
use super::heading::{self, Section};
use super::json_shape::JsonShape;
use super::table::{Kind, TableReport, TableUse, classify};
use super::title::{self, Title};
use super::{
    Form, JsonClaim, MemberClaim, NameClaim, PageClaims, PropertyClaim, TypeClaim, TypeWord, prose,
    row, type_cell,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::page::json::{Json, JsonValue};
use crate::page::{Block, Code as CodeBlock, Inline, Page, Table};
use crate::schema::Evidence;
use crate::source::Place;

/// Front matter keys of the product, the current one first.
const AREA_KEYS: [&str; 3] = ["ms.subservice", "ms.prod", "ms.service"];

pub(super) fn read(version: Arc<str>, page: &Page) -> PageClaims {
    let mut reader = Reader {
        page,
        facts: Facts::default(),
        diagnostics: Vec::new(),
        tables: Vec::new(),
    };
    reader.walk();
    let types = reader.subjects();
    let path = page.inputs.first().cloned().unwrap_or_else(|| "".into());
    let mut diagnostics = page.diagnostics.clone();
    diagnostics.append(&mut reader.diagnostics);
    PageClaims {
        path,
        version,
        area: AREA_KEYS
            .iter()
            .find_map(|key| page.front_matter.get(key))
            .map(str::to_owned),
        types,
        tables: reader.tables,
        diagnostics,
    }
}

/// What a page holds, before it is clear which type it belongs to.
#[derive(Default)]
struct Facts {
    title: Option<(Title, Place)>,
    namespace: Option<(String, Place)>,
    description: Option<String>,
    bases: Vec<NameClaim>,
    derived: Vec<NameClaim>,
    open: bool,
    is_abstract: bool,
    deprecated: bool,
    flags: bool,
    blocks: Vec<Shown>,
    properties: Vec<PropertyTable>,
    members: Vec<MemberTable>,
}

/// A JSON block that shows a type.
struct Shown {
    annotation: Annotation,
    place: Place,
    members: Vec<JsonClaim>,
}

/// A property table, read.
struct PropertyTable {
    of: Option<String>,
    rows: Vec<PropertyClaim>,
    report: usize,
}

/// A member table, read.
struct MemberTable {
    of: Option<String>,
    heading: String,
    place: Place,
    flags: bool,
    rows: Vec<MemberClaim>,
    report: usize,
}

struct Reader<'a> {
    page: &'a Page,
    facts: Facts,
    diagnostics: Vec<Diagnostic>,
    tables: Vec<TableReport>,
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
                        annotation = annotation::read(comment, &mut self.diagnostics)
                            .map(|annotation| (annotation, comment.place.clone()));
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
                Block::Paragraph(text) => {
                    annotation = None;
                    let intro = headings.len() <= 1
                        && text.place.file == *page.inputs.first().unwrap_or(&text.place.file);
                    self.sentence(text, intro);
                }
                Block::Note(text) => {
                    annotation = None;
                    self.facts.flags |= prose::says_flags(&text.text);
                    let name = self
                        .facts
                        .title
                        .as_ref()
                        .map_or("", |(title, _)| title.name.as_str());
                    self.facts.deprecated |=
                        headings.len() <= 1 && prose::deprecates_type(&text.text, name);
                }
            }
        }
    }

    /// A paragraph: namespace, inheritance, openness, abstractness; the first one is the description.
    fn sentence(&mut self, text: &Inline, intro: bool) {
        if let Some(namespace) = namespace(&text.text) {
            self.facts
                .namespace
                .get_or_insert((namespace, text.place.clone()));
            return;
        }
        if !intro {
            return;
        }
        if let Some(word) = prose::inherits_from(text) {
            self.facts.bases.push(NameClaim {
                word,
                evidence: Evidence::Prose,
                place: text.place.clone(),
            });
        }
        self.facts.is_abstract |= prose::says_abstract(&text.text);
        self.facts.open |= prose::says_open(&text.text);
        self.facts.flags |= prose::says_flags(&text.text);
        if self.facts.description.is_none() {
            self.facts.description = Some(text.markdown()).filter(|text| !text.is_empty());
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
            Ok(json) => members(&json),
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

    fn table(&mut self, table: &Table, sections: &[Option<Section>], heading: &str) {
        let report = self.tables.len();
        match classify(table, sections) {
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
                    let fate = row::property(line, columns, navigation)
                        .keep(&mut rows, &mut self.diagnostics);
                    tally.count(fate, line.lines);
                }
                self.tables.push(tally);
                self.facts
                    .properties
                    .push(PropertyTable { of, rows, report });
            }
            Kind::Members { of, flags } => {
                let mut tally = TableReport::new(table, heading, TableUse::Members);
                let columns = MemberColumns::of(table);
                let mut rows = Vec::new();
                for line in &table.rows {
                    let fate = row::member(line, columns).keep(&mut rows, &mut self.diagnostics);
                    tally.count(fate, line.lines);
                }
                self.tables.push(tally);
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
                self.tables
                    .push(tally.all_set_aside(table, "derived types"));
            }
            Kind::Methods => {
                let tally = TableReport::new(table, heading, TableUse::Methods);
                self.tables.push(tally.all_set_aside(table, "methods"));
            }
            Kind::Other => {
                let tally = TableReport::new(table, heading, TableUse::Other);
                self.tables
                    .push(tally.all_set_aside(table, "not about properties or members"));
            }
        }
    }

    /// The types that the page describes, each with what is said of it.
    fn subjects(&mut self) -> Vec<TypeClaim> {
        let facts = std::mem::take(&mut self.facts);
        let mut types = self.structural(&facts);
        self.assign_rows(&mut types, facts.properties);
        let enumerations = self.enumerations(&types, &facts.title, facts.members, facts.flags);
        types.extend(enumerations);
        // What the introduction says, it says of the type that the page is named after.
        let main = match &facts.title {
            Some((title, _)) => types
                .iter()
                .position(|ty| ty.name.eq_ignore_ascii_case(&title.name)),
            None => None,
        };
        if let Some(ty) = types.get_mut(main.unwrap_or(0)) {
            ty.bases.extend(facts.bases);
            ty.derived.extend(facts.derived);
            ty.is_abstract |= facts.is_abstract;
            ty.deprecated |= facts.deprecated;
            if facts.open && ty.open.is_none() {
                ty.open = Some(true);
            }
            if let Some((title, _)) = &facts.title {
                ty.kind = ty.kind.or(title.kind);
                ty.deprecated |= title.deprecated;
            }
            ty.description = facts.description;
        }
        if let Some((namespace, place)) = facts.namespace {
            for ty in &mut types {
                match &ty.namespace {
                    Some(stated) if !stated.eq_ignore_ascii_case(&namespace) => self.diagnostics.push(
                        Diagnostic::new(
                            Code::NamespaceConflict,
                            place.clone(),
                            format!("the page says `{namespace}`, the annotation of `{}` says `{stated}`", ty.name),
                        )
                        .against(ty.place.clone())
                        .hint("make both the same"),
                    ),
                    Some(_) => {}
                    None => ty.namespace = Some(namespace.clone()),
                }
            }
        }
        types
    }

    /// The structural types: one for each type that JSON blocks show, else the one that the title names.
    fn structural(&mut self, facts: &Facts) -> Vec<TypeClaim> {
        let mut types: Vec<TypeClaim> = Vec::new();
        for shown in &facts.blocks {
            let annotation = &shown.annotation;
            let named = annotation.type_name.as_deref().map(split_qualified);
            let (namespace, name, evidence, case_unknown) = match (named, &facts.title) {
                (Some((namespace, name)), _) => (namespace, name, Evidence::Annotation, false),
                (None, Some((title, _))) if title.form == Form::Structural => {
                    if annotation.block_type.is_some() {
                        self.diagnostics.push(
                            Diagnostic::new(
                                Code::AnnotationWithoutType,
                                shown.place.clone(),
                                format!(
                                    "the annotation names no type; the title's `{}` was taken",
                                    title.name
                                ),
                            )
                            .hint("add `\"@odata.type\"` with the qualified name"),
                        );
                    }
                    (
                        None,
                        title.name.as_str(),
                        Evidence::Prose,
                        title.case_unknown,
                    )
                }
                (None, _) => {
                    if annotation.block_type.is_some() {
                        self.diagnostics.push(
                            Diagnostic::new(
                                Code::AnnotationWithoutType,
                                shown.place.clone(),
                                "neither the annotation nor the title names a type; the block was not used",
                            )
                            .hint("add `\"@odata.type\"` with the qualified name"),
                        );
                    }
                    continue;
                }
            };
            let index = match types
                .iter()
                .position(|ty| ty.name.eq_ignore_ascii_case(name))
            {
                Some(index) => index,
                None => {
                    let mut ty = TypeClaim::new(
                        name.to_owned(),
                        evidence,
                        shown.place.clone(),
                        Form::Structural,
                    );
                    ty.namespace = namespace.map(str::to_owned);
                    ty.case_unknown = case_unknown;
                    types.push(ty);
                    types.len() - 1
                }
            };
            annotate(&mut types[index], shown);
        }
        if let Some((title, place)) = &facts.title {
            match types.as_slice() {
                [] if title.form == Form::Structural => {
                    let mut ty = TypeClaim::new(
                        title.name.clone(),
                        Evidence::Prose,
                        place.clone(),
                        Form::Structural,
                    );
                    ty.case_unknown = title.case_unknown;
                    types.push(ty);
                }
                [only]
                    if title.form == Form::Structural
                        && !only.name.eq_ignore_ascii_case(&title.name) =>
                {
                    self.diagnostics.push(
                        Diagnostic::new(
                            Code::TitleConflict,
                            place.clone(),
                            format!(
                                "the title names `{}`, the annotation `{}`",
                                title.name, only.name
                            ),
                        )
                        .against(only.place.clone())
                        .hint("make both the same"),
                    );
                }
                _ => {}
            }
        }
        types
    }

    /// Gives each property table to a type: the one that its heading names, else the one whose JSON block shares most
    /// names with it.
    fn assign_rows(&mut self, types: &mut [TypeClaim], tables: Vec<PropertyTable>) {
        for table in tables {
            let named = table
                .of
                .as_deref()
                .and_then(|of| types.iter().position(|ty| ty.name.eq_ignore_ascii_case(of)));
            let shared = |ty: &TypeClaim| {
                table
                    .rows
                    .iter()
                    .filter(|row| {
                        ty.json
                            .iter()
                            .any(|json| json.name.eq_ignore_ascii_case(&row.name))
                    })
                    .count()
            };
            let best = named.or_else(|| {
                let structural = types
                    .iter()
                    .enumerate()
                    .filter(|(_, ty)| ty.form == Form::Structural);
                structural
                    .rev()
                    .max_by_key(|(_, ty)| shared(ty))
                    .map(|(index, _)| index)
            });
            let report = &mut self.tables[table.report];
            match best {
                Some(index) => {
                    report.subject = Some(types[index].name.clone());
                    types[index].rows.extend(table.rows);
                }
                None if table.rows.is_empty() => {}
                None => {
                    report.diagnosed += std::mem::take(&mut report.used);
                    self.diagnostics.push(without_type(report));
                }
            }
        }
    }

    /// The enumerations: one for each name that headings over member tables give, and the page's own.
    fn enumerations(
        &mut self,
        structural: &[TypeClaim],
        title: &Option<(Title, Place)>,
        tables: Vec<MemberTable>,
        says_flags: bool,
    ) -> Vec<TypeClaim> {
        let mut types: Vec<TypeClaim> = Vec::new();
        if let Some((title, place)) = title
            && title.form == Form::Enumeration
        {
            let mut ty = TypeClaim::new(
                title.name.clone(),
                Evidence::Prose,
                place.clone(),
                Form::Enumeration,
            );
            ty.case_unknown = title.case_unknown;
            ty.flags = says_flags;
            types.push(ty);
        }
        for table in tables {
            let report = &mut self.tables[table.report];
            let (name, case_unknown) = match (&table.of, types.first()) {
                (Some(slug), _) => {
                    let spelled = title::spelling(&table.heading, slug)
                        .or_else(|| spelled_in_cells(structural, slug));
                    (
                        title::lower_camel(spelled.unwrap_or(slug)),
                        spelled.is_none(),
                    )
                }
                (None, Some(own)) => (own.name.clone(), own.case_unknown),
                (None, None) => {
                    if !table.rows.is_empty() {
                        report.diagnosed += std::mem::take(&mut report.used);
                        self.diagnostics.push(without_type(report));
                    }
                    continue;
                }
            };
            report.subject = Some(name.clone());
            let index = match types
                .iter()
                .position(|ty| ty.name.eq_ignore_ascii_case(&name))
            {
                Some(index) => index,
                None => {
                    let mut ty = TypeClaim::new(
                        name,
                        Evidence::Prose,
                        table.place.clone(),
                        Form::Enumeration,
                    );
                    ty.case_unknown = case_unknown;
                    types.push(ty);
                    types.len() - 1
                }
            };
            types[index].flags |= table.flags;
            types[index].members.extend(table.rows);
        }
        types
    }
}

/// Takes what an annotation and its block say over into a type.
fn annotate(ty: &mut TypeClaim, shown: &Shown) {
    let annotation = &shown.annotation;
    if let Some(base) = &annotation.base {
        let word = TypeWord {
            text: base.clone(),
            target: None,
        };
        ty.bases.push(NameClaim {
            word,
            evidence: Evidence::Annotation,
            place: shown.place.clone(),
        });
    }
    ty.open = annotation.open.or(ty.open);
    ty.is_abstract |= annotation.is_abstract == Some(true);
    if let Some(key) = &annotation.key
        && !ty.key.contains(key)
    {
        ty.key.push(key.clone());
    }
    for member in &shown.members {
        if !ty.json.iter().any(|known| known.name == member.name) {
            ty.json.push(member.clone());
        }
    }
}

/// The members of an object, or of the first object of an array, that are not control information.
fn members(json: &Json) -> Vec<JsonClaim> {
    let object = match &json.value {
        JsonValue::Array(items) => items.first(),
        _ => Some(json),
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

/// The namespace of a line such as `Namespace: microsoft.graph`; in other languages the label differs and the colon
/// may be a wide one.
fn namespace(text: &str) -> Option<String> {
    let (label, rest) = text.split_once([':', '：'])?;
    let mut words = rest.split_whitespace();
    let name = words.next()?.trim_end_matches('.');
    let is_label = label.chars().count() <= 24 && label.split_whitespace().count() <= 2;
    (is_label && words.next().is_none() && name.contains('.') && type_cell::is_type_name(name))
        .then(|| name.to_owned())
}

fn split_qualified(name: &str) -> (Option<&str>, &str) {
    match name.rsplit_once('.') {
        Some((namespace, short)) => (Some(namespace), short),
        None => (None, name),
    }
}

/// How the page's own type cells spell a name of which only the lower-case form is known.
fn spelled_in_cells<'a>(types: &'a [TypeClaim], lower: &str) -> Option<&'a str> {
    types
        .iter()
        .flat_map(|ty| &ty.rows)
        .filter_map(|row| row.ty.as_ref())
        .flat_map(|cell| &cell.words)
        .map(|word| word.text.rsplit('.').next().unwrap_or(&word.text))
        .find(|text| text.eq_ignore_ascii_case(lower))
}

fn without_type(report: &TableReport) -> Diagnostic {
    Diagnostic::new(
        Code::TableWithoutType,
        report.place.clone(),
        format!(
            "{} rows of {}, and nothing on the page names their type",
            report.diagnosed,
            report.taken_for.name()
        ),
    )
    .hint("give the page a title such as `x resource type`, or its JSON block an annotation")
}

#[cfg(test)]
mod tests;
