//! The program as a process of its own, for tests that kill it or keep something from it.

fn main() -> std::process::ExitCode {
    typedown::cli::main()
}
