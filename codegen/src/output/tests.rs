use super::*;

fn output(files: &[(&str, &str)]) -> Output {
    let files = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), format!("// {MARK}\n{text}\n")))
        .collect();
    Output {
        files,
        ..Output::default()
    }
}

#[test]
fn the_second_run_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let output = output(&[("src/lib.rs", "a"), ("src/v/mod.rs", "b")]);
    assert_eq!(
        output.write(folder.path()).unwrap().added,
        ["Cargo.toml", "src/lib.rs", "src/v/mod.rs"]
    );
    let again = output.write(folder.path()).unwrap();
    assert!(again.is_empty() && again.unchanged == 3, "{again:?}");
}

#[test]
fn own_files_that_are_not_needed_any_more_are_removed_with_their_folders() {
    let folder = tempfile::tempdir().unwrap();
    let before = listing(output(&[("src/lib.rs", "a"), ("src/v/w/x.rs", "b")]));
    before.write(folder.path()).unwrap();
    let now = listing(output(&[("src/lib.rs", "a")]));
    let written = now.write(folder.path()).unwrap();
    assert_eq!(written.removed, ["src/v/w/x.rs"]);
    assert!(!folder.path().join("src/v").exists());
}

#[test]
fn files_of_others_are_neither_overwritten_nor_removed() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("src")).unwrap();
    std::fs::write(folder.path().join("src/mine.rs"), "// mine\n").unwrap();
    output(&[("src/lib.rs", "a")]).write(folder.path()).unwrap();
    assert!(folder.path().join("src/mine.rs").exists());
    let error = output(&[("src/lib.rs", "a"), ("src/mine.rs", "b")])
        .write(folder.path())
        .unwrap_err();
    assert!(matches!(error, Error::NotOurs { .. }), "{error}");
    assert_eq!(
        std::fs::read_to_string(folder.path().join("src/mine.rs")).unwrap(),
        "// mine\n"
    );
}

#[test]
fn a_lock_file_of_somebody_else_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(LOCK_FILE), "{\"name\": \"other\"}\n").unwrap();
    let mut output = output(&[]);
    output
        .files
        .insert(LOCK_FILE.into(), "{\n\"format\": 1\n}\n".into());
    assert!(matches!(
        output.write(folder.path()),
        Err(Error::NotOurs { .. })
    ));
    std::fs::remove_file(folder.path().join(LOCK_FILE)).unwrap();
    output.write(folder.path()).unwrap();
    assert!(output.write(folder.path()).unwrap().is_empty());
}

#[test]
fn other_line_ends_are_no_change() {
    let folder = tempfile::tempdir().unwrap();
    let output = output(&[("src/lib.rs", "a")]);
    output.write(folder.path()).unwrap();
    let path = folder.path().join("src/lib.rs");
    let text = std::fs::read_to_string(&path)
        .unwrap()
        .replace('\n', "\r\n");
    std::fs::write(&path, text).unwrap();
    assert!(output.check(folder.path()).unwrap().is_empty());
}

#[test]
fn checking_tells_and_does_not_write() {
    let folder = tempfile::tempdir().unwrap();
    let output = output(&[("src/lib.rs", "a")]);
    assert!(!output.check(folder.path()).unwrap().is_empty());
    assert!(!folder.path().join("src").exists());
}

/// A folder with an older output of two files and something of the user's.
fn used_folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    old().write(folder.path()).unwrap();
    std::fs::write(folder.path().join("src/mine.rs"), "// mine\n").unwrap();
    folder
}

fn old() -> Output {
    listing(output(&[("src/lib.rs", "a"), ("src/v/mod.rs", "b")]))
}

fn new() -> Output {
    listing(output(&[("src/lib.rs", "c"), ("src/w/mod.rs", "d")]))
}

/// The same with the list of its files.
fn listing(mut output: Output) -> Output {
    let text = files_text(output.files.keys());
    output.files.insert(FILES_FILE.to_owned(), text);
    output
}

/// All files below the sources with their texts.
fn sources_in(folder: &Path) -> BTreeMap<String, String> {
    let sources = folder.join(SOURCES);
    let tree = Tree::of(&sources).unwrap();
    let files = tree
        .0
        .keys()
        .filter_map(|path| Some((path, std::fs::read_to_string(sources.join(path)).ok()?)));
    files
        .map(|(path, text)| (format!("src/{}", path.display()), text))
        .collect()
}

