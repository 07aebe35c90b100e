//! The whole road in a build script.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{Generator, Reading};
use crate::Error;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::output;
use crate::schema::Schema;
use crate::source::{Files, Traced, folder_of};
use crate::visible::visible;

/// The file in `OUT_DIR` that a crate includes.
const FILE: &str = "typedown.rs";

/// So many diagnostics are told one by one.
const MOST: usize = 20;

/// What a build script has made.
#[derive(Clone, Debug, Default)]
pub struct Built {
    /// The file to include.
    pub path: PathBuf,
    /// Whether its text is another than before.
    pub changed: bool,
    /// What was read.
    pub reading: Reading,
}

impl Generator {
    /// Does the work of a build script: reads the docs folder, writes `OUT_DIR/typedown.rs`, tells cargo what to watch, and
    /// warns of what is wrong with the pages that describe what is emitted.
    ///
    /// The crate takes the types in wherever it wants them. It needs `serde` and `serde_json`, and Typedown only as a build
    /// dependency:
    ///
    /// ```no_run
    /// // build.rs
    /// fn main() -> Result<(), typedown::Error> {
    ///     let generator = typedown::Generator::new().docs("docs").versions(["v1.0"]).select(["commsOperation"]);
    ///     generator.build()?;
    ///     Ok(())
    /// }
    /// ```
    ///
    /// ```ignore
    /// // src/main.rs
    /// mod graph {
    ///     include!(concat!(env!("OUT_DIR"), "/typedown.rs"));
    /// }
    /// ```
    ///
    /// Cargo runs the script again if one of the files changes that it read, or if a folder that it listed has another page;
    /// nothing is written anywhere else, so that an untouched tree is not built again.
    ///
    /// # Errors
    ///
    /// Those of [`read_docs`](Self::read_docs) and [`emit`](Self::emit); if `OUT_DIR` is not set, or cannot be written; if
    /// pages have what is [denied](Self::deny).
    pub fn build(&self) -> Result<Built, Error> {
        let out_dir = std::env::var_os("OUT_DIR").ok_or(Error::NoBuildScript)?;
        self.build_in(Path::new(&out_dir), &mut io::stdout().lock())
    }

    /// The same for any folder, with what cargo is to be told.
    fn build_in(&self, out_dir: &Path, cargo: &mut dyn Write) -> Result<Built, Error> {
        let path = out_dir.join(FILE);
        let failed = |error| Error::Output {
            path: path.clone(),
            error,
        };
        let (docs, english) = (self.folder()?, self.english_files()?);
        let traced = Traced::new(&*docs, 0);
        let traced_english = english.as_deref().map(|files| Traced::new(files, 0));
        let files = traced_english.as_ref().map(|files| files as &dyn Files);
        let trees = self.trees(&traced, files);
        let reading = trees.and_then(|trees| self.read_trees(&trees, None));
        // What is wrong may be mended in one of these files, so cargo hears of them whatever becomes of the rest.
        let english = english.as_deref().zip(traced_english);
        let trees = [
            (&self.docs, Some((&*docs, traced))),
            (&self.english, english),
        ];
        for (folder, tree) in trees {
            if let (Some(folder), Some((files, traced))) = (folder, tree) {
                let watched = traced.into_trace().watched(files);
                watch(folder, &watched, cargo).map_err(failed)?;
            }
        }
        let reading = reading?;
        let selected = self.selected(&reading.schema)?;
        let told = told(&reading, &selected);
        let is_denied = |found: &&Diagnostic| {
            let severity = found.code.severity();
            self.denied.is_some_and(|denied| severity <= denied)
        };
        let docs = self.docs.as_deref().unwrap_or(Path::new(""));
        let denied = told.iter().copied().filter(is_denied).map(|found| {
            let mut found = found.clone();
            found.place.file = format!("{}/{}", docs.display(), found.place.file).into();
            found
        });
        let denied: Vec<Diagnostic> = denied.collect();
        if !denied.is_empty() {
            return Err(Error::Denied(denied));
        }
        warn(docs, &told, cargo).map_err(failed)?;
        let text = self.emit_include(&reading.schema)?;
        let changed = output::read(&path)?.is_none_or(|old| old != text);
        if changed {
            output::write(&path, &text)?;
        }
        Ok(Built {
            path,
            changed,
            reading,
        })
    }
}

/// Tells cargo to run the script again when one of these changes.
fn watch(folder: &Path, watched: &BTreeSet<String>, cargo: &mut dyn Write) -> io::Result<()> {
    let mut paths = BTreeSet::new();
    for path in watched {
        // Cargo reads lines; what lies below a name with a line end in it is watched with the folder around it.
        let path = match path.find(['\n', '\r']) {
            None => path,
            Some(at) => folder_of(&path[..at]),
        };
        paths.insert(match path {
            "" => folder.to_owned(),
            path => folder.join(path),
        });
    }
    for path in paths {
        tell(cargo, "rerun-if-changed", &path.display().to_string())?;
    }
    Ok(())
}

/// Writes what cargo is to obey. Cargo reads lines, so none ends within what is said, whoever said it.
fn tell(cargo: &mut dyn Write, directive: &str, said: &str) -> io::Result<()> {
    let said = said.replace(['\n', '\r'], " ");
    writeln!(cargo, "cargo::{directive}={said}")
}

