//! Identifiers.
//!
//! A [`Name`] is made only by a [`Scope`], which sees all names that must differ, so no emitter has to think of
//! keywords or of collisions.

use super::words::Words;
use proc_macro2::{Ident, Span};
use std::collections::{HashMap, HashSet};

/// What a name is for; this decides its casing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usage {
    Type,
    Field,
    Constant,
    Variant,
    Module,
}

/// An identifier that is free in its scope. There is no `Display`: an emitter quotes [`Name::ident`], and only names of
/// files and features are text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Name(String);

impl Name {
    pub(super) fn ident(&self) -> Ident {
        if is_keyword(&self.0) {
            Ident::new_raw(&self.0, Span::call_site())
        } else {
            Ident::new(&self.0, Span::call_site())
        }
    }

    /// The name as it stands in Rust source.
    pub(super) fn source(&self) -> String {
        if is_keyword(&self.0) {
            format!("r#{}", self.0)
        } else {
            self.0.clone()
        }
    }

    /// The name without a mark of raw identifiers, for files and features.
    pub(super) fn plain(&self) -> &str {
        &self.0
    }
}

/// The names of one scope.
#[derive(Clone, Debug)]
pub(super) struct Scope {
    usage: Usage,
    /// In ascending order.
    reserved: Vec<String>,
}

impl Scope {
    pub(super) fn new(usage: Usage) -> Self {
        Self {
            usage,
            reserved: Vec::new(),
        }
    }

    /// Keeps names out of use.
    #[must_use]
    pub(super) fn reserving<'a>(mut self, names: impl IntoIterator<Item = &'a str>) -> Self {
        self.reserved.extend(names.into_iter().map(str::to_owned));
        self.reserved.sort_unstable();
        self
    }

    /// A name for each of the originals. Where several of them would get one name, the first has it and the others are
    /// numbered; a number never makes a name that another original has.
    pub(super) fn names<'a>(&self, originals: impl IntoIterator<Item = &'a str>) -> Vec<Name> {
        let wanted: Vec<String> = originals
            .into_iter()
            .map(|original| self.wanted(original))
            .collect();
        if are_distinct(&wanted) {
            return wanted.into_iter().map(Name).collect();
        }
        let mut taken: HashSet<String> = self.reserved.iter().chain(&wanted).cloned().collect();
        let mut given = HashSet::new();
        // Of a thousand that want one name, each would ask for the numbers of all before it.
        let mut next: HashMap<String, u64> = HashMap::new();
        wanted
            .into_iter()
            .map(|name| {
                if given.insert(name.clone()) {
                    return Name(name);
                }
                let stem = name.trim_end_matches('_');
                let separator = match self.usage {
                    Usage::Field | Usage::Constant | Usage::Module => "_",
                    _ if stem.ends_with(|c: char| c.is_numeric()) => "_",
                    Usage::Type | Usage::Variant => "",
                };
                let number = next.entry(stem.to_owned()).or_insert(2);
                let numbered = loop {
                    let numbered = format!("{stem}{separator}{number}");
                    *number += 1;
                    if taken.insert(numbered.clone()) {
                        break numbered;
                    }
                };
                Name(numbered)
            })
            .collect()
    }

    fn is_reserved(&self, name: &str) -> bool {
        let found = self
            .reserved
            .binary_search_by(|other| other.as_str().cmp(name));
        found.is_ok()
    }

    /// The name that an original would have if it were alone.
    fn wanted(&self, original: &str) -> String {
        let mut name = cased(original, self.usage);
        while self.is_reserved(&name) || is_unusable(&name, self.usage) {
            name.push('_');
        }
        name
    }
}

/// Whether no two of some originals can get one name, whatever the casing: they differ in more than case and in what stands
/// between words. Of originals with more than ASCII nothing is said.
pub(super) fn are_apart(originals: &[&str]) -> bool {
    let folded = originals.iter().map(|original| {
        let bytes = original.bytes();
        let mut bytes = bytes.filter(u8::is_ascii_alphanumeric).peekable();
        let is_plain = original.is_ascii() && bytes.peek().is_some();
        // FNV-1a: equal names have equal numbers, and that others have them too only costs the work of naming them.
        let fold = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3)
        });
        is_plain.then_some(fold)
    });
    let folded: Option<Vec<u64>> = folded.collect();
    folded.is_some_and(|folded| are_distinct(&folded))
}

/// Whether no two are equal. Names mostly come in the order of the alphabet, so that a look at neighbours tells.
fn are_distinct<T: Ord>(names: &[T]) -> bool {
    if names.windows(2).all(|pair| pair[0] < pair[1]) {
        return true;
    }
    let mut sorted: Vec<&T> = names.iter().collect();
    sorted.sort_unstable();
    sorted.windows(2).all(|pair| pair[0] != pair[1])
}

fn cased(original: &str, usage: Usage) -> String {
    let words = Words::of(original);
    let (mut name, digits_prefix, empty) = match usage {
        Usage::Field => (words.snake_case(), "_", "unnamed"),
        Usage::Constant => (words.snake_case().to_uppercase(), "_", "UNNAMED"),
        Usage::Module => (of_file(&words.snake_case()), "_", "unnamed"),
        Usage::Type => (words.upper_camel_case(), "Type", "Unnamed"),
        Usage::Variant => (words.upper_camel_case(), "Value", "Empty"),
    };
    if name.is_empty() {
        name.push_str(empty);
    } else if !can_start(&name) {
        name.insert_str(0, digits_prefix);
    }
    name
}

/// Whether an identifier can start like this; digits and a few letters only go on with one.
fn can_start(name: &str) -> bool {
    match name.chars().next() {
        Some(first) if first.is_ascii() => !first.is_ascii_digit(),
        _ => syn::parse_str::<Ident>(&format!("{name}0")).is_ok(),
    }
}

/// So long may the name of a module be; file systems take names of 255 bytes.
const LONGEST: usize = 128;

/// Modules are files, and the compiler takes only ASCII for the names of those; other letters become their numbers. What is
/// too long for a file is cut.
fn of_file(name: &str) -> String {
    let mut ascii = String::with_capacity(name.len());
    for c in name.chars().take(LONGEST) {
        if c.is_ascii() {
            ascii.push(c);
        } else {
            ascii.push_str(&format!("u{:x}", u32::from(c)));
        }
    }
    ascii.truncate(LONGEST);
    ascii
}

/// Names that not even a raw identifier can be, and modules whose files could not be made.
fn is_unusable(name: &str, usage: Usage) -> bool {
    matches!(name, "self" | "Self" | "super" | "crate" | "_")
        || usage == Usage::Module && is_bad_file_name(name)
}

/// Names that Windows keeps for devices, whatever the extension, and `mod.rs`, which every folder has already.
fn is_bad_file_name(name: &str) -> bool {
    if matches!(name, "con" | "prn" | "aux" | "nul" | "mod") {
        return true;
    }
    let port = name
        .strip_prefix("com")
        .or_else(|| name.strip_prefix("lpt"));
    port.is_some_and(|number| number.chars().count() == 1 && number.chars().all(char::is_numeric))
}

/// The strict and reserved keywords of all editions.
const KEYWORDS: [&str; 52] = [
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

fn is_keyword(name: &str) -> bool {
    KEYWORDS.binary_search(&name).is_ok()
}

#[cfg(test)]
#[path = "names_tests.rs"]
mod tests;
