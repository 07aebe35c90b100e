//! `typedown generate`

mod cached;
mod changelog;
mod locked;
mod told;
mod watch;

use std::io::{ErrorKind, Write};

use self::cached::CacheFile;
use self::changelog::{Changelog, Since};
use self::told::Told;
use super::args::{Args, GenerateArgs};
use super::summary::Summary;
use super::{Failure, Outcome, Settings};
use crate::diff::Sides;
use crate::generator::{Bodies, Trees, WrittenLock};
use crate::output::{LOCK_FILE, Output, Written};
use crate::parallel::both;
use crate::rust::EmitOptions;
use crate::schema::{Lock, Schema};
use crate::source::regular;
use crate::{Cache, Error, Reading};

pub(super) fn run(
    args: &Args,
    command: &GenerateArgs,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome, Failure> {
    if command.locked {
        let settings = Settings::without_docs(args, &command.docs, command.out.as_deref())?;
        return locked::run(&settings.with(command), command.check, out);
    }
    if command.watch {
        return watch::run(args, command, out, err);
    }
    let settings = settings(args, command)?;
    let job = Job::new(&settings, command);
    let mut cache = job.load_cache();
    let outcome = job.run(cache.as_mut(), out, err);
    std::mem::forget(cache);
    outcome
}

/// Flags first, then the configuration file.
fn settings(args: &Args, command: &GenerateArgs) -> Result<Settings, Failure> {
    let settings = Settings::of(args, &command.docs, command.out.as_deref())?;
    Ok(settings.with(command))
}

impl Settings {
    /// Takes over what is to be written, and how.
    fn with(mut self, command: &GenerateArgs) -> Self {
        let mut generator = self.generator;
        if let Some(mode) = command.mode {
            generator = generator.mode(mode);
            self.options.mode = mode;
        }
        if let Some(on_mismatch) = command.on_mismatch {
            generator = generator.on_mismatch(on_mismatch);
            self.options.on_mismatch = on_mismatch;
        }
        if !command.select.is_empty() {
            self.selection.names.clone_from(&command.select);
        }
        if let Some(navigation) = command.navigation {
            self.selection.navigation = navigation;
        }
        self.selection.derived |= command.derived;
        self.changelog |= command.changelog;
        self.generator = generator
            .select(self.selection.names.iter().cloned())
            .navigation(self.selection.navigation)
            .derived(self.selection.derived);
        self
    }
}

/// What to do about a crate that is not what it should be.
const STALE: &str =
    "stale    run `typedown generate` with the same settings and commit what it writes";

/// A run, and what it is to do.
struct Job<'s> {
    settings: &'s Settings,
    /// Whether it only judges the folder.
    check: bool,
    /// Where the cache is between two processes, if there is one.
    cache_file: Option<CacheFile>,
    /// Whether the process has done none before, and whether it ends after this one.
    is_first: bool,
    is_last: bool,
    /// What there was when watching began, for a changelog.
    since: Option<&'s Since>,
}

/// What was written by the run before.
struct Previous {
    lock: Option<Lock>,
    /// Whether it is known what that was: nothing, or what the lock file says.
    is_known: bool,
    /// Why what is there cannot be read.
    note: Option<String>,
}

impl<'s> Job<'s> {
    fn new(settings: &'s Settings, command: &GenerateArgs) -> Self {
        Self {
            settings,
            check: command.check,
            cache_file: cached::file(command, &settings.out),
            is_first: true,
            is_last: !command.watch,
            since: None,
        }
    }

    fn load_cache(&self) -> Option<Cache> {
        let file = &self.cache_file.as_ref()?.path;
        let cache = Cache::load(file, &self.settings.out);
        Some(match self.is_last {
            true => cache.for_the_last_run(),
            false => cache,
        })
    }

