//! Runs of the program whose work is measured: memory and, with valgrind, instructions, which are the same however busy the
//! machine is.
//!
//! The program is the measuring program itself, which a variable of the environment tells to be that: nothing else needs to
//! be built.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use typedown::Reading;

use crate::emitted::Problem;

/// Names the file where the program notes what it has used.
const NOTES: &str = "TYPEDOWN_MEASURED_NOTES";

/// What a run took.
#[derive(Clone, Copy, Debug)]
pub struct Cost {
    /// From its start to its end.
    pub time: Duration,
    /// The most memory that was in use at a time, in bytes.
    pub memory: u64,
}

/// Is the program, if that is what it was started for.
#[must_use]
pub fn as_program() -> Option<ExitCode> {
    let notes = std::env::var_os(NOTES)?;
    let code = typedown::cli::main();
    if let Some(peak) = peak() {
        // Whoever waits for it says that there is none.
        let _ = std::fs::write(Path::new(&notes), peak.to_string());
    }
    Some(code)
}

/// The most memory that this process has held so far, in bytes; only Linux tells it in a file.
#[must_use]
pub fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let mut lines = status.lines();
    let line = lines.find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().ok()?;
    Some(kilobytes * 1024)
}

/// How many times the bytes of the docs a run may hold in memory.
pub const MEMORY_LIMIT: f64 = 8.0;

/// How many bytes of docs were read.
#[must_use]
pub fn bytes_read(docs: &Path, reading: &Reading) -> u64 {
    let inputs = reading.inputs.iter();
    let files = inputs.filter_map(|input| docs.join(&**input).metadata().ok());
    files.map(|file| file.len()).sum()
}

/// Runs the program.
///
/// # Errors
///
/// If it fails, or this system does not tell what it has used.
pub fn cost<S: AsRef<OsStr>>(arguments: &[S]) -> Result<Cost, Problem> {
    let folder = tempfile::tempdir()?;
    let notes = folder.path().join("notes");
    let mut command = Command::new(std::env::current_exe()?);
    command.args(arguments).env(NOTES, &notes);
    let start = Instant::now();
    run(&mut command)?;
    let time = start.elapsed();
    let memory = std::fs::read_to_string(notes)
        .map_err(|_| "this system does not tell how much memory a process has used")?
        .parse()?;
    Ok(Cost { time, memory })
}

/// How many instructions a run of the program takes, by valgrind's tool callgrind.
///
/// # Errors
///
/// If there is no valgrind, or the run fails.
pub fn instructions<S: AsRef<OsStr>>(arguments: &[S]) -> Result<u64, Problem> {
    let folder = tempfile::tempdir()?;
    let counts: PathBuf = folder.path().join("counts");
    let mut command = Command::new("valgrind");
    command
        .args(["--tool=callgrind", "--quiet"])
        .arg(format!("--callgrind-out-file={}", counts.display()))
        .arg(std::env::current_exe()?)
        .args(arguments)
        .env(NOTES, folder.path().join("notes"));
    run(&mut command)?;
    let counts = std::fs::read_to_string(counts)?;
    let mut lines = counts.lines();
    let total = lines
        .find_map(|line| {
            line.strip_prefix("summary: ")
                .or(line.strip_prefix("totals: "))
        })
        .ok_or("callgrind has counted nothing")?;
    Ok(total.trim().parse()?)
}

fn run(command: &mut Command) -> Result<(), Problem> {
    let output = command
        // What the program keeps between runs is not measured, but where a run asks for it.
        .env_remove("TYPEDOWN_CACHE")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .output()
        .map_err(|error| format!("{:?} cannot be run: {error}", command.get_program()))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(format!(
            "{command:?} ended with {}:\n{}",
            output.status,
            String::from_utf8_lossy(&output.stderr)
        )
        .into()),
    }
}
