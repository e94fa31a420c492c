//! Where text goes to: files that are whole or not there, views, and what is written beside the text.

pub mod decisions;
pub mod file;
pub mod lock;
pub mod names;
pub mod report;
pub mod sidecars;
pub mod spool;
pub mod views;
