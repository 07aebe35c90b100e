//! Crates that make their models in build.rs, as users write them.

use std::fs;
use std::path::{Path, PathBuf};

use typedown_tests::emitted::{cargo, copy, lock, run};
use typedown_tests::workspace;

/// Where all of them are built, so that dependencies are compiled once.
fn target() -> PathBuf {
    workspace().join("target/build-script")
}

/// The example, in a folder of its own.
fn example() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&workspace().join("examples/build-script"), folder.path()).unwrap();
    lock(folder.path()).unwrap();
    for file in ["Cargo.toml", "build.rs"] {
        edit(
            &folder.path().join(file),
            "../../",
            &format!("{}/", workspace().display()),
        );
    }
    folder
}

/// The file in which cargo keeps what the build script of a crate printed when it last ran.
fn printed_by(folder: &Path) -> PathBuf {
    let scripts = fs::read_dir(target().join("debug/build")).unwrap();
    let printed = scripts.map(|entry| entry.unwrap().path().join("output"));
    let docs = format!("{}/docs/", folder.display());
    let is_own = |path: &PathBuf| {
        let root = path.with_file_name("root-output");
        root.exists() && fs::read_to_string(path).is_ok_and(|text| text.contains(&docs))
    };
    printed.filter(is_own).max().unwrap()
}

fn edit(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{}: {text}", path.display());
    fs::write(path, text.replace(from, to)).unwrap();
}

#[test]
fn the_example_builds_and_runs_in_any_edition_and_any_module() {
    let folder = example();
    let main = folder.path().join("src/main.rs");
    let printed = run(&mut cargo(folder.path(), &target(), &["run"])).unwrap();
    assert_eq!(
        String::from_utf8(printed).unwrap(),
        "17e3b46c-f61d-4f4d-9635-c626ef18e6ad: over: true\n"
    );
    edit(
        &folder.path().join("Cargo.toml"),
        "edition = \"2024\"",
        "edition = \"2021\"",
    );
    edit(
        &main,
        "mod graph {\n    include!(concat!(env!(\"OUT_DIR\"), \"/typedown.rs\"));\n}\n",
        "mod a {\n    pub(crate) mod b {\n        include!(concat!(env!(\"OUT_DIR\"), \"/typedown.rs\"));\n    }\n}\nuse a::b as graph;\n",
    );
    let text = fs::read_to_string(&main).unwrap();
    let strict = "#![deny(warnings, missing_docs, unreachable_pub, rust_2018_idioms, unused_qualifications, unused_results)]\n";
    let (about, code) = text.split_once("\n\n").unwrap();
    fs::write(&main, format!("{about}\n\n{strict}{code}")).unwrap();
    run(&mut cargo(folder.path(), &target(), &["run"])).unwrap();
}

#[test]
fn the_readme_shows_the_example() {
    let readme = fs::read_to_string(workspace().join("README.md")).unwrap();
    let read = |file: &str| {
        let path = workspace().join("examples/build-script").join(file);
        fs::read_to_string(path).unwrap()
    };
    let script = read("build.rs").replace("../../docs-input", "docs");
    assert!(
        readme.contains(&format!("```rust,no_run\n{script}```")),
        "{script}"
    );
    let (_, include) = readme.split_once("```rust,ignore\n").unwrap();
    let (include, _) = include.split_once("```").unwrap();
    assert!(read("src/main.rs").contains(include), "{include}");
}

#[test]
fn an_untouched_tree_is_not_built_again_and_a_new_page_is_noticed() {
    let folder = example();
    // Cargo knows crates in one target folder by their names.
    edit(
        &folder.path().join("Cargo.toml"),
        "build-script-example",
        "watching-example",
    );
    let docs = folder.path().join("docs/api-reference/v1.0/resources");
    fs::create_dir_all(&docs).unwrap();
    let page = |name: &str| {
        format!(
            "# {name} resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|pitch|Int32|\n"
        )
    };
    fs::write(docs.join("tone.md"), page("tone")).unwrap();
    let script = "fn main() -> Result<(), typedown::Error> {\n    typedown::Generator::new().docs(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/docs\")).build()?;\n    Ok(())\n}\n";
    fs::write(folder.path().join("build.rs"), script).unwrap();
    let main = "mod graph {\n    include!(concat!(env!(\"OUT_DIR\"), \"/typedown.rs\"));\n}\nfn main() {\n    println!(\"{:?}\", graph::v1_0::Tone::default());\n}\n";
    fs::write(folder.path().join("src/main.rs"), main).unwrap();
    let build = || run(&mut cargo(folder.path(), &target(), &["build"])).unwrap();
    build();
    let ran = || {
        fs::metadata(printed_by(folder.path()))
            .unwrap()
            .modified()
            .unwrap()
    };
    let before = ran();
    build();
    assert_eq!(ran(), before);
    fs::write(docs.join("bell.md"), page("bell")).unwrap();
    let source = fs::read_to_string(folder.path().join("src/main.rs")).unwrap();
    fs::write(
        folder.path().join("src/main.rs"),
        source.replace("Tone", "Bell"),
    )
    .unwrap();
    build();
    assert_ne!(ran(), before);
}
