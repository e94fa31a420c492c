//! The user's own words in a settings file: `[vocabulary]`, with a list of words for each key.

use super::source::{Source, key_of};
use crate::failure::Failure;
use crate::messages::{SettingFault, Type};
use qingyang::options::AddedWords;
use std::fmt::Write;
use std::path::PathBuf;
use toml::de::{DeTable, DeValue};

/// The table of words.
pub const WORDS: &str = "vocabulary";

/// A list of words of the library.
type List = fn(&mut AddedWords) -> &mut Vec<String>;

/// The keys of the table, and the list that each fills.
const KEYS: [(&str, List); 9] = [
    ("posts", |words| &mut words.posts),
    ("senders", |words| &mut words.senders),
    ("credits", |words| &mut words.credits),
    ("jumps-on", |words| &mut words.jumps_on),
    ("jumps-back", |words| &mut words.jumps_back),
    ("furniture", |words| &mut words.furniture),
    ("editors", |words| &mut words.editors),
    ("sections", |words| &mut words.sections),
    ("papers", |words| &mut words.papers),
];

/// The words of a settings file.
#[derive(Debug, Clone)]
pub struct FileWords {
    pub words: AddedWords,
    path: PathBuf,
    /// The keys that are given, and the line of each.
    lines: Vec<(&'static str, usize)>,
}

/// The words of a file; `None` if it has none.
///
/// # Errors
/// With file, line and key.
pub fn read(source: &Source<'_>, top: &DeTable<'_>) -> Result<Option<FileWords>, Failure> {
    let Some(value) = top.get(WORDS) else { return Ok(None) };
    let DeValue::Table(table) = value.get_ref() else {
        return Err(key_of(source.wrong_type(value, Type::Table), WORDS));
    };
    let mut all = FileWords { words: AddedWords::default(), path: source.path.to_path_buf(), lines: Vec::new() };
    for (key, value) in table {
        let (name, line): (&str, usize) = (key.get_ref(), source.line(key.span().start));
        let Some((key, list)) = KEYS.into_iter().find(|(key, _)| *key == name) else {
            let known = KEYS.map(|(key, _)| key.to_string()).to_vec();
            return Err(key_of(source.unknown_key(line, name, known), WORDS));
        };
        let at_key = |failure| key_of(key_of(failure, WORDS), key);
        let DeValue::Array(items) = value.get_ref() else {
            return Err(at_key(source.wrong_type(value, Type::ListOfTexts)));
        };
        for item in items.iter() {
            let DeValue::String(word) = item.get_ref() else {
                return Err(at_key(source.wrong_type(item, Type::Text)));
            };
            if word.is_empty() || word.trim() != word || word.contains(char::is_control) {
                let fault = SettingFault::NotAWord { word: word.to_string() };
                return Err(at_key(source.fault(source.line(item.span().start), fault)));
            }
            list(&mut all.words).push(word.to_string());
        }
        all.lines.push((key, line));
    }
    all.lines.sort_by_key(|(_, line)| *line);
    Ok(Some(all))
}

impl FileWords {
    /// The words as a settings file that says the same, each list with where it came from.
    pub fn show(&self, out: &mut String) {
        let _ = writeln!(out, "\n[{WORDS}]");
        let mut words = self.words.clone();
        for (key, line) in &self.lines {
            let Some((_, list)) = KEYS.into_iter().find(|(k, _)| k == key) else { continue };
            let list: Vec<String> = list(&mut words).iter().map(|word| format!("{word:?}")).collect();
            let list = format!("{key} = [{}]", list.join(", "));
            let _ = writeln!(out, "{list:<28} # {}:{line}", self.path.display());
        }
    }
}
