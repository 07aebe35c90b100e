//! Attempts of pages to be more than text: `tests/hostile/ATTEMPT.txt` says in its first lines what it tries, then has files,
//! each behind a line `=== PATH`, and last, behind `=== ends as`, what becomes of it: diagnostics, and the types that are
//! emitted. `\u{..}` stands for a character, in paths too, so that nothing steers whoever reads an attempt.
//!
//! Most attempts are docs. One with a file `typedown.lock.json` is a lock file, as a branch of a stranger may hold it, and one
//! with a file `v1.0.csdl.xml` is a CSDL document.
//!
//! What an attempt would like to have run, or obeyed, is called `pwned`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Attribute, Item, UseTree};
use typedown::output::FILES_FILE;
use typedown::rust::Names;
use typedown::schema::Schema;
use typedown::source::MemoryFiles;
use typedown::{Generator, Reading};

use crate::rustdoc::Docs;
use crate::workspace;

/// The name of the section that says what becomes of an attempt.
const END: &str = "ends as";

/// The lock file's name.
const LOCK: &str = "typedown.lock.json";

/// The name of a CSDL document.
const CSDL: &str = "v1.0.csdl.xml";

/// An attempt.
#[derive(Clone, Debug)]
pub struct Attempt {
    /// Its name, which says what it tries.
    pub name: String,
    /// Its files.
    pub files: Vec<(String, String)>,
    /// What it ends as, as far as is written down.
    pub end: String,
    path: PathBuf,
    text: String,
}

impl Attempt {
    /// Reads an attempt.
    ///
    /// # Errors
    ///
    /// If it cannot be read, tries nothing, or does not say what.
    pub fn load(path: &Path) -> Result<Self, Box<dyn std::error::Error>> {
        let name = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        let text = std::fs::read_to_string(path)?.replace("\r\n", "\n");
        let mut sections = format!("\n{text}");
        sections.truncate(sections.trim_end().len());
        let mut sections = sections.split("\n=== ").map(str::to_owned);
        if sections.next().is_none_or(|what| what.trim().is_empty()) {
            return Err("the first line says nothing of what is tried".into());
        }
        let (mut files, mut end) = (Vec::new(), String::new());
        for section in sections {
            let (path, body) = section.split_once('\n').unwrap_or((&section, ""));
            match path {
                END => end = format!("{body}\n"),
                path => files.push((expanded(path), format!("{}\n", expanded(body)))),
            }
        }
        let holds = |text: &str| text.to_lowercase().contains("pwned");
        if !files.iter().any(|(path, text)| holds(path) || holds(text)) {
            return Err("nothing in it is called `pwned`".into());
        }
        Ok(Self {
            name,
            files,
            end,
            path: path.to_owned(),
            text,
        })
    }

    /// All attempts, by name.
    ///
    /// # Panics
    ///
    /// If one of them cannot be read.
    #[must_use]
    pub fn all() -> Vec<Self> {
        let folder = workspace()
            .join("tests/hostile")
            .read_dir()
            .expect("the folder is there");
        let paths = folder.map(|entry| entry.expect("an entry").path());
        let paths: BTreeSet<PathBuf> = paths.collect();
        let load = |path: PathBuf| match Self::load(&path) {
            Ok(attempt) => attempt,
            Err(error) => panic!("{}: {error}", path.display()),
        };
        paths.into_iter().map(load).collect()
    }

    /// Writes down what it ends as.
    ///
    /// # Errors
    ///
    /// If it cannot be written.
    pub fn bless(&self, end: &str) -> std::io::Result<()> {
        let start = self.text.split("\n=== ends as").next().unwrap_or_default();
        std::fs::write(
            &self.path,
            format!("{}\n\n=== {END}\n{end}", start.trim_end()),
        )
    }

    /// The text of the lock file, if it is one.
    #[must_use]
    pub fn lock(&self) -> Option<&str> {
        self.text_of(LOCK)
    }

    /// The text of the CSDL document, if it is one.
    #[must_use]
    pub fn csdl(&self) -> Option<&str> {
        self.text_of(CSDL)
    }

    fn text_of(&self, name: &str) -> Option<&str> {
        let file = self.files.iter().find(|(path, _)| path == name);
        file.map(|(_, text)| text.as_str())
    }

