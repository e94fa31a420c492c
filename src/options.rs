//! The options of a cleaner: plain data, no globals.

use crate::names::names;
use crate::proof::Role;
use crate::rule::{CustomId, Rule, RuleSet};
#[cfg(feature = "rules")]
use crate::rules::CustomRules;
use std::sync::Arc;

/// What becomes of full-width Latin letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Width {
    /// They become ASCII.
    #[default]
    Half,
    /// They are kept.
    Keep,
}

names! { Width, "width", Half = "half", Keep = "keep" }

/// Space between Han and Latin letters or digits in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum CjkLatinSpace {
    /// No space, as newspapers set it.
    #[default]
    None,
    /// One space.
    One,
    /// A space where the page has one.
    Keep,
}

names! { CjkLatinSpace, "space between Han and Latin", None = "none", One = "one", Keep = "keep" }

/// What becomes of mastheads, folios and editors' lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Furniture {
    /// They are kept as units of their own.
    #[default]
    Keep,
    /// They are removed, with an entry in the ledger.
    Drop,
}

names! { Furniture, "choice for furniture", Keep = "keep", Drop = "drop" }

/// Order of the units: the place of a headline that follows its text in the source, and the order of the lines of a
/// layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Order {
    /// In a text that of the source. In a layout that of the file where it reads well, else one by the places of the
    /// lines.
    #[default]
    Auto,
    /// That of the source.
    Source,
    /// Headlines before their texts; the lines of a layout by their places.
    Reading,
}

names! { Order, "order", Auto = "auto", Source = "source", Reading = "reading" }

/// Content of one line of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Split {
    /// A unit: paragraph, headline, caption.
    #[default]
    Unit,
    /// In running text a sentence, elsewhere a unit.
    Sentence,
}

names! { Split, "split", Unit = "unit", Sentence = "sentence" }

/// Damage from before the input came here that is undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[non_exhaustive]
pub enum Repair {
    /// None: the text is cleaned as it stands.
    #[default]
    None,
    /// Text that was read in a wrong encoding 乱码: UTF-8 read as GBK, GBK read as Latin-1, and others
    /// ([`Misread`](crate::suspicion::Misread)). What lost its bytes stays as it is.
    Mojibake,
}

names! { Repair, "repair", None = "none", Mojibake = "mojibake" }

/// Options of a [`Cleaner`](crate::Cleaner), a [`Stream`](crate::Stream) or an [`Issue`](crate::Issue).
///
/// The default gives the text as a newspaper sets it: half-width letters and digits, no space between Han and Latin, one
/// unit a line.
///
/// ```
/// use qingyang::{Cleaner, Options};
/// let proof = Cleaner::new(Options::default().with_blank_lines(true)).page("标题\n正文。\n");
/// assert_eq!(proof.text, "标题\n\n正文。\n");
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct Options {
    /// What becomes of full-width Latin letters and digits.
    pub width: Width,
    /// Damage from before that is undone.
    pub repair: Repair,
    /// Space between Han and Latin letters or digits in running text.
    pub cjk_latin_space: CjkLatinSpace,
    /// What becomes of mastheads, folios and editors' lines.
    pub furniture: Furniture,
    /// Writes an empty line between two units.
    pub blank_lines: bool,
    /// Joins a paragraph that dropped furniture, a jump line or the end of a page cut in two, where the text proves that it
    /// goes on. What is left of it on the next page moves up, in front of the form feed.
    pub join_across: bool,
    /// Place of headlines that follow their text in the source, and order of the lines of a layout.
    pub order: Order,
    /// Content of one line of the output.
    pub split: Split,
    /// Joins texts that continue on another page. Only an [`Issue`](crate::Issue) does this; elsewhere the option has no
    /// effect.
    pub follow_jumps: bool,
    /// Fills [`Proof::units`](crate::Proof::units) and [`Proof::articles`](crate::Proof::articles).
    pub units: bool,
    /// Rules that are switched off.
    pub skip: RuleSet,
    /// Fills [`Proof::ledger`](crate::Proof::ledger).
    pub ledger: bool,
    /// Fills [`Proof::breaks`](crate::Proof::breaks) with the probability of each line break.
    pub confidence: bool,
    /// Fills [`Break::why`](crate::Break::why).
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "std::ops::Not::not"))]
    pub why: bool,
    /// Leaves [`Break::why`](crate::Break::why) empty where the decision about the break is at least this certain, from 0.5 to 1,
    /// unless a person or a rule of the user decided it, or it was kept against the model. Without it every break has its reasons.
    /// It changes nothing else. Serialized options leave it out.
    #[cfg_attr(feature = "serde", serde(skip))]
    pub why_below: Option<f32>,
    /// Words added to the vocabulary of the rules.
    pub vocabulary: AddedWords,
    /// Rules of the user.
    #[cfg(feature = "rules")]
    #[cfg_attr(feature = "serde", serde(skip_serializing_if = "Option::is_none"))]
    pub rules: Option<CustomRules>,
}

