//! From what a page holds to claims: which types it describes, and which of its tables, blocks and sentences belong to
//! which of them.

use std::cell::OnceCell;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::english::English;
use super::facts::{self, Facts, MemberTable, PropertyTable, Shown};
use super::settle::recount;
use super::table::TableReport;
use super::title::{self, Title};
use super::words::Words;
use super::{
    Form, NameClaim, PageClaims, PropertyClaim, Spoken, TypeClaim, TypeWord, aligned, operations,
    primitive,
};
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::page::Page;
use crate::schema::{Evidence, Primitive};
use crate::source::Place;

/// Front matter keys of the product, the current one first.
const AREA_KEYS: [&str; 3] = ["ms.subservice", "ms.prod", "ms.service"];

pub(super) fn read(
    version: Arc<str>,
    page: &Page,
    words: Words,
    english: Option<English<'_>>,
) -> PageClaims {
    let mut diagnostics = page.diagnostics.clone();
    let mut facts = facts::read(page, words, &mut diagnostics);
    let suppressions = std::mem::take(&mut facts.suppressions);
    let mut assembly = Assembly {
        diagnostics,
        tables: Vec::new(),
    };
    let path = page.inputs.first().cloned().unwrap_or_else(|| "".into());
    let annotated = |shown: &Shown| shown.annotation.type_name.is_some();
    if let Some((title, _)) = &mut facts.title
        && title.form == Form::Structural
        && !facts.blocks.iter().any(annotated)
        && let Some(name) = title::singular(&title.name, &path, facts.description.as_deref())
    {
        title.name = name;
    }
    let mut types = assembly.subjects(facts, words.translated, english);
    for ty in &mut types {
        if let Some(english) = english {
            english.complete(ty);
        }
    }
    PageClaims {
        path,
        version,
        area: AREA_KEYS
            .iter()
            .find_map(|key| page.front_matter.get(key))
            .map(str::to_owned),
        returned: if types.is_empty() {
            operations::returned(page)
        } else {
            Vec::new()
        },
        types,
        tables: assembly.tables,
        diagnostics: assembly.diagnostics,
        suppressions,
        spoken: words.translated.then(|| Spoken::read(page)),
    }
}

/// Puts claims together.
struct Assembly {
    diagnostics: Vec<Diagnostic>,
    tables: Vec<TableReport>,
}

