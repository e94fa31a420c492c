//! The text of a settings file: lines, and what is wrong at them.

use crate::failure::{Failure, Kind};
use crate::messages::{Message, Place, SettingFault, Type};
use std::path::Path;
use toml::Spanned;
use toml::de::DeValue;

/// An unknown name is taken for a slip of a known one if they are at least this similar (Jaro–Winkler, 0 to 1; the
/// value of clap).
const SIMILAR: f64 = 0.7;

/// A settings file that is being read.
pub struct Source<'a> {
    pub path: &'a Path,
    pub text: &'a str,
}

impl Source<'_> {
    /// The line of a byte, from 1.
    pub fn line(&self, at: usize) -> usize {
        1 + self.text.bytes().take(at).filter(|&b| b == b'\n').count()
    }

    /// A fault at a line of the file.
    pub fn fault(&self, line: usize, message: impl Into<Message>) -> Failure {
        Failure::new(Kind::Settings, message).at(Place::FileLine(self.path.to_path_buf(), line))
    }

    /// A value of another type, at its own line.
    pub fn wrong_type(&self, value: &Spanned<DeValue<'_>>, expected: Type) -> Failure {
        let fault = SettingFault::WrongType { expected, found: type_of(value.get_ref()) };
        self.fault(self.line(value.span().start), fault)
    }

    /// An unknown key, at its line.
    pub fn unknown_key(&self, line: usize, key: &str, known: Vec<String>) -> Failure {
        let nearest = nearest_of(key, &known);
        self.fault(line, SettingFault::UnknownKey { key: key.to_string(), nearest, known })
    }

    /// A text that is not TOML.
    pub fn not_toml(&self, error: &toml::de::Error) -> Failure {
        let at = error.span().map_or(0, |s| s.start);
        let reason = error.message().lines().next().unwrap_or_default().to_string();
        let twice =
            reason.starts_with("duplicate key") && error.span().and_then(|s| self.text.get(s)) == Some("furniture");
        if twice && self.text.contains("[[furniture]]") {
            return self.fault(self.line(at), SettingFault::FurnitureTwice);
        }
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
pub fn key_of(mut failure: Failure, key: &str) -> Failure {
    failure.places.push(Place::Key(key.to_string()));
    failure
}

/// The type of a value, for messages.
pub fn type_of(value: &DeValue<'_>) -> Type {
    match value {
        DeValue::String(_) => Type::Text,
        DeValue::Integer(_) | DeValue::Float(_) => Type::Number,
        DeValue::Boolean(_) => Type::Boolean,
        DeValue::Datetime(_) => Type::Date,
        DeValue::Array(_) => Type::List,
        DeValue::Table(_) => Type::Table,
    }
}

/// The known name that was most likely meant.
pub fn nearest_of(name: &str, known: &[String]) -> Option<String> {
    known
        .iter()
        .map(|k| (strsim::jaro_winkler(name, k), k))
        .filter(|(similarity, _)| *similarity > SIMILAR)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, k)| k.clone())
}
