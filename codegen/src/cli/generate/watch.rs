//! `typedown generate --watch`

use std::collections::BTreeSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::super::args::{Args, GenerateArgs};
use super::super::{Failure, Outcome, Settings};
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
    // Begun before the first run, so that nothing is missed while it lasts.
    let (mut watched, mut events) = Watched::of(&known)?;
    let mut cache = Job::new(&known, command).load_cache().unwrap_or_default();
    let mut is_first = true;
    loop {
        let job = Job {
            is_first,
            ..Job::new(&known, command)
        };
        if let Err(failure) = job.run(Some(&mut cache), out, err) {
            match failure {
                Failure::Output(_) => return Err(failure),
                failure => writeln!(err, "error: {failure}")?,
            }
        }
        if std::mem::take(&mut is_first) {
            writeln!(out, "watching {}", watched.describe())?;
        }
        out.flush()?;
        loop {
            if !watched.comes(&events, IDLE)? {
                Job::new(&known, command).save(&mut cache, None);
                watched.comes(&events, FOREVER)?;
            }
            match settings(args, command) {
                Ok(changed) => known = changed,
                // A file that is half written; the next event comes when it is whole.
                Err(failure) => {
                    writeln!(err, "error: {failure}")?;
                    continue;
                }
            }
            if watched.paths != paths(&known) {
                (watched, events) = Watched::of(&known)?;
            }
            break;
        }
    }
}

/// The folders that are watched.
struct Watched {
    paths: BTreeSet<(PathBuf, bool)>,
    /// Watches as long as it is there.
    _watcher: RecommendedWatcher,
}

/// What a run reads: folders, each with whether those in it count as well.
fn paths(settings: &Settings) -> BTreeSet<(PathBuf, bool)> {
    let folders = [Some(&settings.docs), settings.english.as_ref()];
    let mut paths: BTreeSet<(PathBuf, bool)> = folders
        .into_iter()
        .flatten()
        .map(|folder| (folder.clone(), true))
        .collect();
    // Editors exchange files, so that a watched file is gone after it was saved; its folder stays.
    let config = settings.file.as_deref().and_then(Path::parent);
    if let Some(folder) = config {
        let folder = match folder.as_os_str().is_empty() {
            true => Path::new("."),
            false => folder,
        };
        paths.insert((folder.to_owned(), false));
    }
    paths
}

impl Watched {
    fn of(settings: &Settings) -> Result<(Self, Receiver<notify::Result<Event>>), Failure> {
        let (send, events) = channel();
        let failed = |path: &Path, error: notify::Error| {
            Failure::Usage(format!("`{}` cannot be watched: {error}", path.display()))
        };
        let mut watcher =
            notify::recommended_watcher(send).map_err(|error| failed(&settings.docs, error))?;
        let paths = paths(settings);
        for (path, inside) in &paths {
            if !path.exists() && revision(path).is_some() {
                let message = format!(
                    "`{}` is a revision, which never changes: name a folder to watch",
                    path.display()
                );
                return Err(Failure::Usage(message));
            }
            let mode = match inside {
                true => RecursiveMode::Recursive,
                false => RecursiveMode::NonRecursive,
            };
            watcher
                .watch(path, mode)
                .map_err(|error| failed(path, error))?;
        }
        let watched = Self {
            paths,
            _watcher: watcher,
        };
        Ok((watched, events))
    }

    fn describe(&self) -> String {
        let folders = self.paths.iter().filter(|(_, inside)| *inside);
        let folders = folders.map(|(path, _)| path.display().to_string());
        folders.collect::<Vec<_>>().join(" and ")
    }

    /// Waits until something changes, and then until it is quiet; whether anything has changed in this time.
    fn comes(
        &self,
        events: &Receiver<notify::Result<Event>>,
        within: Duration,
    ) -> Result<bool, Failure> {
        let counts = |event: &notify::Result<Event>| match event {
            Ok(event) => is_change(event.kind),
            // Events were lost: anything may have changed.
            Err(_) => true,
        };
        loop {
            match events.recv_timeout(within) {
                Ok(event) if counts(&event) => break,
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return Ok(false),
                Err(RecvTimeoutError::Disconnected) => {
                    let message = "the system does not tell of changes any more".to_owned();
                    return Err(Failure::Usage(message));
                }
            }
        }
        while events.recv_timeout(QUIET).is_ok() {}
        Ok(true)
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
