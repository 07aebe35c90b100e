//! Writes what fuzzing begins with: a folder for each target, of our fixtures and of real docs.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::PathBuf;

use clap::Parser;
use typedown_tests::emitted::Problem;
use typedown_tests::fuzz::TARGETS;
use typedown_tests::fuzz::seeds;

/// Writes the seeds of all fuzz targets.
#[derive(Debug, Parser)]
struct Options {
    /// The folder that gets a folder for each target.
    #[arg(long)]
    out: PathBuf,
    /// A checkout of the Graph docs, to begin with real pages as well. They are not ours to commit.
    #[arg(long)]
    docs: Option<PathBuf>,
    /// So many of its pages, evenly drawn.
    #[arg(long, default_value_t = 400)]
    pages: usize,
}

fn main() -> Result<(), Problem> {
    let options = Options::parse();
    for target in TARGETS {
        fs::create_dir_all(options.out.join(target.name))?;
    }
    let seeds = seeds::all(options.docs.as_deref(), options.pages)?;
    for seed in &seeds {
        let mut hash = DefaultHasher::new();
        seed.input.hash(&mut hash);
        let name = format!("seed-{:016x}", hash.finish());
        fs::write(options.out.join(seed.target).join(name), &seed.input)?;
    }
    println!("{} seeds", seeds.len());
    Ok(())
}
