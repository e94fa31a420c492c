//! The rules: each kind of edit has one name, the same in code, options, ledger and documentation.

use crate::names::named;
use std::num::NonZeroU16;

/// A rule that may change text. Its [`name`](Rule::name) is the same in the ledger, in the options and in the
/// documentation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
#[non_exhaustive]
pub enum Rule {
    /// CR, CRLF, NEL, U+2028 and U+2029 become LF.
    LineEnds,
    /// Byte order marks, zero-width characters, soft hyphens and control characters are removed.
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
    /// A rule of the user: furniture, a line break or a replacement. Each has its own name, `custom:NAME`.
    Custom,
    /// Copies of a display line are removed.
    Doubled,
    /// Letter-spacing is closed up; other runs of spaces become one space or none.
    Spacing,
    /// Line breaks inside a unit are closed up, with the blank lines there.
    Rejoin,
    /// The hyphen of a Latin word that was broken over two lines is removed.
    Hyphen,
    /// Half-width punctuation next to Han becomes full-width.
    Punctuation,
    /// Mastheads, folios and other furniture are removed, if [`Options::furniture`](crate::Options::furniture) says so.
    Furniture,
    /// A space is put between Han and Latin, if [`Options::cjk_latin_space`](crate::Options::cjk_latin_space) says so.
    CjkLatinSpace,
    /// One line feed stands between two units and at the end, a form feed between two pages.
    Layout,
    /// A byte order mark at the head of the input belongs to the encoding and is removed.
    ByteOrderMark,
    /// A byte sequence that the encoding does not allow becomes U+FFFD, if the decoder may lose bytes.
    Malformed,
    /// Running text gets one sentence per line, if [`Options::split`](crate::Options::split) says so.
    Sentences,
    /// A headline after its text is put in front of it, and the lines of a layout are put in reading order, if
    /// [`Options::order`](crate::Options::order) says so.
    Order,
    /// Text that was read in a wrong encoding before is read in the right one, if
    /// [`Options::repair`](crate::Options::repair) says so.
    Mojibake,
    /// A text that continues on another page is joined, if [`Options::follow_jumps`](crate::Options::follow_jumps) or
    /// [`Options::join_across`](crate::Options::join_across) says so.
    Jumps,
}

impl Rule {
    /// How many rules there are. `Jumps` is the last variant; a new one goes before it.
    pub(crate) const COUNT: usize = Rule::Jumps as usize + 1;

