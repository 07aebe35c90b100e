//! The program as its users meet it: what it prints, what it writes, how it ends.

use std::path::Path;

use serde_json::Value;
use typedown_tests::workspace;

/// What a run printed and its exit code.
struct Run {
    code: u8,
    out: String,
    err: String,
}

fn typedown(arguments: &[&str]) -> Run {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let code = typedown::cli::run(["typedown"].iter().chain(arguments), &mut out, &mut err);
    Run {
        code,
        out: String::from_utf8(out).unwrap(),
        err: String::from_utf8(err).unwrap(),
    }
}

fn docs_input() -> String {
    workspace()
        .join("docs-input")
        .to_string_lossy()
        .into_owned()
}

/// A docs folder with one page.
fn docs(folder: &Path, page: &str) -> String {
    let resources = folder.join("docs/api-reference/beta/resources");
    std::fs::create_dir_all(&resources).unwrap();
    std::fs::write(resources.join("tone.md"), page).unwrap();
    folder.join("docs").to_string_lossy().into_owned()
}

const TONE: &str =
    "# tone resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|pitch|Int32|\n";

mod languages {
    use super::*;

    const TON: &str = "---\nms.contentlocale: de-DE\n---\n# <a name=\"tone-resource-type\"></a>Ressourcentyp tone\n\n\
        ## <a name=\"properties\"></a>Eigenschaften\n\n|Eigenschaft|Typ|\n|-|-|\n|pitch|Ganzzahl|\n";

    fn shown(page: &str, arguments: &[&str]) -> String {
        let folder = tempfile::tempdir().unwrap();
        let docs = docs(folder.path(), page);
        let run = typedown(&[&["show", "tone", "--docs", &docs], arguments].concat());
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        run.out
    }

    #[test]
    fn a_lexicon_knows_words_that_structure_does_not() {
        assert!(shown(TON, &[]).contains("Edm.Int32"));
        assert!(!shown(TON, &["--no-lexicon"]).contains("Edm.Int32"));
    }

    #[test]
    fn the_english_page_of_the_same_name_knows_them_too() {
        let folder = tempfile::tempdir().unwrap();
        let english = docs(folder.path(), TONE);
        let shown = shown(TON, &["--no-lexicon", "--english", &english]);
        assert!(shown.contains("Edm.Int32"), "{shown}");
    }
}

mod init {
    use super::*;

    #[test]
    fn a_new_crate_is_generated_and_checked_by_its_own_configuration() {
        let folder = tempfile::tempdir().unwrap();
        let docs = docs(folder.path(), TONE);
        let models = folder.path().join("models");
        let dir = models.to_string_lossy().into_owned();
        let init = [
            "init",
            &dir,
            "--docs",
            &docs,
            "--select",
            "tone",
            "--version",
            "beta",
        ];
        let run = typedown(&init);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        let config = models.join("typedown.toml");
        let text = std::fs::read_to_string(&config).unwrap();
        assert!(
            text.ends_with(
                "docs = \"../docs\"\nout = \".\"\nversions = [\"beta\"]\nselect = [\"tone\"]\n"
            ),
            "{text}"
        );
        let config = config.to_string_lossy();
        for arguments in [vec!["generate"], vec!["generate", "--check"]] {
            let run = typedown(&[&arguments[..], &["--config", &config]].concat());
            assert_eq!((run.code, run.err.as_str()), (0, ""), "{}", run.out);
        }
        assert!(models.join("src/beta/general.rs").exists());
        let again = typedown(&init);
        assert_eq!(again.code, 2);
        assert!(
            again.err.contains("typedown.toml` is there already"),
            "{}",
            again.err
        );
    }
}

mod shell {
    use super::*;

