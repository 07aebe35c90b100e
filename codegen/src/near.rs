//! Near misses: the known word that somebody may have meant.

use crate::visible::visible;

/// How alike two words must be, from 0 to 1, for one to be offered instead of the other.
const ALIKE: f64 = 0.8;

/// How many known words are listed where none is near.
const FEW: usize = 12;

/// The nearest of the known words, if one is near: `of` gives the part of it that is compared.
pub(crate) fn nearest<'a, T>(
    unknown: &str,
    known: impl IntoIterator<Item = &'a T>,
    of: impl Fn(&T) -> &str,
) -> Option<&'a T> {
    let unknown = unknown.to_lowercase();
    let mut best: Option<(f64, &T)> = None;
    for word in known {
        let likeness = strsim::jaro_winkler(&of(word).to_lowercase(), &unknown);
        // Of equally near ones the first, so that the answer is always the same.
        if likeness > ALIKE && best.is_none_or(|(most, _)| likeness > most) {
            best = Some((likeness, word));
        }
    }
    best.map(|(_, word)| word)
}

/// The one of several that bears a name, or what was expected instead.
pub(crate) fn named<T: Copy>(
    name: &str,
    all: &[T],
    name_of: impl Fn(T) -> &'static str,
) -> Result<T, String> {
    let found = all.iter().find(|one| name_of(**one) == name);
    found.copied().ok_or_else(|| {
        let names = all.iter().map(|one| format!("`{}`", name_of(*one)));
        let names: Vec<String> = names.collect();
        let expected = match names.split_last() {
            Some((last, [])) => last.clone(),
            Some((last, others)) => format!("{} or {last}", others.join(", ")),
            None => "nothing".to_owned(),
        };
        format!("expected {expected}, found `{name}`")
    })
}

/// `did you mean x?` for the nearest of the known words, or all of them if none is near.
pub(crate) fn suggestion(unknown: &str, known: &[&str]) -> String {
    match nearest(unknown, known, |word| word) {
        Some(word) => format!("did you mean `{}`?", visible(word)),
        None if known.len() == 1 => format!("there is only `{}`", visible(&known.join(""))),
        None if !known.is_empty() && known.len() <= FEW => {
            format!("there are {}", visible(&known.join(", ")))
        }
        None => "no known name is like it".into(),
    }
}
