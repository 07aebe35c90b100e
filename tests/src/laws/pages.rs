//! What must hold for any pages.

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, TagEnd};
use typedown::diagnostic::{Diagnostic, Severity};
use typedown::source::{MemoryFiles, Place, decode};
use typedown::{Generator, Reading};

/// Reads pages and checks them: every row is accounted for, every place is one of the docs, no error is hidden, and what
/// is saved is loaded again. The files must be those of a docs folder.
///
/// # Panics
///
/// If a law is broken.
#[must_use]
pub fn hold(files: &[(String, Vec<u8>)]) -> Reading {
    let texts = files
        .iter()
        .map(|(path, bytes)| (path.as_str(), decode(bytes.clone()).text));
    let texts: BTreeMap<&str, String> = texts.collect();
    let files = MemoryFiles::new(files.iter().cloned());
    let generator = Generator::new().threads(1);
    let reading = generator.read(&files).expect("the files are a docs folder");
    let checked = generator.lint(&files).expect("the files are a docs folder");
    assert_eq!(checked.schema, reading.schema);

    rows_are_accounted_for(&texts, &reading);
    for told in [&checked.diagnostics, &checked.suppressed] {
        let places = told.iter().flat_map(|diagnostic| {
            let places = [Some(&diagnostic.place), diagnostic.other.as_ref()];
            places
                .into_iter()
                .flatten()
                .map(move |place| (diagnostic, place))
        });
        places.for_each(|(diagnostic, place)| is_there(&texts, diagnostic, place));
    }
    let hidden = |diagnostic: &&Diagnostic| diagnostic.code.severity() == Severity::Error;
    assert_eq!(
        checked.suppressed.iter().find(hidden),
        None,
        "an error is hidden"
    );
    super::lock::holds(&reading.schema);
    reading
}

/// Every row of a page's tables is counted by what became of it.
fn rows_are_accounted_for(texts: &BTreeMap<&str, String>, reading: &Reading) {
    // A page that another one includes stands in the inventory of both.
    if texts
        .values()
        .any(|text| text.to_uppercase().contains("INCLUDE"))
    {
        return;
    }
    for (path, text) in texts {
        // Front matter is no Markdown.
        let is_page = path.contains("/resources/") && !text.starts_with("---");
        if is_page {
            let own = reading
                .tables
                .iter()
                .filter(|table| *table.place.file == **path);
            let told: u32 = own
                .map(|table| table.used + table.diagnosed + table.set_aside - table.mended)
                .sum();
            assert_eq!(rows(text), told, "{path}: {text:?}");
        }
    }
}

/// The rows of all tables of a page, counted apart from Typedown.
fn rows(text: &str) -> u32 {
    let ends = Parser::new_ext(text, Options::ENABLE_TABLES)
        .filter(|event| *event == Event::End(TagEnd::TableRow));
    u32::try_from(ends.count()).expect("a text has fewer rows")
}

/// A place is a line of a file, and a column of it or the one behind its end.
fn is_there(texts: &BTreeMap<&str, String>, diagnostic: &Diagnostic, place: &Place) {
    let Some(text) = texts.get(&*place.file) else {
        panic!("no such file: {diagnostic}");
    };
    let at = (place.line as usize).checked_sub(1);
    // Behind the last line there is an end too.
    let line = at.and_then(|at| text.split('\n').nth(at));
    let length = line.map(|line| line.chars().count());
    let is_column = |length: usize| (1..=length + 1).contains(&(place.column as usize));
    assert!(length.is_some_and(is_column), "no such place: {diagnostic}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use typedown::diagnostic::Code;

    const PATH: &str = "api-reference/beta/resources/call.md";
    const PAGE: &str =
        "# call resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|id|String|\n";

    fn texts() -> BTreeMap<&'static str, String> {
        [(PATH, PAGE.to_owned())].into()
    }

    #[test]
    fn a_plain_page_holds() {
        let reading = hold(&[(PATH.to_owned(), PAGE.into())]);
        assert_eq!(reading.tables[0].used, 1);
    }

    #[test]
    #[should_panic(expected = "left: 1")]
    fn a_row_that_is_lost_is_found() {
        let mut reading = hold(&[(PATH.to_owned(), PAGE.into())]);
        reading.tables[0].used = 0;
        rows_are_accounted_for(&texts(), &reading);
    }

    #[test]
    fn the_end_of_a_line_is_a_place_of_it() {
        let place = Place::new(PATH, 7, 12);
        is_there(
            &texts(),
            &Diagnostic::new(Code::NameCasing, place.clone(), ""),
            &place,
        );
    }

    #[test]
    #[should_panic(expected = "no such place")]
    fn a_place_behind_the_end_of_a_line_is_found() {
        let place = Place::new(PATH, 7, 13);
        is_there(
            &texts(),
            &Diagnostic::new(Code::NameCasing, place.clone(), ""),
            &place,
        );
    }

    #[test]
    #[should_panic(expected = "no such file")]
    fn a_place_in_no_file_is_found() {
        let place = Place::new("other.md", 1, 1);
        is_there(
            &texts(),
            &Diagnostic::new(Code::NameCasing, place.clone(), ""),
            &place,
        );
    }
}
