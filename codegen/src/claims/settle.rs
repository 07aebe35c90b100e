//! Names of translated pages that one page alone cannot judge, judged by what all pages of a version say.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::row::is_identifier;
use super::{JsonItem, PageClaims, PropertyClaim, TableReport, TypeClaim, camel_words};
use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::schema::SENTINEL;
use crate::source::Place;

/// Takes out the rows of translated pages whose names are translations: names that no page has in code, in JSON or in
/// English, and members that are words of the language.
pub(crate) fn settle(pages: &mut [&mut PageClaims], english: &[&PageClaims]) {
    let mut versions: BTreeMap<String, Known> = BTreeMap::new();
    for page in pages.iter().filter(|page| page.spoken.is_some()) {
        versions.entry(page.version.to_string()).or_default();
    }
    if versions.is_empty() {
        return;
    }
    let beside = english.iter().copied();
    for page in pages.iter().map(|page| &**page).chain(beside) {
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
    /// Names, and words of code blocks, in lower case.
    attested: HashSet<String>,
    /// Words of code in sentences.
    quoted: HashSet<String>,
    /// The values that rows and JSON blocks list, by the name of the type and that of the property, in
    /// lower case.
    listed: HashMap<String, Vec<Vec<String>>>,
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
        for ty in &page.types {
            if page.spoken.is_none() && !ty.members.is_empty() {
                let members = ty.members.iter().map(|member| member.name.clone());
                let members: Vec<String> = members.collect();
                self.attested
                    .extend(members.iter().map(|name| name.to_ascii_lowercase()));
                self.listed
                    .entry(ty.name.to_ascii_lowercase())
                    .or_default()
                    .push(members);
            }
            for row in &ty.rows {
                let words = row.ty.as_ref().map_or(&[][..], |cell| &cell.words);
                let [word] = words else { continue };
                let mut json = ty.json.iter();
                let shown = json.find(|member| member.name == row.name);
                let shown = shown.and_then(|member| match &member.shape.item {
                    JsonItem::Values(values) => Some(values),
                    _ => None,
                });
                let short = word.text.rsplit('.').next().unwrap_or(&word.text);
                let lists = shown.into_iter().chain([&row.values]);
                for list in lists.filter(|list| list.len() > 1) {
                    // Where a cell says `String`, the property is at times called like the enumeration.
                    for name in [short, &row.name] {
                        let lists = self.listed.entry(name.to_ascii_lowercase()).or_default();
                        lists.push(list.clone());
                    }
                }
            }
        }
        if let Some(spoken) = &page.spoken {
            self.attested.extend(spoken.code.iter().cloned());
            self.quoted.extend(spoken.quoted.iter().cloned());
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
                let kept = !row.doubtful || self.is_in_code(&row.name) || is_linked(row);
                if !kept {
                    removed.push((row.place.clone(), row.lines));
                    diagnostics.push(untold(&name, &row.name, &row.place));
                }
                kept
            });
            for member in &mut ty.members {
                if let Some(original) = self.among(&member.name) {
                    diagnostics.push(stands_for(&name, &member.name, &original, &member.place));
                    member.name = original;
                }
            }
            for (at, original) in self.originals(ty) {
                if let Some(member) = ty.members.get_mut(at) {
                    diagnostics.push(stands_for(&name, &member.name, &original, &member.place));
                    member.name = original;
                }
            }
            // Of a list that is translated in part, the rest may be as well.
            let words = ty
                .members
                .iter()
                .filter(|member| !is_several_words(&member.name));
            let (all, found) = words.fold((0, 0), |(all, found), member| {
                (
                    all + 1,
                    found + usize::from(self.is_translation(&member.name, false)),
                )
            });
            let tainted = found > 0 && found * 4 >= all;
            ty.members.retain(|member| {
                let is_certain = self.is_translation(&member.name, false);
                let kept = !is_certain && !self.is_translation(&member.name, tainted);
                if !kept {
                    removed.push((member.place.clone(), member.lines));
                    diagnostics.push(translated(&name, &member.name, is_certain, &member.place));
                }
                kept
            });
        }
        for (place, lines) in removed {
            recount(&mut page.tables, &place, lines);
        }
    }

    /// The name among the words of a cell that says more: the only one that is in code and in no sentence, or the sentinel.
    fn among(&self, name: &str) -> Option<String> {
        if is_identifier(name) {
            return None;
        }
        let words = name.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let mut names = words.filter(|word| {
            word.len() > 2
                && is_identifier(word)
                && (word.eq_ignore_ascii_case(SENTINEL)
                    || (self.is_in_code(word) && !self.is_spoken(word)))
        });
        let (name, None) = (names.next()?, names.next()) else {
            return None;
        };
        Some(match name.eq_ignore_ascii_case(SENTINEL) {
            true => SENTINEL.to_owned(),
            false => name.to_owned(),
        })
    }

    /// The members that a list elsewhere has in the same places, where most of it is the same.
    fn originals(&self, ty: &TypeClaim) -> Vec<(usize, String)> {
        // Lists in descriptions often lack the sentinel.
        let is_listed = |name: &str| !name.to_ascii_lowercase().ends_with(SENTINEL_END);
        let members = ty.members.iter().enumerate();
        let members = members.filter(|(_, member)| is_listed(&member.name));
        let members: Vec<(usize, &str)> = members
            .map(|(at, member)| (at, member.name.as_str()))
            .collect();
        let same = |list: &Vec<String>| {
            let pairs = list.iter().zip(&members);
            pairs
                .filter(|(one, (_, other))| one.eq_ignore_ascii_case(other))
                .count()
        };
        let lists = self
            .listed
            .get(&ty.name.to_ascii_lowercase())
            .into_iter()
            .flatten();
        let lists = lists.map(|list| {
            let list = list.iter().filter(|name| is_listed(name));
            list.cloned().collect::<Vec<String>>()
        });
        let alike =
            lists.filter(|list| list.len() == members.len() && same(list) * 2 >= list.len());
        let Some(best) = alike.max_by_key(same) else {
            return Vec::new();
        };
        let differ = best.iter().zip(&members).filter(|(one, (_, other))| {
            let mut names = members.iter().map(|(_, name)| name);
            !one.eq_ignore_ascii_case(other) && !names.any(|name| name.eq_ignore_ascii_case(one))
        });
        differ
            .map(|(original, (at, _))| (*at, original.clone()))
            .collect()
    }

    /// Whether the name of a member is a word, or several, of the page's language. Beside a translation, a word that is in
    /// no code is one as well.
    fn is_translation(&self, name: &str, tainted: bool) -> bool {
        // Beside translations, code in sentences is no proof for words of the language.
        let attested = |word: &str| match tainted {
            false => self.is_in_code(word),
            true => {
                let lower = word.to_ascii_lowercase();
                self.attested.contains(&lower)
                    || (self.quoted.contains(&lower) && !self.spoken.contains_key(&lower))
            }
        };
        if attested(name) {
            return false;
        }
        if !is_identifier(name) {
            return !name.starts_with(|c: char| c.is_ascii_digit()) || !name.is_ascii();
        }
        let words = camel_words(name);
        match &words[..] {
            [word] => word.chars().all(char::is_alphabetic) && (tainted || self.is_spoken(word)),
            words => words
                .iter()
                .all(|word| self.is_spoken(word) && !attested(word)),
        }
    }

    fn is_in_code(&self, word: &str) -> bool {
        let lower = word.to_ascii_lowercase();
        self.attested.contains(&lower) || self.quoted.contains(&lower)
    }

    fn is_spoken(&self, word: &str) -> bool {
        self.spoken.contains_key(&word.to_lowercase())
    }
}

