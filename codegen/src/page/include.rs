//! INCLUDE lines: the blocks of another file take their place.

use std::io::ErrorKind;
use std::sync::Arc;

use super::Page;
use super::block::Block;
use super::read::read_file;
use crate::diagnostic::{Code, Diagnostic};
use crate::limits::Limit;
use crate::source::{Files, Place, folder_of, in_words, join};

/// The blocks of an included file; none, with a diagnostic, if it cannot be included.
pub(super) fn blocks(
    files: &dyn Files,
    target: &str,
    place: &Place,
    trail: &mut Vec<Arc<str>>,
    page: &mut Page,
) -> Vec<Block> {
    let file = target.split(['#', '?']).next().unwrap_or(target);
    let Some(path) = join(&place.file, file) else {
        page.diagnostics.push(
            Diagnostic::new(
                Code::IncludeOutside,
                place.clone(),
                format!("expected an include inside the docs folder, found `{target}`"),
            )
            .hint("count the `../`: paths start at the folder of the page"),
        );
        return Vec::new();
    };
    let path: Arc<str> = path.into();
    if trail.contains(&path) {
        let chain: Vec<&str> = trail.iter().map(|path| &**path).chain([&*path]).collect();
        page.diagnostics.push(
            Diagnostic::new(
                Code::IncludeCycle,
                place.clone(),
                format!(
                    "the include leads back to a file that is being included: {}",
                    chain.join(" -> ")
                ),
            )
            .hint("remove one of these includes"),
        );
        return Vec::new();
    }
    let limits = page.limits;
    let limit = match trail.len() > limits.include_depth {
        true => Some((Limit::IncludeDepth, "in a row")),
        false if page.includes >= limits.includes => Some((Limit::Includes, "in all")),
        false => None,
    };
    if let Some((limit, which)) = limit {
        let told = |diagnostic: &Diagnostic| diagnostic.code == Code::IncludeTooMany;
        if !page.diagnostics.iter().any(told) {
            let message = format!(
                "the page includes more files {which} than {}; from here on they were left out",
                limits.told(limit)
            );
            page.diagnostics.push(
                Diagnostic::new(Code::IncludeTooMany, place.clone(), message).hint(limit.hint()),
            );
        }
        return Vec::new();
    }
    page.includes += 1;
    let first = !page.inputs.contains(&path);
    if first {
        page.inputs.push(Arc::clone(&path));
    }
    match files.read(&path) {
        Ok(bytes) if page.has_room_for(&bytes) => {
            trail.push(path);
            let blocks = read_file(files, bytes, trail, page);
            trail.pop();
            blocks
        }
        // A page that includes a missing file several times has one problem.
        Err(_) if !first => Vec::new(),
        Ok(_) => too_large(&path, place, page),
        Err(error) if error.kind() == ErrorKind::FileTooLarge => too_large(&path, place, page),
        Err(error) if error.kind() == ErrorKind::NotFound && !has_folder(files, &path) => {
            let folder = folder_of(&path).to_owned();
            page.diagnostics.push(
                Diagnostic::new(
                    Code::IncludeMissing,
                    place.clone(),
                    format!("`{path}` cannot be included: there is no folder `{folder}`"),
                )
                .hint("add the folder to the docs, or correct the path"),
            );
            page.missing_folders.push((place.clone(), folder));
            Vec::new()
        }
        Err(error) => {
            page.diagnostics.push(
                Diagnostic::new(
                    Code::IncludeMissing,
                    place.clone(),
                    match error.kind() {
                        ErrorKind::NotFound => format!("there is no file `{path}`"),
                        _ => format!("`{path}` cannot be read: {}", in_words(&error)),
                    },
                )
                .hint("correct the path or add the file"),
            );
            Vec::new()
        }
    }
}

/// Tells of a file for which the page has no room.
fn too_large(path: &str, place: &Place, page: &mut Page) -> Vec<Block> {
    let limit = Limit::PageBytes;
    let message = format!(
        "`{path}` was not included: with it the page has more bytes than {}",
        page.limits.told(limit)
    );
    page.over(limit, place.clone(), message);
    Vec::new()
}

/// Whether the folder of a path is there. Folders of a checkout are not empty.
fn has_folder(files: &dyn Files, path: &str) -> bool {
    let folder = folder_of(path);
    folder.is_empty() || files.list(folder).is_ok_and(|entries| !entries.is_empty())
}
