//! The table `diff`: what a team makes of the verdicts of `typedown diff`.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use crate::cli::args;
use crate::diagnostic::Level;
use crate::diff::Policy;
use crate::near::suggestion;

/// The span and the message of a mistake.
type Mistake = (Range<usize>, String);

const KEYS: [&str; 4] = ["beta-may-break", "enum-members", "levels", "literals"];

pub(super) fn policy(value: &Spanned<DeValue<'_>>) -> Result<Policy, Mistake> {
    let mut policy = Policy::default();
    let DeValue::Table(table) = value.get_ref() else {
        let found = value.get_ref().type_str();
        let message = format!("expected a table for `diff`, found {found}");
        return Err((value.span(), message));
    };
    for (key, value) in table {
        let wrong = |message: String| (value.span(), message);
        let text = |what: &str| match value.get_ref() {
            DeValue::String(text) => Ok(text.to_string()),
            other => Err((
                value.span(),
                format!(
                    "expected {what} for `{}`, found {}",
                    key.get_ref(),
                    other.type_str()
                ),
            )),
        };
        match key.get_ref().as_ref() {
            "beta-may-break" => {
                let DeValue::Boolean(may) = value.get_ref() else {
                    let found = value.get_ref().type_str();
                    return Err(wrong(format!(
                        "expected true or false for `beta-may-break`, found {found}"
                    )));
                };
                policy.beta_may_break = *may;
            }
            "enum-members" => {
                let name = text("\"safe\", \"risky\" or \"breaking\"")?;
                policy.enum_members = args::wire(&name).map_err(wrong)?;
            }
            "literals" => {
                let name = text("\"open\" or \"complete\"")?;
                policy.literals = args::literals(&name).map_err(wrong)?;
            }
            "levels" => levels(value, &mut policy)?,
            unknown => {
                let near = suggestion(unknown, &KEYS);
                let message = format!("there is no setting `{unknown}` in `diff`; {near}");
                return Err((key.span(), message));
            }
        }
    }
    Ok(policy)
}

fn levels(value: &Spanned<DeValue<'_>>, policy: &mut Policy) -> Result<(), Mistake> {
    let DeValue::Table(levels) = value.get_ref() else {
        let found = value.get_ref().type_str();
        let message = format!(
            "expected a table with lines such as property-removed = \"warning\" for `levels`, found {found}"
        );
        return Err((value.span(), message));
    };
    for (rule, level) in levels {
        let expected = Level::ALL.map(|(name, _)| name);
        let DeValue::String(name) = level.get_ref() else {
            let found = level.get_ref().type_str();
            let message = format!(
                "expected a level in quotes for `{}` ({}), found {found}",
                rule.get_ref(),
                expected.join(", ")
            );
            return Err((level.span(), message));
        };
        let found = Level::named(name).map_err(|message| (level.span(), message))?;
        policy
            .set_level(rule.get_ref(), found)
            .map_err(|unknown| (rule.span(), unknown.to_string()))?;
    }
    Ok(())
}
