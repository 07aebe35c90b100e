//! How long a crate takes to build from nothing that has Typedown as a build dependency, beside one that has prost-build.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::Instant;

use clap::Parser;
use typedown_tests::bench::report::{end, median, within};
use typedown_tests::emitted::Problem;
use typedown_tests::workspace;

/// Builds two crates from nothing, in turns: one whose build script uses Typedown without its program, one whose build script
/// uses prost-build. Fetches what both need before.
#[derive(Debug, Parser)]
struct Options {
    /// So many times each is built; the median counts.
    #[arg(long, default_value_t = 3)]
    rounds: usize,
}

/// How many times what prost-build takes Typedown may take.
const LIMIT: f64 = 1.0;

fn main() -> ExitCode {
    end(run(&Options::parse()))
}

fn run(options: &Options) -> Result<(), Problem> {
    let folder = tempfile::tempdir()?;
    let library = workspace().join("codegen");
    let typedown = format!("typedown = {{ path = {library:?}, default-features = false }}");
    let crates = [
        Crate::new(
            folder.path(),
            "typedown",
            &typedown,
            "let _ = typedown::Generator::new();",
        )?,
        Crate::new(
            folder.path(),
            "prost",
            "prost-build = \"0.14\"",
            "let _ = prost_build::Config::new();",
        )?,
    ];
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..options.rounds.max(1) {
        for (krate, times) in crates.iter().zip(&mut times) {
            times.push(krate.build()?);
        }
    }
    let [typedown, prost] = times.map(median);
    let [own, others] = [crates[0].count()?, crates[1].count()?];
    let ratio = typedown / prost;
    let verdict = within(ratio, LIMIT);
    println!("typedown: {typedown:.1} s, {own} crates");
    println!("prost-build: {prost:.1} s, {others} crates");
    println!("ratio {ratio:.2} (limit {LIMIT}: {verdict})");
    Ok(())
}

/// A crate with one build dependency.
struct Crate(PathBuf);

impl Crate {
    fn new(folder: &Path, name: &str, dependency: &str, uses: &str) -> Result<Self, Problem> {
        let folder = folder.join(name);
        fs::create_dir_all(folder.join("src"))?;
        let manifest = format!(
            "[package]\nname = \"with-{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n[build-dependencies]\n{dependency}\n\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)?;
        fs::write(
            folder.join("build.rs"),
            format!("fn main() {{\n    {uses}\n}}\n"),
        )?;
        fs::write(folder.join("src/lib.rs"), "")?;
        let krate = Self(folder);
        krate.cargo(&["fetch"])?;
        Ok(krate)
    }

    fn cargo(&self, arguments: &[&str]) -> Result<String, Problem> {
        let mut command = Command::new("cargo");
        command
            .args(arguments)
            .current_dir(&self.0)
            .env_remove("CARGO_TARGET_DIR");
        let ran = command.stderr(Stdio::piped()).output()?;
        if !ran.status.success() {
            let told = String::from_utf8_lossy(&ran.stderr).into_owned();
            return Err(format!("cargo {}: {told}", arguments.join(" ")).into());
        }
        Ok(String::from_utf8(ran.stdout)?)
    }

    /// A build from nothing, in seconds.
    fn build(&self) -> Result<f64, Problem> {
        let target = self.0.join("target");
        if target.exists() {
            fs::remove_dir_all(target)?;
        }
        let start = Instant::now();
        self.cargo(&["build", "--offline", "--jobs", "2"])?;
        Ok(start.elapsed().as_secs_f64())
    }

    /// How many crates it needs.
    fn count(&self) -> Result<usize, Problem> {
        let arguments = [
            "tree",
            "--offline",
            "-e",
            "normal,build",
            "--no-dedupe",
            "--prefix",
            "none",
        ];
        let tree = self.cargo(&arguments)?;
        let names = tree
            .lines()
            .filter_map(|line| line.split_whitespace().next());
        let names: std::collections::BTreeSet<&str> = names.collect();
        // The crate itself is one of the lines.
        Ok(names.len() - 1)
    }
}
