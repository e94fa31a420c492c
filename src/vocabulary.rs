//! The words of the newspaper trade: one list for each idea, as data. Every rule asks the same list.
//!
//! A [`WordList`] holds the simplified and the traditional forms of its words. Before a list is searched, a filter of first
//! or last characters excludes most texts. [`Vocabulary`] has all lists, and the questions that need more than one of them.
//! Tables in which each entry has a meaning of its own (what the beginning or the end of a line announces) are in [`cues`].
//! Sets of characters are in [`calendar`], [`marks`], [`numbers`] and [`notices`].
//!
//! # Words that a caller adds
//! [`Options::vocabulary`](crate::Options::vocabulary) holds added words as plain data. [`Vocabulary::with`] makes a copy of
//! the lists with these words, once for each cleaner. The [`Layout`](crate::measure::Layout) carries the copy, because every
//! rule that reads lines has the layout; the rules for sentences and jumps get it as an argument. Where no word is added there
//! is no copy, and all rules ask [`BUILT_IN`].
//!
//! The tables of [`cues`] are compiled into hash tables and cannot grow. Where words are added, the measure looks once more at
//! the lines for which the tables have no answer.
//!
//! # To add a word to a list
//! Write it into its list in both forms. `tests/vocabulary.rs` checks that it behaves like the other entries in every rule that
//! asks the list. A new rule that asks a list gets a check there.

pub mod calendar;
pub mod credits;
pub mod cues;
pub mod foreign_names;
pub mod furniture;
pub(crate) mod invisible;
pub mod jumps;
pub mod letters;
pub mod marks;
pub mod notices;
pub mod numbers;
pub mod posts;
pub mod senders;
pub(crate) mod several;
pub mod speech;
pub mod surnames;
pub(crate) mod word_list;

use crate::options::AddedWords;
pub use several::ListFilter;
use std::sync::Arc;
pub use word_list::WordList;

/// All word lists that rules ask. The built-in one is [`BUILT_IN`]; a caller may add words to a copy of it.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    is_extended: bool,
    /// All posts.
    pub posts: WordList,
    /// Posts of those who report.
    pub reporters: WordList,
    /// Posts of those who sign a text.
    pub signers: WordList,
    /// Words before a post that belong to it.
    pub qualifiers: WordList,
    /// All who send reports.
    pub senders: WordList,
    /// Agencies and their sites.
    pub agencies: WordList,
    /// The paper itself, as a sender.
    pub own: WordList,
    /// The names for itself that the paper may have anywhere in a line.
    pub paper: WordList,
    /// How a dateline with a date ends.
    pub dated: WordList,
    /// What opens a report that was put together from those of others.
    pub digests: WordList,
    /// All credits of pictures and texts.
    pub credits: WordList,
    /// Credits that are common words too.
    pub plain_credits: WordList,
    /// Credits with a stroke that open a field.
    pub slashed: WordList,
    /// Words of a jump line that points on.
    pub jumps_on: WordList,
    /// Words of a jump line that points back.
    pub jumps_back: WordList,
    /// Short words of a jump line that points on.
    pub short_on: WordList,
    /// Short words of a jump line that points back.
    pub short_back: WordList,
    /// Phrases that only furniture has.
    pub furniture: WordList,
    /// Words of the editors' line.
    pub editors: WordList,
    /// Names of sections in a folio.
    pub sections: WordList,
    /// Endings of the names of papers.
    pub papers: WordList,
    /// Words of lines that name no paper although they end in 报.
    pub no_paper: WordList,
    /// How the name of a day of the week begins.
    pub week: WordList,
    /// Names of the lunar calendar.
    pub lunar: WordList,
    /// Words beside the day on which a paper was founded.
    pub founded: WordList,
    /// Words before a count of pages.
    pub counted: WordList,
    /// Words of small notices and advertisements.
    pub notices: WordList,
    /// Words that say how to reach somebody.
    pub reach: WordList,
    /// Words of captions.
    pub pictured: WordList,
    /// How a letter greets.
    pub salutations: WordList,
    /// Verbs of speech that end a clause.
    pub says: WordList,
    /// Words that end like a verb of speech.
    pub says_not: WordList,
    /// Verbs of speech anywhere in a clause.
    pub tells: WordList,
    /// How a clause begins that says of what was spoken.
    pub speaks_of: WordList,
    /// Latin abbreviations.
    pub abbreviations: WordList,
    /// A filter of [`Vocabulary::unit_lists`].
    unit_words: ListFilter,
}

