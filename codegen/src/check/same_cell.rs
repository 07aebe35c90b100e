//! A type that no page describes, named by a link to a file that is not there: one problem, though two rooms find it.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Files, Lines, decode};

/// Joins every finding about a link with that about the type which the link names, where there is one.
pub(crate) fn join(files: &dyn Files, diagnostics: &mut Vec<Diagnostic>) {
    let (links, mut rest): (Vec<Diagnostic>, Vec<Diagnostic>) = std::mem::take(diagnostics)
        .into_iter()
        .partition(|diagnostic| diagnostic.code == Code::LinkDangling);
    for link in links {
        let same = rest
            .iter_mut()
            .find(|unresolved| is_same(files, unresolved, &link));
        match same {
            Some(unresolved) => {
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
fn is_same(files: &dyn Files, unresolved: &Diagnostic, link: &Diagnostic) -> bool {
    let (cell, target) = (&unresolved.place, &link.place);
    if !matches!(unresolved.code, Code::TypeUnresolved | Code::BaseUnresolved)
        || (&cell.file, cell.line) != (&target.file, target.line)
        || cell.column > target.column
    {
        return false;
    }
    let Ok(bytes) = files.read(&cell.file) else {
        return false;
    };
    let source = decode(bytes).text;
    let lines = Lines::new(cell.file.clone(), &source);
    let between = lines.offset(cell).zip(lines.offset(target));
    let Some(between) = between.and_then(|(from, to)| source.get(from..to)) else {
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