    /// Its docs.
    #[must_use]
    pub fn docs(&self) -> MemoryFiles {
        MemoryFiles::new(
            self.files
                .iter()
                .map(|(path, text)| (path.clone(), text.clone())),
        )
    }

    /// What is read of it, if it can be read at all.
    ///
    /// # Errors
    ///
    /// If it cannot be read.
    pub fn read(&self) -> Result<Reading, typedown::Error> {
        let schema = match (self.lock(), self.csdl()) {
            (Some(lock), _) => Schema::from_lock(lock)?,
            (None, Some(document)) => {
                let version = ("v1.0".to_owned(), typedown::import::csdl(document, CSDL)?);
                Schema {
                    versions: [version].into(),
                }
            }
            (None, None) => return Generator::new().threads(1).lint(&self.docs()),
        };
        Ok(Reading {
            schema,
            ..Reading::default()
        })
    }

    /// Writes it into a folder; whether the file system takes all of its names.
    #[must_use]
    pub fn write(&self, folder: &Path) -> bool {
        self.files.iter().all(|(path, text)| {
            let path = folder.join(path);
            let made = path
                .parent()
                .is_some_and(|around| std::fs::create_dir_all(around).is_ok());
            made && std::fs::write(path, text).is_ok()
        })
    }
}

/// A text with the characters that `\u{..}` stands for.
fn expanded(text: &str) -> String {
    let mut pieces = text.split("\\u{");
    let mut expanded = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let number = piece.split_once('}').and_then(|(number, rest)| {
            let c = u32::from_str_radix(number, 16)
                .ok()
                .and_then(char::from_u32)?;
            Some((c, rest))
        });
        match number {
            Some((c, rest)) => {
                expanded.push(c);
                expanded.push_str(rest);
            }
            None => {
                expanded.push_str("\\u{");
                expanded.push_str(piece);
            }
        }
    }
    expanded
}

/// What is told of an attempt, in lines.
#[must_use]
pub fn told(reading: &Result<Reading, typedown::Error>) -> String {
    match reading {
        Ok(reading) => {
            let diagnostics = reading.diagnostics.iter();
            diagnostics.map(|found| format!("{found}\n")).collect()
        }
        Err(error) => format!("error: {error}\n"),
    }
}

/// What becomes of an attempt, in lines: what is told, and the types with what is in them.
#[must_use]
pub fn end(reading: &Result<Reading, typedown::Error>) -> String {
    let told = std::iter::once(told(reading));
    let Ok(reading) = reading else {
        return told.collect();
    };
    let names = Names::new(&reading.schema);
    let types = reading.schema.versions.iter().flat_map(|(version, types)| {
        let names = &names;
        types.types.iter().map(move |(name, ty)| {
            let path = names.rust_path(version, name).unwrap_or_default();
            let properties = ty
                .structural()
                .into_iter()
                .flat_map(|ty| ty.properties.keys());
            let members = ty.enumeration().into_iter().flat_map(|ty| &ty.members);
            let members = members.map(|member| &member.name);
            let all: Vec<String> = properties
                .chain(members)
                .map(|name| format!("{name:?}"))
                .collect();
            format!("{path} {{ {} }}\n", all.join(", "))
        })
    });
    told.chain(types).collect()
}

/// Whether a character does something where text is shown, but for ends of lines and tabs.
#[must_use]
pub fn steers(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && !matches!(c, '\n' | '\t'))
}

/// What is wrong with the files of a crate that pages of strangers became: anything in them that is not what the generator
/// makes of harmless pages, but for names and texts.
#[must_use]
pub fn breaches(files: &BTreeMap<String, String>) -> Vec<String> {
    let mut found = Vec::new();
    let mut lower = BTreeSet::new();
    // What does not depend on pages.
    let support = Generator::new().threads(1).emit(&Schema::default());
    let support = support.map(|output| output.files).unwrap_or_default();
    for (path, text) in files {
        if !is_harmless(path) || !lower.insert(path.to_lowercase()) {
            found.push(format!("the path {path:?}"));
        }
        if let Some(c) = text.chars().find(|c| steers(*c)) {
            found.push(format!("{path}: the character {c:?}"));
        }
        if path.starts_with("src/support/") {
            let ours = support.get(path);
            if ours != Some(text) {
                found.push(format!("{path} is not what it always is"));
            }
        } else if path.ends_with(".rs") {
            found.extend(
                breaches_of_rust(text)
                    .into_iter()
                    .map(|breach| format!("{path}: {breach}")),
            );
        }
    }
    match Docs::of(files) {
        Ok(docs) => found.extend(docs.problems()),
        Err(error) => found.push(error),
    }
    found
}

