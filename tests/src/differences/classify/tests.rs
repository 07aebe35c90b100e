use typedown::Generator;
use typedown::source::MemoryFiles;

use super::super::page::TextPage;
use super::*;

/// Pages by their names, read by Typedown and as text, judged against a service.
fn judge(pages: &[(&str, &str)], service: &str, difference: [&str; 4]) -> Verdict {
    let pages: Vec<(String, String)> = pages
        .iter()
        .map(|(name, text)| {
            let path = format!("api-reference/beta/resources/{name}.md");
            (path, (*text).to_owned())
        })
        .collect();
    let files = MemoryFiles::new(pages.clone());
    let schema = Generator::new().read(&files).unwrap().schema;
    let texts = Pages::of(pages.iter().map(|(path, text)| TextPage::read(path, text)));
    let truth = Truth::parse(&format!(
        r#"<Edmx><Schema Namespace="microsoft.graph" Alias="graph">{service}</Schema></Edmx>"#
    ))
    .unwrap();
    let [fact, ty, member, detail] = difference.map(str::to_owned);
    Judge::new(&texts, &truth, &schema.versions["beta"]).judge(&Difference {
        fact,
        ty,
        member,
        detail,
    })
}

const TONE: &str = r#"# tone resource type

A sound.

## Properties

| Property | Type | Description |
|:--|:--|:--|
| pitch | Int64 | How high. |

## JSON representation

<!-- { "blockType": "resource", "@odata.type": "microsoft.graph.tone" } -->
```json
{ "pitch": 440 }
```
"#;

fn quoted(verdict: &Verdict) -> (Class, &str) {
    let line = verdict.quotes.first().map_or("", |quote| &quote.text);
    (verdict.class, line)
}

#[test]
fn a_row_that_states_the_emitted_type_is_quoted() {
    let difference = [
        "type of property",
        "microsoft.graph.tone",
        "pitch",
        "Edm.Int32 <- Edm.Int64",
    ];
    let verdict = judge(&[("tone", TONE)], "", difference);
    assert_eq!(
        quoted(&verdict),
        (Class::DocsWrong, "| pitch | Int64 | How high. |")
    );
    assert_eq!(verdict.quotes[0].line, 9);
}

#[test]
fn a_row_that_states_the_services_type_is_our_fault() {
    let difference = [
        "type of property",
        "microsoft.graph.tone",
        "pitch",
        "Edm.Int64 <- Edm.Int32",
    ];
    assert_eq!(judge(&[("tone", TONE)], "", difference).class, Class::Ours);
}

#[test]
fn values_of_the_services_enumeration_in_a_row_are_our_fault() {
    let page = TONE.replace("Int64 | How high.", "String | One of low, high.");
    let service = r#"<EnumType Name="pitch"><Member Name="low"/><Member Name="high"/></EnumType>"#;
    let difference = [
        "type of property",
        "microsoft.graph.tone",
        "pitch",
        "microsoft.graph.pitch <- Edm.String",
    ];
    assert_eq!(
        judge(&[("tone", &page)], service, difference).class,
        Class::Ours
    );
}

#[test]
fn a_property_without_row_or_json_is_our_fault() {
    let difference = ["property not real", "microsoft.graph.tone", "colour", ""];
    assert_eq!(judge(&[("tone", TONE)], "", difference).class, Class::Ours);
}

#[test]
fn a_described_property_that_the_service_lacks_is_the_docs() {
    let difference = ["property not real", "microsoft.graph.tone", "pitch", ""];
    assert_eq!(
        judge(&[("tone", TONE)], "", difference).class,
        Class::DocsWrong
    );
}

#[test]
fn members_that_an_open_type_shows_as_an_example_are_no_statement() {
    let page = r#"# bag resource type

This is an open type.

<!-- { "blockType": "resource", "@odata.type": "microsoft.graph.bag", "openType": true } -->
```json
{ "apples": 3 }
```
"#;
    let difference = ["property not real", "microsoft.graph.bag", "apples", ""];
    assert_eq!(judge(&[("bag", page)], "", difference).class, Class::Ours);
}

#[test]
fn a_row_in_a_comment_is_withdrawn() {
    let page = TONE.replace(
        "| pitch |",
        "<!--\n| volume | Int64 | How loud. |\n-->\n| pitch |",
    );
    let difference = ["property missing", "microsoft.graph.tone", "volume", ""];
    let verdict = judge(&[("tone", &page)], "", difference);
    assert_eq!(
        quoted(&verdict),
        (Class::DocsSilent, "| volume | Int64 | How loud. |")
    );
}

