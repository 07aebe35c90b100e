//! The file `diff-allow.toml`: findings that a team accepts, and renames that it confirms.

use std::path::Path;

use toml::de::{DeTable, DeValue};
use toml::{Spanned, de::DeString};

use super::{ConfigError, Locator};
use crate::diff::{Allow, Allowed, Date, Renames, Rule, UnknownRule};
use crate::near::suggestion;

/// The name of the file that is looked for.
pub(in crate::cli) const ALLOW_FILE: &str = "diff-allow.toml";

/// What the file says.
#[derive(Debug, Default)]
pub(in crate::cli) struct AllowFile {
    pub(in crate::cli) allows: Vec<Allow>,
    pub(in crate::cli) renames: Renames,
}

const TABLES: [&str; 2] = ["allow", "renamed"];
const ALLOW_KEYS: [&str; 5] = ["expires", "fingerprint", "path", "reason", "rule"];
const RENAMED_KEYS: [&str; 2] = ["from", "to"];

/// Reads the file that is named, or the nearest one in the current folder and those above it; there need not be one.
pub(in crate::cli) fn find(named: Option<&Path>) -> Result<AllowFile, ConfigError> {
    match super::read_nearest(named, ALLOW_FILE, "the file of what is allowed")? {
        Some((path, text)) => parse(&path, &text),
        None => Ok(AllowFile::default()),
    }
}

fn parse(path: &Path, text: &str) -> Result<AllowFile, ConfigError> {
    let locator = Locator { path, text };
    let table = DeTable::parse(text)
        .map_err(|error| locator.wrong(error.span().unwrap_or(0..0), error.message().to_owned()))?
        .into_inner();
    let mut file = AllowFile::default();
    for (key, value) in &table {
        let name = key.get_ref().as_ref();
        if !TABLES.contains(&name) {
            let near = suggestion(name, &TABLES);
            let message = format!("there is no table `{name}`; {near}");
            return Err(locator.wrong(key.span(), message));
        }
        let DeValue::Array(entries) = value.get_ref() else {
            let message = format!("expected entries that begin with [[{name}]]");
            return Err(locator.wrong(value.span(), message));
        };
        for entry in entries {
            match name {
                "allow" => file.allows.push(allow(entry, &locator)?),
                _ => renamed(entry, &locator, &mut file.renames)?,
            }
        }
    }
    Ok(file)
}

/// The texts of an entry by their keys.
struct Entry<'e> {
    span: std::ops::Range<usize>,
    texts: Vec<(&'e str, &'e DeString<'e>, std::ops::Range<usize>)>,
}

impl<'e> Entry<'e> {
    fn new(
        entry: &'e Spanned<DeValue<'e>>,
        keys: &[&str],
        locator: &Locator<'_>,
    ) -> Result<Self, ConfigError> {
        let DeValue::Table(table) = entry.get_ref() else {
            let found = entry.get_ref().type_str();
            let message = format!("expected a table, found {found}");
            return Err(locator.wrong(entry.span(), message));
        };
        let mut texts = Vec::new();
        for (key, value) in table {
            let name = key.get_ref().as_ref();
            if !keys.contains(&name) {
                let near = suggestion(name, keys);
                let message = format!("there is no key `{name}`; {near}");
                return Err(locator.wrong(key.span(), message));
            }
            let DeValue::String(text) = value.get_ref() else {
                let found = value.get_ref().type_str();
                let message = format!("expected a text in quotes for `{name}`, found {found}");
                return Err(locator.wrong(value.span(), message));
            };
            texts.push((name, text, value.span()));
        }
        Ok(Self {
            span: entry.span(),
            texts,
        })
    }

    fn get(&self, key: &str) -> Option<(&str, std::ops::Range<usize>)> {
        let mut texts = self.texts.iter();
        let (_, text, span) = texts.find(|(name, ..)| *name == key)?;
        Some((text.as_ref(), span.clone()))
    }

    fn need(&self, key: &str, locator: &Locator<'_>) -> Result<&str, ConfigError> {
        match self.get(key) {
            Some((text, _)) if !text.trim().is_empty() => Ok(text),
            Some((_, span)) => Err(locator.wrong(
                span,
                format!("expected something for `{key}`, found nothing"),
            )),
            None => Err(locator.wrong(
                self.span.clone(),
                format!("expected a key `{key}`, found none"),
            )),
        }
    }
}

