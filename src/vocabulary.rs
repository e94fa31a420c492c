//! The words of the newspaper trade: one list for each idea, as data. Every rule asks the same list.
//!
//! A [`WordList`] is a static list in simplified and traditional characters, to which a caller may add words at run time.
//! A filter of first and last characters turns most texts away before the list is read, so that adding words costs nothing
//! where none is added. `tests/vocabulary.rs` checks that each entry behaves like its siblings in every rule that uses its list, and that
//! no list knows only one of two forms.
//!
//! Lists whose entries carry a meaning of their own (what a line's beginning or end announces) are tables in
//! [`cues`]; classes of characters are in [`marks`], [`numbers`] and [`surnames`].

pub mod credits;
pub mod cues;
pub mod furniture;
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

pub use word_list::WordList;

/// All word lists that rules ask. The built-in one is [`BUILT_IN`]; a caller may add words to a copy of it.
#[derive(Debug, Clone)]
pub struct Vocabulary {
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
}

/// The vocabulary that rules ask where a caller adds nothing.
pub static BUILT_IN: Vocabulary = Vocabulary::new();

impl Vocabulary {
    /// The built-in vocabulary.
    pub const fn new() -> Vocabulary {
        Vocabulary {
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
        }
    }
}

impl Default for Vocabulary {
    fn default() -> Vocabulary {
        Vocabulary::new()
    }
}
