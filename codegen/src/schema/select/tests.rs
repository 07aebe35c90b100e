use super::*;
use crate::Generator;
use crate::source::MemoryFiles;

/// Pages of a version. A type is `NAME: BASE`, an entity if its name ends with `+`; a line for each property follows,
/// with `->` between the name and the type of a navigation property.
fn pages(version: &str, text: &str) -> Vec<(String, String)> {
    let types = text.trim().split("\n\n").filter(|text| !text.is_empty());
    let page = |text: &str| {
        let mut lines = text.lines();
        let head = lines.next().unwrap();
        let (name, base) = head.split_once(": ").unwrap_or((head, ""));
        let (kind, name) = match name.strip_suffix('+') {
            Some(name) => ("entity", name),
            None => ("complex", name),
        };
        let base = match base {
            "" => String::new(),
            base => format!(", \"baseType\": \"microsoft.graph.{base}\""),
        };
        let mut rows = [String::new(), String::new()];
        for line in lines {
            let (property, ty) = line.split_once(' ').unwrap();
            let (at, ty) = ty.strip_prefix("-> ").map_or((0, ty), |ty| (1, ty));
            rows[at].push_str(&format!("|{property}|{ty}|\n"));
        }
        let [properties, relations] = rows;
        let about = format!(
            "# {name} {kind} type\n\nWhat it is.\n\n## Properties\n\n|Property|Type|\n|-|-|\n{properties}\n\
             ## Relationships\n\n|Relationship|Type|\n|-|-|\n{relations}\n\
             <!-- {{\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.{name}\"{base}}} -->\n```json\n{{}}\n```\n"
        );
        (format!("{version}/resources/{name}.md"), about)
    };
    types.map(page).collect()
}

fn read(versions: &[(&str, &str)]) -> Schema {
    let files = versions
        .iter()
        .flat_map(|(version, text)| pages(version, text));
    let files = MemoryFiles::new(files.collect::<Vec<_>>());
    Generator::new().read(&files).unwrap().schema
}

const TOWER: &str = "
entity+
id String

sounder+: entity
pitch Int32

bell+: sounder
clapper clapper
tower -> tower

gong+: sounder
size Int32

tower+: entity
clock clock
bells -> bell collection
keeper -> keeper

clapper
length Int32

clock
hands hand collection

hand
clock clock

sundial: clock
shade Int32

keeper+: entity
house house

house
size Int32
";

fn selection(names: &[&str], navigation: Navigation) -> Selection {
    Selection {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        navigation,
        derived: false,
    }
}

fn names(schema: &Schema) -> Vec<&str> {
    let types = schema.versions["v1.0"].types.keys();
    types.map(TypeName::short).collect()
}

fn properties<'a>(schema: &'a Schema, of: &str) -> Vec<&'a str> {
    let ty = &schema.versions["v1.0"].types[of];
    let properties = ty.structural().unwrap().properties.keys();
    properties.map(String::as_str).collect()
}

#[test]
fn a_type_brings_its_bases_and_the_types_of_properties() {
    let schema = read(&[("v1.0", TOWER)]);
    let selected = schema
        .select(&selection(&["bell"], Navigation::Omit))
        .unwrap();
    assert_eq!(names(&selected), ["bell", "clapper", "entity", "sounder"]);
    assert_eq!(properties(&selected, "microsoft.graph.bell"), ["clapper"]);
}

#[test]
fn types_that_reach_each_other_end_the_search_and_stay_as_they_are() {
    let schema = read(&[("v1.0", TOWER)]);
    let selected = schema
        .select(&selection(&["tower"], Navigation::Full))
        .unwrap();
    assert_eq!(
        names(&selected),
        [
            "bell", "clapper", "clock", "entity", "hand", "house", "keeper", "sounder", "tower"
        ]
    );
    let whole = &schema.versions["v1.0"].types;
    let mut types = selected.versions["v1.0"].types.iter();
    assert!(types.all(|(name, ty)| ty == &whole[name]));
}

