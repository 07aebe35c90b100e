//! The table `limits`.

use toml::Spanned;
use toml::de::DeValue;

use super::Mistake;
use crate::cli::suggestion;
use crate::limits::{Limit, Limits};

/// Reads the table `limits`.
pub(super) fn limits(value: &Spanned<DeValue<'_>>) -> Result<Limits, Mistake> {
    let DeValue::Table(lines) = value.get_ref() else {
        let found = value.get_ref().type_str();
        let message = format!(
            "expected a table with lines such as page-bytes = 4_000_000 for `limits`, found {found}"
        );
        return Err((value.span(), message));
    };
    let mut limits = Limits::default();
    for (key, value) in lines {
        let name = key.get_ref();
        let limit = Limit::ALL.into_iter().find(|limit| limit.name() == name);
        let Some(limit) = limit else {
            let near = suggestion(name, &Limit::ALL.map(Limit::name));
            return Err((key.span(), format!("there is no limit `{name}`; {near}")));
        };
        let number = match value.get_ref() {
            DeValue::Integer(number) => {
                usize::from_str_radix(&number.as_str().replace('_', ""), number.radix()).ok()
            }
            _ => None,
        };
        let number = number.filter(|number| *number > 0).ok_or_else(|| {
            let message = format!("expected a number greater than 0 for `{name}`");
            (value.span(), message)
        })?;
        limits = limits.with(limit, number);
    }
    Ok(limits)
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::*;
    use std::path::Path;

    fn read(text: &str) -> Result<Limits, String> {
        let config = parse(Path::new("typedown.toml"), text);
        let limits = config.map(|config| config.limits);
        limits.map_err(|error| error.to_string())
    }

    #[test]
    fn every_limit_can_be_set() {
        for limit in Limit::ALL {
            let text = format!("[limits]\n{} = 1_234\n", limit.name());
            let expected = Limits::default().with(limit, 1234);
            assert_eq!(read(&text), Ok(expected));
        }
    }

    #[test]
    fn what_is_no_limit_is_an_error_with_its_place() {
        for (text, message) in [
            (
                "[limits]\nnestin = 3\n",
                "2:1: there is no limit `nestin`; did you mean `nesting`?",
            ),
            (
                "[limits]\nnesting = 0\n",
                "2:11: expected a number greater than 0 for `nesting`",
            ),
            (
                "[limits]\nnesting = \"9\"\n",
                "2:11: expected a number greater than 0 for `nesting`",
            ),
            (
                "limits = 3\n",
                "1:10: expected a table with lines such as page-bytes = 4_000_000 for `limits`, found integer",
            ),
        ] {
            assert_eq!(read(text), Err(format!("typedown.toml:{message}")));
        }
    }
}
