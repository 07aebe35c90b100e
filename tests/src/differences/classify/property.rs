//! Verdicts on properties.

use super::super::cell::{cell_states, names, value_states};
use super::super::evidence::hints_open;
use super::super::page::{Part, Row, TextPage, clean};
use super::super::pages::{Quote, quote, row_name, word};
use super::{Judge, Verdict};

impl Judge<'_> {
    /// The emitted type that declares a property of a type.
    fn owner(&self, ty: &str, property: &str) -> Option<&str> {
        let name = self.emitted(ty)?;
        self.schema
            .effective_properties(name)
            .get(property)
            .map(|(owner, _)| owner.as_str())
    }

    pub(super) fn property_missing(&self, ty: &str, property: &str) -> Verdict {
        if self.emitted(ty).is_none() {
            let mut verdict = self.type_missing(ty);
            verdict.cause = format!("its type is missing: {}", verdict.cause);
            return verdict;
        }
        if let Some(quote) = self.describes(ty, property) {
            return Verdict::ours("a row or the JSON describes it", [quote]);
        }
        for base in self.truth.bases(ty) {
            if let Some(quote) = self.describes(base, property) {
                return Verdict::ours("a row or the JSON of a base describes it", [quote]);
            }
        }
        self.stands_aside(ty, property)
    }

    /// A verdict on a property that stands on a page but describes nothing of the type: we tell where, or take the blame.
    fn stands_aside(&self, ty: &str, property: &str) -> Verdict {
        let word = word(property);
        let (mut comment, mut row, mut code) = (None, None, None);
        for page in self.pages.of_type(ty) {
            for line in 0..page.lines.len() {
                if !word.is_match(&page.lines[line]) {
                    continue;
                }
                let place = match page.parts[line] {
                    Part::Comment => &mut comment,
                    Part::Row => &mut row,
                    Part::Code => &mut code,
                    Part::Front | Part::Heading | Part::Text => continue,
                };
                place.get_or_insert_with(|| quote((page, line)));
            }
        }
        match (row, comment, code) {
            (Some(row), _, _) if self.is_first_cell(ty, property) => {
                Verdict::ours("a row of another table describes it", [row])
            }
            (_, Some(comment), _) => Verdict::silent("its row stands in a comment", [comment]),
            (_, None, Some(code)) => {
                Verdict::silent("only the JSON of something else has it", [code])
            }
            (row, None, None) => Verdict::ours("it stands on a page", row),
        }
    }

    fn is_first_cell(&self, ty: &str, property: &str) -> bool {
        self.pages
            .of_type(ty)
            .iter()
            .any(|page| page.rows.iter().any(|row| row_name(row) == property))
    }

    /// The row, or else the JSON member, that describes a property.
    fn describes(&self, ty: &str, property: &str) -> Option<Quote> {
        let row = self.pages.rows_of(ty, property).into_iter().next();
        row.map(|(page, row)| quote((page, row.line))).or_else(|| {
            let keys = self.pages.keys(ty);
            let (page, key) = keys.into_iter().find(|(_, key)| key.name == property)?;
            Some(quote((page, key.line)))
        })
    }

    pub(super) fn property_not_real(&self, ty: &str, property: &str) -> Verdict {
        let Some(owner) = self.owner(ty, property) else {
            return Verdict::ours("the type is not in the schema", []);
        };
        let Some(quote) = self.describes(owner, property) else {
            return Verdict::ours("no row or JSON of its type describes it", []);
        };
        let real = self.truth.property(ty, property);
        if let Some(theirs) = real.and_then(|real| self.describes(owner, real)) {
            return Verdict::ours("the pages spell it both ways", [theirs, quote]);
        }
        let only_example = || {
            self.pages
                .rows(owner)
                .iter()
                .all(|(_, row)| row_name(row) == "id")
        };
        if let Some(open) = hints_open(self.pages, owner).filter(|_| only_example()) {
            return Verdict::ours("an example member of an open type", [quote, open]);
        }
        let cause = if owner.eq_ignore_ascii_case(ty) {
            "a row or the JSON describes it"
        } else {
            "a row or the JSON of a base describes it"
        };
        self.through_base(ty, owner, Some(property), Verdict::wrong(cause, quote))
    }

    pub(super) fn property_type(
        &self,
        ty: &str,
        property: &str,
        service: &str,
        emitted: &str,
    ) -> Verdict {
        let Some(owner) = self.owner(ty, property) else {
            return Verdict::ours("the type is not in the schema", []);
        };
        let rows = self.pages.rows_of(owner, property);
        let verdict = if rows.is_empty() {
            self.shown_type(owner, property, service, emitted)
        } else {
            self.row_type(&rows, service, emitted)
        };
        if owner.eq_ignore_ascii_case(ty) {
            verdict
        } else {
            self.through_base(ty, owner, None, verdict)
        }
    }

    fn row_type(&self, rows: &[(&TextPage, &Row)], service: &str, emitted: &str) -> Verdict {
        let stating = |ty: &str| {
            rows.iter()
                .find(|(_, row)| type_cell(row).is_some_and(|cell| cell_states(cell, ty)))
                .map(|(page, row)| quote((page, row.line)))
        };
        let all = || rows.iter().map(|(page, row)| quote((page, row.line)));
        if let Some(theirs) = stating(service) {
            return Verdict::ours("a row states the service's type", [theirs]);
        }
        if let Some(row) = rows.iter().find(|(_, row)| {
            is_many(service) == is_many(emitted) && self.lists_members(row, service)
        }) {
            return Verdict::ours(
                "a row lists the values of the service's enumeration",
                [quote((row.0, row.1.line))],
            );
        }
        if let Some(quote) = stating(emitted) {
            return Verdict::wrong("the row states this type", quote);
        }
        let silent = rows.iter().all(|(_, row)| {
            type_cell(row).is_none_or(|cell| {
                let cell = clean(cell);
                cell.is_empty()
                    || matches!(
                        cell.to_lowercase().as_str(),
                        "integer" | "int" | "number" | "object" | "json"
                    )
            })
        });
        if silent
            && !rows
                .iter()
                .any(|(_, row)| row.cells.iter().any(|cell| names(cell, service)))
        {
            return Verdict::silent("the row states no type, or none of OData's", all());
        }
        Verdict::ours("the row states another type", all())
    }

    /// Without a row the JSON is what the docs say.
    fn shown_type(&self, owner: &str, property: &str, service: &str, emitted: &str) -> Verdict {
        let mut keys = self.pages.keys(owner);
        keys.retain(|(_, key)| key.name == property);
        let stating = |ty: &str| {
            keys.iter()
                .find(|(_, key)| value_states(&key.value, ty))
                .map(|(page, key)| quote((page, key.line)))
        };
        let all = keys.iter().map(|(page, key)| quote((page, key.line)));
        match (stating(service), stating(emitted)) {
            (Some(theirs), _) => Verdict::ours("the JSON shows the service's type", [theirs]),
            (None, Some(quote)) => Verdict::wrong("the JSON shows this type", quote),
            (None, None) if keys.is_empty() => Verdict::ours("no row or JSON describes it", []),
            (None, None) => Verdict::ours("the JSON shows another type", all),
        }
    }

    /// Whether a row lists at least half of the members of the service's enumeration, and that says our type is too poor.
    fn lists_members(&self, row: &Row, service: &str) -> bool {
        let item = service
            .trim_start_matches("Collection(")
            .trim_end_matches(')');
        let Some((_, truth)) = self.truth.get(item).filter(|(_, ty)| ty.kind == "enum") else {
            return false;
        };
        let text = row.cells[1..].join(" ").to_lowercase();
        let words: std::collections::BTreeSet<&str> = text
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .collect();
        let listed = truth
            .members
            .iter()
            .filter(|member| words.contains(member.as_str()))
            .count();
        listed > 1 && listed * 2 >= truth.members.len()
    }
}

/// The cell under the header of types, or the second.
fn type_cell(row: &Row) -> Option<&str> {
    let at = row
        .header
        .iter()
        .position(|cell| clean(cell).to_lowercase().contains("type"))
        .unwrap_or(1);
    row.cells.get(at).map(String::as_str)
}

/// Whether a type is a collection.
fn is_many(ty: &str) -> bool {
    ty.starts_with("Collection(")
}
