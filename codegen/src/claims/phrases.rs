//! Phrases that pages use, found in their texts.

/// Phrases of which any says the same; all are ASCII in lower case.
pub(super) struct Phrases {
    /// Each of the phrases has one of these in it. Most texts have none, and to look for few is quickly done.
    pub(super) rare: &'static [&'static str],
    /// The phrases.
    pub(super) all: &'static [&'static str],
}

impl Phrases {
    /// Where the first of them ends in a text in lower case. A phrase begins with a word, `invalid values` are no `valid
    /// values`; before it may stand what has no blanks between words, such as Chinese.
    pub(super) fn end_in(&self, lower: &str) -> Option<usize> {
        if !self.rare.iter().any(|part| lower.contains(part)) {
            return None;
        }
        // To find out that a phrase is not there is cheap; to find where it is takes preparing for it.
        let there = self.all.iter().filter(|phrase| lower.contains(**phrase));
        let ends = there.filter_map(|phrase| {
            let mut found = lower.match_indices(phrase);
            let found =
                found.find(|(at, _)| !lower[..*at].ends_with(|c: char| c.is_ascii_alphanumeric()));
            found.map(|(at, phrase)| at + phrase.len())
        });
        ends.min()
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::{
        BASE_PHRASES, DERIVED_BEFORE_PHRASES, DERIVED_EXAMPLES, DERIVED_PHRASES, EVOLVABLE_PHRASES,
        INHERITS_PHRASES, VALUES_PHRASES,
    };
    use super::*;

    const VALUES: Phrases = Phrases {
        rare: &["value"],
        all: &["valid values", "the values"],
    };

    #[test]
    fn the_first_end_counts() {
        assert_eq!(VALUES.end_in("of the values, valid values"), Some(13));
    }

    #[test]
    fn phrases_begin_with_words() {
        assert_eq!(VALUES.end_in("invalid values are `a`"), None);
        assert_eq!(VALUES.end_in("invalid values; (valid values)"), Some(29));
        assert_eq!(VALUES.end_in("值valid values"), Some(15));
    }

    #[test]
    fn every_phrase_has_a_rare_part() {
        for Phrases { rare, all } in [
            BASE_PHRASES,
            DERIVED_BEFORE_PHRASES,
            DERIVED_EXAMPLES,
            DERIVED_PHRASES,
            EVOLVABLE_PHRASES,
            INHERITS_PHRASES,
            VALUES_PHRASES,
        ] {
            for phrase in all {
                assert!(rare.iter().any(|part| phrase.contains(part)), "{phrase}");
            }
        }
    }
}
