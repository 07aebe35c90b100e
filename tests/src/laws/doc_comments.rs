//! What must hold for any doc comment that is emitted: read as rustdoc reads it, it has nothing to run and no HTML, and its
//! links lead somewhere.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use pulldown_cmark::{BrokenLink, CowStr, Event, LinkType, Options, Parser, Tag};
use syn::Item;

use super::emitted::{join, module_of, names};

/// Reads doc comments, knowing the items of the crate.
pub(super) struct Reader {
    /// The paths of all types and modules from the crate's root, without marks of raw identifiers.
    items: BTreeSet<String>,
}

impl Reader {
    pub(super) fn new(modules: &BTreeMap<String, Vec<Item>>) -> Self {
        let items = modules.iter().flat_map(|(module, items)| {
            let names = names(modules, module, items);
            let paths = names.into_iter().map(move |name| join(module, &name));
            paths.map(|path| path.replace("r#", ""))
        });
        Self {
            items: items.collect(),
        }
    }

    /// Checks all doc comments of a file.
    pub(super) fn hold(&self, path: &str, text: &str) {
        let tokens: TokenStream = text
            .parse()
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let mut comments = Vec::new();
        collect(tokens, &mut comments);
        for comment in comments {
            // The crate's own words are ours, and link to the support module by names alone.
            self.holds(&comment, &module_of(path), path == "src/lib.rs");
        }
    }

    fn holds(&self, comment: &str, module: &str, is_root: bool) {
        assert!(!comment.contains('\r'), "{comment:?}");
        let broken = Cell::new(false);
        let callback = |_: BrokenLink<'_>| -> Option<(CowStr<'_>, CowStr<'_>)> {
            broken.set(true);
            None
        };
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_SMART_PUNCTUATION;
        for event in Parser::new_with_broken_link_callback(comment, options, Some(callback)) {
            match event {
                Event::Start(Tag::Link {
                    link_type: LinkType::Inline,
                    dest_url,
                    ..
                }) => {
                    assert!(
                        self.leads_somewhere(&dest_url, module),
                        "{dest_url} of {module}: {comment}"
                    );
                }
                Event::Text(text) => {
                    let bare = text.contains("http://") || text.contains("https://");
                    assert!(!bare, "a bare address: {comment}");
                }
                Event::Start(Tag::Paragraph)
                | Event::Code(_)
                | Event::SoftBreak
                | Event::End(_) => {}
                event => panic!("{event:?} in {comment:?}"),
            }
        }
        assert!(is_root || !broken.get(), "a broken link: {comment}");
    }

    /// Whether a link leads out of the crate, or to one of its items.
    fn leads_somewhere(&self, url: &str, module: &str) -> bool {
        let scheme = url.split_once(':').map(|(scheme, _)| scheme.to_lowercase());
        if matches!(scheme.as_deref(), Some("http" | "https" | "mailto")) {
            return !url.chars().any(char::is_whitespace);
        }
        let mut here: Vec<&str> = module.split("::").filter(|part| !part.is_empty()).collect();
        let mut rest = url.split("::").peekable();
        while rest.next_if_eq(&"super").is_some() {
            if here.pop().is_none() {
                return false;
            }
        }
        let path: Vec<&str> = here.into_iter().chain(rest).collect();
        let path = path.join("::").replace("r#", "");
        self.items.contains(&path)
    }
}

/// The doc comments of a file, each as one text.
fn collect(tokens: TokenStream, comments: &mut Vec<String>) {
    let mut lines: Option<String> = None;
    for token in tokens {
        match token {
            // Of the mark of an inner attribute nothing is needed.
            TokenTree::Punct(mark) if matches!(mark.as_char(), '#' | '!') => {}
            TokenTree::Group(group) => {
                let line = (group.delimiter() == Delimiter::Bracket)
                    .then(|| doc_line(group.stream()))
                    .flatten();
                if let Some(line) = line {
                    let lines = lines.get_or_insert_default();
                    // rustdoc takes away the blank that all lines have.
                    lines.push_str(line.strip_prefix(' ').unwrap_or(&line));
                    lines.push('\n');
                } else if group.delimiter() != Delimiter::Bracket {
                    comments.extend(lines.take());
                    collect(group.stream(), comments);
                }
            }
            _ => comments.extend(lines.take()),
        }
    }
    comments.extend(lines);
}

/// The text of `doc = ".."`.
fn doc_line(attribute: TokenStream) -> Option<String> {
    let mut tokens = attribute.into_iter();
    match (tokens.next()?, tokens.next()?, tokens.next()?) {
        (TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(text))
            if name == "doc" =>
        {
            syn::parse_str::<syn::LitStr>(&text.to_string())
                .ok()
                .map(|text| text.value())
        }
        _ => None,
    }
}
