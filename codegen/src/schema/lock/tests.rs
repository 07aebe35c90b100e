use super::*;
use crate::Generator;
use crate::source::MemoryFiles;

fn schema() -> Schema {
    let files = MemoryFiles::new([
        (
            "beta/resources/call.md",
            "# call resource type\n\nA *call*. Inherits from [entity](entity.md).\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n\
             |state|callState|Possible values are: `a`, `b`. Read-only.|\n|names|String collection|\"Quoted\" | text|\n|x|[missing](m.md)|?|\n",
        ),
        (
            "beta/resources/entity.md",
            "# entity resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|id|String|\n",
        ),
        (
            "beta/resources/tone.md",
            "# tone enum type\n\n## Members\n\n|Member|Value|\n|-|-|\n|tone0|0|\n|star|10|\n",
        ),
    ]);
    Generator::new().read(&files).unwrap().schema
}

#[test]
fn what_is_saved_is_loaded_again() {
    let schema = schema();
    assert_eq!(Schema::from_lock(&schema.to_lock()).unwrap(), schema);
}

#[test]
fn a_property_takes_one_line() {
    let lock = schema().to_lock();
    let line = lock
        .lines()
        .find(|line| line.contains("\"names\""))
        .unwrap();
    assert_eq!(
        line,
        r#"    "names": {"type":"Collection(Edm.String)","evidence":"table","line":10,"description":"\"Quoted\" \\| text"},"#
    );
}

#[test]
fn the_format_of_the_file_is_checked_first() {
    let newer = r#"{"format": 99, "versions": {}, "more": 1}"#;
    let error = Schema::from_lock(newer).unwrap_err().to_string();
    assert_eq!(
        error,
        "the lock file has format 99, this Typedown reads up to 2: use a newer Typedown"
    );
}

#[test]
fn mistakes_are_told_with_their_place() {
    let lock = schema().to_lock();
    for (from, to, message) in [
        (
            "\"kind\": \"enum\"",
            "\"kind\": \"enumeration\"",
            "expected `entity`, `complex` or `enum`, found `enumeration`",
        ),
        (
            "Collection(Edm.String)",
            "Collection(Edm.Text)",
            "expected a qualified type, found `Collection(Edm.Text)`",
        ),
        (
            "\"type\":\"Edm.Untyped\"",
            "\"type\":\"a.b\"",
            "`microsoft.graph.call` refers to `a.b`, which the file does not describe",
        ),
        (
            "\"line\":10",
            "\"lien\":10",
            "a property has no member `lien`",
        ),
        (
            ",\"line\":10",
            "",
            "line 13, column 101: expected a member `line` of a property, found none",
        ),
        (
            "\"readOnly\":true",
            "\"readOnyl\":true",
            "a property has no member `readOnyl`",
        ),
        (
            "\"base\": \"microsoft.graph.entity\"",
            "\"base\": \"microsoft.graph.call\"",
            "leads into a circle",
        ),
    ] {
        assert!(lock.contains(from), "{from}: {lock}");
        let error = Schema::from_lock(&lock.replacen(from, to, 1))
            .unwrap_err()
            .to_string();
        assert!(error.contains(message), "{error}");
    }
}

fn revision(edited: bool) -> DocsRevision {
    DocsRevision {
        commit: "0123456789abcdef0123456789abcdef01234567".into(),
        edited,
    }
}

#[test]
fn the_revision_of_the_docs_has_a_line_of_its_own() {
    let lock = Lock {
        docs: Some(revision(false)),
        ..Lock::of(&schema(), &schema())
    };
    let text = lock.to_text();
    let line = "\"docs\": {\"commit\":\"0123456789abcdef0123456789abcdef01234567\"},";
    assert_eq!(text.lines().nth(2), Some(line));
    assert_eq!(Lock::parse(&text).unwrap(), lock);
    let told = |mut text: String, docs: Option<&DocsRevision>| {
        tell_docs(&mut text, docs);
        text
    };
    assert_eq!(told(text.clone(), None), schema().to_lock());
    assert_eq!(told(schema().to_lock(), Some(&revision(false))), text);
    let edited = told(text, Some(&revision(true)));
    assert!(Lock::parse(&edited).unwrap().docs.unwrap().edited);
}

#[test]
fn files_of_the_first_format_are_still_read() {
    let text = schema().to_lock();
    let first = text.replacen("\"format\": 2", "\"format\": 1", 1);
    assert_eq!(Schema::from_lock(&first).unwrap(), schema());
}

#[test]
fn a_change_of_one_type_changes_its_own_lines_only() {
    let mut changed = schema();
    let types = &mut changed.versions.values_mut().next().unwrap().types;
    let (name, ty) = types.iter_mut().next().unwrap();
    ty.description = Some("Something else.".into());
    let name = format!("  \"{name}\": ");
    let (old, new) = (schema().to_lock(), changed.to_lock());
    let own = |text: &str| {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let start = lines
            .iter()
            .position(|line| line.starts_with(&name))
            .unwrap();
        let length = lines[start..]
            .iter()
            .position(|line| line.starts_with("  }"))
            .unwrap();
        (lines[..start].to_vec(), lines[start + length..].to_vec())
    };
    assert_eq!(own(&old), own(&new));
    assert_ne!(old, new);
}
