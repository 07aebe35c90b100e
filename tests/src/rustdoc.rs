//! Doc comments as rustdoc reads them: which of them there are in emitted sources, and what of them it would run, take for
//! HTML, or fail to find.
//!
//! Rustdoc's rules are those of its sources: `rustc_resolve::rustdoc` joins the lines of a comment and says how Markdown is
//! read, `collect_intra_doc_links` which links are names of items; and its search for code that is to be run reads Markdown
//! without any extension.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag};
use syn::{Attribute, Expr, Fields, Item, Lit, Meta, UseTree, Visibility};

/// A module of a crate, by the names on the way to it.
type Path = Vec<String>;

/// A doc comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The module in which it stands.
    pub module: Path,
    /// What it is about.
    pub item: String,
    /// Its text, its lines joined.
    pub text: String,
}

/// The doc comments of an emitted crate, and the names that links in them can find.
#[derive(Clone, Debug, Default)]
pub struct Docs {
    /// All of them but those of the support module and of the crate as a whole.
    pub comments: Vec<Comment>,
    names: BTreeMap<Path, BTreeSet<String>>,
}

impl Docs {
    /// Those of the files of a crate, by path.
    ///
    /// # Errors
    ///
    /// If one of them is not Rust.
    pub fn of(files: &BTreeMap<String, String>) -> Result<Self, String> {
        let mut docs = Self::default();
        let mut globs: Vec<(Path, Path)> = Vec::new();
        for (path, text) in files {
            let Some(module) = module(path) else { continue };
            let file = syn::parse_file(text).map_err(|error| format!("{path}: {error}"))?;
            // What is said of the whole crate is said by us alone, with names of items as rustdoc finds them.
            if !module.is_empty() {
                docs.add(&module, "the module", &file.attrs);
            }
            docs.names.entry(module.clone()).or_default();
            for item in &file.items {
                docs.item(&module, item, &mut globs);
            }
        }
        for (to, from) in globs {
            let shown = docs.names.get(&from).cloned().unwrap_or_default();
            docs.names.entry(to).or_default().extend(shown);
        }
        Ok(docs)
    }

    fn item(&mut self, module: &[String], item: &Item, globs: &mut Vec<(Path, Path)>) {
        match item {
            Item::Struct(item) => {
                self.named(module, &item.ident.to_string(), &item.attrs);
                self.fields(module, &item.ident.to_string(), &item.fields);
            }
            Item::Enum(item) => {
                let name = item.ident.to_string();
                self.named(module, &name, &item.attrs);
                for variant in &item.variants {
                    self.add(
                        module,
                        &format!("{name}::{}", variant.ident),
                        &variant.attrs,
                    );
                    self.fields(module, &name, &variant.fields);
                }
            }
            Item::Mod(item) => {
                self.add(module, &format!("mod {}", item.ident), &item.attrs);
                if matches!(item.vis, Visibility::Public(_)) {
                    self.name(module, &item.ident.to_string());
                }
            }
            Item::Use(item) => self.shown(module, &item.tree, &mut Vec::new(), globs),
            _ => {}
        }
    }

    fn fields(&mut self, module: &[String], of: &str, fields: &Fields) {
        for field in fields {
            let name = field
                .ident
                .as_ref()
                .map_or("0".to_owned(), ToString::to_string);
            self.add(module, &format!("{of}::{name}"), &field.attrs);
        }
    }

    fn named(&mut self, module: &[String], name: &str, attributes: &[Attribute]) {
        self.name(module, name);
        self.add(module, name, attributes);
    }

    fn name(&mut self, module: &[String], name: &str) {
        let names = self.names.entry(module.to_vec()).or_default();
        names.insert(plain(name));
    }

    /// What a `use` shows.
    fn shown(
        &mut self,
        module: &[String],
        tree: &UseTree,
        on_the_way: &mut Path,
        globs: &mut Vec<(Path, Path)>,
    ) {
        match tree {
            UseTree::Path(path) => {
                on_the_way.push(path.ident.to_string());
                self.shown(module, &path.tree, on_the_way, globs);
                on_the_way.pop();
            }
            UseTree::Name(name) => self.name(module, &name.ident.to_string()),
            UseTree::Rename(name) => self.name(module, &name.rename.to_string()),
            UseTree::Glob(_) => {
                let segments: Vec<&str> = on_the_way.iter().map(String::as_str).collect();
                if let Some(from) = walk(module, &segments) {
                    globs.push((module.to_vec(), from));
                }
            }
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.shown(module, tree, on_the_way, globs);
                }
            }
        }
    }

    fn add(&mut self, module: &[String], item: &str, attributes: &[Attribute]) {
        let lines = attributes.iter().filter_map(doc_line);
        let lines: Vec<String> = lines.collect();
        if !lines.is_empty() {
            self.comments.push(Comment {
                module: module.to_vec(),
                item: item.to_owned(),
                text: joined(&lines),
            });
        }
    }

    /// Whether a path leads to an item, from a module.
    #[must_use]
    pub fn finds(&self, module: &[String], path: &str) -> bool {
        let segments: Vec<&str> = path.split("::").collect();
        let Some((last, modules)) = segments.split_last() else {
            return false;
        };
        let there = walk(module, modules).and_then(|there| self.names.get(&there));
        there.is_some_and(|names| names.contains(&plain(last)))
    }

    /// What is wrong with all comments.
    #[must_use]
    pub fn problems(&self) -> Vec<String> {
        let about_all = self.comments.iter().flat_map(|comment| {
            let found = problems(&comment.text, &|path| self.finds(&comment.module, path));
            found.into_iter().map(move |problem| {
                let (module, item) = (comment.module.join("::"), &comment.item);
                format!("{module}::{item}: {problem} in {:?}", comment.text)
            })
        });
        about_all.collect()
    }
}

