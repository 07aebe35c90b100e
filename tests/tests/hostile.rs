//! Pages of strangers that try to be more than text: each attempt of `tests/hostile` ends as a harmless name or a diagnostic,
//! in everything that is made of it, and nothing of it is obeyed by a compiler, cargo, a terminal, the log of a build
//! service, a browser, or a reader of any format.
//!
//! `TYPEDOWN_BLESS=1 cargo test -p typedown-tests --test hostile` rewrites what the attempts end as; read the difference
//! before it is committed. That crates of all of them compile, and that rustdoc runs nothing of them, is tested in
//! `hostile_crates.rs`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use html5gum::{Token, Tokenizer};
use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;
use typedown::Generator;
use typedown::output::Output;
use typedown::rust::Mode;
use typedown::schema::{Lock, Schema};
use typedown_tests::csdl;
use typedown_tests::hostile::{Attempt, breaches, breaches_of_print, breaches_of_rust, end, told};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error>>;

fn judged(breaches: Vec<String>) -> Result<()> {
    match breaches.is_empty() {
        true => Ok(()),
        false => Err(breaches.join("\n").into()),
    }
}

/// It is read, and ends as what is written down.
fn ends_as_a_name_or_a_diagnostic(path: &Path) -> Result<()> {
    let attempt = Attempt::load(path)?;
    let reading = attempt.read();
    let end = end(&reading);
    if end == attempt.end {
        return judged(breaches_of_print(&told(&reading), false));
    }
    if std::env::var_os("TYPEDOWN_BLESS").is_some() {
        attempt.bless(&end)?;
    }
    Err(format!("expected\n{}found\n{end}", attempt.end).into())
}

/// What is emitted has it only in texts and comments.
fn is_text_in_what_is_emitted(path: &Path) -> Result<()> {
    let attempt = Attempt::load(path)?;
    let Ok(reading) = attempt.read() else {
        return Ok(());
    };
    let schema = reading.schema;
    let mut found = Vec::new();
    for mode in [Mode::Table, Mode::Derive] {
        let generator = Generator::new().threads(1).mode(mode);
        let output = generator.emit(&schema)?;
        found.extend(breaches(&output.files));
        found.extend(breaches_of_manifest(&output)?);
        found.extend(breaches_of_rust(&generator.emit_include(&schema)?));
        let lock = &output.files["typedown.lock.json"];
        serde_json::from_str::<Value>(lock)?;
        if Schema::from_lock(lock)? != schema {
            found.push("the lock file says something else".to_owned());
        }
        if generator.emit_locked(&Lock::parse(lock)?)? != output {
            found.push("of the lock file something else is made".to_owned());
        }
    }
    judged(found)
}

/// The features of a manifest are plain words, and there is no other key than ours.
fn breaches_of_manifest(output: &Output) -> Result<Vec<String>> {
    let mut found = Vec::new();
    let folder = tempfile::tempdir()?;
    output.write(folder.path())?;
    let text = std::fs::read_to_string(folder.path().join("Cargo.toml"))?;
    let manifest: toml::Table = text.parse()?;
    for (key, value) in &manifest {
        let keys: Vec<&str> = value
            .as_table()
            .into_iter()
            .flatten()
            .map(|(key, _)| key.as_str())
            .collect();
        let ours: &[&str] = match key.as_str() {
            "package" => &["name", "version", "edition", "rust-version", "description"],
            "lib" => &["doctest"],
            "dependencies" => &["serde", "serde_json"],
            "features" | "workspace" => continue,
            _ => &[],
        };
        found.extend(
            keys.iter()
                .filter(|key| !ours.contains(key))
                .map(|name| format!("the key {key}.{name:?}")),
        );
    }
    let is_plain = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte))
    };
    let features = manifest["features"].as_table().into_iter().flatten();
    for (name, needs) in features {
        let needs = needs
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|need| need.as_str());
        let names = std::iter::once(name.as_str()).chain(needs);
        found.extend(
            names
                .filter(|name| !is_plain(name))
                .map(|name| format!("the feature {name:?}")),
        );
    }
    Ok(found)
}

