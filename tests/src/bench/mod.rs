//! What the commands share that measure emitted crates: how these are made, built and judged.

pub mod copies;
pub mod crates;
pub mod floor;
pub mod measured;
pub mod program;
pub mod report;
pub mod shapes;
pub mod usage;
