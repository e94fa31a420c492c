//! The words of the newspaper trade: one list for each idea, as data. Every rule asks the same list.
//!
//! A [`WordList`] is a static list in simplified and traditional characters, to which a caller may add words at run time.
//! A filter of first and last characters turns most texts away before the list is read, so that adding words costs nothing
//! where none is added. `tests/vocabulary.rs` checks that each entry behaves like its siblings in every rule that uses its list, and that
//! no list knows only one of two forms.
//!
//! Lists whose entries carry a meaning of their own (what a line's beginning or end announces) are tables in
//! [`cues`]; classes of characters are in [`marks`], [`numbers`] and [`surnames`].

pub mod calendar;
pub mod credits;
pub mod cues;
pub mod furniture;
pub(crate) mod invisible;
pub mod jumps;
pub mod letters;
pub mod marks;
pub mod notices;
pub mod numbers;
pub mod posts;
pub mod senders;
pub mod speech;
pub mod surnames;
pub(crate) mod word_list;

use crate::options::AddedWords;
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
    /// What stands before a post and belongs to it.
    pub qualifiers: WordList,
    /// All who send reports.
    pub senders: WordList,
    /// Agencies and their sites.
    pub agencies: WordList,
    /// The paper itself, as a sender.
    pub own: WordList,
    /// How a dateline with a date ends.
    pub dated: WordList,
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
    /// What the names of papers end in.
    pub papers: WordList,
    /// Words of lines that name no paper although they end in 报.
    pub no_paper: WordList,
    /// How the name of a day of the week begins.
    pub week: WordList,
    /// Names of the lunar calendar.
    pub lunar: WordList,
    /// What stands beside the day that a paper was founded.
    pub founded: WordList,
    /// What stands before a count of pages.
    pub counted: WordList,
    /// Words of small notices and advertisements.
    pub notices: WordList,
    /// Words by which a reader is told how to reach somebody.
    pub reach: WordList,
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
            qualifiers: WordList::new(posts::QUALIFIERS),
            senders: WordList::new(&senders::ALL),
            agencies: WordList::new(senders::AGENCIES),
            own: WordList::new(senders::OWN),
            dated: WordList::new(senders::DATED),
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
            salutations: WordList::new(notices::SALUTATIONS),
            says: WordList::new(speech::SAYS),
            says_not: WordList::new(speech::SAYS_NOT),
            tells: WordList::new(speech::TELLS),
            speaks_of: WordList::new(speech::SPEAKS_OF),
            abbreviations: WordList::new(letters::ABBREVIATIONS),
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
        Some(Arc::new(all))
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
