//! The rules: one name for each kind of edit, the same in code, options, ledger and docs.

use crate::names::named;

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
    /// One sentence a line (`--split sentence`).
    Sentences,
    /// A headline that follows its text is put in front of it (`--order reading`).
    Order,
    /// A text that goes on on another page is put together (`--follow-jumps`).
    Jumps,
}

impl Rule {
    /// How many rules there are.
    pub(crate) const COUNT: usize = 19;

    /// Every rule, in the order in which the pipeline runs them.
    pub fn all() -> impl Iterator<Item = Rule> {
        use Rule::*;
        [
            Malformed,
            LineEnds,
            Invisible,
            SpaceKinds,
            Radicals,
            FullWidth,
            VerticalForms,
            Compose,
            Doubled,
            Spacing,
            Furniture,
            Rejoin,
            Hyphen,
            Punctuation,
            CjkLatinSpace,
            Sentences,
            Order,
            Jumps,
            Layout,
        ]
        .into_iter()
    }

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
            Rule::Sentences => "sentences",
            Rule::Order => "order",
            Rule::Jumps => "jumps",
        }
    }

    /// What it does and why, in a sentence.
    pub const fn reason(self) -> &'static str {
        match self {
            Rule::LineEnds => "CR, CRLF, NEL, U+2028 and U+2029 become LF, so that a line is a line.",
            Rule::Invisible => {
                "Byte order marks, zero-width characters, soft hyphens and control characters go: nobody sees them, and searches break on them."
            }
            Rule::SpaceKinds => "No-break, typographic, ideographic spaces and tabs become ordinary spaces.",
            Rule::Radicals => {
                "Kangxi and supplement radicals become the ideographs that they stand for, by Unicode's own table."
            }
            Rule::FullWidth => "Full-width Latin letters and digits become ASCII; full-width punctuation stays.",
            Rule::VerticalForms => "Vertical presentation forms become ordinary punctuation.",
            Rule::Compose => {
                "Decomposed letters and compatibility ideographs are composed (NFC, never NFKC); Latin ligatures are split."
            }
            Rule::Doubled => {
                "Copies of a display line that the page painted twice or more are removed, where no writer could have meant them."
            }
            Rule::Spacing => {
                "Letter-spacing and stray spaces are closed up; spaces that part names, phrases or fields stay as one."
            }
            Rule::Rejoin => {
                "A line break inside a paragraph is closed up, with a space only between two words or two names."
            }
            Rule::Hyphen => "The hyphen of a Latin word that was broken over two lines goes.",
            Rule::Punctuation => "Half-width , : ; ? ! and brackets become full-width where both sides are Chinese.",
            Rule::Furniture => "Mastheads, folios and editors' lines are dropped (only with --furniture drop).",
            Rule::CjkLatinSpace => "One space is put between Han and Latin (only with --cjk-latin-space one).",
            Rule::Layout => "Between two units stands one line feed, at the end one, between two pages a form feed.",
            Rule::Malformed => "Bytes that the encoding does not allow become U+FFFD (only with --lossy).",
            Rule::Sentences => "Running text gets one sentence a line, quotations whole (only with --split sentence).",
            Rule::Order => "A headline that follows its text is put in front of it (only with --order reading).",
            Rule::Jumps => {
                "What goes on on another page is put behind the jump line, which stays (only with --follow-jumps)."
            }
        }
    }

    /// An example, before and after.
    pub const fn example(self) -> &'static str {
        match self {
            Rule::LineEnds => "渠␍⏎水 → 渠⏎水",
            Rule::Invisible => "渠<U+200B>水 → 渠水",
            Rule::SpaceKinds => "渠<U+3000>水 → 渠  水",
            Rule::Radicals => "⽔渠 → 水渠",
            Rule::FullWidth => "２０２３年Ａ区 → 2023年A区",
            Rule::VerticalForms => "渠水︵新︶ → 渠水（新）",
            Rule::Compose => "u<U+0308> → ü",
            Rule::Doubled => "吕梁代表队崭露头角吕梁代表队崭露头角 → 吕梁代表队崭露头角",
            Rule::Spacing => "渠 水 流 进 千 万 家 → 渠水流进千万家",
            Rule::Rejoin => "沿岸的稻⏎田 → 沿岸的稻田",
            Rule::Hyphen => "inter-⏎national → international",
            Rule::Punctuation => "他说:“好” → 他说：“好”",
            Rule::Furniture => "责任编辑 何苗 → (gone)",
            Rule::CjkLatinSpace => "用GPS定位 → 用 GPS 定位",
            Rule::Layout => "渠水。⏎⏎⏎新村 → 渠水。⏎新村",
            Rule::Malformed => "<FF> → �",
            Rule::Sentences => "渠水通了。新桥成了。 → 渠水通了。⏎新桥成了。",
            Rule::Order => "本报讯 清水昨天通到了村口。⏎清水进村家家乐 → 清水进村家家乐⏎本报讯 清水昨天通到了村口。",
            Rule::Jumps => "（下转第2版）⏎␌（上接第1版）⏎渠成。 → （下转第2版）⏎渠成。⏎␌（上接第1版）",
        }
    }

    /// How it is switched on or off.
    pub fn switch(self) -> String {
        match self {
            Rule::Furniture => "off; on: --furniture drop".into(),
            Rule::CjkLatinSpace => "off; on: --cjk-latin-space one".into(),
            Rule::Malformed => "off; on: --lossy".into(),
            Rule::Sentences => "off; on: --split sentence".into(),
            Rule::Order => "off; on: --order reading".into(),
            Rule::Jumps => "off; on: --follow-jumps".into(),
            Rule::Layout => "always on".into(),
            Rule::FullWidth => "on; off: --width keep, or --skip full-width".into(),
            rule => format!("on; off: --skip {}", rule.name()),
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
        Rule::all().find(|rule| rule.name() == name)
    }
}

named!(Rule, "rule");

/// A set of rules, for what is switched off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct RuleSet(u32);

impl RuleSet {
    /// The set without a rule.
    pub const NONE: RuleSet = RuleSet(0);

    /// This set and `rule`.
    ///
    /// ```
    /// use qingyang::{Rule, RuleSet};
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
        Rule::all().filter(|&r| !self.contains(r)).fold(RuleSet::NONE, RuleSet::with)
    }
}

impl FromIterator<Rule> for RuleSet {
    fn from_iter<I: IntoIterator<Item = Rule>>(rules: I) -> RuleSet {
        rules.into_iter().fold(RuleSet::NONE, RuleSet::with)
    }
}

#[cfg(feature = "serde")]
impl serde::Serialize for RuleSet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(Rule::all().filter(|&rule| self.contains(rule)))
    }
}

#[cfg(feature = "serde")]
impl<'de> serde::Deserialize<'de> for RuleSet {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<RuleSet, D::Error> {
        Ok(<Vec<Rule>>::deserialize(deserializer)?.into_iter().collect())
    }
}
