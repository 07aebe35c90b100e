//! Crates emitted by a test or a measurement: how they are compiled and run.

use std::path::Path;
use std::process::Command;

use crate::workspace;

/// What can go wrong with them; it is only ever told.
pub type Problem = Box<dyn std::error::Error>;

/// Gives a crate the workspace's lock file, which holds versions that are there without a network.
///
/// # Errors
///
/// If it cannot be copied.
pub fn lock(folder: &Path) -> Result<(), Problem> {
    std::fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock"))?;
    Ok(())
}

/// Copies a folder with all that is in it.
///
/// # Errors
///
/// If something cannot be read or written.
pub fn copy(from: &Path, to: &Path) -> Result<(), Problem> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let to = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy(&entry.path(), &to)?,
            false => drop(std::fs::copy(entry.path(), &to)?),
        }
    }
    Ok(())
}

/// A run of cargo in a folder, apart from what the environment would make of it.
#[must_use]
pub fn cargo(folder: &Path, target: &Path, arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command
        .args(arguments)
        .args(["--quiet", "--offline"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target)
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .env_remove("RUSTC_WRAPPER")
        .env_remove("RUSTC_WORKSPACE_WRAPPER");
    command
}

/// Runs a command to its end.
///
/// # Errors
///
/// If it cannot be started, or fails; then with what it printed.
pub fn run(command: &mut Command) -> Result<Vec<u8>, Problem> {
    let output = command
        .output()
        .map_err(|error| format!("{command:?} cannot be run: {error}"))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let printed = String::from_utf8_lossy(&output.stderr);
    Err(format!("{command:?} failed:\n{printed}").into())
}
