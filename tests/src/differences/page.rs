//! A page as plain lines: what each line stands in, and nothing that Typedown's own reading knows.

mod lines;

use self::lines::{heading_text, headings, parts, rows};

/// A pattern that is written in this crate.
macro_rules! pattern {
    ($visible:vis $name:ident, $text:expr) => {
        $visible static $name: ::std::sync::LazyLock<::regex::Regex> =
            ::std::sync::LazyLock::new(|| ::regex::Regex::new($text).expect("the pattern is written here"));
    };
}
pub(super) use pattern;

pattern!(
    TITLE,
    r#"^(?:<a[^>]*></a>)?\[?\**([A-Za-z_][\w.]*)\**\]?(?:\([^)]*\))?\s+(?:resource type|enum type|resource|complex type|enumeration|entity type|facet|type)"#
);
pattern!(
    VALUES,
    r#"^(?:<a[^>]*></a>)?\**([A-Za-z_]\w*)\**\s+(?:values|enumeration|enum)\b"#
);
pattern!(
    ANNOTATED,
    r##""@(?:odata\.)?type"\s*:\s*"#?(?:[Cc]ollection\()?([\w.]+)"##
);
pattern!(BLOCK_TYPE, r#""blockType"\s*:\s*"(\w+)"#);
pattern!(NAMESPACE, r"^Namespace:\s*([\w.]+)");
pattern!(KEY, r#"^"([^"]+)"\s*:\s*(.*)$"#);
pattern!(LINK, r"\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])?");
pattern!(TAG, r"<[^>]*>");
pattern!(pub(super) TARGET, r"\]\(([^)]*)\)");

/// What a line stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Front,
    Comment,
    Code,
    Heading,
    /// A row of a table, or its header.
    Row,
    Text,
}

/// How a page names a type that it describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum How {
    Annotation,
    Title,
    Heading,
}

/// A type that the page describes.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    pub(super) short: String,
    /// The namespace that stands there, or that of the page's `Namespace:` line.
    pub(super) namespace: Option<String>,
    pub(super) how: How,
    pub(super) line: usize,
    /// The first and last line of the comment.
    pub(super) comment: (usize, usize),
}

/// A row of a table.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) line: usize,
    pub(super) header: Vec<String>,
    pub(super) cells: Vec<String>,
}

/// A key of a JSON object that shows a type.
#[derive(Clone, Debug)]
pub(super) struct Key {
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) value: String,
}

/// A page, line by line.
#[derive(Clone, Debug)]
pub(super) struct TextPage {
    /// The path, relative to the docs folder.
    pub(super) path: String,
    pub(super) lines: Vec<String>,
    pub(super) parts: Vec<Part>,
    /// For each line the lines of the headings above it, the nearest first.
    pub(super) headings: Vec<Vec<usize>>,
    pub(super) claims: Vec<Claim>,
    pub(super) rows: Vec<Row>,
    /// The shown objects: the short name that the comment above states, and the members of the outermost object.
    pub(super) shown: Vec<(String, Vec<Key>)>,
}

impl TextPage {
    /// Reads a page.
    pub(super) fn read(path: &str, text: &str) -> Self {
        let lines: Vec<String> = text
            .trim_start_matches('\u{feff}')
            .lines()
            .map(str::to_owned)
            .collect();
        let parts = parts(&lines);
        let mut page = Self {
            path: path.to_owned(),
            headings: headings(&lines, &parts),
            rows: rows(&lines, &parts),
            lines,
            parts,
            claims: Vec::new(),
            shown: Vec::new(),
        };
        page.claims = page.find_claims();
        page.shown = page.find_shown();
        page
    }

    /// The line without blanks around it.
    pub(super) fn line(&self, line: usize) -> &str {
        self.lines[line].trim()
    }

    /// The namespace of the page's `Namespace:` line, and that line.
    pub(super) fn namespace(&self) -> Option<(String, usize)> {
        self.lines
            .iter()
            .enumerate()
            .find_map(|(at, line)| Some((NAMESPACE.captures(line)?[1].to_owned(), at)))
    }

    /// Whether a line speaks of a type: under a heading that names the type, or anywhere if no heading above names another.
    pub(super) fn speaks_of(&self, line: usize, short: &str) -> bool {
        for heading in &self.headings[line] {
            let text = heading_text(&self.lines[*heading]);
            let word = clean(&text);
            let first = word
                .split(|c: char| !(c.is_alphanumeric() || c == '_'))
                .find(|word| !word.is_empty())
                .unwrap_or_default();
            if first.eq_ignore_ascii_case(short) {
                return true;
            }
            if self
                .claims
                .iter()
                .any(|claim| claim.short.eq_ignore_ascii_case(first))
            {
                // A title that names no type of the service may still be that of an annotated type.
                return self.is_alias(first, short);
            }
        }
        true
    }

