//! What must hold for any crate that is emitted.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::{Fields, Ident, Item, LitStr, UseTree};
use typedown::output::Output;

use crate::rustdoc::Docs;

/// The sources that differ from schema to schema. The support module is the same in every crate.
fn sources(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    let sources = files.iter().filter(|(path, _)| path.ends_with(".rs"));
    let own = sources.filter(|(path, _)| !path.starts_with("src/support/"));
    own.map(|(path, text)| (path.as_str(), text.as_str()))
}

/// Every file is Rust, no two items of a module, fields or variants have one name, every module has its file, and doc
/// comments [are ones](crate::rustdoc) that rustdoc makes nothing else of.
///
/// # Panics
///
/// If a law is broken.
pub fn holds(files: &BTreeMap<String, String>) {
    file_names_hold(files);
    let mut modules: BTreeMap<String, Vec<Item>> = BTreeMap::new();
    for (path, text) in sources(files) {
        let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}:\n{text}"));
        file.items
            .iter()
            .for_each(|item| parts_are_distinct(path, item));
        modules.insert(module_of(path), file.items);
    }
    for (module, items) in &modules {
        let shown = names(&modules, module, items);
        distinct(module, shown.iter().map(String::as_str));
    }
    let docs = Docs::of(files).unwrap_or_else(|error| panic!("{error}"));
    let problems = docs.problems();
    assert!(problems.is_empty(), "{problems:#?}");
}

/// Features have names that cargo takes, need only features that are there, and are all that the files name.
///
/// # Panics
///
/// If a law is broken.
pub fn features_hold(output: &Output) {
    let features = &output.features;
    for (name, needed) in features {
        let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '.');
        let starts = name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
        assert!(
            starts && name.chars().all(is_part),
            "{name} is no name of a feature"
        );
        let missing = needed.iter().find(|needed| !features.contains_key(*needed));
        assert_eq!(missing, None, "{name} needs what is not there");
    }
    for (path, text) in sources(&output.files) {
        let tokens = text
            .parse()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        for named in features_named(tokens) {
            assert!(
                features.contains_key(&named),
                "{path}: there is no feature {named}"
            );
        }
    }
}

/// The features that conditions name: `feature = "name"`.
fn features_named(tokens: TokenStream) -> Vec<String> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut named = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        match (token, tokens.get(at + 1), tokens.get(at + 2)) {
            (TokenTree::Group(group), ..) => named.extend(features_named(group.stream())),
            (TokenTree::Ident(key), Some(TokenTree::Punct(equals)), Some(value))
                if key == "feature" && equals.as_char() == '=' =>
            {
                let name = syn::parse2::<LitStr>(value.clone().into());
                named.extend(name.map(|name| name.value()));
            }
            _ => {}
        }
    }
    named
}

/// Names of files are alike on every system.
fn file_names_hold(files: &BTreeMap<String, String>) {
    let mut seen = BTreeSet::new();
    for path in files.keys() {
        assert!(
            seen.insert(path.to_lowercase()),
            "{path} differs from another in case only"
        );
        for part in path.split('/') {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
            assert!(!part.is_empty() && part.chars().all(is_plain), "{path}");
            assert!(part.len() <= 255, "{path} is too long for a file");
            let stem = part.split('.').next().unwrap_or_default().to_lowercase();
            let is_device = matches!(&*stem, "con" | "prn" | "aux" | "nul")
                || stem.len() == 4
                    && (stem.starts_with("com") || stem.starts_with("lpt"))
                    && stem.ends_with(|c: char| c.is_ascii_digit());
            assert!(!is_device, "{path} is a device of Windows");
        }
    }
}

/// The path of a file's module: `beta::general` for `src/beta/general.rs`, empty for the crate's root.
fn module_of(path: &str) -> String {
    let path = path.strip_prefix("src/").unwrap_or(path);
    let path = path.strip_suffix(".rs").unwrap_or(path);
    let path = path.strip_suffix("/mod").unwrap_or(path);
    match path {
        "lib" => String::new(),
        path => path.replace('/', "::"),
    }
}

fn join(module: &str, name: &str) -> String {
    match module {
        "" => name.to_owned(),
        module => format!("{module}::{name}"),
    }
}

/// The names that types and modules have in a module, those of private modules that it shows among them.
fn names(modules: &BTreeMap<String, Vec<Item>>, module: &str, items: &[Item]) -> Vec<String> {
    let mut all = Vec::new();
    for item in items {
        match item {
            Item::Struct(item) => all.push(item.ident.to_string()),
            Item::Enum(item) => all.push(item.ident.to_string()),
            Item::Type(item) => all.push(item.ident.to_string()),
            Item::Mod(item) => {
                let path = join(module, &plain(&item.ident));
                let is_there = path == "support" || modules.contains_key(&path);
                assert!(is_there, "the module {path} has no file");
                all.push(item.ident.to_string());
            }
            Item::Use(item) => used(modules, module, &item.tree, &mut Vec::new(), &mut all),
            _ => {}
        }
    }
    all
}

