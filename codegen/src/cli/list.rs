//! `typedown list`

use std::io::Write;

use serde_json::json;

use super::args::{Args, ListArgs};
use super::{Failure, Outcome, Settings};
use crate::report::write_json;
use crate::rust::Names;
use crate::visible::visible;

pub(super) fn run(
    args: &Args,
    command: &ListArgs,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let settings = Settings::of(args, &command.docs, None)?;
    let reading = settings.read()?;
    settings.note_no_pages(&reading, err)?;
    let names = Names::new(&reading.schema);
    let types = reading.schema.versions.iter().flat_map(|(version, types)| {
        types
            .types
            .iter()
            .map(move |(name, ty)| (version.as_str(), name, ty))
    });
    if command.json {
        let types: Vec<serde_json::Value> = types
            .map(|(version, name, ty)| {
                json!({
                    "version": version,
                    "namespace": name.namespace(),
                    "name": name.short(),
                    "kind": ty.kind_name(),
                    "rust_path": names.rust_path(version, name),
                    "page": &*ty.source.page,
                    "line": ty.source.line,
                })
            })
            .collect();
        write_json(&types, out)?;
    } else {
        for (version, name, ty) in types {
            let path = names.rust_path(version, name).unwrap_or_default();
            writeln!(
                out,
                "{:<6} {:<8} {path:<60} {}:{}",
                visible(version),
                ty.kind_name(),
                visible(&ty.source.page),
                ty.source.line
            )?;
        }
    }
    settings.tell_unreadable(&reading, err)
}
