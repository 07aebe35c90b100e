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
    // By the line, and by every name that is told of.
    let mut unresolved: HashMap<(Arc<str>, u32), HashMap<String, Vec<usize>>> = HashMap::new();
    for (at, found) in rest.iter().enumerate() {
        if matches!(found.code, Code::TypeUnresolved | Code::BaseUnresolved) {
            let line = (Arc::clone(&found.place.file), found.place.line);
            let here = unresolved.entry(line).or_default();
            for name in found.message.split('`').skip(1).step_by(2) {
                here.entry(name.to_owned()).or_default().push(at);
            }
        }
    }
    for link in links {
        let line = (Arc::clone(&link.place.file), link.place.line);
        let same = unresolved.get(&line).and_then(|here| {
            let source = sources.source(&link.place.file)?;
            let lines = source.lines(&link.place.file);
            let written = source.text.get(..lines.offset(&link.place)?)?;
            let (before, label) = labelled(written)?;
            let mut of_name = here.get(label)?.iter();
            of_name.find(|at| {
                let cell = lines.offset(&rest[**at].place);
                let between = cell.and_then(|cell| before.get(cell..));
                between.is_some_and(|between| !between.replace("\\|", "").contains('|'))
            })
        });
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

/// The label of the link whose target comes next, and what stands before it.
fn labelled(written: &str) -> Option<(&str, &str)> {
    let written = written.strip_suffix('<').unwrap_or(written);
    let (before, label) = written.strip_suffix("](")?.rsplit_once('[')?;
    Some((before, label.trim_matches([' ', '*', '`', '_', '#'])))
}
