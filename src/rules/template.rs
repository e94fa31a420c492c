//! The new text of a replacement, with groups of the match.

use super::check::is_line_end;
use super::error::RuleErrorKind;
use regex::{Captures, Regex};
use std::sync::LazyLock;

/// A parsed replacement text: `第${1}版`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Group(usize),
}

impl Template {
    /// Parses a replacement for the matches of `find`. A group is `$1`, `${1}` or `${name}`; `$$` is a dollar sign.
    pub fn parse(put: &str, find: &Regex) -> Result<Template, RuleErrorKind> {
        if let Some(character) = cleaned_character(put) {
            let line_end = is_line_end(character);
            return Err(if line_end { RuleErrorKind::LineEnd } else { RuleErrorKind::Character { character } });
        }
        let mut pieces = Vec::new();
        let mut text = String::new();
        let mut rest = put;
        while let Some((before, after)) = rest.split_once('$') {
            text.push_str(before);
            if let Some(after) = after.strip_prefix('$') {
                text.push('$');
                rest = after;
                continue;
            }
            let (group, after) = group_name(after).ok_or(RuleErrorKind::StrayDollar)?;
            let number = match group.parse() {
                Ok(number) => Some(number).filter(|&n: &usize| n < find.captures_len()),
                Err(_) => find.capture_names().position(|name| name == Some(group)),
            };
            let number = number.ok_or_else(|| RuleErrorKind::UnknownGroup { group: group.to_string() })?;
            if !text.is_empty() {
                pieces.push(Piece::Text(std::mem::take(&mut text)));
            }
            pieces.push(Piece::Group(number));
            rest = after;
        }
        text.push_str(rest);
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        Ok(Template(pieces))
    }

    /// The text, where it names no group.
    pub fn literal(&self) -> Option<&str> {
        match &self.0[..] {
            [] => Some(""),
            [Piece::Text(text)] => Some(text),
            _ => None,
        }
    }

    /// The text with the groups of a match filled in.
    pub fn fill(&self, groups: &Captures<'_>) -> String {
        let text = |piece: &Piece| match piece {
            Piece::Text(text) => text.clone(),
            Piece::Group(number) => groups.get(*number).map_or_else(String::new, |m| m.as_str().to_string()),
        };
        self.0.iter().map(text).collect()
    }
}

/// The name of the group after a dollar sign, and the rest. `$1a` is ambiguous and therefore an error.
fn group_name(text: &str) -> Option<(&str, &str)> {
    if let Some(braced) = text.strip_prefix('{') {
        return braced.split_once('}').filter(|(name, _)| !name.is_empty());
    }
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at(end);
    let runs_on = rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (!digits.is_empty() && !runs_on).then_some((digits, rest))
}

/// The first character that cleaning would remove or replace: control characters, invisible ones, and all spaces but
/// the ordinary one.
fn cleaned_character(text: &str) -> Option<char> {
    static CLEANED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[[\p{Cc}\p{Cf}\p{Z}]--[ ]]").ok());
    CLEANED.as_ref()?.find(text)?.as_str().chars().next()
}