/// What a `use` gives a module names for.
fn used(
    modules: &BTreeMap<String, Vec<Item>>,
    module: &str,
    tree: &UseTree,
    path: &mut Vec<String>,
    all: &mut Vec<String>,
) {
    match tree {
        UseTree::Path(tree) => {
            path.push(plain(&tree.ident));
            used(modules, module, &tree.tree, path, all);
            path.pop();
        }
        UseTree::Group(tree) => {
            for tree in &tree.items {
                used(modules, module, tree, path, all);
            }
        }
        UseTree::Name(tree) => all.push(tree.ident.to_string()),
        UseTree::Rename(tree) => all.push(tree.rename.to_string()),
        UseTree::Glob(_) => {
            let below = path.iter().skip_while(|part| *part == "self");
            let shown = below.fold(module.to_owned(), |module, part| join(&module, part));
            let items = modules.get(&shown);
            let items =
                items.unwrap_or_else(|| panic!("{module} shows {shown}, which is not there"));
            let types = items
                .iter()
                .filter(|item| !matches!(item, Item::Use(_) | Item::Mod(_)));
            let types: Vec<Item> = types.cloned().collect();
            all.extend(names(modules, &shown, &types));
        }
    }
}

/// An identifier without the mark of raw ones, as the file of a module has it.
fn plain(ident: &Ident) -> String {
    let text = ident.to_string();
    text.strip_prefix("r#").unwrap_or(&text).to_owned()
}

/// No two fields or variants have one name.
fn parts_are_distinct(path: &str, item: &Item) {
    match item {
        Item::Struct(item) => {
            if let Fields::Named(fields) = &item.fields {
                let idents = fields.named.iter().filter_map(|field| field.ident.as_ref());
                let idents: Vec<String> = idents.map(plain).collect();
                distinct(path, idents.iter().map(String::as_str));
            }
        }
        Item::Enum(item) => {
            let idents: Vec<String> = item
                .variants
                .iter()
                .map(|variant| plain(&variant.ident))
                .collect();
            distinct(path, idents.iter().map(String::as_str));
        }
        _ => {}
    }
}

fn distinct<'a>(place: &str, names: impl Iterator<Item = &'a str>) {
    let mut seen = BTreeSet::new();
    for name in names {
        assert!(seen.insert(name), "{place}: the name {name} is there twice");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(texts: &[(&str, &str)]) -> BTreeMap<String, String> {
        let texts = texts.iter();
        texts
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect()
    }

    #[test]
    fn modules_that_show_others_hold() {
        holds(&files(&[
            ("src/lib.rs", "pub mod beta;"),
            ("src/beta/mod.rs", "mod calls;\npub use self::calls::*;"),
            (
                "src/beta/calls.rs",
                "/// See [it](super::Call).\npub struct Call { pub a: u8, pub r#in: u8 }",
            ),
        ]));
    }

    #[test]
    #[should_panic(expected = "src/lib.rs: expected")]
    fn what_is_no_rust_is_found() {
        holds(&files(&[(
            "src/lib.rs",
            "pub struct A { what is no Rust }",
        )]));
    }

    #[test]
    #[should_panic(expected = "the name Call is there twice")]
    fn names_that_two_modules_show_are_found() {
        holds(&files(&[
            ("src/lib.rs", "pub mod beta;"),
            (
                "src/beta/mod.rs",
                "mod calls;\nmod tones;\npub use self::calls::*;\npub use self::tones::*;",
            ),
            ("src/beta/calls.rs", "pub struct Call;"),
            ("src/beta/tones.rs", "pub enum Call {}"),
        ]));
    }

    #[test]
    #[should_panic(expected = "the name a is there twice")]
    fn fields_of_one_name_are_found() {
        holds(&files(&[("src/lib.rs", "pub struct A { a: u8, r#a: u8 }")]));
    }

    #[test]
    #[should_panic(expected = "the module beta has no file")]
    fn modules_without_files_are_found() {
        holds(&files(&[("src/lib.rs", "pub mod beta;")]));
    }

    #[test]
    #[should_panic(expected = "differs from another in case only")]
    fn files_that_differ_in_case_are_found() {
        holds(&files(&[("src/a.rs", ""), ("src/A.rs", "")]));
    }

    #[test]
    #[should_panic(expected = "is a device of Windows")]
    fn files_that_are_devices_are_found() {
        holds(&files(&[("src/con.rs", "")]));
    }

    #[test]
    #[should_panic(expected = "CodeBlock")]
    fn code_in_comments_is_found() {
        holds(&files(&[(
            "src/a.rs",
            "/// a\n///\n///     code()\npub struct A;",
        )]));
    }

    #[test]
    #[should_panic(expected = "Html")]
    fn html_in_comments_is_found() {
        holds(&files(&[(
            "src/a.rs",
            "pub struct A {\n    /// <b>\n    pub a: u8,\n}",
        )]));
    }

    #[test]
    #[should_panic(expected = "a::A: the link `super::B`")]
    fn links_to_nowhere_are_found() {
        holds(&files(&[(
            "src/a.rs",
            "/// See [it](super::B).\npub struct A;",
        )]));
    }
}