    /// Whether two names stand for one type here: the page has one title and one annotation, differently spelled.
    fn is_alias(&self, titled: &str, annotated: &str) -> bool {
        let named = |how: How| -> Vec<&str> {
            let mut names: Vec<&str> = self
                .claims
                .iter()
                .filter(|claim| claim.how == how)
                .map(|claim| claim.short.as_str())
                .collect();
            names.dedup_by(|a, b| a.eq_ignore_ascii_case(b));
            names
        };
        matches!(named(How::Title)[..], [title] if title.eq_ignore_ascii_case(titled))
            && matches!(named(How::Annotation)[..], [name] if name.eq_ignore_ascii_case(annotated))
    }

    fn find_claims(&self) -> Vec<Claim> {
        let stated = self.namespace().map(|(namespace, _)| namespace);
        let mut claims = Vec::new();
        let mut add = |name: &str, how, line, comment| {
            let (namespace, short) = match name.rsplit_once('.') {
                Some((namespace, short)) => (Some(namespace.to_owned()), short),
                None => (stated.clone(), name),
            };
            claims.push(Claim {
                short: short.to_owned(),
                namespace,
                how,
                line,
                comment,
            });
        };
        for (first, last) in self.comments() {
            for line in first..=last {
                if let Some(found) = ANNOTATED.captures(&self.lines[line]) {
                    add(&found[1], How::Annotation, line, (first, last));
                }
            }
        }
        for line in 0..self.lines.len() {
            if self.parts[line] == Part::Heading {
                let text = heading_text(&self.lines[line]);
                if let Some(found) = TITLE.captures(&text) {
                    let how = if self.lines[line].starts_with("# ") {
                        How::Title
                    } else {
                        How::Heading
                    };
                    add(&found[1], how, line, (line, line));
                } else if let Some(found) = VALUES.captures(&text) {
                    add(&found[1], How::Heading, line, (line, line));
                }
            }
        }
        claims
    }

    /// Whether an annotation is that of a resource, not of a request or an example.
    pub(super) fn shows_resource(&self, claim: &Claim) -> bool {
        self.lines[claim.comment.0..=claim.comment.1]
            .iter()
            .filter_map(|line| BLOCK_TYPE.captures(line))
            .any(|found| ["resource", "complex", "complexType"].contains(&&found[1]))
    }

    /// First and last line of each comment.
    fn comments(&self) -> Vec<(usize, usize)> {
        let mut comments: Vec<(usize, usize)> = Vec::new();
        for line in 0..self.lines.len() {
            if self.parts[line] != Part::Comment {
                continue;
            }
            match comments.last_mut() {
                Some((_, last)) if *last + 1 == line && !self.lines[line].contains("<!--") => {
                    *last = line;
                }
                _ => comments.push((line, line)),
            }
        }
        comments
    }

    fn find_shown(&self) -> Vec<(String, Vec<Key>)> {
        let mut shown = Vec::new();
        for claim in self
            .claims
            .iter()
            .filter(|claim| claim.how == How::Annotation)
        {
            if !self.shows_resource(claim) {
                continue;
            }
            let start = (claim.comment.1 + 1..self.lines.len())
                .find(|line| !self.line(*line).is_empty())
                .filter(|line| self.line(*line).starts_with("```"));
            if let Some(start) = start {
                shown.push((claim.short.clone(), self.keys(start + 1)));
            }
        }
        shown
    }

    /// The members of the outermost object of the code that starts at a line.
    fn keys(&self, start: usize) -> Vec<Key> {
        let mut keys = Vec::new();
        let mut depth = 0_i32;
        for line in start..self.lines.len() {
            if self.parts[line] != Part::Code || self.line(line).starts_with("```") {
                break;
            }
            let text = &self.lines[line];
            let (mut quoted, mut escaped) = (false, false);
            for (at, c) in text.char_indices() {
                match c {
                    _ if escaped => escaped = false,
                    '\\' if quoted => escaped = true,
                    '"' => {
                        if !quoted
                            && depth == 1
                            && let Some(found) = KEY.captures(&text[at..])
                        {
                            keys.push(Key {
                                line,
                                name: found[1].to_owned(),
                                value: found[2].to_owned(),
                            });
                        }
                        quoted = !quoted;
                    }
                    '{' if !quoted => depth += 1,
                    '}' if !quoted => depth -= 1,
                    _ => {}
                }
            }
        }
        keys
    }
}

/// A cell or heading without links, tags and emphasis.
pub(super) fn clean(text: &str) -> String {
    let text = TAG.replace_all(text, "");
    let text = LINK.replace_all(&text, "$1");
    text.replace("\\_", "_")
        .trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '`' | '_'))
        .to_owned()
}
