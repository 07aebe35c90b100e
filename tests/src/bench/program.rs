//! The program that reads and writes examples with the types of two emitted crates.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use typedown::rust::Names;

use crate::emitted::{self, Problem};
use crate::examples::Object;

/// What the program does, whatever the types.
const MAIN: &str = include_str!("program/main.rs");

/// Writes the program into a folder beside those of the two crates, whose names are their modes with `-models`.
///
/// # Errors
///
/// If a file cannot be written.
pub fn write(parent: &Path, names: &Names, objects: &[Object]) -> Result<PathBuf, Problem> {
    let folder = parent.join("program");
    std::fs::create_dir_all(folder.join("src"))?;
    std::fs::write(folder.join("Cargo.toml"), MANIFEST)?;
    std::fs::write(folder.join("src/main.rs"), MAIN)?;
    std::fs::write(folder.join("src/dispatch.rs"), dispatch(names, objects))?;
    emitted::lock(&folder)?;
    Ok(folder)
}

const MANIFEST: &str = r#"[package]
name = "program"
version = "0.1.0"
edition = "2021"

[dependencies]
derive-models = { path = "../derive-models" }
serde = "1"
serde_json = "1"
table-models = { path = "../table-models" }

[workspace]
"#;

/// A function that finds the types of a name, for those that the examples have.
fn dispatch(names: &Names, objects: &[Object]) -> String {
    let types: BTreeSet<_> = objects
        .iter()
        .map(|object| (&object.version, &object.type_name))
        .collect();
    let mut text = String::from(
        "//! Which types a name in the docs means.\n\n\
         use crate::{types, Types};\n\n\
         /// The types of a name in a version.\n\
         pub fn find(version: &str, name: &str) -> Option<Types> {\n    \
             Some(match (version, name) {\n",
    );
    for (version, ty) in types {
        if let Some(path) = names.rust_path(version, ty) {
            let _ = writeln!(
                text,
                "        ({version:?}, {:?}) => types::<table_models::{path}, derive_models::{path}>(),",
                ty.as_str()
            );
        }
    }
    text.push_str("        _ => return None,\n    })\n}\n");
    text
}

/// The lines that the program reads.
#[must_use]
pub fn input(objects: &[Object]) -> String {
    let mut text = String::new();
    for object in objects {
        let (version, ty) = (&object.version, object.type_name.as_str());
        let _ = writeln!(text, "{version}\t{ty}\t{}", object.json);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use typedown::source::MemoryFiles;

    #[test]
    fn each_type_of_the_examples_is_found_once() {
        let path = "api-reference/v1.0/resources/tone.md";
        let page =
            "# tone resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|pitch|Int32|\n";
        let reading = typedown::Generator::new()
            .read(&MemoryFiles::new([(path, page)]))
            .unwrap();
        let ty = reading.schema.versions["v1.0"].types.keys().next().unwrap();
        let object = Object {
            version: "v1.0".to_owned(),
            page: "tone-get.md".to_owned(),
            line: 1,
            type_name: ty.clone(),
            json: "{}".to_owned(),
        };
        let objects = [object.clone(), object];
        let text = dispatch(&Names::new(&reading.schema), &objects);
        let arm = r#"("v1.0", "microsoft.graph.tone") => types::<table_models::v1_0::Tone, derive_models::v1_0::Tone>(),"#;
        assert_eq!(text.matches(arm).count(), 1, "{text}");
        assert_eq!(input(&objects[..1]), "v1.0\tmicrosoft.graph.tone\t{}\n");
    }
}
