//! What is in a folder.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// The paths of all files below a folder, relative to it, with `/`, sorted; none if there is no such folder.
///
/// # Errors
///
/// If a folder cannot be listed.
pub fn paths(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(around) = open.pop() {
        let entries = match folder.join(&around).read_dir() {
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let path = format!("{around}{}", entry.file_name().to_string_lossy());
            match entry.path().is_dir() {
                true => open.push(path + "/"),
                false => found.push(path),
            }
        }
    }
    found.sort();
    Ok(found)
}

/// The same with the texts.
///
/// # Errors
///
/// If a folder cannot be listed, or a file is not text.
pub fn texts(folder: &Path) -> io::Result<BTreeMap<String, String>> {
    let read = |path: String| {
        let text = std::fs::read_to_string(folder.join(&path))?;
        Ok((path, text))
    };
    paths(folder)?.into_iter().map(read).collect()
}
