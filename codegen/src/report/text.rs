//! Findings as people read them: the message, and the line of the page with what is meant underlined.

use std::io::{self, Write};

use annotate_snippets::{
    Annotation, AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet,
};

use super::pointed::pointed;
use super::sources::MOST_SHOWN;
use super::{Finding, Findings, Look, Sources};
use crate::diagnostic::Severity;
use crate::source::Place;
use crate::visible::visible;

/// What stands at the second place.
const OTHER: &str = "compared with this";

pub(super) fn write(
    findings: &Findings<'_>,
    sources: &Sources<'_>,
    look: Look,
    out: &mut dyn Write,
) -> io::Result<()> {
    let renderer = if look.color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let renderer = renderer.term_width(look.width);
    for finding in &findings.told {
        writeln!(out, "{}\n", renderer.render(&[group(finding, sources)]))?;
    }
    writeln!(out, "{}", findings.summary())
}

/// One finding.
fn group<'a>(finding: &Finding<'a>, sources: &Sources<'_>) -> Group<'a> {
    let diagnostic = finding.diagnostic;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Note => Level::NOTE,
    };
    let title = level
        .primary_title(visible(&diagnostic.message))
        .id(diagnostic.code.name());
    let mut group = Group::with_title(title);
    let other = diagnostic.other.as_ref();
    let near = |other: &&Place| {
        other.file == diagnostic.place.file && are_near(&diagnostic.place, other, sources)
    };
    match other.filter(near) {
        Some(other) => group = group.element(excerpt(&diagnostic.place, Some(other), sources)),
        None => {
            group = group.element(excerpt(&diagnostic.place, None, sources));
            if let Some(other) = other {
                group = group.element(excerpt(other, None, sources));
            }
        }
    }
    if let Some(hint) = &diagnostic.hint {
        group = group.element(Level::HELP.message(visible(hint)));
    }
    group
}

/// Whether one excerpt can show two places of a file.
fn are_near(one: &Place, other: &Place, sources: &Sources<'_>) -> bool {
    let (first, last) = (one.line.min(other.line), one.line.max(other.line));
    let lines = sources.lines(&one.file);
    let between = (first as usize)
        .checked_sub(1)
        .and_then(|from| lines.as_ref()?.get(from..last as usize));
    between.is_none_or(is_short)
}

/// Whether lines have not more bytes than are shown.
fn is_short(lines: &[String]) -> bool {
    let mut left = MOST_SHOWN;
    lines.iter().all(|line| {
        let fits = line.len() < left;
        left = left.saturating_sub(line.len() + 1);
        fits
    })
}

/// The line of a place, with that of a second one in the same file; only the path where there is no such line.
fn excerpt<'a>(place: &Place, other: Option<&Place>, sources: &Sources<'_>) -> Element<'a> {
    let path = visible(&sources.path(&place.file)).into_owned();
    let origin = || -> Element<'a> {
        Origin::path(path.clone())
            .line(place.line as usize)
            .char_column(place.column as usize)
            .into()
    };
    let Some(lines) = sources.lines(&place.file) else {
        return origin();
    };
    let first = other.map_or(place.line, |other| place.line.min(other.line));
    let last = other.map_or(place.line, |other| place.line.max(other.line));
    let shown = (first as usize)
        .checked_sub(1)
        .and_then(|from| lines.get(from..last as usize));
    let Some(shown) = shown.filter(|shown| is_short(shown)) else {
        return origin();
    };
    let span = |place: &Place| {
        let before = &shown[..(place.line - first) as usize];
        let offset: usize = before.iter().map(|line| line.len() + 1).sum();
        let range = pointed(&shown[before.len()], place.column);
        offset + range.start..offset + range.end
    };
    let mut annotations: Vec<Annotation<'a>> = vec![AnnotationKind::Primary.span(span(place))];
    if let Some(other) = other {
        annotations.push(AnnotationKind::Context.span(span(other)).label(OTHER));
    }
    Snippet::source(shown.join("\n"))
        .line_start(first as usize)
        .path(path)
        .annotations(annotations)
        .into()
}

#[cfg(test)]
mod tests {
    use super::super::Format;
    use super::*;
    use crate::Reading;
    use crate::diagnostic::{Code, Diagnostic, Levels};
    use crate::source::MemoryFiles;

