//! What the text of the pages says of a type, found by searching lines. Each search has a strict half, whose finds are
//! good enough to blame the docs, and some a broad half, whose finds are good enough to acquit them of silence.

use regex::Regex;

use super::page::{How, Part, TextPage, clean, pattern};
use super::pages::{Pages, Quote, mention, namespace, quote, row_name, short};

pattern!(BASE_TYPE, r##""baseType"\s*:\s*(?:"#?([\w.]*)"|null)"##);
pattern!(
    INHERITS,
    r"(?i)\b(inherit(?:s|ed|ing)?|deriv(?:es|ed|ing)|extends|sub-?(?:type|class)|based on|specializ\w+)\b"
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
    r"(?i)(inherit|deriv|base ?type|base (?:class|resource)|sub-?types?\b|sub-?class|super-?(?:type|class)|\bextends\b|specializ|based on|parent type|abstract|\bkinds? of\b|\btypes? of\b|following types?\b|is an? )"
);
pattern!(KEY_PROPERTY, r#""keyProperty"\s*:\s*"(\w+)""#);
pattern!(OPEN_TYPE, r#""openType"\s*:\s*(true|false)"#);
pattern!(
    OPEN,
    r"(?i)\bopen[ -]?(?:type|complex type|entity)\b|\bdynamic propert(?:y|ies)\b"
);
pattern!(ENTITY, r"(?i)\bentit(?:y|ies)\b");
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
    let (child, parent) = (mention(name), mention(base));
    for page in pages.of_type(name) {
        for line in 0..page.lines.len() {
            let text = &page.lines[line];
            if page.parts[line] != Part::Code
                && page.speaks_of(line, short(name))
                && kin(text, &parent)
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
                && (kin(&page.lines[line], &child) || under_kinship(page, line))
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

/// Whether a line has a word of kinship close before or after a name; in a long row or paragraph they are strangers.
fn kin(text: &str, name: &Regex) -> bool {
    const NEAR: usize = 80;
    KINSHIP.find_iter(text).any(|word| {
        name.find_iter(text).any(|name| {
            let apart = if name.start() >= word.end() {
                &text[word.end()..name.start()]
            } else if word.start() >= name.end() {
                &text[name.end()..word.start()]
            } else {
                ""
            };
            apart.len() <= NEAR && !apart.contains(". ") && !apart.contains('|')
        })
    })
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
    worded(pages, name, &ENTITY).map(|quote| ("a sentence says entity", quote))
}

/// Where any page could be read to say that a type is an entity, beside its own pages: as a target of relationships.
pub(super) fn hints_entity(pages: &Pages, name: &str) -> Option<(&'static str, Quote)> {
    if let Some(found) = says_entity(pages, name) {
        return Some(found);
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
    annotates_open(pages, name, true).or_else(|| {
        pages
            .lines(name)
            .into_iter()
            .find(|(page, line)| OPEN.is_match(&page.lines[*line]))
            .map(quote)
    })
}

/// Where a type is named as described: annotation, title, heading, with the namespace that goes with the name.
pub(super) fn names_type(pages: &Pages, name: &str) -> Option<Quote> {
    let claims = pages.claims(name);
    let in_namespace = |claimed: Option<&str>| {
        claimed
            .unwrap_or("microsoft.graph")
            .eq_ignore_ascii_case(namespace(name))
    };
    claims
        .iter()
        .find(|(_, claim)| claim.how == How::Annotation && in_namespace(claim.namespace.as_deref()))
        .or_else(|| {
            claims
                .iter()
                .find(|(_, claim)| in_namespace(claim.namespace.as_deref()))
        })
        .map(|(page, claim)| quote((page, claim.line)))
}
