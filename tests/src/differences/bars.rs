//! What the score has to reach.

/// The least share of a row, in hundredths, by version.
#[derive(Clone, Copy, Debug)]
pub struct Bar {
    /// The row's name in the score.
    pub row: &'static str,
    /// At least, in the order of [`VERSIONS`](super::VERSIONS).
    pub least: [f64; 2],
}

const fn bar(row: &'static str, v1: f64, beta: f64) -> Bar {
    Bar {
        row,
        least: [v1, beta],
    }
}

/// All bars, in the order of tables.
pub const BARS: [Bar; 12] = [
    bar("documented types found", 99.5, 99.5),
    bar("emitted types real", 96.5, 97.0),
    bar("kind right", 97.0, 95.5),
    bar("base right", 94.0, 93.0),
    bar("open right", 95.0, 96.5),
    bar("documented properties found", 99.9, 99.9),
    bar("emitted properties real", 99.2, 99.2),
    bar("property types right", 98.8, 99.0),
    bar("documented properties described", 99.5, 99.8),
    bar("documented enums found", 99.6, 99.5),
    bar("documented enum members found", 99.7, 99.0),
    bar("emitted enum members real", 99.0, 99.0),
];

/// At least so many of the inferred bases are real, in hundredths.
pub const INFERRED_BAR: f64 = 90.0;

/// At most so many properties differ by our fault, in hundredths.
pub const OURS_BAR: f64 = 0.3;
