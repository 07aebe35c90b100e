use crate::Generator;
use crate::schema::TypeName;
use crate::source::MemoryFiles;

/// How a type `tone` differs between two versions, by what follows its name in the title; none if one has none.
fn facts(beta: &str, v1: &str) -> Option<String> {
    let mut files = vec![];
    for (version, text) in [("beta", beta), ("v1.0", v1)] {
        let path = |name: &str| format!("{version}/resources/{name}.md");
        files.push((path("sound"), format!("# sound {}", rows("|id|String|\n"))));
        if !text.is_empty() {
            files.push((path("tone"), format!("# tone {text}")));
        }
    }
    let schema = Generator::new()
        .read(&MemoryFiles::new(files))
        .unwrap()
        .schema;
    let name = TypeName::new("microsoft.graph", "tone");
    let twin = schema.twin(&name, ["beta", "v1.0"])?;
    assert_eq!(twin.is_same(), twin.to_string().is_empty());
    Some(twin.to_string())
}

fn rows(rows: &str) -> String {
    format!("complex type\n\n## Properties\n\n|Property|Type|\n|-|-|\n{rows}")
}

fn members(rows: &str) -> String {
    format!("enum type\n\n## Members\n\n|Member|Value|\n|-|-|\n{rows}")
}

#[test]
fn words_make_no_difference() {
    let described = rows("|pitch|Int32|\n").replace("## Prop", "Sounds.\n\n## Prop");
    assert_eq!(facts(&described, &rows("|pitch|Int32|\n")).unwrap(), "");
}

#[test]
fn properties_of_one_version_are_listed_for_each() {
    let (beta, v1) = (
        rows("|b|Int32|\n|a|Int32|\n|c|Int32|\n"),
        rows("|c|Int32|\n|d|Int32|\n"),
    );
    assert_eq!(
        facts(&beta, &v1).unwrap(),
        "beta only: a, b\nv1.0 only: d\n"
    );
}

#[test]
fn types_and_collections_are_told_with_both_ways() {
    assert_eq!(
        facts(
            &rows("|a|Int64|\n|b|String collection|\n"),
            &rows("|a|Int32|\n|b|String|\n")
        )
        .unwrap(),
        "differs: a (Edm.Int64 in beta, Edm.Int32 in v1.0), \
         b (Collection(Edm.String) in beta, Edm.String in v1.0)\n"
    );
}

#[test]
fn navigation_is_told_with_both_ways() {
    let relation = format!(
        "{}\n## Relationships\n\n|Relationship|Type|\n|-|-|\n|c|sound|\n",
        rows("|a|Int32|\n")
    );
    let facts = facts(&rows("|a|Int32|\n|c|sound|\n"), &relation).unwrap();
    assert!(
        facts.contains(
            "c (microsoft.graph.sound in beta, navigation to microsoft.graph.sound in v1.0)"
        ),
        "{facts}"
    );
}

#[test]
fn inherited_properties_count_and_the_base_is_told() {
    let derived =
        rows("|a|Int32|\n").replace("## Prop", "Inherits from [sound](sound.md).\n\n## Prop");
    let facts = facts(&derived, &rows("|a|Int32|\n|id|String|\n")).unwrap();
    assert!(
        facts.contains("base (microsoft.graph.sound in beta, none in v1.0)")
            && !facts.contains("only"),
        "{facts}"
    );
}

#[test]
fn members_are_compared_by_name_and_number() {
    assert_eq!(
        facts(
            &members("|low|0|\n|high|1|\n|mid|3|\n"),
            &members("|low|0|\n|mid|2|\n")
        )
        .unwrap(),
        "beta only: high\ndiffers: mid (3 in beta, 2 in v1.0)\n"
    );
}

#[test]
fn long_lists_are_cut() {
    let many: String = (10..30).map(|n| format!("|p{n}|Int32|\n")).collect();
    assert_eq!(
        facts(&rows(&format!("|a|Int32|\n{many}")), &rows("|a|Int32|\n")).unwrap(),
        "beta only: p10, p11, p12, p13, p14, p15, p16, p17, p18, p19, p20, p21 and 8 more\n"
    );
}

#[test]
fn a_type_without_a_twin_has_no_differences() {
    assert_eq!(facts(&rows("|a|Int32|\n"), ""), None);
}
