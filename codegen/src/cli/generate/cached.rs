//! Where the cache is between two processes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use etcetera::BaseStrategy;

use crate::cli::args::GenerateArgs;
use crate::source::fingerprint;

/// The variable that names the folder for caches, where no argument does.
const VARIABLE: &str = "TYPEDOWN_CACHE";

/// What nobody has used for so long is not needed any more.
const OLD: Duration = Duration::from_secs(60 * 24 * 60 * 60);

/// The file of the cache for an output folder.
pub(super) struct CacheFile {
    pub(super) path: PathBuf,
    /// Whether the user has named its folder.
    pub(super) is_named: bool,
}

/// The file for an output folder; none if there is to be none, or the user has no folder for such files. What is only checked
/// is made from the docs alone: nobody has to trust a file that others may have written.
pub(super) fn file(command: &GenerateArgs, out_dir: &Path) -> Option<CacheFile> {
    if command.no_cache || command.check {
        return None;
    }
    let variable = std::env::var_os(VARIABLE).filter(|folder| !folder.is_empty());
    let named = command.cache.clone().or(variable.map(PathBuf::from));
    let is_named = named.is_some();
    let folder = match named {
        Some(folder) => folder,
        None => etcetera::choose_base_strategy()
            .ok()?
            .cache_dir()
            .join("typedown"),
    };
    let out_dir = std::path::absolute(out_dir).ok()?;
    let out_dir = out_dir.canonicalize().unwrap_or(out_dir);
    let path = folder.join(format!("{:016x}", fingerprint(0, &out_dir)));
    Some(CacheFile { path, is_named })
}

/// Removes the caches of other output folders that were not written for long, such as those of folders that are gone.
pub(super) fn forget_old(path: &Path) {
    let is_cache = |path: &Path| {
        let name = path.file_name().and_then(|name| name.to_str());
        name.is_some_and(|name| {
            name.len() == 16 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
        })
    };
    let entries = path.parent().and_then(|folder| folder.read_dir().ok());
    for entry in entries.into_iter().flatten().flatten() {
        let modified = entry.metadata().and_then(|metadata| metadata.modified());
        let age = modified.ok().and_then(|modified| modified.elapsed().ok());
        if is_cache(&entry.path()) && age.is_some_and(|age| age > OLD) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}