    #[test]
    fn the_program_writes_its_completions_and_its_manual_page() {
        for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
            let run = typedown(&["completions", shell]);
            assert_eq!(run.code, 0);
            assert!(
                run.out.contains("fail-on") && run.out.contains("history"),
                "{shell}"
            );
        }
        let run = typedown(&["man"]);
        assert_eq!(run.code, 0);
        assert!(run.out.contains(".TH typedown 1"), "{}", &run.out[..300]);
        for heading in [
            ".SH NAME",
            ".SH \"TYPEDOWN GENERATE\"",
            ".SH \"TYPEDOWN DIFF\"",
        ] {
            assert!(run.out.contains(heading), "{heading}");
        }
    }
}

mod generate {
    use super::*;

    #[test]
    fn a_new_folder_becomes_a_crate_and_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("models").to_string_lossy().into_owned();
        let arguments = [
            "generate",
            "--docs",
            &docs(folder.path(), TONE),
            "--out",
            &out,
        ];
        let first = typedown(&arguments);
        assert_eq!((first.code, first.err.as_str()), (0, ""));
        let manifest = std::fs::read_to_string(folder.path().join("models/Cargo.toml")).unwrap();
        assert!(
            manifest.contains("name = \"models\"") && manifest.contains("[workspace]"),
            "{manifest}"
        );
        let second = typedown(&arguments);
        assert!(second.out.contains("wrote    nothing"), "{}", second.out);
        assert!(second.out.ends_with("unused   nothing\n"), "{}", second.out);
    }

    #[test]
    fn it_says_what_changed_since_the_last_time() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("models").to_string_lossy().into_owned();
        typedown(&[
            "generate",
            "--docs",
            &docs(folder.path(), TONE),
            "--out",
            &out,
        ]);
        let longer = TONE.replace("|pitch|Int32|", "|length|Duration|\n|pitch|Int64|");
        let run = typedown(&[
            "generate",
            "--docs",
            &docs(folder.path(), &longer),
            "--out",
            &out,
        ]);
        let lines = run.out.lines();
        let told: Vec<&str> = lines
            .filter(|line| line.starts_with("changed ") || line.starts_with("bump "))
            .collect();
        assert_eq!(
            told,
            [
                "changed  error[property-type-widened] beta: `microsoft.graph.tone/pitch` has values of a wider type (Edm.Int32 → Edm.Int64)",
                "changed  note[property-added] beta: `microsoft.graph.tone/length` is a new property (Edm.Duration)",
                "bump     major (1 major, 1 minor)",
            ]
        );
    }

    #[test]
    fn check_writes_nothing_and_fails_when_stale() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("models").to_string_lossy().into_owned();
        let docs = docs(folder.path(), TONE);
        let stale = typedown(&["generate", "--check", "--docs", &docs, "--out", &out]);
        assert_eq!(stale.code, 1);
        assert!(
            stale.out.contains("+ src/beta/general.rs")
                && stale.out.contains("run `typedown generate`"),
            "{}",
            stale.out
        );
        assert!(!folder.path().join("models").exists());
        typedown(&["generate", "--docs", &docs, "--out", &out]);
        assert_eq!(
            typedown(&["generate", "--check", "--docs", &docs, "--out", &out]).code,
            0
        );
    }

    #[test]
    fn a_member_of_a_workspace_gets_no_workspace_of_its_own() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("Cargo.toml"),
            "[workspace]\nmembers = [\"models\"]\n",
        )
        .unwrap();
        let out = folder.path().join("models").to_string_lossy().into_owned();
        typedown(&[
            "generate",
            "--docs",
            &docs(folder.path(), TONE),
            "--out",
            &out,
        ]);
        let manifest = std::fs::read_to_string(folder.path().join("models/Cargo.toml")).unwrap();
        assert!(!manifest.contains("[workspace]"), "{manifest}");
    }

    #[test]
    fn in_an_existing_manifest_only_the_marked_lines_change() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = folder.path().join("models/Cargo.toml");
        std::fs::create_dir(folder.path().join("models")).unwrap();
        let text = "[package]\nname = \"mine\"\n\n[features]\n# typedown features\nold = []\n# end of typedown features\n\n[lints]\n";
        std::fs::write(&manifest, text).unwrap();
        let out = folder.path().join("models").to_string_lossy().into_owned();
        typedown(&[
            "generate",
            "--docs",
            &docs(folder.path(), TONE),
            "--out",
            &out,
        ]);
        let expected = text.replace(
            "old = []\n",
            "beta = [\"beta-general\"]\nbeta-general = []\ndefault = [\"beta\"]\n",
        );
        assert_eq!(std::fs::read_to_string(&manifest).unwrap(), expected);
    }

    #[test]
    fn it_says_how_to_use_the_crate_from_a_workspace_that_does_not_know_it() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = folder.path().join("Cargo.toml");
        let out = folder.path().join("models").to_string_lossy().into_owned();
        std::fs::write(&workspace, "[workspace]\nmembers = [\"app\"]\n").unwrap();
        let arguments = [
            "generate",
            "--docs",
            &docs(folder.path(), TONE),
            "--out",
            &out,
        ];
        let run = typedown(&arguments);
        assert!(
            run.out
                .contains("add `exclude = [\"models\"]` to its `[workspace]`"),
            "{}",
            run.out
        );
        std::fs::remove_dir_all(&out).unwrap();
        std::fs::write(
            &workspace,
            "[workspace]\nmembers = [\"app\"]\nexclude = [\"models\"]\n",
        )
        .unwrap();
        assert!(!typedown(&arguments).out.contains("note"));
    }

    #[test]
    fn a_manifest_without_markers_is_left_alone_and_told() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("models")).unwrap();
        let text = "[package]\nname = \"mine\"\n";
        std::fs::write(folder.path().join("models/Cargo.toml"), text).unwrap();
        let out = folder.path().join("models").to_string_lossy().into_owned();
        let run = typedown(&[
            "generate",
            "--docs",
            &docs(folder.path(), TONE),
            "--out",
            &out,
        ]);
        assert!(
            run.out.contains("has no lines `# typedown features`")
                && run.out.contains("the 3 features that the sources know"),
            "{}",
            run.out
        );
        assert_eq!(
            std::fs::read_to_string(folder.path().join("models/Cargo.toml")).unwrap(),
            text
        );
    }

    #[test]
    fn a_stray_namespace_moves_no_other_type() {
        let folder = tempfile::tempdir().unwrap();
        let docs = docs(
            folder.path(),
            &TONE.replace("type\n", "type\n\nNamespace: microsoft.graph\n"),
        );
        let resources = folder.path().join("docs/api-reference/beta/resources");
        for (name, namespace) in [("call", "microsoft.graph"), ("stray", "microsft.graph")] {
            let rows = "## Properties\n\n|Property|Type|\n|:--|:--|\n|pitch|Int32|\n";
            let page = format!("# {name} resource type\n\nNamespace: {namespace}\n\n{rows}");
            std::fs::write(resources.join(format!("{name}.md")), page).unwrap();
        }
        let run = typedown(&["list", "--json", "--docs", &docs]);
        let types: Vec<Value> = serde_json::from_str(&run.out).unwrap();
        let paths: Vec<&str> = types
            .iter()
            .filter_map(|ty| ty["rust_path"].as_str())
            .collect();
        assert_eq!(
            paths,
            ["beta::microsft::graph::Stray", "beta::Call", "beta::Tone"]
        );
    }

    #[test]
    fn a_lock_file_of_a_newer_typedown_stops_the_run() {
        let folder = tempfile::tempdir().unwrap();
        let models = folder.path().join("models");
        std::fs::create_dir(&models).unwrap();
        std::fs::write(models.join("typedown.lock.json"), "{\"format\": 99}").unwrap();
        let out = models.to_string_lossy().into_owned();
        let run = typedown(&[
            "generate",
            "--docs",
            &docs(folder.path(), TONE),
            "--out",
            &out,
        ]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("use a newer Typedown"), "{}", run.err);
    }

    #[test]
    fn sources_of_others_are_not_overwritten() {
        let folder = tempfile::tempdir().unwrap();
        let models = folder.path().join("models");
        std::fs::create_dir_all(models.join("src")).unwrap();
        std::fs::write(models.join("src/lib.rs"), "// mine\n").unwrap();
        let out = models.to_string_lossy().into_owned();
        let run = typedown(&[
            "generate",
            "--docs",
            &docs(folder.path(), TONE),
            "--out",
            &out,
        ]);
        assert_eq!(run.code, 2);
        assert!(
            run.err.contains("was not written by Typedown"),
            "{}",
            run.err
        );
        assert_eq!(
            std::fs::read_to_string(models.join("src/lib.rs")).unwrap(),
            "// mine\n"
        );
    }
}

