//! Where the cache is between two processes.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::cli::args::GenerateArgs;
use crate::source::fingerprint;

/// The file of the cache for an output folder; none if there is to be none, or the user has no folder for such files. What
/// is only checked is made from the docs alone: nobody has to trust a file that others may have written.
pub(super) fn file(command: &GenerateArgs, out_dir: &Path) -> Option<PathBuf> {
    if command.no_cache || command.check {
        return None;
    }
    let folder = match &command.cache {
        Some(folder) => folder.clone(),
        None => etcetera::choose_base_strategy()
            .ok()?
            .cache_dir()
            .join("typedown"),
    };
    let out_dir = std::path::absolute(out_dir).ok()?;
    let out_dir = out_dir.canonicalize().unwrap_or(out_dir);
    Some(folder.join(format!("{:016x}", fingerprint(0, &out_dir))))
}
