//! `typedown explain`

use std::io::Write;

use comfy_table::{ContentArrangement, Table, presets};

use super::args::ExplainArgs;
use super::{Failure, Outcome, suggestion};
use crate::Generator;
use crate::diagnostic::{Code, Levels, Severity};
use crate::diff::{About, Judged, Rule};
use crate::report::{Findings, Format, Look, Sources};
use crate::source::MemoryFiles;

/// Lines of prose are read more easily when they are not longer.
const WIDEST: usize = 100;

pub(super) fn run(
    command: &ExplainArgs,
    look: Look,
    out: &mut dyn Write,
) -> Result<Outcome, Failure> {
    match &command.code {
        None if command.rules => {
            for line in rules(look.width).to_string().lines() {
                writeln!(out, "{}", line.trim_end())?;
            }
        }
        None => {
            for line in table(look.width).to_string().lines() {
                writeln!(out, "{}", line.trim())?;
            }
        }
        Some(name) => {
            let lower = name.to_ascii_lowercase();
            if let Some(rule) = Rule::find(&lower) {
                explain_rule(rule, look, out)?;
                return Ok(Outcome::Done);
            }
            let Some(code) = Code::from_name(&lower) else {
                let codes = Code::ALL.iter().map(|code| code.name());
                let known: Vec<&str> = codes.chain(Rule::all().map(|rule| rule.id)).collect();
                return Err(Failure::Usage(format!(
                    "there is no code or rule `{name}`; {}",
                    suggestion(name, &known)
                )));
            };
            explain(code, look, out)?;
        }
    }
    Ok(Outcome::Done)
}

fn table(width: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header(["code", "severity", "what it says"]);
    for code in Code::ALL {
        table.add_row([code.name(), &code.severity().to_string(), code.summary()]);
    }
    table
}

fn rules(width: usize) -> Table {
    let mut table = Table::new();
    table
        .load_style(presets::NOTHING)
        .set_content_arrangement(ContentArrangement::Dynamic)
        .set_width(u16::try_from(width).unwrap_or(u16::MAX))
        .set_header(["rule", "wire-read", "wire-write", "rust", "what changed"]);
    for rule in Rule::all() {
        table.add_row([
            rule.id.to_owned(),
            judged(rule.wire_read),
            judged(rule.wire_write),
            bumps(rule),
            format!("it {}", rule.summary),
        ]);
    }
    table
}

fn judged(judged: Judged) -> String {
    match judged {
        Judged::Always(wire) => wire.to_string(),
        Judged::ByShape => "by shape".to_owned(),
        Judged::ByPolicy => "by policy".to_owned(),
        Judged::ByEvidence => "by evidence".to_owned(),
        Judged::ByValues => "by values".to_owned(),
        Judged::AsChange => "as change".to_owned(),
    }
}

fn bumps(rule: &Rule) -> String {
    let bumps: Vec<&str> = rule.rust.iter().map(|bump| bump.name()).collect();
    bumps.join(", ")
}

