//! Includes that lead into folders that are not there: one problem for each folder, however many pages have it.

use std::collections::{BTreeMap, BTreeSet};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Place;

/// Tells of each missing folder once, at the first of the includes that lead into it, and how many more there are.
pub(crate) fn join_missing(diagnostics: &mut Vec<Diagnostic>, missing: Vec<(Place, String)>) {
    let mut folders: BTreeMap<String, BTreeSet<Place>> = BTreeMap::new();
    for (place, folder) in missing {
        folders.entry(folder).or_default().insert(place);
    }
    let mut more: BTreeMap<Place, usize> = BTreeMap::new();
    let mut told: BTreeSet<Place> = BTreeSet::new();
    for places in folders.into_values() {
        let mut places = places.into_iter();
        if let Some(first) = places.next() {
            more.insert(first, places.len());
            told.extend(places);
        }
    }
    diagnostics.retain_mut(|diagnostic| {
        if diagnostic.code != Code::IncludeMissing {
            return true;
        }
        match more.get(&diagnostic.place) {
            None | Some(0) => {}
            Some(1) => diagnostic.add("; one more include leads into it"),
            Some(count) => diagnostic.add(&format!("; {count} more includes lead into it")),
        }
        !told.contains(&diagnostic.place)
    });
}