/// How the sentinel ends, also where it is misspelt.
const SENTINEL_END: &str = "futurevalue";

/// Whether a name is an identifier of several words.
fn is_several_words(name: &str) -> bool {
    is_identifier(name) && camel_words(name).len() > 1
}

/// Whether a property is called like the page that its type links to, as `tones` is that links to `soundtone.md`.
pub(super) fn is_linked(row: &PropertyClaim) -> bool {
    let stem = row.name.to_ascii_lowercase();
    let stem = stem.strip_suffix('s').unwrap_or(&stem);
    let mut targets = row
        .ty
        .iter()
        .flat_map(|cell| &cell.words)
        .filter_map(|word| word.target.as_deref());
    stem.len() > 3 && targets.any(|target| target.to_ascii_lowercase().contains(stem))
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

fn stands_for(ty: &str, name: &str, original: &str, place: &Place) -> Diagnostic {
    Diagnostic::new(
        Code::MemberTranslated,
        place.clone(),
        format!("the member `{name}` of `{ty}` is a translation of `{original}`, which stands in code or in a list elsewhere"),
    )
    .hint("write the name as it is on the wire")
    .about(Subject::member(ty, original))
}

fn translated(ty: &str, name: &str, is_certain: bool, place: &Place) -> Diagnostic {
    let message = match is_certain {
        true => {
            format!("`{name}` is no member of `{ty}` but a translation of one; it was left out")
        }
        false => format!(
            "`{name}` may be no member of `{ty}`: others of the list are translations, and no code shows it; it was left out"
        ),
    };
    Diagnostic::new(Code::MemberTranslated, place.clone(), message)
        .hint("write the name as it is on the wire")
        .about(Subject::ty(ty))
}
