//! What the text of the pages says of a type, found by searching lines. Each search has a strict half, whose finds are
//! good enough to blame the docs, and some a broad half, whose finds are good enough to acquit them of silence.

use regex::Regex;

use super::page::{How, Part, TextPage, clean, pattern};
use super::pages::{Pages, Quote, marked, mention, namespace, quote, row_name, short};

pattern!(BASE_TYPE, r##""baseType"\s*:\s*(?:"#?([\w.]*)"|null)"##);
pattern!(
    INHERITS,
    r"(?i)\b(inherits|inherited|derives|derived|extends|sub-?(?:type|class)|based on|speciali[sz]\w+)\b"
);
pattern!(
    SOME_OTHERS,
    r"(?i)^\W*(?:all|each|every|these|those|both|some|many|most|they|other|types|classes|the [^.]*types)\b"
);
pattern!(
    FILLER,
    r"(?i)^[\s*_`:]*(?:\b(?:from|of|on|the|a|an|type|resource|base|abstract|its|properties|in|odata|complex|entity type)\b[\s*_`:]*)*"
);
pattern!(
    FIRST_NAME,
    r"^(?:\[([^\]]*)\]\(([^)]*)\)|([A-Za-z_][\w.]*))"
);
pattern!(
    KINSHIP,
    r"(?i)(inherit|deriv|base ?type|base (?:class|resource)|sub-?types?\b|sub-?class|super-?(?:type|class)|\bextends\b|speciali[sz]|based on|parent type)"
);
pattern!(
    LOOSE_KINSHIP,
    r#"(?i)(\babstract|\bkinds? of\b|\btypes? of\b|\bfollowing types?\b|\bis an? |^(?:description: ")?an? )"#
);
pattern!(KEY_PROPERTY, r#""keyProperty"\s*:\s*"(\w+)""#);
pattern!(OPEN_TYPE, r#""openType"\s*:\s*(true|false)"#);
pattern!(
    OPEN,
    r"(?i)\bopen[ -]?(?:type|complex type|entity)\b|\bdynamic propert(?:y|ies)\b"
);
// Open, of the type itself; "the open type X" speaks of another.
pattern!(
    IS_OPEN,
    r"(?i)(?:\ban?\s+[*_]*|\()open[ -]?(?:complex |entity )?type\b[*_]*(?:\W*$|[.,)\]]| that| and| which| with)"
);
pattern!(ENTITY, r"(?i)\bentit(?:y|ies)\b");
// Entity, of the type itself.
pattern!(
    IS_ENTITY,
    r"(?i)(?:^(?:description: .)?|[.] |\b(?:is|represents) )(?:an?|this|the|singleton|abstract|base)\s+(?:\w+\s+)?entity\b"
);
pattern!(COMPLEX, r"(?i)\bcomplex\s?type\b");
pattern!(COMPLEX_BLOCK, r#""blockType"\s*:\s*"[cC]omplex"#);

/// How much weight a statement has; the annotation has most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    Row,
    Sentence,
    Annotation,
}

/// Where the pages of a type say that it derives from a base, in words made for that.
pub(super) fn says_base(pages: &Pages, name: &str, base: &str) -> Option<(Weight, Quote)> {
    let is_base = |word: &str| {
        short(word).eq_ignore_ascii_case(short(base))
            && (!word.contains('.') || namespace(word).eq_ignore_ascii_case(namespace(base)))
    };
    for (page, line) in pages.annotation(name) {
        let stated = BASE_TYPE
            .captures(&page.lines[line])
            .and_then(|found| found.get(1));
        if stated.is_some_and(|stated| is_base(stated.as_str())) {
            return Some((Weight::Annotation, quote((page, line))));
        }
    }
    let mut found = Vec::new();
    for (page, line) in pages.lines(name) {
        let text = &page.lines[line];
        for phrase in INHERITS.find_iter(text) {
            let before = &text[..phrase.start()];
            let before = before.rsplit_once(". ").map_or(before, |(_, last)| last);
            if SOME_OTHERS.is_match(before) && page.parts[line] != Part::Row {
                continue;
            }
            let rest = &text[phrase.end()..];
            let rest = &rest[FILLER.find(rest).map_or(0, |filler| filler.end())..];
            let Some(names) = FIRST_NAME.captures(rest) else {
                continue;
            };
            let label = names
                .get(1)
                .or(names.get(3))
                .map_or("", |name| name.as_str());
            let label = clean(label);
            let linked = names.get(2).is_some_and(|target| {
                mention(base).is_match(&format!("({})", target.as_str().trim()))
                    && !label.contains(' ')
            });
            if !is_base(label.trim_end_matches('.')) && !linked {
                continue;
            }
            let weight = if page.parts[line] == Part::Row {
                Weight::Row
            } else {
                Weight::Sentence
            };
            found.push((weight, quote((page, line))));
        }
    }
    // The first of those with most weight.
    let most = found.iter().map(|(weight, _)| *weight).max()?;
    found.into_iter().find(|(weight, _)| *weight == most)
}

/// Whether the annotation says that there is no base.
pub(super) fn says_no_base(pages: &Pages, name: &str) -> Option<Quote> {
    pages.annotation(name).into_iter().find_map(|(page, line)| {
        let found = BASE_TYPE.captures(&page.lines[line])?;
        found
            .get(1)
            .is_none_or(|stated| stated.as_str().is_empty())
            .then(|| quote((page, line)))
    })
}

/// Where any page could be read to say that a type derives from a base: a line with both names, or with one of them on
/// the other's page, in or under words of kinship.
pub(super) fn hints_base(pages: &Pages, name: &str, base: &str) -> Option<Quote> {
    if let Some((_, quote)) = says_base(pages, name, base) {
        return Some(quote);
    }
    let (child, parent) = (marked(name), marked(base));
    // The annotation may name it under another key.
    let annotation = pages.annotation(name);
    let aliased = annotation
        .iter()
        .find(|(page, line)| parent.is_match(&page.lines[*line]));
    if let Some(found) = aliased {
        return Some(quote(*found));
    }
    for page in pages.of_type(name) {
        for line in 0..page.lines.len() {
            if page.parts[line] != Part::Code
                && page.speaks_of(line, short(name))
                && kin(page, line, &parent)
            {
                return Some(quote((page, line)));
            }
        }
    }
    for page in pages.of_type(base) {
        for line in 0..page.lines.len() {
            if page.parts[line] != Part::Code
                && child.is_match(&page.lines[line])
                && page.speaks_of(line, short(base))
                && (kin(page, line, &child) || under_kinship(page, line))
            {
                return Some(quote((page, line)));
            }
        }
    }
    // Elsewhere only a line that has both names and a word made for it.
    pages
        .grep(&child)
        .find(|(page, line)| {
            let text = &page.lines[*line];
            page.parts[*line] != Part::Code && parent.is_match(text) && INHERITS.is_match(text)
        })
        .map(quote)
}

/// Whether a sentence or cell has a word of kinship and a name.
fn kin(page: &TextPage, line: usize, name: &Regex) -> bool {
    let is_row = page.parts[line] == Part::Row;
    let text = &page.lines[line];
    let parts = text.split(if is_row { "|" } else { ". " });
    let worded = |part: &str| KINSHIP.is_match(part) || !is_row && LOOSE_KINSHIP.is_match(part);
    parts
        .filter(|part| worded(part.trim()))
        .any(|part| name.is_match(part))
}

/// Whether the nearest heading, or the sentence that leads to a list or table, has a word of kinship.
fn under_kinship(page: &TextPage, line: usize) -> bool {
    let heading = page.headings[line].first();
    let led = (0..line)
        .rev()
        .take_while(|above| page.parts[*above] != Part::Heading)
        .find(|above| {
            let text = page.line(*above);
            page.parts[*above] == Part::Text && !text.is_empty() && !text.starts_with(['-', '*'])
        });
    heading
        .into_iter()
        .chain(led.as_ref())
        .any(|above| KINSHIP.is_match(&page.lines[*above]))
}

/// Where the pages of a type speak of it as an entity: key, `id`, relationships, the word.
pub(super) fn says_entity(pages: &Pages, name: &str) -> Option<(&'static str, Quote)> {
    for (page, line) in pages.annotation(name) {
        if KEY_PROPERTY.is_match(&page.lines[line]) {
            return Some(("the annotation names a key", quote((page, line))));
        }
    }
    if let Some((page, row)) = pages.rows_of(name, "id").first() {
        return Some(("a row describes `id`", quote((page, row.line))));
    }
    if let Some((page, key)) = pages.keys(name).iter().find(|(_, key)| key.name == "id") {
        return Some(("the JSON shows `id`", quote((page, key.line))));
    }
    let related = |(_, row): &&(&TextPage, &super::page::Row)| {
        let name = row_name(row);
        !name.is_empty() && !name.eq_ignore_ascii_case("none")
    };
    if let Some((page, row)) = pages.relations(name).iter().find(related) {
        return Some(("it has relationships", quote((page, row.line))));
    }
    worded(pages, name, &IS_ENTITY).map(|quote| ("a sentence says entity", quote))
}

/// The annotation's line that names a property as key.
pub(super) fn says_key(pages: &Pages, name: &str, property: &str) -> Option<Quote> {
    pages.annotation(name).into_iter().find_map(|(page, line)| {
        let found = KEY_PROPERTY.captures(&page.lines[line])?;
        (&found[1] == property).then(|| quote((page, line)))
    })
}

/// Where any page could be read to say that a type is an entity, beside its own pages: as a target of relationships.
pub(super) fn hints_entity(pages: &Pages, name: &str) -> Option<(&'static str, Quote)> {
    if let Some(found) = says_entity(pages, name) {
        return Some(found);
    }
    if let Some(quote) = worded(pages, name, &ENTITY) {
        return Some(("the word entity", quote));
    }
    let target = mention(name);
    for page in &pages.pages {
        for row in &page.rows {
            if super::pages::is_relation(page, row)
                && row.cells.get(1).is_some_and(|cell| target.is_match(cell))
            {
                return Some(("a relationship leads to it", quote((page, row.line))));
            }
        }
    }
    None
}

/// Where the pages of a type call it a complex type.
pub(super) fn says_complex(pages: &Pages, name: &str) -> Option<Quote> {
    for (page, line) in pages.annotation(name) {
        if COMPLEX_BLOCK.is_match(&page.lines[line]) {
            return Some(quote((page, line)));
        }
    }
    worded(pages, name, &COMPLEX)
}

/// A word in title, description or text above the first table of a type.
fn worded(pages: &Pages, name: &str, word: &Regex) -> Option<Quote> {
    for page in pages.of_type(name) {
        let first = (0..page.lines.len())
            .find(|line| page.parts[*line] == Part::Row && page.speaks_of(*line, short(name)))
            .unwrap_or(page.lines.len());
        for line in 0..first {
            let part = page.parts[line];
            if matches!(part, Part::Front | Part::Heading | Part::Text)
                && page.speaks_of(line, short(name))
                && word.is_match(&page.lines[line])
            {
                return Some(quote((page, line)));
            }
        }
    }
    None
}

/// What the annotation says of openness.
pub(super) fn annotates_open(pages: &Pages, name: &str, open: bool) -> Option<Quote> {
    let wanted = if open { "true" } else { "false" };
    pages.annotation(name).into_iter().find_map(|(page, line)| {
        let found = OPEN_TYPE.captures(&page.lines[line])?;
        (&found[1] == wanted).then(|| quote((page, line)))
    })
}

/// Where annotation or words say that a type is open.
pub(super) fn says_open(pages: &Pages, name: &str) -> Option<Quote> {
    annotates_open(pages, name, true).or_else(|| spoken_of(pages, name, &IS_OPEN))
}

/// Where any words on a type's pages could be read to say that it is open.
pub(super) fn hints_open(pages: &Pages, name: &str) -> Option<Quote> {
    annotates_open(pages, name, true).or_else(|| spoken_of(pages, name, &OPEN))
}

fn spoken_of(pages: &Pages, name: &str, word: &Regex) -> Option<Quote> {
    pages
        .lines(name)
        .into_iter()
        .find(|(page, line)| word.is_match(&page.lines[*line]))
        .map(quote)
}

/// Where a type is named as described, in its namespace: by the annotation of a resource, a title, a heading.
pub(super) fn names_type(pages: &Pages, name: &str) -> Option<(How, Quote)> {
    let mut claims = pages.claims(name);
    claims.retain(|(page, claim)| {
        let in_namespace = claim
            .namespace
            .as_deref()
            .unwrap_or("microsoft.graph")
            .eq_ignore_ascii_case(namespace(name));
        in_namespace && (claim.how != How::Annotation || page.shows_resource(claim))
    });
    claims.sort_by_key(|(_, claim)| claim.how != How::Annotation);
    let (page, claim) = claims.first()?;
    Some((claim.how, quote((page, claim.line))))
}

/// Where any line has the qualified name of a type.
pub(super) fn qualified(pages: &Pages, name: &str) -> Option<Quote> {
    let name = Regex::new(&format!(r"(?i)\b{}\b", regex::escape(name))).ok()?;
    pages.grep(&name).next().map(quote)
}
