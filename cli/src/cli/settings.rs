//! The settings of each file: the command line over the nearest `qingyang.toml` above the file over the defaults. The
//! nearest file alone counts; files are not merged.

mod file;
mod keys;
mod rules;
mod source;
mod words;

use super::args::Args;
use super::options::{self, Unusable};
use super::parser_errors;
use crate::catalogue::Say;
use crate::digest::Digest;
use crate::failure::{Failure, Kind};
use crate::input::walk::SETTINGS;
use crate::messages::{Note, Place};
use clap::parser::ValueSource;
use clap::{ArgAction, ArgMatches, CommandFactory, Parser};
use file::{Contents, OPTIONS};
use keys::{ONE_CHOICE, OTHERS, Origin, Value, changes_text, is_boolean, is_key, is_number, long};
use qingyang::Options;
use qingyang::decode::Encoding;
use qingyang::options::AddedWords;
use qingyang::rules::{CustomRule, CustomRules};
use qingyang_tell::Language;
use rules::FileRules;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use words::FileWords;

/// Digits of the fingerprint: short enough for each line of a manifest.
const FINGERPRINT_DIGITS: usize = 16;

/// How one file is cleaned.
#[derive(Debug)]
pub struct Setting {
    pub options: Options,
    /// `None` if the encoding is to be detected.
    pub encoding: Option<Encoding>,
    /// Whether malformed bytes are replaced.
    pub lossy: bool,
    /// `--uncertain`, if it is given.
    pub uncertain: Option<f32>,
    /// Changes whenever something changes that changes the text.
    pub fingerprint: String,
    values: Vec<Value>,
    /// The user's own rules, with those that are switched off.
    rules: Option<FileRules>,
    /// The user's own words.
    words: Option<FileWords>,
}

/// Which settings file is read.
enum Source {
    /// The nearest above each input.
    Nearest,
    /// `--config FILE`
    This(PathBuf),
    /// `--no-config`
    None,
}

type Known = Result<Arc<Setting>, Failure>;

/// The settings of all files: each folder is looked into once.
pub struct Settings {
    given: Vec<Value>,
    source: Source,
    known: Mutex<HashMap<PathBuf, Known>>,
}

