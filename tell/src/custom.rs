//! The user's own rules: what each does, and which edits are joins.

use crate::certainty::certainty;
use qingyang::{Break, Entry, Rule};
use std::collections::BTreeMap;

/// What each of the user's rules does, in words, by its name (`custom:NAME`).
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct CustomReasons(BTreeMap<String, String>);

impl FromIterator<(String, String)> for CustomReasons {
    fn from_iter<I: IntoIterator<Item = (String, String)>>(reasons: I) -> CustomReasons {
        CustomReasons(reasons.into_iter().collect())
    }
}

impl CustomReasons {
    pub(crate) fn get(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    pub(crate) fn merge(&mut self, other: &CustomReasons) {
        self.0.extend(other.0.iter().map(|(name, reason)| (name.clone(), reason.clone())));
    }
}

/// A rule as a view names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Named {
    Rule(Rule),
    /// One of the user's rules: its name and what it does.
    Custom(String, String),
}

impl Named {
    /// The rule that made an edit.
    pub(crate) fn of(e: &Entry, reasons: &CustomReasons) -> Named {
        match &e.custom {
            Some(name) => Named::Custom(name.clone(), reasons.get(name).to_string()),
            None => Named::Rule(e.rule),
        }
    }

    pub(crate) fn name(&self) -> &str {
        match self {
            Named::Rule(rule) => rule.name(),
            Named::Custom(name, _) => name,
        }
    }
}

/// Whether an edit joins two lines, and whether it removes a hyphen with their break.
pub(crate) fn join(e: &Entry) -> Option<bool> {
    let breaks = |s: &str| s.contains(['\n', '\r', '\x0c']);
    match e.rule {
        Rule::Rejoin => Some(false),
        Rule::Hyphen => Some(true),
        Rule::Custom if breaks(&e.before) && !breaks(&e.after) && e.after.trim().is_empty() => {
            let before = e.before.trim();
            (before.is_empty() || before == "-").then_some(before == "-")
        }
        _ => None,
    }
}

/// Whether a line break is less certain than `threshold`. A break that a person or a rule of the user decided is not uncertain.
pub fn is_uncertain(b: &Break, threshold: f32) -> bool {
    b.custom.is_none() && !b.decided && certainty(b.probability) < threshold
}
