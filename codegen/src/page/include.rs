//! INCLUDE lines: the blocks of another file take their place.

use std::sync::Arc;

use super::Page;
use super::block::Block;
use super::read::read_file;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Files, Place, folder_of, join};

/// How many files may include each other in a row. The deepest in known docs is two.
const MAX_DEPTH: usize = 16;

/// How many includes one page may have, those of included files counted. The most in known docs are four.
const MAX_INCLUDES: usize = 256;

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
    if trail.len() > MAX_DEPTH || page.includes >= MAX_INCLUDES {
        let told = |diagnostic: &Diagnostic| diagnostic.code == Code::IncludeTooMany;
        if !page.diagnostics.iter().any(told) {
            page.diagnostics.push(
                Diagnostic::new(
                    Code::IncludeTooMany,
                    place.clone(),
                    format!("the page includes more than {MAX_INCLUDES} files, or more than {MAX_DEPTH} inside each other"),
                )
                .hint("include less; the rest of the page was read"),
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
        Ok(bytes) => {
            trail.push(path);
            let blocks = read_file(files, bytes, trail, page);
            trail.pop();
            blocks
        }
        // A page that includes a missing file several times has one problem.
        Err(_) if !first => Vec::new(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !has_folder(files, &path) => {
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
                        // The words of systems differ; what diagnostics say must not.
                        std::io::ErrorKind::NotFound => format!("there is no file `{path}`"),
                        kind => format!("`{path}` cannot be read: {kind}"),
                    },
                )
                .hint("correct the path or add the file"),
            );
            Vec::new()
        }
    }
}

/// Whether the folder of a path is there. Folders of a checkout are not empty.
fn has_folder(files: &dyn Files, path: &str) -> bool {
    let folder = folder_of(path);
    folder.is_empty() || files.list(folder).is_ok_and(|entries| !entries.is_empty())
}
