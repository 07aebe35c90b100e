//! What `typedown diff` compares: docs folders, revisions, lock files and CSDL documents.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::super::args::{DiffArgs, DocsArgs};
use super::super::config::Config;
use super::super::{Failure, configured, progress};
use crate::diff::Sides;
use crate::output::LOCK_FILE;
use crate::report::Sources;
use crate::schema::{Schema, Selection, VersionSchema};
use crate::source::{self, Files, Without};
use crate::{Error, Generator, import};

/// What is compared: one input with two versions, or two.
pub(super) enum Inputs {
    One(Input),
    Two(Sides<Input>),
}

/// A schema, and where it comes from.
pub(super) struct Input {
    name: PathBuf,
    schema: Schema,
    /// The docs, if it was read from docs.
    files: Option<Box<dyn Files>>,
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

    pub(super) fn schemas(&self) -> Sides<&Schema> {
        self.sides().map(|input| &input.schema)
    }

    /// The names of a selection that no side has which was read from docs.
    pub(super) fn never_selected<'s>(&self, selection: &'s Selection) -> Vec<&'s str> {
        let sides = self.sides();
        let docs = [sides.old, sides.new].into_iter();
        let docs = docs.filter(|input| input.files.is_some());
        let is_there = |name: &str| {
            let mut docs = docs.clone();
            docs.any(|input| !input.schema.named(name).is_empty())
        };
        let names = selection.names.iter().map(|name| name.trim());
        let is_asked = docs.clone().next().is_some();
        names.filter(|name| is_asked && !is_there(name)).collect()
    }

    /// The pages of each side, if it was read from docs.
    pub(super) fn sources(&self) -> Sides<Option<Sources<'_>>> {
        self.sides().map(|input| {
            let files = input.files.as_ref()?;
            Some(Sources::new(&**files, &input.name.to_string_lossy()))
        })
    }

    /// The pages that could not be read on either side, by their paths, and why.
    pub(super) fn unreadable(&self) -> BTreeMap<String, String> {
        let Sides { old, new } = self.sides();
        let all = old.unreadable.iter().chain(&new.unreadable);
        all.map(|(path, why)| (path.clone(), why.clone())).collect()
    }

    /// The same without some pages, and without the same pages of other versions if versions are compared.
    pub(super) fn without(
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

    pub(super) fn names(&self, command: &DiffArgs) -> Sides<String> {
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

pub(super) fn inputs(config: &Config, command: &DiffArgs) -> Result<Inputs, Failure> {
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
                let (old, new) = (old.as_ref(), new.as_ref());
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
    Text(Cow<'a, Path>, Option<Result<Schema, Failure>>),
}

impl<'a> Location<'a> {
    fn new(path: &'a Path) -> Self {
        if path.is_file() {
            return Self::Text(path.into(), None);
        }
        // An emitted crate has the schema that it was made of.
        let lock = path.join(LOCK_FILE);
        match lock.is_file() && !path.join("api-reference").is_dir() {
            true => Self::Text(lock.into(), None),
            false => Self::Docs(path),
        }
    }

    fn read(self, config: &Config, docs: &DocsArgs) -> Result<Input, Failure> {
        match self {
            Self::Docs(path) => docs_input(path, config, docs, &BTreeSet::new()),
            Self::Text(path, read) => Ok(Input {
                schema: read.unwrap_or_else(|| text_schema(&path))?,
                name: path.into_owned(),
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
    let files = source::open(location, &config.limits).map_err(|error| Error::OpenDocs {
        path: location.to_owned(),
        error,
    })?;
    let generator: Generator = progress::show(configured(config, docs).docs(location));
    let reading = generator
        .read(&Without {
            files: &*files,
            left_out,
        })
        .map_err(|error| match error {
            Error::NoVersions => Failure::Usage(format!("`{}`: {error}", location.display())),
            error => error.into(),
        })?;
    let unreadable = reading.unreadable().map(|found| {
        let page = found.place.file.to_string();
        let why = format!("{}: {page}: {}", location.display(), found.message);
        (page, why)
    });
    let unreadable = unreadable.collect();
    Ok(Input {
        name: location.to_owned(),
        schema: selected(reading.schema, &config.selection)?,
        files: Some(files),
        unreadable,
    })
}

/// The part of a schema of which a crate is made. A type that only the other side has is nothing to complain of.
fn selected(schema: Schema, selection: &Selection) -> Result<Schema, Failure> {
    if *selection == Selection::default() {
        return Ok(schema);
    }
    let mut here = selection.clone();
    here.names
        .retain(|name| !schema.named(name.trim()).is_empty());
    if here.names.is_empty() && !selection.names.is_empty() {
        let names = schema.versions.into_keys();
        let versions = names.map(|name| (name, VersionSchema::default()));
        return Ok(Schema {
            versions: versions.collect(),
        });
    }
    Ok(schema.select(&here)?)
}

/// Reads a lock file or a CSDL document.
fn text_schema(path: &Path) -> Result<Schema, Failure> {
    let wrong = |message: String| Failure::Usage(format!("`{}`: {message}", path.display()));
    let text = crate::source::regular::read_text(path)
        .map_err(|error| wrong(format!("it cannot be read: {error}")))?;
    let is_xml = text
        .trim_start_matches('\u{feff}')
        .trim_start()
        .starts_with('<');
    if !is_xml {
        let is_json = text.trim_start().starts_with('{');
        return Schema::from_lock(&text).map_err(|error| match is_json {
            true => wrong(error.to_string()),
            false => wrong("it is neither a lock file nor a CSDL document".to_owned()),
        });
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