/// What a harmless page says of the types that attempts are about.
const HARMLESS: [(&str, &str); 2] = [
    (
        "api-reference/v1.0/resources/tone.md",
        "# tone resource type\n\nA sound.\n\n## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n|pitch|Int64|How high.|\n|loud|Boolean|Whether it is.|\n",
    ),
    (
        "api-reference/v1.0/resources/chime.md",
        "# chime enum type\n\nHow it sounds.\n\n## Members\n\n|Member|Description|\n|:--|:--|\n|dang|Low.|\n",
    ),
];

/// A folder with the attempt, harmless docs beside it, and a place to write to.
struct Folder {
    folder: tempfile::TempDir,
    attempt: Attempt,
    versions: Vec<String>,
    types: Vec<String>,
}

impl Folder {
    /// None if the file system does not take the names of the attempt, which ends it.
    fn of(path: &Path) -> Result<Option<Self>> {
        let attempt = Attempt::load(path)?;
        let folder = tempfile::tempdir()?;
        for (path, text) in HARMLESS {
            let path = folder.path().join("harmless").join(path);
            std::fs::create_dir_all(path.parent().ok_or("a folder")?)?;
            std::fs::write(path, text)?;
        }
        if !attempt.write(&folder.path().join("docs")) {
            return Ok(None);
        }
        let schema = attempt
            .read()
            .map(|reading| reading.schema)
            .unwrap_or_default();
        let versions = schema.versions.keys().cloned().collect();
        let types = schema
            .versions
            .values()
            .flat_map(|version| version.types.keys());
        let types: BTreeSet<String> = types.map(|name| name.as_str().to_owned()).collect();
        Ok(Some(Self {
            folder,
            attempt,
            versions,
            types: types.into_iter().collect(),
        }))
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).to_string_lossy().into_owned()
    }

    /// Runs a command, and gives what it printed; adds what is wrong with that.
    fn run(&self, arguments: &[&str], found: &mut Vec<String>) -> String {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let all = std::iter::once("typedown").chain(arguments.iter().copied());
        let code = typedown::cli::run(all, &mut out, &mut err);
        let is_for_logs = arguments.contains(&"github");
        let mut texts = Vec::new();
        for (bytes, is_for_logs) in [(out, is_for_logs), (err, false)] {
            match String::from_utf8(bytes) {
                Ok(text) => texts.push((text, is_for_logs)),
                Err(error) => found.push(format!("{arguments:?}: {error}")),
            }
        }
        if code > 2 {
            found.push(format!("{arguments:?}: exit code {code}"));
        }
        for (text, is_for_logs) in &texts {
            let wrong = breaches_of_print(text, *is_for_logs);
            found.extend(
                wrong
                    .into_iter()
                    .map(|wrong| format!("{arguments:?}: {wrong}")),
            );
        }
        texts
            .into_iter()
            .next()
            .map(|(out, _)| out)
            .unwrap_or_default()
    }
}

/// What every command prints of it is shown and not obeyed, and every format can be read.
fn is_shown_and_not_obeyed(path: &Path) -> Result<()> {
    let Some(folder) = Folder::of(path)? else {
        return Ok(());
    };
    let mut found = Vec::new();
    match (folder.attempt.lock(), folder.attempt.csdl()) {
        (None, None) => show_docs(&folder, &mut found)?,
        (Some(_), _) => show_lock(&folder, &mut found)?,
        (None, Some(_)) => {
            let (document, harmless) = (folder.path("docs/v1.0.csdl.xml"), folder.path("harmless"));
            diffs(&folder, &[&harmless, &document], &mut found);
            diffs(&folder, &[&document, &harmless], &mut found);
        }
    }
    judged(found)
}