impl Assembly {
    /// The types that the page describes, each with what is said of it.
    fn subjects(
        &mut self,
        mut facts: Facts,
        translated: bool,
        english: Option<English<'_>>,
    ) -> Vec<TypeClaim> {
        self.tables = std::mem::take(&mut facts.tables);
        let mut types = self.structural(&facts);
        self.assign_rows(&mut types, facts.properties);
        if translated {
            self.align_names(&mut types, english);
        }
        let enumerations = self.enumerations(&mut types, &facts.title, facts.members, facts.flags);
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
            ty.has_methods |= facts.has_methods;
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
                        .against(ty.name_place.clone())
                        .hint("make both the same")
                        .about(Subject::ty(&ty.name)),
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
        let mut types = ByName::default();
        // The names that blocks show of each type.
        let mut shown_names: HashSet<(usize, &str)> = HashSet::new();
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
            let index = types.find_or_add(name, || {
                let place = shown.place.clone();
                let mut ty = TypeClaim::new(name.to_owned(), evidence, place, Form::Structural);
                ty.namespace = namespace.map(str::to_owned);
                if let Some(place) = &annotation.type_place {
                    ty.name_place = place.clone();
                }
                ty.case_unknown = case_unknown;
                ty
            });
            let ty = &mut types.types[index];
            annotate(ty, shown);
            let members = shown.members.iter();
            let new = members.filter(|member| shown_names.insert((index, &*member.name)));
            ty.json.extend(new.cloned());
        }
        let mut types = types.types;
        for ty in &mut types {
            keep_first(&mut ty.key);
            keep_first(&mut ty.optional);
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
                        .against(only.name_place.clone())
                        .hint("make both the same")
                        .about(Subject::ty(&only.name)),
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
        let shown = OnceCell::new();
        let by_name = OnceCell::new();
        for table in tables {
            let named = table.of.as_deref().and_then(|of| {
                let by_name = by_name.get_or_init(|| positions(types));
                by_name.get(&of.to_ascii_lowercase()).copied()
            });
            let shared = OnceCell::new();
            let shared = |types: &[TypeClaim], index: usize| {
                let shown = shown.get_or_init(|| types_by_member(types));
                let shared = shared.get_or_init(|| shared_with(shown, &table.rows, types.len()));
                shared[index]
            };
            let structural = types
                .iter()
                .enumerate()
                .filter(|(_, ty)| ty.form == Form::Structural)
                .map(|(index, _)| index);
            let best = named.or_else(|| match structural.clone().count() {
                0 | 1 => structural.clone().next(),
                _ => structural.rev().max_by_key(|index| shared(types, *index)),
            });
            let report = &mut self.tables[table.report];
            match best {
                Some(index)
                    if !table.headed
                        && !types[index].json.is_empty()
                        && shared(types, index) == 0 =>
                {
                    // A heading of its own, and nothing in common with the type: it lists something else.
                    let rows = std::mem::take(&mut report.used);
                    report.set_aside += rows;
                    *report
                        .reasons
                        .entry("not about the page's type".into())
                        .or_default() += rows;
                }
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

    /// Finds out which names the rows of a translated page mean.
    fn align_names(&mut self, types: &mut [TypeClaim], english: Option<English<'_>>) {
        for ty in types {
            let other = english.and_then(|english| english.of(ty));
            for row in aligned::align(ty, other, &mut self.diagnostics) {
                recount(&mut self.tables, &row.place, row.lines);
            }
        }
    }

    /// The enumerations: one for each name that headings over member tables give, and the page's own.
    fn enumerations(
        &mut self,
        structural: &mut [TypeClaim],
        title: &Option<(Title, Place)>,
        tables: Vec<MemberTable>,
        says_flags: bool,
    ) -> Vec<TypeClaim> {
        let mut types = ByName::default();
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
            types.find_or_add(&title.name, || ty);
        }
        let cells = OnceCell::new();
        for table in tables {
            let report = &mut self.tables[table.report];
            let of_property = table.of.as_deref().and_then(|slug| {
                let cells = cells.get_or_init(|| Cells::of(structural));
                cells.properties.get(&slug.to_ascii_lowercase()).copied()
            });
            if let Some((index, row)) = of_property
                && is_text(&structural[index].rows[row])
            {
                // No type has this name: the table lists what the property may hold.
                let ty = &mut structural[index];
                report.subject = Some(ty.name.clone());
                let values = &mut ty.rows[row].values;
                let mut known: HashSet<String> = values.iter().cloned().collect();
                let names = table.rows.into_iter().map(|member| member.name);
                values.extend(names.filter(|name| known.insert(name.clone())));
                continue;
            }
            let first = types.types.first();
            let first = first.map(|own| (own.name.clone(), own.case_unknown));
            let (name, case_unknown) = match (&table.of, first) {
                (Some(slug), _) => {
                    let spelled = title::spelling(&table.heading, slug).or_else(|| {
                        let cells = cells.get_or_init(|| Cells::of(structural));
                        let names = &cells.names;
                        names.get(&slug.to_ascii_lowercase()).map(String::as_str)
                    });
                    (
                        title::lower_camel(spelled.unwrap_or(slug)),
                        spelled.is_none(),
                    )
                }
                (None, Some(own)) => own,
                (None, None) => {
                    if !table.rows.is_empty() {
                        report.diagnosed += std::mem::take(&mut report.used);
                        self.diagnostics.push(without_type(report));
                    }
                    continue;
                }
            };
            report.subject = Some(name.clone());
            let index = types.find_or_add(&name, || {
                let place = table.place.clone();
                let mut ty =
                    TypeClaim::new(name.clone(), Evidence::Prose, place, Form::Enumeration);
                ty.case_unknown = case_unknown;
                ty
            });
            let ty = &mut types.types[index];
            ty.flags |= table.flags;
            ty.members.extend(table.rows);
        }
        types.types
    }
}

/// What the cells of a page's types say of names, by names in lower case.
struct Cells {
    /// The properties that a heading over a member table may be named after, by the positions of type and row: the cell
    /// names a type of another name.
    properties: HashMap<String, (usize, usize)>,
    /// How cells spell the names of types.
    names: HashMap<String, String>,
}

impl Cells {
    fn of(types: &[TypeClaim]) -> Self {
        let mut cells = Self {
            properties: HashMap::new(),
            names: HashMap::new(),
        };
        for (index, ty) in types.iter().enumerate() {
            for (at, row) in ty.rows.iter().enumerate() {
                let words = row.ty.iter().flat_map(|cell| &cell.words);
                let shorts = words.map(|word| word.text.rsplit('.').next().unwrap_or(&word.text));
                let mut is_type = false;
                for short in shorts {
                    is_type |= short.eq_ignore_ascii_case(&row.name);
                    let names = cells.names.entry(short.to_ascii_lowercase());
                    names.or_insert_with(|| short.to_owned());
                }
                if !is_type {
                    let key = row.name.to_ascii_lowercase();
                    cells.properties.entry(key).or_insert((index, at));
                }
            }
        }
        cells
    }
}

/// The positions of types by their names in lower case: the first of each.
fn positions(types: &[TypeClaim]) -> HashMap<String, usize> {
    let mut positions = HashMap::new();
    for (index, ty) in types.iter().enumerate() {
        let key = ty.name.to_ascii_lowercase();
        positions.entry(key).or_insert(index);
    }
    positions
}

/// The positions of the types whose blocks show a member, by its name in lower case.
fn types_by_member(types: &[TypeClaim]) -> HashMap<String, Vec<usize>> {
    let mut shown: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, ty) in types.iter().enumerate() {
        for member in &ty.json {
            let by_member = shown.entry(member.name.to_ascii_lowercase()).or_default();
            if by_member.last() != Some(&index) {
                by_member.push(index);
            }
        }
    }
    shown
}

/// How many of some rows the block of each type shows.
fn shared_with(
    shown: &HashMap<String, Vec<usize>>,
    rows: &[PropertyClaim],
    types: usize,
) -> Vec<usize> {
    let mut shared = vec![0; types];
    for row in rows {
        let by_member = shown.get(&row.name.to_ascii_lowercase());
        for index in by_member.into_iter().flatten() {
            shared[*index] += 1;
        }
    }
    shared
}

/// Whether a property holds text, or texts.
fn is_text(row: &PropertyClaim) -> bool {
    let words = row.ty.as_ref().map_or(&[][..], |cell| &cell.words);
    matches!(words, [word] if primitive(&word.text) == Some(Primitive::String))
}

/// Types, and where each is by its name in lower case.
#[derive(Default)]
struct ByName {
    types: Vec<TypeClaim>,
    positions: HashMap<String, usize>,
}

impl ByName {
    /// The position of the type of this name, whatever its case; of a new one if there is none yet.
    fn find_or_add(&mut self, name: &str, new: impl FnOnce() -> TypeClaim) -> usize {
        let types = &mut self.types;
        let position = self.positions.entry(name.to_ascii_lowercase());
        *position.or_insert_with(|| {
            types.push(new());
            types.len() - 1
        })
    }
}

/// Keeps of equal names the first.
fn keep_first(names: &mut Vec<String>) {
    if names.len() > 1 {
        let mut known = HashSet::new();
        names.retain(|name| known.insert(name.clone()));
    }
}

/// Takes what an annotation says over into a type.
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
            place: annotation
                .base_place
                .as_ref()
                .unwrap_or(&shown.place)
                .clone(),
        });
    }
    ty.open = annotation.open.or(ty.open);
    ty.is_abstract |= annotation.is_abstract == Some(true);
    ty.has_stream |= annotation.media == Some(true);
    ty.key.extend(annotation.key.clone());
    ty.optional.extend_from_slice(&annotation.optional);
}

fn split_qualified(name: &str) -> (Option<&str>, &str) {
    match name.rsplit_once('.') {
        Some((namespace, short)) => (Some(namespace), short),
        None => (None, name),
    }
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
