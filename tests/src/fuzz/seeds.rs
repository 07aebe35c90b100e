//! What fuzzing begins with, for the targets that read texts: our fixtures, and real docs if there are any at hand. The
//! other targets make what they need of bytes.

use std::fs;
use std::path::{Path, PathBuf};

use typedown::Generator;
use typedown::page::{Block, Page};
use typedown::schema::{Definition, Schema};
use typedown::source::Folder;

use crate::workspace;

/// No longer than this: a fuzzer learns nothing from a long page that short ones do not teach it faster.
const LONGEST: usize = 8 * 1024;

/// A text to begin with, and the target that it is for.
#[derive(Clone, Debug)]
pub struct Seed {
    /// The name of the target.
    pub target: &'static str,
    /// The input.
    pub input: Vec<u8>,
}

/// The seeds of the fixtures, and of so many pages of real docs, evenly drawn.
///
/// # Errors
///
/// If a folder cannot be read.
pub fn all(docs: Option<&Path>, most: usize) -> Result<Vec<Seed>, Box<dyn std::error::Error>> {
    let mut seeds = Vec::new();
    for entry in fs::read_dir(workspace().join("tests/fixtures"))? {
        let docs = entry?.path().join("docs");
        // A fixture may show docs that cannot be read at all.
        if let Ok(reading) = Generator::new().docs(&docs).threads(1).read_docs() {
            of_schema(&reading.schema, &mut seeds);
        }
        of_pages(&pages(&docs)?, &mut seeds)?;
    }
    if let Some(docs) = docs {
        let pages = pages(docs)?;
        let step = pages.len().div_ceil(most.max(1)).max(1);
        let drawn: Vec<PathBuf> = pages.into_iter().step_by(step).collect();
        of_pages(&drawn, &mut seeds)?;
    }
    seeds.retain(|seed| seed.input.len() <= LONGEST);
    Ok(seeds)
}

/// All Markdown files in a folder and below it, sorted.
fn pages(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    if !folder.is_dir() {
        return Ok(found);
    }
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(pages(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn of_pages(paths: &[PathBuf], seeds: &mut Vec<Seed>) -> std::io::Result<()> {
    let mut add = |target, input: &[u8]| {
        let input = input.to_vec();
        seeds.push(Seed { target, input });
    };
    for path in paths {
        add("page_reading", &fs::read(path)?);
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            continue;
        };
        let page = Page::read(&Folder::open(folder)?, name.to_string_lossy().into());
        for block in &page.blocks {
            match block {
                Block::Comment(comment) if comment.text.contains('{') => {
                    add("annotation_json", comment.text.trim().as_bytes());
                }
                Block::Code(code) if code.language == "json" => {
                    add("annotation_json", code.text.as_bytes());
                }
                Block::Table(table) => {
                    let cells = table.rows.iter().filter_map(|row| row.cells.get(2));
                    cells.for_each(|cell| add("doc_comments", cell.text.as_bytes()));
                }
                _ => {}
            }
        }
    }
    Ok(())
}

fn of_schema(schema: &Schema, seeds: &mut Vec<Seed>) {
    let mut add = |target, text: &str| {
        let input = text.as_bytes().to_vec();
        seeds.push(Seed { target, input });
    };
    add("lock_file", &schema.to_lock());
    for ty in schema
        .versions
        .values()
        .flat_map(|version| version.types.values())
    {
        ty.description
            .iter()
            .for_each(|text| add("doc_comments", text));
        if let Definition::Structural(structural) = &ty.definition {
            let texts = structural
                .properties
                .values()
                .filter_map(|property| property.description.as_deref());
            texts.for_each(|text| add("doc_comments", text));
        }
    }
}
