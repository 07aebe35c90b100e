//! `typedown generate --watch`

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::super::args::{Args, GenerateArgs};
use super::super::{Failure, Outcome, Settings};
use super::changelog::Since;
use super::{Job, settings};
use crate::source::revision;

/// An editor that saves a file does several things to it, each of which is an event; for so long no other may come before a
/// run begins.
const QUIET: Duration = Duration::from_millis(10);

/// When nothing has changed for so long, there is time to save the cache for another process.
const IDLE: Duration = Duration::from_secs(1);

const FOREVER: Duration = Duration::MAX;

/// Runs, and runs again whenever something changes that a run reads, with what it needs to know in memory. Events only wake
/// it: what has changed is looked up, so that a run which its own output has woken finds nothing to do.
pub(super) fn run(
    args: &Args,
    command: &GenerateArgs,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let mut known = settings(args, command)?;
    if !known.docs.exists() && revision(&known.docs).is_some() {
        return Err(Failure::Usage(format!(
            "`{}` is a revision, which never changes: name a folder to watch",
            known.docs.display()
        )));
    }
    // Begun before the first run, so that nothing is missed while it lasts.
    let mut watched = Watched::of(&known)?;
    let first = Job::new(&known, command);
    let since = Since::now(&first)?;
    let mut cache = first.load_cache().unwrap_or_default();
    let mut is_first = true;
    loop {
        let job = Job {
            is_first,
            since: since.as_ref(),
            ..Job::new(&known, command)
        };
        if let Err(failure) = job.run(Some(&mut cache), out, err) {
            match failure {
                Failure::Output(_) => return Err(failure),
                failure => writeln!(err, "error: {failure}")?,
            }
        }
        if std::mem::take(&mut is_first) {
            writeln!(out, "watching {}", describe(&known))?;
        }
        out.flush()?;
        loop {
            if !watched.comes(IDLE) {
                Job::new(&known, command).save(&mut cache, None, err)?;
                watched.comes(FOREVER);
            }
            match settings(args, command) {
                Ok(changed) => known = changed,
                // A file that is half written; the next event comes when it is whole.
                Err(failure) => {
                    writeln!(err, "error: {failure}")?;
                    continue;
                }
            }
            // Folders come and go, and others take their places.
            if watched.targets != targets(&known) {
                match Watched::of(&known) {
                    Ok(others) => watched = others,
                    Err(failure) => writeln!(err, "error: {failure}")?,
                }
            }
            break;
        }
    }
}

/// The folders whose pages are watched, to be told.
fn describe(settings: &Settings) -> String {
    let folders = [Some(&settings.docs), settings.english.as_ref()];
    let folders = folders.into_iter().flatten();
    let folders = folders.map(|folder| folder.display().to_string());
    folders.collect::<Vec<_>>().join(" and ")
}

/// The folders that are watched.
struct Watched {
    targets: BTreeSet<Target>,
    events: Receiver<notify::Result<Event>>,
    /// Watches as long as it is there.
    _watcher: RecommendedWatcher,
}

/// A folder to watch.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Target {
    path: PathBuf,
    /// Which folder of this name it is.
    identity: Option<u64>,
    /// Whether all that is in it counts.
    inside: bool,
}

impl Target {
    fn new(path: &Path, inside: bool) -> Self {
        let path = match path.as_os_str().is_empty() {
            true => Path::new("."),
            false => path,
        };
        Self {
            path: path.to_owned(),
            identity: identity(path),
            inside,
        }
    }
}

/// By what a folder can be told from another one that takes its place.
#[cfg(unix)]
fn identity(path: &Path) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;
    path.metadata().ok().map(|folder| folder.ino())
}

/// By what a folder can be told from another one that takes its place: here only whether there is one.
#[cfg(not(unix))]
fn identity(path: &Path) -> Option<u64> {
    path.is_dir().then_some(0)
}

/// What is to be watched: the folders that a run reads, and around each the folder in which it may be exchanged, or come to
/// be. The same holds for the configuration: editors exchange files, and there may be none yet.
fn targets(settings: &Settings) -> BTreeSet<Target> {
    let mut targets = BTreeSet::new();
    let folders = [Some(&settings.docs), settings.english.as_ref()];
    for folder in folders.into_iter().flatten() {
        if folder.is_dir() {
            targets.insert(Target::new(folder, true));
        }
        let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.clone());
        let around = folder.ancestors().skip(1).find(|around| around.is_dir());
        targets.extend(around.map(|around| Target::new(around, false)));
    }
    let config = settings.file.as_deref().and_then(Path::parent);
    targets.insert(Target::new(config.unwrap_or(Path::new(".")), false));
    targets
}

impl Watched {
    fn of(settings: &Settings) -> Result<Self, Failure> {
        let (send, events) = channel();
        let failed = |path: &Path, error: notify::Error| {
            Failure::Usage(format!("`{}` cannot be watched: {error}", path.display()))
        };
        let mut watcher =
            notify::recommended_watcher(send).map_err(|error| failed(&settings.docs, error))?;
        let targets = targets(settings);
        for target in &targets {
            let mode = match target.inside {
                true => RecursiveMode::Recursive,
                false => RecursiveMode::NonRecursive,
            };
            let watching = watcher.watch(&target.path, mode);
            watching.map_err(|error| failed(&target.path, error))?;
        }
        Ok(Self {
            targets,
            events,
            _watcher: watcher,
        })
    }

    /// Waits until something changes, and then until it is quiet; whether anything has changed in this time.
    fn comes(&self, within: Duration) -> bool {
        let counts = |event: &notify::Result<Event>| match event {
            Ok(event) => is_change(event.kind),
            // Events were lost: anything may have changed.
            Err(_) => true,
        };
        loop {
            match self.events.recv_timeout(within) {
                Ok(event) if counts(&event) => break,
                Ok(_) => {}
                // The watcher holds the other end as long as this lives.
                Err(_) => return false,
            }
        }
        while self.events.recv_timeout(QUIET).is_ok() {}
        true
    }
}

/// Whether an event may come from a change; reading a file is an event as well.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => false,
        _ => true,
    }
}