mod failures {
    use super::*;

    fn error(arguments: &[&str]) -> String {
        let run = typedown(arguments);
        assert_eq!((run.code, run.out.as_str()), (2, ""), "{arguments:?}");
        run.err
    }

    #[test]
    fn say_what_was_expected_and_what_was_found() {
        let folder = tempfile::tempdir().unwrap();
        let empty = folder.path().to_string_lossy().into_owned();
        assert!(
            error(&["list", "--docs", &empty]).contains("expected a checkout of the Graph docs")
        );
        assert!(error(&["list", "--docs", "no/such"]).contains("`no/such` cannot be opened"));
        let docs = docs(folder.path(), TONE);
        let versions = error(&["list", "--docs", &docs, "--version", "v1.0"]);
        assert_eq!(
            versions,
            "error: the docs have no version `v1.0`; they have `beta`\n"
        );
        let near = error(&["show", "--docs", &docs, "tome"]);
        assert_eq!(
            near,
            "error: the docs describe no type `tome`; did you mean `tone`?\n"
        );
        assert!(
            error(&["lint", "--docs", &docs, "--deny", "worning"])
                .contains("did you mean `warning`?")
        );
        assert!(error(&["generte"]).contains("generate"));
    }

    #[test]
    fn a_bad_configuration_is_told_with_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let config = folder.path().join("typedown.toml");
        std::fs::write(&config, "docs = \"docs\"\nvesrions = []\n").unwrap();
        let path = config.to_string_lossy().into_owned();
        let message = error(&["list", "--config", &path]);
        assert!(
            message.contains(
                "typedown.toml:2:1: there is no setting `vesrions`; did you mean `versions`?"
            ),
            "{message}"
        );
    }
}

