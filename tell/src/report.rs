//! The report: an HTML page with the source beside the clean text, every edit marked, and an index for many files.
//!
//! A [`Collector`] takes the proofs of one input as they come. [`file_page`] makes the page of one file of a batch,
//! [`Inputs`] the page of all inputs of one run, and [`Index`] the list of the files of a batch.

mod again;
mod align;
mod boxes;
mod collect;
mod decisions;
mod figures;
mod flips;
mod frame;
mod html;
mod index;
mod marks;
mod offers;
mod page;
mod picture;
mod rows;
mod sheet;
mod sides;

pub use again::{Again, Source};
pub use collect::{Collected, Collector};
pub use figures::{Figures, MAX_SHOWN_BYTES, SUMMARY_BYTES, Summary};
pub use frame::{SCRIPT_FILE, STYLE_FILE, script, style};
pub use index::{Index, Listed};
pub use page::{Inputs, ORDER_FILE, file_page};
pub use picture::{Picture, PictureFormat};
