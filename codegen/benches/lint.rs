//! How much longer `lint` takes than reading alone, on the same docs; at most twice as long is the bar.
//!
//! `TYPEDOWN_CORPUS=../shared cargo bench -p typedown --bench lint` prints a table; `-- DIR` measures other docs. Both
//! run in turns, and of several rounds the fastest counts.

mod corpus;

use std::hint::black_box;
use std::time::{Duration, Instant};

use typedown::Generator;

const ROUNDS: usize = 9;

/// What `lint` may take, measured in readings.
const BAR: f64 = 2.0;

fn main() {
    let Some(docs) = corpus::docs() else {
        println!("SKIPPED lint: name a docs folder, or set TYPEDOWN_CORPUS");
        return;
    };
    let mut over = false;
    for threads in [1, 2] {
        let generator = Generator::new().docs(&docs).threads(threads);
        let (mut read, mut lint) = (Duration::MAX, Duration::MAX);
        let mut peaks = [None; 2];
        for _ in 0..ROUNDS {
            read = read.min(time(|| drop(black_box(generator.read_docs()))));
            peaks[0] = peaks[0].or_else(peak);
            lint = lint.min(time(|| drop(black_box(generator.lint_docs()))));
            peaks[1] = peaks[1].or_else(peak);
        }
        let ratio = lint.as_secs_f64() / read.as_secs_f64();
        over |= ratio > BAR;
        println!(
            "{threads} thread(s): reading {:.0} ms, lint {:.0} ms: {ratio:.2} (at most {BAR:.2})",
            milli(read),
            milli(lint)
        );
        // The peak of a process never falls, so that only the first reading is measured alone.
        if let ([Some(read), Some(lint)], 1) = (peaks, threads) {
            println!("memory, at most: reading {read} MB, lint {lint} MB");
        }
    }
    if over {
        println!("OVER THE BAR");
    }
}

fn time(work: impl FnOnce()) -> Duration {
    let start = Instant::now();
    work();
    start.elapsed()
}

fn milli(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// The most memory that the process has held so far, in megabytes; only Linux tells it in a file.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes / 1024)
}