mod overrides {
    use super::*;

    /// A docs folder with a page in each version, and a configuration with these overrides.
    fn configured(folder: &Path, overrides: &str) -> String {
        docs(folder, TONE);
        let resources = folder.join("docs/api-reference/v1.0/resources");
        std::fs::create_dir_all(&resources).unwrap();
        std::fs::write(resources.join("bell.md"), TONE.replace("tone", "bell")).unwrap();
        let config = folder.join("typedown.toml");
        std::fs::write(&config, format!("docs = \"docs\"\n{overrides}")).unwrap();
        config.to_string_lossy().into_owned()
    }

    #[test]
    fn hold_in_what_is_shown_and_are_named_as_what_decided() {
        let folder = tempfile::tempdir().unwrap();
        let config = configured(
            folder.path(),
            "[overrides.\"tone/pitch\"]\ntype = \"Edm.Double\"\n",
        );
        let run = typedown(&["show", "tone", "--config", &config]);
        assert!(run.out.contains("Edm.Double (override)"), "{}", run.out);
    }

    #[test]
    fn that_match_nothing_make_the_run_impossible() {
        let folder = tempfile::tempdir().unwrap();
        let config = configured(
            folder.path(),
            "[overrides.\"tone/pich\"]\nskip = true\n\n[overrides.\"bel\"]\nkind = \"entity\"\n",
        );
        let run = typedown(&["lint", "--config", &config]);
        assert_eq!((run.code, run.out.as_str()), (2, ""));
        assert_eq!(
            run.err,
            format!(
                "error: there are 2 overrides that cannot be used\n  \
                 {config}:2:12: `microsoft.graph.tone` has no property or member `pich` in beta; did you mean `pitch`?\n  \
                 {config}:5:12: no page of beta and v1.0 describes a type `bel`; did you mean `microsoft.graph.bell`?\n"
            )
        );
    }