/// Whether a file can have this path on every system: plain letters, and no name that Windows keeps for devices.
fn is_harmless(path: &str) -> bool {
    let Some(inner) = path
        .strip_prefix("src/")
        .and_then(|path| path.strip_suffix(".rs"))
    else {
        return [LOCK, FILES_FILE].contains(&path);
    };
    let is_device = |name: &str| {
        let port = name
            .strip_prefix("com")
            .or_else(|| name.strip_prefix("lpt"));
        matches!(name, "con" | "prn" | "aux" | "nul")
            || port.is_some_and(|number| number.len() == 1)
    };
    inner.split('/').all(|name| {
        let plain = name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
        !name.is_empty() && plain && name.len() < 250 && !is_device(name)
    })
}

/// The same for one file, or for all of a crate in one text.
#[must_use]
pub fn breaches_of_rust(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let comments = text
        .lines()
        .map(str::trim_start)
        .filter(|line| line.starts_with("//"));
    for comment in comments {
        let is_ours = comment.starts_with("// @generated by `typedown generate`");
        let is_doc = comment.starts_with("///") || comment.starts_with("//!");
        if !is_ours && !is_doc && comment.contains("pwned") {
            found.push(format!("the comment {comment:?}"));
        }
    }
    match text.parse::<TokenStream>() {
        Ok(tokens) => find_calls(tokens, &mut found),
        Err(error) => found.push(format!("it is not Rust: {error}")),
    }
    match syn::parse_file(text) {
        Ok(file) => {
            find_attributes(&file.attrs, &mut found);
            find_items(&file.items, &mut found);
        }
        Err(error) => found.push(format!("it is not Rust: {error}")),
    }
    found
}

/// Finds what would run if it were there.
fn find_calls(tokens: TokenStream, found: &mut Vec<String>) {
    let mut before = String::new();
    for token in tokens {
        let calls = match &token {
            TokenTree::Punct(punct) => punct.as_char() == '!',
            TokenTree::Group(group) => group.delimiter() == Delimiter::Parenthesis,
            TokenTree::Ident(_) | TokenTree::Literal(_) => false,
        };
        if calls
            && matches!(
                before.as_str(),
                "pwned" | "compile_error" | "include_str" | "env"
            )
        {
            found.push(format!("a call of {before}"));
        }
        before = match token {
            TokenTree::Ident(ident) => ident.to_string(),
            TokenTree::Group(group) => {
                find_calls(group.stream(), found);
                String::new()
            }
            TokenTree::Punct(_) | TokenTree::Literal(_) => String::new(),
        };
    }
}

/// Finds items that are not of the few kinds of which emitted modules are made. The support module is ours.
fn find_items(items: &[Item], found: &mut Vec<String>) {
    for item in items {
        match item {
            Item::Mod(item) if item.ident == "support" => {}
            Item::Mod(item) => {
                find_attributes(&item.attrs, found);
                let inside = item.content.iter().flat_map(|(_, items)| items);
                find_items(&inside.cloned().collect::<Vec<_>>(), found);
            }
            Item::Struct(item) => {
                find_attributes(&item.attrs, found);
                item.fields
                    .iter()
                    .for_each(|field| find_attributes(&field.attrs, found));
            }
            Item::Enum(item) => {
                find_attributes(&item.attrs, found);
                for variant in &item.variants {
                    find_attributes(&variant.attrs, found);
                    if variant.discriminant.is_some() {
                        found.push(format!("a discriminant of {}", variant.ident));
                    }
                }
            }
            Item::Use(item) => {
                let root = match &item.tree {
                    UseTree::Path(path) => path.ident.to_string(),
                    _ => String::new(),
                };
                if !matches!(root.as_str(), "self" | "super" | "support") {
                    found.push(format!("a use of {root}"));
                }
            }
            Item::Macro(item) if is_ours(&item.mac.path) && item.ident.is_none() => {}
            // What the support module is made of stands in files of its own.
            other => found.push(
                format!("an item that is not ours: {other:?}")
                    .chars()
                    .take(200)
                    .collect(),
            ),
        }
    }
}

