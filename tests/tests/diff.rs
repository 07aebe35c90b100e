//! `typedown diff` and `typedown history` as their users run them.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use typedown_tests::{corpus, workspace};

/// A run: its exit code, what it wrote, and what it said beside that.
struct Run {
    code: u8,
    out: String,
    err: String,
}

fn run(args: &[&str]) -> Run {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = std::iter::once("typedown").chain(args.iter().copied());
    let code = typedown::cli::run(args, &mut out, &mut err);
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run {
        code,
        out: text(out),
        err: text(err),
    }
}

/// A folder with two docs folders, `old` and `new`, of one page each, and an empty configuration.
struct Pair(tempfile::TempDir);

impl Pair {
    fn new(old: &str, new: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("typedown.toml"), "").unwrap();
        std::fs::write(folder.path().join("diff-allow.toml"), "").unwrap();
        for (side, rows) in [("old", old), ("new", new)] {
            write_page(&folder.path().join(side), rows);
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.path().join(name).to_string_lossy().into_owned()
    }

    fn diff(&self, more: &[&str]) -> Run {
        let (config, allow) = (self.path("typedown.toml"), self.path("diff-allow.toml"));
        let (old, new) = (self.path("old"), self.path("new"));
        let mut args = vec!["diff", &old, &new, "--config", &config, "--allow", &allow];
        args.extend(more);
        run(&args)
    }

    fn json(&self, more: &[&str]) -> Value {
        let mut args = vec!["--format", "json"];
        args.extend(more);
        let run = self.diff(&args);
        serde_json::from_str(&run.out).unwrap_or_else(|error| panic!("{error}: {}", run.err))
    }

    fn allow(&self, text: &str) {
        std::fs::write(self.path("diff-allow.toml"), text).unwrap();
    }
}

fn write_page(docs: &Path, rows: &str) {
    let folder = docs.join("api-reference/beta/resources");
    std::fs::create_dir_all(&folder).unwrap();
    let page = format!(
        "# tone resource type\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n{rows}"
    );
    std::fs::write(folder.join("tone.md"), page).unwrap();
}

const PITCH: &str = "|pitch|Int32|In hertz.|\n";
const BOTH: &str = "|pitch|Int32|In hertz.|\n|name|String|Its name.|\n";

#[test]
fn findings_alone_do_not_fail_a_run() {
    let run = Pair::new(BOTH, PITCH).diff(&[]);
    assert_eq!(run.code, 0);
    assert!(run.out.starts_with(
        "error[property-removed] beta: `microsoft.graph.tone/name` is gone (was Edm.String)\n"
    ));
    assert!(
        run.out
            .ends_with("1 finding: 1 error\nrequired bump: major (1 major)\n"),
        "{}",
        run.out
    );
}

#[test]
fn gates_fail_a_run_on_their_axis_only() {
    let pair = Pair::new(PITCH, BOTH);
    for (gate, code) in [
        ("wire-read=breaking", 0),
        ("wire-write=risky", 0),
        ("rust=major", 0),
        ("rust=minor", 1),
        ("wire-read=safe", 1),
        ("level=note", 1),
        ("level=warning", 0),
        ("any", 1),
    ] {
        let run = pair.diff(&["--fail-on", gate]);
        assert_eq!(run.code, code, "{gate}: {}", run.err);
        assert_eq!(
            run.err
                .contains("failed: 1 finding is more than --fail-on lets pass"),
            code == 1
        );
    }
    let removed = Pair::new(BOTH, PITCH);
    assert_eq!(
        removed
            .diff(&["--fail-on", "wire-read=breaking,rust=major"])
            .code,
        1
    );
}

/// A reader that wants to see nothing.
struct Closed;

