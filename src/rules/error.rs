//! Why a rule cannot be used.

use std::fmt;

/// A rule that cannot be used: its index, the wrong part of it, and the reason. One word wide.
///
/// ```
/// use qingyang::rules::{CustomRule, CustomRules, RuleErrorKind, RuleField};
/// let error = CustomRules::new([CustomRule::replace("渠", "渠渠")]).unwrap_err();
/// assert_eq!((error.index(), error.field()), (0, RuleField::Put));
/// assert!(matches!(error.kind(), RuleErrorKind::Loops { .. }));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleError(Box<Details>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Details {
    index: usize,
    name: String,
    field: RuleField,
    kind: RuleErrorKind,
}

/// A part of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RuleField {
    /// The rule as a whole.
    Rule,
    /// Its name.
    Name,
    /// The pattern of a line.
    Line,
    /// The role of furniture.
    Role,
    /// The pattern that is replaced.
    Find,
    /// The replacement.
    Put,
}

/// What is wrong with a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum RuleErrorKind {
    /// There are more rules than allowed.
    TooMany {
        /// How many are allowed.
        limit: usize,
    },
    /// A name that is empty, too long, or has characters other than letters, digits, `-`, `_` and `.`.
    BadName,
    /// A name that another rule has.
    SameName,
    /// A role that is not one of furniture.
    NotFurniture,
    /// A pattern that is not a regular expression.
    Syntax {
        /// The number of the wrong character, from 1.
        character: usize,
        /// The words of the regex library.
        message: String,
    },
    /// A pattern whose compiled form is too large.
    TooLarge {
        /// How many bytes are allowed.
        limit: usize,
    },
    /// Patterns that are too large together.
    SetTooLarge {
        /// How many bytes are allowed.
        limit: usize,
    },
    /// A pattern that matches the empty text, and so every line.
    MatchesEmpty,
    /// A pattern that no text matches.
    NeverMatches,
    /// A pattern that needs a line end, or a replacement that has one.
    LineEnd,
    /// A replacement with a character that the next cleaning would remove or replace.
    Character {
        /// The character.
        character: char,
    },
    /// A replacement with a group that the pattern does not have.
    UnknownGroup {
        /// The name or number of the group.
        group: String,
    },
    /// A dollar sign without a group in a replacement.
    StrayDollar,
    /// A replacement that would change its own result again.
    Loops {
        /// A result of the rule.
        put: String,
        /// What the rule would make of that result.
        again: String,
    },
    /// A replacement that, together with the others, would go on without end.
    LoopsWithOthers {
        /// A result of the rule.
        put: String,
    },
}

impl RuleError {
    pub(super) fn new(index: usize, name: &str, field: RuleField, kind: RuleErrorKind) -> RuleError {
        RuleError(Box::new(Details { index, name: name.to_string(), field, kind }))
    }

    /// The index of the rule, from 0.
    pub fn index(&self) -> usize {
        self.0.index
    }

    /// The rule's name, without `custom:`.
    pub fn name(&self) -> &str {
        &self.0.name
    }

    /// The part of the rule that is wrong.
    pub fn field(&self) -> RuleField {
        self.0.field
    }

    /// The reason.
    pub fn kind(&self) -> &RuleErrorKind {
        &self.0.kind
    }
}

impl fmt::Display for RuleError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "custom:{}: ", self.0.name)?;
        if self.0.field != RuleField::Rule {
            write!(f, "{}: ", self.0.field)?;
        }
        self.0.kind.fmt(f)
    }
}

impl std::error::Error for RuleError {}

impl fmt::Display for RuleField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            RuleField::Rule => "rule",
            RuleField::Name => "name",
            RuleField::Line => "line",
            RuleField::Role => "role",
            RuleField::Find => "find",
            RuleField::Put => "put",
        })
    }
}

impl fmt::Display for RuleErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            RuleErrorKind::TooMany { limit } => write!(f, "at most {limit} rules are allowed"),
            RuleErrorKind::BadName => {
                f.write_str("a name has 1 to 60 characters: letters, digits, '-', '_' and '.' only")
            }
            RuleErrorKind::SameName => f.write_str("another rule has this name"),
            RuleErrorKind::NotFurniture => f.write_str("the role of furniture is masthead, folio or editors"),
            RuleErrorKind::Syntax { character, message } => {
                write!(f, "not a regular expression at character {character}: {message}")
            }
            RuleErrorKind::TooLarge { limit } => {
                write!(f, "the compiled pattern is larger than {limit} bytes; use fewer or smaller repetitions")
            }
            RuleErrorKind::SetTooLarge { limit } => {
                write!(f, "the compiled patterns of all rules of a kind are larger than {limit} bytes")
            }
            RuleErrorKind::MatchesEmpty => f.write_str("the pattern matches the empty text, and so every line"),
            RuleErrorKind::NeverMatches => f.write_str("no text matches the pattern"),
            RuleErrorKind::LineEnd => f.write_str("a line end is not allowed: a rule sees one line at a time"),
            RuleErrorKind::Character { character } => {
                write!(
                    f,
                    "the character U+{:04X} is not allowed: the cleaning removes or replaces it",
                    u32::from(*character)
                )
            }
            RuleErrorKind::UnknownGroup { group } => write!(f, "the pattern has no group {group:?}"),
            RuleErrorKind::StrayDollar => {
                f.write_str("'$' must name a group of the pattern, as in ${1} or ${name}; write $$ for a dollar sign")
            }
            RuleErrorKind::Loops { put, again } => {
                write!(f, "the rule would change its own result again: {put:?} becomes {again:?}")
            }
            RuleErrorKind::LoopsWithOthers { put } => {
                write!(f, "together with the other rules, {put:?} would be changed without end")
            }
        }
    }
}
