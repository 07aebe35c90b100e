//! What a build script does, for docs that a test names: `OUT_DIR=OUT build-script DOCS`.

fn main() -> Result<(), typedown::Error> {
    let docs = std::env::args_os().nth(1).unwrap_or_default();
    typedown::Generator::new().docs(docs).threads(1).build()?;
    Ok(())
}
