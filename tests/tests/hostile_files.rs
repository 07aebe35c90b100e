//! Docs come from strangers: whatever lies between the pages, be it no file at all or one without an end, the run ends soon and
//! with little memory, tells what it left out, and reads the other pages as if the bad one were not there.

use std::path::Path;
use std::process::{Command, Output};

use typedown::Generator;

/// A page with nothing wrong on it.
const GOOD: &str = "# harbor resource type\n\nA harbor.\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n\
    |depth|Double|How deep it is.|\n|name|String|How it is called.|\n";

const TABLE: &str = "# tone resource type\n\nA tone.\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n\
    |pitch|Int32|How high it is.|\n";

/// Where the good page and the bad one lie.
const PLACES: [&str; 2] = ["v1.0/resources/harbor.md", "v1.0/resources/tone.md"];

/// A text often enough to have so many bytes.
fn filled(text: &str, bytes: usize) -> String {
    text.repeat(bytes.div_ceil(text.len()))
}

/// Docs in a folder, with the good page in it.
struct Docs(tempfile::TempDir);

impl Docs {
    fn new() -> Self {
        let docs = Self(tempfile::tempdir().unwrap());
        docs.write(PLACES[0], GOOD);
        docs
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join("docs").join(path)
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    /// The program in the folder around the docs, with so many mebibytes of memory.
    fn typedown(&self, mebibytes: u64) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_within"));
        command
            .arg(mebibytes.to_string())
            .current_dir(self.0.path());
        command
    }

    /// Runs the program on the docs with so many mebibytes of memory; what it prints.
    fn run(&self, mebibytes: u64, arguments: &[&str]) -> Output {
        let mut command = self.typedown(mebibytes);
        command
            .args(arguments)
            .args(["--docs", "docs", "--threads", "1"]);
        command.output().unwrap()
    }

    /// Lists the types with so many mebibytes of memory: the good one must be among them.
    fn list(&self, mebibytes: u64) -> (Option<i32>, String) {
        listed(&self.run(mebibytes, &["list"]))
    }
}