fn allow(entry: &Spanned<DeValue<'_>>, locator: &Locator<'_>) -> Result<Allow, ConfigError> {
    let entry = Entry::new(entry, &ALLOW_KEYS, locator)?;
    let what = match (entry.get("fingerprint"), entry.get("rule")) {
        (Some((print, span)), None) => {
            if let Some((_, span)) = entry.get("path") {
                let message = "a fingerprint says all: remove `path`, or give `rule` and `path`";
                return Err(locator.wrong(span, message.to_owned()));
            }
            let is_digit = |c: char| matches!(c, '0'..='9' | 'a'..='f');
            if print.len() != 16 || !print.chars().all(is_digit) {
                let message = format!(
                    "expected the 16 digits of a fingerprint, as the HTML and JSON formats show it, found `{print}`"
                );
                return Err(locator.wrong(span, message));
            }
            Allowed::Fingerprint(print.to_owned())
        }
        (None, Some((rule, span))) => {
            if Rule::find(rule).is_none() {
                let unknown = UnknownRule {
                    name: rule.to_owned(),
                };
                return Err(locator.wrong(span, unknown.to_string()));
            }
            Allowed::Rule {
                rule: rule.to_owned(),
                path: entry.need("path", locator)?.to_owned(),
            }
        }
        _ => {
            let message = "expected either `fingerprint`, or `rule` and `path`".to_owned();
            return Err(locator.wrong(entry.span.clone(), message));
        }
    };
    let reason = entry.need("reason", locator)?.to_owned();
    let expires = match entry.get("expires") {
        None => None,
        Some((day, span)) => Some(Date::parse(day).ok_or_else(|| {
            let message =
                format!("expected a day such as \"2027-01-31\" for `expires`, found `{day}`");
            locator.wrong(span, message)
        })?),
    };
    let (line, _) = locator.place(entry.span.clone());
    Ok(Allow {
        what,
        reason,
        expires,
        place: format!("{}:{line}", locator.path.display()),
    })
}

fn renamed(
    entry: &Spanned<DeValue<'_>>,
    locator: &Locator<'_>,
    renames: &mut Renames,
) -> Result<(), ConfigError> {
    let entry = Entry::new(entry, &RENAMED_KEYS, locator)?;
    let from = entry.need("from", locator)?;
    let to = entry.need("to", locator)?;
    match (from.split_once('/'), to.split_once('/')) {
        (None, None) => renames.rename_type(from, to),
        (Some((_, from)), Some((ty, to))) => renames.rename_member(ty, from, to),
        _ => {
            let message =
                "expected two types, or two members written `TYPE/MEMBER`, for `from` and `to`";
            return Err(locator.wrong(entry.span.clone(), message.to_owned()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<AllowFile, String> {
        parse(Path::new("diff-allow.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn entries_say_what_and_why() {
        let file = read(
            "[[allow]]\nfingerprint = \"0123456789abcdef\"\nreason = \"never used\"\nexpires = \"2027-01-31\"\n\n\
             [[allow]]\nrule = \"property-removed\"\npath = \"user/mail\"\nreason = \"renamed\"\n\n\
             [[renamed]]\nfrom = \"a.b/c\"\nto = \"a.b/d\"\n",
        )
        .unwrap();
        assert_eq!(file.allows[0].place, "diff-allow.toml:1");
        assert_eq!(file.allows[0].expires, Date::parse("2027-01-31"));
        assert_eq!(file.allows[1].reason, "renamed");
        assert!(!file.renames.is_empty());
    }

    #[test]
    fn mistakes_are_told_with_their_place() {
        for (text, message) in [
            (
                "[[allow]]\nfingerprint = \"0123456789abcdef\"\n",
                "diff-allow.toml:1:1: expected a key `reason`, found none",
            ),
            (
                "[[allow]]\nrule = \"property-remove\"\npath = \"x\"\nreason = \"y\"\n",
                "diff-allow.toml:2:8: there is no rule `property-remove`; did you mean `property-removed`?",
            ),
            (
                "[[allow]]\nfingerprint = \"0\"\nreason = \"y\"\n",
                "diff-allow.toml:2:15: expected the 16 digits of a fingerprint, as the HTML and JSON formats show it, found `0`",
            ),
            (
                "[[allow]]\nreason = \"y\"\n",
                "diff-allow.toml:1:1: expected either `fingerprint`, or `rule` and `path`",
            ),
            (
                "[[allow]]\nfingerprint = \"0123456789abcdef\"\nreason = \"\"\n",
                "diff-allow.toml:3:10: expected something for `reason`, found nothing",
            ),
            (
                "[[allow]]\nfingerprint = \"0123456789abcdef\"\nreason = \"x\"\nexpires = \"soon\"\n",
                "diff-allow.toml:4:11: expected a day such as \"2027-01-31\" for `expires`, found `soon`",
            ),
            (
                "[[renamed]]\nfrom = \"a.b\"\nto = \"a.b/c\"\n",
                "diff-allow.toml:1:1: expected two types, or two members written `TYPE/MEMBER`, for `from` and `to`",
            ),
            (
                "[[alow]]\n",
                "diff-allow.toml:1:3: there is no table `alow`; did you mean `allow`?",
            ),
        ] {
            assert_eq!(read(text).unwrap_err(), message);
        }
    }
}