    fn text(files: &MemoryFiles, diagnostic: Diagnostic, color: bool) -> String {
        let reading = Reading {
            diagnostics: vec![diagnostic],
            ..Reading::default()
        };
        let mut out = Vec::new();
        let look = Look {
            color,
            ..Look::default()
        };
        Findings::new(&reading, &Levels::default())
            .write(Format::Text, &Sources::new(files, "docs"), look, &mut out)
            .unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn two_places_of_one_page_share_an_excerpt() {
        let files = MemoryFiles::new([(
            "a.md",
            "# tone\n\n|pitch|Int32|\n\nx\ny\n\n {\"pitch\": \"a\"}\n",
        )]);
        let diagnostic = Diagnostic::new(
            Code::TypeConflict,
            Place::new("a.md", 3, 8),
            "table and block differ",
        )
        .against(Place::new("a.md", 8, 3))
        .hint("correct one");
        assert_eq!(
            text(&files, diagnostic, false),
            "\
warning[type-conflict]: table and block differ
 --> docs/a.md:3:8
  |
3 | |pitch|Int32|
  |        ^^^^^
...
8 |  {\"pitch\": \"a\"}
  |   ------- compared with this
  |
  = help: correct one

1 diagnostic: 1 warning
"
        );
    }

    #[test]
    fn a_place_on_another_page_has_an_excerpt_of_its_own() {
        let files = MemoryFiles::new([("a.md", "# tone\n"), ("b.md", "\n# tone\n")]);
        let diagnostic = Diagnostic::new(Code::TypeRepeated, Place::new("a.md", 1, 3), "twice")
            .against(Place::new("b.md", 2, 3));
        let text = text(&files, diagnostic, false);
        assert!(
            text.contains("--> docs/a.md:1:3") && text.contains("::: docs/b.md:2:3"),
            "{text}"
        );
    }

    #[test]
    fn a_file_that_cannot_be_shown_is_named() {
        let diagnostic = Diagnostic::new(Code::PageUnreadable, Place::new("a.md", 1, 1), "gone");
        assert_eq!(
            text(&MemoryFiles::default(), diagnostic, false),
            "error[page-unreadable]: gone\n--> docs/a.md:1:1\n\n1 diagnostic: 1 error\n"
        );
    }

    #[test]
    fn a_long_row_is_cut_around_the_place() {
        let row = format!("|{}|Pitches|{}|", "a".repeat(3000), "b".repeat(3000));
        let files = MemoryFiles::new([("a.md", row)]);
        let diagnostic = Diagnostic::new(Code::TypeUnresolved, Place::new("a.md", 1, 3003), "no");
        let text = text(&files, diagnostic, false);
        assert!(text.contains("|Pitches|"), "{text}");
        assert!(
            text.lines().all(|line| line.chars().count() < 160),
            "{text}"
        );
    }

    #[test]
    fn places_too_far_apart_have_an_excerpt_each() {
        let files = MemoryFiles::new([("a.md", format!("one\n{}two\n", "between\n".repeat(9000)))]);
        let diagnostic = Diagnostic::new(Code::TypeRepeated, Place::new("a.md", 1, 1), "twice")
            .against(Place::new("a.md", 9002, 1));
        let text = text(&files, diagnostic, false);
        assert!(!text.contains("between"), "{text}");
        assert!(
            text.contains("--> docs/a.md:1:1") && text.contains("::: docs/a.md:9002:1"),
            "{text}"
        );
    }

    #[test]
    fn a_line_that_is_far_too_long_is_named_and_not_shown() {
        let files = MemoryFiles::new([("a.md", "a".repeat(100_000))]);
        let diagnostic = Diagnostic::new(Code::TypeUnresolved, Place::new("a.md", 1, 50_000), "no");
        let text = text(&files, diagnostic, false);
        assert!(text.contains("--> docs/a.md:1:50000"), "{text}");
        assert!(text.len() < 1000, "{text}");
    }

    #[test]
    fn nothing_in_a_page_steers_the_terminal() {
        let evil = "|\u{1b}[2J\u{9b}31m\u{202e}x|y|";
        let files = MemoryFiles::new([("a.md", evil)]);
        let diagnostic =
            Diagnostic::new(Code::TypeUnresolved, Place::new("a.md", 1, 2), evil).hint(evil);
        let steers = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
        let text = text(&files, diagnostic, false);
        assert!(!text.contains(steers), "{text:?}");
    }

    #[test]
    fn colour_is_there_only_where_it_is_wanted() {
        let files = MemoryFiles::new([("a.md", "x")]);
        let diagnostic = || Diagnostic::new(Code::TypeUnresolved, Place::new("a.md", 1, 1), "no");
        assert!(text(&files, diagnostic(), true).contains("\u{1b}["));
        assert!(!text(&files, diagnostic(), false).contains('\u{1b}'));
    }
}
