//! Prints findings of `lint` drawn at random, for people to judge whether they are true.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use typedown::Generator;
use typedown::diagnostic::Diagnostic;
use typedown::source::{Files, Folder, Place, decode};

/// Prints findings of `lint` drawn at random, each with the lines of the page around it.
#[derive(Debug, Parser)]
struct Options {
    /// The docs folder.
    #[arg(long, value_name = "DIR", default_value = "docs-input")]
    docs: PathBuf,
    /// Another seed draws other findings; the same seed draws the same.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// How many to draw.
    #[arg(long, value_name = "N", default_value_t = 50)]
    count: usize,
    /// Draws findings with this code only.
    #[arg(long, value_name = "CODE")]
    code: Option<String>,
}

/// So many lines are shown before and behind that of a finding.
const AROUND: usize = 3;

fn main() -> ExitCode {
    match run(&Options::parse(), &mut std::io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options, out: &mut impl Write) -> Result<(), Box<dyn std::error::Error>> {
    let files = Folder::open(&options.docs)?;
    let mut findings = Generator::new().lint(&files)?.diagnostics;
    if let Some(code) = &options.code {
        findings.retain(|finding| finding.code.name() == code);
    }
    let all = findings.len();
    let drawn = draw(findings, options.count, options.seed);
    for (index, finding) in drawn.iter().enumerate() {
        writeln!(out, "== {} of {}\n{finding}\n", index + 1, drawn.len())?;
        print(&files, &finding.place, out)?;
        if let Some(other) = &finding.other {
            print(&files, other, out)?;
        }
    }
    writeln!(
        out,
        "{} of {all} findings, seed {}",
        drawn.len(),
        options.seed
    )?;
    Ok(())
}

/// The lines around a place.
fn print(files: &Folder, place: &Place, out: &mut impl Write) -> std::io::Result<()> {
    let text = decode(files.read(&place.file)?).text;
    writeln!(out, "   {}", place.file)?;
    let line = place.line as usize;
    let first = line.saturating_sub(AROUND).max(1);
    for (number, text) in (1..)
        .zip(text.lines())
        .skip(first - 1)
        .take(line + AROUND + 1 - first)
    {
        let mark = if number == line { '>' } else { ' ' };
        writeln!(out, " {mark} {number:4} | {text}")?;
    }
    writeln!(out)
}

/// So many findings, in the order in which they are told.
fn draw(findings: Vec<Diagnostic>, count: usize, seed: u64) -> Vec<Diagnostic> {
    let mut left = findings.len();
    let mut wanted = count.min(left);
    let mut random = SplitMix(seed);
    let mut drawn = Vec::with_capacity(wanted);
    for finding in findings {
        // Of what is left, each has the same chance.
        if random.below(left as u64) < wanted as u64 {
            drawn.push(finding);
            wanted -= 1;
        }
        left -= 1;
    }
    drawn
}

/// The generator SplitMix64: a few lines, and the same numbers on every machine and for ever, which crates of random
/// numbers do not promise.
struct SplitMix(u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below this one; the bias is far below what a sample can show.
    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample(seed: u64, count: usize) -> String {
        let options = Options {
            docs: typedown_tests::workspace().join("docs-input"),
            seed,
            count,
            code: None,
        };
        let mut out = Vec::new();
        run(&options, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_seed_draws_the_same_findings_again_and_another_draws_others() {
        assert_eq!(sample(1, 3), sample(1, 3));
        assert_ne!(sample(1, 3), sample(2, 3));
    }

    #[test]
    fn no_more_is_drawn_than_there_is() {
        let text = sample(1, 100_000);
        let last = text.lines().last().unwrap();
        let (drawn, all) = last.split_once(" of ").unwrap();
        assert!(all.starts_with(&format!("{drawn} findings")), "{last}");
    }
}
