//! The `suppressions` in the annotation of a page: texts of findings that its writers do not want to be told.
//!
//! Most are messages of the docs' own checker, as it prints them: severity, path (`page.md/type/property`) and a
//! sentence. They are read for their facts. Others are Typedown's own: a code, alone or with a name behind a colon.

use crate::diagnostic::{Code, Diagnostic, Suppression, shorten};
use crate::page::json::{Json, JsonValue};
use crate::source::Place;

/// Reads the entries of a page annotation.
pub(super) fn read(annotation: &Json, diagnostics: &mut Vec<Diagnostic>) -> Vec<Suppression> {
    annotation
        .members()
        .iter()
        .filter(|member| member.name.eq_ignore_ascii_case("suppressions"))
        .flat_map(|member| match &member.value.value {
            JsonValue::Array(entries) => entries.as_slice(),
            _ => &[],
        })
        .filter_map(|entry| Some((&entry.place, entry.as_str()?)))
        .filter_map(|(place, text)| suppression(place, text, diagnostics))
        .collect()
}

fn suppression(
    place: &Place,
    text: &str,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Suppression> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((code, name)) = own(&text) {
        let Some(code) = Code::from_name(&code.to_ascii_lowercase()) else {
            diagnostics.push(unknown(place, code));
            return None;
        };
        return Some(Suppression {
            place: place.clone(),
            codes: vec![code],
            names: name.into_iter().map(str::to_owned).collect(),
            must_hide: true,
        });
    }
    let (codes, names) = message(&text)?;
    Some(Suppression {
        place: place.clone(),
        codes,
        names,
        must_hide: false,
    })
}

