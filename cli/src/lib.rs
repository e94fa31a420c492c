//! The command-line tool as a library, so that other front ends can call it: [`run`] takes the words of the command line
//! and three streams, and returns the exit status. It never ends the process and prints nothing elsewhere.
//!
//! ```
//! let mut clean = Vec::new();
//! let status = qingyang_cli::run(
//!     ["--width=keep".into()],
//!     &mut "渠 水 流 过 桥 头 镇。\n".as_bytes(),
//!     &mut clean,
//!     &mut std::io::sink(),
//! );
//! assert_eq!(status, std::process::ExitCode::SUCCESS);
//! assert_eq!(String::from_utf8(clean).unwrap(), "渠水流过桥头镇。\n");
//! ```
//!
//! Exit status: 0 done (also if the reader of the output went away), 1 something failed or could not be read (or would
//! change, with `--check`), 2 wrong usage, 129, 130 and 143 after SIGHUP, Ctrl-C and SIGTERM.
//!
//! The layers, from below: messages, failures, input, output, cli (words and settings become a plan), run.
#![forbid(unsafe_code)]
#![warn(missing_docs)]
#![warn(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used, clippy::panic, clippy::exit)]

mod catalogue;
mod checksum;
mod cli;
mod digest;
mod en;
mod environment;
mod failure;
mod help_words;
mod input;
mod messages;
mod output;
mod run;
mod signals;
mod zh;

pub use environment::Environment;
pub use qingyang_tell::Language;
pub use signals::Signals;

use catalogue::Say;
use cli::Request;
use cli::plan::{Mode, Plan};
use environment::{Stderr, Streams};
use failure::{At, Failure, Kind, unwritten};
use messages::{Note, Place};
use output::waiting::Stream;
use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::process::ExitCode;

/// Runs the tool with these words (without the name of the program), without a terminal and without signals.
pub fn run(
    args: impl IntoIterator<Item = OsString>,
    stdin: &mut dyn Read,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> ExitCode {
    run_in(&Environment::default(), args, stdin, stdout, stderr)
}

/// Runs the tool with these words (without the name of the program) in an environment.
pub fn run_in(
    environment: &Environment,
    args: impl IntoIterator<Item = OsString>,
    stdin: &mut dyn Read,
    stdout: &mut dyn Write,
    stderr: &mut dyn Write,
) -> ExitCode {
    let mut words: Vec<OsString> = args.into_iter().collect();
    let language = cli::words::take_language(&mut words).unwrap_or(environment.language);
    let environment = Environment { language, ..environment.clone() };
    let mut stderr = Stderr { stream: stderr, language };
    let mut streams = Streams { stdin, stdout, stderr: &mut stderr };
    let done = do_request(&environment, words, &mut streams);
    let caught = environment.signals.caught().map(|signal| 128 + signal);
    ExitCode::from(match done {
        Ok(()) => caught.unwrap_or(0),
        Err(failure) => exit_status(failure, caught, &mut streams),
    })
}

/// Runs the tool as a process: its words, its streams, its signals.
pub fn main() -> ExitCode {
    run_process(std::env::args_os().skip(1))
}

/// Runs the tool on the streams and signals of the process with these words (without the name of the program), for a
/// process whose own words are others: `python -m qingyang`.
pub fn run_process(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let environment = Environment::of_process();
    run::guard::keep_words();
    let mut stdin = input::stdin::Stdin::new(environment.signals.clone());
    let mut stdout = Stream::new(io::stdout().lock(), &environment.signals);
    let mut stderr = Stream::new(io::stderr(), &environment.signals);
    run_in(&environment, args, &mut stdin, &mut stdout, &mut stderr)
}

fn do_request(environment: &Environment, words: Vec<OsString>, streams: &mut Streams<'_>) -> Result<(), Failure> {
    match cli::request(words, environment, streams)? {
        Request::Clean(plan) => do_plan(&plan, streams),
        Request::Print(text) => {
            let printed = streams.stdout.write_all(&text).and_then(|()| streams.stdout.flush());
            printed.map_err(unwritten).at(|| Place::StandardOutput)
        }
    }
}

fn do_plan(plan: &Plan, streams: &mut Streams<'_>) -> Result<(), Failure> {
    match &plan.mode {
        Mode::Pipe { output } => run::pipe::run(plan, output.as_ref(), streams),
        Mode::Articles(articles) => run::articles::run(plan, articles, streams),
        Mode::Batch(batch) => run::batch::run(plan, batch, streams),
        Mode::Records(records) => run::records::run(plan, records, streams),
        Mode::Preview(preview) => run::preview::run(plan, *preview, streams),
    }
}

/// The exit status of a failed run; its message is printed unless a signal ended the run.
fn exit_status(failure: Failure, caught: Option<u8>, streams: &mut Streams<'_>) -> u8 {
    match (failure.kind, caught) {
        (Kind::ClosedPipe, _) => 0,
        (_, Some(status)) => status,
        (Kind::Reported { status }, None) => status,
        (Kind::Usage, None) => {
            streams.say(failure);
            let _ = writeln!(streams.stderr, "{}", Note::TryHelp.said(streams.stderr.language()));
            2
        }
        (Kind::Settings, None) => {
            streams.say(failure);
            2
        }
        (Kind::Output | Kind::Full | Kind::Input, None) => {
            streams.say(failure);
            1
        }
    }
}