const SOUNDS: &str = r#"<EntityType Name="entity"/>
    <EntityType Name="sound" BaseType="graph.entity" OpenType="true"/>
    <EntityType Name="toneSound" BaseType="graph.sound"/>"#;

fn base_of(text: &str, other: &str) -> Verdict {
    let page = format!(
        "# toneSound resource type\n\n{text}\n\n## Properties\n\n|Property|Type|\n|-|-|\n|id|String|\n"
    );
    let difference = [
        "base",
        "microsoft.graph.toneSound",
        "",
        "microsoft.graph.sound <- microsoft.graph.entity",
    ];
    judge(
        &[("sound", other), ("tonesound", &page)],
        SOUNDS,
        difference,
    )
}

#[test]
fn a_base_that_no_page_states_is_silence() {
    let sound = "# sound resource type\n\nWhat is heard.\n";
    assert_eq!(base_of("A tone.", sound).class, Class::DocsSilent);
}

#[test]
fn a_base_is_stated_on_the_types_page_or_on_the_bases() {
    let sound = "# sound resource type\n\nWhat is heard.\n";
    let lists = "# sound resource type\n\nBase type of [toneSound](tonesound.md).\n";
    let stated = base_of("Inherits from [sound](sound.md).", sound);
    assert_eq!(
        quoted(&stated),
        (Class::Ours, "Inherits from [sound](sound.md).")
    );
    let listed = base_of("A tone.", lists);
    assert_eq!(
        quoted(&listed),
        (Class::Ours, "Base type of [toneSound](tonesound.md).")
    );
}

#[test]
fn a_sentence_that_names_the_emitted_base_is_quoted_but_not_one_about_others() {
    let sound = "# sound resource type\n\nWhat is heard.\n";
    let own = base_of("Inherits from [entity](entity.md).", sound);
    assert_eq!(
        quoted(&own),
        (Class::DocsWrong, "Inherits from [entity](entity.md).")
    );
    let others = base_of("All sounds are derived from [entity](entity.md).", sound);
    assert_eq!(others.class, Class::DocsSilent);
}

#[test]
fn kind_is_silence_only_without_key_id_relationship_and_wording() {
    let kind = |page: &str| {
        let difference = ["kind", "microsoft.graph.tone", "", "entity <- complex"];
        judge(&[("tone", page)], "", difference).class
    };
    assert_eq!(kind(TONE), Class::DocsSilent);
    assert_eq!(kind(&TONE.replace("A sound.", "An entity.")), Class::Ours);
    assert_eq!(kind(&TONE.replace("| pitch |", "| id |")), Class::Ours);
    assert_eq!(
        kind(&TONE.replace("A sound.", "A complex type.")),
        Class::DocsWrong
    );
}

#[test]
fn openness_is_quoted_from_the_annotation_and_from_words_about_the_type() {
    let open = |page: &str, detail: &str| {
        let difference = ["open", "microsoft.graph.tone", "", detail];
        judge(&[("tone", page)], "", difference).class
    };
    assert_eq!(open(TONE, "True <- False"), Class::DocsSilent);
    let says = TONE.replace("A sound.", "This is an open type.");
    assert_eq!(open(&says, "True <- False"), Class::Ours);
    assert_eq!(open(&says, "False <- True"), Class::DocsWrong);
    let closed = TONE.replace(".tone\" }", ".tone\", \"openType\": false }");
    assert_eq!(open(&closed, "True <- False"), Class::DocsWrong);
}

#[test]
fn a_type_is_named_by_the_annotation_of_a_resource_or_a_title() {
    let not_real = |page: &str| {
        let difference = ["type not real", "microsoft.graph.tone", "", ""];
        judge(&[("tone", page)], "", difference).class
    };
    assert_eq!(not_real(TONE), Class::DocsWrong);
    let example = TONE
        .replace("# tone resource type", "# Sounds")
        .replace("\"blockType\": \"resource\"", "\"blockType\": \"example\"");
    assert_eq!(not_real(&example), Class::Ours);
}

#[test]
fn a_member_is_listed_by_a_row_of_its_enumeration_only() {
    let page = "# Values\n\n### pitch values\n\n|Member|\n|-|\n|low|\n\n### mood values\n\n|Member|\n|-|\n|glad|\n";
    let member = |fact: &str, member: &str| {
        judge(
            &[("enums", page)],
            "",
            [fact, "microsoft.graph.pitch", member, ""],
        )
        .class
    };
    assert_eq!(member("enum member not real", "low"), Class::DocsWrong);
    assert_eq!(member("enum member not real", "glad"), Class::Ours);
    assert_eq!(member("enum member missing", "glad"), Class::DocsSilent);
    assert_eq!(member("enum member missing", "low"), Class::Ours);
}
