//! The examples of `docs/reading.md` are what happens. In a section, blocks `md page=NAME` are the pages of a docs folder
//! and `toml config` the configuration; the other blocks show what comes out of them. `TYPEDOWN_BLESS=1` writes those.

use std::ops::Range;
use std::path::Path;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag};
use typedown::Generator;
use typedown::export::csdl;
use typedown_tests::workspace;

/// A section with blocks of code: what is behind the fence, the code, and where it stands.
#[derive(Default)]
struct Section {
    blocks: Vec<(String, String, Range<usize>)>,
}

fn sections(text: &str) -> Vec<Section> {
    let mut sections = vec![Section::default()];
    let mut info = None;
    for (event, range) in Parser::new(text).into_offset_iter() {
        match event {
            Event::Start(Tag::Heading { .. }) => sections.push(Section::default()),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(fence))) => {
                // Behind the line of the fence, before the fence that closes.
                let start = range.start + text[range.clone()].find('\n').unwrap() + 1;
                let end = text[..range.end].trim_end_matches('`').len();
                info = Some((CowStr::into_string(fence), start..end));
            }
            Event::End(_) => {
                if let (Some((info, range)), Some(section)) = (info.take(), sections.last_mut()) {
                    let code = text[range.clone()].to_owned();
                    section.blocks.push((info, code, range));
                }
            }
            _ => {}
        }
    }
    sections
}

/// What a block must show, from the section's docs; `None` if it shows nothing that comes out.
fn expected(info: &str, folder: &Path) -> Option<String> {
    let (_, what) = info.split_once(' ')?;
    let (kind, name) = what.split_once('=').unwrap_or((what, ""));
    let config = folder.join("typedown.toml");
    let generator = Generator::new().docs(folder.join("docs"));
    let generator = generator.overrides(typedown::cli::overrides(&config).unwrap());
    let types = || {
        generator
            .read_docs()
            .unwrap()
            .schema
            .versions
            .remove("beta")
            .unwrap()
    };
    match kind {
        "show" => Some(show(name, folder)),
        "csdl" => Some(cut(&csdl(&types()), &format!("Type Name=\"{name}\""))),
        "rust" => {
            let output = generator
                .emit(&generator.read_docs().unwrap().schema)
                .unwrap();
            Some(cut(
                &output.files["src/beta/general.rs"],
                &format!("pub struct {name} {{"),
            ))
        }
        "lint" => {
            let diagnostics = generator.lint_docs().unwrap().diagnostics;
            let told = diagnostics.iter().filter(|told| told.code.name() == name);
            Some(told.map(|told| format!("{told}\n")).collect())
        }
        _ => None,
    }
}

/// What `typedown show` prints, without the frame.
fn show(name: &str, folder: &Path) -> String {
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (docs, config) = (path("docs"), path("typedown.toml"));
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = [
        "typedown", "show", name, "--docs", &docs, "--config", &config,
    ];
    let code = typedown::cli::run(arguments, &mut out, &mut err);
    assert_eq!(
        (code, String::from_utf8(err).unwrap()),
        (0, String::new()),
        "{name}"
    );
    let text = String::from_utf8(out).unwrap();
    let inside = text
        .lines()
        .filter(|line| !line.starts_with(['┌', '╞', '└']));
    inside
        .map(|line| format!("{}\n", line.replace('│', "").trim_end()))
        .collect()
}

/// The lines from the one that holds a text to the next that is not indented more than it, without the indent.
fn cut(text: &str, start: &str) -> String {
    let mut lines = text.lines().skip_while(|line| !line.contains(start));
    let first = lines
        .next()
        .unwrap_or_else(|| panic!("{start} does not come out"));
    let indent = &first[..first.len() - first.trim_start().len()];
    let mut out = format!("{}\n", first.trim_start());
    for line in lines {
        let line = line.strip_prefix(indent).unwrap_or_default();
        out.push_str(&format!("{line}\n"));
        if !line.starts_with(' ') {
            break;
        }
    }
    out
}

#[test]
fn the_examples_of_how_pages_are_read_are_what_happens() {
    let path = workspace().join("docs/reading.md");
    let text = std::fs::read_to_string(&path)
        .unwrap()
        .replace("\r\n", "\n");
    let mut blessed = text.clone();
    let mut wrong = Vec::new();
    let mut shown = 0;
    for section in sections(&text).iter().rev() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        };
        write("typedown.toml", "");
        for (info, code, _) in &section.blocks {
            if let Some(name) = info.strip_prefix("md page=") {
                write(&format!("docs/api-reference/beta/resources/{name}"), code);
            } else if info == "toml config" {
                write("typedown.toml", code);
            }
        }
        for (info, code, range) in section.blocks.iter().rev() {
            let Some(expected) = expected(info, folder.path()) else {
                continue;
            };
            shown += 1;
            if *code != expected {
                blessed.replace_range(range.clone(), &expected);
                wrong.push(format!("{info}\n{expected}"));
            }
        }
    }
    if std::env::var_os("TYPEDOWN_BLESS").is_some() {
        std::fs::write(path, blessed).unwrap();
    }
    assert!(
        wrong.is_empty(),
        "docs/reading.md should say:\n\n{}",
        wrong.join("\n")
    );
    assert!(shown > 20, "{shown}");
}
