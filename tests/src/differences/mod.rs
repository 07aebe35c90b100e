//! Proof of fidelity: every difference between the service's own schema and what Typedown reads from the docs, judged.

mod bars;
mod cell;
mod classify;
mod evidence;
mod page;
mod pages;
mod report;
mod score;
pub mod translated;
mod truth;

use std::path::Path;

use typedown::Generator;
use typedown::export::csdl;
use typedown::schema::{Evidence, VersionSchema};

pub use self::bars::{BARS, Bar, INFERRED_BAR, OURS_BAR};
pub use self::classify::{Class, Verdict};
pub use self::pages::Quote;
pub use self::report::{console, summary, table};
pub use self::score::{Difference, Score, Share};
use self::truth::Truth;

/// The versions that are measured.
pub const VERSIONS: [&str; 2] = ["v1.0", "beta"];

/// What was measured of one version.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Such as `beta`.
    pub version: String,
    /// The score.
    pub score: Score,
    /// How many of the bases that were inferred are real.
    pub inferred: Share,
    /// Every difference with its verdict, in the order of the score.
    pub judged: Vec<(Difference, Verdict)>,
}

impl Measured {
    /// How many properties differ by our fault, of all emitted ones.
    #[must_use]
    pub fn ours_of_properties(&self) -> Share {
        let ours = self
            .judged
            .iter()
            .filter(|(difference, verdict)| {
                difference.fact.contains("property") && verdict.class == Class::Ours
            })
            .count();
        Share {
            right: ours as u64,
            of: self
                .score
                .rows
                .get("emitted properties real")
                .map_or(0, |row| row.of),
        }
    }
}

/// Measures and judges all versions of a docs folder of the corpus against the service of a date.
///
/// # Errors
///
/// If the corpus lacks a file, the docs cannot be read, or the scoring script fails.
pub fn measure(corpus: &Path, docs: &str, date: &str) -> Result<Vec<Measured>, String> {
    let folder = corpus.join("docs").join(docs);
    let reading = Generator::new()
        .docs(&folder)
        .versions(VERSIONS)
        .read_docs()
        .map_err(|error| error.to_string())?;
    VERSIONS
        .iter()
        .map(|version| {
            let schema = &reading.schema.versions[*version];
            let truth = corpus
                .join("truth")
                .join(format!("{version}-{date}.csdl.xml"));
            let resources = folder.join("api-reference").join(version).join("resources");
            let score = score::run(&corpus.join("tools"), &truth, &csdl(schema), &resources)?;
            let truth = Truth::read(&truth)?;
            let pages = pages::Pages::read(&folder, version)?;
            let judge = classify::Judge::new(&pages, &truth, schema);
            let judged = score
                .differences
                .iter()
                .map(|difference| (difference.clone(), judge.judge(difference)))
                .collect();
            Ok(Measured {
                version: (*version).to_owned(),
                inferred: inferred(schema, &truth),
                score,
                judged,
            })
        })
        .collect()
}

/// Of the bases that nothing states, on types that the service has: those that are the service's.
fn inferred(schema: &VersionSchema, truth: &Truth) -> Share {
    let mut share = Share { right: 0, of: 0 };
    for (name, ty) in &schema.types {
        let base = ty
            .structural()
            .and_then(|structural| structural.base.as_ref());
        let Some(base) = base.filter(|base| base.evidence == Evidence::Inferred) else {
            continue;
        };
        let Some((_, true_type)) = truth.get(name.as_str()) else {
            continue;
        };
        share.of += 1;
        share.right += u64::from(
            true_type
                .base
                .as_deref()
                .is_some_and(|real| real.eq_ignore_ascii_case(base.name.as_str())),
        );
    }
    share
}
