//! The program `typedown` in a process whose memory is watched: what a test of limits runs.

use std::process::ExitCode;

use typedown_tests::bench::measured::peak;

/// Runs `typedown` with all arguments but the first, which is how many mebibytes of memory the process may take at most.
///
/// Exit codes: those of `typedown`, or 99 if it took more.
fn main() -> ExitCode {
    let mut arguments = std::env::args_os();
    let program = arguments.next().unwrap_or_default();
    let limit = arguments.next();
    let limit = limit.and_then(|limit| limit.to_str()?.parse().ok());
    let Some(mebibytes) = limit else {
        eprintln!("error: expected the mebibytes, then the arguments of typedown");
        return ExitCode::from(2);
    };
    // What asks for far more is stopped before the machine has none left.
    #[cfg(unix)]
    {
        use nix::sys::resource::{Resource, setrlimit};
        let most = (mebibytes + 4096) << 20;
        if let Err(error) = setrlimit(Resource::RLIMIT_AS, most, most) {
            eprintln!("error: the memory cannot be limited: {error}");
            return ExitCode::from(2);
        }
    }
    let code = typedown::cli::run(
        std::iter::once(program).chain(arguments),
        &mut std::io::stdout(),
        &mut std::io::stderr(),
    );
    match peak().map(|bytes| bytes >> 20) {
        Some(peak) if peak > mebibytes => {
            eprintln!("error: expected at most {mebibytes} MiB of memory, took {peak} MiB");
            ExitCode::from(99)
        }
        _ => ExitCode::from(code),
    }
}
