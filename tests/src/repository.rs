//! A docs repository with a long history, made for measuring: real-looking pages, each commit changing a few of them.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::choices::Choices;
use crate::emitted::Problem;

/// How large the repository is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// So many pages, half of them v1.0 and half beta.
    pub pages: usize,
    /// So many commits.
    pub commits: usize,
}

/// The types that cells name.
const TYPES: [&str; 6] = [
    "String",
    "Int32",
    "Boolean",
    "DateTimeOffset",
    "String collection",
    "[thing1](thing1.md)",
];

/// Makes the repository, with `git fast-import`.
///
/// # Errors
///
/// If git cannot be run.
pub fn make(folder: &Path, size: Size) -> Result<(), Problem> {
    std::fs::create_dir_all(folder)?;
    let git = |arguments: &[&str]| {
        let mut command = Command::new("git");
        command
            .arg("-C")
            .arg(folder)
            .args(arguments)
            .env_remove("GIT_DIR");
        command
    };
    if !git(&["init", "--quiet", "--initial-branch", "main"])
        .status()?
        .success()
    {
        return Err("git init failed".into());
    }
    let mut import = git(&["fast-import", "--quiet"])
        .stdin(Stdio::piped())
        .spawn()?;
    let mut stream = std::io::BufWriter::new(import.stdin.take().ok_or("git has no input")?);
    let mut numbers = Choices(1);
    let mut pages: Vec<Vec<(String, usize)>> = (0..size.pages)
        .map(|_| {
            (0..8)
                .map(|at| (format!("prop{at}"), numbers.below(TYPES.len())))
                .collect()
        })
        .collect();
    for commit in 0..size.commits {
        let day = 1_500_000_000 + commit * 86_400;
        write!(
            stream,
            "commit refs/heads/main\ncommitter a <a@example.com> {day} +0000\ndata 0\n"
        )?;
        let changed: Vec<usize> = match commit {
            0 => (0..size.pages).collect(),
            _ => (0..=numbers.below(3))
                .map(|_| numbers.below(size.pages))
                .collect(),
        };
        for at in changed {
            if commit > 0 {
                change(&mut pages[at], commit, &mut numbers);
            }
            let text = page(at, &pages[at]);
            let version = if at % 2 == 0 { "beta" } else { "v1.0" };
            let path = format!("api-reference/{version}/resources/thing{at}.md");
            write!(
                stream,
                "M 100644 inline {path}\ndata {}\n{text}\n",
                text.len()
            )?;
        }
    }
    stream.flush()?;
    drop(stream);
    match import.wait()?.success() {
        true => Ok(()),
        false => Err("git fast-import failed".into()),
    }
}

fn change(rows: &mut Vec<(String, usize)>, commit: usize, numbers: &mut Choices) {
    match numbers.below(10) {
        0..5 => rows.push((format!("prop{commit}x"), numbers.below(TYPES.len()))),
        5..7 if rows.len() > 3 => drop(rows.remove(numbers.below(rows.len()))),
        _ => {
            let at = numbers.below(rows.len());
            rows[at].1 = numbers.below(TYPES.len());
        }
    }
}

fn page(at: usize, rows: &[(String, usize)]) -> String {
    let mut text = format!(
        "---\ntitle: \"thing{at} resource type\"\nms.prod: \"area{}\"\n---\n\n# thing{at} resource type\n\n\
         Namespace: microsoft.graph\n\nRepresents thing {at}.\n\n## Properties\n\n|Property|Type|Description|\n|:--|:--|:--|\n",
        at % 7
    );
    for (name, ty) in rows {
        let _ = writeln!(text, "|{name}|{}|The {name} of it.|", TYPES[*ty]);
    }
    let members: Vec<String> = rows
        .iter()
        .map(|(name, _)| format!("  \"{name}\": \"String\""))
        .collect();
    let _ = write!(
        text,
        "\n## JSON representation\n\n<!-- {{ \"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.thing{at}\" }} -->\n\
         ``` json\n{{\n{}\n}}\n```\n",
        members.join(",\n")
    );
    text
}