/// The vocabulary that rules ask where a caller adds nothing.
pub static BUILT_IN: Vocabulary = Vocabulary::new();

impl Vocabulary {
    /// The built-in vocabulary.
    pub const fn new() -> Vocabulary {
        Vocabulary {
            is_extended: false,
            posts: WordList::new(&posts::ALL),
            reporters: WordList::new(posts::REPORTERS),
            signers: WordList::new(&posts::SIGNERS),
            qualifiers: WordList::new(posts::QUALIFIERS),
            senders: WordList::new(&senders::ALL),
            agencies: WordList::new(senders::AGENCIES),
            own: WordList::new(senders::OWN),
            paper: WordList::new(senders::PAPER),
            dated: WordList::new(senders::DATED),
            digests: WordList::new(senders::DIGESTS),
            credits: WordList::new(&credits::ALL),
            plain_credits: WordList::new(credits::PLAIN),
            slashed: WordList::new(credits::SLASHED),
            jumps_on: WordList::new(jumps::ON),
            jumps_back: WordList::new(jumps::BACK),
            short_on: WordList::new(jumps::SHORT_ON),
            short_back: WordList::new(jumps::SHORT_BACK),
            furniture: WordList::new(&furniture::STRONG),
            editors: WordList::new(&furniture::EDITORS),
            sections: WordList::new(furniture::SECTIONS),
            papers: WordList::new(furniture::PAPERS),
            no_paper: WordList::new(furniture::NO_PAPER),
            week: WordList::new(calendar::WEEK),
            lunar: WordList::new(calendar::LUNAR),
            founded: WordList::new(calendar::FOUNDED),
            counted: WordList::new(numbers::COUNTED),
            notices: WordList::new(notices::NOTICES),
            reach: WordList::new(notices::REACH),
            pictured: WordList::new(notices::PICTURED),
            salutations: WordList::new(notices::SALUTATIONS),
            says: WordList::new(speech::SAYS),
            says_not: WordList::new(speech::SAYS_NOT),
            tells: WordList::new(speech::TELLS),
            speaks_of: WordList::new(speech::SPEAKS_OF),
            abbreviations: WordList::new(letters::ABBREVIATIONS),
            unit_words: ListFilter::new(&[
                posts::REPORTERS,
                senders::PAPER,
                notices::REACH,
                notices::NOTICES,
                notices::PICTURED,
            ]),
        }
    }
}

impl Vocabulary {
    /// The vocabulary with the words that a caller adds, if there are any.
    pub fn with(added: &AddedWords) -> Option<Arc<Vocabulary>> {
        if added.is_empty() {
            return None;
        }
        let mut all = Vocabulary { is_extended: true, ..Vocabulary::new() };
        let add = |list: &mut WordList, words: &[String]| words.iter().for_each(|word| list.add(word));
        add(&mut all.posts, &added.posts);
        add(&mut all.reporters, &added.posts);
        add(&mut all.signers, &added.posts);
        add(&mut all.senders, &added.senders);
        add(&mut all.agencies, &added.senders);
        add(&mut all.credits, &added.credits);
        // Nothing is known of an added credit: it may be a common word.
        add(&mut all.plain_credits, &added.credits);
        add(&mut all.jumps_on, &added.jumps_on);
        add(&mut all.jumps_back, &added.jumps_back);
        add(&mut all.furniture, &added.furniture);
        add(&mut all.editors, &added.editors);
        add(&mut all.furniture, &added.editors);
        add(&mut all.posts, &added.editors);
        add(&mut all.sections, &added.sections);
        add(&mut all.papers, &added.papers);
        let mut unit_words = all.unit_words.clone();
        unit_words.add(&all.unit_lists());
        all.unit_words = unit_words;
        Some(Arc::new(all))
    }

    /// The lists whose words anywhere in a unit tell of its role: reporters, the paper, ways to reach somebody, notices,
    /// captions.
    pub(crate) fn unit_lists(&self) -> [&WordList; 5] {
        [&self.reporters, &self.paper, &self.reach, &self.notices, &self.pictured]
    }

    /// Which of the [`unit_lists`](Vocabulary::unit_lists) may have a word that begins with these two characters, by their bits.
    #[inline]
    pub(crate) fn unit_words(&self, first: char, second: char) -> u8 {
        self.unit_words.lists(first, second)
    }

    /// Whether a caller added words.
    pub fn is_extended(&self) -> bool {
        self.is_extended
    }
}

impl Default for Vocabulary {
    fn default() -> Vocabulary {
        Vocabulary::new()
    }
}
