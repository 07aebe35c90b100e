//! What the README shows is what happens: its console blocks are run here, its Rust code as documentation tests.

use typedown_tests::workspace;

/// The commands of console blocks, each with the output below it.
fn console_blocks(text: &str) -> Vec<(Vec<String>, String)> {
    text.split("```console\n")
        .skip(1)
        .map(|block| {
            let block = block.split("```").next().unwrap_or_default();
            let (command, output) = block.split_once('\n').unwrap();
            let arguments = command
                .strip_prefix("$ cargo run --release -- ")
                .expect("a block starts with the command");
            let mut words = vec!["typedown".to_owned()];
            words.extend(arguments.split_whitespace().map(str::to_owned));
            (words, output.to_owned())
        })
        .collect()
}

#[test]
fn commands_print_what_the_readme_shows() {
    std::env::set_current_dir(workspace()).unwrap();
    let blocks = console_blocks(&std::fs::read_to_string("README.md").unwrap());
    assert!(blocks.len() >= 2);
    for (arguments, expected) in blocks {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let code = typedown::cli::run(&arguments, &mut out, &mut err);
        assert_eq!(
            (code, String::from_utf8(err).unwrap()),
            (0, String::new()),
            "{arguments:?}"
        );
        assert_eq!(String::from_utf8(out).unwrap(), expected, "{arguments:?}");
    }
}
