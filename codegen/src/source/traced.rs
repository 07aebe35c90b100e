//! A tree of files that remembers what was asked of it, and what came back.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

use super::{Entry, Files, Skipped, Stamp};

/// A tree of files, and what was asked of it so far: a build script tells cargo of that, and who asks again learns whether
/// anything is another.
pub(crate) struct Traced<'a> {
    files: &'a dyn Files,
    key: u64,
    asked: Mutex<BTreeMap<Question, Answer>>,
}

/// What was asked of a tree of files, and what came back; in the order of the questions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Trace(pub(crate) Arc<[(Question, Answer)]>);

/// What can be asked of a tree of files; paths are relative to its root.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Question {
    /// For the bytes of a file.
    Read(Arc<str>),
    /// For the entries of a folder.
    List(Arc<str>),
    /// For what a folder holds and cannot be listed.
    Skipped(Arc<str>),
    /// Whether this is a folder.
    IsFolder(Arc<str>),
}

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// Something of this fingerprint; of files also by what it can be seen that they are the same.
    Is(u64, Option<Stamp>),
    /// That there is nothing.
    Missing,
    /// An error, or not always the same: nobody can tell whether it would be the same again.
    Unsure,
}

/// The fingerprint of a value, which is the same on one machine and with one build of the program. Two values that somebody
/// chose have one fingerprint only if he knew the key.
pub(crate) fn fingerprint(key: u64, value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    value.hash(&mut hasher);
    hasher.finish()
}

impl Answer {
    fn new(key: u64, stamp: Option<Stamp>, answer: &io::Result<impl Hash>) -> Self {
        match answer {
            Ok(value) => Self::Is(fingerprint(key, value), stamp),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Self::Missing,
            Err(_) => Self::Unsure,
        }
    }

    /// Whether this is the answer again.
    fn is_again(self, question: &Question, key: u64, files: &dyn Files) -> bool {
        let again = match question {
            Question::Read(path) => {
                let stamp = files.stamp(path);
                match self {
                    Self::Is(_, known) if known.is_some() && known == stamp => return true,
                    _ => Self::new(key, stamp, &files.read(path)),
                }
            }
            Question::List(path) => Self::new(key, None, &files.list(path)),
            Question::Skipped(path) => Self::new(key, None, &files.skipped(path)),
            Question::IsFolder(path) => Self::new(key, None, &Ok(files.is_folder(path))),
        };
        match (self, again) {
            (Self::Is(known, _), Self::Is(again, _)) => known == again,
            (Self::Missing, Self::Missing) => true,
            _ => false,
        }
    }
}

impl Trace {
    /// Whether everything would be answered in the same way; with the key under which it was asked.
    pub(crate) fn holds(&self, key: u64, files: &dyn Files) -> bool {
        let mut asked = self.0.iter();
        asked.all(|(question, answer)| answer.is_again(question, key, files))
    }

    /// The files that were opened and the folders that were listed, of those that are there, for whoever waits for changes.
    /// For a file that is not there stands the folder in which it may come to be.
    pub(crate) fn watched(&self, files: &dyn Files) -> BTreeSet<String> {
        let watched = self
            .0
            .iter()
            .filter_map(|(question, answer)| match question {
                Question::Read(path) if *answer == Answer::Missing => {
                    let mut around = super::folder_of(path);
                    while !around.is_empty() && !files.is_folder(around) {
                        around = super::folder_of(around);
                    }
                    Some(around.to_owned())
                }
                Question::Read(path) => Some((**path).to_owned()),
                Question::List(path) if *answer != Answer::Missing => Some((**path).to_owned()),
                Question::List(_) | Question::Skipped(_) | Question::IsFolder(_) => None,
            });
        watched.collect()
    }
}

impl<'a> Traced<'a> {
    /// Asks these files; fingerprints are made with a key.
    pub(crate) fn new(files: &'a dyn Files, key: u64) -> Self {
        Self {
            files,
            key,
            asked: Mutex::default(),
        }
    }

    /// What was asked.
    pub(crate) fn into_trace(self) -> Trace {
        let asked = self.asked.into_inner();
        let asked = asked.unwrap_or_else(PoisonError::into_inner);
        Trace(asked.into_iter().collect())
    }

    fn note(&self, question: Question, answer: Answer) {
        let mut asked = self.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let known = asked.entry(question).or_insert(answer);
        if *known != answer {
            *known = Answer::Unsure;
        }
    }
}

