//! Tables: what each of them is taken for, and what became of its rows.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::columns;
use super::heading::Section;
use super::words;
use crate::page::Table;
use crate::source::Place;

/// What a table is taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TableUse {
    /// Properties of a type.
    Properties,
    /// Navigation properties of a type.
    Relationships,
    /// Members of an enumeration.
    Members,
    /// Types that derive from the page's.
    DerivedTypes,
    /// Operations, which Typedown leaves alone.
    Methods,
    /// Anything else.
    Other,
}

impl TableUse {
    /// The name in the inventory.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Properties => "properties",
            Self::Relationships => "relationships",
            Self::Members => "members",
            Self::DerivedTypes => "derived types",
            Self::Methods => "methods",
            Self::Other => "other",
        }
    }
}

/// What became of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFate {
    /// It became a claim.
    Used,
    /// It could not be used; a diagnostic says why.
    Diagnosed,
    /// It is not about a property or member, for this reason.
    SetAside(&'static str),
}

/// What became of a table: a line of the inventory. The three counts add up to the rows of the table as Markdown has
/// them, each line of a broken row counted, and those that were mended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableReport {
    /// Where its header starts.
    pub place: Place,
    /// The heading above it.
    pub heading: String,
    /// What it was taken for.
    pub taken_for: TableUse,
    /// The type whose rows these are, as the page names it.
    pub subject: Option<String>,
    /// How many of its rows Markdown does not see as part of a table.
    pub mended: u32,
    /// How many rows became claims.
    pub used: u32,
    /// How many rows ended as a diagnostic.
    pub diagnosed: u32,
    /// How many rows were set aside.
    pub set_aside: u32,
    /// How many rows were set aside for which reason.
    pub reasons: BTreeMap<Cow<'static, str>, u32>,
}

impl TableReport {
    pub(super) fn new(table: &Table, heading: &str, taken_for: TableUse) -> Self {
        Self {
            place: table.place.clone(),
            heading: heading.to_owned(),
            taken_for,
            subject: None,
            mended: table.mended,
            used: 0,
            diagnosed: 0,
            set_aside: 0,
            reasons: BTreeMap::new(),
        }
    }

    /// Counts a row of so many lines.
    pub(super) fn count(&mut self, fate: RowFate, lines: u32) {
        match fate {
            RowFate::Used => self.used += lines,
            RowFate::Diagnosed => self.diagnosed += lines,
            RowFate::SetAside(why) => {
                self.set_aside += lines;
                *self.reasons.entry(Cow::Borrowed(why)).or_default() += lines;
            }
        }
    }

    /// All rows of the table were set aside.
    pub(super) fn all_set_aside(mut self, table: &Table, why: &'static str) -> Self {
        for row in &table.rows {
            self.count(RowFate::SetAside(why), row.lines);
        }
        self
    }
}

/// What a table lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Properties; of the type of this slug, or of the page's.
    Properties {
        of: Option<String>,
        navigation: bool,
    },
    /// Members; of the enumeration of this slug, or of the page's.
    Members { of: Option<String>, flags: bool },
    /// Derived types.
    DerivedTypes,
    /// Operations.
    Methods,
    /// Something else.
    Other,
}

