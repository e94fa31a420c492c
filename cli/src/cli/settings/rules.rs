//! The user's own rules in a settings file: `[[furniture]]`, `[[break]]` and `[[replace]]`.

use super::source::{Source, key_of};
use crate::failure::Failure;
use crate::messages::{SettingFault, Type};
use qingyang::Role;
use qingyang::rules::{CustomRule, CustomRules, RuleAction, RuleError};
use std::fmt::Write;
use std::path::PathBuf;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The kinds of rules, and the keys of each. The last keys are required.
const KINDS: [(&str, &[&str]); 3] = [
    ("furniture", &["name", "role", "line"]),
    ("break", &["name", "line", "keep"]),
    ("replace", &["name", "find", "put"]),
];

/// The rules of a settings file.
#[derive(Debug, Clone)]
pub struct FileRules {
    pub rules: CustomRules,
    path: PathBuf,
    /// The line of each rule in the file.
    lines: Vec<usize>,
}

/// A rule, and the lines of its keys.
struct Draft {
    rule: CustomRule,
    line: usize,
    keys: Vec<(&'static str, usize)>,
}

/// The names of the kinds.
pub fn kinds() -> impl Iterator<Item = &'static str> {
    KINDS.into_iter().map(|(kind, _)| kind)
}

/// Whether a key of the file is a list of rules. `furniture` is also the name of an option.
pub fn is_rules(key: &str, value: &DeValue<'_>) -> bool {
    kinds().any(|kind| kind == key) && (key != "furniture" || matches!(value, DeValue::Array(_)))
}

/// The rules of a file; `None` if it has none.
///
/// # Errors
/// With file, line and key.
pub fn read(source: &Source<'_>, table: &DeTable<'_>) -> Result<Option<FileRules>, Failure> {
    let mut drafts = Vec::new();
    for (kind, keys) in KINDS {
        let Some(value) = table.get(kind).filter(|value| is_rules(kind, value.get_ref())) else { continue };
        let not_tables = |value| key_of(source.wrong_type(value, Type::ListOfTables), kind);
        let DeValue::Array(items) = value.get_ref() else { return Err(not_tables(value)) };
        for item in items.iter() {
            let DeValue::Table(table) = item.get_ref() else { return Err(not_tables(item)) };
            drafts.push(draft(source, kind, keys, source.line(item.span().start), table)?);
        }
    }
    if drafts.is_empty() {
        return Ok(None);
    }
    let rules = CustomRules::new(drafts.iter().map(|draft| draft.rule.clone()));
    let rules = rules.map_err(|error| refused(source, &drafts, error))?;
    Ok(Some(FileRules {
        rules,
        path: source.path.to_path_buf(),
        lines: drafts.iter().map(|draft| draft.line).collect(),
    }))
}

/// A rule that cannot be used, at the line of what is wrong with it.
fn refused(source: &Source<'_>, drafts: &[Draft], error: RuleError) -> Failure {
    let field = error.field().to_string();
    let line = drafts
        .get(error.index())
        .map_or(1, |draft| draft.keys.iter().find(|(key, _)| *key == field).map_or(draft.line, |(_, line)| *line));
    source.fault(line, SettingFault::Rule(error))
}

fn draft(
    source: &Source<'_>,
    kind: &'static str,
    known: &[&'static str],
    line: usize,
    table: &DeTable<'_>,
) -> Result<Draft, Failure> {
    let mut keys = Vec::new();
    for (key, _) in table {
        let (name, line): (&str, usize) = (key.get_ref(), source.line(key.span().start));
        let Some(&key) = known.iter().find(|key| **key == name) else {
            let known = known.iter().map(ToString::to_string).collect();
            return Err(key_of(source.unknown_key(line, name, known), kind));
        };
        keys.push((key, line));
    }
    let fields = Fields { source, kind, line, table };
    let rule = match kind {
        "furniture" => {
            let rule = CustomRule::furniture(fields.required("line")?);
            match fields.role()? {
                Some(role) => rule.with_role(role),
                None => rule,
            }
        }
        "break" => CustomRule::break_after(fields.required("line")?, fields.keep()?),
        _ => CustomRule::replace(fields.required("find")?, fields.required("put")?),
    };
    let rule = match fields.text("name")? {
        Some(name) => rule.with_name(name),
        None => rule,
    };
    Ok(Draft { rule, line, keys })
}

/// The keys of one rule.
struct Fields<'a> {
    source: &'a Source<'a>,
    kind: &'static str,
    line: usize,
    table: &'a DeTable<'a>,
}