    #[test]
    fn of_versions_that_are_not_read_are_no_matter() {
        let folder = tempfile::tempdir().unwrap();
        let config = configured(
            folder.path(),
            "[overrides.tone]\nkind = \"entity\"\nversions = [\"beta\"]\n\n[overrides.\"tone/pitch\"]\nskip = true\n",
        );
        let run = typedown(&["list", "--config", &config, "--version", "v1.0"]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        // In the version that is read it must be found.
        let config = configured(
            folder.path(),
            "[overrides.tone]\nkind = \"entity\"\nversions = [\"v1.0\"]\n",
        );
        let run = typedown(&["list", "--config", &config, "--version", "v1.0"]);
        assert_eq!(run.code, 2);
    }
}

#[test]
fn settings_come_from_the_configuration_and_flags_win() {
    let folder = tempfile::tempdir().unwrap();
    docs(folder.path(), TONE);
    let config = folder.path().join("typedown.toml");
    std::fs::write(&config, "docs = \"docs\"\nout = \"models\"\n").unwrap();
    let path = config.to_string_lossy().into_owned();
    assert_eq!(typedown(&["generate", "--config", &path]).code, 0);
    assert!(folder.path().join("models/src/lib.rs").exists());
    let other = folder.path().join("other").to_string_lossy().into_owned();
    assert_eq!(
        typedown(&["generate", "--config", &path, "--out", &other]).code,
        0
    );
    assert!(folder.path().join("other/src/lib.rs").exists());
}

#[test]
fn list_gives_an_object_for_each_type() {
    let run = typedown(&[
        "list",
        "--docs",
        &docs_input(),
        "--json",
        "--version",
        "v1.0",
    ]);
    let types: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    let operation = types
        .iter()
        .find(|ty| ty["name"] == "commsOperation")
        .unwrap();
    assert_eq!(operation["version"], "v1.0");
    assert_eq!(operation["namespace"], "microsoft.graph");
    assert_eq!(operation["kind"], "entity");
    assert_eq!(operation["rust_path"], "v1_0::CommsOperation");
    assert_eq!(
        operation["page"],
        "api-reference/v1.0/resources/commsoperation.md"
    );
    assert!(operation["line"].as_u64().is_some_and(|line| line > 1));
    assert!(types.iter().all(|ty| ty["version"] == "v1.0"));
}

#[test]
fn show_puts_versions_side_by_side_and_marks_what_differs() {
    let run = typedown(&["show", "--docs", &docs_input(), "commsoperation"]);
    let marked: Vec<&str> = run
        .out
        .lines()
        .filter(|line| line.contains('≠'))
        .filter_map(|line| line.split_whitespace().nth(2))
        .collect();
    assert_eq!(
        marked,
        ["createdDateTime", "lastActionDateTime"],
        "{}",
        run.out
    );
}

mod lint {
    use super::*;

    const BAD: &str = "# tone resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|two words|Int32|\n|pitch|pitches|\n\n## Methods\n\n|Method|Type|\n|-|-|\n|a|b|\n";

    #[test]
    fn it_ends_well_unless_a_judgement_is_asked_for() {
        let folder = tempfile::tempdir().unwrap();
        let docs = docs(folder.path(), BAD);
        let lint = |more: &[&str]| typedown(&[&["lint", "--docs", &docs], more].concat());
        let run = lint(&[]);
        assert_eq!(run.code, 0);
        assert!(
            run.out.contains(
                "error[row-name-malformed]: expected the name of a property, found `two words`"
            ) && run.out.contains("tone.md:7:2\n")
                && run.out.contains("7 | |two words|Int32|"),
            "{}",
            run.out
        );
        assert!(
            run.out.ends_with("2 diagnostics: 1 error, 1 warning\n"),
            "{}",
            run.out
        );
        assert_eq!(lint(&["--deny"]).code, 1);
        assert_eq!(lint(&["--deny", "error"]).code, 1);
        assert_eq!(lint(&["--deny", "type-unresolved"]).code, 1);
        assert_eq!(lint(&["--deny", "base-cycle"]).code, 0);
    }

