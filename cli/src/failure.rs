//! Why something was not done: a typed message, the places that it is about, and the consequence for the run.

use crate::catalogue::Say;
use crate::messages::{Action, IoError, Message, Place};
use qingyang::reading::{LayoutError, LayoutErrorKind};
use qingyang_tell::Language;
use std::fmt::{self, Formatter};
use std::io;

/// Why something was not done.
#[derive(Debug, Clone)]
pub struct Failure {
    pub kind: Kind,
    /// What the message is about, the outermost first: a file, then a key of it.
    pub places: Vec<Place>,
    /// Boxed, so that a `Result` stays small.
    pub message: Box<Message>,
}

/// The consequence of a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Wrong usage, or a list of decisions that cannot be read: exit status 2.
    Usage,
    /// A settings file that cannot be used: exit status 2, after the other inputs.
    Settings,
    /// The reader of the output has gone away: the run ends quietly.
    ClosedPipe,
    /// The output cannot be written: the run ends.
    Output,
    /// No output can be written, because the disk is full or read-only: the run ends.
    Full,
    /// One input cannot be read or cleaned: the run goes on with the next.
    Input,
    /// The message has been printed already; only the exit status is left.
    Reported { status: u8 },
}

impl Failure {
    /// A failure without a place.
    pub fn new(kind: Kind, message: impl Into<Message>) -> Failure {
        Failure { kind, places: Vec::new(), message: Box::new(message.into()) }
    }

    /// Wrong usage.
    pub fn usage(message: impl Into<Message>) -> Failure {
        Failure::new(Kind::Usage, message)
    }

    /// An input that cannot be read or cleaned.
    pub fn input(message: impl Into<Message>) -> Failure {
        Failure::new(Kind::Input, message)
    }

    /// A failure whose message has been printed.
    pub fn reported(status: u8) -> Failure {
        Failure::new(Kind::Reported { status }, Message::Reported)
    }

    /// An action on a file that the system refused.
    pub fn io(action: Action, error: &io::Error) -> Failure {
        use io::ErrorKind::{BrokenPipe, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
        let kind = match error.kind() {
            BrokenPipe => Kind::ClosedPipe,
            StorageFull | QuotaExceeded | ReadOnlyFilesystem => Kind::Full,
            _ if action == Action::Write => Kind::Output,
            _ => Kind::Input,
        };
        Failure::new(kind, Message::Io { action, error: IoError::of(error) })
    }

    /// Names what the failure is about.
    #[must_use]
    pub fn at(mut self, place: Place) -> Failure {
        self.places.insert(0, place);
        self
    }

    /// Whether the input is JSON or XML, and no layout that the library knows.
    pub fn is_unknown_layout(&self) -> bool {
        let Message::Layout(error) = &*self.message else { return false };
        matches!(error.kind(), LayoutErrorKind::Unknown { .. })
    }

    /// The error of the library that it tells.
    pub fn of_library(&self) -> Option<&qingyang::Error> {
        if let Message::Library(error) = &*self.message { Some(error) } else { None }
    }

    /// Whether the output failed, so that no other input will do better.
    pub fn is_output(&self) -> bool {
        matches!(self.kind, Kind::ClosedPipe | Kind::Output | Kind::Full)
    }
}

impl Say for Failure {
    fn say(&self, language: Language, f: &mut Formatter<'_>) -> fmt::Result {
        let colon = match language {
            Language::English => ": ",
            Language::Chinese => "：",
        };
        for place in &self.places {
            write!(f, "{}{colon}", place.said(language))?;
        }
        self.message.say(language, f)
    }
}

impl From<qingyang::Error> for Failure {
    fn from(error: qingyang::Error) -> Failure {
        Failure::input(Message::Library(error))
    }
}

impl From<LayoutError> for Failure {
    fn from(error: LayoutError) -> Failure {
        Failure::input(Message::Layout(error))
    }
}

/// A failed write of the output.
pub fn unwritten(error: io::Error) -> Failure {
    Failure::io(Action::Write, &error)
}

/// Names what a failure is about.
pub trait At {
    /// Adds the place to a failure.
    #[must_use]
    fn at(self, place: impl FnOnce() -> Place) -> Self;
}

impl<T> At for Result<T, Failure> {
    fn at(self, place: impl FnOnce() -> Place) -> Self {
        self.map_err(|failure| failure.at(place()))
    }
}