impl Fields<'_> {
    fn text(&self, key: &'static str) -> Result<Option<String>, Failure> {
        match self.table.get(key) {
            None => Ok(None),
            Some(value) => match value.get_ref() {
                DeValue::String(text) => Ok(Some(text.to_string())),
                _ => Err(self.wrong_type(key, value, Type::Text)),
            },
        }
    }

    fn required(&self, key: &'static str) -> Result<String, Failure> {
        self.text(key)?.ok_or_else(|| self.missing(key))
    }

    fn keep(&self) -> Result<bool, Failure> {
        let value = self.table.get("keep").ok_or_else(|| self.missing("keep"))?;
        match value.get_ref() {
            DeValue::Boolean(keep) => Ok(*keep),
            _ => Err(self.wrong_type("keep", value, Type::Boolean)),
        }
    }

    fn role(&self) -> Result<Option<Role>, Failure> {
        let Some(name) = self.text("role")? else { return Ok(None) };
        match Role::all().find(|role| role.is_furniture() && role.name() == name) {
            Some(role) => Ok(Some(role)),
            None => Err(self.at("role", SettingFault::UnknownRole { value: name })),
        }
    }

    fn missing(&self, key: &'static str) -> Failure {
        key_of(self.source.fault(self.line, SettingFault::MissingKey { key }), self.kind)
    }

    fn wrong_type(&self, key: &'static str, value: &Spanned<DeValue<'_>>, expected: Type) -> Failure {
        key_of(key_of(self.source.wrong_type(value, expected), self.kind), key)
    }

    /// A fault at the line of a key.
    fn at(&self, key: &'static str, fault: SettingFault) -> Failure {
        let line = self.table.get_key_value(key).map_or(self.line, |(key, _)| self.source.line(key.span().start));
        key_of(key_of(self.source.fault(line, fault), self.kind), key)
    }
}

impl FileRules {
    /// The rules, each with its name and where it is written.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &CustomRule, (&PathBuf, usize))> {
        let places = self.lines.iter().map(|&line| (&self.path, line));
        self.rules.iter().zip(places).map(|((name, rule), place)| (name, rule, place))
    }

    /// Whether any of them is about furniture.
    pub fn has_furniture(&self) -> bool {
        self.rules.iter().any(|(_, rule)| matches!(rule.action(), RuleAction::Furniture { .. }))
    }

    /// The rules as a settings file that says the same, each with where it came from.
    pub fn show(&self, out: &mut String) {
        for (name, rule, (path, line)) in self.iter() {
            let name = quoted(name.strip_prefix("custom:").unwrap_or(name));
            let (kind, keys) = match rule.action() {
                RuleAction::Furniture { line, role } => {
                    let role = role.map(|role| ("role", quoted(role.name())));
                    ("furniture", [Some(("line", quoted(line))), role])
                }
                RuleAction::Break { line, keep } => {
                    ("break", [Some(("line", quoted(line))), Some(("keep", keep.to_string()))])
                }
                RuleAction::Replace { find, put } => {
                    ("replace", [Some(("find", quoted(find))), Some(("put", quoted(put)))])
                }
                _ => continue,
            };
            let head = format!("[[{kind}]]");
            let _ = writeln!(out, "\n{head:<28} # {}:{line}\nname = {name}", path.display());
            for (key, value) in keys.into_iter().flatten() {
                let _ = writeln!(out, "{key} = {value}");
            }
        }
    }
}

/// A TOML string: between apostrophes where it can be, so that a pattern reads as it was written.
fn quoted(text: &str) -> String {
    if !text.contains('\'') && !text.contains(char::is_control) {
        return format!("'{text}'");
    }
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out + "\""
}
