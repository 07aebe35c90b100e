//! Pages made of bytes: each part is as the docs write it, and with few names the parts often contradict each other.

use std::fmt::Write;

use arbitrary::{Result, Unstructured};

use super::schemas::one_in;

/// The types that pages are about and name.
const TYPES: [&str; 8] = [
    "call",
    "Call",
    "tone",
    "callState",
    "entity",
    "n.call",
    "microsoft.graph.tone",
    "state",
];

/// Properties and members.
const NAMES: [&str; 14] = [
    "id",
    "ID",
    "state",
    "tone",
    "callState",
    "unknownFutureValue",
    "@odata.type",
    "**bold**",
    "a (deprecated)",
    "x y",
    "1099",
    "type",
    "join_url",
    "状态",
];

/// The second and third cells of rows.
const CELLS: [&str; 26] = [
    "String",
    "Int32",
    "Edm.Int64",
    "Boolean",
    "DateTimeOffset",
    "Collection(String)",
    "String collection",
    "[call](call.md) collection",
    "[tone](tone.md)",
    "[tone](call.md)",
    "callState",
    "[callState](#callstate-values)",
    "microsoft.graph.call",
    "Collection(microsoft.graph.tone)",
    "[a](a.md) or [b](b.md)",
    "String (enum)",
    "Collection(",
    "[x](",
    "",
    "Possible values are: `a`, `b`, `unknownFutureValue`. Read-only.",
    "Possible values: a | b. Nullable.",
    "Inherited from [entity](entity.md).",
    "Inherits from [call](call.md). Abstract.",
    "1",
    "Key. Required. Not nullable.",
    "Deprecated. Do not use. Supports `$filter`.",
];

/// Sentences and lines that mean something between tables.
const LINES: [&str; 20] = [
    "Inherits from [entity](entity.md).",
    "Inherits from [call](call.md).",
    "This is an abstract type.",
    "This is an open type.",
    "This resource is an open type that allows other properties to be passed in.",
    "Base type of [call](call.md) and [tone](tone.md).",
    "The following table lists the members of an evolvable enumeration.",
    "You must use the `Prefer: include-unknown-enum-members` request header to get the following values in this evolvable enum: `a`.",
    "Namespace: microsoft.graph",
    "Namespace: n",
    "None",
    "Possible values are: `a`, `b`.",
    "### callState values",
    "## Properties",
    "## Relationships",
    "## JSON representation",
    "# call resource type",
    "# callState enum type",
    "# tone: microsoft.graph.tone",
    "[!INCLUDE [note](../includes/note.md)]",
];

const HEADERS: [&str; 8] = [
    "## Properties\n\n|Property|Type|Description|",
    "## Relationships\n\n|Relationship|Type|Description|",
    "### callState values\n\n|Member|Value|Description|",
    "## callState\n\n|Member|Description|Value|",
    "## Derived types\n\n|Type|Value|Description|",
    "## Methods\n\n|Method|Return type|Description|",
    "## Eigenschaften\n\n|Eigenschaft|Typ|Beschreibung|",
    "|Name|Type|Description|",
];

const KEYS: [&str; 10] = [
    "@odata.type",
    "baseType",
    "openType",
    "abstract",
    "keyProperty",
    "optionalProperties",
    "isMediaEntity",
    "@type",
    "suppressions",
    "type",
];

const PATHS: [&str; 5] = [
    "api-reference/beta/resources/call.md",
    "api-reference/beta/resources/tone.md",
    "api-reference/beta/resources/entity.md",
    "api-reference/v1.0/resources/call.md",
    "api-reference/beta/includes/note.md",
];

/// A path and a text.
pub type File = (String, Vec<u8>);

/// The files of a docs folder.
///
/// # Errors
///
/// If there is not enough input.
pub fn files(input: &mut Unstructured<'_>) -> Result<Vec<File>> {
    let mut files = Vec::new();
    for (at, path) in PATHS.iter().enumerate() {
        // Without its first file it may be no docs folder.
        if at == 0 || one_in(2, input)? {
            files.push(((*path).to_owned(), page(input)?.into_bytes()));
        }
    }
    Ok(files)
}

