//! The rules: one name for each kind of edit, the same in code, options, ledger and docs.

/// A rule that may change text. Its [`name`](Rule::name) stands in the ledger, in `--skip` and in the docs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[non_exhaustive]
pub enum Rule {
    /// CR, CRLF, NEL, U+2028 and U+2029 become LF.
    LineEnds,
    /// Byte order marks, zero-width characters, soft hyphens and control characters go.
    Invisible,
    /// No-break, typographic and ideographic spaces and tabs become ordinary spaces.
    SpaceKinds,
    /// Kangxi radicals and radicals supplement become unified ideographs.
    Radicals,
    /// Full-width Latin letters and digits become ASCII.
    FullWidth,
    /// Vertical presentation forms become ordinary punctuation.
    VerticalForms,
    /// Decomposed Latin and CJK compatibility ideographs are composed (NFC), Latin ligatures split.
    Compose,
    /// The second copy of a display line that the page painted twice is removed.
    Doubled,
    /// Letter-spacing is closed up; other runs of spaces become one space or none.
    Spacing,
    /// Line breaks inside a unit, blank lines and page furniture breaks are closed up.
    Rejoin,
    /// A hyphen that broke a Latin word over two lines goes.
    Hyphen,
    /// Half-width punctuation beside Han becomes full-width.
    Punctuation,
    /// Mastheads, folios and other furniture are dropped (`--furniture drop`).
    Furniture,
    /// A space is put between Han and Latin (`--cjk-latin-space one`).
    CjkLatinSpace,
    /// The output ends in one line feed and parts its pages by form feeds.
    Layout,
    /// A byte sequence that no encoding allows became U+FFFD (`--lossy`).
    Malformed,
}

impl Rule {
    /// Every rule, in the order in which the pipeline runs them.
    pub const ALL: [Rule; 16] = [
        Rule::Malformed,
        Rule::LineEnds,
        Rule::Invisible,
        Rule::SpaceKinds,
        Rule::Radicals,
        Rule::FullWidth,
        Rule::VerticalForms,
        Rule::Compose,
        Rule::Doubled,
        Rule::Spacing,
        Rule::Furniture,
        Rule::Rejoin,
        Rule::Hyphen,
        Rule::Punctuation,
        Rule::CjkLatinSpace,
        Rule::Layout,
    ];

    /// The public name, as in the ledger and in `--skip`.
    ///
    /// ```
    /// assert_eq!(qingyang::Rule::Doubled.name(), "doubled");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Rule::LineEnds => "line-ends",
            Rule::Invisible => "invisible",
            Rule::SpaceKinds => "space-kinds",
            Rule::Radicals => "radicals",
            Rule::FullWidth => "full-width",
            Rule::VerticalForms => "vertical-forms",
            Rule::Compose => "compose",
            Rule::Doubled => "doubled",
            Rule::Spacing => "spacing",
            Rule::Rejoin => "rejoin",
            Rule::Hyphen => "hyphen",
            Rule::Punctuation => "punctuation",
            Rule::Furniture => "furniture",
            Rule::CjkLatinSpace => "cjk-latin-space",
            Rule::Layout => "layout",
            Rule::Malformed => "malformed",
        }
    }

    /// The rule of that name.
    ///
    /// ```
    /// use qingyang::Rule;
    /// assert_eq!(Rule::from_name("hyphen"), Some(Rule::Hyphen));
    /// assert_eq!(Rule::from_name("hyphens"), None);
    /// ```
    pub fn from_name(name: &str) -> Option<Rule> {
        Rule::ALL.into_iter().find(|rule| rule.name() == name)
    }
}

/// A set of rules, for what is switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct RuleSet(u32);

impl RuleSet {
    /// The set without a rule.
    pub const NONE: RuleSet = RuleSet(0);

    /// This set and `rule`.
    ///
    /// ```
    /// use qingyang::rule::{Rule, RuleSet};
    /// assert!(RuleSet::NONE.with(Rule::Doubled).contains(Rule::Doubled));
    /// ```
    #[must_use]
    pub const fn with(self, rule: Rule) -> RuleSet {
        RuleSet(self.0 | 1 << rule as u8)
    }

    /// Whether `rule` is in the set.
    pub const fn contains(self, rule: Rule) -> bool {
        self.0 & (1 << rule as u8) != 0
    }

    /// All rules that are not in this set.
    #[must_use]
    pub fn complement(self) -> RuleSet {
        Rule::ALL.into_iter().filter(|&r| !self.contains(r)).fold(RuleSet::NONE, RuleSet::with)
    }
}
