//! What a mark says: the kinds of edits as a reader sees them, and the words for each.

use super::collect::Shown;
use super::{align::Place, html};
use qingyang::{Entry, Rule};

/// How an edit is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A line break that was closed up.
    Joined,
    /// A second painting that was removed.
    Doubled,
    /// White space.
    Space,
    /// Characters that became others.
    Changed,
    /// Characters that went.
    Removed,
    /// Blank lines and the like: not marked.
    Quiet,
}

impl Kind {
    /// Of an edit.
    pub fn of(e: &Entry) -> Kind {
        let breaks = |s: &str| s.contains(['\n', '\r', '\x0c']);
        match e.rule {
            Rule::Doubled => Kind::Doubled,
            _ if breaks(&e.before) && !breaks(&e.after) && matches!(e.rule, Rule::Rejoin | Rule::Hyphen) => {
                Kind::Joined
            }
            _ if e.is_white_space() && (breaks(&e.before) || breaks(&e.after) || e.rule == Rule::Layout) => Kind::Quiet,
            _ if e.is_white_space() => Kind::Space,
            _ if e.after.trim().is_empty() => Kind::Removed,
            _ => Kind::Changed,
        }
    }

    /// Its class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Kind::Joined => "j",
            Kind::Doubled => "d",
            Kind::Space => "s",
            Kind::Changed => "x",
            Kind::Removed => "r",
            Kind::Quiet => "q",
        }
    }
}

/// What was done at these edits of one rule, and why, for hover and focus.
pub fn said(entries: &[&Entry]) -> String {
    let Some(&e) = entries.first() else { return String::new() };
    let least = entries.iter().map(|e| e.confidence).fold(1.0, f32::min);
    let what = match Kind::of(e) {
        Kind::Joined if e.rule == Rule::Hyphen => "Hyphen and line break closed up".to_string(),
        Kind::Joined if e.after.is_empty() => "Line break closed up".to_string(),
        Kind::Joined => "Line break closed up, leaving a space".to_string(),
        Kind::Doubled => format!("Removed, painted twice: “{}”", short(&e.before)),
        Kind::Space | Kind::Quiet if entries.len() > 1 => format!("{} spaces closed up or evened", entries.len()),
        Kind::Space | Kind::Quiet if e.after.is_empty() => "Space closed up".to_string(),
        Kind::Space | Kind::Quiet if e.before.is_empty() => "Space put in".to_string(),
        Kind::Space | Kind::Quiet => "Space evened".to_string(),
        Kind::Removed => format!("Removed “{}”", short(&joined(entries, |e| &e.before))),
        Kind::Changed => {
            let (before, after) = (joined(entries, |e| &e.before), joined(entries, |e| &e.after));
            format!("“{}” became “{}”", short(&before), short(&after))
        }
    };
    let sure = if least < 0.995 { format!(", {} certain", html::percent(least)) } else { String::new() };
    format!("{what}{sure}. {}: {}", e.rule.name(), e.rule.reason())
}

fn joined(entries: &[&Entry], side: impl Fn(&Entry) -> &str) -> String {
    entries.iter().map(|e| side(e)).collect()
}

/// What is said of an uncertain place, and of the edit that closed it up.
pub fn doubt(place: &Place, edit: Option<&Entry>) -> String {
    let what = if place.kept { "kept" } else { "closed up" };
    let why = edit.map_or_else(String::new, |e| format!(" {}: {}", e.rule.name(), e.rule.reason()));
    format!("Uncertain: line break {what}, {} certain.{why}", html::percent(place.sure))
}

/// The first of a long text.
fn short(text: &str) -> String {
    let mut chars = text.chars();
    let head: String = chars.by_ref().take(40).collect();
    if chars.next().is_some() { head + "…" } else { head }
}

/// The roles of a unit and its parts, in the trade's words and in English.
pub fn roles(unit: &Shown, out: &mut String) {
    use std::fmt::Write;
    let all = std::iter::once(unit.role).chain(unit.parts.iter().copied());
    for (n, role) in all.enumerate() {
        let plus = if n > 0 { " + " } else { "" };
        let _ = write!(out, "{plus}<span lang=zh>{}</span> {}", role.chinese(), role.name());
        if n == 0 {
            let _ = write!(out, " <span class=sure>{}</span>", html::percent(unit.confidence));
        }
    }
}
