//! Checks of a single rule.

use super::definition::CustomRule;
use super::error::{RuleError, RuleErrorKind, RuleField};
use crate::proof::Role;
use regex::{Regex, RegexBuilder};
use regex_syntax::hir::{Class, Hir, HirKind};
use std::collections::{HashMap, HashSet};

/// Bytes of the largest compiled pattern: `.{1000}` and `\w{20}` fit, `\w{30}` does not.
pub const MAX_PATTERN_BYTES: usize = 1 << 20;
/// Characters of the longest name.
const MAX_NAME: usize = 60;

/// The names of the rules. A rule without a name is called after its kind and its place.
pub(super) fn names(rules: &[CustomRule]) -> Result<Vec<String>, RuleError> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    let mut seen = HashSet::new();
    let mut names = Vec::with_capacity(rules.len());
    for (index, rule) in rules.iter().enumerate() {
        let place = places.entry(rule.kind()).or_default();
        *place += 1;
        let name = rule.name.clone().unwrap_or_else(|| format!("{}-{place}", rule.kind()));
        let wrong = |kind| RuleError::new(index, &name, RuleField::Name, kind);
        let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.is_empty() || name.chars().count() > MAX_NAME || !name.chars().all(is_plain) {
            return Err(wrong(RuleErrorKind::BadName));
        }
        if !seen.insert(name.clone()) {
            return Err(wrong(RuleErrorKind::SameName));
        }
        names.push(name);
    }
    Ok(names)
}

pub(super) fn role(role: Option<Role>) -> Result<(), RuleErrorKind> {
    if role.is_none_or(Role::is_furniture) { Ok(()) } else { Err(RuleErrorKind::NotFurniture) }
}

/// Checks and compiles a pattern.
pub(super) fn pattern(pattern: &str) -> Result<Regex, RuleErrorKind> {
    let hir = regex_syntax::parse(pattern).map_err(|error| syntax(pattern, &error))?;
    match hir.properties().minimum_len() {
        None => return Err(RuleErrorKind::NeverMatches),
        Some(0) => return Err(RuleErrorKind::MatchesEmpty),
        Some(_) => {}
    }
    if needs_line_end(&hir) {
        return Err(RuleErrorKind::LineEnd);
    }
    RegexBuilder::new(pattern).size_limit(MAX_PATTERN_BYTES).build().map_err(|error| match error {
        regex::Error::CompiledTooBig(limit) => RuleErrorKind::TooLarge { limit },
        error => RuleErrorKind::Syntax { character: 1, message: one_line(&error.to_string()) },
    })
}

fn syntax(pattern: &str, error: &regex_syntax::Error) -> RuleErrorKind {
    let (at, message) = match error {
        regex_syntax::Error::Parse(error) => (error.span().start.offset, error.kind().to_string()),
        regex_syntax::Error::Translate(error) => (error.span().start.offset, error.kind().to_string()),
        error => (0, error.to_string()),
    };
    let character = 1 + pattern.get(..at).map_or(0, |before| before.chars().count());
    RuleErrorKind::Syntax { character, message: one_line(&message) }
}

fn one_line(message: &str) -> String {
    message.lines().last().unwrap_or_default().trim().to_string()
}

/// Whether the character ends a line in some system.
pub(super) fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A text with full-width letters and digits as ASCII, as cleaning makes them by default.
pub(super) fn half_width(text: &str) -> String {
    let half = |c: char| match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        c => c,
    };
    text.chars().map(half).collect()
}

/// Whether every match contains a line end. A pattern that merely can match one, as `\s` can, is fine: it sees one line
/// at a time.
fn needs_line_end(hir: &Hir) -> bool {
    match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).is_ok_and(|text| text.contains(is_line_end)),
        HirKind::Class(Class::Unicode(class)) => {
            class.ranges().iter().flat_map(|range| [range.start(), range.end()]).all(is_line_end)
                && class.ranges().iter().all(|range| u32::from(range.end()) - u32::from(range.start()) < 4)
        }
        HirKind::Class(Class::Bytes(class)) => {
            class.ranges().iter().all(|range| (range.start()..=range.end()).all(|b| is_line_end(char::from(b))))
        }
        HirKind::Repetition(repetition) => repetition.min > 0 && needs_line_end(&repetition.sub),
        HirKind::Capture(capture) => needs_line_end(&capture.sub),
        HirKind::Concat(all) => all.iter().any(needs_line_end),
        HirKind::Alternation(all) => all.iter().all(needs_line_end),
        HirKind::Empty | HirKind::Look(_) => false,
    }
}

/// A short text that the pattern matches: the fewest repetitions, and the first of the alternatives. A pattern with
/// conditions such as `\b` may not match it.
pub(super) fn example(pattern: &str) -> String {
    let mut text = String::new();
    if let Ok(hir) = regex_syntax::parse(pattern) {
        write_example(&hir, &mut text);
    }
    text
}

fn write_example(hir: &Hir, text: &mut String) {
    /// Characters that are tried first as the example of a class.
    const USUAL: [char; 6] = ['渠', '3', 'a', 'A', ' ', '，'];
    match hir.kind() {
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            let has = |c: char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&c));
            text.extend(USUAL.into_iter().find(|&c| has(c)).or(class.ranges().first().map(|range| range.start())));
        }
        HirKind::Class(Class::Bytes(class)) => text.extend(class.ranges().first().map(|r| char::from(r.start()))),
        HirKind::Repetition(repetition) => (0..repetition.min).for_each(|_| write_example(&repetition.sub, text)),
        HirKind::Capture(capture) => write_example(&capture.sub, text),
        HirKind::Concat(all) => all.iter().for_each(|hir| write_example(hir, text)),
        HirKind::Alternation(all) => all.first().into_iter().for_each(|hir| write_example(hir, text)),
        HirKind::Empty | HirKind::Look(_) => {}
    }
}