/// Words that a caller adds to the vocabulary of the rules. A word in traditional characters also adds its simplified
/// form.
///
/// ```
/// use qingyang::options::AddedWords;
/// use qingyang::{Cleaner, Options};
/// let mut words = AddedWords::default();
/// words.posts.push("观察员".into());
/// let mut cleaner = Cleaner::new(Options::default().with_vocabulary(words));
/// let line = "本报讯（观察员 王明 李华）昨日上午，渠水流过桥头镇，沿岸的稻田渐渐泛黄，农户忙着修整晒场。\n";
/// assert_eq!(cleaner.page(line).text, line);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize), serde(default, deny_unknown_fields))]
#[non_exhaustive]
pub struct AddedWords {
    /// Posts, which precede a name: 记者, 通讯员.
    pub posts: Vec<String>,
    /// Senders of a report, which precede 讯 or 电: 新华社.
    pub senders: Vec<String>,
    /// Credits, which follow a name and say what the person did for a picture or a text: 摄, 供图.
    pub credits: Vec<String>,
    /// Words of a jump line that points to the page where a text continues: 下转.
    pub jumps_on: Vec<String>,
    /// Words of a jump line that points to the page where a text began: 上接.
    pub jumps_back: Vec<String>,
    /// Phrases that occur in furniture only: 邮发代号.
    pub furniture: Vec<String>,
    /// Words of the editors' line: 责编.
    pub editors: Vec<String>,
    /// Names of sections in a folio: 要闻.
    pub sections: Vec<String>,
    /// Endings of the names of papers: 日报.
    pub papers: Vec<String>,
}

impl AddedWords {
    /// Whether no word is added.
    pub fn is_empty(&self) -> bool {
        *self == AddedWords::default()
    }
}

/// The names of the rules of the user, `custom:NAME`.
#[derive(Debug, Clone, Default)]
pub(crate) struct CustomNames(Option<Arc<[String]>>);

impl CustomNames {
    /// The name of a rule.
    pub fn get(&self, id: CustomId) -> Option<&String> {
        self.0.as_deref().and_then(|names| names.get(id.index()))
    }

    /// All names, in the order of the rules.
    pub fn iter(&self) -> impl Iterator<Item = &String> {
        self.0.as_deref().unwrap_or_default().iter()
    }
}

impl Options {
    /// Whether the units must be read, for the caller or for another option.
    pub(crate) fn read_units(&self) -> bool {
        self.units || self.order == Order::Reading || self.split == Split::Sentence || self.joins_pages()
    }

    /// Whether a paragraph that the end of a page cut is joined.
    pub(crate) fn joins_pages(&self) -> bool {
        self.join_across && !self.skip.contains(Rule::Rejoin) && !self.skip.contains(Rule::Jumps)
    }

    /// Whether a space is put between Han and Latin.
    pub(crate) fn puts_latin_space(&self) -> bool {
        self.cjk_latin_space == CjkLatinSpace::One && !self.skip.contains(Rule::CjkLatinSpace)
    }

    /// Whether text that was read in a wrong encoding is read again.
    pub(crate) fn repairs_mojibake(&self) -> bool {
        self.repair == Repair::Mojibake && !self.skip.contains(Rule::Mojibake)
    }

    /// Whether furniture is removed.
    pub(crate) fn drops_furniture(&self) -> bool {
        self.furniture == Furniture::Drop && !self.skip.contains(Rule::Furniture)
    }

    /// The rules of the user, if there are any and they are not skipped.
    #[cfg(feature = "rules")]
    pub(crate) fn custom_rules(&self) -> Option<&CustomRules> {
        self.rules.as_ref().filter(|_| !self.skip.contains(Rule::Custom))
    }

    /// Whether there are rules of the user.
    pub(crate) fn has_rules(&self) -> bool {
        #[cfg(feature = "rules")]
        return self.custom_rules().is_some();
        #[cfg(not(feature = "rules"))]
        false
    }

    /// The role that a rule of the user gives to furniture.
    pub(crate) fn custom_role(&self, id: CustomId) -> Option<Role> {
        #[cfg(feature = "rules")]
        return self.custom_rules().and_then(|rules| rules.role(id));
        #[cfg(not(feature = "rules"))]
        {
            let _ = id;
            None
        }
    }

