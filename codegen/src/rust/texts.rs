//! The texts of types, kept from one run to the next.

mod kept;

pub(crate) use self::kept::StoredTexts;

use self::kept::{Listed, ListedText};
use super::context::Context;
use super::file;
use super::options::EmitOptions;
use super::trace::{Answers, Asked, Trace};
use crate::schema::TypeName;
use crate::source::fingerprint;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The texts of types, as they were emitted last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Texts {
    /// Under which fingerprints are made.
    pub(crate) key: u64,
    /// The options under which they were emitted.
    pub(crate) options: u64,
    /// Whether anything is new since they were loaded.
    pub(crate) is_new: bool,
    pub(crate) types: HashMap<Key, Arc<Text>>,
    /// Which texts are in which file, in their order there.
    pub(crate) files: BTreeMap<String, Vec<Key>>,
    /// What is to be stored of the texts of each file, in the place of the texts, if nobody asks for these again.
    listed: Option<Listed>,
}

/// The module of a version, and a type in it.
pub(crate) type Key = (Arc<str>, TypeName);

/// The text of a type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    /// What it depends on.
    pub(crate) asked: Vec<Asked>,
    /// The fingerprint of the answers to that.
    pub(crate) answers: u64,
    pub(crate) text: String,
}

impl Texts {
    /// None yet.
    pub(crate) fn new(key: u64) -> Self {
        Self {
            key,
            options: 0,
            is_new: false,
            types: HashMap::new(),
            files: BTreeMap::new(),
            listed: None,
        }
    }

    /// Keeps from now on only what is to be stored of texts, which are as long as all files.
    pub(crate) fn for_the_last_run(&mut self) {
        self.listed.get_or_insert_default();
    }

    /// What is to be kept under these options, of what there was.
    pub(super) fn under(&mut self, options: &EmitOptions) -> HashMap<Key, Arc<Text>> {
        // How an option is shown tells any two of them apart; on how many threads the work is done does not matter.
        let options = EmitOptions {
            threads: 0,
            ..options.clone()
        };
        let options = fingerprint(self.key, &format!("{options:?}"));
        self.files.clear();
        self.listed = self.listed.take().map(|_| Listed::under(options));
        let types = std::mem::take(&mut self.types);
        if std::mem::replace(&mut self.options, options) == options {
            types
        } else {
            HashMap::new()
        }
    }

    /// Keeps the texts of files: those of the types of each, in their order.
    pub(super) fn keep(
        &mut self,
        files: impl Iterator<Item = (String, Vec<Key>)>,
        texts: Vec<Arc<Text>>,
    ) {
        let mut texts = texts.into_iter();
        for (path, keys) in files {
            let texts = texts.by_ref().take(keys.len());
            match &mut self.listed {
                Some(listed) => {
                    let of_file = keys.iter().zip(texts);
                    let of_file = of_file.map(|(key, text)| ListedText::new(key, &text, self.key));
                    listed.files.insert(path, of_file.collect());
                }
                None => {
                    self.types.extend(keys.iter().cloned().zip(texts));
                    self.files.insert(path, keys);
                }
            }
        }
    }
}

impl AsRef<str> for Text {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl Text {
    /// The text of a type: what was kept, if it depends on nothing that is another now.
    pub(super) fn of(
        context: &Context<'_>,
        name: &TypeName,
        answers: &Answers<'_>,
        kept: Option<&Arc<Self>>,
    ) -> Arc<Self> {
        if let Some(kept) = kept.filter(|kept| answers.to(&kept.asked) == kept.answers) {
            return Arc::clone(kept);
        }
        let trace = Trace::default();
        let text = file::type_text(&context.traced(&trace), name);
        let asked = trace.into_asked();
        Arc::new(Self {
            answers: answers.to(&asked),
            asked,
            text,
        })
    }
}
