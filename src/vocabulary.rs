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
mod word_list;

pub use word_list::WordList;
