//! Settings: what a file is cleaned with, and where each value came from: the default, the nearest `qingyang.toml` above
//! the file, or the command line, which stands above both. The nearest file holds alone; files are not merged.
//!
//! There is one table of keys, the options themselves: each option of the group "Text" may stand in a file under its
//! long name, and what it takes there is what it takes on the command line.

mod file;

use crate::cli::args::{self, Args};
use crate::decisions::Fingerprint;
use anyhow::Result;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, CommandFactory, Parser};
use file::{is_number, read};
use qingyang::Options;
use qingyang::decode::Encoding;
use std::any::TypeId;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// The name of the file.
pub const NAME: &str = "qingyang.toml";

/// The group of options that are keys.
const GROUP: &str = "Text";
/// Keys of other groups.
const BESIDE: [&str; 1] = ["uncertain"];
/// Keys that are one choice: who gives one of them on the command line takes back both.
const ONE_CHOICE: [&str; 2] = ["skip", "only"];

/// Whether an option may stand in a file.
fn is_key(arg: &Arg) -> bool {
    arg.get_help_heading() == Some(GROUP) || BESIDE.contains(&long(arg))
}

/// Whether an option of this name changes the text.
fn is_text_key(key: &str) -> bool {
    !BESIDE.contains(&key) && Args::command().get_arguments().any(|a| long(a) == key && is_key(a))
}

fn long(arg: &Arg) -> &str {
    arg.get_long().unwrap_or_default()
}

/// A settings file, or a value given beside it, that cannot be used: exit status 2.
#[derive(Debug, Clone)]
pub struct Broken(String);

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Broken {}

/// An option that cannot be used as it is given.
pub struct Wrong {
    pub key: &'static str,
    pub said: String,
}

/// Where a value came from.
#[derive(Debug, Clone, PartialEq)]
enum Origin {
    Default,
    File(PathBuf, usize),
    CommandLine,
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Origin::Default => f.write_str("default"),
            Origin::File(path, line) => write!(f, "{}:{line}", path.display()),
            Origin::CommandLine => f.write_str("command line"),
        }
    }
}

/// A key, its values, and who said so.
#[derive(Debug, Clone)]
struct Value {
    key: String,
    values: Vec<OsString>,
    origin: Origin,
}

/// What one file is cleaned with.
#[derive(Debug)]
pub struct Setting {
    /// Every option as it holds for the file; without the inputs.
    pub args: Args,
    pub options: Options,
    pub encoding: Option<Encoding>,
    /// Changes when anything changes that changes the text; short enough to stand on each line of a manifest.
    pub fingerprint: String,
    values: Vec<Value>,
}

/// Which files are looked at.
enum Source {
    /// The nearest above each input.
    Nearest,
    /// `--config FILE`
    This(PathBuf),
    /// `--no-config`
    None,
}

type Known = Result<Arc<Setting>, Broken>;

/// The settings of all files: each folder is looked into once.
pub struct Settings {
    given: Vec<Value>,
    source: Source,
    known: Mutex<HashMap<PathBuf, Known>>,
}

impl Settings {
    /// As the command line asks.
    pub fn new(matches: &ArgMatches, args: &Args) -> Settings {
        let command = Args::command();
        let given = command.get_arguments().filter(|a| a.get_long().is_some()).filter_map(|a| {
            let id = a.get_id().as_str();
            (matches.value_source(id) == Some(ValueSource::CommandLine)).then(|| Value {
                key: long(a).to_string(),
                values: match a.get_action() {
                    ArgAction::SetTrue => Vec::new(),
                    _ => matches.get_raw(id).into_iter().flatten().map(OsStr::to_os_string).collect(),
                },
                origin: Origin::CommandLine,
            })
        });
        let source = match &args.config {
            Some(path) => Source::This(path.clone()),
            None if args.no_config => Source::None,
            None => Source::Nearest,
        };
        Settings { given: given.collect(), source, known: Mutex::default() }
    }

