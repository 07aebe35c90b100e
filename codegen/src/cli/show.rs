//! `typedown show`

use std::collections::BTreeSet;
use std::io::Write;

use comfy_table::{ContentArrangement, Table, presets};

use super::args::{Args, ShowArgs};
use super::{Failure, Outcome, Settings, suggestion};
use crate::rust::Names;
use crate::schema::{Definition, Evidence, Property, Schema, Type, TypeName, VersionSchema};
use crate::visible::visible;

pub(super) fn run(
    args: &Args,
    command: &ShowArgs,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome, Failure> {
    let settings = Settings::of(args, &command.docs, None)?;
    let reading = settings.read()?;
    let unreadable = settings.tell_unreadable(&reading, err);
    let found = find(&reading.schema, &command.name)?;
    let names = Names::new(&reading.schema);
    for (index, name) in found.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write!(out, "{}", table(&reading.schema, name, &names))?;
    }
    unreadable
}

/// The types of this short or qualified name in any version.
fn find<'a>(schema: &'a Schema, wanted: &str) -> Result<BTreeSet<&'a TypeName>, Failure> {
    let found = schema.named(wanted);
    if found.is_empty() {
        let all = schema
            .versions
            .values()
            .flat_map(|types| types.types.keys());
        let all: BTreeSet<&TypeName> = all.collect();
        let shorts: Vec<&str> = all.iter().map(|name| name.short()).collect();
        return Err(Failure::Usage(format!(
            "the docs describe no type `{wanted}`; {}",
            suggestion(wanted, &shorts)
        )));
    }
    Ok(found)
}

/// A type as text: what it is in each version, then its properties or members with a column for each version.
fn table(schema: &Schema, name: &TypeName, names: &Names) -> String {
    let versions: Vec<(&String, &VersionSchema, &Type)> = schema
        .versions
        .iter()
        .filter_map(|(version, types)| Some((version, types, types.types.get(name)?)))
        .collect();
    let mut text = format!("{name}\n");
    for (version, types, ty) in &versions {
        text.push_str(&format!(
            "  {}: {}, {}, {}:{}\n",
            visible(version),
            what(types, name, ty),
            names.rust_path(version, name).unwrap_or_default(),
            visible(&ty.source.page),
            ty.source.line
        ));
    }
    for (version, _) in schema
        .versions
        .iter()
        .filter(|(_, types)| !types.types.contains_key(name))
    {
        text.push_str(&format!("  {}: not there\n", visible(version)));
    }
    let columns: Vec<Vec<(String, String)>> = versions
        .iter()
        .map(|(_, types, ty)| rows(types, name, ty))
        .collect();
    let keys: Vec<&String> = {
        let mut seen = BTreeSet::new();
        columns
            .iter()
            .flatten()
            .map(|(key, _)| key)
            .filter(|key| seen.insert(*key))
            .collect()
    };
    if keys.is_empty() {
        text.push_str(&differences(schema, name, false));
        return text;
    }
    let mut table = Table::new();
    table
        .load_style(presets::UTF8_BORDERS_ONLY)
        .set_content_arrangement(ContentArrangement::Dynamic);
    // On a terminal long cells are broken to fit; in a file or a pipe each property stays on its line.
    if let Some((terminal_size::Width(width), _)) =
        terminal_size::terminal_size_of(std::io::stdout())
    {
        table.set_width(width);
    }
    let mut header = vec![
        String::new(),
        if versions[0].2.structural().is_some() {
            "property"
        } else {
            "member"
        }
        .to_owned(),
    ];
    header.extend(
        versions
            .iter()
            .map(|(version, ..)| visible(version).into_owned()),
    );
    table.set_header(header);
    let mut marked = false;
    for key in keys {
        let cells: Vec<Option<&String>> = columns
            .iter()
            .map(|rows| {
                rows.iter()
                    .find(|(name, _)| name == key)
                    .map(|(_, cell)| cell)
            })
            .collect();
        let differs = cells.iter().any(|cell| cell != &cells[0]);
        marked |= differs;
        let mut row = vec![
            if differs {
                "≠".to_owned()
            } else {
                String::new()
            },
            key.clone(),
        ];
        row.extend(
            cells
                .into_iter()
                .map(|cell| cell.cloned().unwrap_or_else(|| "—".into())),
        );
        table.add_row(row);
    }
    text.push_str(&format!("{table}\n"));
    text.push_str(&differences(schema, name, marked));
    text
}

