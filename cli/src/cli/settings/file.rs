//! A settings file: read, and checked key by key against the options that may stand in it.

use super::{Broken, ONE_CHOICE, Origin, Value, first_line, is_key, long};
use crate::cli::args::Args;
use clap::builder::ValueParser;
use clap::{Arg, ArgAction, Parser};
use std::any::TypeId;
use std::ffi::OsString;
use std::path::Path;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// How like a known name (Jaro–Winkler, 0 to 1) an unknown one must be to be taken for a slip: as clap does.
const LIKE: f64 = 0.7;

/// What a file says.
///
/// # Errors
/// [`Broken`], with file, line and key.
pub fn read(path: &Path, command: &clap::Command) -> Result<Vec<Value>, Broken> {
    let shown = path.display();
    let text = std::fs::read_to_string(path).map_err(|e| Broken(format!("{shown}: cannot read: {e}")))?;
    let line = |at: usize| 1 + text.as_bytes().iter().take(at).filter(|&&b| b == b'\n').count();
    let table = DeTable::parse(&text).map_err(|e| {
        let at = e.span().map_or(0, |s| s.start);
        // Which key the place belongs to: what stands before '=' on its line.
        let start = text.get(..at).unwrap_or(&text).rfind('\n').map_or(0, |n| n + 1);
        let key = text[start..].lines().next().and_then(|l| l.split_once('=')).map(|(k, _)| k.trim());
        let key = key.filter(|k| !k.is_empty()).map_or_else(String::new, |k| format!("{k}: "));
        Broken(format!("{shown}:{}: {key}not TOML: {}", line(at), e.message().lines().next().unwrap_or_default()))
    })?;
    let keys: Vec<&Arg> = command.get_arguments().filter(|a| is_key(a)).collect();
    let mut all: Vec<Value> = Vec::new();
    for (key, value) in table.get_ref() {
        let name: &str = key.get_ref();
        let place = format!("{shown}:{}", line(key.span().start));
        let Some(arg) = keys.iter().find(|a| long(a) == name) else {
            let hint = nearest_of(name, keys.iter().map(|a| long(a)));
            let hint = hint.unwrap_or_else(|| {
                format!("known are {}", keys.iter().map(|a| long(a)).collect::<Vec<_>>().join(", "))
            });
            return Err(Broken(format!("{place}: unknown key {name:?}; {hint}")));
        };
        let values = values(arg, value, &line).map_err(|(at, said)| {
            Broken(format!("{shown}:{}: {name}: {said}", at.unwrap_or(line(key.span().start))))
        })?;
        all.push(Value {
            key: name.to_string(),
            values: values.into_iter().map(OsString::from).collect(),
            origin: Origin::File(path.to_path_buf(), line(key.span().start)),
        });
    }
    if let [Some(a), Some(_)] = ONE_CHOICE.map(|k| all.iter().find(|v| v.key == k)) {
        return Err(Broken(format!(
            "{}: {} and {} are one choice: give one of them",
            a.origin, ONE_CHOICE[0], ONE_CHOICE[1]
        )));
    }
    all.sort_by_key(|v| match v.origin {
        Origin::File(_, line) => line,
        _ => 0,
    });
    Ok(all)
}

/// The values that a key has in a file, as words; or the line and what is wrong with it.
fn values(
    arg: &Arg,
    value: &Spanned<DeValue<'_>>,
    line: &dyn Fn(usize) -> usize,
) -> Result<Vec<String>, (Option<usize>, String)> {
    let kind = arg.get_value_parser().type_id();
    let list = matches!(arg.get_action(), ArgAction::Append);
    let wants = |said: &str| Err((None, format!("wants {said}, not {}", kind_of(value.get_ref()))));
    let one = |v: &Spanned<DeValue<'_>>| -> Result<String, (Option<usize>, String)> {
        let text = match v.get_ref() {
            DeValue::String(s) => s.to_string(),
            DeValue::Integer(n) => n.as_str().to_string(),
            DeValue::Float(n) => n.as_str().to_string(),
            DeValue::Boolean(b) => b.to_string(),
            other => return Err((None, format!("wants one value, not {}", kind_of(other)))),
        };
        check(arg, &text).map_err(|said| (Some(line(v.span().start)), said))?;
        Ok(text)
    };
    match value.get_ref() {
        DeValue::Array(items) if list => {
            let strings = items.iter().all(|i| i.get_ref().is_str());
            if strings { items.iter().map(one).collect() } else { wants("a list of strings") }
        }
        _ if list => wants("a list of strings"),
        DeValue::Boolean(_) if kind == TypeId::of::<bool>() => Ok(vec![one(value)?]),
        _ if kind == TypeId::of::<bool>() => wants("true or false"),
        DeValue::String(_) if is_number(arg.get_value_parser()) => wants("a number"),
        DeValue::Boolean(_) => wants(if is_number(arg.get_value_parser()) { "a number" } else { "a string" }),
        DeValue::Integer(_) | DeValue::Float(_) if !is_number(arg.get_value_parser()) => wants("a string"),
        _ => Ok(vec![one(value)?]),
    }
}

/// What a value is, for people.
fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// Whether an option takes a number.
pub fn is_number(parser: &ValueParser) -> bool {
    let kind = parser.type_id();
    [TypeId::of::<f32>(), TypeId::of::<f64>(), TypeId::of::<u16>(), TypeId::of::<u32>(), TypeId::of::<u64>()]
        .iter()
        .any(|k| kind == *k)
}

/// Whether an option takes this value.
fn check(arg: &Arg, value: &str) -> Result<(), String> {
    let names: Vec<String> = arg.get_possible_values().iter().map(|v| v.get_name().to_string()).collect();
    if !names.is_empty() && arg.get_value_parser().type_id() != TypeId::of::<bool>() {
        if names.iter().any(|n| n == value) {
            return Ok(());
        }
        let what = if ONE_CHOICE.contains(&long(arg)) { "rule" } else { "value" };
        let hint = nearest_of(value, names.iter().map(String::as_str));
        return Err(format!("unknown {what} {value:?}; {}", hint.unwrap_or(format!("known are {}", names.join(", ")))));
    }
    let word = format!("--{}={value}", long(arg));
    let said = Args::try_parse_from(["qingyang", &word]).err().map(|e| first_line(&e));
    // "invalid value '7' for '--uncertain[=<P>]': wants …": the key is named already.
    said.map_or(Ok(()), |said| Err(said.split_once("': ").map_or(said.as_str(), |(_, why)| why).to_string()))
}

/// Which known name was most likely meant.
fn nearest_of<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    known
        .map(|k| (strsim::jaro_winkler(name, k), k))
        .filter(|(like, _)| *like > LIKE)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, k)| format!("did you mean {k:?}?"))
}
