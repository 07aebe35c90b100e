use super::*;
use crate::source::MemoryFiles;

fn claims(text: &str) -> PageClaims {
    let page = Page::read(
        &MemoryFiles::new([("v/resources/a.md", text)]),
        "v/resources/a.md".into(),
    );
    PageClaims::read("v".into(), &page)
}

fn block(annotation: &str, json: &str) -> String {
    format!("<!-- {annotation} -->\n```json\n{json}\n```\n")
}

#[test]
fn a_page_with_a_block_describes_its_type() {
    let text = format!(
        "# callRoute resource type\n\nNamespace: microsoft.graph\n\nHow it went.\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n|final|String|x|\n\n{}",
        block(
            r#"{"blockType": "resource", "@odata.type": "microsoft.graph.callRoute"}"#,
            r#"{"final": "String"}"#
        )
    );
    let claims = claims(&text);
    assert_eq!(claims.diagnostics, []);
    let [ty] = &claims.types[..] else {
        panic!("{:?}", claims.types)
    };
    assert_eq!(
        (ty.namespace.as_deref(), ty.name.as_str()),
        (Some("microsoft.graph"), "callRoute")
    );
    assert_eq!(ty.description.as_deref(), Some("How it went."));
    assert_eq!((ty.rows.len(), ty.json.len()), (1, 1));
    assert_eq!(
        (claims.tables[0].used, claims.tables[0].subject.as_deref()),
        (1, Some("callRoute"))
    );
}

#[test]
fn a_page_without_a_block_describes_the_type_of_its_title() {
    let claims = claims(
        "# callRoute resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|final|String|\n",
    );
    assert_eq!(claims.types[0].name, "callRoute");
    assert_eq!(claims.types[0].evidence, Evidence::Prose);
}

#[test]
fn tables_go_to_the_type_that_shares_their_names() {
    let text = format!(
        "# x\n\n{}\n{}\n## Properties\n\n|Property|Type|\n|-|-|\n|b|String|\n|c|String|\n",
        block(
            r#"{"blockType": "resource", "@odata.type": "n.one"}"#,
            r#"{"a": "String", "b": "String"}"#
        ),
        block(
            r#"{"blockType": "resource", "@odata.type": "n.two"}"#,
            r#"{"b": "String", "c": "String"}"#
        )
    );
    let claims = claims(&text);
    assert_eq!(
        (claims.types[0].rows.len(), claims.types[1].rows.len()),
        (0, 2)
    );
}

#[test]
fn value_tables_inside_a_page_describe_enumerations() {
    let claims = claims(
        "# call resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|state|callState|\n\n### callState values\n\n|Member|\n|-|\n|a|\n|b|\n",
    );
    let [call, state] = &claims.types[..] else {
        panic!()
    };
    assert_eq!((call.name.as_str(), call.rows.len()), ("call", 1));
    assert_eq!(
        (state.name.as_str(), state.form, state.members.len()),
        ("callState", Form::Enumeration, 2)
    );
}

#[test]
fn an_enumeration_page_describes_its_members() {
    let claims = claims(
        "# tone enum type\n\nA key.\n\n## Members\n\n|Member|Value|Description|\n|-|-|-|\n|tone0|0|Zero.|\n",
    );
    let [tone] = &claims.types[..] else { panic!() };
    assert_eq!(
        (tone.name.as_str(), tone.members[0].value),
        ("tone", Some(0))
    );
    assert_eq!(tone.description.as_deref(), Some("A key."));
}

#[test]
fn the_introduction_tells_base_openness_and_abstractness() {
    let claims = claims(
        "# x resource type\n\nAn abstract type that is an open type. Inherits from [baseItem](b.md).\n",
    );
    let ty = &claims.types[0];
    assert_eq!(
        (ty.is_abstract, ty.open, ty.bases[0].word.text.as_str()),
        (true, Some(true), "baseItem")
    );
}

#[test]
fn tables_without_a_type_end_as_a_diagnostic() {
    let claims =
        claims("# Overview of things\n\n## Properties\n\n|Property|Type|\n|-|-|\n|state|String|\n");
    assert_eq!(claims.types.len(), 0);
    assert_eq!(claims.diagnostics[0].code, Code::TableWithoutType);
    assert_eq!((claims.tables[0].used, claims.tables[0].diagnosed), (0, 1));
}

#[test]
fn conflicts_of_title_and_namespace_are_told() {
    let text = format!(
        "# x resource type\n\nNamespace: a.b\n\n{}",
        block(r#"{"blockType": "resource", "@odata.type": "a.c.y"}"#, "{}")
    );
    let codes: Vec<Code> = claims(&text)
        .diagnostics
        .iter()
        .map(|diagnostic| diagnostic.code)
        .collect();
    assert_eq!(codes, [Code::TitleConflict, Code::NamespaceConflict]);
}

#[test]
fn a_broken_block_costs_its_keys_only() {
    let text = format!(
        "# x resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|a|String|\n\n{}",
        block(
            r#"{"blockType": "resource", "@odata.type": "n.x"}"#,
            "{ \"a\": "
        )
    );
    let claims = claims(&text);
    assert_eq!(
        (claims.types[0].rows.len(), claims.types[0].json.len()),
        (1, 0)
    );
    assert_eq!(claims.diagnostics[0].code, Code::JsonMalformed);
}
