//! The runs: pipe, batch, records, preview, and the issues that all but records know.

mod applied;
pub mod articles;
pub mod batch;
mod clean;
pub mod guard;
mod issues;
mod judged;
mod open;
pub mod pipe;
pub mod preview;
pub mod records;
mod two_encodings;
