use std::path::Path;

use super::super::parse;
use super::*;

fn read(text: &str) -> Result<Vec<Override>, String> {
    match parse(Path::new("typedown.toml"), text) {
        Ok(config) => Ok(config.overrides),
        Err(error) => Err(error.to_string()),
    }
}

fn error(text: &str) -> String {
    read(text).expect_err("it is wrong")
}

#[test]
fn every_verb_is_read() {
    let overrides = read(
        "[overrides.\"a.b\"]\nrename = \"c\"\nbase = \"a.d\"\nkind = \"entity\"\n\n\
         [overrides.\"a.b/p\"]\ntype = \"Collection(Edm.Int32)\"\nvalues = [\"x\"]\nversions = [\"beta\"]\n\n\
         [overrides.\"a.b/q\"]\nskip = true\n\n\
         [overrides.\"a.e\"]\nbase = \"none\"\n",
    )
    .unwrap();
    let at = |line| Place::new("typedown.toml", line, 12);
    let expected = [
        Override {
            rename: Some("c".into()),
            base: Some(TypeName::parse("a.d")),
            kind: Some(Kind::Entity),
            place: at(1),
            ..Override::of("a.b")
        },
        Override {
            ty: TypeRef::parse("Collection(Edm.Int32)"),
            values: Some(vec!["x".into()]),
            versions: vec!["beta".into()],
            place: at(6),
            ..Override::of("a.b/p")
        },
        Override {
            skip: true,
            place: at(11),
            ..Override::of("a.b/q")
        },
        Override {
            base: Some(None),
            place: at(14),
            ..Override::of("a.e")
        },
    ];
    assert_eq!(overrides, expected);
}

#[test]
fn one_path_may_have_several_tables() {
    let overrides = read(
        "[[overrides.b]]\nkind = \"enum\"\nversions = [\"beta\"]\n[[overrides.b]]\nskip = true\nversions = [\"v1.0\"]\n",
    )
    .unwrap();
    assert_eq!(overrides.len(), 2);
    assert_eq!(overrides[1].versions, ["v1.0"]);
}

#[test]
fn an_unknown_verb_is_told_with_the_near_one() {
    assert_eq!(
        error("[overrides.b]\nrenam = \"c\"\n"),
        "typedown.toml:2:1: there is no verb `renam` for overrides; did you mean `rename`?"
    );
    assert_eq!(
        error("[overrides.b]\nzzz = \"c\"\n"),
        "typedown.toml:2:1: there is no verb `zzz` for overrides; there are rename, type, base, kind, values, skip, versions"
    );
}

#[test]
fn a_wrong_kind_of_value_is_told_with_its_place() {
    for (line, message) in [
        (
            "rename = 3",
            "2:10: expected a name in quotes for `rename`, found integer",
        ),
        (
            "values = \"x\"",
            "2:10: expected a list such as [\"a\", \"b\"] for `values`, found string",
        ),
        (
            "values = [\"x\", 1]",
            "2:16: expected a list such as [\"a\", \"b\"] for `values`, found integer",
        ),
        ("skip = 1", "2:8: expected `true` for `skip`, found integer"),
        (
            "skip = false",
            "2:8: expected `true` for `skip`, found `false`: leave it out to keep what the docs say",
        ),
        (
            "versions = []",
            "2:12: expected a version for `versions`, found none: leave it out to mean every version",
        ),
        (
            "kind = \"entitty\"",
            "2:8: there is no kind `entitty`; did you mean `entity`?",
        ),
        (
            "base = \"c\"",
            "2:8: expected a qualified name, such as `microsoft.graph.thing`, or `none` for `base`, found `c`",
        ),
    ] {
        let found = error(&format!("[overrides.b]\n{line}\n"));
        assert_eq!(found, format!("typedown.toml:{message}"));
    }
}

#[test]
fn types_are_spelled_as_odata_spells_them() {
    for (text, near) in [
        ("thing", ""),
        ("int32", "; did you mean `Edm.Int32`?"),
        ("Collection(String)", "; did you mean `Edm.String`?"),
        ("Edm.Strin", "; did you mean `Edm.String`?"),
    ] {
        let found = error(&format!("[overrides.\"a.b/c\"]\ntype = \"{text}\"\n"));
        let expected = format!(
            "typedown.toml:2:8: expected a type in OData's spelling, such as `Edm.Int32`, `microsoft.graph.thing` or \
             `Collection(Edm.String)`, found `{text}`{near}"
        );
        assert_eq!(found, expected);
    }
}

#[test]
fn what_cannot_be_meant_is_told_at_its_verb_or_path() {
    assert_eq!(
        error("[overrides.\"a.b\"]\nkind = \"enum\"\nskip = true\n"),
        "typedown.toml:3:1: `skip` leaves `a.b` out, and `kind` changes it: remove one of them"
    );
    assert!(
        error("[overrides.\"a.b\"]\n").starts_with("typedown.toml:1:12: nothing is said of `a.b`")
    );
}

#[test]
fn a_path_without_quotes_is_told() {
    assert_eq!(
        error("[overrides.a.b]\nskip = true\n"),
        "typedown.toml:1:14: expected verbs for `a`, found a table: write the whole path in quotes"
    );
}

#[test]
fn what_is_no_table_is_told() {
    assert_eq!(
        error("overrides = 1\n"),
        "typedown.toml:1:13: expected tables such as [overrides.\"microsoft.graph.thing\"], found integer"
    );
    assert_eq!(
        error("[overrides]\nb = \"entity\"\n"),
        "typedown.toml:2:5: expected verbs for `b`, such as { skip = true }, found string"
    );
}
