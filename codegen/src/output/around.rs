//! What lies around the output folder.

use std::path::{Path, PathBuf};

use super::file::read;
use crate::rust::manifest;

/// Whether a crate in the output folder is part of a workspace. A crate inside a workspace that does not name it needs a workspace of its own
/// to build.
pub(super) enum Around {
    /// No workspace, or one that leaves the folder out.
    Nothing,
    /// A workspace that names the folder as a member.
    Member,
    /// A workspace that does not know the folder: its manifest, and the folder relative to it.
    Stranger(PathBuf, String),
}

impl Around {
    pub(super) fn of(folder: &Path) -> Self {
        let Ok(folder) = std::path::absolute(folder) else {
            return Self::Nothing;
        };
        for ancestor in folder.ancestors().skip(1) {
            let path = ancestor.join("Cargo.toml");
            let Ok(Some(text)) = read(&path) else {
                continue;
            };
            let Ok(relative) = folder.strip_prefix(ancestor) else {
                continue;
            };
            let relative = relative.to_string_lossy().replace('\\', "/");
            if manifest::workspace_names(&text, "members", &relative) {
                return Self::Member;
            }
            if manifest::is_workspace(&text) {
                let excluded = manifest::workspace_names(&text, "exclude", &relative);
                return if excluded {
                    Self::Nothing
                } else {
                    Self::Stranger(path, relative)
                };
            }
        }
        Self::Nothing
    }

    pub(super) fn note(&self) -> Option<String> {
        match self {
            Self::Nothing | Self::Member => None,
            Self::Stranger(path, relative) => Some(format!(
                "{} is a workspace: to depend on the new crate from there, add `exclude = [\"{relative}\"]` to its \
                 `[workspace]`, or list the crate under its `members` and remove `[workspace]` from the crate's Cargo.toml",
                path.display()
            )),
        }
    }
}
