//! A settings file: read, and checked key by key against the options that it may contain.

use super::keys::{ONE_CHOICE, Origin, Value, is_boolean, is_key, is_number, long};
use super::rules::{self, FileRules};
use super::source::{Source, key_of, nearest_of, type_of};
use super::words::{self, FileWords, WORDS};
use crate::cli::args::{Args, is_custom};
use crate::cli::parser_errors;
use crate::failure::{Failure, Kind};
use crate::messages::{Action, Message, Place, SettingFault, Type, Usage};
use clap::{Arg, ArgAction, Parser};
use std::ffi::OsString;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A table of options, for a file that has rules `[[furniture]]` as well: TOML allows a name only once.
pub const OPTIONS: &str = "options";

/// What a file says.
#[derive(Default)]
pub struct Contents {
    /// The options.
    pub values: Vec<Value>,
    /// The user's own rules.
    pub rules: Option<FileRules>,
    /// The user's own words.
    pub words: Option<FileWords>,
}

/// The contents of a file.
///
/// # Errors
/// With file, line and key.
pub fn read(path: &Path, command: &clap::Command) -> Result<Contents, Failure> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| Failure { kind: Kind::Settings, ..Failure::io(Action::Read, &e) }.at(Place::path(path)))?;
    let source = Source { path, text: &text };
    let table = DeTable::parse(&text).map_err(|e| source.not_toml(&e))?;
    let top = table.get_ref();
    let values = options(&source, top, command)?;
    Ok(Contents { values, rules: rules::read(&source, top)?, words: words::read(&source, top)? })
}

/// The options of a file: keys of the file itself, and of its table of options.
fn options(source: &Source<'_>, top: &DeTable<'_>, command: &clap::Command) -> Result<Vec<Value>, Failure> {
    let below = match top.get(OPTIONS).map(|value| (value, value.get_ref())) {
        None => None,
        Some((_, DeValue::Table(table))) => Some(table),
        Some((value, _)) => return Err(key_of(source.wrong_type(value, Type::Table), OPTIONS)),
    };
    let keys: Vec<&Arg> = command.get_arguments().filter(|a| is_key(a)).collect();
    let mut all: Vec<Value> = Vec::new();
    let of_top = top.iter().map(|entry| (true, entry));
    for (is_top, (key, value)) in of_top.chain(below.into_iter().flatten().map(|entry| (false, entry))) {
        let name: &str = key.get_ref();
        let line = source.line(key.span().start);
        let is_table = name == OPTIONS || name == WORDS || rules::is_rules(name, value.get_ref());
        if is_top && is_table {
            continue;
        }
        let Some(arg) = keys.iter().find(|a| long(a) == name) else {
            let tables = rules::kinds().filter(|kind| *kind != "furniture").chain([WORDS, OPTIONS]).filter(|_| is_top);
            let mut known: Vec<String> = keys.iter().map(|a| long(a).to_string()).collect();
            known.extend(tables.map(str::to_string));
            return Err(source.unknown_key(line, name, known));
        };
        let values = values(arg, value)
            .map_err(|(at, m)| source.fault(at.map_or(line, |at| source.line(at)), m))
            .map_err(|f| key_of(f, name))?;
        if all.iter().any(|v| v.key == name) {
            return Err(key_of(source.fault(line, SettingFault::GivenTwice), name));
        }
        all.push(Value {
            key: name.to_string(),
            values: values.into_iter().map(OsString::from).collect(),
            origin: Origin::File(source.path.to_path_buf(), line),
        });
    }
    if let [Some(a), Some(_)] = ONE_CHOICE.map(|k| all.iter().find(|v| v.key == k)) {
        let line = if let Origin::File(_, line) = a.origin { line } else { 1 };
        return Err(source.fault(line, SettingFault::OneChoice { first: ONE_CHOICE[0], second: ONE_CHOICE[1] }));
    }
    all.sort_by_key(|v| match v.origin {
        Origin::File(_, line) => line,
        _ => 0,
    });
    Ok(all)
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

/// Fails if the option does not take this value.
fn check(arg: &Arg, value: &str) -> Result<(), Message> {
    let known: Vec<String> = arg.get_possible_values().iter().map(|v| v.get_name().to_string()).collect();
    if !known.is_empty() && !is_boolean(arg.get_value_parser()) {
        let custom = ONE_CHOICE.contains(&long(arg)) && is_custom(value);
        if custom || known.iter().any(|n| n == value) {
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