fn is_written(folder: &Path, output: &Output) -> bool {
    let mut found = sources_in(folder);
    found.remove("src/mine.rs").is_some() && found == output.files
}

#[test]
fn a_file_with_the_mark_that_is_not_in_the_list_belongs_to_somebody_else() {
    let folder = used_folder();
    let copied = folder.path().join("src/copied.rs");
    std::fs::copy(folder.path().join("src/lib.rs"), &copied).unwrap();
    new().write(folder.path()).unwrap();
    assert!(copied.exists());
    let over = output(&[("src/copied.rs", "x")]);
    assert!(matches!(
        over.write(folder.path()),
        Err(Error::NotOurs { .. })
    ));
}

#[test]
fn without_a_list_nothing_is_overwritten_or_removed() {
    let folder = used_folder();
    std::fs::remove_file(folder.path().join(FILES_FILE)).unwrap();
    let error = new().write(folder.path()).unwrap_err();
    assert!(matches!(error, Error::NotOurs { .. }), "{error}");
    let other = listing(output(&[("src/lib.rs", "a")]));
    assert!(other.write(folder.path()).unwrap().removed.is_empty());
    assert!(folder.path().join("src/v/mod.rs").exists());
}

#[test]
fn what_is_there_already_needs_no_list() {
    let folder = used_folder();
    std::fs::remove_file(folder.path().join(FILES_FILE)).unwrap();
    assert_eq!(old().write(folder.path()).unwrap().added, [FILES_FILE]);
    assert!(is_written(folder.path(), &old()));
}

#[test]
fn a_lock_file_that_is_no_text_is_not_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(LOCK_FILE);
    std::fs::write(&path, b"\xff\xfe mine").unwrap();
    let error = output(&[(LOCK_FILE, "{}")]).write(folder.path());
    assert!(matches!(error, Err(Error::NotOurs { .. })), "{error:?}");
    assert_eq!(std::fs::read(&path).unwrap(), b"\xff\xfe mine");
}

#[test]
fn names_like_those_of_a_killed_run_are_left_alone() {
    let folder = used_folder();
    let at = |name: &str| folder.path().join(name);
    std::fs::write(at(".typedown-new.mine"), "mine").unwrap();
    std::fs::create_dir(at(".typedown-new.d")).unwrap();
    std::fs::write(at(".typedown-new.Cargo.toml"), "half").unwrap();
    new().write(folder.path()).unwrap();
    assert!(at(".typedown-new.mine").exists() && at(".typedown-new.d").exists());
    assert!(!at(".typedown-new.Cargo.toml").exists());
}

#[test]
fn what_a_killed_process_has_left_of_a_single_file_goes() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for name in [
        "typedown.4000000.typedown-new",
        "typedown.mine.typedown-new",
    ] {
        std::fs::write(at(name), "half").unwrap();
    }
    let held = std::fs::File::create(at("typedown.4000001.typedown-new")).unwrap();
    held.lock().unwrap();
    write(&at("typedown.rs"), "whole").unwrap();
    let names = folder.path().read_dir().unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(
        names,
        [
            "typedown.4000001.typedown-new",
            "typedown.mine.typedown-new",
            "typedown.rs"
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_file_behind_a_link_stays_behind_it() {
    let folder = used_folder();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("elsewhere")).unwrap();
    std::fs::write(at("elsewhere/lock"), "{\n\"format\": 0\n}\n").unwrap();
    std::os::unix::fs::symlink("elsewhere/lock", at(LOCK_FILE)).unwrap();
    output(&[(LOCK_FILE, "{\n\"format\": 1\n}\n")])
        .write(folder.path())
        .unwrap();
    assert!(at(LOCK_FILE).is_symlink());
    let text = std::fs::read_to_string(at("elsewhere/lock")).unwrap();
    assert!(text.contains('1'), "{text}");
}

#[test]
fn nothing_is_left_beside_the_sources() {
    let folder = used_folder();
    new().write(folder.path()).unwrap();
    let names = folder.path().read_dir().unwrap();
    let mut names: Vec<_> = names.map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["Cargo.toml", "src"]);
}

#[test]
fn old_sources_that_a_killed_run_has_moved_away_come_back() {
    let folder = used_folder();
    let at = |name: &str| folder.path().join(name);
    std::fs::rename(at("src"), at(".typedown-old")).unwrap();
    std::fs::create_dir(at(".typedown-new")).unwrap();
    old().write(folder.path()).unwrap();
    assert!(is_written(folder.path(), &old()));
    assert!(!at(".typedown-old").exists() && !at(".typedown-new").exists());
}

