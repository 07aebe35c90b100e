//! Ratios beside the bars that they are to reach.

use std::fmt;
use std::process::ExitCode;

use crate::emitted::Problem;

/// What a ratio is to reach.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// At least this.
    pub least: f64,
    /// Better this.
    pub goal: Option<f64>,
}

impl Bar {
    /// A bar without a goal beyond it.
    #[must_use]
    pub fn at_least(least: f64) -> Self {
        Self { least, goal: None }
    }

    /// The same bar with a goal beyond it.
    #[must_use]
    pub fn with_goal(self, goal: f64) -> Self {
        Self {
            goal: Some(goal),
            ..self
        }
    }

    /// What a ratio is by this bar.
    #[must_use]
    pub fn verdict(self, ratio: f64) -> &'static str {
        match self.goal {
            _ if ratio < self.least => "MISSED",
            Some(goal) if ratio >= goal => "goal reached",
            _ => "holds",
        }
    }
}

impl fmt::Display for Bar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, ">= {}", self.least)?;
        match self.goal {
            Some(goal) => write!(f, " (goal {goal})"),
            None => Ok(()),
        }
    }
}

/// The time in the middle.
#[must_use]
pub fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().unwrap_or(f64::NAN)
}

/// How many times another number a number is.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "it is printed with two digits")]
pub fn ratio(number: u64, of: u64) -> f64 {
    number as f64 / of as f64
}

/// Whether a number stays within its limit, as a word.
#[must_use]
pub fn within(number: f64, limit: f64) -> &'static str {
    if number <= limit { "holds" } else { "MISSED" }
}

/// Ends a program: with 2 and what is wrong, if it could not run.
#[must_use]
pub fn end(run: Result<(), Problem>) -> ExitCode {
    match run {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::from(2)
        }
    }
}

/// Lines of cells, each column as wide as its widest cell.
#[derive(Clone, Debug, Default)]
pub struct Table {
    lines: Vec<Vec<String>>,
}

impl Table {
    /// Adds a line.
    pub fn line<S: Into<String>>(&mut self, cells: impl IntoIterator<Item = S>) {
        self.lines.push(cells.into_iter().map(Into::into).collect());
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.lines.iter().map(Vec::len).max().unwrap_or(0);
        let widths: Vec<usize> = (0..columns)
            .map(|column| {
                let cells = self.lines.iter().filter_map(|line| line.get(column));
                cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
            })
            .collect();
        for line in &self.lines {
            let cells = line.iter().zip(&widths).map(|(cell, width)| {
                let is_number = cell.starts_with(|first: char| first.is_ascii_digit());
                if is_number {
                    format!("{cell:>width$}")
                } else {
                    format!("{cell:<width$}")
                }
            });
            writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_holds_from_the_bar_on() {
        let bar = Bar::at_least(6.0).with_goal(8.0);
        assert_eq!(bar.to_string(), ">= 6 (goal 8)");
        let verdicts = [5.9, 6.0, 7.9, 8.0].map(|ratio| bar.verdict(ratio));
        assert_eq!(verdicts, ["MISSED", "holds", "holds", "goal reached"]);
        assert_eq!(Bar::at_least(0.9).verdict(9.0), "holds");
    }

    #[test]
    fn columns_are_as_wide_as_they_need_to_be() {
        let mut table = Table::default();
        table.line(["", "time", ""]);
        table.line(["a", "1.0 s", "x"]);
        table.line(["bc", "10.0 s", ""]);
        assert_eq!(table.to_string(), "    time\na    1.0 s  x\nbc  10.0 s\n");
    }
}