/// What a table lists, by the headings above it (innermost first) and by its header.
///
/// `after` tells whether a table of the same section was recognised by its header's words. Another one there whose header
/// has none of them is about something else; where no header can be read, as in other languages, the heading decides.
pub(super) fn classify(table: &Table, sections: &[Option<Section>], after: bool) -> Kind {
    // The header knows better than the heading where sections were filled with something else.
    if columns::starts_with(table, words::METHOD_HEADERS) {
        return Kind::Methods;
    }
    let has_type = columns::has(table, words::TYPE_HEADERS);
    let navigation = columns::starts_with(table, words::RELATIONSHIP_HEADERS);
    let recognised = is_recognised(table);
    let lists_properties = recognised && columns::starts_with(table, words::NAME_HEADERS);
    let lists_members = !has_type && columns::starts_with(table, words::MEMBER_HEADERS);
    match sections.first().and_then(Option::as_ref) {
        Some(Section::Members { of, flags }) if !lists_properties => Kind::Members {
            of: of.clone(),
            flags: *flags,
        },
        Some(Section::Methods) => Kind::Methods,
        Some(Section::DerivedTypes) => Kind::DerivedTypes,
        Some(Section::Relationships | Section::Properties(_))
            if !recognised && (after || !names(table)) =>
        {
            Kind::Other
        }
        Some(Section::Relationships) => Kind::Properties {
            of: None,
            navigation: true,
        },
        // `X properties` may head a table of anything that has properties.
        Some(Section::Properties(Some(_))) if !recognised && table.header.len() < 3 => Kind::Other,
        Some(Section::Properties(of)) if table.header.len() > 1 && !lists_members => {
            Kind::Properties {
                of: of.clone(),
                navigation,
            }
        }
        _ if lists_properties
            && (columns::has(table, words::DESCRIPTION_HEADERS) || navigation) =>
        {
            // The heading above says nothing; those around it may.
            let mut around = sections.iter().flatten();
            let related = around
                .clone()
                .any(|section| *section == Section::Relationships);
            let of = around.find_map(|section| match section {
                Section::Properties(of) => of.clone(),
                _ => None,
            });
            Kind::Properties {
                of,
                navigation: navigation || related,
            }
        }
        _ => Kind::Other,
    }
}

/// Whether a table's header has the words of a property table.
pub(super) fn is_recognised(table: &Table) -> bool {
    columns::has(table, words::TYPE_HEADERS) && columns::has(table, words::NAME_HEADERS)
}

/// Whether at least half of the first cells can be names.
fn names(table: &Table) -> bool {
    let cells = table
        .rows
        .iter()
        .filter_map(|row| row.cell(0))
        .map(|cell| cell.text.trim());
    let (all, named) = cells.fold((0, 0), |(all, named), text| {
        let name = text
            .trim_matches(['*', '`'])
            .split(['(', '（'])
            .next()
            .unwrap_or(text)
            .trim();
        (
            all + 1,
            named + usize::from(!name.contains(char::is_whitespace)),
        )
    });
    named * 2 >= all
}

#[cfg(test)]
mod tests {
    use super::super::heading::section;
    use super::*;
    use crate::page::{Block, Page};
    use crate::source::MemoryFiles;

    fn kind(headings: &[&str], header: &str) -> Kind {
        let columns = header.matches('|').count() - 1;
        let text = format!("{header}\n|{}\n", "-|".repeat(columns));
        let page = Page::read(
            &MemoryFiles::new([("v/resources/a.md", text)]),
            "v/resources/a.md".into(),
        );
        let Block::Table(table) = &page.blocks[0] else {
            panic!()
        };
        classify(
            table,
            &headings
                .iter()
                .map(|heading| section(heading))
                .collect::<Vec<_>>(),
            false,
        )
    }

    #[test]
    fn headings_say_what_tables_list() {
        let properties = Kind::Properties {
            of: None,
            navigation: false,
        };
        assert_eq!(
            kind(&["properties"], "|Eigenschaft|Typ|Beschreibung|"),
            properties
        );
        assert_eq!(
            kind(&["relationships"], "|Property|Type|Description|"),
            Kind::Properties {
                of: None,
                navigation: true
            }
        );
        assert_eq!(
            kind(&["x-values", "properties"], "|Member|"),
            Kind::Members {
                of: Some("x".into()),
                flags: false
            }
        );
        assert_eq!(
            kind(&["members"], "|Member|Value|Description|"),
            Kind::Members {
                of: None,
                flags: false
            }
        );
        assert_eq!(
            kind(&["derived-types"], "|Type|Description|"),
            Kind::DerivedTypes
        );
    }

    #[test]
    fn the_header_decides_where_the_heading_is_silent_or_wrong() {
        assert_eq!(
            kind(&["indicators-email"], "|Property|Type|Description|"),
            Kind::Properties {
                of: None,
                navigation: false
            }
        );
        assert_eq!(
            kind(&["properties"], "|Method|Return type|Description|"),
            Kind::Methods
        );
        assert_eq!(kind(&["properties"], "|Member|Description|"), Kind::Other);
        assert_eq!(kind(&["use-cases"], "|Use case|See|"), Kind::Other);
    }
}
