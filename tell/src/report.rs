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
pub use figures::{Figures, MAX_SHOWN_BYTES, SUMMARY_BYTES, Summary};
pub use index::Index;
pub use page::{Inputs, file_page};
