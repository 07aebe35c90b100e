//! Verdicts on enumerations and their members.

use super::super::evidence::{names_type, qualified};
use super::super::page::{Part, TextPage, clean, pattern};
use super::super::pages::{mention, quote, short, word};
use super::{Judge, Verdict};

pattern!(VALUES, r"(?i)\b(values?|members?|enum\w*)\b");

impl Judge<'_> {
    pub(super) fn enum_missing(&self, ty: &str) -> Verdict {
        let named = names_type(self.pages, ty).map(|(_, quote)| quote);
        match named.or_else(|| qualified(self.pages, ty)) {
            Some(quote) => Verdict::ours("a page names it", [quote]),
            None => {
                let other = self
                    .pages
                    .claims(ty)
                    .first()
                    .map(|(page, claim)| quote((page, claim.line)));
                match other.as_ref() {
                    Some(_) if self.is_emitted_elsewhere(ty) => {
                        Verdict::silent("no page names it in this namespace", other)
                    }
                    _ => Verdict::ours("it is described", other),
                }
            }
        }
    }

    fn is_emitted_elsewhere(&self, ty: &str) -> bool {
        self.schema
            .types
            .keys()
            .any(|name| name.short().eq_ignore_ascii_case(short(ty)))
    }

    pub(super) fn member_not_real(&self, ty: &str, member: &str) -> Verdict {
        for page in self.pages.of_type(ty) {
            for row in &page.rows {
                let first = row
                    .cells
                    .first()
                    .map(|cell| clean(cell))
                    .unwrap_or_default();
                if same_member(&first, member) && page.speaks_of(row.line, short(ty)) {
                    return Verdict::wrong("a row lists it", quote((page, row.line)));
                }
            }
        }
        let word = word(member);
        let listed = |(page, line): &(&TextPage, usize)| {
            let text = &page.lines[*line];
            page.parts[*line] != Part::Comment
                && word.is_match(text)
                && (VALUES.is_match(text)
                    || text.contains('|')
                    || text.trim_start().starts_with(['-', '*']))
        };
        if let Some(found) = self.pages.lines(ty).iter().find(|line| listed(line)) {
            return Verdict::wrong("a sentence lists it", quote(*found));
        }
        let name = mention(ty);
        let row = self.pages.grep(&name).find(|found| listed(found));
        match row {
            Some(found) => Verdict::wrong("a row of that type lists it", quote(found)),
            None => Verdict::ours("nothing lists it", []),
        }
    }

    pub(super) fn member_missing(&self, ty: &str, member: &str) -> Verdict {
        let word = word(member);
        for page in self.pages.of_type(ty) {
            for row in &page.rows {
                let first = row
                    .cells
                    .first()
                    .map(|cell| clean(cell))
                    .unwrap_or_default();
                if first.eq_ignore_ascii_case(member) && page.speaks_of(row.line, short(ty)) {
                    return Verdict::ours("a row lists it", [quote((page, row.line))]);
                }
            }
        }
        let name = mention(ty);
        let quoted = self.pages.grep(&word).find(|(page, line)| {
            let text = &page.lines[*line];
            let own = self
                .pages
                .of_type(ty)
                .iter()
                .any(|own| own.path == page.path)
                && page
                    .claims
                    .iter()
                    .all(|claim| claim.short.eq_ignore_ascii_case(short(ty)));
            VALUES.is_match(text) && (name.is_match(text) || own)
        });
        match quoted {
            Some(found) => Verdict::ours("a sentence lists it", [quote(found)]),
            None => Verdict::silent("no row or sentence of that enumeration lists it", []),
        }
    }
}

/// Whether a cell spells a member; an export writes `_` for what names cannot hold.
fn same_member(cell: &str, member: &str) -> bool {
    let spelled: String = cell
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect();
    spelled.eq_ignore_ascii_case(member)
        || cell.eq_ignore_ascii_case(member)
        || format!("_{spelled}").eq_ignore_ascii_case(member)
}
