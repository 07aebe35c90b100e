//! The committed crate is what the generator makes of the committed pages.

use typedown::Generator;
use typedown_tests::workspace;

#[test]
fn generated_is_up_to_date() {
    let generator = Generator::new().docs(workspace().join("docs-input"));
    let reading = generator.read_docs().unwrap();
    let written = generator
        .emit(&reading.schema)
        .unwrap()
        .check(&workspace().join("generated"))
        .unwrap();
    assert!(
        written.is_empty(),
        "generated/ is not what the generator makes of docs-input/: run `cargo run --release -- generate` and commit \
         what it writes\n{written:#?}"
    );
}

#[test]
fn the_lock_file_holds_the_schema() {
    let text = std::fs::read_to_string(workspace().join("generated/typedown.lock.json")).unwrap();
    let reading = Generator::new()
        .docs(workspace().join("docs-input"))
        .read_docs()
        .unwrap();
    assert_eq!(
        typedown::schema::Schema::from_lock(&text).unwrap(),
        reading.schema
    );
}
