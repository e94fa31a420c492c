//! The runs: pipe, batch, records, preview, and the issues that all but records know.

mod applied;
pub mod articles;
pub mod batch;
mod clean;
pub mod guard;
mod in_order;
mod issues;
mod judged;
mod memory;
mod not_taken;
mod open;
mod pauses;
pub mod pipe;
mod pool;
pub mod preview;
pub mod records;
mod shared;
mod steps;
mod two_encodings;
