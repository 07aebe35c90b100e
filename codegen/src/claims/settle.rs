//! Names of translated pages that one page alone cannot judge, judged by what all pages of a version say.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{PageClaims, TableReport};
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::source::Place;

/// Takes out the rows of translated pages whose names are translations: names that no page has in code, in JSON or in
/// English, and members that are words of the language.
pub(crate) fn settle(pages: &mut [&mut PageClaims]) {
    let mut versions: BTreeMap<String, Known> = BTreeMap::new();
    for page in pages.iter().filter(|page| page.spoken.is_some()) {
        versions.entry(page.version.to_string()).or_default();
    }
    if versions.is_empty() {
        return;
    }
    for page in pages.iter() {
        if let Some(known) = versions.get_mut(&*page.version) {
            known.add(page);
        }
    }
    for page in pages.iter_mut().filter(|page| page.spoken.is_some()) {
        if let Some(known) = versions.get(&*page.version) {
            known.judge(page);
        }
    }
}

/// What the pages of a version say.
#[derive(Default)]
struct Known {
    /// Names and words of code, in lower case.
    attested: HashSet<String>,
    /// On how many pages a word is part of a sentence.
    spoken: HashMap<String, u32>,
}

impl Known {
    fn add(&mut self, page: &PageClaims) {
        for ty in &page.types {
            let json = ty.json.iter().map(|member| &member.name);
            let rows = ty
                .rows
                .iter()
                .filter(|row| !row.doubtful)
                .map(|row| &row.name);
            let names = json.chain(rows).chain(&ty.optional);
            self.attested
                .extend(names.map(|name| name.to_ascii_lowercase()));
        }
        if let Some(spoken) = &page.spoken {
            self.attested.extend(spoken.code.iter().cloned());
            for word in &spoken.prose {
                *self.spoken.entry(word.clone()).or_default() += 1;
            }
        }
    }

    fn judge(&self, page: &mut PageClaims) {
        let mut removed: Vec<(Place, u32)> = Vec::new();
        for ty in &mut page.types {
            let name = ty.name.clone();
            let diagnostics = &mut page.diagnostics;
            ty.rows.retain(|row| {
                let kept = !row.doubtful || self.attested.contains(&row.name.to_ascii_lowercase());
                if !kept {
                    removed.push((row.place.clone(), row.lines));
                    diagnostics.push(untold(&name, &row.name, &row.place));
                }
                kept
            });
            ty.members.retain(|member| {
                let kept = !self.is_translation(&member.name);
                if !kept {
                    removed.push((member.place.clone(), member.lines));
                    diagnostics.push(translated(&name, &member.name, &member.place));
                }
                kept
            });
        }
        for (place, lines) in removed {
            recount(&mut page.tables, &place, lines);
        }
    }

    /// Whether the name of a member is a word, or several, of the page's language.
    fn is_translation(&self, name: &str) -> bool {
        let lower = name.to_lowercase();
        if self.attested.contains(&lower) {
            return false;
        }
        if name.contains(char::is_whitespace) {
            return true;
        }
        let is_word =
            name.chars().all(char::is_alphabetic) && !name.chars().skip(1).any(char::is_uppercase);
        is_word && self.spoken.contains_key(&lower)
    }
}

/// Counts a row that was taken out as one that ended as a diagnostic.
pub(super) fn recount(tables: &mut [TableReport], place: &Place, lines: u32) {
    let mut above = tables
        .iter_mut()
        .filter(|table| table.place.file == place.file && table.place.line <= place.line);
    if let Some(report) = above.next_back() {
        report.used = report.used.saturating_sub(lines);
        report.diagnosed += lines;
    }
}

fn untold(ty: &str, name: &str, place: &Place) -> Diagnostic {
    Diagnostic::new(
        Code::NameTranslated,
        place.clone(),
        format!("`{name}` is shown in no code of any page; it was taken for a translation, and the row was not used"),
    )
    .hint("write the name as it is on the wire, and show it in the JSON block")
    .about(Subject::ty(ty))
}

fn translated(ty: &str, name: &str, place: &Place) -> Diagnostic {
    Diagnostic::new(
        Code::MemberTranslated,
        place.clone(),
        format!("`{name}` is no member of `{ty}` but a translation of one; it was left out"),
    )
    .hint("write the name as it is on the wire")
    .about(Subject::ty(ty))
}