    /// The names of the rules of the user.
    pub(crate) fn custom_names(&self) -> CustomNames {
        #[cfg(feature = "rules")]
        return CustomNames(self.rules.as_ref().map(CustomRules::names));
        #[cfg(not(feature = "rules"))]
        CustomNames::default()
    }

    /// Whether running text gets a line for each sentence.
    pub(crate) fn parts_sentences(&self) -> bool {
        matches!(self.split, Split::Sentence) && !self.skip.contains(Rule::Sentences)
    }

    /// Whether the place of each character in the input must stay known.
    pub(crate) const fn needs_trace(&self) -> bool {
        self.ledger || self.confidence || self.units
    }

    /// The separator between two units.
    pub(crate) const fn between_units(&self) -> &'static str {
        if self.blank_lines { "\n\n" } else { "\n" }
    }
}

/// Builder methods, one for each option.
impl Options {
    /// Sets [`width`](Options::width).
    #[must_use]
    pub fn with_width(mut self, width: Width) -> Options {
        self.width = width;
        self
    }

    /// Sets [`repair`](Options::repair).
    #[must_use]
    pub fn with_repair(mut self, repair: Repair) -> Options {
        self.repair = repair;
        self
    }

    /// Sets [`cjk_latin_space`](Options::cjk_latin_space).
    #[must_use]
    pub fn with_cjk_latin_space(mut self, cjk_latin_space: CjkLatinSpace) -> Options {
        self.cjk_latin_space = cjk_latin_space;
        self
    }

    /// Sets [`furniture`](Options::furniture).
    #[must_use]
    pub fn with_furniture(mut self, furniture: Furniture) -> Options {
        self.furniture = furniture;
        self
    }

    /// Sets [`blank_lines`](Options::blank_lines).
    #[must_use]
    pub fn with_blank_lines(mut self, blank_lines: bool) -> Options {
        self.blank_lines = blank_lines;
        self
    }

    /// Sets [`join_across`](Options::join_across).
    #[must_use]
    pub fn with_join_across(mut self, join_across: bool) -> Options {
        self.join_across = join_across;
        self
    }

    /// Sets [`order`](Options::order).
    #[must_use]
    pub fn with_order(mut self, order: Order) -> Options {
        self.order = order;
        self
    }

    /// Sets [`split`](Options::split).
    #[must_use]
    pub fn with_split(mut self, split: Split) -> Options {
        self.split = split;
        self
    }

    /// Sets [`follow_jumps`](Options::follow_jumps).
    #[must_use]
    pub fn with_follow_jumps(mut self, follow_jumps: bool) -> Options {
        self.follow_jumps = follow_jumps;
        self
    }

    /// Sets [`units`](Options::units).
    #[must_use]
    pub fn with_units(mut self, units: bool) -> Options {
        self.units = units;
        self
    }

    /// Sets [`skip`](Options::skip).
    #[must_use]
    pub fn with_skip(mut self, skip: RuleSet) -> Options {
        self.skip = skip;
        self
    }

    /// Sets [`ledger`](Options::ledger).
    #[must_use]
    pub fn with_ledger(mut self, ledger: bool) -> Options {
        self.ledger = ledger;
        self
    }

    /// Sets [`vocabulary`](Options::vocabulary).
    #[must_use]
    pub fn with_vocabulary(mut self, vocabulary: AddedWords) -> Options {
        self.vocabulary = vocabulary;
        self
    }

    /// Sets [`confidence`](Options::confidence).
    #[must_use]
    pub fn with_confidence(mut self, confidence: bool) -> Options {
        self.confidence = confidence;
        self
    }

    /// Sets [`why`](Options::why).
    #[must_use]
    pub fn with_why(mut self, why: bool) -> Options {
        self.why = why;
        self
    }

    /// Sets [`why_below`](Options::why_below).
    ///
    /// ```
    /// use qingyang::{Cleaner, Options};
    /// let options = Options::default().with_confidence(true).with_why(true).with_why_below(Some(0.5));
    /// let proof = Cleaner::new(options).page("渠水流过桥头镇，沿岸的稻\n田渐渐泛黄。\n");
    /// assert!(proof.breaks[0].why.is_empty());
    /// ```
    #[must_use]
    pub fn with_why_below(mut self, certainty: Option<f32>) -> Options {
        self.why_below = certainty;
        self
    }

    /// Sets [`rules`](Options::rules).
    #[cfg(feature = "rules")]
    #[must_use]
    pub fn with_rules(mut self, rules: CustomRules) -> Options {
        self.rules = Some(rules);
        self
    }
}
