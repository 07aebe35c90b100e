use super::super::{ItemType, StructuralKind};
use super::*;
use crate::diagnostic::Code;
use crate::page::Page;
use crate::source::MemoryFiles;

/// Resolves pages of one version, given as file name and text.
fn resolved(pages: &[(&str, &str)]) -> Resolved {
    let files = MemoryFiles::new(
        pages
            .iter()
            .map(|(name, text)| (format!("v/resources/{name}.md"), *text)),
    );
    let claims: Vec<PageClaims> = pages
        .iter()
        .map(|(name, _)| {
            PageClaims::read(
                "v".into(),
                &Page::read(&files, format!("v/resources/{name}.md").into()),
            )
        })
        .collect();
    resolve(&claims)
}

/// A page of a type: the rows of its property table, and what else stands on it.
fn page(name: &str, rows: &str, more: &str) -> String {
    let rows: String = rows
        .lines()
        .map(|row| format!("|{}|\n", row.trim()))
        .collect();
    format!(
        "# {name} resource type\n\n{more}\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n{rows}"
    )
}

fn structural<'a>(resolved: &'a Resolved, name: &str) -> &'a StructuralType {
    resolved.schema.versions["v"].types[format!("microsoft.graph.{name}").as_str()]
        .structural()
        .expect("it is structural")
}

fn type_of(resolved: &Resolved, name: &str, property: &str) -> String {
    structural(resolved, name).properties[property]
        .ty
        .to_string()
}

fn codes(resolved: &Resolved) -> Vec<Code> {
    resolved
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect()
}

const METHODS: &str = "## Methods\n\n|Method|Return type|\n|-|-|\n|[Ring](../api/ring.md)|None|\n";

const ENTITY: (&str, &str) = (
    "entity",
    "# entity resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|id|String|\n",
);

#[test]
fn a_link_beats_its_label_and_the_json_block_arbitrates() {
    let call = page(
        "call",
        "one|[wrong](right.md)|x\ntwo|[wrong](right.md)|x",
        "<!-- {\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.call\"} -->\n```json\n{\"one\": {\"@odata.type\": \"microsoft.graph.right\"}, \"two\": {\"@odata.type\": \"microsoft.graph.wrong\"}}\n```",
    );
    let resolved = resolved(&[
        ("call", &call),
        ("right", &page("right", "a|String|x", "")),
        ("wrong", &page("wrong", "a|String|x", "")),
    ]);
    assert_eq!(type_of(&resolved, "call", "one"), "microsoft.graph.right");
    assert_eq!(type_of(&resolved, "call", "two"), "microsoft.graph.wrong");
}

#[test]
fn a_short_name_means_the_own_namespace_first() {
    let other = page(
        "other",
        "session|session|x",
        "Namespace: microsoft.graph.calls",
    );
    let resolved = resolved(&[
        (
            "session",
            &page("session", "a|String|x", "Namespace: microsoft.graph"),
        ),
        (
            "calls-session",
            &page("session", "a|String|x", "Namespace: microsoft.graph.calls"),
        ),
        ("other", &other),
    ]);
    let ty = &resolved.schema.versions["v"].types["microsoft.graph.calls.other"];
    assert_eq!(
        ty.structural().unwrap().properties["session"]
            .ty
            .to_string(),
        "microsoft.graph.calls.session"
    );
}

#[test]
fn alternatives_become_their_common_base() {
    let resolved = resolved(&[
        (
            "call",
            &page("call", "media|[app](app.md) or [service](service.md)|x", ""),
        ),
        ("media", &page("media", "a|String|x", "")),
        (
            "app",
            &page("app", "b|String|x", "Inherits from [media](media.md)."),
        ),
        (
            "service",
            &page("service", "c|String|x", "Inherits from [media](media.md)."),
        ),
    ]);
    assert_eq!(type_of(&resolved, "call", "media"), "microsoft.graph.media");
    assert_eq!(codes(&resolved), [Code::TypeAlternatives]);
}

#[test]
fn an_unknown_type_with_values_is_an_enumeration() {
    let resolved = resolved(&[(
        "call",
        &page(
            "call",
            "state|callState|Possible values are: `a`, `b`.\nother|callState|x",
            "",
        ),
    )]);
    let state = &resolved.schema.versions["v"].types["microsoft.graph.callState"];
    let members: Vec<&str> = state
        .enumeration()
        .unwrap()
        .members
        .iter()
        .map(|member| member.name.as_str())
        .collect();
    assert_eq!(members, ["a", "b"]);
}

