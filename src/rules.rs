//! Rules of the user: lines that are furniture, line breaks that are kept or joined, texts that are replaced.
//!
//! [`CustomRules::new`] checks the rules. A set that it accepts cannot loop, cannot add a line end, and takes time linear
//! in the text.

mod check;
mod definition;
mod error;
mod template;

use crate::proof::Role;
use crate::rule::CustomId;
use regex::{Regex, RegexSet, RegexSetBuilder};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;
use template::Template;

pub use check::MAX_PATTERN_BYTES;
pub use definition::{CustomRule, RuleAction};
pub use error::{RuleError, RuleErrorKind, RuleField};

/// Bytes of all compiled patterns of one kind together: thirty of the largest.
pub const MAX_SET_BYTES: usize = 32 << 20;
/// Rules of one set, at most.
pub const MAX_RULES: usize = 2_000;
/// The replacements are applied to a line at most this often, until nothing changes. A line that still changes after
/// that is left unchanged.
pub(crate) const MAX_ROUNDS: usize = 8;
/// A line is left unchanged if the replacements would make it longer than this many times its length, plus
/// [`MAX_GROWTH_BYTES`].
const MAX_GROWTH: usize = 16;
/// Bytes that a short line may grow by.
const MAX_GROWTH_BYTES: usize = 4096;

/// Rules of the user, checked and compiled. A clone shares the compiled patterns.
///
/// ```
/// use qingyang::{Cleaner, Options, rules::{CustomRule, CustomRules}};
/// let rules = CustomRules::new([CustomRule::replace("渠氺", "渠水").with_name("water")]).unwrap();
/// let options = Options::default().with_ledger(true).with_rules(rules);
/// let proof = Cleaner::new(options).page("渠氺流过桥头镇。\n");
/// assert_eq!(proof.text, "渠水流过桥头镇。\n");
/// assert_eq!(proof.ledger.unwrap()[0].rule_name(), "custom:water");
/// ```
#[derive(Debug, Clone)]
pub struct CustomRules(Arc<Compiled>);

#[derive(Debug)]
struct Compiled {
    rules: Vec<CustomRule>,
    /// `custom:NAME` of each rule.
    names: Arc<[String]>,
    furniture: Lines<Option<Role>>,
    breaks: Lines<bool>,
    replacements: Vec<Replacement>,
    /// All patterns of the replacements, to pass over most lines with one look.
    finds: RegexSet,
}

/// Patterns of whole lines, and the result of each.
#[derive(Debug)]
struct Lines<T> {
    set: RegexSet,
    results: Vec<(CustomId, T)>,
}

impl<T: Copy> Lines<T> {
    /// The result of the first pattern that matches the line. A line that matches none is tried without its spaces.
    fn of(&self, line: &str) -> Option<(CustomId, T)> {
        let first = |line: &str| {
            let matched = self.set.is_match(line).then(|| self.set.matches(line))?;
            self.results.get(matched.iter().next()?).copied()
        };
        first(line).or_else(|| line.contains(' ').then(|| first(&line.replace(' ', ""))).flatten())
    }
}

#[derive(Debug)]
struct Replacement {
    id: CustomId,
    find: Regex,
    put: Template,
}

/// A change of a line: the bytes that are replaced, and the new text.
pub(crate) type Change = (Range<usize>, String);

impl Replacement {
    /// The changes that it makes in a line. A match that stays the same is not a change.
    fn changes(&self, line: &str) -> Vec<Change> {
        let all = self.find.captures_iter(line).filter_map(|groups| {
            let whole = groups.get(0)?;
            let put = self.put.fill(&groups);
            (put != whole.as_str()).then(|| (whole.range(), put))
        });
        all.collect()
    }

    /// The removal of the spaces at the ends of a line.
    fn trims(&self, line: &str) -> Vec<Change> {
        let start = line.len() - line.trim_start().len();
        let end = line.trim_end().len().max(start);
        let ends = [0..start, end..line.len()].into_iter().filter(|range| !range.is_empty());
        ends.map(|range| (range, String::new())).collect()
    }
}

