//! The YAML block at the top of a page.

use std::collections::BTreeMap;

use granit_parser::{Event, Parser};

/// The scalar entries of the block between `---` lines at the top of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// In the order of the keys: most pages have few, and a map has room for more.
    entries: Box<[(String, String)]>,
}

/// Why front matter could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FrontMatterError {
    /// The line within the block, counted from 1.
    pub(crate) line: usize,
    /// The column, counted from 1.
    pub(crate) column: usize,
    /// What the YAML reader says.
    pub(crate) message: String,
}

impl FrontMatter {
    /// Reads a block of YAML; only entries of the outermost mapping whose values are scalars are kept. Aliases are
    /// not followed, and the reader bounds the depth.
    pub(crate) fn parse(yaml: &str) -> Result<Self, FrontMatterError> {
        let mut entries = BTreeMap::new();
        let mut depth = 0_usize;
        let mut key: Option<String> = None;
        for event in Parser::new_from_str(yaml) {
            let (event, _) = event.map_err(|error| FrontMatterError {
                line: error.marker().line(),
                column: error.marker().col() + 1,
                message: error.info().to_string(),
            })?;
            match event {
                Event::MappingStart(..) | Event::SequenceStart(..) => depth += 1,
                Event::MappingEnd | Event::SequenceEnd => {
                    depth = depth.saturating_sub(1);
                    if depth == 1 {
                        key = None;
                    }
                }
                Event::Scalar(value, ..) if depth == 1 => match key.take() {
                    None => key = Some(value.into_owned()),
                    Some(key) => {
                        entries.insert(key, value.into_owned());
                    }
                },
                Event::Alias(..) if depth == 1 && key.take().is_none() => key = Some(String::new()),
                _ => {}
            }
        }
        Ok(Self {
            entries: entries.into_iter().collect(),
        })
    }

    /// Whether there is no entry: the page has no front matter, or none that can be read.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The value of a key, if there is one that is not blank.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&str> {
        let found = self
            .entries
            .binary_search_by(|(other, _)| (**other).cmp(key));
        let (_, value) = self.entries.get(found.ok()?)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scalars_are_read_with_and_without_quotes() {
        let front = FrontMatter::parse(
            "title: \"call resource type\"\nms.prod: 'x'\nauthor: me\nempty: \"\"",
        )
        .unwrap();
        assert_eq!(front.get("title"), Some("call resource type"));
        assert_eq!(front.get("ms.prod"), Some("x"));
        assert_eq!(front.get("author"), Some("me"));
        assert_eq!(front.get("empty"), None);
    }

    #[test]
    fn nested_values_do_not_shift_keys_and_values() {
        let front = FrontMatter::parse("a:\n  - x\n  - y\nb: {c: d}\ntitle: t").unwrap();
        assert_eq!(front.get("title"), Some("t"));
        assert_eq!(front.get("c"), None);
    }

    #[test]
    fn broken_yaml_has_a_place() {
        let error = FrontMatter::parse("title: x\nbad: \"open\nmore: y").unwrap_err();
        assert!(error.line >= 2, "{error:?}");
    }
}
