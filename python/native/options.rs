//! Keyword arguments become the library's options. They are those of the command line, with `_` for `-`.

use crate::errors::{option, wrong_type};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};
use qingyang::decode::Encoding;
use qingyang::options::{AddedWords, CjkLatinSpace, Furniture, Order, Repair, Split, Width};
use qingyang::rules::{CustomRule, CustomRules};
use qingyang::{Options, Rule, RuleSet};
use std::str::FromStr;

/// The options of a cleaner.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    pub options: Options,
    /// The encoding of bytes; detected if there is none.
    pub encoding: Option<Encoding>,
    /// Whether malformed bytes become U+FFFD.
    pub lossy: bool,
}

/// The options, as the signature of `Cleaner` has them.
pub const KNOWN: &[&str] = &[
    "width",
    "cjk_latin_space",
    "furniture",
    "blank_lines",
    "join_across",
    "order",
    "split",
    "skip",
    "only",
    "encoding",
    "lossy",
    "vocabulary",
    "rules",
    "repair",
];

/// How the user's own rules are named in `skip` and `only`.
const CUSTOM: &str = "custom:";

impl Choices {
    /// Of the keyword arguments.
    pub fn of(given: Option<&Bound<'_, PyDict>>) -> PyResult<Choices> {
        let mut choices = Choices::default();
        let (mut skip, mut only, mut rules) = (Vec::new(), Vec::new(), None);
        for (key, value) in given.into_iter().flatten() {
            let key: String = key.extract()?;
            let options = &mut choices.options;
            match key.as_str() {
                "width" => options.width = choice::<Width>(&key, &value, Width::all().map(Width::name))?,
                "cjk_latin_space" => {
                    options.cjk_latin_space =
                        choice::<CjkLatinSpace>(&key, &value, CjkLatinSpace::all().map(CjkLatinSpace::name))?;
                }
                "furniture" => {
                    options.furniture = choice::<Furniture>(&key, &value, Furniture::all().map(Furniture::name))?;
                }
                "order" => options.order = choice::<Order>(&key, &value, Order::all().map(Order::name))?,
                "split" => options.split = choice::<Split>(&key, &value, Split::all().map(Split::name))?,
                "repair" => options.repair = choice::<Repair>(&key, &value, Repair::all().map(Repair::name))?,
                "blank_lines" => options.blank_lines = switch(&key, &value)?,
                "join_across" => options.join_across = switch(&key, &value)?,
                "lossy" => choices.lossy = switch(&key, &value)?,
                "skip" => skip = names(&key, &value)?,
                "only" => only = names(&key, &value)?,
                "encoding" if value.is_none() => {}
                "encoding" => choices.encoding = Some(encoding(&value)?),
                "vocabulary" if value.is_none() => {}
                "vocabulary" => options.vocabulary = from_json::<AddedWords>(&key, &value)?,
                "rules" if value.is_none() => {}
                "rules" => rules = Some(from_json::<Vec<CustomRule>>(&key, &value)?),
                _ => {
                    let known = KNOWN.join(", ");
                    return Err(PyTypeError::new_err(format!("unknown option {key:?}; known are {known}")));
                }
            }
        }
        if !skip.is_empty() && !only.is_empty() {
            return Err(option("only", "cannot be used together with skip"));
        }
        let rules = CustomRules::new(rules.unwrap_or_default()).map_err(|e| option("rules", e))?;
        choices.options.skip = skipped(&skip, &only, &rules)?;
        let rules = own_rules(&skip, &only, &rules);
        choices.options.rules = Some(rules).filter(|rules| !rules.is_empty());
        Ok(choices)
    }
}

/// An encoding by its name.
pub fn encoding(value: &Bound<'_, PyAny>) -> PyResult<Encoding> {
    let name: String = value.extract().map_err(|_| wrong_type("encoding", "str or None", value))?;
    Encoding::from_label(&name).map_err(|e| option("encoding", e))
}

fn choice<T: FromStr<Err = qingyang::Error>>(
    key: &str,
    value: &Bound<'_, PyAny>,
    known: impl Iterator<Item = &'static str>,
) -> PyResult<T> {
    let name: String = value.extract().map_err(|_| wrong_type(key, "str", value))?;
    name.parse().map_err(|e| {
        let known: Vec<String> = known.map(|name| format!("{name:?}")).collect();
        option(key, format!("{e}; known are {}", known.join(", ")))
    })
}

fn switch(key: &str, value: &Bound<'_, PyAny>) -> PyResult<bool> {
    value.extract().map_err(|_| wrong_type(key, "bool", value))
}

/// Names of rules. A single string would be taken for a list of its characters.
fn names(key: &str, value: &Bound<'_, PyAny>) -> PyResult<Vec<String>> {
    let wrong = || wrong_type(key, "a list of str", value);
    if value.is_none() {
        return Ok(Vec::new());
    }
    if value.is_instance_of::<PyString>() {
        return Err(wrong());
    }
    value.try_iter().map_err(|_| wrong())?.map(|name| name?.extract().map_err(|_| wrong())).collect()
}

/// A dict or a list, by its JSON: the library's types say what is wrong with it.
fn from_json<T: serde::de::DeserializeOwned>(key: &str, value: &Bound<'_, PyAny>) -> PyResult<T> {
    let text: String = value.py().import("json")?.call_method1("dumps", (value,))?.extract()?;
    serde_json::from_str(&text).map_err(|e| {
        // The line and column are those of a JSON text that the caller has never seen.
        let message = e.to_string();
        option(key, &message[..message.rfind(" at line ").unwrap_or(message.len())])
    })
}

/// The rules that are switched off.
fn skipped(skip: &[String], only: &[String], rules: &CustomRules) -> PyResult<RuleSet> {
    let set = |key: &str, names: &[String]| {
        names.iter().try_fold(RuleSet::NONE, |set, name| match Rule::from_name(name) {
            Some(rule) if key == "skip" && rule.is_always_on() => {
                Err(option(key, format!("the rule {name:?} is always on")))
            }
            Some(rule) => Ok(set.with(rule)),
            None if rules.iter().any(|(own, _)| own == name) => Ok(set),
            None => {
                let own = rules.iter().map(|(own, _)| own);
                let known: Vec<&str> = Rule::all().map(|rule| rule.name()).chain(own).collect();
                Err(option(key, format!("unknown rule {name:?}; known are {}", known.join(", "))))
            }
        })
    };
    let skip = set("skip", skip)?;
    if only.is_empty() {
        return Ok(skip);
    }
    let always = Rule::all().filter(|rule| rule.is_always_on());
    let kept = always.fold(set("only", only)?, RuleSet::with);
    let own = only.iter().any(|name| name.starts_with(CUSTOM));
    Ok(if own { kept.with(Rule::Custom) } else { kept }.complement())
}

/// The user's own rules that are not switched off.
fn own_rules(skip: &[String], only: &[String], rules: &CustomRules) -> CustomRules {
    let has = |names: &[String], name: &str| names.iter().any(|n| n == name);
    let all = only.is_empty() || has(only, Rule::Custom.name());
    if all && skip.is_empty() {
        return rules.clone();
    }
    rules.filtered(|name| (all || has(only, name)) && !has(skip, name))
}
