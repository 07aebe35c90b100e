//! The scoring script, run on an export.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// A row of the score: so many right, of so many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// How many are right.
    pub right: u64,
    /// How many there are.
    pub of: u64,
}

impl Share {
    /// In hundredths.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of types and properties")]
    pub fn percent(self) -> f64 {
        100.0 * self.right as f64 / self.of.max(1) as f64
    }
}

/// A difference between the service and the export, as the script tells it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// What differs, such as `base` or `type of property`.
    pub fact: String,
    /// The qualified name of the type.
    pub ty: String,
    /// The property or member, or nothing.
    pub member: String,
    /// `service's <- emitted` or what there is on one side.
    pub detail: String,
}

impl Difference {
    /// What the service has and what was emitted.
    #[must_use]
    pub fn sides(&self) -> (&str, &str) {
        self.detail.split_once(" <- ").unwrap_or((&self.detail, ""))
    }
}

/// What the script says.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// The rows by name.
    pub rows: BTreeMap<String, Share>,
    /// All differences, sorted.
    pub differences: Vec<Difference>,
}

/// Runs the script on an exported document.
pub(super) fn run(
    tools: &Path,
    truth: &Path,
    export: &str,
    resources: &Path,
) -> Result<Score, String> {
    let folder = tempfile::tempdir().map_err(|error| format!("no temporary folder: {error}"))?;
    let exported = folder.path().join("exported.xml");
    let differences = folder.path().join("differences.jsonl");
    std::fs::write(&exported, export)
        .map_err(|error| format!("{} cannot be written: {error}", exported.display()))?;
    let output = Command::new("python3")
        .arg(tools.join("score.py"))
        .args([truth, &exported, resources])
        .arg("--json")
        .arg("--differences")
        .arg(&differences)
        // Nothing is written beside the script, and sets of words come in one order.
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("PYTHONHASHSEED", "0")
        .output()
        .map_err(|error| format!("python3 cannot be run: {error}"))?;
    if !output.status.success() {
        return Err(format!(
            "the scoring script failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        ));
    }
    let listed = std::fs::read_to_string(&differences)
        .map_err(|error| format!("the script wrote no differences: {error}"))?;
    parse(&String::from_utf8_lossy(&output.stdout), &listed)
        .ok_or_else(|| "the scoring script's answer is not understood".to_owned())
}

fn parse(rows: &str, differences: &str) -> Option<Score> {
    let mut score = Score::default();
    let parsed: Value = serde_json::from_str(rows).ok()?;
    for (name, row) in parsed.as_object()? {
        let share = Share {
            right: row.get("right")?.as_u64()?,
            of: row.get("of")?.as_u64()?,
        };
        score.rows.insert(name.clone(), share);
    }
    for line in differences.lines() {
        let [fact, ty, member, detail]: [String; 4] = serde_json::from_str(line).ok()?;
        score.differences.push(Difference {
            fact,
            ty,
            member,
            detail,
        });
    }
    score.differences.sort();
    Some(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scripts_answer_is_rows_and_differences() {
        let score = parse(
            r#"{"base right": {"right": 9, "of": 10, "share": 0.9}}"#,
            "[\"base\", \"ns.tone\", \"\", \"ns.sound <- None\"]\n",
        )
        .unwrap();
        assert!((score.rows["base right"].percent() - 90.0).abs() < 1e-9);
        assert_eq!(score.differences[0].sides(), ("ns.sound", "None"));
    }
}
