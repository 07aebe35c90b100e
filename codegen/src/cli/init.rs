//! `typedown init`

use std::io::Write;
use std::path::{Component, Path, PathBuf};

use super::args::InitArgs;
use super::{Failure, Outcome, config, write_file};
use crate::output::{FILES_FILE, MARK, Output, files_text};
use crate::schema::Schema;
use crate::{Error, Generator};

/// Code hosts leave out of reviews and statistics what a generator writes.
const ATTRIBUTES: &str =
    "src/** linguist-generated\ntypedown.lock.json linguist-generated\nCHANGELOG.md merge=union\n";

pub(super) fn run(command: &InitArgs, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let folder = &command.dir;
    let path = folder.join(config::FILE);
    if path.exists() {
        return Err(Failure::Usage(format!(
            "`{}` is there already: change it, or name another folder",
            path.display()
        )));
    }
    std::fs::create_dir_all(folder).map_err(|error| Failure::File(folder.clone(), error))?;
    write_file(&path, text(command))?;
    let attributes = folder.join(".gitattributes");
    if !attributes.exists() {
        write_file(&attributes, ATTRIBUTES)?;
    }
    writeln!(out, "wrote    {}", path.display())?;
    let written = skeleton()?.write(folder)?;
    for path in &written.added {
        writeln!(out, "wrote    {}", folder.join(path).display())?;
    }
    for note in &written.notes {
        writeln!(out, "note     {note}")?;
    }
    if !command.docs.exists() {
        writeln!(
            out,
            "note     there is no folder `{}` yet",
            command.docs.display()
        )?;
    }
    writeln!(
        out,
        "next     `typedown generate --config {}` writes the crate; commit what it writes, and run it with --check in CI",
        path.display()
    )?;
    Ok(Outcome::Done)
}

/// A crate without types, which builds, and which `generate` fills.
fn skeleton() -> Result<Output, Error> {
    let empty = Generator::new().emit(&Schema::default())?;
    let lib = (
        "src/lib.rs".to_owned(),
        format!("// {MARK}, which has not run yet.\n"),
    );
    let files = (FILES_FILE.to_owned(), files_text([&lib.0]));
    Ok(Output {
        files: [lib, files].into(),
        dependencies: empty.dependencies,
        ..Output::default()
    })
}

/// The text of the configuration.
fn text(command: &InitArgs) -> String {
    let docs = relative(&command.dir, &command.docs);
    let docs = docs.to_string_lossy().replace('\\', "/");
    let mut text = format!(
        "# What `typedown generate` reads and writes. Paths are relative to this file.\ndocs = {}\nout = \".\"\n",
        quoted(&docs)
    );
    list(
        &mut text,
        "versions",
        &command.versions,
        "[\"v1.0\"]",
        "all versions",
    );
    list(
        &mut text,
        "select",
        &command.select,
        "[\"user\"]",
        "all types",
    );
    text
}

/// A list that is set, or how to set it.
fn list(text: &mut String, key: &str, names: &[String], example: &str, without: &str) {
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    text.push_str(&match names.is_empty() {
        true => format!("# {key} = {example}   # {without} without it\n"),
        false => format!("{key} = [{}]\n", names.join(", ")),
    });
}

/// A text as TOML has it; JSON's strings are TOML's.
fn quoted(text: &str) -> String {
    serde_json::Value::String(text.to_owned()).to_string()
}

/// A path as it is called from a folder, so that it holds on every machine that has both in the same places.
fn relative(from: &Path, to: &Path) -> PathBuf {
    let (Ok(from), Ok(to)) = (std::path::absolute(from), std::path::absolute(to)) else {
        return to.to_owned();
    };
    let (from, to) = (plain(&from), plain(&to));
    let common = from.iter().zip(&to).take_while(|(one, other)| one == other);
    let common = common.count();
    // Two drives have nothing in common, and no way leads from one to the other.
    if common == 0 {
        return to.iter().collect();
    }
    let ups = from.iter().skip(common).map(|_| Component::ParentDir);
    ups.chain(to.into_iter().skip(common)).collect()
}

/// The parts of a path, without going in and out again.
pub(super) fn plain(path: &Path) -> Vec<Component<'_>> {
    let mut parts = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (Component::ParentDir, Some(Component::Normal(_))) => drop(parts.pop()),
            (Component::ParentDir, Some(Component::RootDir | Component::Prefix(_))) => {}
            (Component::CurDir, _) => {}
            (part, _) => parts.push(part),
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_from_the_folder_of_the_configuration() {
        let path = |from: &str, to: &str| relative(from.as_ref(), to.as_ref());
        assert_eq!(path("models", "docs"), Path::new("../docs"));
        assert_eq!(path("a/b", "../docs/"), Path::new("../../../docs"));
        assert_eq!(path(".", "docs"), Path::new("docs"));
        assert_eq!(path("/a/b", "/a/c/../d"), Path::new("../d"));
    }

    #[test]
    fn names_are_written_as_toml_has_them() {
        assert_eq!(quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
    }
}