/// What a user of the emitted types should know: errors of the pages that describe them, and pages that cannot be read,
/// which may have described any.
fn told<'a>(reading: &'a Reading, selected: &Schema) -> Vec<&'a Diagnostic> {
    let types = selected.versions.values();
    let types = types.flat_map(|version| version.types.values());
    let pages: BTreeSet<&str> = types.map(|ty| &*ty.source.page).collect();
    let told = reading.diagnostics.iter().filter(|found| {
        found.code == Code::PageUnreadable
            || found.code.severity() != Severity::Note && pages.contains(&*found.place.file)
    });
    told.collect()
}

/// Warns of diagnostics, each on a line.
fn warn(docs: &Path, told: &[&Diagnostic], cargo: &mut dyn Write) -> io::Result<()> {
    for found in told.iter().take(MOST) {
        let text = format!("{}/{found}", docs.display());
        let text = text
            .replace("\n  hint: ", "; ")
            .replace("\n  other: ", "; compare ");
        // Cargo shows warnings on terminals.
        tell(cargo, "warning", &visible(&text))?;
    }
    if let Some(more) = told.len().checked_sub(MOST).filter(|more| *more > 0) {
        let text = format!(
            "{more} more of the pages that describe what is emitted; `typedown lint` tells all"
        );
        tell(cargo, "warning", &text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    /// A folder with docs of one page, and another to write to.
    fn folders(page: &str) -> (tempfile::TempDir, PathBuf, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let (docs, out) = (folder.path().join("docs"), folder.path().join("out"));
        let pages = docs.join("api-reference/beta/resources");
        fs::create_dir_all(&pages).unwrap();
        fs::create_dir(&out).unwrap();
        fs::write(pages.join("tone.md"), page).unwrap();
        (folder, docs, out)
    }

    const TONE: &str = "# tone resource type\n\n[!INCLUDE [x](../../includes/x.md)]\n\n## Properties\n\n|Property|Type|\n|-|-|\n|pitch|Int32|\n";

    fn build(docs: &Path, out: &Path) -> (Result<Built, Error>, Vec<String>) {
        let mut cargo = Vec::new();
        let built = Generator::new().docs(docs).build_in(out, &mut cargo);
        let cargo = String::from_utf8(cargo).unwrap();
        (built, cargo.lines().map(str::to_owned).collect())
    }

    #[test]
    fn cargo_is_told_of_what_was_opened_and_listed_and_of_no_output() {
        let (_folder, docs, out) = folders(TONE);
        fs::create_dir(docs.join("api-reference/includes")).unwrap();
        let (built, cargo) = build(&docs, &out);
        assert!(built.unwrap().changed);
        let watched: Vec<&str> = cargo
            .iter()
            .filter_map(|line| line.strip_prefix("cargo::rerun-if-changed="))
            .filter_map(|path| path.strip_prefix(docs.to_str()?))
            .collect();
        assert_eq!(
            watched,
            [
                "/api-reference",
                "/api-reference/beta/resources",
                "/api-reference/beta/resources/tone.md",
                "/api-reference/includes",
            ]
        );
    }

    #[test]
    fn what_is_the_same_is_not_written_again() {
        let (_folder, docs, out) = folders(TONE);
        assert!(build(&docs, &out).0.unwrap().changed);
        let before = fs::metadata(out.join(FILE)).unwrap().modified().unwrap();
        assert!(!build(&docs, &out).0.unwrap().changed);
        assert_eq!(
            fs::metadata(out.join(FILE)).unwrap().modified().unwrap(),
            before
        );
    }

    #[test]
    fn what_is_wrong_with_a_page_is_a_warning_or_an_error_if_it_is_denied() {
        let (_folder, docs, out) = folders(TONE);
        let (_, cargo) = build(&docs, &out);
        let warnings = cargo
            .iter()
            .filter(|line| line.starts_with("cargo::warning="));
        let warnings: Vec<&String> = warnings.collect();
        assert!(
            warnings[0].contains("tone.md:3:11: warning[include-missing]"),
            "{warnings:?}"
        );
        let denying = Generator::new().docs(&docs).deny(Severity::Warning);
        let error = denying.build_in(&out, &mut Vec::new()).unwrap_err();
        assert!(
            format!("{error:?}").contains("tone.md:3:11: warning[include-missing]"),
            "{error}"
        );
        let denying = Generator::new().docs(&docs).deny(Severity::Error);
        denying.build_in(&out, &mut Vec::new()).unwrap();
    }

    #[test]
    fn cargo_hears_of_the_docs_though_they_cannot_be_used() {
        let (_folder, docs, out) = folders(TONE);
        let mut cargo = Vec::new();
        let generator = Generator::new().docs(&docs).select(["bell"]);
        let error = generator.build_in(&out, &mut cargo).unwrap_err();
        assert!(format!("{error:?}").contains("no page of beta describes a type `bell`"));
        assert!(String::from_utf8(cargo).unwrap().contains("tone.md"));
    }

    #[test]
    fn outside_of_build_scripts_it_says_what_to_do() {
        if std::env::var_os("OUT_DIR").is_none() {
            let error = Generator::new().docs("docs").build().unwrap_err();
            assert!(
                error
                    .to_string()
                    .starts_with("`build` is for build scripts")
            );
        }
    }
}
