//! The catalogue of messages: which words each typed message has in each language.
//!
//! The catalogue is plain Rust, a file for each language with the same functions over the same types. The compiler
//! refuses a language that lacks a message, a place that gives a message other values, and a message that no place
//! sends. A file of translations (Fluent, gettext) would check none of these before it runs.

use crate::help_words::HelpWords;
use crate::messages::{
    Conflict, FileFault, FolderConflict, ListFault, ListMisfit, Message, Note, Overwrite, Packed, PictureFault, Place,
    RecordConflict, RecordFault, SettingFault, TableFault, Usage,
};
use crate::{en, zh};
use qingyang_tell::Language;
use std::fmt::{self, Display, Formatter};

/// What can be said in every language.
pub trait Say {
    /// Writes it.
    ///
    /// # Errors
    /// If the formatter fails.
    fn say(&self, language: Language, f: &mut Formatter<'_>) -> fmt::Result;

    /// It, in a language.
    fn said(&self, language: Language) -> Said<'_, Self>
    where
        Self: Sized,
    {
        Said(self, language)
    }
}

/// A message in a language.
pub struct Said<'a, T>(&'a T, Language);

impl<T: Say> Display for Said<'_, T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.say(self.1, f)
    }
}

/// Each group of messages has a function of this name in the file of each language.
macro_rules! groups {
    ($($group:ty => $words:ident;)*) => {$(
        impl Say for $group {
            fn say(&self, language: Language, f: &mut Formatter<'_>) -> fmt::Result {
                match language {
                    Language::English => en::$words(self, f),
                    Language::Chinese => zh::$words(self, f),
                }
            }
        }
    )*};
}

groups! {
    Place => place;
    Usage => usage;
    Conflict => conflict;
    RecordConflict => record_conflict;
    FolderConflict => folder_conflict;
    Overwrite => overwrite;
    SettingFault => setting;
    FileFault => file;
    PictureFault => picture;
    Packed => packed;
    RecordFault => record;
    TableFault => table;
    ListFault => list;
    ListMisfit => list_misfit;
    Note => note;
    Message => message;
}

/// Messages that travel as errors of another library, which gives them back as they are.
macro_rules! errors {
    ($($group:ty;)*) => {$(
        impl Display for $group {
            fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
                self.say(Language::English, f)
            }
        }

        impl std::error::Error for $group {}
    )*};
}

errors! {
    FileFault;
    Usage;
    Packed;
}

/// The texts of the help in a language.
pub fn help(language: Language) -> &'static HelpWords {
    match language {
        Language::English => &en::HELP,
        Language::Chinese => &zh::HELP,
    }
}

#[cfg(test)]
mod tests;
