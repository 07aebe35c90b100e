//! A progress bar on terminals, for runs that take long enough to wonder.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use crate::Generator;

/// Below this many pages a run is over before anybody reads a bar.
const MANY: usize = 500;

/// Makes a generator show how far it is, if anybody watches.
pub(super) fn show(generator: Generator) -> Generator {
    if !std::io::stderr().is_terminal() {
        return generator;
    }
    let bar = ProgressBar::hidden();
    if let Ok(style) = ProgressStyle::with_template("reading {pos}/{len} pages {wide_bar}") {
        bar.set_style(style);
    }
    generator.progress(move |done, total| {
        if total < MANY {
            return;
        }
        if bar.is_hidden() && !bar.is_finished() {
            bar.set_length(total as u64);
            bar.set_draw_target(indicatif::ProgressDrawTarget::stderr());
        }
        bar.set_position(done as u64);
        if done == total {
            bar.finish_and_clear();
        }
    })
}
