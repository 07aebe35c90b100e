//! `typedown completions` and `typedown man`: what the program knows of its own arguments.

use std::io::{self, Write};

use clap::CommandFactory;
use clap_complete::Shell;

use super::args::Args;
use super::{Failure, Outcome};

/// Writes a script that completes arguments.
pub(super) fn completions(shell: Shell, out: &mut dyn Write) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "typedown", &mut script);
    out.write_all(&script)?;
    Ok(Outcome::Done)
}

/// Writes a manual page with every command in it.
pub(super) fn man(out: &mut dyn Write) -> Result<Outcome, Failure> {
    let mut command = Args::command();
    command.build();
    page(&command, out)?;
    for command in command
        .get_subcommands()
        .filter(|command| command.get_name() != "help")
    {
        // A command's own page has a title of its own, which a page has once.
        let man = clap_mangen::Man::new(command.clone());
        writeln!(
            out,
            ".SH \"TYPEDOWN {}\"",
            command.get_name().to_uppercase()
        )?;
        man.render_synopsis_section(out)?;
        man.render_description_section(out)?;
        man.render_options_section(out)?;
    }
    Ok(Outcome::Done)
}

fn page(command: &clap::Command, out: &mut dyn Write) -> io::Result<()> {
    let man = clap_mangen::Man::new(command.clone());
    man.render_title(out)?;
    man.render_name_section(out)?;
    man.render_synopsis_section(out)?;
    man.render_description_section(out)?;
    man.render_options_section(out)?;
    man.render_subcommands_section(out)
}
