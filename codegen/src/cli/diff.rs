//! `typedown diff`

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};

use super::args::{Args, DiffArgs, DocsArgs};
use super::config::{self, Config};
use super::{Failure, Outcome, configured, progress, to_file_or};
use crate::diagnostic::{Code, Level};
use crate::diff::{Date, Diff, Finding, Gate, Policy, Required, Sides, Views, allow, collapse};
use crate::near::suggestion;
use crate::report::{DIFF_SCHEMA, DiffFormat, DiffReport, Look, Sources, counted};
use crate::rust::EmitOptions;
use crate::schema::Schema;
use crate::source::{self, Files, Without};
use crate::{Error, Generator, import};

pub(super) fn run(
    args: &Args,
    command: &DiffArgs,
    look: Look,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome, Failure> {
    if command.print_schema {
        out.write_all(DIFF_SCHEMA.as_bytes())?;
        return Ok(Outcome::Done);
    }
    let config = config::find(args.config.as_deref())?;
    let options = Sides {
        old: match &command.old_config {
            Some(file) => config::find(Some(file))?.emit_options(),
            None => config.emit_options(),
        },
        new: config.emit_options(),
    };
    let policy = policy(&config, command)?;
    let allowed = config::allow::find(command.allow.as_deref())?;
    let inputs = inputs(&config, command)?;
    let unreadable = inputs.unreadable();
    let inputs = match unreadable.is_empty() {
        true => inputs,
        // What one side cannot say, neither is gone nor has come.
        false => inputs.without(&unreadable, &config, command)?,
    };
    for page in unreadable.values() {
        writeln!(err, "error: {page}")?;
    }
    let schemas = inputs.schemas();
    let mut diff = Diff::new(schemas.old, schemas.new)
        .renames(allowed.renames)
        .policy(policy)
        .emitted_with(options);
    if let Some([old, new]) = command.between.as_deref() {
        if command.new.is_none() && old == new {
            return Err(Failure::Usage(format!(
                "`--between {old} {new}` compares a version with itself: name two versions, or two sides"
            )));
        }
        has_version(schemas.old, old)?;
        has_version(schemas.new, new)?;
        diff = diff.between(old, new);
    } else if diff.versions().is_empty() {
        return Err(Failure::Usage(format!(
            "the two sides have no version in common ({} and {}): say with `--between OLD NEW` which to compare",
            versions(schemas.old),
            versions(schemas.new)
        )));
    }
    let mut findings = diff.findings();
    let today = today();
    let notes = allow(&mut findings, &allowed.allows, today);
    let required = Required::of(&findings);
    let stopped = judge(&findings, required, command);
    if !command.every && command.format.is_for_people() {
        findings = collapse(findings);
    }
    for note in &notes {
        writeln!(err, "warning: {note}")?;
    }
    let has_matrix = command.between.is_some() || command.format == DiffFormat::Html;
    let parity = has_matrix.then(|| diff.parity()).flatten();
    let views = (command.format == DiffFormat::Html).then(|| diff.views());
    let viewer = views.as_ref().map(Views::viewer);
    let files = inputs.files();
    let sources = files.map(|files| files.map(|(files, folder)| Sources::new(files, &folder)));
    let report = DiffReport {
        names: inputs.names(command),
        findings: &findings,
        required,
        parity: parity.as_ref(),
        notes: &notes,
        views: viewer.as_ref(),
        sources: sources.as_ref().map(Option::as_ref),
    };
    to_file_or(command.out.as_deref(), out, look, |look, out| {
        report.write(command.format, look, out)
    })?;
    for reason in &stopped {
        writeln!(err, "failed: {reason}")?;
    }
    match (unreadable.len(), stopped.is_empty()) {
        (0, true) => Ok(Outcome::Done),
        (0, false) => Ok(Outcome::Negative),
        (pages, _) => Err(Failure::Usage(format!(
            "{} cannot be read, and so is left out of both sides of this comparison",
            counted(pages, "page")
        ))),
    }
}

/// Today, by the clock of the world; none if the machine has no sensible clock.
fn today() -> Option<Date> {
    let now = jiff::Timestamp::now().to_string();
    Date::parse(now.get(..10)?)
}

/// Why the comparison fails what was asked of it.
fn judge(findings: &[Finding], required: Required, command: &DiffArgs) -> Vec<String> {
    let mut reasons = Vec::new();
    let gate = command.fail_on.unwrap_or_default();
    let stopping = findings.iter().filter(|finding| gate.stops(finding));
    let count = stopping.count();
    if !Gate::is_open(&gate) && count > 0 {
        let are = if count == 1 {
            "finding is"
        } else {
            "findings are"
        };
        let mut reason = format!("{count} {are} more than --fail-on lets pass");
        let is_silent = |finding: &&Finding| gate.stops(finding) && !finding.is_told();
        let silent = findings.iter().filter(is_silent).count();
        if silent > 0 {
            reason.push_str(&format!(
                ", {silent} of them not shown because of their level"
            ));
        }
        reasons.push(reason);
    }
    if let Some(expected) = command.expect {
        let bump = required.bump();
        if bump > expected {
            reasons.push(format!(
                "--expect {expected}, but the changes require {required}"
            ));
        }
    }
    reasons
}

fn policy(config: &Config, command: &DiffArgs) -> Result<Policy, Failure> {
    let mut policy = config.policy.clone();
    policy.beta_may_break |= command.beta_may_break;
    if let Some(wire) = command.enum_members {
        policy.enum_members = wire;
    }
    if let Some(literals) = command.literals {
        policy.literals = literals;
    }
    for entry in &command.level {
        let (rule, name) = entry.split_once('=').ok_or_else(|| {
            Failure::Usage(format!(
                "`--level {entry}`: expected RULE=LEVEL such as property-removed=warning"
            ))
        })?;
        let level = Level::from_name(name).ok_or_else(|| {
            let near = suggestion(name, &Level::ALL.map(|(name, _)| name));
            Failure::Usage(format!(
                "`--level {entry}`: there is no level `{name}`; {near}"
            ))
        })?;
        policy
            .set_level(rule, level)
            .map_err(|unknown| Failure::Usage(format!("`--level {entry}`: {unknown}")))?;
    }
    Ok(policy)
}

fn versions(schema: &Schema) -> String {
    let names: Vec<&str> = schema.versions.keys().map(String::as_str).collect();
    match names.is_empty() {
        true => "none".to_owned(),
        false => names.join(", "),
    }
}

fn has_version(schema: &Schema, name: &str) -> Result<(), Failure> {
    match schema.versions.contains_key(name) {
        true => Ok(()),
        false => Err(Failure::Usage(format!(
            "`--between`: there is no version `{name}`, there is {}",
            versions(schema)
        ))),
    }
}

/// What is compared: one input with two versions, or two.
enum Inputs {
    One(Input),
    Two(Sides<Input>),
}

/// A schema, and where it comes from.
struct Input {
    name: PathBuf,
    schema: Schema,
    /// The docs, if it was read from docs, and what their folder is called.
    files: Option<(Box<dyn Files>, String)>,
    /// The pages that could not be read, by their paths, and why.
    unreadable: BTreeMap<String, String>,
}

impl Input {
    fn without(
        self,
        pages: &BTreeSet<String>,
        config: &Config,
        command: &DiffArgs,
    ) -> Result<Self, Failure> {
        match self.files {
            None => Ok(self),
            Some(_) => docs_input(&self.name, config, &command.docs, pages),
        }
    }
}

impl Inputs {
    fn sides(&self) -> Sides<&Input> {
        match self {
            Self::One(input) => Sides::new(input, input),
            Self::Two(sides) => sides.as_ref(),
        }
    }

    fn schemas(&self) -> Sides<&Schema> {
        self.sides().map(|input| &input.schema)
    }

    fn files(&self) -> Sides<Option<(&dyn Files, String)>> {
        self.sides().map(|input| {
            let (files, folder) = input.files.as_ref()?;
            Some((&**files, folder.clone()))
        })
    }

    /// The pages that could not be read on either side, by their paths, and why.
    fn unreadable(&self) -> BTreeMap<String, String> {
        let Sides { old, new } = self.sides();
        let all = old.unreadable.iter().chain(&new.unreadable);
        all.map(|(path, why)| (path.clone(), why.clone())).collect()
    }

    /// The same without some pages, and without the same pages of other versions if versions are compared.
    fn without(
        self,
        pages: &BTreeMap<String, String>,
        config: &Config,
        command: &DiffArgs,
    ) -> Result<Self, Failure> {
        let mut left_out: BTreeSet<String> = pages.keys().cloned().collect();
        if let Some([old, new]) = command.between.as_deref() {
            let (old, new) = (format!("/{old}/"), format!("/{new}/"));
            for page in pages.keys() {
                left_out.insert(page.replacen(&old, &new, 1));
                left_out.insert(page.replacen(&new, &old, 1));
            }
        }
        Ok(match self {
            Self::One(input) => Self::One(input.without(&left_out, config, command)?),
            Self::Two(Sides { old, new }) => Self::Two(Sides::new(
                old.without(&left_out, config, command)?,
                new.without(&left_out, config, command)?,
            )),
        })
    }

    fn names(&self, command: &DiffArgs) -> Sides<String> {
        let names = self.sides().map(|input| input.name.display().to_string());
        match command.between.as_deref() {
            Some([old, new]) => Sides {
                old: format!("{} {old}", names.old),
                new: format!("{} {new}", names.new),
            },
            _ => names,
        }
    }
}

fn inputs(config: &Config, command: &DiffArgs) -> Result<Inputs, Failure> {
    if command.old.is_some() && command.docs.docs.is_some() {
        return Err(Failure::Usage(
            "OLD and `--docs` both say what to compare: give one of them".into(),
        ));
    }
    match (&command.old, &command.new) {
        (Some(old), Some(new)) => {
            let mut locations = Sides::new(old, new).map(|path| Location::new(path));
            // Two texts are read side by side; docs are read by several threads anyway.
            if let (Location::Text(old, read_old), Location::Text(new, read_new)) =
                (&mut locations.old, &mut locations.new)
            {
                let (old, new) = (&**old, &**new);
                std::thread::scope(|scope| {
                    scope.spawn(|| *read_old = Some(text_schema(old)));
                    *read_new = Some(text_schema(new));
                });
            }
            Ok(Inputs::Two(Sides::new(
                locations.old.read(config, &command.docs)?,
                locations.new.read(config, &command.docs)?,
            )))
        }
        (Some(_), None) if command.between.is_none() => Err(Failure::Usage(
            "there is nothing to compare OLD with: name NEW too, or two versions of OLD with `--between v1.0 beta`"
                .into(),
        )),
        (Some(only), None) => {
            let input = Location::new(only).read(config, &command.docs)?;
            Ok(Inputs::One(input))
        }
        _ if command.between.is_none() => Err(Failure::Usage(
            "nothing to compare is given: name OLD and NEW, or a docs folder with `--docs DIR` and two of its versions with `--between v1.0 beta`"
                .into(),
        )),
        _ => {
            let docs = command.docs.docs.clone().or_else(|| config.docs.clone());
            let docs = docs.ok_or_else(|| {
                Failure::Usage(
                    "`--between` compares two versions of one docs folder: name it with `--docs DIR`, or in typedown.toml"
                        .into(),
                )
            })?;
            let location = Location::new(&docs);
            Ok(Inputs::One(location.read(config, &command.docs)?))
        }
    }
}

/// Where a side is to be read from.
enum Location<'a> {
    Docs(&'a Path),
    /// A lock file or a CSDL document, and what is in it if it was read already.
    Text(&'a Path, Option<Result<Schema, Failure>>),
}

impl<'a> Location<'a> {
    fn new(path: &'a Path) -> Self {
        match path.is_file() {
            true => Self::Text(path, None),
            false => Self::Docs(path),
        }
    }

    fn read(self, config: &Config, docs: &DocsArgs) -> Result<Input, Failure> {
        match self {
            Self::Docs(path) => docs_input(path, config, docs, &BTreeSet::new()),
            Self::Text(path, read) => Ok(Input {
                name: path.to_owned(),
                schema: read.unwrap_or_else(|| text_schema(path))?,
                files: None,
                unreadable: BTreeMap::new(),
            }),
        }
    }
}

fn docs_input(
    location: &Path,
    config: &Config,
    docs: &DocsArgs,
    left_out: &BTreeSet<String>,
) -> Result<Input, Failure> {
    if !location.exists() && source::revision(location).is_none() {
        return Err(Failure::Usage(format!(
            "`{}` is neither a docs folder, nor a lock file or CSDL document, nor REPO:REVISION with the folder of a git repository",
            location.display()
        )));
    }
    let files = source::open(location).map_err(|error| Error::OpenDocs {
        path: location.to_owned(),
        error,
    })?;
    let generator: Generator = progress::show(configured(config, docs).docs(location));
    let reading = generator.read(&Without {
        files: &*files,
        left_out,
    })?;
    let unreadable = reading.diagnostics.iter();
    let unreadable = unreadable.filter(|found| found.code == Code::PageUnreadable);
    let unreadable = unreadable.map(|found| {
        let page = found.place.file.to_string();
        let why = format!("{}: {page}: {}", location.display(), found.message);
        (page, why)
    });
    let unreadable = unreadable.collect();
    let folder = source::revision(location).map_or(location, |(folder, _)| folder);
    Ok(Input {
        name: location.to_owned(),
        schema: reading.schema,
        files: Some((files, folder.to_string_lossy().into_owned())),
        unreadable,
    })
}

/// Reads a lock file or a CSDL document.
fn text_schema(path: &Path) -> Result<Schema, Failure> {
    let wrong = |message: String| Failure::Usage(format!("`{}`: {message}", path.display()));
    let text = std::fs::read_to_string(path)
        .map_err(|error| wrong(format!("it cannot be read: {error}")))?;
    let is_xml = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<');
    if !is_xml {
        return Schema::from_lock(&text).map_err(|error| wrong(error.to_string()));
    }
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let shown = path.to_string_lossy().replace('\\', "/");
    let version = import::csdl(&text, &shown).map_err(|error| wrong(error.to_string()))?;
    let mut schema = Schema::default();
    schema.versions.insert(version_of(&name), version);
    Ok(schema)
}

/// The version that the name of a file begins with, such as `v1.0` of `v1.0-2021-07.csdl.xml`.
fn version_of(file: &str) -> String {
    let stem = file.split(".csdl").next().unwrap_or(file);
    let stem = stem.strip_suffix(".xml").unwrap_or(stem);
    stem.split(['-', '_', ' '])
        .next()
        .unwrap_or(stem)
        .to_owned()
}

impl Config {
    /// How the configuration says that a crate is emitted.
    fn emit_options(&self) -> EmitOptions {
        EmitOptions {
            threads: 1,
            mode: self.mode.unwrap_or_default(),
            on_mismatch: self.on_mismatch.unwrap_or_default(),
            types: self.types,
            customizations: self.customizations.clone(),
            share: self.share,
        }
    }
}