fn explain_rule(rule: &Rule, look: Look, out: &mut dyn Write) -> Result<(), Failure> {
    let wrap = |text: &str| textwrap::fill(text, look.width.min(WIDEST));
    let wire = |verdict: Judged| match verdict {
        Judged::Always(wire) => wire.name(),
        Judged::ByShape => "depends on what the two types have in common",
        Judged::ByPolicy => "as `enum-members` says, risky if nothing says otherwise",
        Judged::ByEvidence => {
            "breaking if the docs say it, risky if it only follows from what they say"
        }
        Judged::ByValues => "depends on whether the values that the docs list are all members",
        Judged::AsChange => "as the same change is judged where there is no less stable version",
    };
    let subject = rule.about.subject();
    writeln!(out, "{rule}\n")?;
    writeln!(out, "{}\n", wrap(&format!("{subject} {}.", rule.summary)))?;
    writeln!(out, "  wire-read   {}", wire(rule.wire_read))?;
    writeln!(out, "  wire-write  {}", wire(rule.wire_write))?;
    let rust = match rule.rust {
        [one] => one.name().to_owned(),
        _ => format!("{}; computed from what is emitted", bumps(rule)),
    };
    writeln!(out, "  rust        {rust}\n")?;
    writeln!(out, "{}\n", wrap(rule.why))?;
    writeln!(out, "Source: {}", rule.source)?;
    match rule.mirror {
        Ok(mirror) => writeln!(out, "The other way around: {mirror}\n")?,
        Err(reason) => writeln!(out, "There is no rule for the other way around: {reason}\n")?,
    }
    if !rule.is_told() {
        let text = "It is not told unless typedown.toml gives it a level.";
        writeln!(out, "{}\n", wrap(text))?;
    }
    writeln!(
        out,
        "{}\n\n    [diff.levels]\n    {rule} = \"warning\"\n",
        wrap(
            "To tell its findings as \"error\", \"warning\" or \"note\", or not at all (\"allow\"), write into typedown.toml:"
        )
    )?;
    let path = match rule.about {
        About::Property | About::Member => "TYPE/MEMBER",
        About::Type | About::Enumeration => "TYPE",
        About::Version | About::Crate => "VERSION",
    };
    writeln!(
        out,
        "{}\n\n    [[allow]]\n    rule = \"{rule}\"\n    path = \"{path}\"\n    reason = \"why this is accepted\"",
        wrap("To accept one that is known, write into diff-allow.toml:")
    )?;
    Ok(())
}

fn explain(code: Code, look: Look, out: &mut dyn Write) -> Result<(), Failure> {
    let wrap = |text: &str| textwrap::fill(text, look.width.min(WIDEST));
    writeln!(out, "{code} ({})\n", code.severity())?;
    writeln!(out, "{}\n", wrap(code.explanation()))?;
    if let Some(example) = code.example() {
        let pages = example.pages();
        for (index, (path, text)) in pages.iter().enumerate() {
            let start = if index == 0 {
                "For example, in"
            } else {
                "And in"
            };
            writeln!(out, "{start} {path}:\n")?;
            for line in text.trim_end().lines() {
                writeln!(out, "{}", format!("    {line}").trim_end())?;
            }
            writeln!(out)?;
        }
        let files = MemoryFiles::new(pages);
        let mut reading = Generator::new().threads(1).lint(&files)?;
        reading
            .diagnostics
            .retain(|diagnostic| diagnostic.code == code);
        reading.suppressed.clear();
        let levels = Levels::default();
        let findings = Findings::new(&reading, &levels);
        let mut told = Vec::new();
        let narrow = Look {
            color: false,
            ..look
        };
        findings.write(Format::Text, &Sources::new(&files, ""), narrow, &mut told)?;
        writeln!(out, "`typedown lint` says:\n")?;
        let told = String::from_utf8_lossy(&told).into_owned();
        let told = told
            .trim_end()
            .rsplit_once("\n\n")
            .map_or("", |(told, _)| told);
        writeln!(out, "{}\n", textwrap::indent(told, "    "))?;
    }
    let in_pages = if code.severity() == Severity::Error {
        "Errors cannot be hidden in a page, for they say that something was lost.".to_owned()
    } else {
        format!(
            "To leave it untold on one page, give the annotation of the page (`\"type\": \"#page.annotation\"`) an entry in \
             `suppressions`: \"{code}\" for the whole page, \"{code}: NAME\" for what bears a name."
        )
    };
    writeln!(out, "{}\n", wrap(&in_pages))?;
    writeln!(
        out,
        "{}\n\n    [lint]\n    {code} = \"allow\"",
        wrap(
            "To change its severity for all pages, or to leave it untold, write into typedown.toml \"error\", \"warning\", \"note\" or \"allow\":"
        )
    )?;
    Ok(())
}
