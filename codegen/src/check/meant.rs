//! Which of the names that there are somebody may have meant.

/// A name is looked for among others as long as so many pairs of them were not yet compared: who has more wrong names has not
/// misspelt them.
const MOST: usize = 1 << 20;

/// The name that differs from a wrong one in case only, or else the nearest; of equally near ones the first by the alphabet.
/// So many wrong names were told of before.
pub(super) fn meant<'a>(wrong: &str, known: &[&'a str], told: usize) -> Option<&'a str> {
    if told.saturating_mul(known.len()) > MOST {
        return None;
    }
    let mut names = known.iter().copied();
    if let Some(same) = names.find(|name| name.eq_ignore_ascii_case(wrong)) {
        return Some(same);
    }
    nearest(wrong, known.iter().copied())
}

/// The nearest of some names, if one is near; of equally near ones the first by the alphabet.
pub(super) fn nearest<'a>(wrong: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let alike = names.map(|name| (strsim::jaro_winkler(name, wrong), name));
    let near = alike.filter(|(likeness, _)| *likeness > 0.9);
    let nearest = near.max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)));
    nearest.map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_name_in_another_case_goes_before_the_nearest() {
        let known = ["createdDateTime", "createdDateTimes", "CREATEDDATETIMEX"];
        assert_eq!(meant("createdDatetime", &known, 0), Some(known[0]));
        assert_eq!(meant("createdDateTimez", &known, 0), Some(known[0]));
        assert_eq!(meant("pitch", &known, 0), None);
    }

    #[test]
    fn of_too_many_wrong_names_nobody_is_asked_what_they_mean() {
        assert_eq!(meant("pitc", &["pitch"], MOST), Some("pitch"));
        assert_eq!(meant("pitc", &["pitch"], MOST + 1), None);
    }
}
