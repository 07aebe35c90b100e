//! A changelog in Markdown.

use std::io::{self, Write};

use super::super::some;
use super::{DiffReport, parity_in_words, verdicts};
use crate::diagnostic::Severity;
use crate::diff::Finding;
use crate::visible::visible;

pub(super) fn write(report: &DiffReport<'_>, out: &mut dyn Write) -> io::Result<()> {
    let names = &report.names;
    writeln!(out, "## {} → {}\n", plain(&names.old), plain(&names.new))?;
    writeln!(
        out,
        "Required bump: **{}**; {}.\n",
        report.required_in_words(),
        report.count()
    )?;
    for note in report.notes {
        writeln!(out, "{}.\n", plain(note))?;
    }
    if let Some(parity) = report.parity {
        writeln!(out, "{}.\n", plain(&parity_in_words(parity)))?;
    }
    let sections = [
        (Severity::Error, "Breaking"),
        (Severity::Warning, "May break"),
        (Severity::Note, "Other changes"),
    ];
    for (severity, heading) in sections {
        let mut findings = report
            .told()
            .filter(|(_, told)| *told == severity)
            .map(|(finding, _)| finding)
            .peekable();
        if findings.peek().is_none() {
            continue;
        }
        writeln!(out, "### {heading}\n")?;
        for finding in findings {
            item(finding, out)?;
        }
        writeln!(out)?;
    }
    let mut allowed = report.allowed().peekable();
    if allowed.peek().is_some() {
        writeln!(out, "### Allowed\n")?;
        for (finding, reason) in allowed {
            write!(out, "- ")?;
            title(finding, out)?;
            writeln!(out, ": {}", plain(reason))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// A change as an item of a list.
pub(crate) fn item(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "- ")?;
    title(finding, out)?;
    match (&finding.old, &finding.new) {
        (Some(old), Some(new)) => write!(out, " ({} → {})", code(old), code(new))?,
        (Some(old), None) => write!(out, " (was {})", code(old))?,
        (None, Some(new)) => write!(out, " ({})", code(new))?,
        (None, None) => {}
    }
    write!(out, ": `{}`, {}", finding.rule, verdicts(finding))?;
    let affects = finding.affects.to_string();
    if !affects.is_empty() {
        write!(out, ", {affects}")?;
    }
    writeln!(out)?;
    if !finding.members.is_empty() {
        let members: Vec<String> = finding.members.iter().map(|member| code(member)).collect();
        writeln!(out, "  {}", some(&members))?;
    }
    if let Some(hint) = &finding.hint {
        writeln!(out, "  {}", plain(hint))?;
    }
    Ok(())
}

fn title(finding: &Finding, out: &mut dyn Write) -> io::Result<()> {
    let version = plain(&finding.version());
    let subject = match finding.members.is_empty() {
        true => code(&finding.path()),
        false => plain(&finding.subject()),
    };
    if !version.is_empty() {
        write!(out, "**{version}** ")?;
    }
    write!(out, "{subject} {}", finding.rule.summary)
}

/// A text from docs as code, whatever is in it.
fn code(text: &str) -> String {
    let text = visible(text).replace(['\n', '\t'], " ");
    let text = text.trim();
    if text.is_empty() {
        return "(empty)".to_owned();
    }
    let mut longest = 0;
    let mut run = 0;
    for c in text.chars() {
        run = if c == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    match text.starts_with('`') || text.ends_with('`') {
        true => format!("{fence} {text} {fence}"),
        false => format!("{fence}{text}{fence}"),
    }
}

/// A text from docs as text: nothing in it is Markdown but code between single backticks, which our own sentences have.
pub(crate) fn plain(text: &str) -> String {
    let text = visible(text).replace(['\n', '\t'], " ");
    let mut plain = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some((before, behind)) = rest.split_once('`') {
        plain.push_str(&escaped(before));
        match behind.split_once('`') {
            Some((inside, behind)) if !inside.trim().is_empty() => {
                // Spans that touch would be read as one.
                if plain.ends_with('`') {
                    plain.push(' ');
                }
                plain.push_str(&code(inside));
                rest = behind;
            }
            _ => {
                plain.push_str("\\`");
                rest = behind;
            }
        }
    }
    plain.push_str(&escaped(rest));
    plain
}

/// A text in which no character has a meaning, but for backticks, which it does not have. Addresses are kept from becoming
/// links, which code hosts make of them.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        let has_meaning = match c {
            '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' | '!' | '&' | '$' => true,
            ':' => text[at..].starts_with("://"),
            '.' => before.eq_ignore_ascii_case(&'w'),
            _ => false,
        };
        if has_meaning {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_keep_their_code_and_nothing_else_has_a_meaning() {
        for (text, expected) in [
            ("`a/b` is gone", "`a/b` is gone"),
            ("a <b> [c](d) `", r"a \<b\> \[c\](d) \`"),
            ("`a``b`", "`a` `b`"),
            ("``` <img> `", r"\`\` `<img>`"),
            ("https://a.bc www.a.bc", r"https\://a.bc www\.a.bc"),
        ] {
            assert_eq!(plain(text), expected, "{text}");
        }
    }
}
