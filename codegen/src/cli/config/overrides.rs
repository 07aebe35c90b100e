//! The tables `[overrides."TYPE"]` and `[overrides."TYPE/PROPERTY"]`.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use crate::near::suggestion;
use crate::overrides::{Kind, Override};
use crate::schema::{Primitive, TypeName, TypeRef};
use crate::source::Place;

/// The key beside the verbs.
const VERSIONS: &str = "versions";

/// What takes the base of a type away.
const NO_BASE: &str = "none";

/// What is wrong, and where in the file.
pub(super) struct Wrong {
    pub(super) span: Range<usize>,
    pub(super) message: String,
}

fn wrong<T>(span: Range<usize>, message: impl Into<String>) -> Result<T, Wrong> {
    let message = message.into();
    Err(Wrong { span, message })
}

/// Reads the table `overrides`, in the order of the file.
pub(super) fn parse(
    value: &Spanned<DeValue<'_>>,
    place: &dyn Fn(Range<usize>) -> Place,
) -> Result<Vec<Override>, Wrong> {
    let DeValue::Table(entries) = value.get_ref() else {
        return wrong(
            value.span(),
            format!(
                "expected tables such as [overrides.\"microsoft.graph.thing\"], found {}",
                value.get_ref().type_str()
            ),
        );
    };
    let mut overrides = Vec::new();
    for (path, value) in entries {
        let place = place(path.span());
        match value.get_ref() {
            DeValue::Table(table) => overrides.push(entry(path, table, place)?),
            // `[[overrides."x"]]`, where versions differ.
            DeValue::Array(tables) => {
                for value in tables {
                    let DeValue::Table(table) = value.get_ref() else {
                        return wrong(value.span(), not_a_table(path, value));
                    };
                    overrides.push(entry(path, table, place.clone())?);
                }
            }
            _ => return wrong(value.span(), not_a_table(path, value)),
        }
    }
    overrides.sort_by(|a, b| a.place.cmp(&b.place));
    Ok(overrides)
}

fn not_a_table(path: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> String {
    let path = path.get_ref();
    match value.get_ref() {
        // Without quotes, dots make tables in tables.
        DeValue::Table(_) => {
            format!("expected verbs for `{path}`, found a table: write the whole path in quotes")
        }
        other => format!(
            "expected verbs for `{path}`, such as {{ skip = true }}, found {}",
            other.type_str()
        ),
    }
}

fn entry(
    path: &Spanned<DeString<'_>>,
    table: &DeTable<'_>,
    place: Place,
) -> Result<Override, Wrong> {
    let mut entry = Override {
        place,
        ..Override::of(path.get_ref().as_ref())
    };
    for (key, value) in table {
        match key.get_ref().as_ref() {
            "rename" => entry.rename = Some(string(key, value, "a name in quotes")?),
            "type" => entry.ty = Some(type_ref(key, value)?),
            "base" => entry.base = Some(base(key, value)?),
            "kind" => entry.kind = Some(kind(key, value)?),
            "values" => entry.values = Some(strings(key, value, "[\"a\", \"b\"]")?),
            "skip" => entry.skip = skip(value)?,
            VERSIONS => {
                entry.versions = strings(key, value, "[\"beta\"]")?;
                if entry.versions.is_empty() {
                    return wrong(
                        value.span(),
                        "expected a version for `versions`, found none: leave it out to mean every version",
                    );
                }
            }
            unknown => {
                if matches!(value.get_ref(), DeValue::Table(_)) {
                    return wrong(key.span(), not_a_table(path, value));
                }
                let mut known = Override::VERBS.to_vec();
                known.push(VERSIONS);
                return wrong(
                    key.span(),
                    format!(
                        "there is no verb `{unknown}` for overrides; {}",
                        suggestion(unknown, &known)
                    ),
                );
            }
        }
    }
    match entry.misuse() {
        None => Ok(entry),
        Some(misuse) => {
            let mut keys = table.keys();
            let key = keys.find(|key| Some(key.get_ref().as_ref()) == misuse.verb);
            wrong(key.unwrap_or(path).span(), misuse.message)
        }
    }
}

fn string(
    key: &Spanned<DeString<'_>>,
    value: &Spanned<DeValue<'_>>,
    what: &str,
) -> Result<String, Wrong> {
    match value.get_ref() {
        DeValue::String(text) => Ok(text.to_string()),
        other => wrong(
            value.span(),
            format!(
                "expected {what} for `{}`, found {}",
                key.get_ref(),
                other.type_str()
            ),
        ),
    }
}

fn strings(
    key: &Spanned<DeString<'_>>,
    value: &Spanned<DeValue<'_>>,
    such_as: &str,
) -> Result<Vec<String>, Wrong> {
    let what = format!("a list such as {such_as}");
    match value.get_ref() {
        DeValue::Array(items) => items.iter().map(|item| string(key, item, &what)).collect(),
        _ => string(key, value, &what).and_then(|_| {
            wrong(
                value.span(),
                format!("expected {what} for `{}`, found string", key.get_ref()),
            )
        }),
    }
}

fn type_ref(key: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> Result<TypeRef, Wrong> {
    let text = string(key, value, "a type in quotes")?;
    let Some(ty) = TypeRef::parse(&text) else {
        let inner = text.strip_prefix("Collection(").unwrap_or(&text);
        let known: Vec<&str> = Primitive::ALL.iter().map(|known| known.name()).collect();
        let near = Primitive::ALL.iter().find(|known| {
            let short = known.name().trim_start_matches("Edm.");
            let inner = inner.trim_end_matches(')').trim_start_matches("Edm.");
            short.eq_ignore_ascii_case(inner)
        });
        let near = match near {
            Some(primitive) => format!("; did you mean `{}`?", primitive.name()),
            None if inner.starts_with("Edm.") => format!("; {}", suggestion(inner, &known)),
            None => String::new(),
        };
        return wrong(
            value.span(),
            format!(
                "expected a type in OData's spelling, such as `Edm.Int32`, `microsoft.graph.thing` or \
                 `Collection(Edm.String)`, found `{text}`{near}"
            ),
        );
    };
    Ok(ty)
}

fn base(
    key: &Spanned<DeString<'_>>,
    value: &Spanned<DeValue<'_>>,
) -> Result<Option<TypeName>, Wrong> {
    let text = string(key, value, "a type in quotes")?;
    if text == NO_BASE {
        return Ok(None);
    }
    match TypeName::parse(&text) {
        Some(name) => Ok(Some(name)),
        None => wrong(
            value.span(),
            format!(
                "expected a qualified name, such as `microsoft.graph.thing`, or `{NO_BASE}` for `base`, found `{text}`"
            ),
        ),
    }
}

fn kind(key: &Spanned<DeString<'_>>, value: &Spanned<DeValue<'_>>) -> Result<Kind, Wrong> {
    let text = string(key, value, "a kind in quotes")?;
    let names: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
    match Kind::ALL.into_iter().find(|kind| kind.name() == text) {
        Some(kind) => Ok(kind),
        None => wrong(
            value.span(),
            format!("there is no kind `{text}`; {}", suggestion(&text, &names)),
        ),
    }
}

fn skip(value: &Spanned<DeValue<'_>>) -> Result<bool, Wrong> {
    match value.get_ref() {
        DeValue::Boolean(true) => Ok(true),
        DeValue::Boolean(false) => wrong(
            value.span(),
            "expected `true` for `skip`, found `false`: leave it out to keep what the docs say",
        ),
        other => wrong(
            value.span(),
            format!("expected `true` for `skip`, found {}", other.type_str()),
        ),
    }
}

#[cfg(test)]
mod tests;
