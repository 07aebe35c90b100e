//! Rows: one property or member each.

use super::columns::{MemberColumns, PropertyColumns, number};
use super::table::RowFate;
use super::words::Words;
use super::{MemberClaim, PropertyClaim, inheritance, prose, type_cell, values};
use crate::diagnostic::{Code, Diagnostic, shorten};
use crate::page::{Inline, Row, is_blank};
use crate::schema::PropertyTraits;

/// What a row gave.
pub(super) enum Read<T> {
    /// A claim.
    Claim(T),
    /// Nothing, for a reason that needs no diagnostic.
    SetAside(&'static str),
    /// Nothing but a diagnostic.
    Diagnosed(Diagnostic),
}

impl<T> Read<T> {
    /// Keeps the claim or the diagnostic, and tells the row's fate.
    pub(super) fn keep(self, claims: &mut Vec<T>, diagnostics: &mut Vec<Diagnostic>) -> RowFate {
        match self {
            Self::Claim(claim) => {
                claims.push(claim);
                RowFate::Used
            }
            Self::SetAside(why) => RowFate::SetAside(why),
            Self::Diagnosed(diagnostic) => {
                diagnostics.push(diagnostic);
                RowFate::Diagnosed
            }
        }
    }
}

/// Reads a row of a property or relationship table.
pub(super) fn property(
    row: &Row,
    columns: PropertyColumns,
    navigation: bool,
    words: Words,
) -> Read<PropertyClaim> {
    let name = match name(row, columns.name, words) {
        Ok(name) => name,
        Err(NoName::SetAside(why)) => return Read::SetAside(why),
        Err(NoName::Diagnosed(diagnostic)) => return Read::Diagnosed(diagnostic),
    };
    let ty = columns
        .ty
        .and_then(|column| row.cell(column))
        .and_then(|cell| type_cell::read(&words.cell(cell)).map(|ty| ty.with_written(cell)));
    let description = columns.description.and_then(|column| row.cell(column));
    let mut claim = PropertyClaim {
        name: name.text,
        place: row.place.clone(),
        lines: row.lines,
        doubtful: false,
        original: name.original,
        ty,
        navigation,
        description: None,
        traits: PropertyTraits::default(),
        inherited_from: None,
        values: Vec::new(),
    };
    if let Some(description) = description {
        claim.description = Some(description.markdown()).filter(|text| !text.is_empty());
        let description = words.prose(description);
        claim.traits = prose::traits(&description.text);
        claim.inherited_from = inheritance::inherits_from(&description);
        claim.values = values::read(&description);
    }
    if name
        .remark
        .is_some_and(|remark| remark.contains("deprecated"))
    {
        claim
            .traits
            .insert(crate::schema::PropertyTrait::Deprecated);
    }
    Read::Claim(claim)
}

/// Reads a row of a member table.
pub(super) fn member(row: &Row, columns: MemberColumns, words: Words) -> Read<MemberClaim> {
    let Some(cell) = row.cell(columns.name) else {
        return Read::Diagnosed(nameless(row));
    };
    let text = trimmed(&cell.text);
    let name = text.split_once(" (").map_or(text, |(name, _)| name).trim();
    // Whether it is a translation is found out where all pages are known.
    let may_be_translated = words.translated && name.chars().any(char::is_alphabetic);
    if !is_member_name(name) && !may_be_translated {
        return Read::Diagnosed(malformed(cell, "a member"));
    }
    Read::Claim(MemberClaim {
        name: name.to_owned(),
        place: row.place.clone(),
        lines: row.lines,
        value: columns
            .value
            .and_then(|column| row.cell(column))
            .and_then(|cell| number(&cell.text)),
        description: columns
            .description
            .and_then(|column| row.cell(column))
            .map(Inline::markdown)
            .filter(|text| !text.is_empty()),
    })
}

/// Names of members are words; a few have blanks inside (`JIS B4`), none is a sentence.
fn is_member_name(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= 128
        && text.split(' ').count() <= 5
        && text.chars().all(|c| {
            c.is_ascii_alphanumeric()
                || matches!(c, '_' | '-' | '.' | ' ' | '/' | '+' | '#' | '&' | ':')
        })
        && text.chars().any(|c| c.is_ascii_alphanumeric())
}

/// A property's name, and a remark in brackets behind it in lower case.
struct Name {
    text: String,
    remark: Option<String>,
    /// What stands in the brackets of a translated page, if it is a name.
    original: Option<String>,
}

/// Why a row has no name.
enum NoName {
    SetAside(&'static str),
    Diagnosed(Diagnostic),
}

fn name(row: &Row, column: usize, words: Words) -> Result<Name, NoName> {
    // A row that lists nothing says so in its first cell, and at times in the others too.
    let others_void = (0..row.cells.len())
        .filter(|other| *other != column)
        .all(|other| {
            row.cell(other)
                .is_none_or(|cell| is_void(Some(cell)) || says_none(&cell.text, words))
        });
    let others_blank =
        (0..row.cells.len()).all(|other| other == column || is_void(row.cell(other)));
    let Some(cell) = row.cell(column).filter(|cell| !is_void(Some(cell))) else {
        if others_blank {
            return Err(NoName::SetAside("blank row"));
        }
        return Err(NoName::Diagnosed(nameless(row)));
    };
    if others_blank && cell.is_strong() {
        return Err(NoName::SetAside("divider"));
    }
    let text = trimmed(&cell.text);
    if others_void && says_none(text, words) {
        return Err(NoName::SetAside("nothing to list"));
    }
    let (text, remark) = match text.split_once(['(', '（']) {
        Some((text, remark)) => (
            text.trim(),
            Some(remark.trim_end_matches([')', '）']).trim()),
        ),
        None => (text, None),
    };
    if text.contains('@') {
        return Err(NoName::SetAside("control information"));
    }
    // Translators keep the original name in brackets behind the translation.
    let original = remark.filter(|remark| words.translated && is_identifier(remark));
    let original = original.map(str::to_owned);
    if words.translated && !others_blank && text.chars().any(char::is_alphabetic) {
        // What the name stands for is found out where the JSON block is known.
        return Ok(Name {
            text: text.to_owned(),
            remark: remark.map(str::to_lowercase),
            original,
        });
    }
    if !is_identifier(text) {
        if others_blank {
            return Err(NoName::SetAside("divider"));
        }
        return Err(NoName::Diagnosed(malformed(cell, "a property")));
    }
    Ok(Name {
        text: text.to_owned(),
        remark: remark.map(str::to_lowercase),
        original,
    })
}

fn says_none(text: &str, words: Words) -> bool {
    words.says_none(trimmed(text).to_lowercase().trim_end_matches(['.', '。']))
}

/// A text without the blanks and marks around it, visible or not.
fn trimmed(text: &str) -> &str {
    text.trim_matches(|c| is_blank(c) || matches!(c, '*' | '`' | '"' | '\'' | '“' | '”'))
}

/// Whether a cell holds nothing, or only a blank that HTML needs.
fn is_void(cell: Option<&Inline>) -> bool {
    cell.is_none_or(|cell| cell.is_blank() || cell.text.trim() == "&nbsp;")
}

/// Whether a text is a name as OData has them (CSDL 4.01, section 17.2), in ASCII as all of Graph's are.
pub(super) fn is_identifier(text: &str) -> bool {
    text.len() <= 128
        && text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn nameless(row: &Row) -> Diagnostic {
    Diagnostic::new(
        Code::RowWithoutName,
        row.place.clone(),
        "expected a name in the first cell, found nothing",
    )
    .hint("give the row its name, or remove it")
}

fn malformed(cell: &Inline, what: &str) -> Diagnostic {
    Diagnostic::new(
        Code::RowNameMalformed,
        cell.place.clone(),
        format!(
            "expected the name of {what}, found `{}`",
            shorten(cell.text.trim())
        ),
    )
    .hint("write the name alone in the cell; remarks belong into the description")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::{Block, Page, Table};
    use crate::source::MemoryFiles;

    fn table(rows: &str) -> Table {
        let text = format!("|Property|Type|Description|\n|-|-|-|\n{rows}\n");
        let page = Page::read(
            &MemoryFiles::new([("v/resources/a.md", text)]),
            "v/resources/a.md".into(),
        );
        let Block::Table(table) = page.blocks.into_iter().next().unwrap() else {
            panic!()
        };
        table
    }

    fn read(row: &str) -> Read<PropertyClaim> {
        let table = table(row);
        property(
            &table.rows[0],
            PropertyColumns::of(&table),
            false,
            Words::ENGLISH,
        )
    }

    fn claim(row: &str) -> PropertyClaim {
        match read(row) {
            Read::Claim(claim) => claim,
            Read::SetAside(why) => panic!("set aside: {why}"),
            Read::Diagnosed(diagnostic) => panic!("{diagnostic}"),
        }
    }

    #[test]
    fn marks_and_remarks_do_not_belong_to_the_name() {
        for row in [
            "|**id**|String|x|",
            "|`id`|String|x|",
            "|[id](x.md)|String|x|",
            "|id (optional)|String|x|",
            "id|String|x",
        ] {
            assert_eq!(claim(row).name, "id", "{row}");
        }
        assert!(
            claim("|id (deprecated)|String|x|")
                .traits
                .contains(crate::schema::PropertyTrait::Deprecated)
        );
    }

    #[test]
    fn rows_without_a_property_are_set_aside_with_a_reason() {
        for (row, expected) in [
            ("|**Call handling**| | |", "divider"),
            ("|None| | |", "nothing to list"),
            ("|@odata.type|String|x|", "control information"),
            ("| | | |", "blank row"),
        ] {
            match read(row) {
                Read::SetAside(why) => assert_eq!(why, expected, "{row}"),
                _ => panic!("{row}"),
            }
        }
    }

    #[test]
    fn rows_with_a_bad_name_are_told() {
        for (row, code) in [
            ("| |String|x|", Code::RowWithoutName),
            ("|two words|String|x|", Code::RowNameMalformed),
        ] {
            match read(row) {
                Read::Diagnosed(diagnostic) => assert_eq!(diagnostic.code, code, "{row}"),
                _ => panic!("{row}"),
            }
        }
    }

    #[test]
    fn missing_cells_leave_type_and_description_open() {
        let claim = claim("|id|");
        assert_eq!((claim.ty, claim.description), (None, None));
    }
}