fn show_docs(folder: &Folder, found: &mut Vec<String>) -> Result<()> {
    let (docs, harmless, out) = (
        folder.path("docs"),
        folder.path("harmless"),
        folder.path("out"),
    );
    let (docs, harmless, out) = (docs.as_str(), harmless.as_str(), out.as_str());
    folder.run(&["list", "--docs", docs], found);
    json(
        &folder.run(&["list", "--json", "--docs", docs], found),
        found,
    );
    folder.run(&["lint", "--docs", docs], found);
    let report = json(
        &folder.run(&["lint", "--docs", docs, "--format", "json"], found),
        found,
    );
    sarif(
        &folder.run(&["lint", "--docs", docs, "--format", "sarif"], found),
        found,
    );
    let commands = folder.run(&["lint", "--docs", docs, "--format", "github"], found);
    let told = report["diagnostics"].as_array().map_or(0, Vec::len);
    let told_to_logs = commands
        .lines()
        .filter(|line| line.starts_with("::"))
        .count();
    if told != told_to_logs {
        found.push(format!(
            "{told} diagnostics are {told_to_logs} commands:\n{commands}"
        ));
    }
    folder.run(&["show", "pwned-nowhere", "--docs", docs], found);
    folder.run(&["list", "--docs", docs, "--version", "nowhere"], found);
    folder.run(
        &[
            "generate", "--docs", docs, "--out", out, "--select", "nowhere",
        ],
        found,
    );
    folder.run(&["export", "csdl", "--docs", docs], found);
    for name in folder.types.iter().take(4) {
        folder.run(&["show", name, "--docs", docs], found);
    }
    for version in &folder.versions {
        let of = format!("--version={version}");
        let document = folder.run(&["export", "csdl", "--docs", docs, &of], found);
        found.extend(csdl::breaches(&document));
        let document = json(
            &folder.run(&["export", "json-schema", "--docs", docs, &of], found),
            found,
        );
        if let Err(error) = jsonschema::meta::validate(&document) {
            found.push(format!("the JSON Schema: {error}"));
        }
        diffs(
            folder,
            &["--docs", docs, "--between", version, &folder.versions[0]],
            found,
        );
    }
    diffs(folder, &[harmless, docs], found);
    diffs(folder, &[docs, harmless], found);
    // A crate of harmless docs is made one of the attempt, and the other way.
    for docs in [harmless, docs, docs, harmless] {
        folder.run(
            &["generate", "--check", "--docs", docs, "--out", out],
            found,
        );
        folder.run(
            &["generate", "--changelog", "--docs", docs, "--out", out],
            found,
        );
    }
    folder.run(
        &[
            "generate",
            "--changelog",
            "--docs",
            docs,
            "--out",
            &folder.path("new"),
        ],
        found,
    );
    for out in ["out", "new"] {
        if let Ok(changelog) =
            std::fs::read_to_string(folder.folder.path().join(out).join("CHANGELOG.md"))
        {
            markdown(&changelog, found);
        }
    }
    Ok(())
}

fn show_lock(folder: &Folder, found: &mut Vec<String>) -> Result<()> {
    let (docs, harmless) = (folder.path("docs"), folder.path("harmless"));
    folder.run(&["generate", "--locked", "--out", &docs], found);
    folder.run(&["generate", "--locked", "--check", "--out", &docs], found);
    diffs(folder, &[&harmless, &docs], found);
    diffs(folder, &[&docs, &harmless], found);
    for version in &folder.versions {
        diffs(folder, &[&docs, "--between", version, version], found);
        diffs(
            folder,
            &[&docs, &harmless, "--between", version, "v1.0"],
            found,
        );
    }
    folder.run(
        &[
            "generate",
            "--changelog",
            "--docs",
            &harmless,
            "--out",
            &docs,
        ],
        found,
    );
    if let Ok(changelog) = std::fs::read_to_string(folder.folder.path().join("docs/CHANGELOG.md")) {
        markdown(&changelog, found);
    }
    Ok(())
}

