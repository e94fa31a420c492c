//! The command-line tool: a thin layer on the library. This file only decides what runs and what the exit status is.
//!
//! Exit status: 0 done (a closed pipe too), 1 something failed or could not be read (or would change, with
//! `--check`), 2 wrong usage, 130 and 143 after Ctrl-C and SIGTERM.

mod cli;
mod decisions;
mod input;
mod output;
mod run;
mod signals;

use cli::args;
use output::file as files;
use run::{batch, pipe, preview, records};
use std::process::ExitCode;

/// Runs the tool as a process.
pub fn main() -> ExitCode {
    let outcome = match args::parse() {
        args::Asked::Clean(run) => match run.mode {
            args::Mode::Pipe => pipe::run(&run),
            args::Mode::Batch => batch::run(&run),
            args::Mode::Records => records::run(&run),
            args::Mode::Changes => preview::run(&run),
        },
        args::Asked::Print(text) => pipe::print(&text),
    };
    match outcome {
        Ok(()) if signals::caught().is_some() => ExitCode::from(128 + signals::caught().unwrap_or(0)),
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if files::is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(_) if signals::caught().is_some() => ExitCode::from(128 + signals::caught().unwrap_or(0)),
        Err(error) => {
            let status = match error.downcast_ref::<Failed>() {
                Some(Failed::Usage(said)) => {
                    files::say(format_args!("qingyang: {said}\n\nFor more, try 'qingyang --help'."));
                    2
                }
                // What failed has been named already.
                Some(Failed::Said) => 1,
                Some(Failed::Settings) => 2,
                None => {
                    files::say(format_args!("qingyang: {error:#}"));
                    1
                }
            };
            ExitCode::from(status)
        }
    }
}

/// Failures that decide the exit status.
#[derive(Debug)]
enum Failed {
    /// Wrong usage: status 2.
    Usage(String),
    /// Settings files that could not be used, and are named already: status 2.
    Settings,
    /// Status 1, and the reason is on standard error already.
    Said,
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Failed::Usage(said) => f.write_str(said),
            Failed::Settings => f.write_str("settings files are broken"),
            Failed::Said => f.write_str("something failed"),
        }
    }
}

impl std::error::Error for Failed {}
