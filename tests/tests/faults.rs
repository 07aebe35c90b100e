//! Whatever becomes of a run, the sources of a crate are wholly those of before or wholly the new ones, and nothing of the
//! user's is lost.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use typedown_tests::choices::Choices;
use typedown_tests::folder::texts;

/// So many namespaces, each of which becomes a module: what a run writes takes a good part of its time.
const NAMESPACES: usize = 60;

/// Docs of two days, and a crate that is made of the one or the other.
struct Place {
    folder: tempfile::TempDir,
    made: [Sources; 2],
}

/// The files below `src` with their texts.
type Sources = BTreeMap<String, String>;

const MINE: &str = "// Not of a page.\n";

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut place = Self {
            folder,
            made: Default::default(),
        };
        for day in 0..2 {
            for number in 0..NAMESPACES {
                place.write_page(day, number);
            }
            assert!(place.program(day).output().unwrap().status.success());
            place.made[day] = sources(&place.path("models/src"));
        }
        assert_ne!(place.made[0], place.made[1]);
        fs::write(place.path("models/src/mine.rs"), MINE).unwrap();
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Of every third namespace there is a page on one day only.
    fn write_page(&self, day: usize, number: usize) {
        if number.is_multiple_of(3) && number % 2 == day {
            return;
        }
        let resources = self.path(&format!("docs{day}/api-reference/beta/resources"));
        fs::create_dir_all(&resources).unwrap();
        let rows: String = (0..20)
            .map(|row| format!("|p{row}d{day}|Int32|Number {row} of day {day}.|\n"))
            .collect();
        let page = format!(
            "# tone resource type\n\nNamespace: microsoft.graph.n{number}\n\n## Properties\n\n|Property|Type|Description|\n|-|-|-|\n{rows}"
        );
        fs::write(resources.join(format!("n{number}-tone.md")), page).unwrap();
    }

    /// A run that makes the crate of the docs of a day.
    fn program(&self, day: usize) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_program"));
        command.args(["generate", "--no-cache", "--docs"]);
        command.arg(self.path(&format!("docs{day}")));
        command.arg("--out").arg(self.path("models"));
        command
    }

    /// Of which day the sources are; everything else that a compiler reads fits them, and what is the user's is there.
    #[track_caller]
    fn day(&self) -> usize {
        let mut found = sources(&self.path("models/src"));
        assert_eq!(found.remove("mine.rs").as_deref(), Some(MINE));
        let day = self.made.iter().position(|made| *made == found);
        let Some(day) = day else {
            let of = |day: usize| {
                self.made[day]
                    .keys()
                    .filter(|path| found.contains_key(*path))
            };
            panic!(
                "{} files are neither those of the one day ({} have the same names) nor those of the other ({})",
                found.len(),
                of(0).count(),
                of(1).count()
            );
        };
        let manifest = fs::read_to_string(self.path("models/Cargo.toml")).unwrap();
        for text in found.values() {
            for feature in text.split("feature = \"").skip(1) {
                let feature = feature.split('"').next().unwrap();
                assert!(
                    manifest.contains(&format!("\n{feature} = [")),
                    "the sources ask for a feature `{feature}` that the manifest does not have"
                );
            }
        }
        day
    }

    /// What stands beside the sources.
    fn beside(&self) -> Vec<String> {
        let names = self.path("models").read_dir().unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }
}

const WHOLE: [&str; 3] = ["Cargo.toml", "src", "typedown.lock.json"];

fn sources(folder: &Path) -> Sources {
    texts(folder).unwrap()
}

fn told(output: &Output) -> String {
    [&output.stdout, &output.stderr]
        .map(|text| String::from_utf8_lossy(text))
        .concat()
}

#[test]
fn a_run_that_is_killed_leaves_the_old_sources_or_the_new_ones() {
    const KILLS: usize = 200;
    let place = Place::new();
    let begun = Instant::now();
    assert!(place.program(0).output().unwrap().status.success());
    let whole = usize::try_from(begun.elapsed().as_micros()).unwrap();
    let mut chance = Choices(7);
    let mut left = 0;
    let mut day = 1;
    for round in 0..KILLS {
        let mut running = place
            .program(day)
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        // Every other run is killed at any time, the others while they write.
        let mut wait = chance.below(whole + whole / 4);
        if round % 2 == 1 {
            let new = place.path("models/.typedown-new");
            while !new.exists() && running.try_wait().unwrap().is_none() {
                std::hint::spin_loop();
            }
            wait = chance.below(whole / 4);
        }
        std::thread::sleep(Duration::from_micros(wait as u64));
        running.kill().unwrap();
        running.wait().unwrap();
        left += usize::from(place.beside() != WHOLE);
        day = 1 - place.day();
    }
    assert!(left > 0, "none of the runs was killed while it wrote");
    assert!(place.program(day).output().unwrap().status.success());
    assert_eq!(place.day(), day);
    assert_eq!(place.beside(), WHOLE);
}

