//! A rule as the user writes it, before it is checked.

use crate::proof::Role;

/// A rule of the user. [`CustomRules::new`](super::CustomRules::new) checks it.
///
/// ```
/// use qingyang::{Role, rules::CustomRule};
/// let rule = CustomRule::furniture("^渠水之声$").with_role(Role::Masthead).with_name("slogan");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct CustomRule {
    #[cfg_attr(feature = "serde", serde(default, skip_serializing_if = "Option::is_none"))]
    pub(super) name: Option<String>,
    #[cfg_attr(feature = "serde", serde(flatten))]
    pub(super) action: RuleAction,
}

/// What a rule does.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(rename_all = "lowercase"))]
#[non_exhaustive]
pub enum RuleAction {
    /// A typeset line that matches is furniture.
    Furniture {
        /// The pattern.
        line: String,
        /// The role of the line; if there is none, the words of the line decide.
        role: Option<Role>,
    },
    /// The break after a typeset line that matches is kept or joined.
    Break {
        /// The pattern.
        line: String,
        /// Whether the break is kept; otherwise the line and the next are joined.
        keep: bool,
    },
    /// Text that matches is replaced.
    Replace {
        /// The pattern.
        find: String,
        /// The new text. `${1}` and `${name}` are groups of the match, `$$` is a dollar sign.
        put: String,
    },
}

impl CustomRule {
    /// A typeset line that matches `line` is furniture.
    pub fn furniture(line: impl Into<String>) -> CustomRule {
        CustomRule { name: None, action: RuleAction::Furniture { line: line.into(), role: None } }
    }

    /// The break after a typeset line that matches `line` is kept if `keep` is true, otherwise joined.
    pub fn break_after(line: impl Into<String>, keep: bool) -> CustomRule {
        CustomRule { name: None, action: RuleAction::Break { line: line.into(), keep } }
    }

    /// Text in a line that matches `find` becomes `put`. In `put`, `${1}` and `${name}` are groups of the match, and `$$`
    /// is a dollar sign.
    pub fn replace(find: impl Into<String>, put: impl Into<String>) -> CustomRule {
        CustomRule { name: None, action: RuleAction::Replace { find: find.into(), put: put.into() } }
    }

    /// Names the rule. Without a name it is called after its kind and its place: `furniture-1`.
    #[must_use]
    pub fn with_name(mut self, name: impl Into<String>) -> CustomRule {
        self.name = Some(name.into());
        self
    }

    /// Gives the furniture a role. Has no effect on other kinds of rules.
    #[must_use]
    pub fn with_role(mut self, furniture: Role) -> CustomRule {
        if let RuleAction::Furniture { role, .. } = &mut self.action {
            *role = Some(furniture);
        }
        self
    }

    /// What the rule does.
    pub fn action(&self) -> &RuleAction {
        &self.action
    }

    /// The name of its kind.
    pub(super) const fn kind(&self) -> &'static str {
        match self.action {
            RuleAction::Furniture { .. } => "furniture",
            RuleAction::Break { .. } => "break",
            RuleAction::Replace { .. } => "replace",
        }
    }
}
