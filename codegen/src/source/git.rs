//! Docs as they were at a revision of a git repository, read from git's own objects, without a checkout.
//!
//! The program `git` does the reading: it knows every form of a repository (packs, alternates, work trees, partial
//! clones) and is there wherever a repository is.

use std::collections::BTreeMap;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use super::files::{Entry, Files, Skipped, Stamp};
use super::regular::too_large;
use crate::limits::{Limit, Limits};

/// A folder of a git repository as it was at a revision.
///
/// ```no_run
/// use typedown::Limits;
/// use typedown::source::{Files, Revision};
///
/// let files = Revision::open("microsoft-graph-docs", "HEAD~10", &Limits::default())?;
/// for entry in files.list("api-reference/beta/resources")? {
///     println!("{}", entry.name);
/// }
/// # Ok::<(), std::io::Error>(())
/// ```
#[derive(Debug)]
pub struct Revision {
    commit: String,
    /// The objects of the files, by their paths from the folder.
    files: BTreeMap<String, String>,
    /// The entries of each folder.
    folders: BTreeMap<String, Vec<Entry>>,
    skipped: BTreeMap<String, Vec<Skipped>>,
    objects: Objects,
}

impl Revision {
    /// A repository, or a folder inside of one, as it was at a revision: anything that `git rev-parse` understands.
    ///
    /// # Errors
    ///
    /// If git cannot be run, the folder is in no repository, or the repository has no such revision, or that has more files
    /// than the limit.
    pub fn open(folder: impl AsRef<Path>, revision: &str, limits: &Limits) -> io::Result<Self> {
        let folder = folder.as_ref();
        let commit = commit(folder, revision)?;
        let prefix = prefix(folder)?;
        let tree = ls_tree(folder, &commit, &prefix, limits)?;
        let mut files = Self {
            commit,
            files: BTreeMap::new(),
            folders: BTreeMap::new(),
            skipped: BTreeMap::new(),
            objects: Objects::new(folder, limits),
        };
        for (path, object) in tree {
            files.add(path, object);
        }
        Ok(files)
    }

    /// The full name of the commit.
    #[must_use]
    pub fn commit(&self) -> &str {
        &self.commit
    }

    fn add(&mut self, path: Result<String, String>, object: TreeEntry) {
        let (folder, name) = match &path {
            Ok(path) | Err(path) => path.rsplit_once('/').unwrap_or(("", path)),
        };
        let why = match (&path, &object) {
            (Err(_), _) => "its name is not UTF-8",
            (Ok(path), _) if path.len() > LONGEST_PATH => {
                "its path is longer than that of any file can be"
            }
            (_, TreeEntry::Link) => "it is a link, which has no contents in a repository",
            (_, TreeEntry::Repository) => "it is another repository",
            (Ok(path), TreeEntry::File(object)) => {
                self.folders
                    .entry(folder.to_owned())
                    .or_default()
                    .push(Entry {
                        name: name.to_owned(),
                        is_folder: false,
                    });
                self.add_folder(folder);
                self.files.insert(path.clone(), object.clone());
                return;
            }
        };
        let skipped = Skipped {
            name: name.to_owned(),
            why,
        };
        self.skipped
            .entry(folder.to_owned())
            .or_default()
            .push(skipped);
    }

    /// Makes a folder an entry of the one around it, and so on.
    fn add_folder(&mut self, folder: &str) {
        let mut folder = folder;
        while !folder.is_empty() {
            let (around, name) = folder.rsplit_once('/').unwrap_or(("", folder));
            let entries = self.folders.entry(around.to_owned()).or_default();
            let entry = Entry {
                name: name.to_owned(),
                is_folder: true,
            };
            // The paths come sorted, so that a folder that is known was the last to come.
            if entries.last() == Some(&entry) {
                break;
            }
            if !entries.contains(&entry) {
                entries.push(entry);
            }
            folder = around;
        }
    }
}

impl Files for Revision {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        match self.folders.get(folder) {
            Some(entries) => {
                let mut entries = entries.clone();
                entries.sort();
                Ok(entries)
            }
            None if folder.is_empty() => Ok(Vec::new()),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }

    fn skipped(&self, folder: &str) -> io::Result<Vec<Skipped>> {
        Ok(self.skipped.get(folder).cloned().unwrap_or_default())
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let object = self.files.get(path);
        let object = object.ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        self.objects.read(object)
    }

    fn is_folder(&self, path: &str) -> bool {
        self.folders.contains_key(path)
    }

    fn stamp(&self, path: &str) -> Option<Stamp> {
        let object = self.files.get(path)?;
        Some(Stamp(super::fingerprint(0, object)))
    }
}

/// How many bytes the path of a file has at most where there are files; git takes longer ones.
const LONGEST_PATH: usize = 4096;

/// What a tree of git holds under a path.
enum TreeEntry {
    /// A file, by the name of its object.
    File(String),
    Link,
    Repository,
}

