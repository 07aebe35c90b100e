use crate::Generator;
use crate::schema::Schema;
use crate::source::MemoryFiles;

/// Pages of types `tone`, one for each version, by what follows the name in the title.
fn schema(pages: &[(&str, &str)]) -> Schema {
    let files = pages.iter().map(|(version, text)| {
        let path = format!("{version}/resources/tone.md");
        (path, format!("# tone {text}"))
    });
    Generator::new()
        .read(&MemoryFiles::new(files))
        .unwrap()
        .schema
}

fn is_shared(beta: &str, v1: &str) -> bool {
    !schema(&[("beta", beta), ("v1.0", v1)]).shared().is_empty()
}

fn members(rows: &str) -> String {
    format!("enum type\n\n## Members\n\n|Member|Value|\n|-|-|\n{rows}")
}

#[test]
fn words_do_not_hinder() {
    let page = |words: &str| {
        format!(
            "resource type\n\n{words}\n\n## Properties\n\n|Property|Type|\n|-|-|\n|pitch|Int32|\n"
        )
    };
    assert!(is_shared(&page("How high."), &page("How low.")));
}

#[test]
fn what_is_deprecated_in_one_version_only_is_not_shared() {
    let page = |words: &str| {
        format!(
            "resource type\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n|pitch|Int32|{words}|\n"
        )
    };
    let deprecated = page("Deprecated.");
    assert!(is_shared(&deprecated, &deprecated));
    assert!(!is_shared(&deprecated, &page("How high.")));
}

#[test]
fn numbers_that_one_version_gives_are_not_shared() {
    let (plain, numbered) = (members("|low||\n|high||\n"), members("|low|1|\n|high|2|\n"));
    assert!(is_shared(&numbered, &numbered));
    assert!(is_shared(&plain, &plain));
    assert!(!is_shared(&numbered, &plain));
}

#[test]
fn members_sent_on_request_in_one_version_only_are_not_shared() {
    let asked = members("|low||\n|unknownFutureValue||\n|high||\n");
    let sent = members("|low||\n|high||\n|unknownFutureValue||\n");
    assert!(!is_shared(&asked, &sent));
    let other = members("|high||\n|low||\n|unknownFutureValue||\n");
    assert!(is_shared(&sent, &other));
}

#[test]
fn the_highest_number_is_the_most_stable_version() {
    let page = "resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|pitch|Int32|\n";
    let most_stable = |versions: &[&str]| {
        let pages: Vec<_> = versions.iter().map(|version| (*version, page)).collect();
        let schema = schema(&pages);
        schema.most_stable().map(|(name, _)| name.clone())
    };
    assert_eq!(most_stable(&["beta", "v1.0"]).as_deref(), Some("v1.0"));
    assert_eq!(
        most_stable(&["v1.0", "v10.0", "v2.0"]).as_deref(),
        Some("v10.0")
    );
    assert_eq!(most_stable(&["alpha", "beta"]).as_deref(), Some("beta"));
    assert!(Schema::default().most_stable().is_none());
}