#[test]
fn an_unknown_type_is_any_value_and_told() {
    let resolved = resolved(&[(
        "call",
        &page("call", "a|[missing](missing.md) collection|x", ""),
    )]);
    assert_eq!(type_of(&resolved, "call", "a"), "Collection(Edm.Untyped)");
    assert_eq!(codes(&resolved), [Code::TypeUnresolved]);
}

#[test]
fn properties_of_a_base_are_not_repeated() {
    let call = page(
        "call",
        "id|String|Inherited from [entity](entity.md).\nstate|String|x",
        "",
    );
    let resolved = resolved(&[("call", &call), ENTITY]);
    let call = structural(&resolved, "call");
    assert_eq!(
        call.base
            .as_ref()
            .map(|base| (base.name.short(), base.evidence)),
        Some(("entity", Evidence::Prose))
    );
    assert_eq!(call.properties.keys().collect::<Vec<_>>(), ["state"]);
}

#[test]
fn entities_without_a_base_get_the_one_that_others_name() {
    let resolved = resolved(&[
        ENTITY,
        (
            "call",
            &page("call", "id|String|x", "Inherits from [entity](entity.md)."),
        ),
        ("chat", &page("chat", "id|String|x\nname|String|x", METHODS)),
        ("chime", &page("chime", "id|String|x", "")),
        ("tone", &page("tone", "name|String|x", "")),
    ]);
    assert_eq!(
        structural(&resolved, "chat")
            .base
            .as_ref()
            .map(|base| base.evidence),
        Some(Evidence::Inferred)
    );
    assert_eq!(structural(&resolved, "chat").kind, StructuralKind::Entity);
    assert_eq!(structural(&resolved, "chime").base, None);
    assert_eq!(structural(&resolved, "tone").base, None);
    assert_eq!(structural(&resolved, "tone").kind, StructuralKind::Complex);
}

#[test]
fn of_several_inherited_origins_the_most_derived_is_the_base() {
    let resolved = resolved(&[
        ENTITY,
        (
            "item",
            &page(
                "item",
                "id|String|x\na|String|x",
                "Inherits from [entity](entity.md).",
            ),
        ),
        (
            "file",
            &page(
                "file",
                "id|String|Inherited from [entity](entity.md)\na|String|Inherited from [item](item.md)\nb|String|x",
                "",
            ),
        ),
    ]);
    assert_eq!(
        structural(&resolved, "file")
            .base
            .as_ref()
            .unwrap()
            .name
            .short(),
        "item"
    );
}

#[test]
fn a_cycle_of_bases_is_cut_and_told() {
    let resolved = resolved(&[
        (
            "a",
            &page("a", "x|String|x", "Inherits from [bType](b.md)."),
        ),
        (
            "b",
            &page("bType", "y|String|x", "Inherits from [aType](a.md)."),
        ),
    ]);
    assert_eq!(codes(&resolved), [Code::BaseCycle]);
    let with_base = ["a", "bType"]
        .iter()
        .filter(|name| structural(&resolved, name).base.is_some())
        .count();
    assert_eq!(with_base, 1);
}

#[test]
fn pages_about_one_type_are_merged() {
    let annotated = |rows: &str| {
        page(
            "settings",
            rows,
            "<!-- {\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.settings\"} -->\n```json\n{}\n```",
        )
    };
    let resolved = resolved(&[
        ("area1-settings", &annotated("a|String|x")),
        ("area2-settings", &annotated("b|String|x")),
    ]);
    assert_eq!(
        structural(&resolved, "settings")
            .properties
            .keys()
            .collect::<Vec<_>>(),
        ["a", "b"]
    );
}

#[test]
fn json_keys_spell_names() {
    let call = page(
        "call",
        "State|String|x",
        "<!-- {\"blockType\": \"resource\", \"@odata.type\": \"microsoft.graph.call\"} -->\n```json\n{\"state\": \"String\"}\n```",
    );
    let resolved = resolved(&[("call", &call)]);
    assert_eq!(
        structural(&resolved, "call")
            .properties
            .keys()
            .collect::<Vec<_>>(),
        ["state"]
    );
    assert_eq!(codes(&resolved), [Code::NameCasing]);
}

#[test]
fn targets_of_relations_are_entities_with_all_their_line() {
    let text = "# call resource type\n\n## Relationships\n\n|Relationship|Type|\n|-|-|\n|parts|[part](part.md) collection|\n";
    let resolved = resolved(&[("call", text), ("part", &page("part", "a|String|x", ""))]);
    assert_eq!(structural(&resolved, "part").kind, StructuralKind::Entity);
    let parts = &structural(&resolved, "call").properties["parts"];
    assert!(parts.navigation && matches!(parts.ty.item, ItemType::Named(_)));
}