fn is_ours(path: &syn::Path) -> bool {
    let segments: Vec<String> = path
        .segments
        .iter()
        .map(|segment| segment.ident.to_string())
        .collect();
    let [module, name] = &segments[..] else {
        return false;
    };
    module == "support" && matches!(name.as_str(), "object" | "enumeration" | "polymorphic")
}

fn find_attributes(attributes: &[Attribute], found: &mut Vec<String>) {
    const OURS: [&str; 12] = [
        "allow",
        "cfg",
        "cfg_attr",
        "default",
        "deprecated",
        "derive",
        "doc",
        "non_exhaustive",
        "forbid",
        "recursion_limit",
        "serde",
        "skip",
    ];
    for attribute in attributes {
        let last = attribute.path().segments.last();
        let name = last.map_or(String::new(), |segment| segment.ident.to_string());
        if !OURS.contains(&name.as_str()) {
            found.push(format!("the attribute {name}"));
        }
    }
}

/// What is wrong with what was printed: characters that a terminal obeys, and lines that the log of a build service obeys,
/// unless these are asked for.
#[must_use]
pub fn breaches_of_print(text: &str, is_for_logs: bool) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(c) = text.chars().find(|c| steers(*c)) {
        found.push(format!("the character {c:?}"));
    }
    for line in text.lines() {
        let line = line.trim_start();
        let is_command = line.starts_with("::");
        let is_ours = is_for_logs
            && ["::error ", "::warning ", "::notice "]
                .iter()
                .any(|start| line.starts_with(start));
        if is_command && !is_ours
            || line.contains("##[") && !is_for_logs
            || line.contains("##vso[") && !is_for_logs
        {
            found.push(format!("the line {line:?}"));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_written_by_their_numbers() {
        assert_eq!(
            expanded(r"a\u{1b}[\u{202e}\u{x}\u{"),
            "a\u{1b}[\u{202e}\\u{x}\\u{"
        );
    }

    #[test]
    fn rust_that_is_not_ours_is_found() {
        for text in [
            "fn pwned() {}",
            "struct X; pwned!();",
            "mod a { const X: u8 = 1; }",
            "#[path = \"/etc/passwd\"] mod x;",
            "#[no_mangle] struct X;",
            "struct X { #[cfg_eval] y: u8 }",
            "enum X { A = 1 }",
            "support::object! { X: \"x\" { 0 y: pwned!() } }",
            "macro_rules! object { () => {} }",
            "use std::process::exit;",
            "// pwned",
            "struct X",
        ] {
            assert_ne!(breaches_of_rust(text), [""; 0], "{text}");
        }
        let ours = "/// pwned!()\n#[derive(Debug)]\npub struct X { pub y: u8 }\nsupport::object! {\n X: \"pwned!()\" {} }";
        assert_eq!(breaches_of_rust(ours), [""; 0]);
    }

    #[test]
    fn paths_and_prints_that_do_harm_are_found() {
        for path in [
            "src/../x.rs",
            "/x.rs",
            "src/con.rs",
            "src/a b.rs",
            "src/A.rs",
            "build.rs",
            "src/com1/x.rs",
            "src//x.rs",
        ] {
            assert!(!is_harmless(path), "{path}");
        }
        assert!(is_harmless("src/v1_0/mod.rs"));
        for text in [
            "a\u{1b}b",
            "a\rb",
            " ::error::x",
            "a ##[b]",
            "a ##vso[b]",
            "\u{202e}",
        ] {
            assert_ne!(breaches_of_print(text, false), [""; 0], "{text}");
        }
        assert_eq!(
            breaches_of_print("::error file=x::y ##[z]\n", true),
            [""; 0]
        );
        assert_ne!(breaches_of_print("::set-env name=x::y\n", true), [""; 0]);
    }
}
