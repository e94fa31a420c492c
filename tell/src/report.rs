//! The report: an HTML page with the source beside the clean text, every edit marked, and an index for many files.
//!
//! A [`Collector`] takes the proofs of one input as they come. [`file_page`] makes the page of one file of a batch,
//! [`Inputs`] the page of all inputs of one run, and [`Index`] the list of the files of a batch.

mod align;
mod collect;
mod figures;
mod html;
mod index;
mod marks;
mod page;
mod sides;

pub use collect::{Collected, Collector};
pub use figures::{Figures, SUMMARY_BYTES, Summary};
pub use index::Index;
pub use page::{Inputs, file_page};

/// A report shows at most this many bytes of its inputs: about fifty newspaper pages, as much as a browser lays out
/// without a noticeable pause. The figures are of the whole input.
pub const MAX_SHOWN_BYTES: usize = 1 << 20;