/// The module of a file; none for files of the support module, and for what is no source.
fn module(path: &str) -> Option<Path> {
    let path = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let mut module: Path = path.split('/').map(str::to_owned).collect();
    if module.first().is_some_and(|first| first == "support") {
        return None;
    }
    if module.last().is_some_and(|last| last == "mod") || module == ["lib"] {
        module.pop();
    }
    Some(module)
}

/// The module that a relative path leads to.
fn walk(from: &[String], path: &[&str]) -> Option<Path> {
    let mut here = from.to_vec();
    for segment in path {
        match *segment {
            "self" => {}
            "super" => drop(here.pop()?),
            name => here.push(plain(name)),
        }
    }
    Some(here)
}

fn plain(name: &str) -> String {
    name.strip_prefix("r#").unwrap_or(name).to_owned()
}

fn doc_line(attribute: &Attribute) -> Option<String> {
    let Meta::NameValue(meta) = &attribute.meta else {
        return None;
    };
    match (&meta.value, meta.path.is_ident("doc")) {
        (Expr::Lit(literal), true) => match &literal.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// The lines of a comment as one text, without the indentation that all of them have.
#[must_use]
pub fn joined(lines: &[String]) -> String {
    let is_blank = |line: &str| line.chars().all(char::is_whitespace);
    let indent_of = |line: &str| line.chars().take_while(|c| matches!(c, ' ' | '\t')).count();
    let all = lines.iter().flat_map(|line| line.lines());
    let indent = all.filter(|line| !is_blank(line)).map(indent_of).min();
    let mut text = String::new();
    for fragment in lines {
        if fragment.is_empty() {
            text.push('\n');
        }
        for line in fragment.lines() {
            text.push_str(match is_blank(line) {
                true => line,
                false => &line[indent.unwrap_or_default()..],
            });
            text.push('\n');
        }
    }
    text
}

/// What rustdoc would make of a comment that it must not: code to run, HTML, links that lead nowhere, and anything else that
/// is no paragraph. `finds` tells whether a path leads to an item.
#[must_use]
pub fn problems(text: &str, finds: &dyn Fn(&str) -> bool) -> Vec<String> {
    let shown = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let mut problems = Vec::new();
    if text.contains(|c: char| c.is_control() && c != '\n') {
        problems.push("a control character".to_owned());
    }
    for options in [shown, Options::empty()] {
        let broken = RefCell::new(Vec::new());
        let callback = |link: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
            broken
                .borrow_mut()
                .push(format!("the reference `{}`", link.reference));
            None
        };
        let mut links = 0;
        for event in Parser::new_with_broken_link_callback(text, options, Some(callback)) {
            match &event {
                Event::Start(Tag::Paragraph) | Event::Code(_) | Event::SoftBreak => {}
                Event::Start(Tag::Link {
                    link_type,
                    dest_url,
                    ..
                }) => {
                    links += 1;
                    if *link_type != LinkType::Inline || !leads_somewhere(dest_url, finds) {
                        problems.push(format!("the link `{dest_url}` ({link_type:?})"));
                    }
                }
                Event::End(end) => links -= i32::from(*end == pulldown_cmark::TagEnd::Link),
                Event::Text(text) => {
                    let is_bare = text.contains("http://") || text.contains("https://");
                    if is_bare && links == 0 {
                        problems.push(format!("the bare address {text:?}"));
                    }
                }
                event => problems.push(format!("{event:?}")),
            }
        }
        problems.append(&mut broken.into_inner());
    }
    problems
}

/// Whether a destination is the address of a page, or the name of an item that is there.
fn leads_somewhere(destination: &str, finds: &dyn Fn(&str) -> bool) -> bool {
    let lower = destination.to_ascii_lowercase();
    if lower.starts_with("https://") || lower.starts_with("http://") {
        return true;
    }
    // Without a slash it is the name of an item, unless what stands before a `#` has what no name has.
    if lower.starts_with("mailto:") {
        return lower.contains('.') && !lower.contains('#');
    }
    finds(destination)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        problems(text, &|path| path == "super::Tone")
    }

    #[test]
    fn paragraphs_with_code_and_links_that_lead_somewhere_are_fine() {
        let text = "A [tone](super::Tone), `x`,\n[there](https://example.com) \\[x\\].\n\nMore.\n";
        assert_eq!(found(text), [""; 0]);
    }

    #[test]
    fn what_rustdoc_would_run_or_obey_or_not_find_is_a_problem() {
        for text in [
            "```\nrun();\n```",
            "```rust,ignore\nrun();\n```",
            "~~~\nrun();\n~~~",
            "    run();",
            "- a\n\n      run();",
            "> ```\n> run();\n> ```",
            "1. ```\n   run();\n   ```",
            "<script>",
            "a <b>b</b>",
            "<https://example.com>",
            "https://example.com",
            "[std::process::exit]",
            "[`x`]",
            "[a][b]",
            "[x](super::Bell)",
            "[x](mailto:a#b.c)",
            "[x](/y)",
            "[a]\n\n[a]: /x",
            "a[^1]\n\n[^1]: b",
            "![x](https://example.com/x.png)",
            "# a",
            "a\n=",
            "- [ ] a",
            "|a|\n|-|",
            "~~a~~",
            "a\u{1b}b",
        ] {
            assert_ne!(found(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn lines_are_joined_without_their_common_indentation() {
        let lines = [" a", "", "     b", " c"].map(str::to_owned);
        assert_eq!(joined(&lines), "a\n\n    b\nc\n");
    }
}
