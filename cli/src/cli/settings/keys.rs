//! Keys of a settings file: the options of the group "Text" under their long names, and a few others. There is no
//! other table of keys.

use crate::cli::args::Args;
use crate::messages::Note;
use clap::builder::ValueParser;
use clap::{Arg, CommandFactory};
use std::any::TypeId;
use std::ffi::OsString;
use std::path::PathBuf;

/// The group of options that are keys.
const GROUP: &str = "Text";
/// Keys of other groups. They do not change the text.
pub const OTHERS: [&str; 1] = ["uncertain"];
/// Keys that exclude each other: one of them on the command line replaces both of the file.
pub const ONE_CHOICE: [&str; 2] = ["skip", "only"];

/// Whether an option is a key.
pub fn is_key(arg: &Arg) -> bool {
    arg.get_help_heading() == Some(GROUP) || OTHERS.contains(&long(arg))
}

/// Whether a key changes the text.
pub fn changes_text(key: &str) -> bool {
    !OTHERS.contains(&key) && Args::command().get_arguments().any(|a| long(a) == key && is_key(a))
}

/// The long name of an option.
pub fn long(arg: &Arg) -> &str {
    arg.get_long().unwrap_or_default()
}

/// Whether an option takes a number.
pub fn is_number(parser: &ValueParser) -> bool {
    let kind = parser.type_id();
    [TypeId::of::<f32>(), TypeId::of::<f64>(), TypeId::of::<u16>(), TypeId::of::<u32>(), TypeId::of::<u64>()]
        .iter()
        .any(|k| kind == *k)
}

/// Whether an option is true or false.
pub fn is_boolean(parser: &ValueParser) -> bool {
    parser.type_id() == TypeId::of::<bool>()
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin {
    Default,
    File(PathBuf, usize),
    CommandLine,
}

impl Origin {
    /// The name of the origin.
    pub fn message(&self) -> Note {
        match self {
            Origin::Default => Note::OriginDefault,
            Origin::File(path, line) => Note::OriginFile { path: path.clone(), line: *line },
            Origin::CommandLine => Note::OriginCommandLine,
        }
    }
}

/// A key, its values, and where they came from.
#[derive(Debug, Clone)]
pub struct Value {
    pub key: String,
    pub values: Vec<OsString>,
    pub origin: Origin,
}