    /// Does the work, and tells what was done.
    fn run(
        &self,
        mut cache: Option<&mut Cache>,
        out: &mut dyn Write,
        err: &mut dyn Write,
    ) -> Result<Outcome, Failure> {
        let generator = &self.settings.generator;
        let (docs, english) = (generator.folder()?, generator.english_files()?);
        let trees = generator.trees(&*docs, english.as_deref())?;
        let levels = &self.settings.levels;
        if let Some(cache) = &mut cache {
            cache.begin(generator.reading_settings());
        }
        if let Some(cache) = &mut cache
            && let Some(told) = generator.unchanged(&trees, cache, levels)?
        {
            // Whoever watches is told of what happens.
            if self.is_first {
                self.tell(&told, out)?;
            }
            return Ok(Outcome::Done);
        }
        let written = cache.as_mut().and_then(|cache| cache.take_written());
        let reading = self.read(&trees, cache.as_deref_mut())?;
        self.settings.note_no_pages(&reading, err)?;
        let selected = generator.selected(&reading.schema)?;
        let (output, previous) = both(
            generator.thread_count(),
            || match &mut cache {
                Some(cache) => generator.emit_again(&reading.schema, cache),
                None => generator.emit(&reading.schema),
            },
            || {
                let mut previous = self.previous(written)?;
                // Nobody needs what there was once it is compared.
                let before = previous.lock.take();
                let summary = before.map(|before| self.summary(&before, &selected));
                Ok::<_, Error>((previous, summary))
            },
        );
        let ((previous, summary), mut output) = (previous?, output?);
        let mut revision = None;
        if !self.check && output.lock_differs(&self.settings.out)? {
            revision = generator.docs_revision();
            output.tell_docs(revision.as_ref());
        }
        let is_asked = self.settings.changelog && !self.check && self.since.is_none();
        let changelog = match is_asked {
            true => Some(Changelog::open(&self.settings.out)?),
            false => None,
        };
        let threads = generator.thread_count();
        let (written, bodies) = both(
            threads,
            || match self.check {
                true => output.check_on(threads, &self.settings.out),
                false => output.write_on(threads, &self.settings.out),
            },
            || {
                let cache = cache.as_ref().filter(|_| self.is_last);
                cache.and_then(|cache| cache.bodies())
            },
        );
        let written = written?;
        if let Some(changelog) = changelog.filter(|_| !written.is_empty() && previous.is_known) {
            changelog.add(summary.as_ref(), &selected, revision.as_ref())?;
        }
        if let Some(since) = self.since.filter(|_| !written.is_empty()) {
            since.add(self, &selected, revision.as_ref())?;
        }
        let told = Told {
            settings: self.settings,
            reading: &reading,
            selected: &selected,
            is_known: previous.is_known,
            checked: self.check.then_some(&output),
        };
        let note = previous.note.iter().map(|note| format!("note     {note}"));
        let mut lines: Vec<String> = note.collect();
        lines.extend(told.lines(&written, summary.as_ref()));
        let stale = self.check && !written.is_empty();
        if stale {
            lines.push(STALE.to_owned());
        }
        self.tell(&lines, out)?;
        if let Some(cache) = &mut cache {
            self.keep(cache, &told, &output, &written)?;
            if self.is_last {
                self.save(cache, bodies.as_ref(), err)?;
            }
        }
        let outcome = self.settings.tell_unreadable(&reading, err);
        if self.is_last {
            // Giving back the memory of a hundred thousand texts one by one is for nothing.
            std::mem::forget((previous, selected, output, bodies));
            std::mem::forget(reading);
        } else if let (Some(cache), Some(lock)) = (cache, output.files.get(LOCK_FILE)) {
            let now = Lock {
                settings: self.settings.options.to_settings(),
                schema: selected.into_owned(),
                ..Lock::default()
            };
            cache.keep_written(lock, now);
        }
        match stale {
            true => Ok(Outcome::Negative),
            false => outcome,
        }
    }

