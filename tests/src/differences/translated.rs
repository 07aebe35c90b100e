//! Docs in other languages against the service's own schema, each language alone, by structure alone, and beside English
//! docs of another date.

use std::fmt::Write;
use std::path::Path;

use typedown::Generator;
use typedown::export::csdl;

use super::score::{self, Score};
use super::{Bar, VERSIONS};

/// The docs in other languages, and the date of the service's schema.
pub const TRANSLATED: [&str; 2] = ["de-DE-2019-03", "zh-CN-2019-06"];
const DATE: &str = "2019-07";
const ENGLISH: &str = "en-2021-07";

/// How docs in another language are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// With the lexicon of the language.
    Lexicon,
    /// By structure alone, as an unseen language is.
    Structure,
    /// With the lexicon, and beside English docs of another date.
    English,
}

impl Way {
    /// Every way.
    pub const ALL: [Self; 3] = [Self::Lexicon, Self::Structure, Self::English];

    /// A few words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Lexicon => "alone",
            Self::Structure => "by structure alone",
            Self::English => "beside English",
        }
    }

    /// What the score has to reach.
    #[must_use]
    pub fn bars(self) -> Vec<Bar> {
        match self {
            Self::Lexicon => vec![
                both("documented types found", 99.0),
                both("documented properties found", 99.0),
                both("emitted properties real", 98.0),
                both("property types right", 95.0),
                both("navigation right", 99.5),
                both("documented enums found", 90.0),
                both("emitted enum members real", 98.0),
            ],
            Self::Structure => vec![
                both("documented types found", 99.0),
                both("documented properties found", 97.0),
                both("property types right", 90.0),
            ],
            Self::English => vec![both("property types right", 97.0)],
        }
    }
}

fn both(row: &'static str, least: f64) -> Bar {
    Bar {
        row,
        least: [least; 2],
    }
}

/// The scores of docs of the corpus, in the order of [`VERSIONS`].
///
/// # Errors
///
/// If the corpus lacks a file, the docs cannot be read, or the scoring script fails.
pub fn scores(corpus: &Path, docs: &str, way: Way) -> Result<Vec<Score>, String> {
    let folder = corpus.join("docs").join(docs);
    let generator = Generator::new().docs(&folder).versions(VERSIONS);
    let generator = match way {
        Way::Lexicon => generator,
        Way::Structure => generator.lexicon(false),
        Way::English => generator.english(corpus.join("docs").join(ENGLISH)),
    };
    let reading = generator.read_docs().map_err(|error| error.to_string())?;
    let score = |version: &&str| {
        let truth = corpus.join(format!("truth/{version}-{DATE}.csdl.xml"));
        let resources = folder.join("api-reference").join(version).join("resources");
        let exported = csdl(&reading.schema.versions[*version]);
        score::run(&corpus.join("tools"), &truth, &exported, &resources)
    };
    VERSIONS.iter().map(score).collect()
}

/// A table of what was reached, and whether all of it holds.
///
/// # Errors
///
/// As for [`scores`].
pub fn report(corpus: &Path) -> Result<(String, bool), String> {
    let mut text = String::new();
    let mut holds = true;
    for docs in TRANSLATED {
        for way in Way::ALL {
            let scores = scores(corpus, docs, way)?;
            let _ = writeln!(text, "{docs}, {}", way.name());
            for bar in way.bars() {
                let _ = write!(text, "  {:<28}", bar.row);
                for ((score, least), version) in scores.iter().zip(bar.least).zip(VERSIONS) {
                    let reached = score.rows.get(bar.row).map_or(0.0, |row| row.percent());
                    let verdict = if reached >= least { "holds" } else { "MISSED" };
                    holds &= reached >= least;
                    let _ = write!(text, "  {version} {reached:6.2} % (>= {least}) {verdict}");
                }
                text.push('\n');
            }
        }
    }
    Ok((text, holds))
}