impl Settings {
    /// As the command line asks.
    pub(super) fn new(matches: &ArgMatches, args: &Args) -> Settings {
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

    /// The setting of a file, or of standard input.
    ///
    /// # Errors
    /// If its settings file cannot be used.
    pub fn of(&self, input: Option<&Path>) -> Known {
        let folder = match input.map(Path::parent) {
            Some(Some(folder)) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        self.of_folder(folder)
    }

    /// What the command line says that changes the output.
    pub fn given_fingerprint(&self) -> String {
        let counts = |v: &&Value| {
            changes_text(&v.key) || matches!(v.key.as_str(), "suffix" | "format" | "per" | "issue" | "follow-jumps")
        };
        let given = self.given.iter().filter(counts);
        given.map(|v| format!("{}={:?}", v.key, v.values)).collect::<Vec<_>>().join(" ")
    }

    /// The setting of an input, which may be a folder.
    ///
    /// # Errors
    /// If its settings file cannot be used.
    pub fn of_input(&self, input: Option<&Path>) -> Known {
        match input {
            Some(folder) if folder.is_dir() => self.of_folder(folder),
            input => self.of(input),
        }
    }

    /// The setting of the files of a folder.
    fn of_folder(&self, folder: &Path) -> Known {
        let key = match self.source {
            Source::Nearest => folder,
            _ => Path::new(""),
        };
        if let Some(known) = self.looked_up(key) {
            return known;
        }
        let found = match &self.source {
            // Links and '..' are resolved first: "above" is where the folder really lies.
            Source::Nearest => match folder.canonicalize().or_else(|_| std::path::absolute(folder)) {
                Ok(real) => self.nearest(&real),
                Err(_) => self.effective(None),
            },
            Source::This(path) => self.effective(Some(path)),
            Source::None => self.effective(None),
        };
        self.remember(key, &found);
        found
    }

    fn nearest(&self, folder: &Path) -> Known {
        if let Some(known) = self.looked_up(folder) {
            return known;
        }
        let path = folder.join(SETTINGS);
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
        let Contents { values: mut of_file, rules, words: own_words } = match file {
            Some(path) => file::read(path, &command)?,
            None => Contents::default(),
        };
        let given = |key: &str| self.given.iter().any(|v| v.key == key);
        let choice_given = ONE_CHOICE.map(given).contains(&true);
        of_file.retain(|v| !(given(&v.key) || choice_given && ONE_CHOICE.contains(&v.key.as_str())));
        let words = self.given.iter().chain(&of_file).flat_map(words);
        let args = Args::try_parse_from(std::iter::once(OsString::from("qingyang")).chain(words))
            .map_err(|e| Failure::new(Kind::Settings, parser_errors::message(&e)))?;
        let keys = command.get_arguments().filter(|a| is_key(a));
        let values: Vec<Value> = keys
            .map(|a| {
                let value = self.given.iter().chain(&of_file).find(|v| v.key == long(a));
                value.cloned().unwrap_or_else(|| Value {
                    key: long(a).to_string(),
                    values: a.get_default_values().iter().map(|v| OsString::from(v.as_os_str())).collect(),
                    origin: Origin::Default,
                })
            })
            .collect();
        let encoding = options::encoding(&args).map_err(|u| unusable(u, &values))?;
        let custom = rules.as_ref().map(|r| &r.rules);
        options::check_custom_names(&args, custom).map_err(|u| unusable(u, &values))?;
        let mut options = options::options(&args, custom).map_err(|u| unusable(u, &values))?;
        options.vocabulary = own_words.as_ref().map(|w| w.words.clone()).unwrap_or_default();
        let fingerprint = fingerprint(&args, &values, custom, &options.vocabulary);
        let (lossy, uncertain) = (args.lossy, args.uncertain);
        Ok(Arc::new(Setting { options, encoding, lossy, uncertain, fingerprint, values, rules, words: own_words }))
    }
}

/// A value that the options cannot use, at the place where it was given.
fn unusable(unusable: Unusable, values: &[Value]) -> Failure {
    let failure = Failure::new(Kind::Settings, unusable.message);
    match values.iter().find(|v| v.key == unusable.key).map(|v| &v.origin) {
        Some(Origin::File(path, line)) => {
            failure.at(Place::Key(unusable.key.to_string())).at(Place::FileLine(path.clone(), *line))
        }
        _ => failure.at(Place::Key(format!("--{}", unusable.key))),
    }
}

fn fingerprint(args: &Args, values: &[Value], rules: Option<&CustomRules>, words: &AddedWords) -> String {
    let mut text = String::new();
    for v in values.iter().filter(|v| !OTHERS.contains(&v.key.as_str())) {
        let _ = write!(text, "{}={:?} ", v.key, v.values);
    }
    let _ = write!(text, "suffix={:?} format={:?} jumps={}", args.suffix, args.format, args.follow_jumps);
    if let Some(rules) = rules {
        let _ = write!(text, " rules={}", serde_json::to_string(rules).unwrap_or_default());
    }
    if !words.is_empty() {
        let _ = write!(text, " vocabulary={}", serde_json::to_string(words).unwrap_or_default());
    }
    Digest::of(text.as_bytes())[..FINGERPRINT_DIGITS].to_string()
}

/// A value as the words of the command line that give it.
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

impl Setting {
    /// The user's own rules: name, rule, and where it is written.
    pub fn custom_rules(&self) -> impl Iterator<Item = (&str, &CustomRule, (&PathBuf, usize))> {
        self.rules.iter().flat_map(FileRules::iter)
    }

    /// Line breaks less certain than this are uncertain.
    pub fn threshold(&self) -> f32 {
        self.uncertain.unwrap_or(qingyang_tell::CERTAIN)
    }

    /// `qingyang config`: the values as a settings file, each with where it came from.
    pub fn show(&self, name: &str, language: Language) -> String {
        let command = Args::command();
        let mut out = format!("# {name}\n");
        if self.rules.as_ref().is_some_and(FileRules::has_furniture) {
            let _ = writeln!(out, "[{OPTIONS}]");
        }
        for v in &self.values {
            let arg = command.get_arguments().find(|a| long(a) == v.key);
            let list = arg.is_some_and(|a| matches!(a.get_action(), ArgAction::Append));
            let bare = arg.map(|a| a.get_value_parser()).is_some_and(|p| is_number(p) || is_boolean(p));
            let one = |v: &OsString| {
                let text = v.to_string_lossy();
                if bare { text.into_owned() } else { format!("{text:?}") }
            };
            let all: Vec<String> = v.values.iter().map(one).collect();
            let line = match (list, all.first()) {
                (true, _) => format!("{} = [{}]", v.key, all.join(", ")),
                (false, Some(first)) => format!("{} = {first}", v.key),
                (false, None) => Note::NotSet { key: v.key.clone() }.said(language).to_string(),
            };
            let _ = writeln!(out, "{line:<28} # {}", v.origin.message().said(language));
        }
        if let Some(rules) = &self.rules {
            rules.show(&mut out);
        }
        if let Some(words) = &self.words {
            words.show(&mut out);
        }
        out
    }
}
