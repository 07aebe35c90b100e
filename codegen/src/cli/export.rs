//! `typedown export`

use std::io::Write;

use super::args::{Args, ExportArgs, ExportFormat};
use super::{Failure, Outcome, Settings, write_file};
use crate::export::{csdl, json_schema};
use crate::report::write_json;

pub(super) fn run(
    args: &Args,
    command: &ExportArgs,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let settings = Settings::of(args, &command.docs, None)?;
    let reading = settings.read()?;
    if reading.pages == 0 {
        return Err(Failure::Usage(format!(
            "there is nothing to export: {}",
            settings.no_pages()
        )));
    }
    let mut versions = reading.schema.versions.iter();
    let (Some((_, schema)), None) = (versions.next(), versions.next()) else {
        let names: Vec<String> = reading
            .schema
            .versions
            .keys()
            .map(|name| format!("`--version {name}`"))
            .collect();
        return Err(Failure::Usage(format!(
            "a format holds one version: add {}",
            names.join(" or ")
        )));
    };
    let text = match command.format {
        ExportFormat::Csdl => csdl(schema).into_bytes(),
        ExportFormat::JsonSchema => {
            let mut text = Vec::new();
            write_json(&json_schema(schema), &mut text)?;
            text
        }
    };
    match &command.out {
        Some(path) => write_file(path, text)?,
        None => out.write_all(&text)?,
    }
    settings.tell_unreadable(&reading, err)
}
