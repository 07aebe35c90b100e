//! `typedown explain`

use std::io::Write;

use comfy_table::{ContentArrangement, Table, presets};

use super::args::ExplainArgs;
use super::{Failure, Outcome, suggestion};
use crate::Generator;
use crate::diagnostic::{Code, Levels, Severity};
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
        None => {
            for line in table(look.width).to_string().lines() {
                writeln!(out, "{}", line.trim())?;
            }
        }
        Some(name) => {
            let Some(code) = Code::from_name(&name.to_ascii_lowercase()) else {
                let known: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
                return Err(Failure::Usage(format!(
                    "there is no code `{name}`; {}",
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
