//! What each typeset line is: the start, middle or end of a paragraph, a paragraph of one line, a display
//! line, or a row set as it stands. Reads the page, never edits it.

pub(crate) mod bins;
mod columns;
pub mod decoder;
pub mod dialects;
mod evidence;
mod facts;
pub mod geometry;
mod geometry_weights;
mod page_priors;
pub mod place_look;
mod priors;
mod scoring;
pub mod second_look;
pub mod templates;
pub mod trees;
mod verse;
mod weights;
pub mod word_look;

pub use crate::plan::LineRole;
pub use evidence::{Added, explain};
pub use weights::{FittedRows, Weights};