    /// The order in which the pipeline runs the rules. A rule that is missing here does not compile.
    const ORDER: [Rule; Rule::COUNT] = {
        use Rule::*;
        [
            ByteOrderMark,
            Malformed,
            Mojibake,
            LineEnds,
            Invisible,
            SpaceKinds,
            Radicals,
            FullWidth,
            VerticalForms,
            Compose,
            Custom,
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
    };

    /// Every rule, in the order in which the pipeline runs them.
    pub fn all() -> impl Iterator<Item = Rule> {
        Rule::ORDER.into_iter()
    }

    /// The public name, as in the ledger.
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
            Rule::Custom => "custom",
            Rule::Doubled => "doubled",
            Rule::Spacing => "spacing",
            Rule::Rejoin => "rejoin",
            Rule::Hyphen => "hyphen",
            Rule::Punctuation => "punctuation",
            Rule::Furniture => "furniture",
            Rule::CjkLatinSpace => "cjk-latin-space",
            Rule::Layout => "layout",
            Rule::ByteOrderMark => "byte-order-mark",
            Rule::Malformed => "malformed",
            Rule::Mojibake => "mojibake",
            Rule::Sentences => "sentences",
            Rule::Order => "order",
            Rule::Jumps => "jumps",
        }
    }

    /// What it does and why, in one sentence.
    pub const fn reason(self) -> &'static str {
        match self {
            Rule::LineEnds => "CR, CRLF, NEL, U+2028 and U+2029 become LF, so that a line is a line.",
            Rule::Invisible => {
                "Zero-width characters, soft hyphens, control characters and byte order marks inside the text are removed: nobody sees them, and they break searches."
            }
            Rule::SpaceKinds => "No-break, typographic and ideographic spaces and tabs become ordinary spaces.",
            Rule::Radicals => {
                "Kangxi and supplement radicals become the ideographs that Unicode maps them to. Where each stands before its ideograph, it goes."
            }
            Rule::FullWidth => "Full-width Latin letters and digits become ASCII; full-width punctuation stays.",
            Rule::VerticalForms => "Vertical presentation forms become ordinary punctuation.",
            Rule::Compose => {
                "Decomposed letters and compatibility ideographs are composed (NFC, never NFKC); Latin ligatures are split."
            }
            Rule::Custom => {
                "Rules of your own: lines that are furniture, line breaks that are kept or joined, texts that are replaced."
            }
            Rule::Doubled => {
                "Copies of a display line that the page repeats are removed where no writer could have meant them."
            }
            Rule::Spacing => {
                "Letter-spacing and stray spaces are closed up; between names, phrases or fields one space stays."
            }
            Rule::Rejoin => {
                "A line break inside a paragraph is closed up, with a space only between two words or two names."
            }
            Rule::Hyphen => "The hyphen of a Latin word that was broken over two lines is removed.",
            Rule::Punctuation => {
                "Half-width , : ; ? ! and brackets become full-width in Chinese text; beside digits and Latin the left side decides."
            }
            Rule::Furniture => "Mastheads, folios and editors' lines are removed.",
            Rule::CjkLatinSpace => "One space is put between Han and Latin.",
            Rule::Layout => {
                "There is one line feed between two units and at the end, and a form feed between two pages."
            }
            Rule::ByteOrderMark => {
                "The byte order mark at the head of a file is removed: it belongs to the encoding, and the output is UTF-8."
            }
            Rule::Malformed => "Bytes that the encoding does not allow become U+FFFD.",
            Rule::Mojibake => {
                "Text that was read in a wrong encoding before is read in the right one, as far as its bytes are known."
            }
            Rule::Sentences => "Running text gets one sentence per line; a quotation stays whole.",
            Rule::Order => {
                "A headline that follows its text is put in front of it; the lines of a layout are put in reading order."
            }
            Rule::Jumps => "Text that continues on another page is put where it broke off; a jump line stays.",
        }
    }

    /// Whether it cannot be switched off: without it there would be no lines, or no text in UTF-8.
    ///
    /// ```
    /// use qingyang::Rule;
    /// assert!(Rule::Layout.is_always_on() && !Rule::Spacing.is_always_on());
    /// ```
    pub const fn is_always_on(self) -> bool {
        matches!(self, Rule::ByteOrderMark | Rule::Layout)
    }

    /// Whether it changes white space only.
    pub(crate) const fn is_of_white_space(self) -> bool {
        use Rule::*;
        matches!(self, LineEnds | SpaceKinds | Spacing | Rejoin | CjkLatinSpace | Layout | Sentences)
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
            Rule::Custom => "渠氺流过 → 渠水流过",
            Rule::Doubled => "吕梁代表队崭露头角吕梁代表队崭露头角 → 吕梁代表队崭露头角",
            Rule::Spacing => "渠 水 流 进 千 万 家 → 渠水流进千万家",
            Rule::Rejoin => "沿岸的稻⏎田 → 沿岸的稻田",
            Rule::Hyphen => "inter-⏎national → international",
            Rule::Punctuation => "他说:“好” → 他说：“好”",
            Rule::Furniture => "责任编辑 何苗 → (gone)",
            Rule::CjkLatinSpace => "用GPS定位 → 用 GPS 定位",
            Rule::Layout => "渠水。⏎⏎⏎新村 → 渠水。⏎新村",
            Rule::ByteOrderMark => "<U+FEFF>渠水 → 渠水",
            Rule::Malformed => "<FF> → �",
            Rule::Mojibake => "娓犳按娴佽繃妗ュご → 渠水流过桥头",
            Rule::Sentences => "渠水通了。新桥成了。 → 渠水通了。⏎新桥成了。",
            Rule::Order => "本报讯 清水昨天通到了村口。⏎清水进村家家乐 → 清水进村家家乐⏎本报讯 清水昨天通到了村口。",
            Rule::Jumps => "（下转第2版）⏎␌（上接第1版）⏎渠成。 → （下转第2版）⏎渠成。⏎␌（上接第1版）",
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

/// The index of a rule of the user in `CustomRules`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CustomId(NonZeroU16);

impl CustomId {
    /// The rule at this index. Returns `None` beyond 65,534.
    #[cfg(feature = "rules")]
    pub(crate) fn new(index: usize) -> Option<CustomId> {
        u16::try_from(index + 1).ok().and_then(NonZeroU16::new).map(CustomId)
    }

    /// The index, from 0.
    pub(crate) fn index(self) -> usize {
        usize::from(self.0.get()) - 1
    }
}

/// The author of an edit: a rule and, for [`Rule::Custom`], which of the user's rules it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Author {
    rule: Rule,
    custom: Option<CustomId>,
}

impl Author {
    /// The rule.
    pub const fn rule(self) -> Rule {
        self.rule
    }

    /// The rule of the user, for [`Rule::Custom`].
    pub const fn custom(self) -> Option<CustomId> {
        self.custom
    }
}

impl From<Rule> for Author {
    fn from(rule: Rule) -> Author {
        Author { rule, custom: None }
    }
}

impl From<CustomId> for Author {
    fn from(id: CustomId) -> Author {
        Author { rule: Rule::Custom, custom: Some(id) }
    }
}

/// A set of rules, to switch them off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct RuleSet(u32);

impl RuleSet {
    /// The empty set.
    pub const NONE: RuleSet = RuleSet(0);

    /// This set with `rule` added.
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