/// Compares in every format, texts included.
fn diffs(folder: &Folder, sides: &[&str], found: &mut Vec<String>) {
    for format in ["text", "markdown", "json", "sarif", "github", "html"] {
        let mut arguments = vec!["diff", "--format", format, "--fail-on", "any", "--every"];
        for rule in [
            "type-description-changed",
            "property-description-changed",
            "enum-member-description-changed",
        ] {
            arguments.extend(["--level", rule]);
        }
        let levels: Vec<String> = arguments
            .iter()
            .map(
                |argument| match argument.ends_with("-description-changed") {
                    true => format!("{argument}=note"),
                    false => (*argument).to_owned(),
                },
            )
            .collect();
        let mut arguments: Vec<&str> = levels.iter().map(String::as_str).collect();
        arguments.extend(sides);
        let text = folder.run(&arguments, found);
        if text.is_empty() {
            continue;
        }
        match format {
            "markdown" => markdown(&text, found),
            "json" => drop(json(&text, found)),
            "sarif" => sarif(&text, found),
            "html" => html(&text, found),
            _ => {}
        }
    }
}

fn json(text: &str, found: &mut Vec<String>) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| {
        found.push(format!("JSON: {error}"));
        Value::Null
    })
}

/// A log in which no message has a link or a place for an argument.
fn sarif(text: &str, found: &mut Vec<String>) {
    let log = json(text, found);
    for result in log["runs"][0]["results"].as_array().into_iter().flatten() {
        let message = result["message"]["text"].as_str().unwrap_or_default();
        let has_place = message
            .match_indices('{')
            .any(|(at, _)| message[at + 1..].starts_with(|c: char| c.is_ascii_digit()));
        if message.contains("](") || has_place {
            found.push(format!("the message {message:?}"));
        }
    }
}

/// Markdown without HTML, links, images and blocks of code.
fn markdown(text: &str, found: &mut Vec<String>) {
    for event in Parser::new_ext(text, Options::all()) {
        if let Event::Html(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::InlineMath(_)
        | Event::DisplayMath(_)
        | Event::Start(
            Tag::Link { .. } | Tag::Image { .. } | Tag::CodeBlock(_) | Tag::Table(_),
        ) = &event
        {
            found.push(format!("{event:?} in Markdown"));
        }
    }
}

/// The elements and attributes of a page, what its links lead to, and its scripts and styles.
#[derive(Debug, Default, PartialEq, Eq)]
struct Skeleton {
    parts: BTreeSet<String>,
    links: BTreeSet<String>,
    scripts: Vec<String>,
}

impl Skeleton {
    fn of(text: &str) -> Self {
        let mut skeleton = Self::default();
        let mut inside = None;
        for token in Tokenizer::new(text) {
            let Ok(token) = token;
            match token {
                Token::StartTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    for (attribute, value) in &tag.attributes {
                        let attribute = String::from_utf8_lossy(attribute).into_owned();
                        let value = String::from_utf8_lossy(value).into_owned();
                        if matches!(attribute.as_str(), "href" | "src" | "action") {
                            let inner = value.starts_with('#');
                            skeleton
                                .links
                                .insert(if inner { "#".to_owned() } else { value });
                        }
                        skeleton.parts.insert(format!("{name} {attribute}"));
                    }
                    inside = matches!(name.as_str(), "script" | "style").then(String::new);
                    skeleton.parts.insert(name);
                }
                Token::String(text) => {
                    if let Some(inside) = &mut inside {
                        inside.push_str(&String::from_utf8_lossy(&text));
                    }
                }
                Token::EndTag(_) => skeleton.scripts.extend(inside.take()),
                Token::Comment(_) => drop(skeleton.parts.insert("a comment".to_owned())),
                _ => {}
            }
        }
        skeleton
    }
}

