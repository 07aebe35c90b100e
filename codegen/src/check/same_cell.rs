//! A type that no page describes, named by a link to a file that is not there: one problem, though two rooms find it.

use std::collections::HashMap;
use std::sync::Arc;

use super::locate::Sources;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Files;

/// Joins every finding about a link with that about the type which the link names, where there is one.
pub(crate) fn join(files: &dyn Files, diagnostics: &mut Vec<Diagnostic>) {
    let sources = Sources::new(files);
    let (links, mut rest): (Vec<Diagnostic>, Vec<Diagnostic>) = std::mem::take(diagnostics)
        .into_iter()
        .partition(|diagnostic| diagnostic.code == Code::LinkDangling);
    let mut unresolved: HashMap<(Arc<str>, u32), Vec<usize>> = HashMap::new();
    for (at, found) in rest.iter().enumerate() {
        if matches!(found.code, Code::TypeUnresolved | Code::BaseUnresolved) {
            let line = (Arc::clone(&found.place.file), found.place.line);
            unresolved.entry(line).or_default().push(at);
        }
    }
    for link in links {
        let line = (Arc::clone(&link.place.file), link.place.line);
        let mut here = unresolved.get(&line).into_iter().flatten();
        let same = here.find(|at| is_same(&sources, &rest[**at], &link));
        match same {
            Some(at) => {
                let unresolved = &mut rest[*at];
                unresolved.add(&format!("; {}", link.message));
                // The name of a file that is there says more than that there is something to correct.
                let near = link.hint.filter(|hint| hint.ends_with('?'));
                unresolved.hint = near.or(unresolved.hint.take());
            }
            None => rest.push(link),
        }
    }
    *diagnostics = rest;
}

/// Whether a link stands in the cell of a type that is unresolved, and is labelled with that type.
fn is_same(sources: &Sources<'_>, unresolved: &Diagnostic, link: &Diagnostic) -> bool {
    let (cell, target) = (&unresolved.place, &link.place);
    if cell.column > target.column {
        return false;
    }
    let Some(source) = sources.source(&cell.file) else {
        return false;
    };
    let lines = source.lines(&cell.file);
    let between = lines.offset(cell).zip(lines.offset(target));
    let Some(between) = between.and_then(|(from, to)| source.text.get(from..to)) else {
        return false;
    };
    // `between` ends with `[label](`, or with `[label](<`.
    let Some((before, label)) = between
        .rsplit_once("](")
        .and_then(|(text, _)| text.rsplit_once('['))
    else {
        return false;
    };
    let label = label.trim_matches([' ', '*', '`', '_', '#']);
    !before.replace("\\|", "").contains('|') && unresolved.message.contains(&format!("`{label}`"))
}