/// Docs can hold folders that look like a repository without a working tree. Its settings would be those of strangers, and
/// some name programs that git is to run; only a `.git`, which git takes into no repository, is trusted.
const SAFE: [&str; 3] = [
    "safe.bareRepository=explicit",
    "core.fsmonitor=false",
    "log.showSignature=false",
];

/// The program, made independent of the caller's surroundings: in a hook of git, these name another repository.
pub(crate) fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder);
    for setting in SAFE {
        command.args(["-c", setting]);
    }
    if is_bare(folder) {
        command.args(["--git-dir", "."]);
    }
    for name in [
        "GIT_DIR",
        "GIT_WORK_TREE",
        "GIT_INDEX_FILE",
        "GIT_PREFIX",
        "GIT_COMMON_DIR",
    ] {
        command.env_remove(name);
    }
    // What is not there is told, and not fetched: reading docs never asks the network.
    command
        .env("GIT_NO_LAZY_FETCH", "1")
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("LC_ALL", "C")
        .stdin(Stdio::null())
        .stderr(Stdio::piped());
    command
}

/// Whether a folder is a repository without a working tree, and no part of another one.
fn is_bare(folder: &Path) -> bool {
    let is_repository = folder.join("HEAD").is_file()
        && ["objects", "refs"]
            .iter()
            .all(|name| folder.join(name).is_dir());
    is_repository
        && folder.canonicalize().is_ok_and(|folder| {
            let mut around = folder.ancestors();
            !around.any(|folder| folder.join(".git").exists())
        })
}

/// What git prints; its own words if it fails.
pub(crate) fn output(mut command: Command) -> io::Result<Vec<u8>> {
    let output = command.output().map_err(not_run)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(failed(&String::from_utf8_lossy(&output.stderr)))
}

/// That git failed, in its own words.
fn failed(words: &str) -> io::Error {
    let words = words.trim().trim_start_matches("fatal: ");
    io::Error::other(match words {
        "" => "git failed and does not say why".to_owned(),
        words => format!("git says: {words}"),
    })
}

fn not_run(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::NotFound => io::Error::new(
            io::ErrorKind::NotFound,
            "the program `git` is needed to read a revision, and was not found",
        ),
        kind => io::Error::new(kind, format!("git cannot be run: {error}")),
    }
}

pub(crate) fn commit(folder: &Path, revision: &str) -> io::Result<String> {
    let mut command = git(folder);
    command.args(["rev-parse", "--verify", "--quiet", "--end-of-options"]);
    command.arg(format!("{revision}^{{commit}}"));
    let found = command.output().map_err(not_run)?;
    if found.status.success() {
        return Ok(String::from_utf8_lossy(&found.stdout).trim().to_owned());
    }
    // Asked to be quiet, git says nothing of a revision that it does not know, and still tells of everything else.
    let words = String::from_utf8_lossy(&found.stderr);
    let words = words.trim().trim_start_matches("fatal: ");
    Err(io::Error::other(match words {
        "" => {
            let hint = match is_shallow(folder) {
                true => "; it is a shallow clone, and `git fetch --unshallow` brings what it lacks",
                false => "",
            };
            format!(
                "`{}` is a repository, but has no revision `{revision}`{hint}",
                folder.display()
            )
        }
        words => format!("git says: {words}"),
    }))
}

/// Whether a clone has only the newest commits.
fn is_shallow(folder: &Path) -> bool {
    let mut command = git(folder);
    command.args(["rev-parse", "--is-shallow-repository"]);
    output(command).is_ok_and(|answer| answer.starts_with(b"true"))
}

/// The path of a folder inside of its repository, with a slash behind it; nothing for the repository itself.
pub(crate) fn prefix(folder: &Path) -> io::Result<String> {
    let mut command = git(folder);
    command.args(["rev-parse", "--show-prefix"]);
    let prefix = String::from_utf8_lossy(&output(command)?).into_owned();
    Ok(prefix.trim_end_matches(['\r', '\n']).to_owned())
}

/// The folder of the repository that holds a folder, if one does and git can be run. Its settings can be trusted.
pub(crate) fn top(folder: &Path) -> Option<PathBuf> {
    let mut command = git(folder);
    command.args(["rev-parse", "--show-toplevel"]);
    let top = String::from_utf8(output(command).ok()?).ok()?;
    let top = Path::new(top.trim_end_matches(['\r', '\n']))
        .canonicalize()
        .ok()?;
    // Versions of git before 2.38 do not know what is safe.
    top.join(".git").exists().then_some(top)
}

/// Whether a folder has changes that are not committed.
pub(crate) fn is_edited(folder: &Path) -> bool {
    let mut command = git(folder);
    command.args(["status", "--porcelain", "--", "."]);
    output(command).is_ok_and(|changes| !changes.is_empty())
}