#[test]
fn what_a_killed_run_did_not_write_comes_back_from_what_it_has_left() {
    let folder = used_folder();
    let at = |name: &str| folder.path().join(name);
    for left in [".typedown-other", ".typedown-old"] {
        std::fs::create_dir_all(at(left).join("notes")).unwrap();
        std::fs::write(at(left).join("notes/idea.txt"), left).unwrap();
        std::fs::write(at(left).join("lib.rs"), format!("// {MARK}\n")).unwrap();
        old().write(folder.path()).unwrap();
        assert_eq!(
            std::fs::read_to_string(at("src/notes/idea.txt")).unwrap(),
            left
        );
        assert!(!at(left).exists());
        std::fs::remove_dir_all(at("src/notes")).unwrap();
    }
}

#[test]
fn half_a_file_that_a_killed_run_has_left_goes() {
    let folder = used_folder();
    let left = folder.path().join(".typedown-new");
    std::fs::create_dir(&left).unwrap();
    std::fs::write(left.join("half.rs"), "").unwrap();
    old().write(folder.path()).unwrap();
    assert!(!left.exists());
    assert!(is_written(folder.path(), &old()));
}

#[test]
fn what_is_left_never_takes_the_place_of_what_is_there() {
    let folder = used_folder();
    let left = folder.path().join(".typedown-other");
    std::fs::create_dir(&left).unwrap();
    std::fs::write(left.join("mine.rs"), "// an older one\n").unwrap();
    old().write(folder.path()).unwrap();
    let mine = std::fs::read_to_string(folder.path().join("src/mine.rs")).unwrap();
    assert_eq!(mine, "// mine\n");
}

#[cfg(unix)]
#[test]
fn files_of_others_are_the_same_files_after_an_exchange() {
    use std::os::unix::fs::{MetadataExt, symlink};

    let folder = used_folder();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir_all(at("src/empty/one")).unwrap();
    symlink("../Cargo.toml", at("src/link")).unwrap();
    let inode = |name: &str| at(name).symlink_metadata().unwrap().ino();
    let before = [inode("src/mine.rs"), inode("src/link"), inode("src")];
    new().write(folder.path()).unwrap();
    let after = [inode("src/mine.rs"), inode("src/link"), inode("src")];
    assert_eq!(before[..2], after[..2]);
    assert_ne!(before[2], after[2], "the folder is exchanged");
    assert!(at("src/empty/one").is_dir());
}

#[cfg(unix)]
#[test]
fn sources_behind_a_link_stay_behind_it() {
    let folder = used_folder();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("elsewhere")).unwrap();
    std::fs::rename(at("src"), at("elsewhere/sources")).unwrap();
    std::os::unix::fs::symlink("elsewhere/sources", at("src")).unwrap();
    new().write(folder.path()).unwrap();
    assert!(at("src").is_symlink());
    assert!(is_written(folder.path(), &new()));
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let folder = used_folder();
    let at = |name: &str| folder.path().join(name);
    std::fs::create_dir(at("elsewhere")).unwrap();
    std::os::unix::fs::symlink("../elsewhere", at("src/w")).unwrap();
    let error = new().write(folder.path()).unwrap_err();
    assert!(error.to_string().contains("src/w`"), "{error}");
    assert_eq!(at("elsewhere").read_dir().unwrap().count(), 0);
    assert!(is_written(folder.path(), &old()));
}

#[test]
fn a_folder_in_place_of_a_file_is_not_removed() {
    let folder = used_folder();
    let inside = folder.path().join("src/w/mod.rs/inside");
    std::fs::create_dir_all(&inside).unwrap();
    let error = new().write(folder.path()).unwrap_err();
    assert!(matches!(error, Error::NotOurs { .. }), "{error}");
    assert!(inside.exists());
}

#[test]
fn a_single_change_leaves_the_folder_where_it_is() {
    let folder = used_folder();
    // Whoever stands in the folder is not put out of it.
    let held = folder.path().join("src");
    let before = held.metadata().unwrap().modified().unwrap();
    let one = listing(output(&[("src/lib.rs", "x"), ("src/v/mod.rs", "b")]));
    one.write(folder.path()).unwrap();
    assert!(held.metadata().unwrap().modified().unwrap() >= before);
    assert!(is_written(folder.path(), &one));
}
