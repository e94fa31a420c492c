//! A settings file: read, and checked key by key against the options that it may contain.

use super::keys::{ONE_CHOICE, Origin, Value, is_boolean, is_key, is_number, long};
use crate::cli::args::Args;
use crate::cli::parser_errors;
use crate::failure::{Failure, Kind};
use crate::messages::{Action, Message, Place, SettingFault, Type, Usage};
use clap::{Arg, ArgAction, Parser};
use std::ffi::OsString;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// An unknown name is taken for a slip of a known one if they are at least this similar (Jaro–Winkler, 0 to 1; the
/// value of clap).
const SIMILAR: f64 = 0.7;

/// A settings file that is being read.
struct File<'a> {
    path: &'a Path,
    text: &'a str,
}

/// The values of a file.
///
/// # Errors
/// With file, line and key.
pub fn read(path: &Path, command: &clap::Command) -> Result<Vec<Value>, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure { kind: Kind::Settings, ..Failure::io(Action::Read, &e) }.at(Place::path(path)))?;
    let file = File { path, text: &text };
    let table = DeTable::parse(&text).map_err(|e| file.not_toml(&e))?;
    let keys: Vec<&Arg> = command.get_arguments().filter(|a| is_key(a)).collect();
    let mut all: Vec<Value> = Vec::new();
    for (key, value) in table.get_ref() {
        let name: &str = key.get_ref();
        let line = file.line(key.span().start);
        let Some(arg) = keys.iter().find(|a| long(a) == name) else {
            let known: Vec<String> = keys.iter().map(|a| long(a).to_string()).collect();
            let nearest = nearest_of(name, &known);
            return Err(file.fault(line, SettingFault::UnknownKey { key: name.to_string(), nearest, known }));
        };
        let values = values(arg, value)
            .map_err(|(at, m)| file.fault(at.map_or(line, |at| file.line(at)), m))
            .map_err(|f| key_of(f, name))?;
        all.push(Value {
            key: name.to_string(),
            values: values.into_iter().map(OsString::from).collect(),
            origin: Origin::File(path.to_path_buf(), line),
        });
    }
    if let [Some(a), Some(_)] = ONE_CHOICE.map(|k| all.iter().find(|v| v.key == k)) {
        let Origin::File(_, line) = a.origin else { return Ok(all) };
        return Err(file.fault(line, SettingFault::OneChoice { first: ONE_CHOICE[0], second: ONE_CHOICE[1] }));
    }
    all.sort_by_key(|v| match v.origin {
        Origin::File(_, line) => line,
        _ => 0,
    });
    Ok(all)
}

impl File<'_> {
    /// The line of a byte, from 1.
    fn line(&self, at: usize) -> usize {
        1 + self.text.bytes().take(at).filter(|&b| b == b'\n').count()
    }

    fn fault(&self, line: usize, message: impl Into<Message>) -> Failure {
        Failure::new(Kind::Settings, message).at(Place::FileLine(self.path.to_path_buf(), line))
    }

    fn not_toml(&self, error: &toml::de::Error) -> Failure {
        let at = error.span().map_or(0, |s| s.start);
        let reason = error.message().lines().next().unwrap_or_default().to_string();
        let failure = self.fault(self.line(at), SettingFault::NotToml(reason));
        // The key of the place is the text before '=' on its line.
        let start = self.text.get(..at).unwrap_or(self.text).rfind('\n').map_or(0, |n| n + 1);
        let key = self.text[start..].lines().next().and_then(|l| l.split_once('=')).map(|(k, _)| k.trim());
        match key.filter(|k| !k.is_empty()) {
            Some(key) => key_of(failure, key),
            None => failure,
        }
    }
}

/// Names the key after the file and line.
fn key_of(mut failure: Failure, key: &str) -> Failure {
    failure.places.push(Place::Key(key.to_string()));
    failure
}

/// The values of a key as words; or the byte of the file (if it is not that of the key) and what is wrong.
fn values(arg: &Arg, value: &Spanned<DeValue<'_>>) -> Result<Vec<String>, (Option<usize>, Message)> {
    let parser = arg.get_value_parser();
    let list = matches!(arg.get_action(), ArgAction::Append);
    let expected = |expected| Err((None, SettingFault::WrongType { expected, found: type_of(value.get_ref()) }.into()));
    match value.get_ref() {
        DeValue::Array(items) if list && items.iter().all(|i| i.get_ref().is_str()) => {
            items.iter().map(|item| one(arg, item)).collect()
        }
        _ if list => expected(Type::ListOfTexts),
        DeValue::Boolean(_) if is_boolean(parser) => Ok(vec![one(arg, value)?]),
        _ if is_boolean(parser) => expected(Type::Boolean),
        DeValue::String(_) | DeValue::Boolean(_) if is_number(parser) => expected(Type::Number),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) if !is_number(parser) => expected(Type::Text),
        _ => Ok(vec![one(arg, value)?]),
    }
}

fn one(arg: &Arg, value: &Spanned<DeValue<'_>>) -> Result<String, (Option<usize>, Message)> {
    let text = match value.get_ref() {
        DeValue::String(s) => s.to_string(),
        DeValue::Integer(n) => n.as_str().to_string(),
        DeValue::Float(n) => n.as_str().to_string(),
        DeValue::Boolean(b) => b.to_string(),
        other => {
            return Err((None, SettingFault::WrongType { expected: Type::OneValue, found: type_of(other) }.into()));
        }
    };
    check(arg, &text).map_err(|message| (Some(value.span().start), message))?;
    Ok(text)
}

fn type_of(value: &DeValue<'_>) -> Type {
    match value {
        DeValue::String(_) => Type::Text,
        DeValue::Integer(_) | DeValue::Float(_) => Type::Number,
        DeValue::Boolean(_) => Type::Boolean,
        DeValue::Datetime(_) => Type::Date,
        DeValue::Array(_) => Type::List,
        DeValue::Table(_) => Type::Table,
    }
}

/// Fails if the option does not take this value.
fn check(arg: &Arg, value: &str) -> Result<(), Message> {
    let known: Vec<String> = arg.get_possible_values().iter().map(|v| v.get_name().to_string()).collect();
    if !known.is_empty() && !is_boolean(arg.get_value_parser()) {
        if known.iter().any(|n| n == value) {
            return Ok(());
        }
        let (rule, nearest) = (ONE_CHOICE.contains(&long(arg)), nearest_of(value, &known));
        return Err(SettingFault::UnknownSetting { rule, value: value.to_string(), nearest, known }.into());
    }
    let word = format!("--{}={value}", long(arg));
    match Args::try_parse_from(["qingyang", &word]).map_err(|e| parser_errors::message(&e)) {
        Ok(_) => Ok(()),
        // The key is named already.
        Err(Usage::BadValue { reason, .. }) => Err((*reason).into()),
        Err(message) => Err(message.into()),
    }
}

/// The known name that was most likely meant.
fn nearest_of(name: &str, known: &[String]) -> Option<String> {
    known
        .iter()
        .map(|k| (strsim::jaro_winkler(name, k), k))
        .filter(|(similarity, _)| *similarity > SIMILAR)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, k)| k.clone())
}