    /// What holds for a file, or for standard input.
    ///
    /// # Errors
    /// [`Broken`], if its settings file cannot be used.
    pub fn of(&self, input: Option<&Path>) -> Result<Arc<Setting>> {
        let folder = match input.map(Path::parent) {
            Some(Some(folder)) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        self.of_folder(folder)
    }

    /// What the command line says that changes the text.
    pub fn given_fingerprint(&self) -> String {
        let told = self.given.iter().filter(|v| {
            is_text_key(&v.key) || matches!(v.key.as_str(), "suffix" | "format" | "issue" | "follow-jumps")
        });
        told.map(|v| format!("{}={:?}", v.key, v.values)).collect::<Vec<_>>().join(" ")
    }

    /// What holds for an input, which may be a folder.
    ///
    /// # Errors
    /// [`Broken`], if its settings file cannot be used.
    pub fn of_input(&self, input: Option<&Path>) -> Result<Arc<Setting>> {
        match input {
            Some(folder) if folder.is_dir() => self.of_folder(folder),
            input => self.of(input),
        }
    }

    /// What holds for the files of a folder.
    ///
    /// # Errors
    /// [`Broken`], if its settings file cannot be used.
    pub fn of_folder(&self, folder: &Path) -> Result<Arc<Setting>> {
        let key = match self.source {
            Source::Nearest => folder,
            _ => Path::new(""),
        };
        if let Some(known) = self.looked_up(key) {
            return Ok(known?);
        }
        let found = match &self.source {
            // Links and '..' away first: "upward" is where the folder really lies.
            Source::Nearest => match folder.canonicalize().or_else(|_| std::path::absolute(folder)) {
                Ok(real) => self.nearest(&real),
                Err(_) => self.effective(None),
            },
            Source::This(path) => self.effective(Some(path)),
            Source::None => self.effective(None),
        };
        self.remember(key, &found);
        Ok(found?)
    }

    fn nearest(&self, folder: &Path) -> Known {
        if let Some(known) = self.looked_up(folder) {
            return known;
        }
        let path = folder.join(NAME);
        let found = match folder.parent() {
            _ if path.is_file() => self.effective(Some(&path)),
            Some(parent) => self.nearest(parent),
            None => self.effective(None),
        };
        self.remember(folder, &found);
        found
    }

    fn looked_up(&self, folder: &Path) -> Option<Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).get(folder).cloned()
    }

    fn remember(&self, folder: &Path, found: &Known) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_path_buf(), found.clone());
    }

    /// The command line over a file over the defaults.
    fn effective(&self, file: Option<&Path>) -> Known {
        let command = Args::command();
        let mut below = match file {
            Some(path) => read(path, &command)?,
            None => Vec::new(),
        };
        let given = |key: &str| self.given.iter().any(|v| v.key == key);
        below.retain(|v| {
            !(given(&v.key) || ONE_CHOICE.contains(&v.key.as_str()) && ONE_CHOICE.map(given).contains(&true))
        });
        let words = self.given.iter().chain(&below).flat_map(words);
        let args = Args::try_parse_from(std::iter::once(OsString::from("qingyang")).chain(words))
            .map_err(|e| Broken(first_line(&e)))?;
        let values: Vec<Value> = command
            .get_arguments()
            .filter(|a| is_key(a))
            .map(|a| {
                let said = self.given.iter().chain(&below).find(|v| v.key == long(a));
                said.cloned().unwrap_or_else(|| Value {
                    key: long(a).to_string(),
                    values: a.get_default_values().iter().map(|v| OsString::from(v.as_os_str())).collect(),
                    origin: Origin::Default,
                })
            })
            .collect();
        let wrong = |w: Wrong| {
            let origin = values.iter().find(|v| v.key == w.key).map(|v| &v.origin);
            Broken(match origin {
                Some(origin @ Origin::File(..)) => format!("{origin}: {}: {}", w.key, w.said),
                _ => format!("--{}: {}", w.key, w.said),
            })
        };
        let encoding = args::encoding(&args).map_err(wrong)?;
        let options = args::options(&args).map_err(wrong)?;
        let mut told = String::new();
        for v in values.iter().filter(|v| !BESIDE.contains(&v.key.as_str())) {
            let _ = write!(told, "{}={:?} ", v.key, v.values);
        }
        let _ = write!(told, "suffix={:?} format={:?} jumps={}", args.suffix, args.format, args.follow_jumps);
        let mut print = Fingerprint::new();
        print.take(told.as_bytes());
        let fingerprint = print.finish()[..16].to_string();
        Ok(Arc::new(Setting { args, options, encoding, fingerprint, values }))
    }
}

/// A value as the words that would say it on the command line.
fn words(value: &Value) -> Vec<OsString> {
    let key = format!("--{}", value.key);
    if value.values.is_empty() && value.origin == Origin::CommandLine {
        return vec![key.into()];
    }
    let word = |v: &OsString| {
        let mut word = OsString::from(format!("{key}="));
        word.push(v);
        word
    };
    value.values.iter().map(word).collect()
}

fn first_line(error: &clap::Error) -> String {
    let said = error.to_string();
    let line = said.lines().next().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_string()
}

impl Setting {
    /// `qingyang config`: what holds, as a file that says the same, with where each value came from.
    pub fn show(&self, name: &str) -> String {
        let command = Args::command();
        let mut out = format!("# {name}\n");
        for v in &self.values {
            let list = command.get_arguments().any(|a| long(a) == v.key && matches!(a.get_action(), ArgAction::Append));
            let bare = command.get_arguments().any(|a| {
                long(a) == v.key
                    && (is_number(a.get_value_parser()) || a.get_value_parser().type_id() == TypeId::of::<bool>())
            });
            let one = |v: &OsString| {
                let text = v.to_string_lossy();
                if bare { text.into_owned() } else { format!("{text:?}") }
            };
            let all: Vec<String> = v.values.iter().map(one).collect();
            let said = match (list, all.first()) {
                (true, _) => format!("{} = [{}]", v.key, all.join(", ")),
                (false, Some(first)) => format!("{} = {first}", v.key),
                (false, None) => format!("# {} is not set", v.key),
            };
            let _ = writeln!(out, "{said:<28} # {}", v.origin);
        }
        out
    }
}
