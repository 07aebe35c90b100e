//! Findings that a team has looked at and accepts.

use std::fmt;

use super::finding::Finding;
use super::flood::flood_of;

/// A finding that a team has looked at and accepts, or all findings of a rule at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allow {
    /// Which findings.
    pub what: Allowed,
    /// Why they are accepted.
    pub reason: String,
    /// The last day on which they are.
    pub expires: Option<Date>,
    /// Where it is said, such as `diff-allow.toml:3`.
    pub place: String,
}

/// Which findings are accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// The one of this [fingerprint](Finding::fingerprint), or those of the flood of it; see [`collapse`](super::collapse).
    Fingerprint(String),
    /// Those of a rule at a path: a type's short or qualified name, with `/` and a member behind it for findings about
    /// members. `*` stands for anything; casing does not count.
    Rule {
        /// The rule's id.
        rule: String,
        /// The path.
        path: String,
    },
}

/// A day of the calendar that the world has in common.
///
/// ```
/// use typedown::diff::Date;
///
/// let day = Date::parse("2026-11-30").unwrap();
/// assert!(day < Date::parse("2026-12-01").unwrap());
/// assert_eq!(Date::parse("2026-02-31"), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads `2026-11-30`; none if it is no day.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || (year.len(), month.len(), day.len()) != (4, 2, 2) {
            return None;
        }
        let date = Self {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
            day: day.parse().ok()?,
        };
        let is_leap = date.year.is_multiple_of(4)
            && (!date.year.is_multiple_of(100) || date.year.is_multiple_of(400));
        let days = match date.month {
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            _ => 31,
        };
        ((1..=12).contains(&date.month) && (1..=days).contains(&date.day)).then_some(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl Allow {
    /// Whether it is about a finding.
    #[must_use]
    pub fn is_about(&self, finding: &Finding) -> bool {
        match &self.what {
            Allowed::Fingerprint(print) => *print == finding.fingerprint(),
            Allowed::Rule { rule, path } => {
                *rule == finding.rule.id
                    && is_path(&path.to_lowercase(), &finding.path().to_lowercase())
            }
        }
    }
}

/// Takes from the findings those that are allowed, and tells of what allows nothing. Without a day nothing expires.
pub fn allow(findings: &mut [Finding], allows: &[Allow], today: Option<Date>) -> Vec<String> {
    let mut notes = Vec::new();
    // Floods are made of what no rule allows, so rules come first.
    let is_print = |allow: &&Allow| matches!(allow.what, Allowed::Fingerprint(_));
    let rules = allows.iter().filter(|allow| !is_print(allow));
    for allow in rules.chain(allows.iter().filter(is_print)) {
        let is_over = allow
            .expires
            .zip(today)
            .filter(|(expires, today)| expires < today);
        if let Some((expires, _)) = is_over {
            let place = &allow.place;
            notes.push(format!("{place}: this expired on {expires}, so that it allows nothing any more; look at the finding again, and renew or remove it"));
            continue;
        }
        let mut used = false;
        for finding in findings
            .iter_mut()
            .filter(|finding| allow.is_about(finding))
        {
            used = true;
            finding.allowed.get_or_insert_with(|| allow.reason.clone());
        }
        if let (false, Allowed::Fingerprint(print)) = (used, &allow.what) {
            for at in flood_of(findings, print) {
                used = true;
                findings[at].allowed = Some(allow.reason.clone());
            }
        }
        if !used {
            let place = &allow.place;
            notes.push(format!("{place}: no finding is like this: remove it"));
        }
    }
    notes
}

/// Whether a path is the one of a pattern, which may leave out the namespace.
fn is_path(pattern: &str, path: &str) -> bool {
    if matches(pattern.as_bytes(), path.as_bytes()) {
        return true;
    }
    // Namespaces end at dots in front of the member.
    let ty = path.split('/').next().unwrap_or(path);
    ty.match_indices('.')
        .any(|(at, _)| matches(pattern.as_bytes(), &path.as_bytes()[at + 1..]))
}

/// Whether a text is what a pattern says, in which `*` stands for anything.
fn matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut of) = (0, 0);
    // Where to go on if what follows a star does not fit: the star, and how far it reached.
    let mut star: Option<(usize, usize)> = None;
    while of < text.len() {
        if pattern.get(at) == Some(&b'*') {
            star = Some((at, of));
            at += 1;
        } else if pattern.get(at) == Some(&text[of]) {
            at += 1;
            of += 1;
        } else if let Some((position, reached)) = star {
            star = Some((position, reached + 1));
            (at, of) = (position + 1, reached + 1);
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_may_leave_out_namespaces_and_have_stars() {
        let path = "microsoft.graph.callrecords.session/caller";
        for pattern in [
            "microsoft.graph.callrecords.session/caller",
            "session/caller",
            "callrecords.session/*",
            "*",
            "*/caller",
            "se*/c*r",
        ] {
            assert!(is_path(pattern, path), "{pattern}");
        }
        for pattern in ["caller", "ession/caller", "session", "*/call", ""] {
            assert!(!is_path(pattern, path), "{pattern}");
        }
    }

    #[test]
    fn stars_are_found_without_trying_everything() {
        let pattern = "*a".repeat(50) + "b";
        assert!(!is_path(&pattern, &"a".repeat(10_000)));
    }
}
