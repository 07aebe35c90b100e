//! The measurement as text: for the console, as the committed summary, and as the whole table.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::bars::{BARS, INFERRED_BAR, OURS_BAR};
use super::classify::Class;
use super::score::Share;
use super::{Difference, Measured, Quote, VERSIONS, Verdict};

type Judged<'a> = (&'a Measured, &'a Difference, &'a Verdict);

fn judged(measured: &[Measured]) -> Vec<Judged<'_>> {
    measured
        .iter()
        .flat_map(|measured| {
            measured
                .judged
                .iter()
                .map(move |(difference, verdict)| (measured, difference, verdict))
        })
        .collect()
}

/// The score with its bars, then the counts by class.
#[must_use]
pub fn console(measured: &[Measured]) -> String {
    format!("{}\n{}", score(measured), counts(measured))
}

/// The committed summary: nothing in it is quoted from the docs.
#[must_use]
pub fn summary(measured: &[Measured], docs: &str, date: &str) -> String {
    let mut text = format!(
        "# Differences from the service\n\n\
         What Typedown reads from the pages of `{docs}`, compared with the service's own CSDL of {date}. This file is \
         written by\n\n\
         ```sh\n\
         TYPEDOWN_CORPUS=DIR cargo run --release -p typedown-tests --bin differences -- --summary docs/differences.md\n\
         ```\n\n\
         and `--out FILE` writes the table of all differences with the quoted lines.\n\n\
         ## Score\n\n{}\n\
         ## Whose fault\n\n\
         Every remaining difference has a verdict, made by searching the lines of the pages apart from Typedown's own \
         reading. *Docs wrong*: a line of the type's own pages says what was emitted. *Docs silent*: no page of that \
         version says what the service has. *Ours*: everything else.\n\n{}\n\
         ## Causes\n\n\
         With one example each; the place is that of the line which decided.\n\n",
        score(measured),
        counts(measured)
    );
    text.push_str("| difference | class | cause | v1.0 | beta | for example | place |\n|---|---|---|--:|--:|---|---|\n");
    for ((fact, class, cause), found) in causes(measured) {
        let (_, difference, verdict) = found[0];
        let count = |version: &str| {
            found
                .iter()
                .filter(|(measured, ..)| measured.version == version)
                .count()
        };
        let _ = writeln!(
            text,
            "| {fact} | {} | {cause} | {} | {} | {} | {} |",
            class.name(),
            count(VERSIONS[0]),
            count(VERSIONS[1]),
            subject(difference),
            verdict.quotes.first().map(place).unwrap_or_default()
        );
    }
    text
}

/// Differences by what differs, class and cause.
fn causes(measured: &[Measured]) -> BTreeMap<(&str, Class, &str), Vec<Judged<'_>>> {
    let mut causes: BTreeMap<_, Vec<Judged<'_>>> = BTreeMap::new();
    for found in judged(measured) {
        let (_, difference, verdict) = found;
        causes
            .entry((
                difference.fact.as_str(),
                verdict.class,
                verdict.cause.as_str(),
            ))
            .or_default()
            .push(found);
    }
    causes
}

/// Every difference with the lines that prove its verdict.
#[must_use]
pub fn table(measured: &[Measured]) -> String {
    let mut text = String::from(
        "# All differences\n\n\
         | version | difference | type | member | service ← emitted | class | cause | lines |\n\
         |---|---|---|---|---|---|---|---|\n",
    );
    for (measured, difference, verdict) in judged(measured) {
        let lines: Vec<String> = verdict
            .quotes
            .iter()
            .map(|quote| format!("{} {}", place(quote), code(&quote.text)))
            .collect();
        let _ = writeln!(
            text,
            "| {} | {} | `{}` | {} | {} | {} | {} | {} |",
            measured.version,
            difference.fact,
            difference.ty,
            difference.member,
            difference.detail.replace(" <- ", " ← "),
            verdict.class.name(),
            verdict.cause,
            lines.join("<br>")
        );
    }
    text
}

fn subject(difference: &Difference) -> String {
    if difference.member.is_empty() {
        format!("`{}`", difference.ty)
    } else {
        format!("`{}` `{}`", difference.ty, difference.member)
    }
}

fn place(quote: &Quote) -> String {
    format!("{}:{}", quote.page, quote.line)
}

/// A line as code in a cell.
fn code(text: &str) -> String {
    let text = text.replace('|', "\\|");
    if text.contains('`') {
        format!("`` {text} ``")
    } else {
        format!("`{text}`")
    }
}

fn percent(share: Share) -> String {
    format!("{} / {} = {:.2} %", share.right, share.of, share.percent())
}

fn mark(reached: bool) -> &'static str {
    if reached { "✓" } else { "✗" }
}

fn score(measured: &[Measured]) -> String {
    let mut text = String::from("| row |");
    for measured in measured {
        let _ = write!(text, " {} | bar | |", measured.version);
    }
    text.push_str("\n|---|");
    text.push_str(&"--:|--:|---|".repeat(measured.len()));
    text.push('\n');
    let mut row = |name: &str, cells: Vec<(Share, String, bool)>| {
        let _ = write!(text, "| {name} |");
        for (share, bar, reached) in cells {
            let _ = write!(text, " {} | {bar} | {} |", percent(share), mark(reached));
        }
        text.push('\n');
    };
    for bar in BARS {
        let cells = measured.iter().zip(bar.least).map(|(measured, least)| {
            let share = measured
                .score
                .rows
                .get(bar.row)
                .copied()
                .unwrap_or(Share { right: 0, of: 0 });
            (share, format!("≥ {least} %"), share.percent() >= least)
        });
        row(bar.row, cells.collect());
    }
    let inferred = measured.iter().map(|measured| {
        let share = measured.inferred;
        (
            share,
            format!("≥ {INFERRED_BAR} %"),
            share.of == 0 || share.percent() >= INFERRED_BAR,
        )
    });
    row("inferred bases real", inferred.collect());
    let ours = measured.iter().map(|measured| {
        let share = measured.ours_of_properties();
        (share, format!("< {OURS_BAR} %"), share.percent() < OURS_BAR)
    });
    row("properties that differ by our fault", ours.collect());
    text
}

fn counts(measured: &[Measured]) -> String {
    let mut counts: BTreeMap<&str, BTreeMap<(&str, Class), usize>> = BTreeMap::new();
    for (measured, difference, verdict) in judged(measured) {
        for fact in [difference.fact.as_str(), "~"] {
            *counts
                .entry(fact)
                .or_default()
                .entry((&measured.version, verdict.class))
                .or_default() += 1;
        }
    }
    let mut text = String::from("| difference |");
    for measured in measured {
        for class in Class::ALL {
            let _ = write!(text, " {} {} |", measured.version, class.name());
        }
    }
    text.push_str("\n|---|");
    text.push_str(&"--:|".repeat(measured.len() * Class::ALL.len()));
    text.push('\n');
    for (fact, counts) in counts {
        let _ = write!(text, "| {} |", if fact == "~" { "all" } else { fact });
        for measured in measured {
            for class in Class::ALL {
                let count = counts
                    .get(&(measured.version.as_str(), class))
                    .copied()
                    .unwrap_or(0);
                let _ = write!(text, " {count} |");
            }
        }
        text.push('\n');
    }
    text
}
