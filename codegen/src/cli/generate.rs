//! `typedown generate`

mod cached;
mod changelog;
mod locked;
mod told;
mod watch;

use std::io::Write;
use std::path::PathBuf;

use self::told::Told;
use super::args::{Args, GenerateArgs};
use super::summary::Summary;
use super::{Failure, Outcome, Settings};
use crate::generator::{Bodies, Trees, WrittenLock};
use crate::output::{LOCK_FILE, Output, Written};
use crate::parallel::both;
use crate::schema::Schema;
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

/// A run, and what it is to do.
struct Job<'s> {
    settings: &'s Settings,
    /// Whether it only judges the folder.
    check: bool,
    /// Where the cache is between two processes, if there is one.
    cache_file: Option<PathBuf>,
    /// Whether the process has done none before, and whether it ends after this one.
    is_first: bool,
    is_last: bool,
}

/// What was written by the run before.
struct Previous {
    schema: Option<Schema>,
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
        }
    }

    fn load_cache(&self) -> Option<Cache> {
        let file = self.cache_file.as_ref()?;
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
        let trees = Trees::find(&*docs, english.as_deref())?;
        let levels = &self.settings.levels;
        if let Some(cache) = &mut cache
            && let Some(told) = generator.unchanged(&trees, cache, levels)?
        {
            // Whoever watches is told of what happens.
            for line in told.iter().filter(|_| self.is_first) {
                writeln!(out, "{line}")?;
            }
            return Ok(Outcome::Done);
        }
        let (reading, previous) = self.read(&trees, cache.as_deref_mut())?;
        self.settings.note_no_pages(&reading, err)?;
        let selected = generator.selected(&reading.schema)?;
        let (output, summary) = both(
            || match &mut cache {
                Some(cache) => generator.emit_again(&reading.schema, cache),
                None => generator.emit(&reading.schema),
            },
            || {
                let before = previous.schema.as_ref();
                before.map(|before| self.summary(before, &selected))
            },
        );
        let mut output = output?;
        let mut revision = None;
        if !self.check && output.lock_differs(&self.settings.out)? {
            revision = generator.docs_revision();
            output.tell_docs(revision.as_ref());
        }
        let (written, bodies) = both(
            || match self.check {
                true => output.check(&self.settings.out),
                false => output.write(&self.settings.out),
            },
            || {
                let cache = cache.as_ref().filter(|_| self.is_last);
                cache.and_then(|cache| cache.bodies())
            },
        );
        let written = written?;
        if self.settings.changelog && !self.check && !written.is_empty() {
            let (out_dir, revision) = (&self.settings.out, revision.as_ref());
            changelog::add(out_dir, summary.as_ref(), &selected, revision)?;
        }
        let told = Told {
            settings: self.settings,
            reading: &reading,
            selected: &selected,
            checked: self.check.then_some(&output),
        };
        if let Some(note) = &previous.note {
            writeln!(out, "note     {note}")?;
        }
        for line in told.lines(&written, summary.as_ref()) {
            writeln!(out, "{line}")?;
        }
        let stale = self.check && !written.is_empty();
        if stale {
            writeln!(
                out,
                "stale    run `typedown generate` with the same settings and commit what it writes"
            )?;
        }
        out.flush()?;
        if let Some(cache) = &mut cache {
            self.keep(cache, bodies.as_ref(), &told, &output, &written)?;
        }
        let outcome = self.settings.tell_unreadable(&reading, err);
        if self.is_last {
            // Giving back the memory of a hundred thousand texts one by one is for nothing.
            std::mem::forget((previous, output, bodies));
        } else if let (Some(cache), Some(lock)) = (cache, output.files.get(LOCK_FILE)) {
            cache.keep_written(lock, selected.into_owned());
        }
        match stale {
            true => Ok(Outcome::Negative),
            false => outcome,
        }
    }

    /// Reads the docs, and what the run before has written.
    fn read(
        &self,
        trees: &Trees<'_>,
        mut cache: Option<&mut Cache>,
    ) -> Result<(Reading, Previous), Failure> {
        let texts = cache.as_mut().and_then(|cache| cache.take_stored_texts());
        let written = cache.as_mut().and_then(|cache| cache.take_written());
        let (reading, (previous, texts)) = both(
            || {
                let cache = cache.as_deref_mut();
                self.settings.generator.read_trees(trees, cache)
            },
            || (self.previous(written), texts.map(|texts| texts.find())),
        );
        if let (Some(cache), Some(texts)) = (cache, texts) {
            cache.keep_texts(texts);
        }
        Ok((reading?, previous?))
    }

    /// What changed from one schema to the next.
    fn summary(&self, before: &Schema, now: &Schema) -> Summary {
        let Settings {
            policy, options, ..
        } = self.settings;
        Summary::new(before, now, policy.clone(), options.clone())
    }

    /// The schema of the last run. A lock file that cannot be read is an error only if it is from a newer Typedown; any
    /// other is written anew.
    fn previous(&self, known: Option<WrittenLock>) -> Result<Previous, Error> {
        let path = self.settings.out.join(LOCK_FILE);
        let (schema, note) = match std::fs::read_to_string(&path) {
            Ok(text) => match known.and_then(|known| known.says(&text)) {
                Some(schema) => (Some(schema), None),
                None => match Schema::from_lock(&text) {
                    Ok(schema) => (Some(schema), None),
                    Err(error @ Error::LockIsNewer { .. }) => return Err(error),
                    Err(error) => {
                        let note = format!("{}: {error}; it is written anew", path.display());
                        (None, Some(note))
                    }
                },
            },
            Err(_) => (None, None),
        };
        Ok(Previous { schema, note })
    }

    /// Keeps for the next run what this one has found out.
    fn keep(
        &self,
        cache: &mut Cache,
        bodies: Option<&Bodies>,
        told: &Told<'_>,
        output: &Output,
        written: &Written,
    ) -> Result<(), Error> {
        if told.is_complete() {
            // A manifest that was not there before has other things to be noted now.
            let is_new = written.added.iter().any(|path| path == "Cargo.toml");
            let next = match is_new {
                true => output.check(&self.settings.out)?,
                false => written.without_changes(),
            };
            let lines = told.lines(&next, None);
            let generator = &self.settings.generator;
            generator.remember_run(cache, output, &self.settings.levels, lines)?;
        }
        if self.is_last {
            self.save(cache, bodies);
        }
        Ok(())
    }

    /// Saves the cache for the next process. One that cannot be written is no failure: it is for speed.
    fn save(&self, cache: &mut Cache, bodies: Option<&Bodies>) {
        if let Some(file) = &self.cache_file {
            let _ = cache.save_bodies(bodies, file);
        }
    }
}
