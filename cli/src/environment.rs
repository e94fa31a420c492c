//! What surrounds a run: the three streams, and what is known of the terminal.

use crate::catalogue::Say;
use crate::signals::Signals;
use qingyang_tell::Language;
use qingyang_tell::chars::escaped;
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::sync::Arc;

/// What is known of the process and its terminal. The default is a run without terminal and without signals, as
/// another front end wants it.
#[derive(Debug, Clone, Default)]
#[non_exhaustive]
pub struct Environment {
    /// Whether standard output is a terminal: then `--diff` and `--help` are coloured.
    pub stdout_is_terminal: bool,
    /// Whether standard input is a terminal: then a run without inputs says how to begin.
    pub stdin_is_terminal: bool,
    /// Standard input, where it is a file. What is read from its end needs no copy then.
    pub stdin_file: Option<Arc<File>>,
    /// Whether standard error is a terminal: then folders show their progress.
    pub stderr_is_terminal: bool,
    /// Whether the user wants no colour (`NO_COLOR`).
    pub no_color: bool,
    /// The columns of the terminal, for the help.
    pub columns: Option<usize>,
    /// The language of everything that the tool says; `--lang` wins over it.
    pub language: Language,
    /// The signals to listen to.
    pub signals: Signals,
}

impl Environment {
    /// Of this process.
    pub fn of_process() -> Environment {
        Environment {
            stdout_is_terminal: std::io::stdout().is_terminal(),
            stdin_is_terminal: std::io::stdin().is_terminal(),
            stdin_file: stdin_file().map(Arc::new),
            stderr_is_terminal: std::io::stderr().is_terminal(),
            no_color: std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty()),
            columns: terminal_size::terminal_size().map(|(width, _)| usize::from(width.0)),
            language: Language::of_locale(&locale()),
            signals: Signals::of_process(),
        }
    }
}

/// Standard input of the process, if it is a file.
#[cfg(all(unix, feature = "parquet"))]
fn stdin_file() -> Option<File> {
    use std::os::fd::AsFd;
    let stdin = File::from(std::io::stdin().as_fd().try_clone_to_owned().ok()?);
    stdin.metadata().is_ok_and(|meta| meta.is_file()).then_some(stdin)
}

/// Only a table is read from its end. Where a system has no descriptors, it is copied.
#[cfg(not(all(unix, feature = "parquet")))]
fn stdin_file() -> Option<File> {
    None
}

/// The locale of messages, as POSIX has it: the first of three variables that is not empty.
fn locale() -> String {
    let variables = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter();
    let set = variables.filter_map(std::env::var_os).find(|value| !value.is_empty());
    set.map(|value| value.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Standard error, and the language in which the tool speaks there.
pub trait Console: Write {
    /// The language.
    fn language(&self) -> Language;
}

/// A stream with a language.
pub struct Stderr<'a> {
    pub stream: &'a mut dyn Write,
    pub language: Language,
}

impl Write for Stderr<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.stream.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.stream.flush()
    }
}

impl Console for Stderr<'_> {
    fn language(&self) -> Language {
        self.language
    }
}

/// The three streams of a run.
pub struct Streams<'a> {
    pub stdin: &'a mut dyn Read,
    pub stdout: &'a mut dyn Write,
    pub stderr: &'a mut dyn Console,
}

impl Streams<'_> {
    /// Prints a message on standard error. A reader of it that has gone away is no reason to fail.
    pub fn say(&mut self, message: impl Say) {
        say(self.stderr, message);
    }
}

/// Prints a message on standard error. Every message begins with the name of the tool and has one line: control
/// characters, which a name or a text in it may have, are escaped.
pub fn say(stderr: &mut dyn Console, message: impl Say) {
    let text = message.said(stderr.language()).to_string();
    let _ = writeln!(stderr, "qingyang: {}", escaped(&text));
}
