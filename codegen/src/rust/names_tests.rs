use super::{KEYWORDS, Scope, Usage, is_keyword};

fn one(usage: Usage, original: &str) -> String {
    Scope::new(usage).names([original])[0].source()
}

#[test]
fn casing_follows_usage() {
    let table = [
        (Usage::Type, "commsOperation", "CommsOperation"),
        (Usage::Type, "ODataError", "OdataError"),
        (Usage::Type, "eDiscoveryCase", "EdiscoveryCase"),
        (Usage::Type, "1099form", "Type1099form"),
        (Usage::Variant, "notStarted", "NotStarted"),
        (Usage::Variant, "1099", "Value1099"),
        (Usage::Variant, "", "Empty"),
        (Usage::Variant, "JIS B4", "JisB4"),
        (Usage::Field, "externalIPs", "external_ips"),
        (Usage::Field, "1099kStatus", "_1099k_status"),
        (Usage::Field, "@odata.type", "odata_type"),
        (Usage::Field, "§", "unnamed"),
        (Usage::Module, "callRecords", "call_records"),
        (Usage::Module, "v1.0", "v1_0"),
        (
            Usage::Module,
            "cloud-communications",
            "cloud_communications",
        ),
    ];
    for (usage, original, expected) in table {
        assert_eq!(one(usage, original), expected, "{original}");
    }
}

#[test]
fn keywords_become_raw_identifiers_or_get_an_underscore() {
    for keyword in KEYWORDS {
        let name = one(Usage::Field, keyword);
        match keyword {
            "self" | "Self" => assert_eq!(name, "self_"),
            "super" | "crate" => assert_eq!(name, format!("{keyword}_")),
            _ => assert_eq!(name, format!("r#{keyword}")),
        }
        assert!(syn::parse_str::<syn::Ident>(&name).is_ok(), "{name}");
    }
    assert_eq!(one(Usage::Variant, "self"), "Self_");
    assert_eq!(one(Usage::Type, "type"), "Type");
}

#[test]
fn keywords_are_in_order() {
    assert!(KEYWORDS.is_sorted());
    assert!(is_keyword("gen") && !is_keyword("r#gen"));
}

#[test]
fn modules_make_files_on_every_system() {
    for original in ["con", "AUX", "nul", "prn", "com1", "LPT9", "mod"] {
        let name = one(Usage::Module, original);
        assert_eq!(name, format!("{}_", original.to_lowercase()));
    }
    assert_eq!(one(Usage::Module, "com10"), "com10");
    assert_eq!(one(Usage::Field, "con"), "con");
}

#[test]
fn equal_names_are_numbered_and_never_take_the_name_of_another() {
    let names = Scope::new(Usage::Field).names(["userId", "UserID", "user_id_2", "USER_ID"]);
    let names: Vec<_> = names.iter().map(|name| name.source()).collect();
    assert_eq!(names, ["user_id", "user_id_3", "user_id_2", "user_id_4"]);

    let names = Scope::new(Usage::Variant).names(["a4", "A4", "a", "A"]);
    let names: Vec<_> = names.iter().map(|name| name.source()).collect();
    assert_eq!(names, ["A4", "A4_2", "A", "A2"]);
}

#[test]
fn reserved_names_are_left_alone() {
    let names = Scope::new(Usage::Field)
        .reserving(["extra"])
        .names(["extra", "extra_"]);
    let names: Vec<_> = names.iter().map(|name| name.source()).collect();
    assert_eq!(names, ["extra_", "extra_2"]);
}

#[test]
fn modules_have_names_that_files_can_have() {
    for original in ["aB".repeat(300), "状态".repeat(300), "a".repeat(3000)] {
        let names = Scope::new(Usage::Module).names([original.as_str(), original.as_str()]);
        for name in &names {
            assert!(name.plain().len() < 140, "{}", name.plain());
            assert!(!name.plain().contains(|c: char| c.is_uppercase()));
        }
        assert_ne!(names[0], names[1]);
    }
}