    #[test]
    fn its_json_has_an_inventory_of_every_table() {
        let folder = tempfile::tempdir().unwrap();
        let run = typedown(&["lint", "--json", "--docs", &docs(folder.path(), BAD)]);
        let json: Value = serde_json::from_str(&run.out).unwrap();
        let tables = json["inventory"].as_array().unwrap();
        assert_eq!(tables.len(), 2);
        assert_eq!(tables[0]["place"]["line"], 5);
        assert_eq!(tables[0]["taken_for"], "properties");
        assert_eq!(
            (&tables[0]["used"], &tables[0]["diagnosed"]),
            (&1.into(), &1.into())
        );
        assert_eq!(tables[1]["reasons"]["methods"], 1);
        assert_eq!(json["diagnostics"].as_array().unwrap().len(), 2);
    }
    #[test]
    fn json_has_a_short_name_and_cannot_be_asked_for_in_two_ways() {
        let folder = tempfile::tempdir().unwrap();
        let docs = docs(folder.path(), BAD);
        let lint = |more: &[&str]| typedown(&[&["lint", "--docs", &docs], more].concat());
        assert_eq!(lint(&["--json"]).out, lint(&["--format", "json"]).out);
        assert_eq!(lint(&["--json", "--format", "text"]).code, 2);
    }

    #[test]
    fn a_report_goes_to_the_file_that_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let docs = docs(folder.path(), BAD);
        let file = folder.path().join("lint.sarif");
        let path = file.to_string_lossy().into_owned();
        let run = typedown(&["lint", "--docs", &docs, "--format", "sarif", "--out", &path]);
        assert_eq!((run.code, run.out.as_str()), (0, ""));
        let log: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
        assert_eq!(log["version"], "2.1.0");
        let nowhere = folder
            .path()
            .join("no/such/file")
            .to_string_lossy()
            .into_owned();
        let run = typedown(&["lint", "--docs", &docs, "--out", &nowhere]);
        assert_eq!(run.code, 2);
        assert!(run.err.contains("cannot be written"), "{}", run.err);
    }

    #[test]
    fn github_gets_workflow_commands() {
        let folder = tempfile::tempdir().unwrap();
        let docs = docs(folder.path(), BAD);
        let run = typedown(&["lint", "--docs", &docs, "--format", "github"]);
        assert!(
            run.out.starts_with("::error file=api-reference/beta/resources/tone.md,line=7,col=2,title=row-name-malformed::expected the name"),
            "{}",
            run.out
        );
    }

    #[test]
    fn levels_of_the_configuration_decide_what_is_told_and_denied() {
        let folder = tempfile::tempdir().unwrap();
        docs(folder.path(), BAD);
        let config = folder.path().join("typedown.toml");
        let path = config.to_string_lossy().into_owned();
        let lint = |levels: &str, more: &[&str]| {
            std::fs::write(&config, format!("docs = \"docs\"\n[lint]\n{levels}")).unwrap();
            typedown(&[&["lint", "--config", &path], more].concat())
        };
        let graver = lint("type-unresolved = \"error\"\n", &["--deny", "error"]);
        assert!(
            graver.out.contains("error[type-unresolved]"),
            "{}",
            graver.out
        );
        assert!(
            graver.out.ends_with("2 diagnostics: 2 errors\n"),
            "{}",
            graver.out
        );
        let levels = "type-unresolved = \"allow\"\nrow-name-malformed = \"note\"\n";
        let milder = lint(levels, &["--deny", "warning", "--deny", "type-unresolved"]);
        assert_eq!(milder.code, 0);
        assert!(
            milder.out.ends_with("1 diagnostic: 1 note\n"),
            "{}",
            milder.out
        );
        let generated = typedown(&[
            "generate",
            "--config",
            &path,
            "--out",
            &folder.path().join("models").to_string_lossy(),
        ]);
        assert!(
            generated.out.contains("1 diagnostic: 1 note"),
            "{}",
            generated.out
        );
    }

