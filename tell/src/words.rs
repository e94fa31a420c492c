//! Which catalogue a language has, and what the views take from it.

use crate::catalogue::{Catalogue, PageWords};
use crate::custom::CustomReasons;
use crate::en::English;
use crate::facts::{Fact, Note};
use crate::language::Language;
use crate::zh::Chinese;
use qingyang::rules::{CustomRule, CustomRules};
use qingyang::suspicion::Suspicion;
use qingyang::{Followed, Reason, Rule};
use std::fmt::{self, Display, Formatter};

/// The catalogue of a language.
pub(crate) fn catalogue(language: Language) -> &'static dyn Catalogue {
    match language {
        Language::English => &English,
        Language::Chinese => &Chinese,
    }
}

/// The words of the report in a language.
pub(crate) fn page(language: Language) -> &'static PageWords {
    catalogue(language).page()
}

/// Why a jump line was followed or not.
pub fn followed(followed: Followed, language: Language) -> &'static str {
    catalogue(language).followed(followed)
}

/// What a built-in rule does and why.
pub fn rule(rule: Rule, language: Language) -> &'static str {
    catalogue(language).rule(rule)
}

/// Why a text is suspicious, and what to do about it.
///
/// ```
/// use qingyang::suspicion::Suspicion;
/// use qingyang_tell::{Language, suspicion};
/// assert_eq!(suspicion(Suspicion::Japanese, Language::English), "it is Japanese");
/// ```
pub fn suspicion(of: Suspicion, language: Language) -> String {
    catalogue(language).suspicion(of)
}

/// What a rule of the user does.
pub fn custom_rule(rule: &CustomRule, language: Language) -> String {
    catalogue(language).custom_rule(rule)
}

/// A reason of the model in words.
///
/// ```
/// use qingyang::Reason;
/// use qingyang_tell::{Language, reason};
/// let blank = Reason::Blank { lines: 1 };
/// assert_eq!(reason(&blank, Language::English), "a blank line stands there");
/// ```
pub fn reason(reason: &Reason, language: Language) -> String {
    catalogue(language).evidence(reason)
}

/// What each rule of the user does, by its name.
pub(crate) fn custom_reasons(rules: Option<&CustomRules>, language: Language) -> CustomReasons {
    let rules = rules.into_iter().flat_map(CustomRules::iter);
    rules.map(|(name, rule)| (name.to_string(), custom_rule(rule, language))).collect()
}

/// A fact or a note in a language.
pub(crate) struct Said<'a, T>(pub &'a T, pub Language);

impl Display for Said<'_, Fact> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        catalogue(self.1).fact(self.0, f)
    }
}

impl Display for Said<'_, Note> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        catalogue(self.1).note(self.0, f)
    }
}
