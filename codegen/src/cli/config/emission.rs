//! The settings of what is emitted that are tables or one of several names.

use super::Mistake;
use crate::cli::suggestion;
use crate::rust::{Binaries, DateTimes, Decimals, Guids, TypeMappings};
use std::ops::Range;
use toml::Spanned;
use toml::de::DeValue;

/// The lines of a table of customizations: for each path a string, or a list of strings.
pub(super) fn customizations(
    verb: &str,
    value: &Spanned<DeValue<'_>>,
) -> Result<Vec<(Range<usize>, String, String)>, Mistake> {
    let example = match verb {
        "attribute" => "\"user\" = \"#[must_use]\"",
        "derive" => "\"user\" = \"Eq, Hash\"",
        _ => "\"identitySet\" = \"my_crate::IdentitySet\"",
    };
    let expected = |value: &Spanned<DeValue<'_>>| {
        let found = value.get_ref().type_str();
        let message =
            format!("expected a table with lines such as {example} for `{verb}`, found {found}");
        (value.span(), message)
    };
    let DeValue::Table(lines) = value.get_ref() else {
        return Err(expected(value));
    };
    // Where several are about the same, their order counts: that of the file, not that of the paths.
    let mut lines: Vec<_> = lines.iter().collect();
    lines.sort_by_key(|(path, _)| path.span().start);
    let mut entries = Vec::new();
    for (path, sources) in lines {
        let sources = match sources.get_ref() {
            DeValue::Array(sources) => sources.iter().collect(),
            _ => vec![sources],
        };
        for source in sources {
            let DeValue::String(text) = source.get_ref() else {
                return Err(expected(source));
            };
            entries.push((path.span(), path.get_ref().to_string(), text.to_string()));
        }
    }
    Ok(entries)
}

/// The table `types`.
pub(super) fn types(value: &Spanned<DeValue<'_>>) -> Result<TypeMappings, Mistake> {
    const KEYS: [&str; 4] = ["binary", "date-time", "decimal", "guid"];
    let DeValue::Table(lines) = value.get_ref() else {
        let found = value.get_ref().type_str();
        let message = format!(
            "expected a table with lines such as date-time = \"chrono\" for `types`, found {found}"
        );
        return Err((value.span(), message));
    };
    let mut types = TypeMappings::default();
    for (key, choice) in lines {
        match key.get_ref().as_ref() {
            "binary" => types.binaries = choose(choice, Binaries::ALL, Binaries::name)?,
            "date-time" => types.date_times = choose(choice, DateTimes::ALL, DateTimes::name)?,
            "decimal" => types.decimals = choose(choice, Decimals::ALL, Decimals::name)?,
            "guid" => types.guids = choose(choice, Guids::ALL, Guids::name)?,
            unknown => {
                let near = suggestion(unknown, &KEYS);
                return Err((
                    key.span(),
                    format!("there is no mapping `{unknown}`; {near}"),
                ));
            }
        }
    }
    Ok(types)
}

/// The one of several that is named.
pub(super) fn choose<T: Copy>(
    value: &Spanned<DeValue<'_>>,
    all: &[T],
    name_of: fn(T) -> &'static str,
) -> Result<T, Mistake> {
    let names: Vec<&str> = all.iter().map(|choice| name_of(*choice)).collect();
    let wrong = |found: String| {
        let message = format!(
            "expected one of {} in quotes, found {found}",
            names.join(", ")
        );
        (value.span(), message)
    };
    let DeValue::String(text) = value.get_ref() else {
        return Err(wrong(value.get_ref().type_str().to_owned()));
    };
    let choice = all.iter().find(|choice| name_of(**choice) == text.as_ref());
    choice.copied().ok_or_else(|| wrong(format!("`{text}`")))
}

#[cfg(test)]
mod tests {
    use super::super::{Config, parse};
    use super::*;
    use crate::rust::{Customization, Mode, OnMismatch};
    use std::path::Path;

    fn read(text: &str) -> Result<Config, String> {
        parse(Path::new("typedown.toml"), text).map_err(|error| error.to_string())
    }

    #[test]
    fn each_primitive_type_has_its_mapping() {
        let text = "[types]\ndate-time = \"jiff\"\nguid = \"uuid\"\ndecimal = \"rust_decimal\"\nbinary = \"bytes\"\n";
        let expected = TypeMappings {
            date_times: DateTimes::Jiff,
            guids: Guids::Uuid,
            decimals: Decimals::RustDecimal,
            binaries: Binaries::Bytes,
        };
        assert_eq!(read(text).unwrap().types, expected);
    }

    #[test]
    fn unknown_mappings_are_errors_that_name_what_there_is() {
        for (text, message) in [
            (
                "[types]\ndatetime = \"jiff\"\n",
                "2:1: there is no mapping `datetime`; did you mean `date-time`?",
            ),
            (
                "[types]\ndate-time = \"chrno\"\n",
                "2:13: expected one of string, chrono, time, jiff in quotes, found `chrno`",
            ),
            (
                "[types]\nguid = true\n",
                "2:8: expected one of string, uuid in quotes, found boolean",
            ),
            (
                "types = \"jiff\"\n",
                "1:9: expected a table with lines such as date-time = \"chrono\" for `types`, found string",
            ),
        ] {
            assert_eq!(read(text).unwrap_err(), format!("typedown.toml:{message}"));
        }
    }

    #[test]
    fn customizations_keep_the_order_and_the_places_of_the_file() {
        let text = "[replace]\n\"user\" = \"A\"\n\"call\" = \"B\"\n[derive]\n\".\" = [\"Eq\", \"Hash\"]\n\
                    [attribute]\n\"user/id\" = \"#[doc(hidden)]\"\n";
        let all = read(text).unwrap().customizations;
        let told = |entries: &[Customization]| {
            let entries = entries.iter();
            let told =
                entries.map(|entry| format!("{} {} {}", entry.place, entry.path, entry.source));
            told.collect::<Vec<_>>()
        };
        assert_eq!(
            told(&all.replacements),
            ["typedown.toml:2:1 user A", "typedown.toml:3:1 call B"]
        );
        assert_eq!(
            told(&all.derives),
            ["typedown.toml:5:1 . Eq", "typedown.toml:5:1 . Hash"]
        );
        assert_eq!(
            told(&all.attributes),
            ["typedown.toml:7:1 user/id #[doc(hidden)]"]
        );
        assert_eq!(
            read("[derive]\n\"user\" = 1\n").unwrap_err(),
            "typedown.toml:2:10: expected a table with lines such as \"user\" = \"Eq, Hash\" for `derive`, found integer"
        );
    }

    #[test]
    fn how_to_emit_is_read() {
        let config = read("share = true\nmode = \"derive\"\non_mismatch = \"keep\"\n").unwrap();
        assert!(config.share);
        assert_eq!(config.mode, Some(Mode::Derive));
        assert_eq!(config.on_mismatch, Some(OnMismatch::Keep));
        assert!(
            read("share = \"yes\"\n")
                .unwrap_err()
                .contains("found string")
        );
    }
}