fn page(input: &mut Unstructured<'_>) -> Result<String> {
    let mut text = String::new();
    if one_in(3, input)? {
        let area = input.choose(&["calls", "sounds", "a b", "\"x"])?;
        let _ = writeln!(
            text,
            "---\ntitle: \"{}\"\nms.subservice: {area}\n---\n",
            name(&TYPES, input)?
        );
    }
    if !one_in(8, input)? {
        let _ = writeln!(text, "# {} resource type\n", name(&TYPES, input)?);
    }
    for _ in 0..input.int_in_range(0..=7_u8)? {
        match input.int_in_range(0..=5_u8)? {
            0 | 1 => table(&mut text, input)?,
            2 => json(&mut text, input)?,
            3 => {
                let _ = writeln!(text, "{}\n", name(&LINES, input)?);
            }
            4 => {
                let _ = writeln!(text, "{} {}", name(&LINES, input)?, name(&CELLS, input)?);
            }
            _ => {
                let _ = writeln!(
                    text,
                    "<!-- {{\"type\": \"#page.annotation\", \"suppressions\": [\"name-casing\", \"type-conflict: {}\"]}} -->",
                    name(&NAMES, input)?
                );
            }
        }
    }
    Ok(text)
}

fn table(text: &mut String, input: &mut Unstructured<'_>) -> Result<()> {
    let _ = writeln!(text, "{}\n|:-|:-|:-|", input.choose(&HEADERS)?);
    for _ in 0..input.int_in_range(0..=4_u8)? {
        let first = if one_in(4, input)? {
            &TYPES[..]
        } else {
            &NAMES[..]
        };
        let cells = [
            name(first, input)?,
            name(&CELLS, input)?,
            name(&CELLS, input)?,
        ];
        let _ = writeln!(
            text,
            "|{}|",
            cells.join(if one_in(16, input)? { "" } else { "|" })
        );
    }
    text.push('\n');
    Ok(())
}

fn json(text: &mut String, input: &mut Unstructured<'_>) -> Result<()> {
    let block = input.choose(&["resource", "resource", "example", "response", "ignored"])?;
    let _ = write!(text, "<!-- {{\"blockType\": \"{block}\"");
    for _ in 0..input.int_in_range(0..=4_u8)? {
        let key = input.choose(&KEYS)?;
        let value = match input.int_in_range(0..=4_u8)? {
            0 => "true".to_owned(),
            1 => format!("[\"{}\"]", name(&NAMES, input)?),
            2 => format!("\"{}\"", name(&NAMES, input)?),
            3 => format!("\"Collection({})\"", name(&TYPES, input)?),
            _ => format!("\"#n.{}\"", name(&TYPES, input)?),
        };
        let _ = write!(text, ", \"{key}\": {value}");
    }
    text.push_str("} -->\n```json\n{");
    for _ in 0..input.int_in_range(0..=5_u8)? {
        let value = match input.int_in_range(0..=5_u8)? {
            0 => "1".to_owned(),
            1 => format!("[\"{}\"]", name(&CELLS, input)?),
            2 => format!(
                "{{\"@odata.type\": \"n.{}\", \"{}\": null}}",
                name(&TYPES, input)?,
                name(&NAMES, input)?
            ),
            3 => "[{}]".to_owned(),
            4 => "\"a | b\"".to_owned(),
            _ => format!("\"{}\"", name(&CELLS, input)?),
        };
        let _ = write!(text, "\"{}\": {value}, ", name(&NAMES, input)?);
    }
    text.push_str("}\n```\n\n");
    Ok(())
}

/// One of some names, and once in a while anything.
fn name(names: &[&str], input: &mut Unstructured<'_>) -> Result<String> {
    if one_in(24, input)? {
        let length = input.int_in_range(0..=6_usize)?;
        return (0..length).map(|_| input.arbitrary::<char>()).collect();
    }
    Ok((*input.choose(names)?).to_owned())
}
