//! The texts of types between two processes: what they depend on is stored, and they themselves are in the output folder.

use super::{Key, Text, Texts};
use crate::rust::trace::Asked;
use crate::schema::TypeName;
use crate::source::fingerprint;
use crate::stored::{self, Load, Store, Stored, stored_enum, stored_struct};
use std::collections::BTreeMap;
use std::sync::Arc;

stored_struct! {
    Listed { options, files }
    ListedText { module, name, asked, answers, fingerprint, length }
}

stored_enum! {
    Asked { 0 Type(name), 1 Lineage(name), 2 Derived(name), 3 Everywhere(name), 4 Page(path) }
}

/// All that is known of texts but themselves.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listed {
    options: u64,
    /// For each file the texts in it, in their order.
    pub(super) files: BTreeMap<String, Vec<ListedText>>,
}

/// All that is known of a text but itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ListedText {
    module: Arc<str>,
    name: TypeName,
    asked: Vec<Asked>,
    answers: u64,
    fingerprint: u64,
    length: usize,
}

impl Listed {
    /// Of no texts yet, which are emitted under these options.
    pub(super) fn under(options: u64) -> Self {
        Self {
            options,
            files: BTreeMap::new(),
        }
    }
}

impl ListedText {
    pub(super) fn new((module, name): &Key, text: &Text, key: u64) -> Self {
        Self {
            module: Arc::clone(module),
            name: name.clone(),
            asked: text.asked.clone(),
            answers: text.answers,
            fingerprint: fingerprint(key, &text.text),
            length: text.text.len(),
        }
    }
}

/// Texts that may still be in an output folder as they were written.
#[derive(Debug)]
pub(crate) struct StoredTexts {
    listed: Vec<u8>,
    key: u64,
}

/// The text of a file in the output folder.
type ReadFile<'r> = dyn Fn(&str) -> Option<String> + 'r;

impl StoredTexts {
    pub(crate) fn new(listed: Vec<u8>, key: u64) -> Self {
        Self { listed, key }
    }

    /// Finds them.
    pub(crate) fn find(&self, read: &ReadFile<'_>) -> Texts {
        let texts = Texts::from_bytes(&self.listed, self.key, read);
        texts.unwrap_or_else(|| Texts::new(self.key))
    }
}

impl Texts {
    /// What there is to store.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        if let Some(listed) = &self.listed {
            return stored::store(listed);
        }
        let files = self.files.iter().map(|(path, keys)| {
            let texts = keys.iter().filter_map(|key| {
                let text = self.types.get(key)?;
                Some(ListedText::new(key, text, self.key))
            });
            (path.clone(), texts.collect())
        });
        stored::store(&Listed {
            options: self.options,
            files: files.collect(),
        })
    }

    fn from_bytes(bytes: &[u8], key: u64, read: &ReadFile<'_>) -> Option<Self> {
        let Listed { options, files } = stored::load(bytes)?;
        let mut texts = Self {
            options,
            ..Self::new(key)
        };
        for (path, listed) in files {
            let Some(file) = read(&path) else {
                continue;
            };
            // Before each text stands a blank line, and before the first what is the same in every file.
            let all: usize = listed.iter().map(|text| text.length + 1).sum();
            let mut end = file.len().saturating_sub(all);
            for found in listed {
                let start = end + 1;
                end = start + found.length;
                let text = file.get(start..end);
                let Some(text) = text.filter(|text| fingerprint(key, *text) == found.fingerprint)
                else {
                    continue;
                };
                let text = Text {
                    asked: found.asked,
                    answers: found.answers,
                    text: text.to_owned(),
                };
                let key = (found.module, found.name);
                texts.types.insert(key, Arc::new(text));
            }
        }
        Some(texts)
    }
}

impl Stored for TypeName {
    fn store(&self, to: &mut Store) {
        self.shared().store(to);
    }

    fn load(from: &mut Load<'_>) -> Option<Self> {
        Stored::load(from).and_then(Self::from_shared)
    }
}