/// The files of a tree below a path, which is taken off. A few small trees that hold each other can have more files than there
/// is memory for, so that git is not asked for more than the limit.
fn ls_tree(
    folder: &Path,
    commit: &str,
    prefix: &str,
    limits: &Limits,
) -> io::Result<Vec<(Result<String, String>, TreeEntry)>> {
    let mut command = git(folder);
    command.args(["ls-tree", "-r", "-z", "--full-tree", commit]);
    if !prefix.is_empty() {
        command.arg("--").arg(prefix);
    }
    let mut process = Running(command.stdout(Stdio::piped()).spawn().map_err(not_run)?);
    let listing = process.0.stdout.take();
    let mut listing = BufReader::new(listing.ok_or_else(|| io::Error::other("git has no pipes"))?);
    let mut entries = Vec::new();
    let mut line = Vec::new();
    while listing.read_until(0, &mut line)? > 0 {
        if entries.len() >= limits.files {
            let limit = limits.told(Limit::Files);
            let message = format!("the revision has more files than {limit}");
            return Err(io::Error::other(message));
        }
        if line.last() == Some(&0) {
            line.pop();
        }
        entries.extend(tree_entry(&line, prefix));
        line.clear();
    }
    let mut words = String::new();
    if let Some(stderr) = process.0.stderr.take() {
        let _ = stderr.take(1024).read_to_string(&mut words);
    }
    match process.0.wait()?.success() {
        true => Ok(entries),
        false => Err(failed(&words)),
    }
}

/// A line of the listing of a tree.
fn tree_entry(line: &[u8], prefix: &str) -> Option<(Result<String, String>, TreeEntry)> {
    let tab = line.iter().position(|byte| *byte == b'\t')?;
    let head = std::str::from_utf8(&line[..tab]).ok()?;
    let mut head = head.split(' ');
    let (mode, kind, object) = (head.next()?, head.next()?, head.next()?);
    let entry = match (mode, kind) {
        ("120000", _) => TreeEntry::Link,
        (_, "blob") => TreeEntry::File(object.to_owned()),
        _ => TreeEntry::Repository,
    };
    let path = line[tab + 1..].strip_prefix(prefix.as_bytes())?;
    let path = match std::str::from_utf8(path) {
        Ok(path) => Ok(path.to_owned()),
        Err(_) => Err(String::from_utf8_lossy(path).into_owned()),
    };
    Some((path, entry))
}

/// A process that does not outlive its user.
#[derive(Debug)]
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The objects of a repository.
#[derive(Debug)]
pub(crate) struct Objects {
    folder: PathBuf,
    /// How many bytes of an object are read.
    page_bytes: usize,
    /// Readers that wait for work: one for each thread that reads at the same time.
    idle: Mutex<Vec<Reader>>,
}

impl Objects {
    pub(crate) fn new(folder: &Path, limits: &Limits) -> Self {
        Self {
            folder: folder.to_owned(),
            page_bytes: limits.page_bytes,
            idle: Mutex::default(),
        }
    }

    /// The contents of an object.
    pub(crate) fn read(&self, object: &str) -> io::Result<Vec<u8>> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = idle().pop();
        let mut reader = match waiting {
            Some(reader) => reader,
            None => Reader::start(&self.folder, self.page_bytes)?,
        };
        let read = reader.read(object, self.page_bytes)?;
        idle().push(reader);
        read.ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::NotFound,
                format!("the repository lacks the object {object}, as partial clones do; `git fetch --refetch` brings it"),
            )
        })
    }
}

/// A running `git cat-file --batch`.
#[derive(Debug)]
struct Reader {
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    /// One that hangs must not outlive its user.
    _process: Running,
}

impl Reader {
    fn start(folder: &Path, page_bytes: usize) -> io::Result<Self> {
        let mut process = git(folder)
            // Of an object that is larger nothing but its size is wanted, and git need not have it in memory for that.
            .arg("-c")
            .arg(format!("core.bigFileThreshold={}", page_bytes.max(1)))
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(not_run)?;
        match (process.stdin.take(), process.stdout.take()) {
            (Some(input), Some(output)) => Ok(Self {
                input,
                output: BufReader::new(output),
                _process: Running(process),
            }),
            _ => Err(io::Error::other("git has no pipes")),
        }
    }

    /// The contents of an object; none if the repository lacks it. After an error nothing more can be read.
    fn read(&mut self, object: &str, page_bytes: usize) -> io::Result<Option<Vec<u8>>> {
        writeln!(self.input, "{object}")?;
        self.input.flush()?;
        let mut head = String::new();
        self.output.read_line(&mut head)?;
        let size = head.trim_end().rsplit(' ').next().unwrap_or_default();
        let Ok(size) = size.parse::<usize>() else {
            return match head.trim_end().ends_with(" missing") {
                true => Ok(None),
                false => Err(io::Error::other(format!(
                    "git answered `{}` to the question for an object",
                    head.trim_end()
                ))),
            };
        };
        if size > page_bytes {
            return Err(too_large(page_bytes));
        }
        let mut contents = vec![0; size];
        self.output.read_exact(&mut contents)?;
        let mut end = [0];
        self.output.read_exact(&mut end)?;
        Ok(Some(contents))
    }
}