/// How listing the types ended, and what was told; the good one must be among them.
fn listed(output: &Output) -> (Option<i32>, String) {
    let (listed, told) = (text(&output.stdout), text(&output.stderr));
    assert!(listed.contains("v1_0::Harbor"), "{listed}{told}");
    (output.status.code(), told)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A file of so many bytes that takes no place on the disk.
fn sparse(path: &Path, bytes: u64) {
    let file = std::fs::File::create(path).unwrap();
    file.set_len(bytes).unwrap();
}

#[test]
fn paths_in_the_lock_file_have_slashes() {
    let docs = Docs::new();
    docs.write("v1.0/resources/sub/tone.md", TABLE);
    let reading = Generator::new().docs(docs.path("")).read_docs().unwrap();
    let lock = reading.schema.to_lock();
    assert!(lock.contains("v1.0/resources/sub/tone.md"), "{lock}");
    assert!(!lock.contains('\\'), "{lock}");
}

#[cfg(target_os = "linux")]
mod linux {
    use super::*;
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
    use std::os::unix::process::CommandExt;

    /// What a run may take that reads a few small pages, and what is read at most of a large one.
    const MEBIBYTES: u64 = 300;

    #[test]
    fn a_page_of_a_gigabyte_is_not_read() {
        let docs = Docs::new();
        sparse(&docs.path(PLACES[1]), 1 << 30);
        let (code, told) = docs.list(MEBIBYTES);
        assert_eq!(code, Some(2));
        assert!(
            told.contains("tone.md: the page has more bytes than 2097152 (limit `page-bytes`)"),
            "{told}"
        );
    }

    #[test]
    fn a_cell_of_a_hundred_megabytes_is_not_read() {
        let docs = Docs::new();
        docs.write(
            PLACES[1],
            format!("{TABLE}|a|String|{}|\n", "a".repeat(100_000_000)),
        );
        let (_, told) = docs.list(MEBIBYTES);
        assert!(
            told.contains("tone.md: the page has more bytes than 2097152"),
            "{told}"
        );
    }

    #[test]
    fn pages_as_large_as_they_may_be_stay_within_the_memory() {
        // The worst of many: each byte or two becomes something to remember.
        for piece in [
            "|\n", "*a_ ", "[a](b) ", "- a\n", "`a` ", "# a\n", "{},", "||\n",
        ] {
            let docs = Docs::new();
            docs.write(PLACES[1], format!("{TABLE}{}", filled(piece, 2_000_000)));
            docs.list(2 * 1024);
        }
    }

    /// A user that owns nothing.
    const NOBODY: u32 = 65534;

    fn fifo(path: &Path) {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        let made = Command::new("mkfifo").arg(path).status().unwrap();
        assert!(made.success());
    }

    #[test]
    fn pipes_and_devices_are_neither_read_nor_waited_for() {
        let docs = Docs::new();
        fifo(&docs.path("v1.0/resources/pipe.md"));
        symlink("/dev/zero", docs.path("v1.0/resources/zero.md")).unwrap();
        fifo(&docs.path("v1.0/includes/pipe.md"));
        symlink("/dev/zero", docs.path("v1.0/includes/zero.md")).unwrap();
        let includes =
            "[!INCLUDE [a](../includes/pipe.md)]\n\n[!INCLUDE [a](../includes/zero.md)]\n";
        docs.write(PLACES[1], format!("{TABLE}\n{includes}"));
        assert_eq!(docs.list(MEBIBYTES), (Some(0), String::new()));
        let linted = text(&docs.run(MEBIBYTES, &["lint"]).stdout);
        for expected in [
            "`pipe.md` was skipped: it is neither a file nor a folder",
            "`zero.md` was skipped: it is a link to nothing, or out of the docs folder",
            "`v1.0/includes/pipe.md` cannot be read: expected a file, found a pipe or a device",
            "`v1.0/includes/zero.md` cannot be read: the path leads out of the docs folder",
        ] {
            assert!(linted.contains(expected), "{expected}\n{linted}");
        }
    }

    #[test]
    fn files_beside_the_docs_may_be_pipes_too() {
        let docs = Docs::new();
        let out = docs.0.path().join("generated");
        let generate = ["generate", "--out", "generated", "--cache", "cache"];
        assert!(docs.run(MEBIBYTES, &generate).status.success());
        for file in std::fs::read_dir(docs.0.path().join("cache")).unwrap() {
            let file = file.unwrap().path();
            std::fs::remove_file(&file).unwrap();
            fifo(&file);
        }
        assert!(docs.run(MEBIBYTES, &generate).status.success());
        let expected = [
            (
                "typedown.lock.json",
                "expected a file, found a pipe or a device",
            ),
            (
                "src/lib.rs",
                "`generated/src/lib.rs` was not written by Typedown",
            ),
        ];
        for (file, expected) in expected {
            std::fs::remove_file(out.join(file)).unwrap();
            fifo(&out.join(file));
            let output = docs.run(MEBIBYTES, &["generate", "--out", "generated", "--no-cache"]);
            let told = text(&output.stderr);
            assert!(told.contains(expected), "{told}");
            std::fs::remove_file(out.join(file)).unwrap();
        }
        fifo(&docs.0.path().join("typedown.toml"));
        assert_eq!(docs.list(MEBIBYTES).0, Some(0));
        let output = docs.run(MEBIBYTES, &["list", "--config", "typedown.toml"]);
        let told = text(&output.stderr);
        assert!(
            told.contains("the configuration cannot be read: expected a file"),
            "{told}"
        );
    }

    #[test]
    fn what_may_not_be_read_is_told_and_the_rest_is_read() {
        let docs = Docs::new();
        docs.write(PLACES[1], TABLE);
        docs.write("v1.0/resources/shut/a.md", TABLE);
        docs.write("beta/resources/a.md", TABLE);
        let shut =
            ["v1.0/resources/tone.md", "v1.0/resources/shut", "beta"].map(|path| docs.path(path));
        for path in &shut {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o000)).unwrap();
        }
        let mut command = docs.typedown(MEBIBYTES);
        command.args(["list", "--docs", "docs", "--threads", "1"]);
        // No permissions stop root: then somebody else looks, who may look at everything else.
        if std::fs::metadata(docs.0.path()).unwrap().uid() == 0 {
            let open = std::fs::Permissions::from_mode(0o755);
            std::fs::set_permissions(docs.0.path(), open).unwrap();
            command.uid(NOBODY).gid(NOBODY);
        }
        let (code, told) = listed(&command.output().unwrap());
        for path in &shut {
            std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
        }
        assert_eq!(code, Some(2));
        for expected in [
            "v1.0/resources/tone.md: the page cannot be read: permission denied",
            "v1.0/resources/shut: the folder cannot be listed: permission denied; the pages in it are missing",
            "beta/resources: the folder cannot be listed: permission denied; the pages in it are missing",
        ] {
            assert!(told.contains(expected), "{expected}\n{told}");
        }
    }

    #[test]
    fn a_path_that_no_file_can_have_is_told() {
        let docs = Docs::new();
        let long = "a".repeat(300);
        docs.write(
            PLACES[1],
            format!(
                "{TABLE}\n[!INCLUDE [a]({long}.md)]\n\n[!INCLUDE [a]({}.md)]\n",
                "a/".repeat(3000)
            ),
        );
        assert_eq!(docs.list(MEBIBYTES), (Some(0), String::new()));
    }

    fn git(docs: &Docs, arguments: &[&str]) {
        let mut command = std::process::Command::new("git");
        command.arg("-C").arg(docs.0.path());
        command.args([
            "-c",
            "user.name=a",
            "-c",
            "user.email=a@b",
            "-c",
            "core.bigFileThreshold=1m",
        ]);
        let output = command.args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", text(&output.stderr));
    }

    /// In a pull request such a folder is files like all others. What it says of programs must not be obeyed.
    #[test]
    fn a_repository_among_the_docs_is_none() {
        let docs = Docs::new();
        for arguments in [
            &["init", "-q"][..],
            &["add", "."],
            &["commit", "-q", "-m", "a"],
            &["clone", "-q", "--bare", ".", "docs/other"],
        ] {
            git(&docs, arguments);
        }
        for part in ["HEAD", "objects", "refs", "packed-refs"] {
            std::fs::rename(docs.path("other").join(part), docs.path(part)).unwrap();
        }
        let trap = docs.0.path().join("obeyed");
        let settings = "[core]\nbare = false\nrepositoryformatversion = 0\nworktree = .\n";
        let settings = format!("{settings}fsmonitor = \"touch {};false\"\n", trap.display());
        docs.write("config", settings);
        for arguments in [
            &[
                "generate",
                "--no-cache",
                "--docs",
                "docs",
                "--out",
                "models",
            ][..],
            &["list", "--docs", "docs:HEAD"],
            &["diff", "docs:HEAD", "docs"],
            &["history", "harbor", "--repo", "docs"],
        ] {
            let output = docs.typedown(MEBIBYTES).args(arguments).output().unwrap();
            assert!(!trap.exists(), "{arguments:?}: {}", text(&output.stderr));
        }
    }

    #[test]
    fn a_repository_without_a_working_tree_has_revisions() {
        let docs = Docs::new();
        for arguments in [
            &["-C", "docs", "init", "-q"][..],
            &["-C", "docs", "add", "."],
            &["-C", "docs", "commit", "-q", "-m", "a"],
            &["clone", "-q", "--bare", "docs", "bare.git"],
        ] {
            git(&docs, arguments);
        }
        let arguments = ["list", "--docs", "bare.git:HEAD"];
        let output = docs.typedown(MEBIBYTES).args(arguments).output().unwrap();
        assert!(
            text(&output.stdout).contains("v1_0::Harbor"),
            "{}",
            text(&output.stderr)
        );
    }

    #[test]
    fn a_revision_obeys_the_same_limits() {
        let docs = Docs::new();
        sparse(&docs.path(PLACES[1]), 200 << 20);
        for arguments in [
            &["init", "-q"][..],
            &["add", "."],
            &["commit", "-q", "-m", "a"],
        ] {
            git(&docs, arguments);
        }
        let run = |arguments: &[&str]| docs.typedown(MEBIBYTES).args(arguments).output().unwrap();
        let output = run(&["list", "--docs", "docs:HEAD"]);
        assert!(text(&output.stdout).contains("v1_0::Harbor"));
        assert!(text(&output.stderr).contains("the page has more bytes than 2097152"));
        let output = run(&["history", "harbor", "--repo", "docs"]);
        assert!(text(&output.stdout).contains("type-added"));
        assert!(text(&output.stderr).contains("the page has more bytes than 2097152"));
        std::fs::write(docs.0.path().join("typedown.toml"), "[limits]\nfiles = 1\n").unwrap();
        let output = run(&["list", "--docs", "docs:HEAD"]);
        let told = text(&output.stderr);
        assert!(
            told.contains("the revision has more files than 1 (limit `files`)"),
            "{told}"
        );
    }
}