impl std::io::Write for Closed {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_gate_closes_whoever_reads_the_report() {
    let pair = Pair::new(BOTH, PITCH);
    let (old, new, config) = (
        pair.path("old"),
        pair.path("new"),
        pair.path("typedown.toml"),
    );
    let args = [
        "typedown", "diff", &old, &new, "--config", &config, "--allow", &config,
    ];
    for gate in ["rust=major", "any"] {
        let args = args.iter().copied().chain(["--fail-on", gate]);
        assert_eq!(typedown::cli::run(args, &mut Closed, &mut Vec::new()), 1);
    }
    assert_eq!(typedown::cli::run(args, &mut Closed, &mut Vec::new()), 0);
}

#[test]
fn what_is_not_shown_and_fails_a_gate_is_named() {
    let pair = Pair::new(BOTH, &BOTH.replace("Its name.", "What it is called."));
    let run = pair.diff(&["--fail-on", "rust=patch"]);
    assert_eq!(run.code, 1);
    assert_eq!(
        run.err,
        "failed: 1 finding is more than --fail-on lets pass, 1 of them not shown because of their level: \
         `microsoft.graph.tone/name` property-description-changed\n"
    );
    let report = pair.json(&[]);
    assert_eq!(report["findings"], serde_json::json!([]));
    assert_eq!(report["silent"][0]["rule"], "property-description-changed");
}

#[test]
fn the_expected_bump_is_a_ceiling() {
    let pair = Pair::new(PITCH, BOTH);
    for (bump, code) in [("none", 1), ("patch", 1), ("minor", 0), ("major", 0)] {
        assert_eq!(pair.diff(&["--expect", bump]).code, code, "{bump}");
    }
    let run = Pair::new(BOTH, PITCH).diff(&["--expect", "minor"]);
    assert_eq!(run.code, 1);
    assert_eq!(
        run.err,
        "failed: --expect minor, but the changes require major (1 major)\n"
    );
    let reworded = Pair::new(PITCH, "|pitch|Int32|In hertz, rounded.|\n");
    assert_eq!(reworded.diff(&["--expect", "patch"]).code, 0);
    assert_eq!(reworded.diff(&["--expect", "none"]).code, 1);
}

#[test]
fn literals_that_name_every_field_make_a_field_more_a_major_change() {
    let pair = Pair::new(PITCH, BOTH);
    assert_eq!(pair.json(&[])["requiredBump"], "minor");
    assert_eq!(
        pair.json(&["--literals", "complete"])["requiredBump"],
        "major"
    );
}

#[test]
fn a_version_that_is_not_stable_may_break_where_so_set() {
    let pair = Pair::new(BOTH, PITCH);
    let gates = ["--fail-on", "wire-read=breaking", "--expect", "minor"];
    assert_eq!(pair.diff(&gates).code, 1);
    let mut may = gates.to_vec();
    may.push("--beta-may-break");
    assert_eq!(pair.diff(&may).code, 0);
    let finding = &pair.json(&["--beta-may-break"])["findings"][0];
    assert_eq!(finding["level"], "note");
    assert_eq!(finding["verdicts"]["wireRead"], "breaking");
}

#[test]
fn levels_are_set_by_flag_and_by_configuration() {
    let pair = Pair::new(BOTH, PITCH);
    let level = |report: &Value| report["findings"][0]["level"].clone();
    assert_eq!(
        level(&pair.json(&["--level", "property-removed=note"])),
        "note"
    );
    assert_eq!(
        pair.json(&["--level", "property-removed=allow"])["findings"],
        serde_json::json!([])
    );
    std::fs::write(
        pair.path("typedown.toml"),
        "[diff.levels]\nproperty-removed = \"warning\"\n",
    )
    .unwrap();
    assert_eq!(level(&pair.json(&[])), "warning");
    let run = pair.diff(&["--level", "property-remved=note"]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("did you mean `property-removed`?"),
        "{}",
        run.err
    );
}

#[test]
fn what_is_allowed_is_told_apart_and_fails_nothing() {
    let pair = Pair::new(BOTH, PITCH);
    let print = pair.json(&[])["findings"][0]["fingerprint"]
        .as_str()
        .unwrap()
        .to_owned();
    for entry in [
        format!("[[allow]]\nfingerprint = \"{print}\"\nreason = \"Nobody read it.\"\n"),
        "[[allow]]\nrule = \"property-removed\"\npath = \"tone/*\"\nreason = \"Nobody read it.\"\n"
            .to_owned(),
    ] {
        pair.allow(&entry);
        let run = pair.diff(&["--fail-on", "any", "--expect", "patch"]);
        assert_eq!((run.code, run.err.as_str()), (0, ""));
        assert!(run.out.contains("no findings; 1 allowed\n"), "{}", run.out);
        let report = pair.json(&[]);
        assert_eq!(report["findings"], serde_json::json!([]));
        assert_eq!(report["allowed"][0]["allowed"], "Nobody read it.");
        assert_eq!(report["requiredBump"], "none");
    }
}

#[test]
fn what_allows_nothing_and_what_has_expired_is_told() {
    let pair = Pair::new(BOTH, PITCH);
    pair.allow("[[allow]]\nrule = \"property-removed\"\npath = \"tone/pitch\"\nreason = \"x\"\n");
    let run = pair.diff(&[]);
    assert_eq!(run.code, 0);
    assert!(
        run.err
            .ends_with("diff-allow.toml:1: no finding is like this: remove it\n"),
        "{}",
        run.err
    );
    pair.allow("[[allow]]\nrule = \"property-removed\"\npath = \"*\"\nreason = \"x\"\nexpires = \"2020-01-31\"\n");
    let run = pair.diff(&["--fail-on", "any"]);
    assert_eq!(run.code, 1);
    assert!(
        run.err
            .contains("diff-allow.toml:1: this expired on 2020-01-31"),
        "{}",
        run.err
    );
}

#[test]
fn renames_that_fit_nothing_are_told() {
    let pair = Pair::new(BOTH, "|pitch|Int32|In hertz.|\n|title|String|Its name.|\n");
    let tone = "microsoft.graph.tone";
    let rename = |from: &str, to: &str| format!("[[renamed]]\nfrom = \"{from}\"\nto = \"{to}\"\n");
    pair.allow(&rename(&format!("{tone}/name"), &format!("{tone}/title")));
    let run = pair.diff(&[]);
    assert_eq!(run.err, "");
    assert!(run.out.contains("[property-renamed]"), "{}", run.out);
    pair.allow(&(rename("tone/name", "tone/title") + &rename("bell", "gong")));
    let run = pair.diff(&[]);
    let told: Vec<&str> = run
        .err
        .lines()
        .filter_map(|line| line.split(" is not used").next())
        .collect();
    assert_eq!(
        told,
        [
            "warning: the rename of `bell` to `gong`",
            "warning: the rename of `tone/name` to `tone/title`"
        ]
    );
}

#[test]
fn of_docs_the_part_is_compared_that_a_crate_is_made_of() {
    let pair = Pair::new(BOTH, PITCH);
    for (select, expected) in [("Tone", 1), ("bell", 0)] {
        let config = format!("select = [\"{select}\"]\n");
        std::fs::write(pair.path("typedown.toml"), config).unwrap();
        let findings = pair.json(&[])["findings"].as_array().unwrap().len();
        assert_eq!(findings, expected, "{select}");
    }
    assert_eq!(
        pair.diff(&[]).err,
        "warning: `select` in typedown.toml names `bell`, which no page of either side describes\n"
    );
}

#[test]
fn levels_do_not_hide_a_change_from_gates_on_axes() {
    let pair = Pair::new(&format!("{PITCH}|name|String|x|\n"), PITCH);
    let quiet = ["--level", "property-removed=allow"];
    let gate = pair.diff(&[&quiet[..], &["--fail-on", "rust=major"]].concat());
    assert_eq!(gate.code, 1);
    assert!(
        gate.err
            .contains("1 of them not shown because of their level"),
        "{}",
        gate.err
    );
    assert_eq!(
        pair.diff(&[&quiet[..], &["--expect", "minor"]].concat())
            .code,
        1
    );
    assert_eq!(
        pair.diff(&[&quiet[..], &["--fail-on", "any"]].concat())
            .code,
        0
    );
}

#[test]
fn many_types_of_which_the_same_is_said_are_told_as_one() {
    let sides = [0, 20].map(|count| {
        let folder = tempfile::tempdir().unwrap();
        let pages = folder.path().join("api-reference/beta/resources");
        std::fs::create_dir_all(&pages).unwrap();
        for n in 0..=count {
            let page = format!("# tone{n} resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|pitch|Int32|\n");
            std::fs::write(pages.join(format!("tone{n}.md")), page).unwrap();
        }
        folder
    });
    let [old, new] = sides.each_ref().map(|side| side.path().to_string_lossy());
    let text = run(&["diff", &old, &new]).out;
    assert!(
        text.contains("beta: 20 types, each of which is a new type (complex)\n"),
        "{text}"
    );
}

#[test]
fn floods_are_told_as_one_and_each_by_each_if_asked_for() {
    let values = |count: usize| {
        let rows: String = (0..count)
            .map(|n| format!("|value{n}|Int32|x|\n"))
            .collect();
        format!("{PITCH}{rows}")
    };
    let pair = Pair::new(PITCH, &values(40));
    let flood = pair.diff(&[]).out;
    assert!(
        flood.contains("`microsoft.graph.tone`: 40 members, each of which is a new property\n"),
        "{flood}"
    );
    assert!(!pair.diff(&["--every"]).out.contains("40 members"));
    let report = pair.json(&[]);
    assert_eq!(report["findings"].as_array().unwrap().len(), 40);
    assert_eq!(report["bumps"]["minor"], 40);
}

#[test]
fn json_is_what_its_schema_says() {
    let schema: Value = serde_json::from_str(&run(&["diff", "--print-schema"]).out).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let pair = Pair::new(BOTH, "|pitch|Int64|In hertz.|\n|Name|String|Its name.|\n");
    let docs = workspace().join("docs-input");
    let docs = docs.to_string_lossy();
    let between = run(&[
        "diff",
        "--docs",
        &docs,
        "--between",
        "v1.0",
        "beta",
        "--format",
        "json",
    ]);
    for report in [pair.json(&[]), serde_json::from_str(&between.out).unwrap()] {
        let errors: Vec<String> = schema
            .iter_errors(&report)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}

#[test]
fn a_report_is_the_same_in_a_file_and_at_every_time() {
    let pair = Pair::new(BOTH, PITCH);
    for format in ["text", "markdown", "json", "sarif", "github", "html"] {
        let file = pair.path("report");
        let written = pair.diff(&["--format", format, "--out", &file]);
        assert_eq!((written.code, written.out.as_str()), (0, ""));
        let again = pair.diff(&["--format", format, "--threads", "7"]);
        assert_eq!(std::fs::read_to_string(&file).unwrap(), again.out);
    }
}

#[test]
fn changes_that_mean_nothing_are_not_told() {
    let folder = workspace().join("tests/quiet");
    for entry in folder.read_dir().unwrap() {
        let folder = entry.unwrap().path();
        let side = |name: &str| folder.join(name).to_string_lossy().into_owned();
        let empty = tempfile::NamedTempFile::with_suffix(".toml").unwrap();
        let config = empty.path().to_string_lossy();
        let run = run(&[
            "diff",
            &side("old"),
            &side("new"),
            "--config",
            &config,
            "--allow",
            &config,
            "--fail-on",
            "any",
        ]);
        assert_eq!(
            (run.code, run.err.as_str()),
            (0, ""),
            "{}: {}",
            folder.display(),
            run.out
        );
        assert!(
            run.out.starts_with("no findings"),
            "{}: {}",
            folder.display(),
            run.out
        );
    }
}

#[test]
fn docs_input_differs_as_intended() {
    let docs = workspace().join("docs-input");
    let docs = docs.to_string_lossy();
    let run = run(&[
        "diff",
        "--docs",
        &docs,
        "--between",
        "v1.0",
        "beta",
        "--format",
        "json",
        "--every",
    ]);
    assert_eq!((run.code, run.err.as_str()), (0, ""));
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let lines: String = report["findings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|finding| {
            let text = |name: &str| finding[name].as_str().unwrap_or("-").to_owned();
            format!("{} {}/{}\n", text("rule"), text("type"), text("member"))
        })
        .collect();
    for name in ["createdDateTime", "lastActionDateTime"] {
        assert!(lines.contains(&format!(
            "property-added microsoft.graph.commsOperation/{name}\n"
        )));
    }
    let path = workspace().join("tests/golden/docs-input-diff.txt");
    if std::env::var_os("TYPEDOWN_BLESS").is_some() {
        std::fs::write(&path, &lines).unwrap();
    }
    assert_eq!(
        std::fs::read_to_string(&path)
            .unwrap_or_default()
            .replace("\r\n", "\n"),
        lines
    );
}

#[test]
fn the_seeds_differ_in_two_dates_and_in_no_language() {
    let Some(corpus) = corpus("the_seeds_differ_in_two_dates_and_in_no_language") else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let seeds = |prefix: &str| -> PathBuf {
        let entries = corpus.join("seeds").read_dir().unwrap();
        let mut paths = entries.map(|entry| entry.unwrap().path());
        paths
            .find(|path| {
                path.file_name()
                    .unwrap()
                    .to_string_lossy()
                    .starts_with(prefix)
            })
            .unwrap()
    };
    for (side, prefix) in [("german", "001"), ("english", "004")] {
        let pages = folder
            .path()
            .join(side)
            .join("api-reference/beta/resources");
        std::fs::create_dir_all(&pages).unwrap();
        std::fs::copy(seeds(prefix), pages.join("commsoperation.md")).unwrap();
    }
    let empty = folder.path().join("empty.toml");
    std::fs::write(&empty, "").unwrap();
    let empty = empty.to_string_lossy();
    let side = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    for (old, new, rule) in [
        ("german", "english", "property-removed"),
        ("english", "german", "property-added"),
    ] {
        let run = run(&[
            "diff",
            &side(old),
            &side(new),
            "--config",
            &empty,
            "--allow",
            &empty,
            "--format",
            "json",
        ]);
        let report: Value = serde_json::from_str(&run.out).unwrap();
        let findings = report["findings"].as_array().unwrap();
        let told: Vec<(&str, &str)> = findings
            .iter()
            .map(|finding| {
                (
                    finding["rule"].as_str().unwrap(),
                    finding["member"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(
            told,
            [(rule, "createdDateTime"), (rule, "lastActionDateTime")]
        );
    }
}

#[test]
fn sides_may_be_lock_files_and_csdl() {
    let pair = Pair::new(BOTH, PITCH);
    let config = pair.path("typedown.toml");
    for side in ["old", "new"] {
        let (docs, out) = (pair.path(side), pair.path(&format!("{side}-crate")));
        assert_eq!(
            run(&[
                "generate", "--docs", &docs, "--out", &out, "--config", &config
            ])
            .code,
            0
        );
        let csdl = pair.path(&format!("beta-{side}.csdl.xml"));
        assert_eq!(
            run(&[
                "export", "csdl", "--docs", &docs, "--out", &csdl, "--config", &config
            ])
            .code,
            0
        );
    }
    for names in [
        [
            "old-crate/typedown.lock.json",
            "new-crate/typedown.lock.json",
        ],
        ["beta-old.csdl.xml", "beta-new.csdl.xml"],
        ["old-crate/typedown.lock.json", "new"],
        ["old-crate", "new-crate"],
    ] {
        let [old, new] = names.map(|name| pair.path(name));
        let run = run(&[
            "diff", &old, &new, "--config", &config, "--allow", &config, "--format", "json",
        ]);
        let report: Value =
            serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.err));
        let rules: Vec<&str> = report["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|finding| finding["rule"].as_str())
            .collect();
        assert_eq!(rules, ["property-removed"], "{names:?}");
    }
}

#[test]
fn what_cannot_be_compared_is_told_with_what_to_do() {
    let pair = Pair::new(PITCH, PITCH);
    let (old, config) = (pair.path("old"), pair.path("typedown.toml"));
    std::fs::write(
        pair.path("bad.json"),
        "{\n\"format\": 1,\n\"versions\": 3\n}\n",
    )
    .unwrap();
    std::fs::write(pair.path("bad.xml"), "<Schema><EntityType").unwrap();
    for (args, message) in [
        (
            vec!["diff", &*old, "no/such"],
            "`no/such` is neither a docs folder, nor a lock file",
        ),
        (
            vec!["diff", &*old],
            "there is nothing to compare OLD with: name NEW too",
        ),
        (
            vec!["diff", &*old, "--between", "v1.0", "beta"],
            "there is no version `v1.0`, there is beta",
        ),
        (
            vec!["diff", &*old, &*pair.path("")],
            "`: expected a checkout of the Graph docs, with pages in",
        ),
        (
            vec!["diff", &*old, &*pair.path("bad.json")],
            "lock file, line 3, column 13: invalid type: integer `3`, expected an object for versions",
        ),
        (
            vec!["diff", &*old, &*pair.path("bad.xml")],
            "CSDL document, line 1: ",
        ),
    ] {
        let mut args = args.clone();
        args.extend(["--config", &config]);
        let run = run(&args);
        assert_eq!(run.code, 2, "{args:?}");
        assert!(run.err.contains(message), "{args:?}: {}", run.err);
    }
}

fn git(folder: &Path, args: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args([
            "-c",
            "user.name=someone",
            "-c",
            "user.email=someone@example.com",
        ])
        .args(args)
        .env_remove("GIT_DIR")
        .env("GIT_COMMITTER_DATE", "2021-07-16T12:00:00Z")
        .env("GIT_AUTHOR_DATE", "2021-07-16T12:00:00Z")
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{args:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A repository whose docs folder had another page in its first commit.
fn repository() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    git(folder.path(), &["init", "-q"]);
    for rows in [BOTH, PITCH] {
        write_page(&folder.path().join("docs"), rows);
        git(folder.path(), &["add", "."]);
        git(folder.path(), &["commit", "-q", "-m", "pages"]);
    }
    folder
}

#[test]
fn revisions_are_read_without_a_checkout() {
    let repository = repository();
    let docs = repository.path().join("docs");
    let empty = repository.path().join("empty.toml");
    std::fs::write(&empty, "").unwrap();
    let empty = empty.to_string_lossy();
    let docs = docs.to_string_lossy();
    let revision = format!("{docs}:HEAD~1");
    let report = run(&[
        "diff", &revision, &docs, "--config", &empty, "--allow", &empty,
    ]);
    assert_eq!((report.code, report.err.as_str()), (0, ""));
    assert!(
        report.out.contains("`microsoft.graph.tone/name` is gone"),
        "{}",
        report.out
    );
    // Every command that takes docs takes a revision of them.
    for command in ["list", "lint", "show"] {
        let mut args = vec![command];
        args.extend((command == "show").then_some("tone"));
        args.extend(["--docs", &revision, "--config", &empty]);
        let run = run(&args);
        assert_eq!(run.code, 0, "{command}: {}", run.err);
        let expected = if command == "lint" {
            "no diagnostics"
        } else {
            "tone"
        };
        assert!(run.out.contains(expected), "{command}: {}", run.out);
    }
    let out = repository
        .path()
        .join("crate")
        .to_string_lossy()
        .into_owned();
    let generated = run(&[
        "generate", "--docs", &revision, "--out", &out, "--config", &empty,
    ]);
    assert_eq!(generated.code, 0, "{}", generated.err);
    let exported = run(&["export", "csdl", "--docs", &revision, "--config", &empty]);
    assert!(exported.out.contains("Name=\"name\""), "{}", exported.err);
}

#[test]
fn an_unknown_revision_is_told() {
    let repository = repository();
    let revision = format!(
        "{}:no-such-branch",
        repository.path().join("docs").display()
    );
    let run = run(&["list", "--docs", &revision]);
    assert_eq!(run.code, 2);
    assert!(
        run.err.contains("has no revision `no-such-branch`"),
        "{}",
        run.err
    );
}

#[test]
fn a_missing_object_is_a_diagnostic_of_its_page() {
    let repository = repository();
    let folder = repository.path();
    let pages = folder.join("docs/api-reference/beta/resources");
    std::fs::write(
        pages.join("bell.md"),
        "# bell resource type\n\n## Properties\n\n|Property|Type|\n|-|-|\n|size|Int32|\n",
    )
    .unwrap();
    git(folder, &["add", "."]);
    git(folder, &["commit", "-q", "-m", "bell"]);
    let object = git(
        folder,
        &[
            "rev-parse",
            "HEAD:docs/api-reference/beta/resources/bell.md",
        ],
    );
    let path = folder
        .join(".git/objects")
        .join(&object[..2])
        .join(&object[2..]);
    std::fs::remove_file(path).unwrap();
    let empty = folder.join("empty.toml");
    std::fs::write(&empty, "").unwrap();
    let revision = format!("{}:HEAD", folder.join("docs").display());
    let run = run(&[
        "lint",
        "--docs",
        &revision,
        "--config",
        &empty.to_string_lossy(),
    ]);
    assert_eq!(run.code, 2);
    assert!(run.out.contains("bell.md"), "{}", run.out);
    assert!(
        run.out
            .contains(&format!("the repository lacks the object {object}")),
        "{}",
        run.out
    );
    // What cannot be read is neither gone nor new.
    let before = format!("{}:HEAD~1", folder.join("docs").display());
    for (old, new) in [(&before, &revision), (&revision, &before)] {
        let empty = empty.to_string_lossy();
        let diff = self::run(&["diff", old, new, "--config", &empty, "--allow", &empty]);
        assert_eq!(diff.code, 2);
        assert!(diff.out.starts_with("no findings"), "{}", diff.out);
        assert!(diff.err.contains(&object), "{}", diff.err);
        assert!(
            diff.err.contains("bell.md: the page cannot be read"),
            "{}",
            diff.err
        );
    }
    let empty = empty.to_string_lossy();
    let json = ["--config", &empty, "--allow", &empty, "--format", "json"];
    let report = self::run(&[&["diff", &before, &revision], &json[..]].concat());
    let report: Value = serde_json::from_str(&report.out).unwrap();
    let note = report["notes"][0].as_str().unwrap_or_default();
    assert!(
        note.starts_with("left out of both sides: ") && note.contains("bell.md"),
        "{note}"
    );
    // Whoever uses the rest is told what is missing of it.
    let out = folder.join("crate").to_string_lossy().into_owned();
    for command in [
        vec!["list"],
        vec!["show", "tone"],
        vec!["export", "csdl"],
        vec!["generate", "--out", &out],
    ] {
        let command = [&command[..], &["--docs", &revision, "--config", &empty]].concat();
        let run = self::run(&command);
        assert_eq!(run.code, 2, "{command:?}");
        assert!(!run.out.is_empty(), "{command:?}");
        assert!(run.err.contains(&object), "{command:?}: {}", run.err);
    }
    let docs = folder.join("docs").to_string_lossy().into_owned();
    let history = self::run(&["history", "--all", "--repo", &docs]);
    assert_eq!(history.code, 2);
    assert!(!history.out.contains("bell"), "{}", history.out);
    assert!(history.err.contains(&object), "{}", history.err);
}

#[test]
fn history_tells_what_each_commit_changed_newest_first() {
    let repository = repository();
    let docs = repository
        .path()
        .join("docs")
        .to_string_lossy()
        .into_owned();
    let text = run(&["history", "tone", "--repo", &docs]);
    assert_eq!((text.code, text.err.as_str()), (0, ""));
    let newest = git(repository.path(), &["rev-parse", "HEAD"]);
    let oldest = git(repository.path(), &["rev-parse", "HEAD~1"]);
    assert_eq!(
        text.out,
        format!(
            "2021-07-16 {}\n  beta property-removed name: was Edm.String\n2021-07-16 {}\n  beta type-added: complex\n",
            &newest[..10],
            &oldest[..10]
        )
    );
    let json = run(&[
        "history",
        "--all",
        "--format",
        "json",
        "--repo",
        &format!("{docs}:HEAD~1"),
    ]);
    let all: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(all.as_array().unwrap().len(), 1);
    assert_eq!(all[0]["commit"], *oldest);
    assert_eq!(all[0]["facts"][0]["kind"], "type-added");
    let unknown = run(&["history", "no-such-type", "--repo", &docs]);
    assert_eq!(
        unknown.err,
        "error: no revision has a type `no-such-type`; there is only `tone`\n"
    );
    assert_eq!(unknown.code, 2);
}