#[test]
fn two_runs_at_the_same_time_wait_for_each_other() {
    let place = Place::new();
    for _ in 0..20 {
        let both = [0, 1].map(|day| {
            let mut command = place.program(day);
            command
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped());
            command.spawn().unwrap()
        });
        for run in both {
            let output = run.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", told(&output));
        }
        place.day();
        assert_eq!(place.beside(), WHOLE);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_stays_as_it_is() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    let place = Place::new();
    // Nobody but root may be kept from nothing: then the run is somebody else's.
    let allow =
        |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    let program = place.path("program");
    fs::copy(env!("CARGO_BIN_EXE_program"), &program).unwrap();
    allow(place.folder.path(), 0o755);
    let is_root = nix::unistd::geteuid().is_root();
    for read_only in [&["models"][..], &["models/src"], &["models", "models/src"]] {
        for path in read_only {
            allow(&place.path(path), 0o555);
        }
        let mut command = Command::new(&program);
        command.args(place.program(0).get_args());
        if is_root {
            command.uid(65_534).gid(65_534);
        }
        let output = command.output().unwrap();
        assert!(!output.status.success(), "{read_only:?}");
        assert!(
            told(&output).contains("ermission denied"),
            "{}",
            told(&output)
        );
        assert_eq!(place.day(), 1);
        assert_eq!(place.beside(), WHOLE);
        for path in read_only {
            allow(&place.path(path), 0o755);
        }
    }
}

/// The changelog cannot be made again of anything.
#[cfg(unix)]
#[test]
fn a_changelog_that_has_no_room_is_not_shortened() {
    let place = Place::new();
    let changelog = place.path("models/CHANGELOG.md");
    let text = format!("# Changes of the types\n\n{}", "- one\n".repeat(40_000));
    fs::write(&changelog, &text).unwrap();
    let program = place.program(0);
    // No file may be larger than so many blocks of half a kilobyte or a whole one.
    let script = "ulimit -f 200; exec \"$0\" \"$@\" --changelog";
    let mut command = Command::new("sh");
    command.args(["-c", script]).arg(program.get_program());
    let output = command.args(program.get_args()).output().unwrap();
    assert!(!output.status.success());
    assert_eq!(fs::read_to_string(&changelog).unwrap(), text);
}

/// The disk is one of a few hundred kilobytes in memory, which only Linux lets everybody have.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_everything_as_it_was() {
    const SCRIPT: &str = r#"
        mount -t tmpfs -o size=$3 none "$1/models" && cp -r "$1/kept/." "$1/models" || exit 99
        shift; shift; shift
        "$@"
        code=$?
        cd "$0" && cp -r models/. found || exit 99
        exit $code
    "#;
    let place = Place::new();
    fs::rename(place.path("models"), place.path("kept")).unwrap();
    let run = |size: usize| {
        for folder in ["models", "found"] {
            let _ = fs::remove_dir_all(place.path(folder));
            fs::create_dir(place.path(folder)).unwrap();
        }
        let program = place.program(0);
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--mount", "sh", "-c", SCRIPT]);
        let folder = place.folder.path();
        command
            .arg(folder)
            .arg(folder)
            .arg("")
            .arg(format!("{size}k"));
        command.arg(program.get_program()).args(program.get_args());
        let output = command.output().unwrap();
        assert_ne!(output.status.code(), Some(99), "{}", told(&output));
        fs::remove_dir(place.path("models")).unwrap();
        fs::rename(place.path("found"), place.path("models")).unwrap();
        output
    };
    let (mut failed, mut size) = (0, 800);
    loop {
        let output = run(size);
        let day = place.day();
        assert_eq!(place.beside(), WHOLE, "{}", told(&output));
        if output.status.success() {
            assert_eq!(day, 0);
            break;
        }
        assert!(
            told(&output).contains("No space left on device"),
            "{}",
            told(&output)
        );
        assert_eq!(day, 1);
        failed += 1;
        size += 40;
    }
    assert!(failed > 3, "the disk was full in {failed} runs only");
}