impl Files for Traced<'_> {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let entries = self.files.list(folder);
        let answer = Answer::new(self.key, None, &entries);
        self.note(Question::List(folder.into()), answer);
        entries
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let stamp = self.files.stamp(path);
        let bytes = self.files.read(path);
        let answer = Answer::new(self.key, stamp, &bytes);
        self.note(Question::Read(path.into()), answer);
        bytes
    }

    fn is_folder(&self, path: &str) -> bool {
        let is_folder = self.files.is_folder(path);
        let answer = Answer::new(self.key, None, &Ok(is_folder));
        self.note(Question::IsFolder(path.into()), answer);
        is_folder
    }

    fn skipped(&self, folder: &str) -> io::Result<Vec<Skipped>> {
        let skipped = self.files.skipped(folder);
        let answer = Answer::new(self.key, None, &skipped);
        self.note(Question::Skipped(folder.into()), answer);
        skipped
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        self.files.stamp(path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::MemoryFiles;
    use std::sync::atomic::{AtomicBool, Ordering};

    const KEY: u64 = 7;

    fn ask(files: &dyn Files) -> Trace {
        let traced = Traced::new(files, KEY);
        traced.list("a").unwrap();
        traced.list("no").unwrap_err();
        traced.read("a/b/c.md").unwrap();
        traced.read("a/x/y/z.md").unwrap_err();
        traced.into_trace()
    }

    #[test]
    fn what_is_read_is_watched_and_what_is_missing_by_the_folder_that_is_there() {
        let files = MemoryFiles::new([("a/b/c.md", "x")]);
        let watched = ask(&files).watched(&files);
        assert!(watched.iter().eq(["a", "a/b/c.md"]), "{watched:?}");
    }

    #[test]
    fn a_trace_holds_until_something_is_another() {
        let files = MemoryFiles::new([("a/b/c.md", "x")]);
        let trace = ask(&files);
        assert!(trace.holds(KEY, &files));
        assert!(!trace.holds(KEY + 1, &files));
        let others: [&[(&str, &str)]; 4] = [
            &[("a/b/c.md", "y")],
            &[("a/b/c.md", "x"), ("a/d.md", "")],
            &[("a/b/c.md", "x"), ("no/d.md", "")],
            &[("a/b/c.md", "x"), ("a/x/y/z.md", "")],
        ];
        for other in others {
            let other = MemoryFiles::new(other.iter().copied());
            assert!(!trace.holds(KEY, &other), "{other:?}");
        }
        // What nobody asked for may come.
        let more = MemoryFiles::new([("a/b/c.md", "x"), ("a/b/d.md", "")]);
        assert!(trace.holds(KEY, &more));
    }

    /// A file that is another each time.
    struct Restless(AtomicBool);

    impl Files for Restless {
        fn list(&self, _: &str) -> io::Result<Vec<Entry>> {
            Err(io::ErrorKind::NotFound.into())
        }

        fn read(&self, _: &str) -> io::Result<Vec<u8>> {
            let turn = self.0.fetch_xor(true, Ordering::Relaxed);
            Ok(vec![u8::from(turn)])
        }

        fn is_folder(&self, _: &str) -> bool {
            false
        }
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_never_known() {
        let files = Restless(AtomicBool::new(false));
        let traced = Traced::new(&files, KEY);
        traced.read("a.md").unwrap();
        traced.read("a.md").unwrap();
        let trace = traced.into_trace();
        assert!(!trace.holds(KEY, &files) && !trace.holds(KEY, &files));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_whose_stamp_is_the_same_is_not_read_again() {
        let files = crate::source::Folder::open(env!("CARGO_MANIFEST_DIR")).unwrap();
        let question = Question::Read("Cargo.toml".into());
        let stamp = files.stamp("Cargo.toml");
        assert!(stamp.is_some(), "the manifest is older than the test");
        // The fingerprint is wrong, so that reading the file would tell.
        assert!(Answer::Is(1, stamp).is_again(&question, KEY, &files));
        assert!(!Answer::Is(1, Some(Stamp(2))).is_again(&question, KEY, &files));
        assert!(!Answer::Is(1, None).is_again(&question, KEY, &files));
    }

    #[cfg(unix)]
    #[test]
    fn what_was_written_just_now_has_no_stamp() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.md"), "x").unwrap();
        let files = crate::source::Folder::open(folder.path()).unwrap();
        assert_eq!(files.stamp("a.md"), None);
    }
}