    /// Tells what was done, to whoever listens: a reader that has gone changes nothing about the work and how it is judged,
    /// but there is nobody to watch for any more.
    fn tell(&self, lines: &[String], out: &mut dyn Write) -> Result<(), Failure> {
        let told = lines
            .iter()
            .try_for_each(|line| writeln!(out, "{line}"))
            .and_then(|()| out.flush());
        match told {
            Err(error) if self.is_last && error.kind() == ErrorKind::BrokenPipe => Ok(()),
            told => Ok(told?),
        }
    }

    /// Reads the docs, and the texts that the run before has written.
    fn read(&self, trees: &Trees<'_>, mut cache: Option<&mut Cache>) -> Result<Reading, Failure> {
        let generator = &self.settings.generator;
        let texts = cache.as_mut().and_then(|cache| cache.take_stored_texts());
        let (reading, texts) = both(
            generator.thread_count(),
            || {
                let reading = generator.read_trees(trees, cache.as_deref_mut());
                if let Some(cache) = cache.as_deref_mut().filter(|_| self.is_last) {
                    cache.store_pages(generator.thread_count());
                }
                reading
            },
            || texts.map(|find| find()),
        );
        if let (Some(cache), Some(texts)) = (cache, texts) {
            cache.keep_texts(texts);
        }
        Ok(reading?)
    }

    /// What changed from one schema to the next.
    fn summary(&self, before: &Lock, now: &Schema) -> Summary {
        let Settings {
            policy, options, ..
        } = self.settings;
        let customizations = options.customizations.clone();
        let old = EmitOptions::from_settings(&before.settings, customizations);
        let options = Sides::new(old, options.clone());
        Summary::new(&before.schema, now, policy.clone(), options)
    }

    /// The schema of the last run. A lock file that cannot be read is an error only if it is from a newer Typedown; any
    /// other is written anew.
    fn previous(&self, known: Option<WrittenLock>) -> Result<Previous, Error> {
        let path = self.settings.out.join(LOCK_FILE);
        let read = match regular::read_text(&path) {
            Ok(text) => match known.and_then(|known| known.says(&text)) {
                Some(lock) => Ok(Some(lock)),
                None => Lock::parse(&text).map(Some),
            },
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::Output {
                path: path.clone(),
                error,
            }),
        };
        match read {
            Ok(lock) => Ok(Previous {
                lock,
                is_known: true,
                note: None,
            }),
            Err(error @ (Error::LockIsNewer { .. } | Error::LockHasConflicts { .. })) => Err(error),
            Err(error) => Ok(Previous {
                lock: None,
                is_known: false,
                note: Some(format!(
                    "{}: {error}; it is written anew, and nobody can tell what changed",
                    path.display()
                )),
            }),
        }
    }

    /// Keeps for the next run what this one has found out.
    fn keep(
        &self,
        cache: &mut Cache,
        told: &Told<'_>,
        output: &Output,
        written: &Written,
    ) -> Result<(), Error> {
        if told.is_complete() {
            let generator = &self.settings.generator;
            // A manifest that was not there before has other things to be noted now.
            let is_new = written.added.iter().any(|path| path == "Cargo.toml");
            let next = match is_new {
                true => output.check_on(generator.thread_count(), &self.settings.out)?,
                false => written.without_changes(),
            };
            let lines = told.lines(&next, None);
            generator.remember_run(cache, output, &self.settings.levels, lines)?;
        }
        Ok(())
    }

    /// Saves the cache for the next process. One that cannot be written is no failure: it is for speed.
    fn save(
        &self,
        cache: &mut Cache,
        bodies: Option<&Bodies>,
        err: &mut dyn Write,
    ) -> Result<(), Failure> {
        let Some(CacheFile { path, is_named }) = &self.cache_file else {
            return Ok(());
        };
        match cache.save_bodies(bodies, path) {
            Err(error) if *is_named => {
                writeln!(err, "note: nothing is kept for the next run: {error}")?
            }
            _ => cached::forget_old(path),
        }
        Ok(())
    }
}