impl CustomRules {
    /// Checks and compiles the rules.
    ///
    /// # Errors
    /// If a rule cannot be used.
    pub fn new(rules: impl IntoIterator<Item = CustomRule>) -> Result<CustomRules, RuleError> {
        let rules = CustomRules::compile(rules.into_iter().collect())?;
        rules.check_loops()?;
        Ok(rules)
    }

    fn compile(rules: Vec<CustomRule>) -> Result<CustomRules, RuleError> {
        let names = check::names(&rules)?;
        let mut furniture = (Vec::new(), Vec::new());
        let mut breaks = (Vec::new(), Vec::new());
        let mut replacements = (Vec::new(), Vec::new());
        for (index, rule) in rules.iter().enumerate() {
            let wrong = |field, kind| RuleError::new(index, &names[index], field, kind);
            let id = CustomId::new(index)
                .filter(|_| index < MAX_RULES)
                .ok_or_else(|| wrong(RuleField::Rule, RuleErrorKind::TooMany { limit: MAX_RULES }))?;
            match &rule.action {
                RuleAction::Furniture { line, role } => {
                    check::pattern(line).map_err(|kind| wrong(RuleField::Line, kind))?;
                    check::role(*role).map_err(|kind| wrong(RuleField::Role, kind))?;
                    furniture.0.push(line);
                    furniture.1.push((id, *role));
                }
                RuleAction::Break { line, keep } => {
                    check::pattern(line).map_err(|kind| wrong(RuleField::Line, kind))?;
                    breaks.0.push(line);
                    breaks.1.push((id, *keep));
                }
                RuleAction::Replace { find, put } => {
                    let regex = check::pattern(find).map_err(|kind| wrong(RuleField::Find, kind))?;
                    let put = Template::parse(put, &regex).map_err(|kind| wrong(RuleField::Put, kind))?;
                    replacements.0.push(find);
                    replacements.1.push(Replacement { id, find: regex, put });
                }
            }
        }
        let set = |patterns: &[&String]| {
            RegexSetBuilder::new(patterns).size_limit(MAX_SET_BYTES).build().map_err(|_| {
                let last = rules.len().saturating_sub(1);
                let name = names.get(last).map_or("", |name| name);
                RuleError::new(last, name, RuleField::Rule, RuleErrorKind::SetTooLarge { limit: MAX_SET_BYTES })
            })
        };
        let compiled = Compiled {
            furniture: Lines { set: set(&furniture.0)?, results: furniture.1 },
            breaks: Lines { set: set(&breaks.0)?, results: breaks.1 },
            finds: set(&replacements.0)?,
            replacements: replacements.1,
            names: names.iter().map(|name| format!("custom:{name}")).collect(),
            rules,
        };
        Ok(CustomRules(Arc::new(compiled)))
    }

    /// Whether there is no rule.
    pub fn is_empty(&self) -> bool {
        self.0.rules.is_empty()
    }

