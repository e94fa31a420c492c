//! What surrounds a run: the three streams, and what is known of the terminal.

use crate::signals::Signals;
use qingyang_tell::chars::escaped;
use std::fmt::Display;
use std::io::{IsTerminal, Read, Write};

/// What is known of the process and its terminal. The default is a run without terminal and without signals, as
/// another front end wants it.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Environment {
    /// Whether standard output is a terminal: then `--diff` and `--help` are coloured.
    pub stdout_is_terminal: bool,
    /// Whether standard error is a terminal: then folders show their progress.
    pub stderr_is_terminal: bool,
    /// Whether the user wants no colour (`NO_COLOR`).
    pub no_color: bool,
    /// The signals to listen to.
    pub signals: Signals,
}

impl Environment {
    /// Of this process.
    pub fn of_process() -> Environment {
        Environment {
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stderr_is_terminal: std::io::stderr().is_terminal(),
            no_color: std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()),
            signals: Signals::of_process(),
        }
    }
}

/// The three streams of a run.
pub struct Streams<'a> {
    pub stdin: &'a mut dyn Read,
    pub stdout: &'a mut dyn Write,
    pub stderr: &'a mut dyn Write,
}

impl Streams<'_> {
    /// Prints a message on standard error. A reader of it that has gone away is no reason to fail.
    pub fn say(&mut self, message: impl Display) {
        say(self.stderr, message);
    }
}

/// Prints a message on standard error. Every message begins with the name of the tool and has one line: control
/// characters, which a name or a text in it may have, are escaped.
pub fn say(stderr: &mut dyn Write, message: impl Display) {
    let _ = writeln!(stderr, "qingyang: {}", escaped(&message.to_string()));
}
