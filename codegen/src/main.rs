//! The program `typedown`; `typedown --help` tells what it can do.

fn main() -> std::process::ExitCode {
    typedown::cli::main()
}