#[test]
fn without_names_every_type_is_selected() {
    let schema = read(&[("v1.0", TOWER)]);
    for navigation in [Navigation::Full, Navigation::Ids] {
        let selected = schema.select(&selection(&[], navigation)).unwrap();
        assert_eq!(selected, schema);
    }
    let selected = schema.select(&selection(&[], Navigation::Omit)).unwrap();
    assert_eq!(names(&selected), names(&schema));
    assert_eq!(properties(&selected, "microsoft.graph.tower"), ["clock"]);
}

#[test]
fn with_ids_what_only_navigation_reaches_is_reduced_to_its_identity() {
    let schema = read(&[("v1.0", TOWER)]);
    let ids = selection(&["tower"], Navigation::Ids);
    let selected = schema.select(&ids).unwrap();
    assert_eq!(
        names(&selected),
        ["bell", "clock", "entity", "hand", "keeper", "tower"]
    );
    let [reduced, whole] =
        [&selected, &schema].map(|schema| &schema.versions["v1.0"].types["microsoft.graph.bell"]);
    assert_eq!(properties(&selected, "microsoft.graph.bell"), ["id"]);
    assert_eq!(reduced.structural().unwrap().base, None);
    assert_eq!(reduced.kind_name(), "entity");
    assert_eq!(
        (&reduced.description, &reduced.source),
        (&whole.description, &whole.source)
    );
    // Selecting again changes nothing.
    assert_eq!(selected.select(&ids).unwrap(), selected);
}

#[test]
fn with_ids_what_is_reached_otherwise_stays_whole() {
    let schema = read(&[("v1.0", TOWER)]);
    let selected = schema
        .select(&selection(&["tower", "bell"], Navigation::Ids))
        .unwrap();
    assert_eq!(
        properties(&selected, "microsoft.graph.bell"),
        ["clapper", "tower"]
    );
}

#[test]
fn derived_types_come_where_there_are_values_of_their_base() {
    let schema = read(&[("v1.0", TOWER)]);
    let derived = |name: &str| {
        let selected = schema.select(&Selection {
            derived: true,
            ..selection(&[name], Navigation::Omit)
        });
        let selected = selected.unwrap();
        names(&selected).join(" ")
    };
    assert_eq!(derived("hand"), "clock hand sundial");
    assert_eq!(derived("sounder"), "bell clapper entity gong sounder");
    // The common base of all is no reason to write all.
    assert_eq!(derived("gong"), "entity gong sounder");
}

#[test]
fn names_are_short_or_qualified_in_any_casing_and_may_be_in_one_version() {
    let schema = read(&[("beta", TOWER), ("v1.0", "house\nsize Int32")]);
    for name in ["CLOCK", " Microsoft.Graph.Clock"] {
        let selected = schema
            .select(&selection(&[name], Navigation::Full))
            .unwrap();
        assert_eq!(selected.versions["beta"].types.len(), 2);
        // Each version is searched on its own.
        assert!(selected.versions["v1.0"].types.is_empty());
    }
}

#[test]
fn names_that_no_version_has_are_told_together_with_near_misses() {
    let schema = read(&[("beta", TOWER), ("v1.0", TOWER)]);
    let wanted = ["towr", "bell", "microsoft.grph.sundial", "xyzzy"];
    let error = schema.select(&selection(&wanted, Navigation::Full));
    assert_eq!(
        error.unwrap_err().to_string(),
        "there are 3 selected types that cannot be found\n  \
         no page of beta and v1.0 describes a type `towr`; did you mean `tower`?\n  \
         no page of beta and v1.0 describes a type `microsoft.grph.sundial`; did you mean `microsoft.graph.sundial`?\n  \
         no page of beta and v1.0 describes a type `xyzzy`; `typedown list` names all types"
    );
}
