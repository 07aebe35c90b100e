//! Pages of well-formed parts that contradict each other, all the way to a crate.

use arbitrary::Unstructured;
use typedown::Generator;
use typedown::source::MemoryFiles;

use super::pages;
use super::schemas::one_in;
use crate::laws;

pub(super) fn run(input: &[u8]) {
    let mut input = Unstructured::new(input);
    let Ok((files, threads)) = made(&mut input) else {
        return;
    };
    let reading = laws::pages::hold(&files);
    let generator = Generator::new().threads(1);
    let output = generator
        .emit(&reading.schema)
        .expect("nothing is selected");
    laws::emitted::holds(&output.files);
    laws::emitted::features_hold(&output);

    // The order of files and the number of threads must not matter.
    let generator = Generator::new().threads(threads);
    let again = generator.read(&MemoryFiles::new(files.into_iter().rev()));
    let again = again.expect("the files are a docs folder");
    assert_eq!(again.diagnostics, reading.diagnostics);
    assert_eq!(again.schema, reading.schema);
    assert_eq!(
        generator.emit(&again.schema).expect("nothing is selected"),
        output
    );
}

fn made(input: &mut Unstructured<'_>) -> arbitrary::Result<(Vec<pages::File>, usize)> {
    // Threads cost more than what they do here.
    let threads = if one_in(16, input)? { 2 } else { 1 };
    Ok((pages::files(input)?, threads))
}