/// A page that has only elements, attributes and scripts of ours, and leads only to itself and to what rules are from.
fn html(text: &str, found: &mut Vec<String>) {
    const PARTS: &[&str] = &[
        "a",
        "a class",
        "a href",
        "a rel",
        "b",
        "b id",
        "body",
        "button",
        "button data-copy",
        "button type",
        "code",
        "details",
        "details class",
        "details data-area",
        "details data-axes",
        "details data-kind",
        "details data-level",
        "details data-more",
        "details data-rule",
        "details id",
        "div",
        "div class",
        "footer",
        "form",
        "form aria-label",
        "form hidden",
        "form id",
        "h1",
        "h2",
        "head",
        "header",
        "html",
        "html lang",
        "input",
        "input autocomplete",
        "input name",
        "input placeholder",
        "input type",
        "kbd",
        "label",
        "li",
        "link",
        "link href",
        "link rel",
        "main",
        "mark",
        "meta",
        "meta charset",
        "meta content",
        "meta http-equiv",
        "meta name",
        "option",
        "option value",
        "output",
        "output aria-live",
        "output id",
        "p",
        "p class",
        "p hidden",
        "p id",
        "script",
        "section",
        "section data-type",
        "section id",
        "select",
        "select name",
        "span",
        "span class",
        "style",
        "summary",
        "table",
        "table class",
        "tbody",
        "td",
        "td class",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "ul class",
    ];
    let skeleton = Skeleton::of(text);
    let strange = skeleton
        .parts
        .iter()
        .filter(|part| !PARTS.contains(&part.as_str()));
    found.extend(strange.map(|part| format!("HTML has {part:?}")));
    let is_ours = |link: &&String| {
        let known = typedown::diff::Rule::all().any(|rule| rule.source == link.as_str());
        known || matches!(link.as_str(), "#" | "data:,")
    };
    let strange = skeleton.links.iter().filter(|link| !is_ours(link));
    found.extend(strange.map(|link| format!("HTML leads to {link:?}")));
    if skeleton.scripts.len() != 2
        || skeleton
            .scripts
            .iter()
            .any(|script| script.contains("pwned"))
    {
        found.push(format!(
            "HTML has {} scripts and styles",
            skeleton.scripts.len()
        ));
    }
}

/// A build script tells cargo what to watch, and warns: one line each, whatever pages and their files are called.
fn tells_cargo_nothing_of_its_own(path: &Path) -> Result<()> {
    let Some(folder) = Folder::of(path)? else {
        return Ok(());
    };
    if folder.attempt.lock().is_some() || folder.attempt.csdl().is_some() {
        return Ok(());
    }
    let docs = folder.path("docs");
    let output = Command::new(env!("CARGO_BIN_EXE_build-script"))
        .arg(&docs)
        .env("OUT_DIR", folder.folder.path())
        .output()?;
    let (out, err) = (
        String::from_utf8(output.stdout)?,
        String::from_utf8(output.stderr)?,
    );
    let mut found = breaches_of_print(&err, false);
    if !output.status.success() {
        found.push(format!("it failed: {err}"));
    }
    for line in out.lines() {
        if let Some(warning) = line.strip_prefix("cargo::warning=") {
            // Warnings begin with the folder of the docs.
            if !warning.starts_with(&docs) && !warning.contains("`typedown lint` tells all") {
                found.push(format!("the warning {warning:?}"));
            }
            found.extend(breaches_of_print(warning, false));
        } else if let Some(path) = line.strip_prefix("cargo::rerun-if-changed=") {
            if !PathBuf::from(path).exists()
                && !path.contains("include")
                && !path.contains("nowhere")
            {
                found.push(format!("watches {path:?}, which is not there"));
            }
        } else {
            found.push(format!("the line {line:?}"));
        }
    }
    let text = std::fs::read_to_string(folder.folder.path().join("typedown.rs"))?;
    found.extend(breaches_of_rust(&text));
    judged(found)
}

datatest_stable::harness! {
    { test = ends_as_a_name_or_a_diagnostic, root = "hostile", pattern = r"\.txt$" },
    { test = is_text_in_what_is_emitted, root = "hostile", pattern = r"\.txt$" },
    { test = is_shown_and_not_obeyed, root = "hostile", pattern = r"\.txt$" },
    { test = tells_cargo_nothing_of_its_own, root = "hostile", pattern = r"\.txt$" },
}
