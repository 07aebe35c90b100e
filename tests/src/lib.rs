//! What the end-to-end tests share: where things are, and how a schema is compared but for places and texts.

pub mod bench;
pub mod choices;
pub mod csdl;
pub mod differences;
pub mod emitted;
pub mod examples;
pub mod folder;
pub mod fuzz;
pub mod hostile;
pub mod laws;
pub mod repository;
pub mod rustdoc;
pub mod wire;

use std::path::{Path, PathBuf};

use typedown::schema::{Definition, Schema, Type};
use typedown::source::MemoryFiles;
use typedown::{Generator, Reading};

/// The workspace's folder.
#[must_use]
pub fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The folder of reference material, if the environment names one; says that a test is skipped if it does not.
#[must_use]
pub fn corpus(test: &str) -> Option<PathBuf> {
    let found = std::env::var_os("TYPEDOWN_CORPUS").map(|path| workspace().join(path));
    if found.is_none() {
        // Straight to the process's error stream: the test harness shows captured output of failures only.
        use std::io::Write;
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED {test}: TYPEDOWN_CORPUS is not set"
        );
    }
    found
}

/// Reads one page on its own.
///
/// # Panics
///
/// If the page's path is not one of a docs folder.
#[must_use]
pub fn read_page(path: &str, text: String) -> Reading {
    Generator::new()
        .read(&MemoryFiles::new([(path, text)]))
        .expect("one page is a docs folder")
}

/// A type as the facts that do not depend on language and place: kind, base, openness, key, then a line for each
/// property (type, role, values) or member.
#[must_use]
pub fn facts(ty: &Type) -> Vec<String> {
    let mut facts = vec![ty.kind_name().to_owned()];
    match &ty.definition {
        Definition::Structural(structural) => {
            facts.push(format!(
                "base {:?}",
                structural.base.as_ref().map(|base| &base.name)
            ));
            facts.push(format!(
                "open {} abstract {}",
                structural.open, structural.is_abstract
            ));
            facts.push(format!("key {:?}", structural.key));
            facts.extend(structural.properties.iter().map(|(name, property)| {
                let role = if property.navigation {
                    " navigation"
                } else {
                    ""
                };
                format!("{name}: {}{role} {:?}", property.ty, property.values)
            }));
        }
        Definition::Enumeration(enumeration) => {
            facts.push(format!("flags {}", enumeration.flags));
            facts.extend(
                enumeration
                    .members
                    .iter()
                    .map(|member| format!("{} = {:?}", member.name, member.value)),
            );
        }
    }
    facts
}

/// The type of this qualified name in this version.
///
/// # Panics
///
/// If there is none.
#[must_use]
pub fn type_of<'a>(schema: &'a Schema, version: &str, name: &str) -> &'a Type {
    schema
        .versions
        .get(version)
        .and_then(|types| types.types.get(name))
        .unwrap_or_else(|| panic!("{version} has no {name}"))
}

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;

#[cfg(doctest)]
#[doc = include_str!("../../docs/types.md")]
struct Types;

#[cfg(doctest)]
#[doc = include_str!("../../docs/settings.md")]
struct Settings;

#[cfg(doctest)]
#[doc = include_str!("../../docs/changes.md")]
struct Changes;