/// How the versions differ, in lines; `marked` tells whether the table shows any difference.
fn differences(schema: &Schema, name: &TypeName, marked: bool) -> String {
    let with: Vec<&str> = schema
        .versions
        .iter()
        .filter(|(_, types)| types.types.contains_key(name))
        .map(|(version, _)| version.as_str())
        .collect();
    if schema.versions.len() < 2 {
        return String::new();
    }
    if let [only] = with.as_slice() {
        return format!("only in {}\n", visible(only));
    }
    let mut text = String::new();
    for pair in with.windows(2) {
        let Some(twin) = schema.twin(name, [pair[0], pair[1]]) else {
            continue;
        };
        let (old, new) = (visible(pair[0]), visible(pair[1]));
        // Lines name the versions that they are about; with more than two they do not name all.
        if with.len() > 2 {
            text.push_str(&format!("{old} and {new}:\n"));
        }
        if !twin.is_same() {
            text.push_str(&twin.to_string());
        } else if !marked {
            // What the table marks beside, such as traits, is in words only and makes no other type.
            text.push_str(&format!("the same in {old} and {new}\n"));
        }
    }
    text
}

/// `open entity, derives from microsoft.graph.entity`
fn what(types: &VersionSchema, name: &TypeName, ty: &Type) -> String {
    let mut text = String::new();
    if let Definition::Structural(structural) = &ty.definition {
        if types.is_open(name) {
            text.push_str("open ");
        }
        if structural.is_abstract {
            text.push_str("abstract ");
        }
    }
    text.push_str(ty.kind_name());
    if let Some(base) = ty
        .structural()
        .and_then(|structural| structural.base.as_ref())
    {
        text.push_str(&format!(" derived from {}", base.name));
        text.push_str(mark(base.evidence));
    }
    if ty.deprecated {
        text.push_str(", deprecated");
    }
    text
}

/// Marks what the docs do not say themselves.
fn mark(evidence: Evidence) -> &'static str {
    match evidence {
        Evidence::Override => " (override)",
        Evidence::Inferred => " (inferred)",
        Evidence::Annotation | Evidence::Table | Evidence::Json | Evidence::Prose => "",
    }
}

/// Property or member, and what there is to say of it.
fn rows(types: &VersionSchema, name: &TypeName, ty: &Type) -> Vec<(String, String)> {
    match &ty.definition {
        Definition::Structural(_) => types
            .effective_properties(name)
            .into_iter()
            .map(|(property_name, (owner, property))| {
                (property_name.to_owned(), cell(property, owner, name))
            })
            .collect(),
        Definition::Enumeration(enumeration) => enumeration
            .members
            .iter()
            .map(|member| {
                (
                    member.name.clone(),
                    member
                        .value
                        .map_or_else(|| "listed".into(), |value| value.to_string()),
                )
            })
            .collect(),
    }
}

fn cell(property: &Property, owner: &TypeName, of: &TypeName) -> String {
    let mut text = property.ty.to_string();
    if property.navigation {
        text.push_str(", navigation");
    }
    for what in property.traits.iter() {
        text.push_str(&format!(", {}", what.name()));
    }
    if !property.values.is_empty() {
        text.push_str(&format!(": {}", property.values.join(" | ")));
    }
    text.push_str(mark(property.evidence));
    if owner != of {
        text.push_str(&format!(" (from {})", owner.short()));
    }
    text
}
