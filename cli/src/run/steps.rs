//! What an input gives while it is cleaned, and what is known of it after its end.

use super::applied::without_place;
use super::pauses::Pauses;
use crate::cli::plan::Plan;
use crate::failure::Failure;
use crate::input::origin::Origin;
use crate::messages::Note;
use qingyang::Proof;
use qingyang::decode::Encoding;
use qingyang::layout::Layout;

/// What an input gives while it is cleaned.
pub enum Step<'a> {
    Proof(Box<Proof>, Origin<'a>),
    /// The input pauses: who waits for an answer must get it.
    Pause,
}

/// Where the steps of an input go.
pub type Steps<'a> = &'a mut dyn FnMut(Step<'_>) -> Result<(), Failure>;

/// How an input comes, and how many workers may share it.
#[derive(Debug, Clone, Copy)]
pub struct Coming {
    pub pauses: Pauses,
    pub workers: usize,
}

/// What is known of an input after its end.
pub struct Summary {
    /// Of a text.
    pub encoding: Option<Encoding>,
    pub is_layout: bool,
    /// Malformed byte sequences that were replaced.
    pub malformed: u64,
    /// Bytes, unpacked.
    pub bytes: u64,
    /// The digest of the bytes, if decisions are asked for or applied.
    pub sha256: Option<String>,
    /// Decisions that have no place in the input.
    pub without_place: Vec<u64>,
    /// The layout, if it is one and its text is shown.
    pub layout: Option<Layout>,
}

impl Summary {
    /// Says which decisions have no place in the input.
    pub fn without_place(&self, plan: &Plan, name: &str) -> Option<Note> {
        without_place(name, plan.apply.as_ref()?, &self.without_place)
    }

    /// Whether a decision about the break at this byte has no place.
    pub fn has_no_place(&self, source: u64) -> bool {
        self.without_place.contains(&source)
    }

    /// The encoding of the text that the proofs are of.
    pub fn text_encoding(&self) -> Option<Encoding> {
        if self.is_layout { Some(Encoding::Utf8) } else { self.encoding }
    }
}