    /// The rules in their order, each with its name, `custom:NAME`.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &CustomRule)> {
        self.0.names.iter().map(String::as_str).zip(&self.0.rules)
    }

    /// The rules for whose names (`custom:NAME`) `keep` returns true. Their names stay the same.
    #[must_use]
    pub fn filtered(&self, mut keep: impl FnMut(&str) -> bool) -> CustomRules {
        let kept = self.iter().filter(|(name, _)| keep(name));
        let kept = kept.map(|(name, rule)| rule.clone().with_name(bare(name))).collect();
        // The patterns have been checked. Two rules may loop without a third one; then they leave the line unchanged.
        CustomRules::compile(kept).unwrap_or_else(|_| self.clone())
    }

    /// The names, `custom:NAME`, by the index of the rule.
    pub(crate) fn names(&self) -> Arc<[String]> {
        self.0.names.clone()
    }

    /// The first furniture rule that a typeset line matches.
    pub(crate) fn furniture(&self, line: &str) -> Option<CustomId> {
        self.0.furniture.of(line).map(|(id, _)| id)
    }

    /// The role that a furniture rule gives.
    pub(crate) fn role(&self, id: CustomId) -> Option<Role> {
        self.0.furniture.results.iter().find(|(of, _)| *of == id).and_then(|(_, role)| *role)
    }

    /// The first break rule that a typeset line matches, and whether the break after the line is kept.
    pub(crate) fn break_after(&self, line: &str) -> Option<(CustomId, bool)> {
        self.0.breaks.of(line)
    }

    /// Whether any rule is about furniture.
    pub(crate) fn has_furniture(&self) -> bool {
        !self.0.furniture.results.is_empty()
    }

    /// Whether any rule is about breaks.
    pub(crate) fn has_breaks(&self) -> bool {
        !self.0.breaks.results.is_empty()
    }

    /// Whether any replacement matches in a line.
    pub(crate) fn may_replace(&self, line: &str) -> bool {
        self.0.finds.is_match(line)
    }

    /// Applies the replacements to a line, in their order, again and again until nothing changes. Spaces that a
    /// replacement leaves at an end of the line are removed. `step` gets the changes of each step, in bytes of the line
    /// before that step. Returns `None` if the line does not settle.
    pub(crate) fn settle(&self, line: &str, mut step: impl FnMut(CustomId, &[Change])) -> Option<String> {
        let limit = line.len().saturating_mul(MAX_GROWTH).saturating_add(MAX_GROWTH_BYTES);
        let mut line = Cow::Borrowed(line);
        for _ in 0..MAX_ROUNDS {
            let before = line.clone();
            let mut next = 0;
            // A replacement may make a later one match, so the set is asked after each of them.
            while let Some(index) = self.0.finds.matches(&line).iter().find(|&index| index >= next) {
                next = index + 1;
                let Some(replacement) = self.0.replacements.get(index) else { break };
                for changes in [Replacement::changes, Replacement::trims] {
                    let changes = changes(replacement, &line);
                    if !changes.is_empty() {
                        step(replacement.id, &changes);
                        line = Cow::Owned(rewrite(&line, &changes));
                    }
                }
                if line.len() > limit {
                    return None;
                }
            }
            if line == before {
                return Some(line.into_owned());
            }
        }
        None
    }

    /// Fails if a replacement would change its own result again, or if the replacements together do not settle.
    fn check_loops(&self) -> Result<(), RuleError> {
        let wrong = |replacement: &Replacement, kind| {
            let index = replacement.id.index();
            RuleError::new(index, bare(&self.0.names[index]), RuleField::Put, kind)
        };
        let mut outputs = Vec::with_capacity(self.0.replacements.len());
        for replacement in &self.0.replacements {
            let put = match replacement.put.literal() {
                Some(text) => text.to_string(),
                // The new text depends on the match, so an example is tried.
                None => {
                    let example = check::example(replacement.find.as_str());
                    rewrite(&example, &replacement.changes(&example))
                }
            };
            for put in [check::half_width(&put), put.clone()] {
                let again = rewrite(&put, &replacement.changes(&put));
                if check::half_width(&again) != check::half_width(&put) {
                    return Err(wrong(replacement, RuleErrorKind::Loops { put, again }));
                }
            }
            outputs.push(put);
        }
        for (replacement, put) in self.0.replacements.iter().zip(outputs) {
            if self.settle(&put, |_, _| ()).is_none() {
                return Err(wrong(replacement, RuleErrorKind::LoopsWithOthers { put }));
            }
        }
        Ok(())
    }
}

/// Sets with the same rules are equal.
impl PartialEq for CustomRules {
    fn eq(&self, other: &CustomRules) -> bool {
        self.0.rules == other.0.rules
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for CustomRules {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.rules.serialize(serializer)
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for CustomRules {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<CustomRules, D::Error> {
        CustomRules::new(<Vec<CustomRule>>::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

/// The name of a rule without `custom:`.
fn bare(name: &str) -> &str {
    name.strip_prefix("custom:").unwrap_or(name)
}

/// A line with the changes applied.
fn rewrite(line: &str, changes: &[Change]) -> String {
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    for (range, put) in changes {
        out.push_str(&line[at..range.start]);
        out.push_str(put);
        at = range.end;
    }
    out + &line[at..]
}