/// A code and a name, where an entry is nothing but that. The words of a code are joined, and no message of the docs'
/// checker starts with joined words.
fn own(text: &str) -> Option<(&str, Option<&str>)> {
    let (code, name) = match text.split_once(':') {
        Some((code, name)) => (code.trim_end(), Some(name.trim())),
        None => (text, None),
    };
    let is_word = |text: &str| {
        text.chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    (is_word(code) && code.contains(['-', '_'])).then_some((code, name.filter(|n| !n.is_empty())))
}

/// The codes and names that stand for a message of the docs' checker; `None` for those of which Typedown has no like.
fn message(text: &str) -> Option<(Vec<Code>, Vec<String>)> {
    let (path, sentence) = divide(text);
    let lower = sentence.to_ascii_lowercase();
    let mut quoted = sentence
        .split('\'')
        .skip(1)
        .step_by(2)
        .map(|name| name.trim().to_owned());
    let says = |words: &[&str]| words.iter().all(|word| lower.contains(word));
    if says(&["property", "found in markdown table", "not in resource"]) {
        Some((vec![Code::RowNotInJson], vec![quoted.next()?]))
    } else if says(&["property", "found in resource", "not described"]) {
        let property = quoted.next()?;
        let name = match quoted.next() {
            Some(ty) => format!("{ty}/{property}"),
            None => property,
        };
        Some((vec![Code::JsonNotInTable], vec![name]))
    } else if says(&["undocumented property"]) {
        Some((vec![Code::JsonNotInTable], vec![quoted.next()?]))
    } else if says(&["referenced type", "not defined"]) {
        let at = lower.find("referenced type ")? + "referenced type ".len();
        let name = sentence.get(at..)?.split(' ').next()?;
        let mut names = vec![name.trim_matches(['\'', '"', '`']).to_owned()];
        names.extend(path);
        Some((vec![Code::TypeUnresolved, Code::BaseUnresolved], names))
    } else if says(&["inconsistent types between"]) {
        Some((
            vec![Code::TypeConflict, Code::CollectionConflict],
            vec![path.filter(|path| path.contains('/'))?],
        ))
    } else {
        None
    }
}

/// Takes a message apart: the type and property at the end of its path, if it has one, and its sentence.
fn divide(text: &str) -> (Option<String>, &str) {
    let mut rest = text;
    for severity in ["error:", "warning:", "message:"] {
        if let Some(head) = rest.get(..severity.len())
            && head.eq_ignore_ascii_case(severity)
        {
            rest = rest[severity.len()..].trim_start();
        }
    }
    let Some((path, sentence)) = rest
        .split_once(": ")
        .filter(|(path, _)| !path.contains(' '))
    else {
        return (None, rest);
    };
    let names: Vec<&str> = path
        .rsplit('/')
        .take_while(|part| !part.is_empty() && !part.to_ascii_lowercase().ends_with(".md"))
        .collect();
    let path = match names.as_slice() {
        [] => None,
        [ty] => Some((*ty).to_owned()),
        // Nested objects lengthen the path at its end; their names come after the type's.
        [.., property, ty] => Some(format!("{ty}/{property}")),
    };
    (path, sentence)
}

fn unknown(place: &Place, code: &str) -> Diagnostic {
    let near = Code::ALL
        .iter()
        .map(|known| (strsim::jaro_winkler(known.name(), code), known.name()))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .filter(|(likeness, _)| *likeness > 0.85);
    Diagnostic::new(
        Code::SuppressionUnknown,
        place.clone(),
        format!("there is no code `{}`", shorten(code)),
    )
    .hint(match near {
        Some((_, near)) => format!("did you mean `{near}`?"),
        None => "`typedown explain` lists all codes".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str) -> Option<(Vec<Code>, Vec<String>)> {
        let place = Place::new("a.md", 3, 9);
        suppression(&place, text, &mut Vec::new())
            .map(|suppression| (suppression.codes, suppression.names))
    }

    #[test]
    fn an_entry_of_our_own_is_a_code_and_perhaps_a_name() {
        assert_eq!(
            entry(" row-not-in-json "),
            Some((vec![Code::RowNotInJson], vec![]))
        );
        assert_eq!(
            entry("name-casing:\r\n call/State"),
            Some((vec![Code::NameCasing], vec!["call/State".into()]))
        );
    }

    #[test]
    fn messages_of_the_docs_checker_are_read_for_their_facts() {
        for (text, code, names) in [
            (
                "Warning: /beta/resources/tone.md:\r\n      Property 'pitch' found in resource definition for 'n.tone', but not described in markdown table.",
                Code::JsonNotInTable,
                &["n.tone/pitch"][..],
            ),
            (
                "Property 'pitch' found in markdown table but not in resource definition.",
                Code::RowNotInJson,
                &["pitch"],
            ),
            (
                "Error: n.tone/pitch:\n Referenced type n.pitch is not defined in the doc set! Potential suggestion: UNKNOWN",
                Code::TypeUnresolved,
                &["n.pitch", "n.tone/pitch"],
            ),
            (
                "Warning: /beta/resources/tone.md/n.tone/pitch: Inconsistent types between parameter (String) and table (Object)",
                Code::TypeConflict,
                &["n.tone/pitch"],
            ),
            (
                "Undocumented property 'pitch' was not expected on resource n.tone.",
                Code::JsonNotInTable,
                &["pitch"],
            ),
        ] {
            let (codes, found) = entry(text).unwrap_or_default();
            assert_eq!(codes.first(), Some(&code), "{text}");
            assert_eq!(found, names, "{text}");
        }
    }

    #[test]
    fn messages_about_what_only_another_tool_tells_hide_nothing() {
        assert_eq!(
            entry("Warning: /a.md: Found potential enums in resource example (a,b)"),
            None
        );
        assert_eq!(
            entry("Inconsistent types between parameter and table"),
            None
        );
        assert_eq!(entry(""), None);
    }

    #[test]
    fn a_code_that_does_not_exist_is_told_with_the_near_one() {
        let mut diagnostics = Vec::new();
        let read = suppression(
            &Place::new("a.md", 3, 9),
            "row-not-in-jason: id",
            &mut diagnostics,
        );
        assert_eq!(read, None);
        assert_eq!(
            diagnostics[0].to_string(),
            "a.md:3:9: warning[suppression-unknown]: there is no code `row-not-in-jason`\n  hint: did you mean `row-not-in-json`?"
        );
    }
}
