//! The examples of `docs/changes.md` are what happens: blocks `md old/PAGE` and `md new/PAGE` are the pages of two docs
//! folders, `toml allow` is `diff-allow.toml` from there on, and blocks `console` are run. `TYPEDOWN_BLESS=1` writes what
//! came out.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Parser, Tag};
use typedown_tests::workspace;

#[test]
fn commands_print_what_the_guide_shows() {
    let path = workspace().join("docs/changes.md");
    let text = std::fs::read_to_string(&path)
        .unwrap()
        .replace("\r\n", "\n");
    let folder = tempfile::tempdir().unwrap();
    std::env::set_current_dir(folder.path()).unwrap();
    std::fs::write("typedown.toml", "").unwrap();
    std::fs::write("diff-allow.toml", "").unwrap();
    let mut replacements = Vec::new();
    let mut fence = None;
    for (event, range) in Parser::new(&text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let start = range.start + text[range.clone()].find('\n').unwrap() + 1;
                let end = text[..range.end].trim_end_matches('`').len();
                fence = Some((CowStr::into_string(info), start..end));
            }
            Event::End(_) => {
                let Some((info, range)) = fence.take() else {
                    continue;
                };
                let code = &text[range.clone()];
                if let Some(page) = info.strip_prefix("md ") {
                    let (side, name) = page.split_once('/').unwrap();
                    let pages = format!("{side}/api-reference/beta/resources");
                    std::fs::create_dir_all(&pages).unwrap();
                    std::fs::write(format!("{pages}/{name}"), code).unwrap();
                } else if info == "toml allow" {
                    std::fs::write("diff-allow.toml", code).unwrap();
                } else if info == "console" {
                    let command = code.lines().next().unwrap();
                    let words = command.strip_prefix("$ ").unwrap().split_whitespace();
                    let (mut out, mut err) = (Vec::new(), Vec::new());
                    let code = typedown::cli::run(words, &mut out, &mut err);
                    assert_eq!(
                        (code, String::from_utf8(err).unwrap()),
                        (0, String::new()),
                        "{command}"
                    );
                    let shown = format!(
                        "{command}\n{}\n",
                        String::from_utf8(out).unwrap().trim_end()
                    );
                    replacements.push((range, shown));
                }
            }
            _ => {}
        }
    }
    assert!(replacements.len() >= 4);
    let mut shown = text.clone();
    for (range, output) in replacements.into_iter().rev() {
        shown.replace_range(range, &output);
    }
    if std::env::var_os("TYPEDOWN_BLESS").is_some() {
        std::fs::write(&path, &shown).unwrap();
    }
    assert_eq!(shown, text);
}