    #[test]
    fn a_page_that_cannot_be_read_is_told_and_the_check_not_done() {
        let folder = tempfile::tempdir().unwrap();
        let docs = docs(folder.path(), BAD);
        let config = folder.path().join("typedown.toml");
        std::fs::write(&config, "[limits]\npage-bytes = 10\n").unwrap();
        let run = typedown(&[
            "lint",
            "--docs",
            &docs,
            "--config",
            &config.to_string_lossy(),
        ]);
        assert_eq!(run.code, 2);
        assert!(run.out.contains("error[page-too-large]"), "{}", run.out);
        assert!(
            run.err.ends_with(
                "1 page cannot be read, and so the types that it describes are missing\n"
            ),
            "{}",
            run.err
        );
    }

    #[test]
    fn what_pages_suppress_is_counted_and_in_the_json() {
        let folder = tempfile::tempdir().unwrap();
        let page = format!(
            "{BAD}\n<!-- {{\"type\": \"#page.annotation\", \"suppressions\": [\"type-unresolved: pitch\"]}} -->\n"
        );
        let docs = docs(folder.path(), &page);
        let run = typedown(&["lint", "--docs", &docs]);
        assert!(
            run.out
                .ends_with("1 diagnostic: 1 error; 1 suppressed in pages\n"),
            "{}",
            run.out
        );
        let json: Value =
            serde_json::from_str(&typedown(&["lint", "--docs", &docs, "--json"]).out).unwrap();
        assert_eq!(json["suppressed"][0]["code"], "type-unresolved");
        assert_eq!(
            json["suppressed"][0]["subject"],
            "microsoft.graph.tone/pitch"
        );
    }
}

mod explain {
    use super::*;

    #[test]
    fn a_code_is_explained_with_an_example_and_what_lint_says_of_it() {
        let run = typedown(&["explain", "type-conflict"]);
        assert_eq!(run.code, 0);
        assert!(
            run.out.starts_with("type-conflict (warning)\n"),
            "{}",
            run.out
        );
        for part in [
            "# tone resource type",
            "warning[type-conflict]: ",
            "\"type-conflict: NAME\"",
            "type-conflict = \"allow\"",
        ] {
            assert!(run.out.contains(part), "{part}: {}", run.out);
        }
        assert!(run.out.lines().all(|line| line == line.trim_end()));
    }

    #[test]
    fn errors_are_said_not_to_be_hidden_by_pages() {
        let run = typedown(&["explain", "row-without-name"]);
        assert!(
            run.out.contains("Errors cannot be hidden in a page"),
            "{}",
            run.out
        );
    }

    #[test]
    fn every_code_can_be_explained() {
        for code in typedown::diagnostic::Code::ALL {
            let run = typedown(&["explain", code.name()]);
            assert_eq!(run.code, 0, "{code}");
            let told = run.out.contains("`typedown lint` says:");
            assert_eq!(told, code.example().is_some(), "{code}");
        }
    }

    #[test]
    fn without_a_code_all_are_listed() {
        let run = typedown(&["explain"]);
        for code in typedown::diagnostic::Code::ALL {
            let line = run
                .out
                .lines()
                .find(|line| line.split_whitespace().next() == Some(code.name()));
            let line = line.unwrap_or_else(|| panic!("{code}"));
            assert!(line.contains(&code.severity().to_string()), "{line}");
        }
    }

    #[test]
    fn an_unknown_code_is_an_error_that_names_the_near_one() {
        let run = typedown(&["explain", "type-conflit"]);
        assert_eq!(run.code, 2);
        assert_eq!(
            run.err,
            "error: there is no code or rule `type-conflit`; did you mean `type-conflict`?\n"
        );
    }
}
